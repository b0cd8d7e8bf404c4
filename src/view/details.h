/* details: all that the kernel says of one socket, in words: what its state means, its
 * endpoints, queues over time, tcp_info, and the ss command that shows the same. Pure.
 */
#ifndef SOCKETARIUM_VIEW_DETAILS_H
#define SOCKETARIUM_VIEW_DETAILS_H

#include "model/world.h"
#include "view/canvas.h"

struct details_look {
    int64_t now_ns; /* in the journal's time: for countdowns, and the graph's end */
    int scroll;     /* lines above the area */
};

/* Returns the lines in all, so that the caller can scroll. */
int details_draw(const struct world *world, const struct world_sock *sock,
                 const struct details_look *look, struct canvas *canvas,
                 struct area area);

/* Appends the command that shows this socket alone, typed on its host: "ss -tinemo state
 * established src ... dst ...". Nothing, if ss does not show it. */
void details_ss_command(const struct world_sock *sock, struct buf *out);

#endif
