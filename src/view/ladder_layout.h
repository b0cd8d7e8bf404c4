/* ladder_layout: where the ladder's lifelines stand, and on which line each row is
 * drawn. Only for ladder*.c. Pure. ladder_plan_make's result is freed by
 * ladder_plan_free.
 */
#ifndef SOCKETARIUM_VIEW_LADDER_LAYOUT_H
#define SOCKETARIUM_VIEW_LADDER_LAYOUT_H

#include "model/world.h"

/* Columns of the whole drawing, which may be wider than the area it is shown in. */
struct ladder_layout {
    int hosts;        /* at least 1 */
    int x[HOSTS_MAX]; /* the lifelines */
    int width;
};

void ladder_layout_make(const struct world *world, int columns,
                        struct ladder_layout *layout);

/* A stretch beside a lifeline where text can stand. */
struct ladder_place {
    int x, columns;
    bool at_right; /* the text ends where the stretch ends, next to the lifeline */
    bool inner; /* a state that did not fit on its own side: it stands where calls do */
};

/* States stand left of the first lifeline and right of the others, calls on the other
 * side; a state that is too wide for the margin stands on the other side too. */
struct ladder_place ladder_state_place(const struct ladder_layout *layout, unsigned host,
                                       int width);
struct ladder_place ladder_call_place(const struct ladder_layout *layout, unsigned host);

/* The lines of all rows. */
struct ladder_plan {
    int *line;  /* (owned) of each row, from 0; -1: it is not drawn */
    bool *late; /* (owned) of each packet: its arrival is a row of its own */
    int lines;
};

/* Lines that a row takes on its own: 0 (not drawn), 1, or 2 (a host's packet to itself;
 * a call and below it what it gave).
 */
int ladder_row_height(const struct world *world, const struct ladder_layout *layout,
                      const struct world_row *row);

void ladder_plan_make(const struct world *world, const struct ladder_layout *layout,
                      struct ladder_plan *plan);
void ladder_plan_free(struct ladder_plan *plan);

#endif
