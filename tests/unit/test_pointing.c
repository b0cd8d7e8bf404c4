/* What a mouse or Enter points at: a line of the wire, of the table, of the prose. */
#include "ladder_world.h"

#include <stdlib.h>

#include "lesson/markdown.h"
#include "view/prose.h"
#include "view/table.h"

/* ----------------------------------------------------------- the wire */

static struct world_sock *add_sock(struct world *world, unsigned host, uint64_t cookie)
{
    struct world_sock *sock = vec_push(&world->socks);

    sock->host = host;
    sock->sock.cookie = cookie;
    sock->sock.proto = PROTO_TCP;
    sock->sock.state = STATE_ESTABLISHED;
    sock->born = world->socks.count;
    sock->deadline_ns = -1;
    return sock;
}

static void add_state_of(struct world *world, unsigned host, uint64_t cookie,
                         enum tcp_state state)
{
    struct world_row *row = add_row(world, ROW_STATE, host);

    row->cookie = cookie;
    row->state = state;
}

/* "#1", "b", "#1 b" for each line. */
static void assert_lines(const struct world *world, int columns, const char *expected)
{
    struct buf out = {0};

    for (int line = -1; line <= 8; line++) {
        const struct world_sock *sock;
        const struct world_packet *packet = ladder_at(world, columns, line, &sock);

        assert_ptr_equal(ladder_at(world, columns, line, NULL), packet);
        if (!packet && !sock)
            continue;
        buf_printf(&out, "%d:", line);
        if (packet)
            buf_printf(&out, " #%u", packet->id);
        if (sock)
            buf_printf(&out, " %u.%llx", sock->host,
                       (unsigned long long)sock->sock.cookie);
        buf_putc(&out, '\n');
    }
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

/* A call, a held SYN, a state, a packet to itself on two lines. The other host has a
 * socket of the same number. */
static struct world some_lines(void)
{
    struct world world = two_hosts();

    add_sock(&world, 1, 0xb);
    add_sock(&world, 0, 0xb);
    add_text(&world, ROW_CALL, 0, "connect(c)");
    add_packet(&world, "client", "server", "SYN", ON_WIRE_HELD);
    add_state_of(&world, 0, 0xb, STATE_SYN_SENT);
    add_packet(&world, "client", "client", "UDP 5 bytes", ON_WIRE_DELIVERED);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_HELD)->joined = 1;
    return world;
}

static void lines_of_the_wire(void **state)
{
    struct world world = some_lines();

    (void)state;
    assert_lines(&world, 48, "2: #1\n3: 0.b\n4: #2\n5: #2\n");
    world_free(&world);
}

/* A state stands beside the arrow that brought it: both are meant. */
static void a_line_that_is_shared(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_sock(&world, 1, 0xa);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    add_state_of(&world, 1, 0xa, STATE_SYN_RECEIVED);
    add_state_of(&world, 1, 0xdead, STATE_CLOSED); /* the kernel has forgotten it */
    assert_lines(&world, 60, "1: #1 1.a\n");
    world_free(&world);
}

static void nothing_on_the_wire(void **state)
{
    struct world world = two_hosts(), none = {0};

    (void)state;
    assert_lines(&world, 48, "");
    assert_lines(&none, 48, "");
    world_free(&world);
}

/* The row of the canvas that is reversed, below the two heads; -1 if there is none. */
static int reversed_row(const struct world *world, int selected, int height, int up)
{
    struct ladder_look look = plain;
    struct canvas canvas;
    int found = -1;

    look.selected = selected;
    look.scroll_up = up;
    canvas_init(&canvas, 48, height);
    ladder_draw(world, &look, &canvas, canvas_all(&canvas));
    for (int y = 0; y < height; y++) {
        for (int x = 1; x < 48; x++)
            assert_int_equal(canvas.cells[y * 48 + x].reverse,
                             canvas.cells[y * 48].reverse);
        if (canvas.cells[y * 48].reverse) {
            assert_int_equal(found, -1);
            found = y;
        }
    }
    canvas_free(&canvas);
    return found;
}

/* Where the line is drawn, there it is reversed; nowhere when it is scrolled away. */
static void the_selected_line(void **state)
{
    struct world world = some_lines(), none = {0};

    (void)state;
    assert_int_equal(reversed_row(&world, 0, 12, 0), -1);
    assert_int_equal(reversed_row(&world, 1, 12, 0), 2);
    assert_int_equal(reversed_row(&world, 5, 12, 0), 6);
    assert_int_equal(reversed_row(&world, 5, 5, 0), 4);
    assert_int_equal(reversed_row(&world, 3, 5, 0), 2);
    assert_int_equal(reversed_row(&world, 2, 5, 0), -1);
    assert_int_equal(reversed_row(&world, 2, 5, 1), 2);
    assert_int_equal(reversed_row(&world, 5, 5, 1), -1);
    assert_int_equal(reversed_row(&world, 1, 2, 0), -1);
    assert_int_equal(reversed_row(&none, 1, 5, 0), -1);
    world_free(&world);
}

/* ----------------------------------------------------------- the table */

static void assert_index(const struct world *world, int line, int index)
{
    assert_int_equal(table_index_at(world, line), index);
    if (index >= 0)
        assert_int_equal(table_line(world, index), line);
}

/* Below the heading: a group's name, its sockets, the next group's. */
static void lines_of_the_table(void **state)
{
    struct world world = two_hosts();

    (void)state;
    assert_index(&world, 0, -1);
    add_sock(&world, 1, 0xa)->sock.state = STATE_LISTEN;
    add_sock(&world, 1, 0xb);
    add_sock(&world, 0, 0xc);
    add_sock(&world, 0, 0xd)->sock = (struct sock){.proto = PROTO_UDP, .cookie = 0xd};
    assert_index(&world, -1, -1);
    assert_index(&world, 0, -1); /* Listening */
    assert_index(&world, 1, 0);
    assert_index(&world, 2, -1); /* Connections */
    assert_index(&world, 3, 1);
    assert_index(&world, 4, 2);
    assert_index(&world, 5, -1); /* Connectionless */
    assert_index(&world, 6, 3);
    assert_index(&world, 7, -1);
    assert_int_equal(table_at(&world, 0)->sock.cookie, 0xa);
    assert_int_equal(table_at(&world, 1)->sock.cookie, 0xc); /* the first host's first */
    assert_int_equal(table_at(&world, 2)->sock.cookie, 0xb);
    assert_int_equal(table_at(&world, 3)->sock.cookie, 0xd);
    assert_null(table_at(&world, 4));
    assert_null(table_at(&world, -1));
    world_free(&world);
}

/* ----------------------------------------------------------- the prose */

static const char question_text[] = "# L\n"
                                    "\n"
                                    "## P\n"
                                    "\n"
                                    "Two words.\n"
                                    "\n"
                                    "Which is it?\n"
                                    "\n"
                                    "- [x] a long answer that is wrapped\n"
                                    "- [ ] b\n"
                                    "\n"
                                    "> Because.\n";

/* "0 0 1 1 2 0": the answer on each line. */
static void assert_answers(const struct lesson *lesson, const struct world *world,
                           int columns, const char *expected)
{
    struct buf out = {0};

    assert_int_equal(prose_answer_at(lesson, world, columns, -1), 0);
    for (int line = 0; line < 9; line++)
        buf_printf(&out, "%d", prose_answer_at(lesson, world, columns, line));
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void answers_of_an_open_question(void **state)
{
    lesson_error_list errors = {0};
    struct lesson *lesson =
        markdown_parse("a.md", question_text, strlen(question_text), &errors);
    struct world world = {.lesson = {.page = 1, .pages = 1, .shown = 3}};
    struct world_question *question = vec_push(&world.lesson.questions);

    (void)state;
    question->page = 1;
    question->block = 1;
    assert_answers(lesson, &world, 60, "000120000");
    assert_answers(lesson, &world, 20, "000112000");
    question->status = QUESTION_ANSWERED;
    assert_answers(lesson, &world, 60, "000000000");
    world.lesson.page = 2; /* the lesson has no such page */
    assert_answers(lesson, &world, 60, "000000000");
    world_free(&world);
    lesson_free(lesson);
    lesson_error_list_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_the_wire),
        cmocka_unit_test(a_line_that_is_shared),
        cmocka_unit_test(nothing_on_the_wire),
        cmocka_unit_test(the_selected_line),
        cmocka_unit_test(lines_of_the_table),
        cmocka_unit_test(answers_of_an_open_question),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
