/* home: which rows of the list are shown, and what is said of it. */
#include "home_scene.h"

/* The pictures are wider than the code may be. */
/* clang-format off */

static void searching(void **state)
{
    struct home home = scene_home();

    (void)state;
    home.search = "tcp HAND";
    home.typing = true;
    home_filter(&home);
    assert_home(&home, 80, 24, false,
        " Socketarium                                                  4 lessons, 1 done\n"
        " /tcp HAND                                                       1 of 5 matches\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  Opening a TCP connection\n"
        " >  9  The three-way handshake                   page 2 of 3    core   15 min\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " Before TCP carries the first byte, three packets cross the wire: SYN, SYN+ACK,\n"
        " ACK. We stop each of them and look at both ends.\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void finding_nothing(void **state)
{
    struct home home = scene_home();

    (void)state;
    home.search = "hands\x1b\xff" "up";
    home_filter(&home);
    assert_home(&home, 80, 24, false,
        " Socketarium                                                  4 lessons, 1 done\n"
        " /hands\\x1b\\xffup                                               nothing matches\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  Nothing matches.\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "\n"
        "\n"
        " Enter resume at page 2   q leave\n");
    /* The end of a long one is in sight. */
    home.search = "0123456789012345678901234567890123456789012345678901234567890123456789";
    home_filter(&home);
    assert_home(&home, 60, 15, false,
        " Socketarium                              4 lessons, 1 done\n"
        " /0123456789012345678901234567890123456789  nothing matches\n"
        "────────────────────────────────────────────────────────────\n"
        "  Nothing matches.\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────\n"
        "\n"
        "\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void core_path(void **state)
{
    struct home home = scene_home();

    (void)state;
    home.core_only = true;
    home_filter(&home);
    assert_home(&home, 80, 24, false,
        " Socketarium                                       core path: 3 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  Start\n"
        " >  0  First look                                ✓ done         core   3 min\n"
        "\n"
        "  Opening a TCP connection\n"
        "    9  The three-way handshake                   page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by four-tuple                             core   15 min\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " The screen in three minutes.\n"
        "\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void nothing_there(void **state)
{
    struct home home = {.footer = "\1q\2 leave"};

    (void)state;
    home_filter(&home);
    assert_home(&home, 80, 24, false,
        " Socketarium                                                  0 lessons, 0 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  There are no lessons yet.\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "\n"
        "\n"
        " q leave\n");
    home_move(&home, 1);
    home_turn(&home, -1);
    assert_null(home_selected(&home));
    home_free(&home);
}

static void notice(void **state)
{
    struct home home = scene_home();

    (void)state;
    home.notice = "/home/reader/.local/state/socketarium/progress.json: damaged at line 7; it "
                  "is now progress.json.damaged, and progress begins anew";
    assert_home(&home, 80, 24, false,
        " Socketarium                                                  4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  Start\n"
        " >  0  First look                                ✓ done         core   3 min\n"
        "\n"
        "  UDP, without connections\n"
        "    8  Connected UDP, and nobody home                           more   12 min\n"
        "\n"
        "  Opening a TCP connection\n"
        "    9  The three-way handshake                   page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by four-tuple                             core   15 min\n"
        "\n"
        "  Without a lesson\n"
        "       The free lab\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " The screen in three minutes.\n"
        " /home/reader/.local/state/socketarium/progress.json: damaged at line 7; it is\n"
        " now progress.json.damaged, and progress begins anew\n");
    home_free(&home);
}

/* clang-format on */

static const char *title(const struct home *home)
{
    const struct home_row *row = home_selected(home);

    return row ? row->title : "none";
}

static void selecting(void **state)
{
    struct home home = scene_home();

    (void)state;
    assert_string_equal(title(&home), "First look");
    home_move(&home, -1);
    assert_string_equal(title(&home), "First look");
    home_move(&home, 3);
    assert_string_equal(title(&home), "Demultiplexing by four-tuple");
    home_move(&home, 100);
    assert_string_equal(title(&home), "The free lab");
    home.list.height = 6; /* two rows, without the names of parts */
    home_turn(&home, -1);
    assert_string_equal(title(&home), "The three-way handshake");
    home_turn(&home, 1);
    assert_string_equal(title(&home), "The free lab");
    home.list.height = 1;
    home_turn(&home, -1);
    assert_string_equal(title(&home), "Demultiplexing by four-tuple");
    home_free(&home);
}

/* The selected row stays selected where that can be. */
static void filtering(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 1);
    home.search = "d";
    home_filter(&home);
    assert_string_equal(title(&home), "Connected UDP, and nobody home");
    home.core_only = true;
    home_filter(&home);
    assert_string_equal(title(&home), "The three-way handshake");
    home.search = "four";
    home_filter(&home);
    assert_int_equal(home.shown.count, 1);
    assert_string_equal(title(&home), "Demultiplexing by four-tuple");
    home.search = "connected";
    home_filter(&home);
    assert_string_equal(title(&home), "none");
    home.core_only = false;
    home_filter(&home);
    assert_string_equal(title(&home), "Connected UDP, and nobody home");
    home.search = NULL;
    home_filter(&home);
    assert_int_equal(home.shown.count, 5);
    assert_string_equal(title(&home), "Connected UDP, and nobody home");
    home_free(&home);
}

static size_t found(const char *search)
{
    struct home home = scene_home();
    size_t count;

    home.search = search;
    home_filter(&home);
    count = home.shown.count;
    home_free(&home);
    return count;
}

static void words(void **state)
{
    char *folded = home_fold("Été ÉTÉ ẞ");

    (void)state;
    assert_string_equal(folded, "ete ete ss");
    free(folded);
    assert_int_equal(found(""), 5);
    assert_int_equal(found("   "), 5);
    assert_int_equal(found("SYN"), 1);
    assert_int_equal(found("handshake three"), 1);
    assert_int_equal(found("handshake udp"), 0);
    assert_int_equal(found("  tcp   opening "), 2);
    assert_int_equal(found("Connectéd"), 1);
    assert_int_equal(found("\xff"), 0);
}

/* What was scrolled comes back when the window has grown. */
static void scrolling(void **state)
{
    struct home home = scene_home();
    struct canvas canvas;

    (void)state;
    home_move(&home, 100);
    canvas_init(&canvas, 60, 15);
    home_draw(&home, &canvas);
    assert_int_equal(home.scroll, 4);
    canvas_resize(&canvas, 60, 20);
    home_draw(&home, &canvas);
    assert_int_equal(home.scroll, 0);
    home_move(&home, -100);
    canvas_resize(&canvas, 60, 15);
    home_draw(&home, &canvas);
    assert_int_equal(home.scroll, 0);
    canvas_free(&canvas);
    home_free(&home);
}

static void clicking(void **state)
{
    struct home home = scene_home();
    struct canvas canvas;

    (void)state;
    assert_int_equal(home_row_at(&home, 5, 5), -1); /* nothing was drawn yet */
    home_move(&home, 100);
    canvas_init(&canvas, 60, 15);
    home_draw(&home, &canvas);
    assert_int_equal(home_row_at(&home, 5, 2), -1);
    assert_int_equal(home_row_at(&home, 5, 3), 1);
    assert_int_equal(home_row_at(&home, 5, 4), -1); /* a part's name */
    assert_int_equal(home_row_at(&home, 58, 7), 3);
    assert_int_equal(home_row_at(&home, 59, 7), -1);
    assert_int_equal(home_row_at(&home, 0, 7), -1);
    assert_int_equal(home_row_at(&home, 5, 10), 4);
    assert_int_equal(home_row_at(&home, 5, 11), -1);
    canvas_free(&canvas);
    home_free(&home);
}

/* The cursor follows the selection, or the typing. */
static void cursor(void **state)
{
    struct home home = scene_home();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 80, 24);
    home_move(&home, 1);
    home_draw(&home, &canvas);
    assert_int_equal(canvas.cursor_x, 1);
    assert_int_equal(canvas.cursor_y, 7);
    assert_true(canvas.cells[7 * 80 + 40].reverse);
    assert_false(canvas.cells[4 * 80 + 40].reverse);
    home.search = "udp";
    home.typing = true;
    home_filter(&home);
    canvas_clear(&canvas);
    home_draw(&home, &canvas);
    assert_int_equal(canvas.cursor_x, 5);
    assert_int_equal(canvas.cursor_y, 1);
    canvas_free(&canvas);
    home_free(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(searching), cmocka_unit_test(finding_nothing),
        cmocka_unit_test(core_path), cmocka_unit_test(nothing_there),
        cmocka_unit_test(notice),    cmocka_unit_test(selecting),
        cmocka_unit_test(filtering), cmocka_unit_test(words),
        cmocka_unit_test(cursor),    cmocka_unit_test(scrolling),
        cmocka_unit_test(clicking),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
