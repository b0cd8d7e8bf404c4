/* Where the panes of a lesson's screen stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "view/lesson_layout.h"

static const char *const pane_names[PANE_COUNT] = {
    [PANE_PROSE] = "prose",     [PANE_WIRE] = "wire", [PANE_SOURCE] = "source",
    [PANE_SOCKETS] = "sockets", [PANE_MAP] = "map",   [PANE_SHEET] = "sheet",
};

static struct lesson_layout layout_of(int width, int height, unsigned hosts,
                                      const struct lesson_look *look)
{
    const struct canvas canvas = {.width = width, .height = height};
    const struct world world = {.host_count = hosts};
    struct lesson_layout layout;

    lesson_layout_make(&canvas, &world, look, &layout);
    return layout;
}

/* "wire 31,2 49x12 at 33" for each pane that is there, and the lines between them. */
static void assert_layout(const struct lesson_layout *layout, const char *expected)
{
    struct buf out = {0};

    for (int i = 0; i < PANE_COUNT; i++) {
        struct area area = layout->panes[i];

        if (area.height > 0)
            buf_printf(&out, "%s %d,%d %dx%d at %d\n", pane_names[i], area.x, area.y,
                       area.width, area.height, layout->titles[i]);
    }
    buf_printf(&out, "lines %d %d %d, upright %d %d %d%s\n", layout->top, layout->middle,
               layout->bottom, layout->split[0], layout->split[1], layout->low_split,
               layout->boxes ? ", boxes" : "");
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static const struct lesson_look usual = {.number = "9"};
static const struct lesson_look without_text = {.number = "9", .without_text = true};

static void narrow(void **state)
{
    struct lesson_layout layout = layout_of(80, 24, 2, &usual);

    (void)state;
    assert_layout(&layout, "prose 1,2 29x12 at 2\n"
                           "wire 32,2 48x12 at 34\n"
                           "sockets 0,15 80x8 at 2\n"
                           "lines 1 14 -1, upright 31 -1 -1\n");
    layout = layout_of(80, 24, 2, &without_text);
    assert_layout(&layout, "wire 1,2 78x12 at 2\n"
                           "sockets 0,15 80x8 at 2\n"
                           "lines 1 14 -1, upright -1 -1 -1\n");
    layout = layout_of(60, 15, 2, &usual);
    assert_layout(&layout, "prose 1,2 21x6 at 2\n"
                           "wire 24,2 36x6 at 26\n"
                           "sockets 0,9 60x5 at 2\n"
                           "lines 1 8 -1, upright 23 -1 -1\n");
}

/* The prose is a strip above a wire of full width. */
static void three_hosts(void **state)
{
    struct lesson_layout layout = layout_of(80, 24, 3, &usual);

    (void)state;
    assert_layout(&layout, "prose 1,2 78x4 at 2\n"
                           "wire 1,7 78x7 at 2\n"
                           "sockets 0,15 80x8 at 2\n"
                           "lines 1 14 -1, upright -1 -1 -1\n");
    layout = layout_of(60, 15, 3, &usual);
    assert_layout(&layout, "prose 1,2 58x3 at 2\n"
                           "wire 1,6 58x2 at 2\n"
                           "sockets 0,9 60x5 at 2\n"
                           "lines 1 8 -1, upright -1 -1 -1\n");
    layout = layout_of(120, 36, 3, &usual);
    assert_layout(&layout, "prose 2,2 28x19 at 3\n"
                           "wire 32,2 62x19 at 34\n"
                           "source 96,2 22x19 at 97\n"
                           "sockets 1,22 118x12 at 3\n"
                           "lines 1 21 34, upright 31 94 -1, boxes\n");
}

static void wide(void **state)
{
    struct lesson_layout layout = layout_of(120, 36, 2, &usual);

    (void)state;
    assert_layout(&layout, "prose 2,2 31x19 at 3\n"
                           "wire 35,2 50x19 at 37\n"
                           "source 87,2 31x19 at 88\n"
                           "sockets 1,22 118x12 at 3\n"
                           "lines 1 21 34, upright 34 85 -1, boxes\n");
    layout = layout_of(120, 36, 2, &without_text);
    assert_layout(&layout, "wire 1,2 72x19 at 3\n"
                           "source 75,2 43x19 at 76\n"
                           "sockets 1,22 118x12 at 3\n"
                           "lines 1 21 34, upright -1 73 -1, boxes\n");
    assert_false(layout_of(109, 36, 2, &usual).boxes);
    assert_true(layout_of(110, 36, 2, &usual).boxes);
}

/* From 190 by 44 there is room for the state map. */
static void very_wide(void **state)
{
    struct lesson_layout layout = layout_of(200, 50, 2, &usual);

    (void)state;
    assert_layout(&layout, "prose 2,2 70x24 at 3\n"
                           "wire 74,2 50x24 at 76\n"
                           "source 126,2 72x24 at 127\n"
                           "sockets 1,27 120x21 at 3\n"
                           "map 123,27 76x21 at 124\n"
                           "lines 1 26 48, upright 73 124 121, boxes\n");
    assert_int_equal(layout_of(189, 50, 2, &usual).panes[PANE_MAP].height, 0);
    assert_int_equal(layout_of(200, 43, 2, &usual).panes[PANE_MAP].height, 0);
    assert_int_equal(layout_of(190, 44, 2, &usual).panes[PANE_MAP].height, 21);
}

/* One pane has the screen; a sheet has it also then. */
static void zoom_and_sheet(void **state)
{
    struct lesson_look look = {.zoom = true, .focus = PANE_WIRE};
    struct lesson_layout layout = layout_of(80, 24, 2, &look);

    (void)state;
    assert_layout(&layout, "wire 1,2 78x21 at 2\n"
                           "lines 1 -1 -1, upright -1 -1 -1\n");
    look.focus = PANE_SOCKETS;
    layout = layout_of(120, 36, 2, &look);
    assert_layout(&layout, "sockets 0,2 120x33 at 2\n"
                           "lines 1 -1 -1, upright -1 -1 -1\n");
    look.sheet = SHEET_GLOSSARY;
    layout = layout_of(200, 50, 2, &look);
    assert_layout(&layout, "sheet 1,2 198x47 at 2\n"
                           "lines 1 -1 -1, upright -1 -1 -1\n");
}

/* ----------------------------------------------------------- at each size */

static bool overlap(struct area a, struct area b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/* Inside of the canvas, between the title and the footer, on no line and on no other
 * pane. */
static void assert_sound(const struct lesson_layout *layout, int width, int height)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        struct area area = layout->panes[i];

        if (area.height == 0)
            continue;
        if (area.x < 0 || area.y < 2 || area.width < 20 || area.height < 1 ||
            area.x + area.width > width || area.y + area.height > height - 1)
            fail_msg("%dx%d: %s %d,%d %dx%d", width, height, pane_names[i], area.x,
                     area.y, area.width, area.height);
        assert_false(layout->middle >= area.y && layout->middle < area.y + area.height);
        assert_false(layout->bottom >= area.y && layout->bottom < area.y + area.height);
        for (int k = 0; k < 2; k++)
            assert_false(area.y < layout->middle && layout->split[k] >= area.x &&
                         layout->split[k] < area.x + area.width);
        assert_false(area.y > layout->middle && layout->low_split >= area.x &&
                     layout->low_split < area.x + area.width);
        for (int k = 0; k < i; k++)
            if (layout->panes[k].height && overlap(area, layout->panes[k]))
                fail_msg("%dx%d: %s is on %s", width, height, pane_names[i],
                         pane_names[k]);
        assert_true(layout->titles[i] > 0 && layout->titles[i] < area.x + area.width);
    }
}

static void sound_at_each_size(void **state)
{
    (void)state;
    for (int width = SCREEN_LEAST_WIDTH; width <= 260; width++) {
        for (int height = SCREEN_LEAST_HEIGHT; height <= 90; height += 3) {
            for (unsigned hosts = 0; hosts <= HOSTS_MAX; hosts++) {
                struct lesson_layout layout = layout_of(width, height, hosts, &usual);

                assert_sound(&layout, width, height);
                assert_true(layout.panes[PANE_PROSE].height > 0);
                layout = layout_of(width, height, hosts, &without_text);
                assert_sound(&layout, width, height);
                assert_int_equal(layout.panes[PANE_PROSE].height, 0);
                assert_true(layout.panes[PANE_WIRE].height > 0);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narrow),         cmocka_unit_test(three_hosts),
        cmocka_unit_test(wide),           cmocka_unit_test(very_wide),
        cmocka_unit_test(zoom_and_sheet), cmocka_unit_test(sound_at_each_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
