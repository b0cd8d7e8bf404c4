/* statemap: RFC 9293 figure 5 as a diagram: a node for each state, tokens for the
 * sockets that are in it, and the arrows they took, with what caused them. Pure.
 */
#ifndef SOCKETARIUM_VIEW_STATEMAP_H
#define SOCKETARIUM_VIEW_STATEMAP_H

#include "model/world.h"
#include "view/canvas.h"

struct statemap_look {
    int64_t now_ns;
    const struct world_sock *selected; /* then only its path is bright; or NULL */
};

/* Smaller areas get one line that says what it needs. */
#define STATEMAP_COLUMNS 57
#define STATEMAP_LINES 20

/* Fills the area as far as the diagram gains by it. Returns the lines that it takes. */
int statemap_draw(const struct world *world, const struct statemap_look *look,
                  struct canvas *canvas, struct area area);

#endif
