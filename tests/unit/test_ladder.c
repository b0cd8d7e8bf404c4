#include "ladder_world.h"

static void nothing_has_happened_yet(void **state)
{
    struct world world = two_hosts(), empty = {0};

    (void)state;
    assert_ladder(&world, &plain, 47, 4,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │                   │\n"
                  "             │                   │\n");
    assert_ladder(&empty, &plain, 47, 4, " The lab has no hosts yet.\n");
}

/* DESIGN section 4. */
static void fill_handshake(struct world *world)
{
    add_state(world, 1, STATE_LISTEN);
    add_state(world, 0, STATE_CLOSED);
    add_text(world, ROW_CALL, 0, "connect(c, 192.168.0.101:6666)");
    add_packet(world, "client", "server", "SYN", ON_WIRE_HELD);
    add_state(world, 0, STATE_SYN_SENT);
}

static void a_held_packet_stops_half_way(void **state)
{
    struct world world = two_hosts();

    (void)state;
    fill_handshake(&world);
    assert_ladder(&world, &plain, 47, 7,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │                   │ LISTEN\n"
                  "      CLOSED │ connect()         │\n"
                  "             ├─ SYN ──▶ HELD     │\n"
                  "    SYN-SENT │                   │\n"
                  "             │                   │\n");
}

static void fill_delivered(struct world *world)
{
    fill_handshake(world);
    world->packets.items[0].status = ON_WIRE_DELIVERED;
    world->packets.items[0].summary = mem_strdup("SYN seq=0 win=64240");
    add_state(world, 1, STATE_SYN_RECEIVED);
    add_packet(world, "server", "client", "SYN+ACK", ON_WIRE_DELIVERED)->summary =
        mem_strdup("SYN+ACK seq=0 ack=1 win=65160");
    add_state(world, 0, STATE_ESTABLISHED);
    add_text(world, ROW_RETURN, 0, "connect() = 0");
    add_packet(world, "client", "server", "ACK", ON_WIRE_HELD)->summary =
        mem_strdup("ACK seq=1 ack=1 win=502");
}

static void states_stand_beside_what_brought_them(void **state)
{
    struct world world = two_hosts();

    (void)state;
    fill_delivered(&world);
    assert_ladder(&world, &plain, 47, 12,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │                   │ LISTEN\n"
                  "      CLOSED │ connect()         │\n"
                  "             ├────── SYN ───────▶│ SYN-RECEIVED\n"
                  "    SYN-SENT │                   │\n"
                  " ESTABLISHED │◀───── SYN+ACK ────┤\n"
                  "             │ connect() = 0     │\n"
                  "             ├─ ACK ──▶ HELD     │\n"
                  "             │                   │\n"
                  "             │                   │\n"
                  "             │                   │\n");
}

static void numbers_when_there_is_room(void **state)
{
    struct world world = two_hosts(), wide = two_hosts();
    struct ladder_look relative = {.relative = true};

    (void)state;
    fill_delivered(&world);
    assert_ladder(&world, &relative, 47, 10,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │                   │ LISTEN\n"
                  "      CLOSED │ connect()         │\n"
                  "             ├─── SYN seq=0 ────▶│ SYN-RECEIVED\n"
                  "    SYN-SENT │                   │\n"
                  " ESTABLISHED │◀── SYN+ACK ack=1 ─┤\n"
                  "             │ connect() = 0     │\n"
                  "             ├─ ACK ack=1 ▶ HELD │\n"
                  "             │                   │\n");
    fill_delivered(&wide);
    add_text(&wide, ROW_CALL, 1, "accept(s)");
    /* clang-format off */
    assert_ladder(&wide, &plain, 120, 12,
                  "                                client                                           server\n"
                  "                             192.168.0.110                                    192.168.0.101\n"
                  "                                   │                                                │ LISTEN\n"
                  "                            CLOSED │ connect(c, 192.168.0.101:6666)                 │\n"
                  "                                   ├───────────── SYN seq=0 win=64240 ─────────────▶│ SYN-RECEIVED\n"
                  "                          SYN-SENT │                                                │\n"
                  "                       ESTABLISHED │◀──────── SYN+ACK seq=0 ack=1 win=65160 ────────┤\n"
                  "                                   │ connect() = 0                                  │\n"
                  "                                   ├─ ACK seq=1 ack=1 win=502 ─▶ HELD               │\n"
                  "                                   │                                      accept(s) │\n"
                  "                                   │                                                │\n"
                  "                                   │                                                │\n");
    /* clang-format on */
}

static void thirty_columns_are_enough(void **state)
{
    struct world world = two_hosts();

    (void)state;
    fill_delivered(&world);
    add_packet(&world, "server", "client", "SYN+ACK", ON_WIRE_HELD);
    add_packet(&world, "server", "nobody", "DATA 5 bytes", ON_WIRE_HELD);
    assert_ladder(&world, &plain, 30, 14,
                  "    client         server\n"
                  " 192.168.0.110  192.168.0.101\n"
                  "       │              │ LISTEN\n"
                  "CLOSED │ connect()    │\n"
                  "       ├──── SYN ────▶│\n"
                  "       ├ SYN-SENT     │\n"
                  "       │ SYN-RECEIVED ┤\n"
                  "       │◀── SYN+ACK ──┤\n"
                  "       ├ ESTABLISHED  │\n"
                  "       ├ connect() =… │\n"
                  "       ├─ ACK ─▶ HELD │\n"
                  "       │ HELD ◀SYN+ACK┤\n"
                  "nobody │ HELD ◀DATA 5─┤\n"
                  "       │              │\n");
}

/* A state that fits beside the arrow, after one that did not. */
static void states_never_stand_above_older_ones(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    add_state(&world, 1, STATE_SYN_RECEIVED);
    add_state(&world, 1, STATE_CLOSED);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    add_text(&world, ROW_CALL, 1, "close(s)");
    add_state(&world, 1, STATE_LISTEN);
    add_state(&world, 0, STATE_CLOSED);
    add_text(&world, ROW_CALL, 1, "accept(s)");
    assert_ladder(&world, &plain, 30, 10,
                  "    client         server\n"
                  " 192.168.0.110  192.168.0.101\n"
                  "       ├──── SYN ────▶│\n"
                  "       │ SYN-RECEIVED ┤\n"
                  "       │              │ CLOSED\n"
                  "       ├──── SYN ────▶│\n"
                  "       │     close(s) │\n"
                  "       │              │ LISTEN\n"
                  "CLOSED │              │\n"
                  "       │    accept(s) │\n");
}

/* Nothing is drawn outside of the area, whatever its size. */
static void the_area_is_kept(void **state)
{
    struct world world = two_hosts();
    struct canvas canvas;

    (void)state;
    fill_delivered(&world);
    add_packet(&world, "client", "client", "SYN", ON_WIRE_DELIVERED);
    add_packet(&world, "server", "nobody", "SYN", ON_WIRE_HELD);
    add_text(&world, ROW_OUTPUT, 0, "a line that is rather long");
    canvas_init(&canvas, 60, 16);
    for (int width = 0; width < 50; width++) {
        for (int height = 0; height < 12; height++) {
            struct ladder_look look = {.scroll_right = width % 7,
                                       .scroll_up = height % 5};

            canvas_clear(&canvas);
            for (int i = 0; i < 60 * 16; i++)
                canvas.cells[i].element = ELEMENT_BORDER;
            ladder_draw(&world, &look, &canvas, (struct area){5, 2, width, height});
            for (int y = 0; y < 16; y++)
                for (int x = 0; x < 60; x++)
                    if (x < 5 || x >= 5 + width || y < 2 || y >= 2 + height)
                        assert_int_equal(element_at(&canvas, x, y), ELEMENT_BORDER);
        }
    }
    canvas_free(&canvas);
    world_free(&world);
}

static void calls_notes_and_output(void **state)
{
    struct world world = two_hosts();
    struct world_row *row;

    (void)state;
    add_text(&world, ROW_CALL, 1, "accept(s)");
    row = add_row(&world, ROW_CALL, 1);
    row->text = mem_strdup("accept(listener, 0)");
    snprintf(row->thread, sizeof(row->thread), "server/web");
    row = add_row(&world, ROW_RETURN, 0);
    row->text = mem_strdup("connect() = ECONNREFUSED");
    row->failed = true;
    add_state(&world, 1, STATE_LISTEN);
    add_text(&world, ROW_RETURN, 1, "accept() = c");
    add_text(&world, ROW_OUTPUT, 1, "hi");
    add_text(&world, ROW_OUTPUT, 0, "listening on port 6666, all addresses");
    add_text(&world, ROW_HOST, 0, "unplugged");
    add_text(&world, ROW_HOST, 1, "crashed");
    assert_ladder(&world, &plain, 47, 12,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │         accept(s) │\n"
                  "             │     web: accept() │\n"
                  "             │ ECONNREFUSED      │\n"
                  "             │      accept() = c │ LISTEN\n"
                  "             │              “hi” │\n"
                  "             ├ “listening on p…” │\n"
                  "       ─ unplugged ─             │\n"
                  "             │              ─ crashed ─\n"
                  "             │                   │\n"
                  "             │                   │\n");
}

/* The names are long in demo programs; the call's own name is what must be read. */
static void a_call_keeps_its_name_where_its_variable_has_no_room(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_text(&world, ROW_CALL, 0, "listener = socket(AF_INET, SOCK_STREAM, 0)");
    add_text(&world, ROW_CALL, 0, "c = socket(AF_INET, SOCK_STREAM, 0)");
    assert_ladder(&world, &plain, 47, 4,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │ socket()          │\n"
                  "             │ c = socket()      │\n");
}

static void three_hosts_at_eighty_columns(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_host(&world, "attacker", "fd00:1234:5678:9abc::1:2345");
    add_state(&world, 1, STATE_SYN_RECEIVED);
    add_text(&world, ROW_CALL, 1, "accept(s)");
    add_packet(&world, "client", "attacker", "SYN", ON_WIRE_DELIVERED);
    add_state(&world, 2, STATE_SYN_RECEIVED);
    add_packet(&world, "attacker", "client", "SYN+ACK", ON_WIRE_HELD);
    add_packet(&world, "attacker", "server", "RST", ON_WIRE_DELIVERED);
    add_state(&world, 1, STATE_CLOSED);
    add_packet(&world, "server", "nobody", "SYN", ON_WIRE_HELD);
    /* clang-format off */
    assert_ladder(
        &world, &plain, 80, 12,
        "          client                    server                   attacker\n"
        "       192.168.0.110             192.168.0.101       fd00:1234:5678:9abc::1:2345\n"
        "             │               accept(s) │ SYN-RECEIVED            │\n"
        "             ├────────── SYN ──────────┼────────────────────────▶│ SYN-RECEIVED\n"
        "             │        HELD ◀───────────┼──────── SYN+ACK ────────┤\n"
        "             │                         │◀────────── RST ─────────┤\n"
        "             │                         │ CLOSED                  │\n"
        "             │                         ├─── SYN ───▶ HELD        │        nobody\n"
        "             │                         │                         │\n"
        "             │                         │                         │\n"
        "             │                         │                         │\n"
        "             │                         │                         │\n");
    /* clang-format on */
}

static void eight_hosts_scroll_sideways(void **state)
{
    struct world world = {0}, again = {0};
    struct ladder_look right = {.scroll_right = 1000};

    (void)state;
    for (struct world *each = &world; each; each = each == &world ? &again : NULL) {
        for (int i = 1; i <= 8; i++) {
            char name[NAME_TEXT], address[ADDRESS_TEXT];

            snprintf(name, sizeof(name), "host%d", i);
            snprintf(address, sizeof(address), "10.0.0.%d", i);
            add_host(each, name, address);
        }
        add_packet(each, "host5", "host6", "SYN", ON_WIRE_HELD);
        add_state(each, 7, STATE_LISTEN);
    }
    /* clang-format off */
    assert_ladder(
        &world, &plain, 80, 6,
        "     host1          host2          host3          host4          host5\n"
        "   10.0.0.1       10.0.0.2       10.0.0.3       10.0.0.4       10.0.0.5       10\n"
        "       │              │              │              │              ├─ SYN ─▶ HEL\n"
        "       │              │              │              │              │\n"
        "       │              │              │              │              │\n"
        "       │              │              │              │              │\n");
    /* clang-format on */
    /* clang-format off */
    assert_ladder(
        &again, &right, 80, 6,
        "          host4          host5          host6          host7          host8\n"
        "3       10.0.0.4       10.0.0.5       10.0.0.6       10.0.0.7       10.0.0.8\n"
        "            │              ├─ SYN ─▶ HELD │              │              │\n"
        "            │              │              │              │              │ LISTEN\n"
        "            │              │              │              │              │\n"
        "            │              │              │              │              │\n");
    /* clang-format on */
}

static void the_newest_row_is_at_the_bottom(void **state)
{
    struct world world = two_hosts();
    struct ladder_look up = {.scroll_up = 1}, far_up = {.scroll_up = 1000};
    struct canvas canvas;

    (void)state;
    for (int i = 1; i <= 9; i++) {
        char text[] = "call0()";

        text[4] = (char)('0' + i);
        add_text(&world, ROW_CALL, 0, text);
    }
    canvas_init(&canvas, 47, 4);
    assert_int_equal(ladder_draw(&world, &plain, &canvas, canvas_all(&canvas)), 9);
    assert_picture(&canvas, "          client              server\n"
                            "       192.168.0.110       192.168.0.101\n"
                            "             │ call8()           │\n"
                            "             │ call9()           │\n");
    canvas_clear(&canvas);
    ladder_draw(&world, &up, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "          client              server\n"
                            "       192.168.0.110       192.168.0.101\n"
                            "             │ call7()           │\n"
                            "             │ call8()           │\n");
    canvas_clear(&canvas);
    ladder_draw(&world, &far_up, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "          client              server\n"
                            "       192.168.0.110       192.168.0.101\n"
                            "             │ call1()           │\n"
                            "             │ call2()           │\n");
    canvas_free(&canvas);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_has_happened_yet),
        cmocka_unit_test(a_held_packet_stops_half_way),
        cmocka_unit_test(states_stand_beside_what_brought_them),
        cmocka_unit_test(numbers_when_there_is_room),
        cmocka_unit_test(thirty_columns_are_enough),
        cmocka_unit_test(states_never_stand_above_older_ones),
        cmocka_unit_test(the_area_is_kept),
        cmocka_unit_test(calls_notes_and_output),
        cmocka_unit_test(a_call_keeps_its_name_where_its_variable_has_no_room),
        cmocka_unit_test(three_hosts_at_eighty_columns),
        cmocka_unit_test(eight_hosts_scroll_sideways),
        cmocka_unit_test(the_newest_row_is_at_the_bottom),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
