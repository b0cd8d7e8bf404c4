/* export_source: where the events of a lesson come from that is to be exported: from a
 * journal, or from running the lesson now.
 */
#ifndef SOCKETARIUM_CMD_EXPORT_SOURCE_H
#define SOCKETARIUM_CMD_EXPORT_SOURCE_H

#include <stdbool.h>

#include "lesson/library.h"
#include "model/journal.h"

struct export_source {
    char *path;                 /* (owned) for messages */
    struct journal journal;     /* (owned) */
    const struct event *events; /* the lesson's, in the journal */
    size_t count;
    unsigned line;        /* of the first of them, in the journal's file */
    struct loaded lesson; /* (owned) as the journal's lab line has it */
};

/* `called` is a journal's file ("-": standard input), or a lesson as library_find has
 * it, which is run. `wanted`, a number or a name, chooses among a journal's lessons;
 * NULL: the first one. Messages go to stderr; gives the exit status. The caller frees
 * the source, whatever the status. */
int export_source_open(struct export_source *source, const char *called,
                       const char *wanted, bool allow_run);
void export_source_free(struct export_source *source);

#endif
