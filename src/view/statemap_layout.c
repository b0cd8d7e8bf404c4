#include "view/statemap_layout.h"

#include "view/statemap.h"

/* clang-format off */
/*   column 0                column 1               column 2
 *                   client c [ CLOSED ]──────────────────┐       row 0, its tokens left
 *                            │ ▲      ▲                  │
 *                            │ │      └───────────────┐  │
 *                            ▼ │ tokens               │  │
 *    ┌───────────────────────[ LISTEN ]               │  │       row 1
 *    │                                                │  │
 *    ▼ tokens                               tokens    │  ▼
 *    [SYN-RECEIVED]◀─────────────────────────────[ SYN-SENT ]    row 2
 *
 * In every gap the first line is for the label of a line that goes down, and the last
 * for the tokens of the node below.
 */
/* clang-format on */
#define HALF_SMALL 7 /* "[SYN-RECEIVED ]" */
#define HALF_LARGE 9
#define MARGIN 2 /* left of the nodes: FIN-WAIT-1 to TIME-WAIT passes there */
#define COLUMNS_ROOMY 100
#define COLUMNS_MOST 130 /* longer lines only tire the eye */
#define GAP_LEAST 2
#define GAP_MOST 4
#define INNER 4 /* from the middle of ESTABLISHED to where its two arrows leave */

enum { LEFT, MIDDLE, RIGHT };

/* Sideways from the middle of a node. */
enum across {
    CENTRE,
    EDGE_LEFT, /* over the node's end */
    EDGE_RIGHT,
    NEAR_LEFT, /* two columns nearer */
    NEAR_RIGHT,
    INNER_LEFT,
    INNER_RIGHT,
    BESIDE_LEFT, /* next to the node */
    BESIDE_RIGHT,
    OUTSIDE_LEFT, /* in the margin */
};

/* Up or down from the line of a row's names. */
enum along { LEVEL, ABOVE, BELOW, ABOVE_2, BELOW_2 };

struct place {
    unsigned char column, across, row, along;
};

struct route {
    enum tcp_state from, to;
    int count;
    struct place points[4];
};

/* Figure 5's arrows; what they mean stands in tcp_arrows. The order does not matter. */
/* clang-format off */
static const struct route routes[] = {
    {STATE_CLOSED, STATE_LISTEN, 2,
     {{MIDDLE, EDGE_LEFT, 0, BELOW}, {MIDDLE, EDGE_LEFT, 1, ABOVE}}},
    {STATE_LISTEN, STATE_CLOSED, 2,
     {{MIDDLE, NEAR_LEFT, 1, ABOVE}, {MIDDLE, NEAR_LEFT, 0, BELOW}}},
    {STATE_CLOSED, STATE_SYN_SENT, 3,
     {{MIDDLE, BESIDE_RIGHT, 0, LEVEL}, {RIGHT, EDGE_RIGHT, 0, LEVEL},
      {RIGHT, EDGE_RIGHT, 2, ABOVE}}},
    {STATE_SYN_SENT, STATE_CLOSED, 4,
     {{RIGHT, NEAR_RIGHT, 2, ABOVE}, {RIGHT, NEAR_RIGHT, 0, BELOW_2},
      {MIDDLE, EDGE_RIGHT, 0, BELOW_2}, {MIDDLE, EDGE_RIGHT, 0, BELOW}}},
    {STATE_LISTEN, STATE_SYN_RECEIVED, 3,
     {{MIDDLE, BESIDE_LEFT, 1, LEVEL}, {LEFT, EDGE_LEFT, 1, LEVEL},
      {LEFT, EDGE_LEFT, 2, ABOVE}}},
    {STATE_LISTEN, STATE_SYN_SENT, 3,
     {{MIDDLE, BESIDE_RIGHT, 1, LEVEL}, {RIGHT, EDGE_LEFT, 1, LEVEL},
      {RIGHT, EDGE_LEFT, 2, ABOVE}}},
    {STATE_SYN_RECEIVED, STATE_LISTEN, 4,
     {{LEFT, EDGE_RIGHT, 2, ABOVE}, {LEFT, EDGE_RIGHT, 2, ABOVE_2},
      {MIDDLE, EDGE_LEFT, 2, ABOVE_2}, {MIDDLE, EDGE_LEFT, 1, BELOW}}},
    {STATE_SYN_SENT, STATE_SYN_RECEIVED, 2,
     {{RIGHT, BESIDE_LEFT, 2, LEVEL}, {LEFT, BESIDE_RIGHT, 2, LEVEL}}},
    {STATE_SYN_SENT, STATE_ESTABLISHED, 3,
     {{RIGHT, CENTRE, 2, BELOW}, {RIGHT, CENTRE, 3, LEVEL},
      {MIDDLE, BESIDE_RIGHT, 3, LEVEL}}},
    {STATE_SYN_RECEIVED, STATE_ESTABLISHED, 3,
     {{LEFT, EDGE_RIGHT, 2, BELOW}, {LEFT, EDGE_RIGHT, 3, LEVEL},
      {MIDDLE, BESIDE_LEFT, 3, LEVEL}}},
    {STATE_SYN_RECEIVED, STATE_FIN_WAIT_1, 2,
     {{LEFT, EDGE_LEFT, 2, BELOW}, {LEFT, EDGE_LEFT, 4, ABOVE}}},
    {STATE_ESTABLISHED, STATE_FIN_WAIT_1, 3,
     {{MIDDLE, INNER_LEFT, 3, BELOW}, {LEFT, EDGE_RIGHT, 3, BELOW},
      {LEFT, EDGE_RIGHT, 4, ABOVE}}},
    {STATE_ESTABLISHED, STATE_CLOSE_WAIT, 3,
     {{MIDDLE, INNER_RIGHT, 3, BELOW}, {RIGHT, EDGE_LEFT, 3, BELOW},
      {RIGHT, EDGE_LEFT, 4, ABOVE}}},
    {STATE_FIN_WAIT_1, STATE_FIN_WAIT_2, 2,
     {{LEFT, EDGE_LEFT, 4, BELOW}, {LEFT, EDGE_LEFT, 5, ABOVE}}},
    {STATE_FIN_WAIT_1, STATE_CLOSING, 3,
     {{LEFT, BESIDE_RIGHT, 4, LEVEL}, {MIDDLE, CENTRE, 4, LEVEL},
      {MIDDLE, CENTRE, 5, ABOVE}}},
    {STATE_CLOSE_WAIT, STATE_LAST_ACK, 2,
     {{RIGHT, EDGE_LEFT, 4, BELOW}, {RIGHT, EDGE_LEFT, 5, ABOVE}}},
    {STATE_FIN_WAIT_2, STATE_TIME_WAIT, 3,
     {{LEFT, CENTRE, 5, BELOW}, {MIDDLE, EDGE_LEFT, 5, BELOW},
      {MIDDLE, EDGE_LEFT, 6, ABOVE}}},
    {STATE_CLOSING, STATE_TIME_WAIT, 2,
     {{MIDDLE, CENTRE, 5, BELOW}, {MIDDLE, CENTRE, 6, ABOVE}}},
    {STATE_LAST_ACK, STATE_CLOSED, 2,
     {{RIGHT, EDGE_LEFT, 5, BELOW}, {RIGHT, EDGE_LEFT, 6, ABOVE}}},
    {STATE_TIME_WAIT, STATE_CLOSED, 2,
     {{MIDDLE, BESIDE_RIGHT, 6, LEVEL}, {RIGHT, BESIDE_LEFT, 6, LEVEL}}},
    {STATE_FIN_WAIT_1, STATE_TIME_WAIT, 4,
     {{LEFT, BESIDE_LEFT, 4, LEVEL}, {LEFT, OUTSIDE_LEFT, 4, LEVEL},
      {LEFT, OUTSIDE_LEFT, 6, LEVEL}, {MIDDLE, BESIDE_LEFT, 6, LEVEL}}},
};
/* clang-format on */
#define ROUTE_COUNT (sizeof(routes) / sizeof(routes[0]))

static const struct {
    unsigned char column, row;
} nodes[NODE_COUNT] = {
    [STATE_CLOSED] = {MIDDLE, 0},      [STATE_LISTEN] = {MIDDLE, 1},
    [STATE_SYN_RECEIVED] = {LEFT, 2},  [STATE_SYN_SENT] = {RIGHT, 2},
    [STATE_ESTABLISHED] = {MIDDLE, 3}, [STATE_FIN_WAIT_1] = {LEFT, 4},
    [STATE_CLOSE_WAIT] = {RIGHT, 4},   [STATE_FIN_WAIT_2] = {LEFT, 5},
    [STATE_CLOSING] = {MIDDLE, 5},     [STATE_LAST_ACK] = {RIGHT, 5},
    [STATE_TIME_WAIT] = {MIDDLE, 6},   [NODE_END] = {RIGHT, 6},
};

/* The first gap has a line more: two arrows turn in it. */
static int lines_of(int box, int gap)
{
    return MAP_ROWS * box + (MAP_ROWS - 1) * gap + 1;
}

void map_layout_make(int columns, int lines, struct map_layout *layout)
{
    int gap = GAP_LEAST, y;

    if (columns > COLUMNS_MOST)
        columns = COLUMNS_MOST;
    layout->half = columns >= COLUMNS_ROOMY ? HALF_LARGE : HALF_SMALL;
    layout->box = lines >= lines_of(3, GAP_LEAST) ? 3 : 1;
    while (gap < GAP_MOST && lines_of(layout->box, gap + 1) <= lines)
        gap++;
    layout->lines = lines_of(layout->box, gap);
    layout->whole = layout->half == HALF_LARGE && gap > GAP_LEAST;
    layout->column[LEFT] = MARGIN + layout->half;
    layout->column[RIGHT] = columns - 1 - layout->half;
    layout->column[MIDDLE] = (layout->column[LEFT] + layout->column[RIGHT]) / 2;
    y = layout->box / 2;
    for (int i = 0; i < MAP_ROWS; i++) {
        layout->row[i] = y;
        y += layout->box + gap + (i == 0);
    }
}

static int x_at(const struct map_layout *layout, int column, enum across across)
{
    int x = layout->column[column], edge = layout->half - 1;

    switch (across) {
    case CENTRE:
        return x;
    case EDGE_LEFT:
        return x - edge;
    case EDGE_RIGHT:
        return x + edge;
    case NEAR_LEFT:
        return x - edge + 2;
    case NEAR_RIGHT:
        return x + edge - 2;
    case INNER_LEFT:
        return x - INNER;
    case INNER_RIGHT:
        return x + INNER;
    case BESIDE_LEFT:
        return x - layout->half - 1;
    case BESIDE_RIGHT:
        return x + layout->half + 1;
    case OUTSIDE_LEFT:
        return x - layout->half - 2;
    }
    return x;
}

static int y_at(const struct map_layout *layout, int row, enum along along)
{
    int y = layout->row[row], half = layout->box / 2;

    switch (along) {
    case LEVEL:
        return y;
    case ABOVE:
        return y - half - 1;
    case BELOW:
        return y + half + 1;
    case ABOVE_2:
        return y - half - 2;
    case BELOW_2:
        return y + half + 2;
    }
    return y;
}

static struct map_point point_at(const struct map_layout *layout, struct place place)
{
    return (struct map_point){x_at(layout, place.column, place.across),
                              y_at(layout, place.row, place.along)};
}

struct map_point map_node(const struct map_layout *layout, int node)
{
    return (struct map_point){layout->column[nodes[node].column],
                              layout->row[nodes[node].row]};
}

int map_route(const struct map_layout *layout, enum tcp_state from, enum tcp_state to,
              struct map_point points[4])
{
    int arrow = tcp_arrow_find(from, to);

    if (arrow < 0 || (tcp_arrows[arrow].never && !layout->whole))
        return 0;
    for (unsigned i = 0; i < ROUTE_COUNT; i++) {
        if (routes[i].from != from || routes[i].to != to)
            continue;
        for (int k = 0; k < routes[i].count; k++)
            points[k] = point_at(layout, routes[i].points[k]);
        return routes[i].count;
    }
    return 0;
}

static struct map_slot slot_at(const struct map_layout *layout, struct place place,
                               int more, enum map_align align)
{
    struct map_slot slot = {point_at(layout, place), align};

    slot.at.x += more;
    return slot;
}

struct map_slot map_token_slot(const struct map_layout *layout, int node)
{
    struct place above = {nodes[node].column, EDGE_LEFT, nodes[node].row, ABOVE};

    switch (node) {
    case STATE_CLOSED:
        return slot_at(layout, (struct place){MIDDLE, BESIDE_LEFT, 0, LEVEL}, -1,
                       MAP_LEFTWARDS);
    case STATE_LISTEN: /* right of two lines */
        return slot_at(layout, above, 4, MAP_RIGHTWARDS);
    case STATE_SYN_SENT: /* left of two lines; of a third one when all are drawn */
        return slot_at(layout, above, layout->whole ? 2 : -1, MAP_RIGHTWARDS);
    case STATE_ESTABLISHED:
        above.across = CENTRE;
        return slot_at(layout, above, 0, MAP_CENTRED);
    case STATE_FIN_WAIT_1: /* between two lines */
        return slot_at(layout, above, 1, MAP_RIGHTWARDS);
    case STATE_CLOSING:
    case STATE_TIME_WAIT:
        above.across = CENTRE;
        return slot_at(layout, above, 2, MAP_RIGHTWARDS);
    default:
        return slot_at(layout, above, 2, MAP_RIGHTWARDS);
    }
}

struct map_slot map_label_slot(const struct map_layout *layout, enum tcp_state from,
                               enum tcp_state to)
{
    struct map_point points[4] = {{0}};
    struct map_slot slot = {.align = MAP_RIGHTWARDS};

    map_route(layout, from, to, points);
    slot.at = points[points[1].y < points[0].y];
    slot.at.x += 2;
    if (from == STATE_CLOSED) { /* right of it goes the arrow back */
        slot.at.x -= 4;
        slot.align = MAP_LEFTWARDS;
    }
    return slot;
}

struct map_slot map_other_slot(const struct map_layout *layout)
{
    return slot_at(layout, (struct place){LEFT, OUTSIDE_LEFT, 0, BELOW_2}, 0,
                   MAP_RIGHTWARDS);
}
