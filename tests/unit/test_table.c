#include "picture.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "view/table.h"

static const struct table_look plain = {.selected = -1};

static struct world two_hosts(void)
{
    struct world world = {.host_count = 2, .step_seq = 100};

    strcpy(world.hosts[0].name, "client");
    strcpy(world.hosts[1].name, "server");
    return world;
}

/* Born before the last step, unchanged since. "" is no endpoint. Valid until the next.
 */
static struct world_sock *add_sock(struct world *world, unsigned host,
                                   enum tcp_state state, const char *local,
                                   const char *remote)
{
    struct world_sock *sock = vec_push(&world->socks);

    sock->host = host;
    sock->sock.proto = state == STATE_NONE ? PROTO_UDP : PROTO_TCP;
    sock->sock.state = state;
    sock->sock.inode = 1;
    sock->sock.cookie = world->socks.count;
    sock->born = sock->changed = world->socks.count;
    sock->deadline_ns = -1;
    if (local[0])
        assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    if (remote[0])
        assert_int_equal(endpoint_parse(remote, &sock->sock.remote), 0);
    return sock;
}

static struct world_sock *add_listener(struct world *world)
{
    struct world_sock *sock = add_sock(world, 1, STATE_LISTEN, "0.0.0.0:6666", "");

    sock->sock.remote.address.family = AF_INET; /* as the kernel says it: 0.0.0.0:0 */
    sock->sock.sendq = 5;
    sock->owner = mem_strdup("server s");
    return sock;
}

/* The picture of DESIGN section 4. */
static void fill_handshake(struct world *world)
{
    struct world_sock *sock;

    add_listener(world);
    sock =
        add_sock(world, 0, STATE_SYN_SENT, "192.168.0.110:41900", "192.168.0.101:6666");
    sock->sock.timer = TIMER_RESEND;
    sock->sock.sendq = 1;
    sock->deadline_ns = 4 * NS_PER_S / 10;
    sock->owner = mem_strdup("client c");
    sock->born = sock->changed = 101;
}

/* Frees the world. */
static void assert_table(struct world *world, const struct table_look *look, int width,
                         int height, int lines, const char *picture)
{
    struct canvas canvas;

    canvas_init(&canvas, width, height);
    assert_int_equal(table_draw(world, look, &canvas, canvas_all(&canvas)), lines);
    assert_picture(&canvas, picture);
    canvas_free(&canvas);
    world_free(world);
}

static void eighty_columns_as_designed(void **state)
{
    struct world world = two_hosts();

    (void)state;
    fill_handshake(&world);
    /* clang-format off */
    assert_table(&world, &plain, 80, 7, 6,
                 "   HOST   STATE        LOCAL               REMOTE              NOW\n"
                 " Listening\n"
                 "   server LISTEN       0.0.0.0:6666                            0 waiting, room 6\n"
                 " Connections\n"
                 " + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again 0.4 s\n"
                 " Connectionless: none\n");
    /* clang-format on */
}

static void wide_tables_have_more_columns(void **state)
{
    struct world world = two_hosts(), wider = two_hosts();

    (void)state;
    fill_handshake(&world);
    /* clang-format off */
    assert_table(&world, &plain, 120, 7, 6,
                 "   HOST   STATE        LOCAL               REMOTE              NOW                        PROTO OWNER      RECV-Q SEND-Q\n"
                 " Listening\n"
                 "   server LISTEN       0.0.0.0:6666                            0 waiting, room for 6      tcp   server s        0      5\n"
                 " Connections\n"
                 " + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again in 0.4 s       tcp   client c        0      1\n"
                 " Connectionless: none\n");
    /* clang-format on */
    fill_handshake(&wider);
    /* clang-format off */
    assert_table(
        &wider, &plain, 160, 7, 6,
        "   HOST   STATE        LOCAL               REMOTE              NOW                                            PROTO OWNER      RECV-Q SEND-Q TIMER\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666                            0 waiting, room for 6                          tcp   server s        0      5\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again in 0.4 s, SYN not yet acknowledged tcp   client c        0      1 resend 0.4 s\n"
        " Connectionless: none\n");
    /* clang-format on */
}

static void narrow_tables_drop_columns(void **state)
{
    static const int widths[] = {60, 47, 30, 12};
    struct world world = two_hosts();
    struct canvas canvas;

    (void)state;
    fill_handshake(&world);
    canvas_init(&canvas, widths[0], 6);
    table_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(&canvas,
                   "   HOST   STATE        LOCAL              REMOTE\n"
                   " Listening\n"
                   "   server LISTEN       0.0.0.0:6666\n"
                   " Connections\n"
                   " + client SYN-SENT     192.168.0.1…:41900 192.168.0.101:6666\n"
                   " Connectionless: none\n");
    canvas_resize(&canvas, widths[1], 6);
    table_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE        LOCAL\n"
                            " Listening\n"
                            "   server LISTEN       0.0.0.0:6666\n"
                            " Connections\n"
                            " + client SYN-SENT     192.168.0.110:41900\n"
                            " Connectionless: none\n");
    canvas_resize(&canvas, widths[2], 6);
    table_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE\n"
                            " Listening\n"
                            "   server LISTEN\n"
                            " Connections\n"
                            " + client SYN-SENT\n"
                            " Connectionless: none\n");
    canvas_resize(&canvas, widths[3], 6);
    table_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST\n"
                            " Listening\n"
                            "   server\n"
                            " Connections\n"
                            " + client\n"
                            " Connectionl\n");
    canvas_free(&canvas);
    world_free(&world);
}

static void empty_groups_take_one_line(void **state)
{
    struct world world = two_hosts();

    (void)state;
    assert_int_equal(table_count(&world), 0);
    assert_null(table_at(&world, 0));
    assert_table(&world, &plain, 80, 6, 4,
                 "   HOST   STATE        LOCAL               REMOTE              NOW\n"
                 " Listening: none\n"
                 " Connections: none\n"
                 " Connectionless: none\n");
}

static void every_socket_has_its_group(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_sock(&world, 0, STATE_CLOSED, "", "");
    add_sock(&world, 1, STATE_CLOSED, "10.0.0.2:80", "");
    add_sock(&world, 1, STATE_NONE, "0.0.0.0:53", "");
    add_sock(&world, 0, STATE_NONE, "10.0.0.1:4000", "10.0.0.2:53")->sock.connected =
        true;
    add_sock(&world, 1, STATE_TIME_WAIT, "10.0.0.2:80", "10.0.0.1:4001");
    add_listener(&world);
    /* clang-format off */
    assert_table(
        &world, &plain, 80, 12, 11,
        "   HOST   STATE        LOCAL               REMOTE              NOW\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666                            0 waiting, room 6\n"
        " Connections\n"
        "   server TIME-WAIT    10.0.0.2:80         10.0.0.1:4001\n"
        " Connectionless\n"
        "   client -            10.0.0.1:4000       10.0.0.2:53\n"
        "   server -            0.0.0.0:53\n"
        " New or bound\n"
        "   client CLOSED       not bound yet                           new\n"
        "   server CLOSED       10.0.0.2:80                             bound\n");
    /* clang-format on */
}

/* A gone socket's state is CLOSED; its row stays in the group where it was. */
static void marks_count_from_the_last_step(void **state)
{
    struct world world = two_hosts();
    struct world_sock *sock;
    struct canvas canvas;

    (void)state;
    add_sock(&world, 0, STATE_ESTABLISHED, "10.0.0.1:4001", "10.0.0.2:80");
    add_sock(&world, 1, STATE_ESTABLISHED, "10.0.0.2:80", "10.0.0.1:4001")->changed =
        101;
    sock = add_sock(&world, 1, STATE_CLOSED, "0.0.0.0:80", "");
    sock->gone = true;
    sock->from = STATE_LISTEN;
    sock->changed = 101;
    sock = add_sock(&world, 1, STATE_CLOSED, "10.0.0.2:80", "10.0.0.3:4001");
    sock->gone = true;
    sock->from = STATE_LAST_ACK;
    sock->changed = 101;
    canvas_init(&canvas, 80, 8);
    table_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(
        &canvas, "   HOST   STATE        LOCAL               REMOTE              NOW\n"
                 " Listening\n"
                 " - server CLOSED       0.0.0.0:80                              gone\n"
                 " Connections\n"
                 "   client ESTABLISHED  10.0.0.1:4001       10.0.0.2:80\n"
                 " ~ server ESTABLISHED  10.0.0.2:80         10.0.0.1:4001\n"
                 " - server CLOSED       10.0.0.2:80         10.0.0.3:4001       gone\n"
                 " Connectionless: none\n");
    assert_int_equal(element_at(&canvas, 3, 0), ELEMENT_TITLE);
    assert_int_equal(element_at(&canvas, 1, 1), ELEMENT_GROUP);
    assert_int_equal(element_at(&canvas, 1, 2), ELEMENT_GONE);
    assert_int_equal(element_at(&canvas, 3, 4), ELEMENT_TEXT);
    assert_int_equal(element_at(&canvas, 10, 4), ELEMENT_STATE);
    assert_int_equal(element_at(&canvas, 1, 5), ELEMENT_CHANGED);
    assert_int_equal(element_at(&canvas, 10, 5), ELEMENT_CHANGED);
    canvas_free(&canvas);
    world_free(&world);
}

static void rows_are_ordered_by_host_then_birth(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_sock(&world, 1, STATE_ESTABLISHED, "10.0.0.2:80", "10.0.0.1:1")->born = 9;
    add_sock(&world, 1, STATE_ESTABLISHED, "10.0.0.2:80", "10.0.0.1:2")->born = 8;
    add_sock(&world, 0, STATE_ESTABLISHED, "10.0.0.1:1", "10.0.0.2:80")->born = 10;
    add_sock(&world, 0, STATE_LISTEN, "10.0.0.1:7", "")->born = 11;
    assert_int_equal(table_count(&world), 4);
    assert_ptr_equal(table_at(&world, 0), &world.socks.items[3]);
    assert_ptr_equal(table_at(&world, 1), &world.socks.items[2]);
    assert_ptr_equal(table_at(&world, 2), &world.socks.items[1]);
    assert_ptr_equal(table_at(&world, 3), &world.socks.items[0]);
    assert_null(table_at(&world, 4));
    assert_null(table_at(&world, -1));
    /* clang-format off */
    assert_table(&world, &plain, 80, 9, 8,
                 "   HOST   STATE        LOCAL               REMOTE              NOW\n"
                 " Listening\n"
                 "   client LISTEN       10.0.0.1:7                              0 waiting, room 1\n"
                 " Connections\n"
                 "   client ESTABLISHED  10.0.0.1:1          10.0.0.2:80\n"
                 "   server ESTABLISHED  10.0.0.2:80         10.0.0.1:2\n"
                 "   server ESTABLISHED  10.0.0.2:80         10.0.0.1:1\n"
                 " Connectionless: none\n");
    /* clang-format on */
}

/* Of an IPv6 endpoint that is too long the middle goes, never the port. */
static void long_endpoints_keep_their_port(void **state)
{
    const char *local = "[fd00:1234:5678:9abc:216:3eff:fe12:3456]:41900";
    struct world world = two_hosts(), wide = two_hosts();

    (void)state;
    strcpy(world.hosts[0].name, "attacker");
    add_sock(&world, 0, STATE_ESTABLISHED, local, "[fd00::2]:6666");
    add_sock(&world, 1, STATE_ESTABLISHED, "[fd00::2]:6666", local);
    assert_table(&world, &plain, 80, 7, 6,
                 "   HOST     STATE        LOCAL               REMOTE              NOW\n"
                 " Listening: none\n"
                 " Connections\n"
                 "   attacker ESTABLISHED  [fd00:1234:…]:41900 [fd00::2]:6666\n"
                 "   server   ESTABLISHED  [fd00::2]:6666      [fd00:1234:…]:41900\n"
                 " Connectionless: none\n");
    add_sock(&wide, 0, STATE_ESTABLISHED, local, "[fd00::2]:6666");
    add_sock(&wide, 1, STATE_ESTABLISHED, "[fd00::2]:6666", local);
    /* clang-format off */
    assert_table(
        &wide, &plain, 150, 7, 6,
        "   HOST   STATE        LOCAL                                          REMOTE                                         NOW                      PROTO\n"
        " Listening: none\n"
        " Connections\n"
        "   client ESTABLISHED  [fd00:1234:5678:9abc:216:3eff:fe12:3456]:41900 [fd00::2]:6666                                                          tcp\n"
        "   server ESTABLISHED  [fd00::2]:6666                                 [fd00:1234:5678:9abc:216:3eff:fe12:3456]:41900                          tcp\n"
        " Connectionless: none\n");
    /* clang-format on */
}

static void the_selected_row_is_reversed_and_has_the_cursor(void **state)
{
    struct world world = two_hosts();
    struct table_look look = {.selected = 1};
    struct canvas canvas;

    (void)state;
    fill_handshake(&world);
    canvas_init(&canvas, 80, 10);
    table_draw(&world, &look, &canvas, (struct area){2, 3, 78, 7});
    assert_int_equal(canvas.cursor_x, 3);
    assert_int_equal(canvas.cursor_y, 7);
    assert_true(canvas.cells[7 * 80 + 20].reverse);
    assert_false(canvas.cells[6 * 80 + 20].reverse);
    assert_false(canvas.cells[7 * 80 + 1].reverse);
    canvas_free(&canvas);
    world_free(&world);
}

static void the_heading_stays_when_rows_scroll(void **state)
{
    struct world world = two_hosts();
    struct table_look scrolled = {.scroll = 2, .selected = -1};
    struct table_look too_far = {.scroll = 99, .selected = -1};
    struct table_look selected = {.scroll = 3, .selected = 0};
    struct table_look below = {.scroll = 0, .selected = 1};
    struct canvas canvas;

    (void)state;
    fill_handshake(&world);
    canvas_init(&canvas, 30, 3);
    table_draw(&world, &scrolled, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE\n"
                            " Connections\n"
                            " + client SYN-SENT\n");
    canvas_clear(&canvas);
    table_draw(&world, &too_far, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE\n"
                            " + client SYN-SENT\n"
                            " Connectionless: none\n");
    canvas_clear(&canvas);
    table_draw(&world, &selected, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE\n"
                            "   server LISTEN\n"
                            " Connections\n");
    assert_int_equal(canvas.cursor_y, 1);
    canvas_clear(&canvas);
    table_draw(&world, &below, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "   HOST   STATE\n"
                            " Connections\n"
                            " + client SYN-SENT\n");
    assert_int_equal(canvas.cursor_y, 2);
    canvas_free(&canvas);
    world_free(&world);
}

/* The listener's change is what the text speaks of; the news are far below it. */
static void a_changed_listener_stays_in_sight(void **state)
{
    struct world world = two_hosts();
    struct table_look look = {.scroll = 5, .selected = -1};
    struct canvas canvas;

    (void)state;
    add_listener(&world);
    for (uint16_t i = 1; i <= 5; i++)
        add_sock(&world, 1, STATE_ESTABLISHED, "192.168.0.101:6666",
                 "192.168.0.110:4000")
            ->sock.remote.port += i;
    add_sock(&world, 1, STATE_NONE, "192.168.0.101:53", "");
    assert_int_equal(table_pinned(&world, 7), 0);
    world.socks.items[0].changed = 101;
    world.socks.items[5].born = 101;
    assert_int_equal(table_pinned(&world, 7), 3);
    assert_int_equal(table_pinned(&world, 9), 2); /* not its group's name */
    assert_int_equal(table_pinned(&world, 1), 0);
    look.pinned = table_pinned(&world, 7);
    look.scroll = 2;
    canvas_init(&canvas, 60, 7);
    table_draw(&world, &look, &canvas, canvas_all(&canvas));
    assert_picture(&canvas,
                   "   HOST   STATE        LOCAL              REMOTE\n"
                   " Listening\n"
                   " ~ server LISTEN       0.0.0.0:6666\n"
                   " Connections\n"
                   "   server ESTABLISHED  192.168.0.101:6666 192.168.0.110:4003\n"
                   "   server ESTABLISHED  192.168.0.101:6666 192.168.0.110:4004\n"
                   " + server ESTABLISHED  192.168.0.101:6666 192.168.0.110:4005\n");
    canvas_free(&canvas);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighty_columns_as_designed),
        cmocka_unit_test(wide_tables_have_more_columns),
        cmocka_unit_test(narrow_tables_drop_columns),
        cmocka_unit_test(empty_groups_take_one_line),
        cmocka_unit_test(every_socket_has_its_group),
        cmocka_unit_test(marks_count_from_the_last_step),
        cmocka_unit_test(rows_are_ordered_by_host_then_birth),
        cmocka_unit_test(long_endpoints_keep_their_port),
        cmocka_unit_test(the_selected_row_is_reversed_and_has_the_cursor),
        cmocka_unit_test(the_heading_stays_when_rows_scroll),
        cmocka_unit_test(a_changed_listener_stays_in_sight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
