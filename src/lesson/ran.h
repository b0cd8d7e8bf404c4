/* ran: which lab lines ran, told from a journal's events. What saves and takes back what
 * was done reads it.
 *
 * The lines borrow from the events. Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_RAN_H
#define SOCKETARIUM_LESSON_RAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "model/event.h"

struct ran_line {
    const char *text; /* as written, without "+ " and `=>` included */
    bool typed;       /* by hand; else it is the lesson's */
    bool setup;       /* of a setup block: it ran as its page opened */
    bool joins;       /* the line before it is of the same step */
    bool failed;      /* what it promised did not come, or it could not run */
    bool called;      /* its system call was made, whatever came of it */
    /* Indices of events: its beginning; where it was over; where the next line begins,
     * or the events end. */
    size_t begin, done, end;
};
typedef VEC(struct ran_line) ran_list;

/* All lines since the last lesson began, oldest first. The caller frees the list with
 * vec_free. Lines that were not understood never ran, and are not in it. */
void ran_lines(const struct event *events, size_t count, ran_list *list);

/* Where that lesson began: the index of its lab line. */
size_t ran_first(const struct event *events, size_t count);

/* True for a line that only states something: `expect ...`, `THREAD: => RESULT`. */
bool ran_is_claim(const char *text);

/* What a line did, it did: it did not fail, or it made a call that did. */
bool ran_acted(const struct ran_line *line);

#endif
