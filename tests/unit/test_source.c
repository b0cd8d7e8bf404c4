#include "picture.h"

#include <stdio.h>

#include "base/clock.h"
#include "view/source.h"

static struct world_thread thread_in(char *call, enum call_status status)
{
    return (struct world_thread){
        .name = "server/web",
        .alive = true,
        .called = true,
        .status = status,
        .call = call,
        .since_ns = 3 * NS_PER_S,
    };
}

/* What the title says now_ns after the journal's beginning, in that many columns. */
static void assert_title_in(int columns, const struct world_thread *thread,
                            int64_t now_ns, const char *title)
{
    struct canvas canvas;

    canvas_init(&canvas, columns, 1);
    source_draw(thread, now_ns, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, title);
    assert_int_equal(element_at(&canvas, 0, 0), ELEMENT_TITLE);
    canvas_free(&canvas);
}

static void assert_title(const struct world_thread *thread, int64_t now_ns,
                         const char *title)
{
    assert_title_in(60, thread, now_ns, title);
}

/* What a call gave is nowhere else in this pane. */
static void an_idle_thread_says_what_it_got(void **state)
{
    char recv[] = "recv", accept[] = "accept", data[] = "good morning", count[] = "12";
    char minus[] = "-1", error[] = "ECONNRESET", peer[] = "10.0.0.1:80";
    struct world_thread thread = thread_in(recv, CALL_RETURNED);

    (void)state;
    thread.result = count;
    thread.data = data;
    assert_title(&thread, 0, "server/web: idle, recv() = 12 “good morning”\n");
    assert_title_in(40, &thread, 0, "server/web: idle\n");
    thread.data = NULL;
    thread.result = minus;
    thread.error = error;
    assert_title(&thread, 0, "server/web: idle, recv() = ECONNRESET\n");
    thread = thread_in(accept, CALL_RETURNED);
    thread.result = peer;
    strcpy(thread.var, "conn"); /* the line says that already */
    assert_title(&thread, 0, "server/web: idle\n");
}

/* Beside the wire there is little room: how long it waits is not what is cut. */
static void a_narrow_title_keeps_the_time(void **state)
{
    char accept[] = "accept", demo[] = "tcp-echo-server";
    struct world_thread thread = thread_in(accept, CALL_BLOCKED);

    (void)state;
    thread.demo = demo;
    assert_title_in(60, &thread, 15 * NS_PER_S,
                    "server/web: blocked in accept() for 12 s  tcp-echo-server\n");
    assert_title_in(50, &thread, 15 * NS_PER_S,
                    "server/web: blocked in accept() for 12 s\n");
    assert_title_in(35, &thread, 15 * NS_PER_S, "server/web: in accept() for 12 s\n");
    assert_title_in(20, &thread, 15 * NS_PER_S, "server/web: in acce…\n");
    thread.status = CALL_PENDING;
    assert_title_in(31, &thread, 0, "server/web: next is accept()\n");
}

static void title_says_what_the_thread_does(void **state)
{
    char accept[] = "accept", demo[] = "tcp-echo-server";
    struct world_thread thread = thread_in(accept, CALL_BLOCKED);

    (void)state;
    assert_title(&thread, 15 * NS_PER_S, "server/web: blocked in accept() for 12 s\n");
    assert_title(&thread, 3 * NS_PER_S, "server/web: blocked in accept()\n");
    assert_title(&thread, 2 * NS_PER_S, "server/web: blocked in accept()\n");
    assert_title(&thread, 68 * NS_PER_S,
                 "server/web: blocked in accept() for 1 min 5 s\n");
    assert_title(&thread, 7923 * NS_PER_S,
                 "server/web: blocked in accept() for 2 h 12 min\n");
    thread.status = CALL_PENDING;
    assert_title(&thread, 0, "server/web: waits for step before accept()\n");
    thread.status = CALL_STARTED;
    assert_title(&thread, 0, "server/web: in accept()\n");
    thread.status = CALL_RETURNED;
    thread.demo = demo;
    assert_title(&thread, 0, "server/web: idle  tcp-echo-server\n");
    thread.called = false;
    thread.demo = NULL;
    assert_title(&thread, 0, "server/web: idle\n");
    thread.alive = false;
    assert_title(&thread, 0, "server/web: ended\n");
}

static void current_line_is_marked(void **state)
{
    char accept[] = "accept", source[] = "int main(void)\n{\n\tc = accept(s);\n}\n";
    struct world_thread thread = thread_in(accept, CALL_BLOCKED);
    struct canvas canvas;

    (void)state;
    thread.source = source;
    thread.source_line = 3;
    canvas_init(&canvas, 30, 6);
    source_draw(&thread, 0, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "server/web: in accept()\n"
                            "  1 int main(void)\n"
                            "  2 {\n"
                            "▶ 3         c = accept(s);\n"
                            "  4 }\n");
    /* All of the row, also what is empty. */
    assert_int_equal(element_at(&canvas, 0, 3), ELEMENT_CURRENT);
    assert_int_equal(element_at(&canvas, 29, 3), ELEMENT_CURRENT);
    assert_int_equal(element_at(&canvas, 4, 1), ELEMENT_CODE);
    canvas_free(&canvas);
}

static void draw_forty(unsigned current, int height, struct canvas *canvas)
{
    char accept[] = "accept";
    struct world_thread thread = thread_in(accept, CALL_RETURNED);
    struct buf source = {0};

    for (int i = 1; i <= 40; i++)
        buf_printf(&source, "line%d\n", i);
    thread.source = source.data;
    thread.source_line = current;
    canvas_init(canvas, 20, height);
    source_draw(&thread, 0, canvas, canvas_all(canvas));
    buf_free(&source);
}

/* The row of the mark, from 0 below the title; -1 if there is none. */
static int marked_row(const struct canvas *canvas)
{
    for (int y = 1; y < canvas->height; y++) {
        if (element_at(canvas, 0, y) == ELEMENT_CURRENT)
            return y - 1;
    }
    return -1;
}

static void long_source_follows_the_current_line(void **state)
{
    struct canvas canvas;

    (void)state;
    draw_forty(20, 7, &canvas);
    assert_picture(&canvas, "server/web: idle\n"
                            "  17 line17\n"
                            "  18 line18\n"
                            "  19 line19\n"
                            "▶ 20 line20\n"
                            "  21 line21\n"
                            "  22 line22\n");
    canvas_free(&canvas);
    for (unsigned current = 1; current <= 40; current++) {
        int row;

        draw_forty(current, 10, &canvas);
        row = marked_row(&canvas);
        if (current <= 3)
            assert_int_equal(row, (int)current - 1);
        else if (current > 37)
            assert_int_equal(row, (int)current - 32);
        else
            assert_in_range(row, 3, 5);
        canvas_free(&canvas);
    }
}

static void small_areas_do_no_harm(void **state)
{
    struct canvas canvas;

    (void)state;
    for (int height = 0; height < 4; height++) {
        draw_forty(40, height, &canvas);
        if (height > 1)
            assert_true(marked_row(&canvas) >= 0);
        canvas_free(&canvas);
    }
    draw_forty(0, 4, &canvas);
    assert_picture(&canvas, "server/web: idle\n   1 line1\n   2 line2\n   3 line3\n");
    canvas_free(&canvas);
    draw_forty(99, 4, &canvas);
    assert_int_equal(marked_row(&canvas), -1);
    canvas_free(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_says_what_the_thread_does),
        cmocka_unit_test(an_idle_thread_says_what_it_got),
        cmocka_unit_test(a_narrow_title_keeps_the_time),
        cmocka_unit_test(current_line_is_marked),
        cmocka_unit_test(long_source_follows_the_current_line),
        cmocka_unit_test(small_areas_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
