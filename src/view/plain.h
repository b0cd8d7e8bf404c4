/* plain: a lesson told in plain lines: one event, one line of words, no screen control.
 * For pipes, screen readers, and terminals that can do nothing. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_H
#define SOCKETARIUM_VIEW_PLAIN_H

#include "base/buf.h"
#include "model/page.h"
#include "model/world.h"

struct plain {
    const struct lesson *lesson; /* borrowed; NULL tells no prose */
    unsigned page;               /* the page that is told, from 1; 0 before the first */
    size_t told;                 /* its blocks told so far */
    bool in_lines;               /* the last thing told was a line, no paragraph */
    struct event_task task;      /* as it was told last; page 0: none */
};

/* Appends what is to be said of an event. world is as after the event. */
void plain_tell(struct plain *plain, const struct world *world,
                const struct event *event, struct buf *out);

#endif
