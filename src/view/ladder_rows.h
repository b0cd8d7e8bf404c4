/* ladder_rows: paints the ladder's rows. Only for ladder*.c. Pure.
 */
#ifndef SOCKETARIUM_VIEW_LADDER_ROWS_H
#define SOCKETARIUM_VIEW_LADDER_ROWS_H

#include "view/canvas.h"
#include "view/ladder.h"
#include "view/ladder_layout.h"

/* One line of the drawing. Columns are the drawing's; `shift` of them are left of the
 * area. */
struct ladder_pen {
    const struct world *world;
    const struct ladder_look *look;
    const struct ladder_layout *layout;
    struct canvas *canvas;
    struct area area;
    int shift;
    int y; /* in the area */
};

/* Writes text into a place, cut with … */
void ladder_put_place(const struct ladder_pen *pen, struct ladder_place place,
                      enum element element, const char *text);

/* Paints row i, whose first line is pen->y. Lines outside of the area are left out. */
void ladder_row_draw(const struct ladder_pen *pen, const struct ladder_plan *plan,
                     size_t i);

/* A packet's arrow; as it arrives, when `arrival` (its row of its own); `late` when such
 * a row comes further down. */
void ladder_arrow_draw(const struct ladder_pen *pen, size_t packet, bool late,
                       bool arrival);

/* The fullest words for a packet that an arrow of `room` columns (with its head) can
 * carry: summary, label with numbers, label, short label, or that cut. True when a space
 * fits on both sides. */
bool ladder_label_fit(const struct ladder_pen *pen, size_t packet, int room,
                      struct buf *out);

#endif
