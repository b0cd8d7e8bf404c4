#include "picture.h"

#include <math.h>
#include <string.h>

#include "export/export.h"
#include "export/svg_ink.h"

static struct canvas canvas;
static struct buf svg;

static int setup(void **state)
{
    (void)state;
    canvas_init(&canvas, 12, 3);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    canvas_free(&canvas);
    buf_free(&svg);
    return 0;
}

static void put(int x, int y, enum element element, const char *text)
{
    canvas_put(&canvas, canvas_all(&canvas), x, y, element, text);
}

static void saved(enum scheme scheme)
{
    buf_clear(&svg);
    export_svg(&canvas, scheme, &svg);
}

static void assert_part(const char *part)
{
    if (!strstr(buf_text(&svg), part))
        fail_msg("not there:\n%s\nin\n%s", part, buf_text(&svg));
}

static void assert_no_part(const char *part)
{
    if (strstr(buf_text(&svg), part))
        fail_msg("there, and should not be:\n%s\nin\n%s", part, buf_text(&svg));
}

static size_t count_of(const char *part)
{
    size_t count = 0;

    for (const char *at = buf_text(&svg); (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

static void a_whole_picture(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "Hi you");
    put(8, 0, ELEMENT_PACKET, "├─▶│");
    saved(SCHEME_LIGHT);
    assert_string_equal(
        buf_text(&svg),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"132\" height=\"81\" "
        "viewBox=\"0 0 132 81\">\n"
        "<rect width=\"132\" height=\"81\" rx=\"8\" fill=\"#d5dae0\"/>\n"
        "<rect x=\"1\" y=\"1\" width=\"130\" height=\"79\" rx=\"7\" fill=\"#ffffff\"/>\n"
        "<path fill=\"none\" stroke-linecap=\"square\" stroke=\"#0a6275\" "
        "d=\"M88.5 21.5h13.5M102 21.5h4M88.5 12v19M115.5 12v19\"/>\n"
        "<path fill=\"#0a6275\" d=\"M106 12m0 5l9 4.5l-9 4.5z\"/>\n"
        "<g font-family=\"ui-monospace,'DejaVu Sans Mono','Cascadia "
        "Mono',Menlo,Consolas,"
        "'Liberation Mono',monospace\" font-size=\"15\" fill=\"#1f2328\">\n"
        "<text x=\"12\" y=\"26\" textLength=\"54\">Hi you</text>\n"
        "</g>\n"
        "</svg>\n");
}

static void one_text_for_each_run_of_one_look(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "a b");
    put(3, 0, ELEMENT_TITLE, "cd");
    put(6, 0, ELEMENT_TITLE, "e  fé");
    saved(SCHEME_LIGHT);
    assert_part(
        "<text x=\"12\" y=\"26\" textLength=\"27\">a b</text>\n"
        "<text x=\"39\" y=\"26\" textLength=\"18\" font-weight=\"bold\">cd</text>"
        "\n<text x=\"66\" y=\"26\" font-weight=\"bold\">e</text>\n"
        "<text x=\"93\" y=\"26\" textLength=\"18\" font-weight=\"bold\">fé</text>"
        "\n");
}

/* What stands behind a wide or a strange character keeps its column. */
static void other_characters_stand_in_their_cells(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "a日b…c");
    saved(SCHEME_LIGHT);
    assert_part("<text x=\"12\" y=\"26\">a</text>\n"
                "<text x=\"30\" y=\"26\" text-anchor=\"middle\">日</text>\n"
                "<text x=\"39\" y=\"26\">b</text>\n"
                "<text x=\"52.5\" y=\"26\" text-anchor=\"middle\">…</text>\n"
                "<text x=\"57\" y=\"26\">c</text>\n");
}

static void joined_characters_are_pressed_into_their_cells(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "🇩🇪x");
    saved(SCHEME_LIGHT);
    assert_part("<text x=\"21\" y=\"26\" text-anchor=\"middle\" textLength=\"18\" "
                "lengthAdjust=\"spacingAndGlyphs\">🇩🇪</text>\n"
                "<text x=\"30\" y=\"26\">x</text>\n");
}

static void lines_go_on_over_cells(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_BORDER, "┌──┐");
    put(0, 1, ELEMENT_BORDER, "│  │");
    put(0, 2, ELEMENT_BORDER, "└──┘");
    saved(SCHEME_MONO);
    assert_part("d=\"M16.5 21.5h27M16.5 59.5h27M16.5 21.5v38M43.5 21.5v38\"");
    assert_int_equal(count_of("<path"), 1);
    assert_int_equal(count_of("<text"), 0);
}

static void a_line_ends_where_its_look_does(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_PACKET, "──");
    put(2, 0, ELEMENT_HELD, "──");
    put(4, 0, ELEMENT_PACKET, "╌╌");
    saved(SCHEME_LIGHT);
    assert_part("stroke=\"#0a6275\" d=\"M12 21.5h18\"");
    assert_part("stroke-width=\"2\" stroke=\"#99208a\" d=\"M30 21.5h18\"");
    assert_part("stroke-dasharray=\"6 3\" stroke=\"#0a6275\" d=\"M48 21.5h18\"");
}

static void a_lifeline_keeps_its_look_where_arrows_begin(void **state)
{
    (void)state;
    for (int y = 0; y < 3; y++)
        put(2, y, ELEMENT_FAINT, "│");
    put(2, 0, ELEMENT_PACKET, "├─");
    put(2, 1, ELEMENT_HELD, "├─");
    saved(SCHEME_LIGHT);
    assert_part("stroke=\"#5f6874\" d=\"M34.5 12v57\"");
    assert_part("stroke=\"#0a6275\" d=\"M34.5 21.5h13.5\"");
    assert_part("stroke=\"#99208a\" d=\"M34.5 40.5h13.5\"");
}

static void a_head_reaches_the_line_it_points_at(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_PACKET, "│◀─");
    put(0, 1, ELEMENT_PACKET, "─▶ ");
    saved(SCHEME_LIGHT);
    assert_part("d=\"M30 21.5h9M30 21.5h-4M12 40.5h9M16.5 12v19\"");
    assert_part("d=\"M17 12m9 5l-9 4.5l9 4.5zM21 31m0 5l9 4.5l-9 4.5z\"");
}

static void bars_stand_on_the_bottom_of_their_cells(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "▁▄█");
    saved(SCHEME_LIGHT);
    assert_part(
        "d=\"M12 12m0 16.6h9v2.4h-9zM21 12m0 9.5h9v9.5h-9zM30 12m0 0h9v19h-9z\"");
    assert_int_equal(count_of("<text"), 0);
}

static void reverse_is_paper_on_ink(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_CURRENT, "ab c");
    put(0, 1, ELEMENT_TEXT, "d");
    canvas_reverse_row(&canvas, canvas_all(&canvas), 1);
    put(0, 2, ELEMENT_CURRENT, "x");
    canvas.cells[2 * 12].reverse = true; /* twice reversed is not reversed */
    saved(SCHEME_DARK);
    assert_part("<path fill=\"#e8ebf0\" d=\"M12 12h36v19h-36zM12 31h108v19h-108z\"/>");
    assert_part("textLength=\"36\" fill=\"#14181e\">ab c</text>");
    assert_part("y=\"45\" fill=\"#14181e\">d</text>");
    assert_part("y=\"64\">x</text>");
}

static void underline_is_a_line(void **state)
{
    (void)state;
    put(1, 0, ELEMENT_GROUP, "New or");
    saved(SCHEME_LIGHT);
    assert_part("stroke=\"#1f2328\" d=\"M21 28.5h54\"");
    assert_part("textLength=\"54\">New or</text>");
}

static void nothing_means_anything_to_xml(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_TEXT, "<&>\"'");
    /* Nothing like this is ever on a canvas; but were it there: */
    strcpy(canvas.cells[12].text, "\x1b");
    strcpy(canvas.cells[14].text, "\xc2\x9b");
    strcpy(canvas.cells[16].text, "\xff");
    strcpy(canvas.cells[18].text, "\xef\xbf\xbf");
    saved(SCHEME_LIGHT);
    assert_part(">&lt;&amp;&gt;\"'</text>");
    assert_part(">\\x1b</text>");
    for (const char *at = buf_text(&svg); *at; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= ' ');
    assert_no_part("\xff");
    assert_no_part("\xc2\x9b");
    assert_no_part("\xef\xbf\xbf");
}

static void auto_follows_the_reader(void **state)
{
    (void)state;
    put(0, 0, ELEMENT_HELD, "a─");
    saved(SCHEME_AUTO);
    assert_part("@media (prefers-color-scheme:dark){");
    assert_part(".fill-magenta{fill:#f2a5fb}.stroke-magenta{stroke:#f2a5fb}");
    assert_part("fill=\"#99208a\" class=\"fill-magenta\" font-weight=\"bold\">a</text>");
    assert_part("stroke=\"#99208a\" class=\"stroke-magenta\" d=");
    saved(SCHEME_LIGHT);
    assert_no_part("class=");
    assert_no_part("<style>");
}

static void an_empty_canvas_is_a_picture_too(void **state)
{
    (void)state;
    canvas_resize(&canvas, 0, 0);
    saved(SCHEME_LIGHT);
    assert_part("width=\"24\" height=\"24\"");
    assert_part("</svg>\n");
}

/* ----------------------------------------------------------- contrast */

/* WCAG 2.1, "relative luminance" and "contrast ratio". */
static double luminance(uint32_t rgb)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double part = (double)(rgb >> (16 - 8 * i) & 255) / 255;

        sum += weights[i] *
               (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
    double light = luminance(a), dark = luminance(b);

    if (light < dark)
        return contrast(b, a);
    return (light + 0.05) / (dark + 0.05);
}

static void every_element_can_be_read_on_its_paper(void **state)
{
    (void)state;
    assert_true(contrast(0xffffff, 0x000000) > 20.9);
    assert_true(contrast(0x777777, 0xffffff) < 4.5);
    for (int scheme = 0; scheme < SCHEME_COUNT; scheme++)
        for (int element = 0; element < ELEMENT_COUNT; element++) {
            struct svg_look look =
                svg_ink_look((enum element)element, false, (enum scheme)scheme);
            double found = contrast(svg_ink_rgb(look.ink, (enum scheme)scheme),
                                    svg_ink_rgb(INK_PAPER, (enum scheme)scheme));

            if (found < 4.5)
                fail_msg("theme %s, element %d: %.2f",
                         theme_scheme_name((enum scheme)scheme), element, found);
        }
}

static void held_and_dropped_are_not_said_by_colour_alone(void **state)
{
    (void)state;
    for (int scheme = 0; scheme < SCHEME_COUNT; scheme++) {
        assert_true(svg_ink_look(ELEMENT_HELD, false, (enum scheme)scheme).bold);
        assert_true(svg_ink_look(ELEMENT_DROPPED, false, (enum scheme)scheme).underline);
    }
}

/* ----------------------------------------------------------- text */

static void text_has_nothing_at_its_end(void **state)
{
    (void)state;
    put(1, 0, ELEMENT_TEXT, "a ");
    buf_clear(&svg);
    buf_puts(&svg, "before\n");
    export_text(&canvas, &svg);
    assert_string_equal(buf_text(&svg), "before\n a\n");
    canvas_clear(&canvas);
    buf_clear(&svg);
    export_text(&canvas, &svg);
    assert_string_equal(buf_text(&svg), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_picture),
        TEST(one_text_for_each_run_of_one_look),
        TEST(other_characters_stand_in_their_cells),
        TEST(joined_characters_are_pressed_into_their_cells),
        TEST(lines_go_on_over_cells),
        TEST(a_line_ends_where_its_look_does),
        TEST(a_lifeline_keeps_its_look_where_arrows_begin),
        TEST(a_head_reaches_the_line_it_points_at),
        TEST(bars_stand_on_the_bottom_of_their_cells),
        TEST(reverse_is_paper_on_ink),
        TEST(underline_is_a_line),
        TEST(nothing_means_anything_to_xml),
        TEST(auto_follows_the_reader),
        TEST(an_empty_canvas_is_a_picture_too),
        TEST(every_element_can_be_read_on_its_paper),
        TEST(held_and_dropped_are_not_said_by_colour_alone),
        TEST(text_has_nothing_at_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
