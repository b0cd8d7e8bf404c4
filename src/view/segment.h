/* segment: one packet field by field, which socket gets it and why, its payload and its
 * bytes. Pure.
 */
#ifndef SOCKETARIUM_VIEW_SEGMENT_H
#define SOCKETARIUM_VIEW_SEGMENT_H

#include "model/world.h"
#include "view/canvas.h"

struct segment_look {
    int scroll;    /* lines above the area */
    bool relative; /* sequence numbers count from the connection's first ones */
};

/* Returns the lines in all, so that the caller can scroll. */
int segment_draw(const struct world *world, const struct world_packet *packet,
                 const struct segment_look *look, struct canvas *canvas,
                 struct area area);

#endif
