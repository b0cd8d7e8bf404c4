/* The state map's lines in every size: no line crosses another or a node. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "view/statemap.h"
#include "view/statemap_layout.h"

#define COLUMNS_TRIED 140
#define LINES_TRIED 60
#define FREE 0
#define NODE 1
#define LINE 2

struct grid {
    int width, height;
    unsigned char cells[LINES_TRIED][COLUMNS_TRIED];
};

static unsigned char *cell(struct grid *grid, int x, int y, const char *what)
{
    if (x < 0 || y < 0 || x >= grid->width || y >= grid->height)
        fail_msg("%dx%d: %s leaves the area at %d, %d", grid->width, grid->height, what,
                 x, y);
    return &grid->cells[y][x];
}

static void take(struct grid *grid, int x, int y, unsigned char as, const char *what)
{
    unsigned char *at = cell(grid, x, y, what);

    if (*at != FREE)
        fail_msg("%dx%d: %s crosses a %s at %d, %d", grid->width, grid->height, what,
                 *at == NODE ? "node" : "line", x, y);
    *at = as;
}

static void take_nodes(struct grid *grid, const struct map_layout *layout)
{
    for (int node = STATE_NONE + 1; node < NODE_COUNT; node++) {
        struct map_point at = map_node(layout, node);

        for (int y = at.y - layout->box / 2; y <= at.y + layout->box / 2; y++)
            for (int x = at.x - layout->half; x <= at.x + layout->half; x++)
                take(grid, x, y, NODE, "a node");
    }
}

static bool beside_node(const struct map_layout *layout, struct map_point point,
                        int node)
{
    struct map_point at = map_node(layout, node);
    int across = abs(point.x - at.x), along = abs(point.y - at.y);

    return (across <= layout->half && along == layout->box / 2 + 1) ||
           (across == layout->half + 1 && along <= layout->box / 2);
}

static void take_route(struct grid *grid, const struct map_layout *layout,
                       const struct tcp_arrow *arrow)
{
    struct map_point points[4];
    int count = map_route(layout, arrow->from, arrow->to, points);
    bool to_end = arrow->from == STATE_TIME_WAIT || arrow->from == STATE_LAST_ACK;

    if (!count) {
        if (!strstr(arrow->cause, "(note 3)") && (!arrow->never || layout->whole))
            fail_msg("no line for '%s'", arrow->cause);
        return;
    }
    assert_true(beside_node(layout, points[0], (int)arrow->from));
    assert_true(
        beside_node(layout, points[count - 1], to_end ? NODE_END : (int)arrow->to));
    take(grid, points[0].x, points[0].y, LINE, arrow->cause);
    for (int i = 0; i + 1 < count; i++) {
        struct map_point at = points[i], end = points[i + 1];

        assert_true((at.x == end.x) != (at.y == end.y));
        while (at.x != end.x || at.y != end.y) {
            at.x += (end.x > at.x) - (end.x < at.x);
            at.y += (end.y > at.y) - (end.y < at.y);
            take(grid, at.x, at.y, LINE, arrow->cause);
        }
    }
}

static void no_line_crosses(void **state)
{
    static struct grid grid;
    struct map_layout layout;

    (void)state;
    for (int lines = STATEMAP_LINES; lines <= LINES_TRIED; lines++) {
        for (int columns = STATEMAP_COLUMNS; columns <= COLUMNS_TRIED; columns++) {
            memset(&grid, 0, sizeof(grid));
            grid.width = columns;
            map_layout_make(columns, lines, &layout);
            grid.height = layout.lines;
            assert_in_range(layout.lines, STATEMAP_LINES, lines);
            take_nodes(&grid, &layout);
            for (size_t i = 0; i < tcp_arrow_count; i++)
                take_route(&grid, &layout, &tcp_arrows[i]);
        }
    }
}

/* Tokens and labels stand within the area, on no line and no node. */
static void texts_have_room(void **state)
{
    static struct grid grid;
    struct map_layout layout;
    struct map_point points[4];

    (void)state;
    for (int columns = STATEMAP_COLUMNS; columns <= COLUMNS_TRIED; columns++) {
        memset(&grid, 0, sizeof(grid));
        grid.width = columns;
        map_layout_make(columns, columns / 3 + 1, &layout);
        grid.height = layout.lines;
        take_nodes(&grid, &layout);
        for (size_t i = 0; i < tcp_arrow_count; i++)
            take_route(&grid, &layout, &tcp_arrows[i]);
        for (int node = STATE_NONE + 1; node < NODE_COUNT; node++) {
            struct map_slot slot = map_token_slot(&layout, node);
            int way = slot.align == MAP_LEFTWARDS ? -1 : 1;

            for (int i = 0; i < 9; i++) /* "2 sockets" */
                assert_int_equal(*cell(&grid, slot.at.x + way * i, slot.at.y, "a token"),
                                 FREE);
        }
        for (size_t i = 0; i < tcp_arrow_count; i++) {
            const struct tcp_arrow *arrow = &tcp_arrows[i];
            struct map_slot slot = map_label_slot(&layout, arrow->from, arrow->to);

            if (map_route(&layout, arrow->from, arrow->to, points) == 2 &&
                points[0].x == points[1].x)
                assert_int_equal(*cell(&grid, slot.at.x, slot.at.y, "a label"), FREE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_crosses),
        cmocka_unit_test(texts_have_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
