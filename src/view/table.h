/* table: the sockets of the world in their groups (DESIGN section 4). Pure. */
#ifndef SOCKETARIUM_VIEW_TABLE_H
#define SOCKETARIUM_VIEW_TABLE_H

#include "model/world.h"
#include "view/canvas.h"

struct table_look {
    int64_t now_ns; /* in the journal's time: for countdowns */
    int scroll;     /* lines above the area; moved so that the selected row is seen */
    int selected;   /* index of the selected socket in the order drawn, or -1 */
    int pinned;     /* lines below the heading that stay while others scroll */
};

/* Draws a heading row of column titles, which stays, then the groups. Returns the lines
 * that it would take in all, with the heading, so that the caller can scroll. */
int table_draw(const struct world *world, const struct table_look *look,
               struct canvas *canvas, struct area area);

/* The socket at index `selected` in the order drawn, or NULL. */
const struct world_sock *table_at(const struct world *world, int selected);
int table_count(const struct world *world);
/* The line below the heading on which that socket stands, or -1. */
int table_line(const struct world *world, int index);
/* The index of the socket on that line, or -1. */
int table_index_at(const struct world *world, int line);
/* The index of what the last step brought: the last new row, else the last changed or
 * gone one; -1 if there is none. */
int table_news(const struct world *world);
/* How many lines should stay while the table is scrolled to that line: the group
 * Listening, when the last step changed a row of it, and the name of the group below it
 * when the line is in that; 0 if none. */
int table_pinned(const struct world *world, int line);

#endif
