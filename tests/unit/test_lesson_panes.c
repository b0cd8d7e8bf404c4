/* The screen of a lesson: one pane alone, the last row, the programs. */
#include "lesson_scene.h"

/* The pictures are wider than the code may be. */
/* clang-format off */

static struct lesson_scene *alone(enum pane pane)
{
    struct lesson_scene *scene = played();

    scene->look.zoom = true;
    scene->look.focus = pane;
    return scene;
}

static void prose_or_wire_alone(void **state)
{
    (void)state;
    assert_screen(alone(PANE_PROSE), 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client calls ─────────────────────────────────────────\n"
        " The client's program calls connect().\n"
        "\n"
        " ? The SYN is HELD. What does the server's kernel know?\n"
        "   1 Nothing\n"
        "   2 A half-open connection\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
    assert_screen(alone(PANE_WIRE), 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Wire ─────────────────────────────────────────────────────\n"
        "           client                         server\n"
        "        192.168.0.110                  192.168.0.101\n"
        "              │                 listen(s, 5) │\n"
        "              │                    accept(s) │ LISTEN\n"
        "              │ connect()                    │\n"
        "              ├─ SYN seq=0 ──▶ HELD          │\n"
        "     SYN-SENT │                              │\n"
        "              │                              │\n"
        "              │                              │\n"
        "              │                              │\n"
        "              │                              │\n"
        "              │                              │\n"
        " 1-2 answer   Space show answer   q leave\n");
}

static void programs_or_sockets_alone(void **state)
{
    (void)state;
    assert_screen(alone(PANE_SOURCE), 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Programs ─────────────────────────────────────────────────\n"
        " server: blocked in accept() for 1 s\n"
        "   1 listen(s, 5)\n"
        " ▶ 2 accept(s)\n"
        "\n"
        "\n"
        "\n"
        " client: blocked in connect() for 1 s\n"
        " ▶ 1 connect(c, 192.168.0.101:6666)\n"
        "\n"
        "\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
    assert_screen(alone(PANE_SOCKETS), 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Sockets in the kernel ────────────────────────────────────\n"
        "   HOST   STATE        LOCAL              REMOTE\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.1…:41900 192.168.0.101:6666\n"
        " Connectionless: none\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
}

static void looking_back(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    scene->look.standing = "review";
    scene->look.standing_marked = true;
    scene_draw(scene, 80, 24);
    assert_int_equal(element_at(&scene->canvas, 73, 0), ELEMENT_HELD);
    scene->look.footer = "\001Space\002 forward";
    assert_screen(scene, 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   review\n"
        "─ The client…  more ↓ ─┬─ Wire ─────────────────────────────\n"
        " The client's program  │       client         server\n"
        " calls connect().      │    192.168.0.110  192.168.0.101\n"
        "                       │          │    accept(s) │ LISTEN\n"
        " ? The SYN is HELD.    │          │ connect()    │\n"
        "   What does the       │          ├─ SYN ─▶ HELD │\n"
        "   server's kernel     │ SYN-SENT │              │\n"
        "─ Sockets in the kernel (2) ──────────────────────── more ↓\n"
        "   HOST   STATE        LOCAL              REMOTE\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.1…:41900 192.168.0.101:6666\n"
        " Space forward\n");
}

/* The last row of the screen. */
static void assert_last_row(struct lesson_scene *scene, int width, const char *expected)
{
    struct buf text = {0};
    char *row;

    scene_draw(scene, width, 24);
    canvas_text(&scene->canvas, &text);
    text.data[text.len - 1] = '\0';
    row = strrchr(text.data, '\n');
    assert_string_equal(row + 1, expected);
    buf_free(&text);
}

static void the_last_row(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    assert_last_row(scene, 80, " 1-2 answer   Space show answer   q leave");
    scene->look.footer = NULL;
    assert_last_row(scene, 80, "");
    scene->look.message = "No packet is held.";
    assert_last_row(scene, 80, " No packet is held.");
    assert_int_equal(element_at(&scene->canvas, 1, 23), ELEMENT_HELD);
    scene->look.message_is_error = true;
    assert_last_row(scene, 80, " No packet is held.");
    assert_int_equal(element_at(&scene->canvas, 1, 23), ELEMENT_ERROR);
    scene->look.input = "client: close(c)";
    scene->look.input_cursor = strlen(scene->look.input);
    assert_last_row(scene, 80, " :client: close(c)");
    assert_int_equal(scene->canvas.cursor_x, 2 + 16);
    assert_int_equal(scene->canvas.cursor_y, 23);
    /* A message stands above it. */
    assert_int_equal(element_at(&scene->canvas, 1, 22), ELEMENT_ERROR);
    scene->look.message = "First.\nSecond.";
    scene->look.input_cursor = 6;
    assert_last_row(scene, 80, " :client: close(c)");
    assert_int_equal(scene->canvas.cursor_x, 2 + 6);
    assert_int_equal(element_at(&scene->canvas, 1, 21), ELEMENT_ERROR);
    assert_int_equal(element_at(&scene->canvas, 6, 21), ELEMENT_ERROR);
    assert_int_equal(element_at(&scene->canvas, 7, 22), ELEMENT_ERROR);
    /* Of a line that is too long its end is seen, where the cursor is. */
    scene->look.input = "client: send(c, \"0123456789012345678901234567890123456789abc\")";
    scene->look.input_cursor = strlen(scene->look.input);
    assert_last_row(scene, 60, " :t: send(c, \"0123456789012345678901234567890123456789abc\")");
    assert_int_equal(scene->canvas.cursor_x, 59);
    scene_free(scene);
}

/* It grows upwards, so that its end can be read, too. */
static void a_long_message(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    scene->look.message_is_error = true;
    scene->look.message = "This step did not work: the server's socket is in LISTEN, but "
                          "ESTABLISHED was expected.   r: run again   q: leave";
    assert_screen(scene, 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client…  more ↓ ─┬─ Wire ─────────────────────────────\n"
        " The client's program  │       client         server\n"
        " calls connect().      │    192.168.0.110  192.168.0.101\n"
        "                       │          │    accept(s) │ LISTEN\n"
        " ? The SYN is HELD.    │          │ connect()    │\n"
        "   What does the       │          ├─ SYN ─▶ HELD │\n"
        "   server's kernel     │ SYN-SENT │              │\n"
        "─ Sockets in the kernel (2) ──────────────────────── more ↓\n"
        "   HOST   STATE        LOCAL              REMOTE\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666\n"
        " Connections\n"
        " This step did not work: the server's socket is in LISTEN,\n"
        " but ESTABLISHED was expected.   r: run again   q: leave\n");
}

static void before_the_first_step(void **state)
{
    struct lesson_scene *scene = scene_new();

    (void)state;
    scene_event(scene, "\"event\":\"step\",\"page\":1,\"block\":1,\"steps\":2,"
                       "\"status\":\"started\"");
    scene_event(scene, SCENE_PAGE("1"));
    assert_screen(scene, 60, 15,
        " 9 The handshake              page 1/3   wire FLOW   live\n"
        "─ The client calls ────┬─ Wire ─────────────────────────────\n"
        " The client's program  │ The lab has no hosts yet.\n"
        " calls connect().      │\n"
        "                       │\n"
        "                       │\n"
        "                       │\n"
        "                       │\n"
        "─ Sockets in the kernel ────────────────────────────────────\n"
        "   HOST   STATE        LOCAL              REMOTE\n"
        " Listening: none\n"
        " Connections: none\n"
        " Connectionless: none\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
}

/* Of many programs each has some lines; those above can be scrolled away. */
static void programs_share_their_pane(void **state)
{
    struct lesson_scene *scene = alone(PANE_SOURCE);

    (void)state;
    scene_event(scene, "\"event\":\"host\",\"host\":\"server\",\"change\":\"demo\","
                       "\"thread\":\"server\",\"demo\":\"tcp-echo-server\","
                       "\"source\":\"int main(void)\\n{\\n    bind();\\n    listen();\\n"
                       "    accept();\\n}\\n\"");
    scene_event(scene, SCENE_CALL("server", "listen", "s, 5", "pending", ",\"line\":4"));
    assert_screen(scene, 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Programs ─────────────────────────────────────────────────\n"
        " server: waits for step before listen()  tcp-echo-server\n"
        "   3     bind();\n"
        " ▶ 4     listen();\n"
        "   5     accept();\n"
        "   6 }\n"
        "\n"
        " client: blocked in connect() for 1 s\n"
        " ▶ 1 connect(c, 192.168.0.101:6666)\n"
        "\n"
        "\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
    scene = alone(PANE_SOURCE);
    scene->look.source_scroll = 1;
    assert_screen(scene, 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Programs ─────────────────────────────────────────────────\n"
        " client: blocked in connect() for 1 s\n"
        " ▶ 1 connect(c, 192.168.0.101:6666)\n"
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
        " 1-2 answer   Space show answer   q leave\n");
}

/* The step brought a connection, and changed the listener: both are seen. */
static void a_long_table_shows_the_listener_and_the_news(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    for (int i = 0; i < 5; i++) {
        char *fields = mem_printf(
            SCENE_SOCKET("server", "%x", "192.168.0.101:6666", "192.168.0.110:4200%d",
                         "LISTEN", "ESTABLISHED", ""),
            32 + i, i);

        if (i == 4)
            scene_event(scene, "\"event\":\"step\",\"status\":\"started\"");
        scene_event(scene, fields);
        free(fields);
    }
    scene_event(scene, "\"event\":\"socket\",\"host\":\"server\",\"id\":\"a\","
                       "\"change\":\"queues\",\"proto\":\"tcp\",\"family\":4,"
                       "\"local\":\"0.0.0.0:6666\",\"remote\":\"0.0.0.0:*\","
                       "\"state\":\"LISTEN\",\"recvq\":5,\"sendq\":5");
    scene_draw(scene, 80, 20);
    assert_int_equal(scene->drawn.sockets_pinned, 3);
    assert_screen(scene, 80, 20,
        " 9 The handshake                    page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client calls ────────────┬─ Wire ─────────────────────────────────────────\n"
        " The client's program calls    │          client               server\n"
        " connect().                    │       192.168.0.110        192.168.0.101\n"
        "                               │             │ connect()          │\n"
        " ? The SYN is HELD. What does  │             ├─ SYN seq=0 ─▶ HELD │\n"
        "   the server's kernel know?   │    SYN-SENT │                    │\n"
        "   1 Nothing                   │             │                    │ ESTABLISHED\n"
        "   2 A half-open connection    │             │                    │ ESTABLISHED\n"
        "                               │             │                    │ ESTABLISHED\n"
        "                               │             │                    │ ESTABLISHED\n"
        "                               │             │                    │ ESTABLISHED\n"
        "─ Sockets in the kernel (7) ───┴──────────────────────────────────────── more ↓\n"
        "   HOST   STATE        LOCAL               REMOTE              NOW\n"
        " Listening\n"
        " ~ server LISTEN       0.0.0.0:6666                            5 waiting, room 1\n"
        " Connections\n"
        "   server ESTABLISHED  192.168.0.101:6666  192.168.0.110:42003\n"
        " + server ESTABLISHED  192.168.0.101:6666  192.168.0.110:42004\n"
        " 1-2 answer   Space show answer   q leave\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prose_or_wire_alone),
        cmocka_unit_test(programs_or_sockets_alone),
        cmocka_unit_test(looking_back),
        cmocka_unit_test(the_last_row),
        cmocka_unit_test(a_long_message),
        cmocka_unit_test(before_the_first_step),
        cmocka_unit_test(programs_share_their_pane),
        cmocka_unit_test(a_long_table_shows_the_listener_and_the_news),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
