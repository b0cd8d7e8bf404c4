/* plain: a lesson told in plain lines: one event, one line of words, no screen control.
 * For pipes, screen readers, and terminals that can do nothing. What many packets or
 * sockets do is told in one line. Pure. plain_free frees what is held back.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_H
#define SOCKETARIUM_VIEW_PLAIN_H

#include "base/buf.h"
#include "model/page.h"
#include "model/world.h"
#include "view/plain_crowd.h"

struct plain {
    const struct lesson *lesson; /* borrowed; NULL tells no prose */
    unsigned page;               /* the page that is told, from 1; 0 before the first */
    size_t told;                 /* its blocks told so far */
    unsigned step;               /* the page's step that was begun last */
    bool in_lines;               /* the last thing told was a line, no paragraph */
    struct event_task task;      /* as it was told last; page 0: none */
    struct plain_crowd crowd;    /* what packets and sockets did, not yet said */
};

/* Appends what is to be said of an event. world is as after the event. */
void plain_tell(struct plain *plain, const struct world *world,
                const struct event *event, struct buf *out);

/* Appends what was held back: nothing more comes for now. plain_tell does it by itself
 * before all that is no packet and no socket. */
void plain_flush(struct plain *plain, struct buf *out);

/* Appends the page's text once more, as far as it was told. */
void plain_again(struct plain *plain, struct buf *out);

void plain_free(struct plain *plain); /* and it is as new, without a lesson */

#endif
