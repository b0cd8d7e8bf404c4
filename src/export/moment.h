/* moment: a point in a lesson's run, and the world at that point. Pure; one thread at a
 * time.
 *
 * The events are one lesson's, from its lab line on, as a journal has them; they are
 * borrowed. A world that was folded is freed by its owner, with world_free.
 */
#ifndef SOCKETARIUM_EXPORT_MOMENT_H
#define SOCKETARIUM_EXPORT_MOMENT_H

#include <stddef.h>

#include "base/err.h"
#include "model/event.h"
#include "model/world.h"

enum moment_kind {
    MOMENT_END,  /* all that was recorded */
    MOMENT_PAGE, /* the last one at which that page is open */
    MOMENT_STEP, /* when that step has run, and what it unfolded is still unanswered */
};

struct moment {
    enum moment_kind kind;
    unsigned number; /* of the page, or of the step within the lesson; from 1 */
};

/* "end", "page:3", "step:12". 0 or -EINVAL. */
int moment_parse(const char *text, struct moment *out);

/* How many of the events belong to the moment: at least 1. 0, or -ERANGE with err, which
 * says how many pages or steps there are. */
int moment_find(const struct event *events, size_t count, const struct moment *moment,
                size_t *upto, struct err *err);

/* Folds the events into a new world. 0, or -EINVAL with err; *failed is then the index
 * of the event that names what does not exist, and the world is as before it. */
int moment_world(const struct event *events, size_t count, struct world *world,
                 size_t *failed, struct err *err);

#endif
