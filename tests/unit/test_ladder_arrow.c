#include "ladder_world.h"

static void fates_of_a_packet(void **state)
{
    struct world world = two_hosts();
    struct world_packet *packet;

    (void)state;
    add_packet(&world, "server", "client", "SYN+ACK", ON_WIRE_HELD);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_HELD)->copies = 3;
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DROPPED)->why =
        mem_strdup("lesson");
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DROPPED)->why =
        mem_strdup("firewall");
    add_packet(&world, "client", "server", "SYN", ON_WIRE_CROSSING);
    add_packet(&world, "server", "client", "ACK", ON_WIRE_CROSSING);
    packet = add_packet(&world, "client", "server", "DATA 5 bytes", ON_WIRE_HELD);
    packet->corrupted = true;
    add_packet(&world, "client", "server", "DATA 5 bytes", ON_WIRE_DELIVERED)->origin =
        PACKET_DUPLICATED;
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED)->origin =
        PACKET_REPLAYED;
    add_packet(&world, "nobody", "client", "RST", ON_WIRE_DELIVERED)->origin =
        PACKET_INJECTED;
    add_packet(&world, "client", "nobody", "SYN", ON_WIRE_HELD);
    add_packet(&world, "client", "nobody", "SYN", ON_WIRE_DROPPED)->why =
        mem_strdup("nobody");
    add_packet(&world, "server", "nobody", "SYN", ON_WIRE_DELIVERED);
    add_packet(&world, "nobody", "nobody", "SYN", ON_WIRE_DELIVERED);
    add_packet(&world, "server", "client", "ICMP port unreachable", ON_WIRE_DELIVERED);
    add_packet(&world, "server", "client", "ICMP administratively prohibited",
               ON_WIRE_HELD);
    add_packet(&world, "client", "client", "SYN", ON_WIRE_DELIVERED);
    assert_ladder(&world, &plain, 47, 22,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             │  HELD ◀─ SYN+ACK ─┤\n"
                  "             ├─ SYN x3 ─▶ HELD   │\n"
                  "             ├─ SYN ──✗          │\n"
                  "             ├─ SYN ──✗ firewall │\n"
                  "             ├──── SYN ────…     │\n"
                  "             │     …──── ACK ────┤\n"
                  "             ├DATA damaged▶ HELD │\n"
                  "             ├── DATA 5 copy ───▶│\n"
                  "             ├─── SYN replay ───▶│\n"
                  "             │◀─── RST forged ───┼────── nobody\n"
                  "             ├─ SYN ──▶ HELD     │       nobody\n"
                  "             ├─────── SYN ───────┼─────✗ nobody\n"
                  "nobody ◀─────┼─────── SYN ───────┤\n"
                  "nobody ──────┼─────── SYN ───────┼─────▶ nobody\n"
                  "             │◀── port unreach. ─┤\n"
                  "             │  HELD ◀prohibited─┤\n"
                  "             ├─┐ SYN             │\n"
                  "             │◀┘                 │\n"
                  "             │                   │\n"
                  "             │                   │\n");
}

static const struct packet syn = {
    .proto = PACKET_TCP,
    .family = AF_INET,
    .from = {{AF_INET, {192, 168, 0, 110}}, 41900},
    .to = {{AF_INET, {192, 168, 0, 101}}, 6666},
    .ip_offset = 14,
    .transport_offset = 34,
    .payload_offset = 54,
    .seq = 7,
    .flags = TCP_SYN,
};

static void resends_are_dashed_and_counted(void **state)
{
    struct world world = two_hosts();
    struct world_packet *packet;

    (void)state;
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DROPPED)->decoded = syn;
    packet = add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    packet->decoded = syn;
    packet->resend = true;
    add_packet(&world, "server", "client", "SYN+ACK", ON_WIRE_HELD);
    packet = add_packet(&world, "client", "server", "SYN", ON_WIRE_BACKGROUND);
    packet->decoded = syn;
    packet->copies = 2;
    packet = add_packet(&world, "client", "server", "SYN", ON_WIRE_BACKGROUND);
    packet->joined = 4; /* one of the two: not drawn */
    assert_ladder(&world, &plain, 47, 8,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             ├─ SYN ──✗          │\n"
                  "             ├╌╌╌╌╌ SYN x2 ╌╌╌╌╌▶│\n"
                  "             │  HELD ◀─ SYN+ACK ─┤\n"
                  "             ├╌ SYN x4 ╌▶        │\n"
                  "             │                   │\n"
                  "             │                   │\n");
}

/* It was not lost on the way: its answer made it needless. */
static void an_answered_copy_is_no_loss(void **state)
{
    struct world world = two_hosts();
    struct world_packet *packet;

    (void)state;
    packet = add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    packet->decoded = syn;
    packet = add_packet(&world, "client", "server", "SYN", ON_WIRE_DROPPED);
    packet->decoded = syn;
    packet->resend = true;
    packet->why = mem_strdup("answered");
    packet = add_packet(&world, "server", "client", "SYN+ACK", ON_WIRE_DROPPED);
    packet->why = mem_strdup("answered");
    packet = add_packet(&world, "client", "server", "ACK", ON_WIRE_DROPPED);
    packet->why = mem_strdup("lesson");
    assert_ladder(&world, &plain, 47, 7,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             ├────── SYN ───────▶│\n"
                  "             ├╌ SYN x2 ╌▶        │\n"
                  "             │       ◀╌ SYN+ACK ╌┤\n"
                  "             ├─ ACK ──✗          │\n"
                  "             │                   │\n");
}

/* In two columns of 80: seq=0 beside the copies, ack= where an ACK is only that, and
 * HELD next to no lifeline. */
static void the_number_that_says_most(void **state)
{
    struct ladder_look relative = {.relative = true}, absolute = relative;
    struct world world = two_hosts(), again = two_hosts();
    struct world_packet *packet;

    (void)state;
    absolute.absolute = true;
    for (struct world *each = &world; each; each = each == &world ? &again : NULL) {
        packet = add_packet(each, "client", "server", "SYN", ON_WIRE_HELD);
        packet->summary = mem_strdup("SYN seq=0 win=64240");
        packet->copies = each == &world ? 11 : 1;
        packet = add_packet(each, "server", "client", "SYN+ACK", ON_WIRE_HELD);
        packet->summary = mem_strdup("SYN+ACK seq=0 ack=1 win=65160");
        packet->decoded = (struct packet){.seq = 70, .ack = 8};
        packet = add_packet(each, "server", "client", "ACK", ON_WIRE_HELD);
        packet->summary = mem_strdup("ACK seq=1 ack=6 win=502");
        packet->decoded = (struct packet){.seq = 71, .ack = 13};
        packet = add_packet(each, "server", "client", "ACK", ON_WIRE_DELIVERED);
        packet->summary = mem_strdup("ACK seq=1 ack=131072 win=502");
        packet->decoded = (struct packet){.seq = 71, .ack = 99};
        packet = add_packet(each, "client", "server", "UDP 2 bytes", ON_WIRE_HELD);
        add_packet(each, "server", "client", "ICMP port unreachable", ON_WIRE_HELD);
    }
    assert_ladder(&world, &relative, 48, 9,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             ├SYN seq=0 x11▶ HELD │\n"
                  "             │ HELD ◀SYN+ACK ack=1┤\n"
                  "             │ HELD ◀─ ACK ack=6 ─┤\n"
                  "             │◀── ACK ack=131072 ─┤\n"
                  "             ├─ UDP 2 ─▶ HELD     │\n"
                  "             │ HELD ◀port unreach.┤\n"
                  "             │                    │\n");
    assert_ladder(&again, &absolute, 48, 9,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             ├─ SYN seq=0 ─▶ HELD │\n"
                  "             │   HELD ◀─ SYN+ACK ─┤\n"
                  "             │ HELD ◀ ACK ack=13 ─┤\n"
                  "             │◀──── ACK ack=99 ───┤\n"
                  "             ├─ UDP 2 ─▶ HELD     │\n"
                  "             │ HELD ◀port unreach.┤\n"
                  "             │                    │\n");
}

/* A wire that has the screen of 80 columns to itself has room for all numbers. */
static void a_long_arrow_has_the_window_too(void **state)
{
    struct ladder_look relative = {.relative = true};
    struct world world = two_hosts();

    (void)state;
    add_packet(&world, "server", "client", "ACK", ON_WIRE_DELIVERED)->summary =
        mem_strdup("ACK seq=1 ack=4345 win=0");
    /* clang-format off */
    assert_ladder(&world, &relative, 78, 3,
                  "           client                                           server\n"
                  "        192.168.0.110                                    192.168.0.101\n"
                  "              │◀─────────── ACK seq=1 ack=4345 win=0 ──────────┤\n");
    /* clang-format on */
}

static void late_arrivals_have_a_row_of_their_own(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_packet(&world, "client", "server", "DATA 5 bytes", ON_WIRE_DELIVERED);
    add_packet(&world, "client", "server", "FIN+ACK", ON_WIRE_DELIVERED);
    add_row(&world, ROW_ARRIVAL, 0)->packet = 0;
    add_state(&world, 1, STATE_CLOSE_WAIT);
    add_packet(&world, "server", "client", "ACK", ON_WIRE_DELIVERED);
    add_packet(&world, "server", "client", "FIN+ACK", ON_WIRE_DELIVERED);
    add_row(&world, ROW_ARRIVAL, 0)->packet = 2;
    assert_ladder(&world, &plain, 47, 10,
                  "          client              server\n"
                  "       192.168.0.110       192.168.0.101\n"
                  "             ├─ DATA 5 bytes ─⋯  │\n"
                  "             ├──── FIN+ACK ─────▶│\n"
                  "             │ ⋯─ DATA 5 bytes ─▶│ CLOSE-WAIT\n"
                  "             │          ⋯── ACK ─┤\n"
                  "             │◀───── FIN+ACK ────┤\n"
                  "             │◀─── ACK ───⋯      │\n"
                  "             │                   │\n"
                  "             │                   │\n");
}

static void words_and_colours_say_the_same(void **state)
{
    struct world world = two_hosts();
    struct canvas canvas;

    (void)state;
    add_state(&world, 0, STATE_CLOSED);
    add_text(&world, ROW_CALL, 0, "connect()");
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DELIVERED);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_HELD);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_DROPPED);
    add_packet(&world, "client", "server", "SYN", ON_WIRE_BACKGROUND);
    add_row(&world, ROW_RETURN, 0)->failed = true;
    vec_last(&world.rows)->text = mem_strdup("connect() = EPERM");
    canvas_init(&canvas, 47, 8);
    canvas.ascii = true;
    ladder_draw(&world, &plain, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, "          client              server\n"
                            "       192.168.0.110       192.168.0.101\n"
                            "      CLOSED | connect()         |\n"
                            "             +------ SYN ------->|\n"
                            "             +- SYN --> HELD     |\n"
                            "             +- SYN --x          |\n"
                            "             +- SYN -->          |\n"
                            "             + connect() = EPERM |\n");
    assert_int_equal(element_at(&canvas, 13, 0), ELEMENT_TITLE);
    assert_int_equal(element_at(&canvas, 13, 1), ELEMENT_FAINT);
    assert_int_equal(element_at(&canvas, 11, 2), ELEMENT_STATE);
    assert_int_equal(element_at(&canvas, 13, 2), ELEMENT_FAINT);
    assert_int_equal(element_at(&canvas, 15, 2), ELEMENT_CALL);
    assert_int_equal(element_at(&canvas, 14, 3), ELEMENT_PACKET);
    assert_int_equal(element_at(&canvas, 24, 4), ELEMENT_HELD);
    assert_int_equal(element_at(&canvas, 22, 5), ELEMENT_DROPPED);
    assert_int_equal(element_at(&canvas, 14, 6), ELEMENT_FAINT);
    assert_int_equal(element_at(&canvas, 15, 7), ELEMENT_ERROR);
    canvas_free(&canvas);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fates_of_a_packet),
        cmocka_unit_test(resends_are_dashed_and_counted),
        cmocka_unit_test(an_answered_copy_is_no_loss),
        cmocka_unit_test(the_number_that_says_most),
        cmocka_unit_test(a_long_arrow_has_the_window_too),
        cmocka_unit_test(late_arrivals_have_a_row_of_their_own),
        cmocka_unit_test(words_and_colours_say_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
