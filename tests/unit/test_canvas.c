#include "picture.h"

#include <string.h>

#define FAMILY "👨‍👩‍👧‍👦"

static void assert_cluster(const char *text, size_t bytes, int columns)
{
    int found;

    assert_int_equal(text_cluster(text, &found), bytes);
    assert_int_equal(found, columns);
}

static void clusters_and_their_columns(void **state)
{
    (void)state;
    assert_cluster("", 0, 0);
    assert_cluster("ab", 1, 1);
    assert_cluster("日", 3, 2);
    assert_cluster("e\u0301x", 3, 1);
    assert_cluster("日\u0301x", 5, 2);
    assert_cluster(FAMILY "x", strlen(FAMILY), 2);
    assert_cluster("⛹🏽‍♂️", strlen("⛹🏽‍♂️"), 2);
    assert_cluster("⛹\u200d♂x", 9, 2);
    assert_cluster("🇩🇪🇫🇷", 8, 2); /* flags, two by two */
    assert_cluster("🇩x", 4, 1);
    assert_cluster("❤", 3, 1);
    assert_cluster("❤\ufe0fx", 6, 2);
    assert_cluster("1\ufe0f\u20e3x", 7, 2);
    assert_cluster("☝🏽", strlen("☝🏽"), 2);
    assert_cluster("\u1100\u1161\u11a8x", 9, 2); /* a Hangul syllable of three parts */
    assert_cluster("\u0301x", 2, 0);
    assert_cluster("\x1b[", 1, 1);
    assert_cluster("\xff\u0301", 1, 1);
    assert_cluster("\xe2\x82", 1, 1);
}

static void width_of_text(void **state)
{
    int width;

    (void)state;
    assert_int_equal(text_width("a日e\u0301" FAMILY "🇩🇪"), 1 + 2 + 1 + 2 + 2);
    assert_int_equal(text_prefix("a日b", 2, &width), 1);
    assert_int_equal(width, 1);
    assert_int_equal(text_prefix("a日b", 3, &width), 4);
    assert_int_equal(width, 3);
    assert_int_equal(text_prefix("e\u0301e\u0301", 1, &width), 3);
    assert_int_equal(text_prefix("ab", 0, &width), 0);
    assert_int_equal(text_prefix("ab", -3, &width), 0);
    assert_int_equal(text_prefix("ab", 9, &width), 2);
    assert_true(text_fits("a日e\u0301", 4));
    assert_false(text_fits("a日e\u0301", 3));
    assert_false(text_fits("a日", 2));
    assert_true(text_fits("", 0));
    assert_false(text_fits("a", -1));
    assert_int_equal(width, 2);
}

static void long_cluster_is_cut_to_its_base(void **state)
{
    struct canvas canvas;
    struct buf text = {0};
    int columns;

    (void)state;
    canvas_init(&canvas, 4, 3);
    buf_puts(&text, "e");
    for (int i = 0; i < 40; i++)
        buf_puts(&text, "\u0301");
    assert_int_equal(text_cluster(buf_text(&text), &columns), text.len);
    assert_int_equal(columns, 1);
    buf_puts(&text, "x");
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, buf_text(&text));
    /* Four people with skin tones: the first is left, without its joiner. */
    canvas_put(&canvas, canvas_all(&canvas), 0, 1, ELEMENT_TEXT,
               "👨🏽‍👩🏽‍👧🏽‍👦🏽x");
    canvas_put(&canvas, canvas_all(&canvas), 0, 2, ELEMENT_TEXT, FAMILY "\u200d👧x");
    assert_picture(&canvas, "ex\n👨x\n👨x\n");
    buf_free(&text);
    canvas_free(&canvas);
}

static void text_is_cut_at_the_edges_of_the_area(void **state)
{
    struct canvas canvas;
    struct area area = {2, 1, 5, 2};

    (void)state;
    canvas_init(&canvas, 10, 4);
    assert_int_equal(canvas_put(&canvas, area, 0, 0, ELEMENT_TEXT, "abcdefgh"), 8);
    assert_int_equal(canvas_put(&canvas, area, -2, 1, ELEMENT_TEXT, "abcdef"), 6);
    canvas_put(&canvas, area, 0, -1, ELEMENT_TEXT, "above");
    canvas_put(&canvas, area, 0, 2, ELEMENT_TEXT, "below");
    assert_picture(&canvas, "\n  abcde\n  cdef\n");
    canvas_free(&canvas);
}

static void wide_cluster_across_an_edge_is_left_out(void **state)
{
    struct canvas canvas;
    struct area area = {1, 0, 4, 2};

    (void)state;
    canvas_init(&canvas, 8, 2);
    assert_int_equal(canvas_put(&canvas, area, 0, 0, ELEMENT_TEXT, "日a日"), 5);
    canvas_put(&canvas, area, -1, 1, ELEMENT_TEXT, "日ab");
    assert_picture(&canvas, " 日a\n  ab\n");
    canvas_free(&canvas);
}

static void area_larger_than_the_canvas(void **state)
{
    struct canvas canvas;
    struct area area = {-2, -1, 40, 40};

    (void)state;
    canvas_init(&canvas, 3, 2);
    canvas_put(&canvas, area, 0, 0, ELEMENT_TEXT, "nothing");
    canvas_put(&canvas, area, 0, 1, ELEMENT_TEXT, "abcdefg");
    canvas_put(&canvas, area, 0, 3, ELEMENT_TEXT, "nothing");
    assert_picture(&canvas, "cde\n");
    canvas_free(&canvas);
}

static void half_of_a_wide_cluster_is_blanked(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 6, 3);
    for (int y = 0; y < 3; y++)
        canvas_put(&canvas, canvas_all(&canvas), 0, y, ELEMENT_TEXT, "日本語");
    canvas_put(&canvas, canvas_all(&canvas), 1, 0, ELEMENT_TEXT, "x");
    canvas_put(&canvas, canvas_all(&canvas), 2, 1, ELEMENT_TEXT, "x");
    canvas_put(&canvas, canvas_all(&canvas), 1, 2, ELEMENT_TEXT, "中");
    assert_picture(&canvas, " x本語\n日x 語\n 中 語\n");
    canvas_free(&canvas);
}

static void bytes_that_are_not_text_do_no_harm(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 10, 2);
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, "a\xff\xe2\x82z");
    canvas_put(&canvas, canvas_all(&canvas), 0, 1, ELEMENT_TEXT, "\x1b[2J\u202e\u0301z");
    assert_picture(&canvas, "a\ufffd\ufffd\ufffdz\n\ufffd[2Jz\n");
    canvas_free(&canvas);
}

static void ascii_stand_ins(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 14, 4);
    canvas.ascii = true;
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, "─│┌┐└┘├┤┬┴┼═╌┄");
    canvas_put(&canvas, canvas_all(&canvas), 0, 1, ELEMENT_TEXT, "▶◀✗…●•→←✓é");
    canvas_put(&canvas, canvas_all(&canvas), 0, 2, ELEMENT_TEXT,
               "a日b" FAMILY "🇩🇪c\xff");
    canvas_put(&canvas, canvas_all(&canvas), 0, 3, ELEMENT_TEXT, "“it’s” ~?*");
    assert_picture(&canvas, "-|+++++++++=--\n><x~**><v?\na??b????c?\n\"it's\" ~?*\n");
    canvas_free(&canvas);
}

static void cut_with_an_ellipsis(void **state)
{
    struct canvas canvas;
    struct area all;

    (void)state;
    canvas_init(&canvas, 8, 5);
    all = canvas_all(&canvas);
    assert_int_equal(canvas_put_cut(&canvas, all, 0, 0, 4, ELEMENT_TEXT, "abcd"), 4);
    assert_int_equal(canvas_put_cut(&canvas, all, 0, 1, 4, ELEMENT_TEXT, "abcde"), 4);
    assert_int_equal(canvas_put_cut(&canvas, all, 0, 2, 4, ELEMENT_TEXT, "a日本"), 4);
    assert_int_equal(canvas_put_cut(&canvas, all, 0, 3, 4, ELEMENT_TEXT, "日本語"), 3);
    assert_int_equal(canvas_put_cut(&canvas, all, 0, 4, 0, ELEMENT_TEXT, "abc"), 0);
    assert_picture(&canvas, "abcd\nabc…\na日…\n日…\n");
    canvas_free(&canvas);
}

static void fill_and_format(void **state)
{
    struct canvas canvas;
    struct area area = {1, 0, 4, 2};

    (void)state;
    canvas_init(&canvas, 8, 2);
    canvas_fill(&canvas, area, -1, 0, 20, ELEMENT_BORDER, "─");
    assert_int_equal(canvas_putf(&canvas, area, 0, 1, ELEMENT_STATE, "%d %s", 7, "é"),
                     3);
    assert_picture(&canvas, " ────\n 7 é\n");
    assert_int_equal(element_at(&canvas, 1, 0), ELEMENT_BORDER);
    assert_int_equal(element_at(&canvas, 5, 0), ELEMENT_TEXT);
    assert_int_equal(element_at(&canvas, 1, 1), ELEMENT_STATE);
    canvas_free(&canvas);
}

static void reversed_row(void **state)
{
    struct canvas canvas;
    struct area area = {1, 1, 2, 2};

    (void)state;
    canvas_init(&canvas, 4, 3);
    canvas_reverse_row(&canvas, area, 0);
    canvas_reverse_row(&canvas, area, 2);
    for (int i = 0; i < 12; i++)
        assert_int_equal(canvas.cells[i].reverse, i == 5 || i == 6);
    canvas_free(&canvas);
}

static void clear_and_resize_blank(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 3, 1);
    assert_int_equal(canvas.cursor_x, -1);
    canvas.ascii = true;
    canvas.cursor_x = canvas.cursor_y = 0;
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, "abc");
    canvas_clear(&canvas);
    assert_picture(&canvas, "\n");
    assert_int_equal(canvas.cursor_y, -1);
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, "abc");
    canvas_resize(&canvas, 5, 2);
    assert_picture(&canvas, "\n");
    assert_true(canvas.ascii);
    canvas_resize(&canvas, -1, 0);
    canvas_put(&canvas, canvas_all(&canvas), 0, 0, ELEMENT_TEXT, "abc");
    assert_int_equal(canvas.width, 0);
    canvas_free(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_and_their_columns),
        cmocka_unit_test(width_of_text),
        cmocka_unit_test(long_cluster_is_cut_to_its_base),
        cmocka_unit_test(text_is_cut_at_the_edges_of_the_area),
        cmocka_unit_test(wide_cluster_across_an_edge_is_left_out),
        cmocka_unit_test(area_larger_than_the_canvas),
        cmocka_unit_test(half_of_a_wide_cluster_is_blanked),
        cmocka_unit_test(bytes_that_are_not_text_do_no_harm),
        cmocka_unit_test(ascii_stand_ins),
        cmocka_unit_test(cut_with_an_ellipsis),
        cmocka_unit_test(fill_and_format),
        cmocka_unit_test(reversed_row),
        cmocka_unit_test(clear_and_resize_blank),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
