/* statemap_layout: where the state map's nodes, arrows and tokens stand. Only for
 * statemap*.c. Pure.
 */
#ifndef SOCKETARIUM_VIEW_STATEMAP_LAYOUT_H
#define SOCKETARIUM_VIEW_STATEMAP_LAYOUT_H

#include <stdbool.h>

#include "model/tcp_state.h"

#define MAP_ROWS 7

/* CLOSED stands twice, as in the figure: where a connection begins and where it ends. */
#define NODE_END STATE_COUNT
#define NODE_COUNT (STATE_COUNT + 1)

struct map_layout {
    int half;          /* columns of a node on each side of its middle */
    int box;           /* lines of a node: 1 or 3 */
    int column[3];     /* the middles of the nodes */
    int row[MAP_ROWS]; /* the lines with the nodes' names */
    bool whole;        /* there is room for the arrows that Linux never takes */
    int lines;
};

/* The area must have STATEMAP_COLUMNS and STATEMAP_LINES. */
void map_layout_make(int columns, int lines, struct map_layout *layout);

struct map_point {
    int x, y;
};

/* The middle of a node: a state, or NODE_END. */
struct map_point map_node(const struct map_layout *layout, int node);

/* The corners of an arrow, its head last. How many (2 to 4); 0 if it is not drawn. */
int map_route(const struct map_layout *layout, enum tcp_state from, enum tcp_state to,
              struct map_point points[4]);

/* Text goes on from a point to the right, to the left, or to both sides. */
struct map_slot {
    struct map_point at;
    enum map_align { MAP_RIGHTWARDS, MAP_LEFTWARDS, MAP_CENTRED } align;
};

/* Where a node's tokens stand. */
struct map_slot map_token_slot(const struct map_layout *layout, int node);
/* Where the label of an arrow stands whose route has no level part. */
struct map_slot map_label_slot(const struct map_layout *layout, enum tcp_state from,
                               enum tcp_state to);
/* Where the arrows are named that have no line (RST): the upper left corner. */
struct map_slot map_other_slot(const struct map_layout *layout);

#endif
