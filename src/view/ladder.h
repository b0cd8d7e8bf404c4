/* ladder: time runs down, one lifeline a host, packets as arrows, states beside the
 * lifelines, calls in the margin. Pure.
 *
 *            client              server
 *       192.168.0.110       192.168.0.101
 *               │                  │ LISTEN
 *        CLOSED │ connect()        │
 *               ├─ SYN ──▶ HELD    │
 *      SYN-SENT │                  │
 */
#ifndef SOCKETARIUM_VIEW_LADDER_H
#define SOCKETARIUM_VIEW_LADDER_H

#include "model/world.h"
#include "view/canvas.h"

struct ladder_look {
    int64_t now_ns;
    int scroll_up;    /* lines up from the newest; 0 shows the end */
    int scroll_right; /* columns */
    int selected;     /* a line, from 1, that is reversed; 0: none */
    bool relative;    /* sequence numbers on the arrows, relative to the first */
    bool absolute;    /* those numbers as they are on the wire */
};

/* Two lines of heads (names, first addresses), which stay, then the rows; the newest at
 * the bottom. Returns how many lines all rows take (without the heads). */
int ladder_draw(const struct world *world, const struct ladder_look *look,
                struct canvas *canvas, struct area area);

/* What stands on a line (from 1) of the ladder drawn in so many columns: the packet
 * whose arrow it is, or NULL. *sock, if not NULL, is set to the socket whose state
 * stands there, or NULL. */
const struct world_packet *ladder_at(const struct world *world, int columns, int line,
                                     const struct world_sock **sock);

#endif
