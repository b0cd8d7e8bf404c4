/* The world as the fold of a journal: packets, and what does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "world_helpers.h"

static void must_refuse(const char *fields, const char *message)
{
    struct err err = {""};
    uint64_t before = world.seq;

    assert_int_equal(try_line(fields, &err), -EINVAL);
    assert_string_equal(err.text, message);
    assert_int_equal(world.seq, before);
    seq = before;
}

/* Ethernet, IPv4 without options, TCP without options. */
static void make_frame(struct event_packet *packet, bool to_server, uint8_t flags,
                       uint32_t number, uint32_t ack, uint16_t len)
{
    uint8_t frame[54] = {
        2,  0,   0, 0,  0,  1, 2, 0, 0,  0, 0, 1, /* MAC addresses */
        8,  0,                                    /* IPv4 */
        69, 0,   0, 0,  0,  0, 0, 0, 64, 6, 0, 0, /* header, TTL 64, TCP */
        10, 0,   0, 1,  10, 0, 0, 2,              /* from, to */
        3,  232, 0, 80,                           /* ports 1000, 80 */
    };
    uint16_t total = (uint16_t)(40 + len);

    frame[16] = (uint8_t)(total >> 8);
    frame[17] = (uint8_t)total;
    for (int i = 0; i < 4; i++) {
        frame[38 + i] = (uint8_t)(number >> (24 - 8 * i));
        frame[42 + i] = (uint8_t)(ack >> (24 - 8 * i));
    }
    if (!to_server) {
        memcpy(frame + 26, "\x0a\x00\x00\x02\x0a\x00\x00\x01\x00\x50\x03\xe8", 12);
    }
    frame[46] = 0x50;
    frame[47] = flags;
    packet->frame_len = 54u + len;
    packet->frame = mem_new(packet->frame_len, 1);
    memcpy(packet->frame, frame, sizeof(frame));
}

static void packet(uint32_t id, enum packet_action action, bool to_server, uint8_t flags,
                   uint32_t number, uint16_t len, uint32_t of, uint32_t joins)
{
    struct event event = {.kind = EVENT_PACKET};
    struct err err = {""};

    event.packet.id = id;
    event.packet.action = action;
    event.packet.of = of;
    event.packet.joins = joins;
    strcpy(event.packet.from, to_server ? "client" : "server");
    strcpy(event.packet.to, to_server ? "server" : "client");
    make_frame(&event.packet, to_server, flags, number, 0, len);
    if (apply(&event, &err) != 0)
        fail_msg("%s", err.text);
}

static void later(uint32_t id, const char *action)
{
    char text[128];

    snprintf(text, sizeof(text), "\"event\":\"packet\",\"id\":%u,\"action\":\"%s\"", id,
             action);
    line(text);
}

static void test_refused(void **state)
{
    (void)state;
    two_hosts();
    must_refuse("\"event\":\"host\",\"host\":\"x\",\"change\":\"started\"",
                "unknown host 'x'");
    must_refuse("\"event\":\"host\",\"host\":\"client\",\"change\":\"demo\"",
                "unknown thread ''");
    must_refuse("\"event\":\"call\",\"thread\":\"x/a\",\"call\":\"bind\",\"status\":"
                "\"started\"",
                "unknown host of thread 'x/a'");
    must_refuse("\"event\":\"output\",\"host\":\"x\",\"text\":\"\"", "unknown host 'x'");
    must_refuse("\"event\":\"lost\",\"host\":\"x\",\"count\":1", "unknown host 'x'");
    must_refuse("\"event\":\"packet\",\"id\":1,\"action\":\"held\",\"from\":\"client\","
                "\"to\":\"x\"",
                "unknown host 'x'");
    must_refuse("\"event\":\"packet\",\"id\":1,\"action\":\"held\"", "unknown host ''");
    must_refuse("\"event\":\"packet\",\"id\":1,\"action\":\"delivered\"",
                "unknown packet 1");
    must_refuse("\"event\":\"packet\",\"id\":1,\"action\":\"held\",\"from\":\"client\","
                "\"to\":\"server\",\"joins\":4",
                "unknown packet 4");
    must_refuse("\"event\":\"socket\",\"host\":\"x\",\"id\":\"1\",\"proto\":\"tcp\","
                "\"change\":\"state\"",
                "unknown host 'x'");
    packet(1, PACKET_HELD, true, TCP_SYN, 1, 0, 0, 0);
    must_refuse(
        "\"event\":\"packet\",\"id\":1,\"action\":\"injected\",\"from\":\"client\","
        "\"to\":\"server\"",
        "packet 1 is not new");
    for (char name = 'a'; name < 'g'; name++) {
        char text[80];

        snprintf(text, sizeof(text),
                 "\"event\":\"host\",\"host\":\"%c\",\"change\":"
                 "\"added\"",
                 name);
        line(text);
    }
    must_refuse("\"event\":\"host\",\"host\":\"g\",\"change\":\"added\"",
                "host 'g': a lab has at most 8 hosts");
    assert_int_equal(world.host_count, 8);
}

static void test_packets_joined(void **state)
{
    (void)state;
    two_hosts();
    packet(1, PACKET_HELD, true, TCP_SYN, 100, 0, 0, 0);
    packet(2, PACKET_HELD, true, TCP_SYN, 100, 0, 0, 1);
    packet(3, PACKET_HELD, true, TCP_SYN, 100, 0, 0, 2);
    assert_int_equal(world_held_count(&world), 1);
    assert_int_equal(world_packet_find(&world, 3)->joined, 1);
    rows_are("packet #1 client>server SYN held x3\n");
    later(1, "delivered");
    assert_int_equal(world_held_count(&world), 0);
    assert_int_equal(world_packet_find(&world, 2)->status, ON_WIRE_DELIVERED);
    assert_int_equal(world_packet_find(&world, 1)->ended_ns, world.t_ns);
    /* One more after that is a packet of its own. */
    packet(4, PACKET_SENT, true, TCP_SYN, 100, 0, 0, 0);
    rows_are("packet #1 client>server SYN delivered x3\n"
             "packet #4 client>server SYN crossing resend\n");
    line("\"event\":\"packet\",\"id\":4,\"action\":\"dropped\",\"why\":\"firewall\"");
    rows_are("packet #1 client>server SYN delivered x3\n"
             "packet #4 client>server SYN dropped resend (firewall)\n");
}

static void test_background(void **state)
{
    (void)state;
    two_hosts();
    packet(1, PACKET_HELD, true, TCP_SYN, 100, 0, 0, 0);
    later(1, "delivered");
    packet(2, PACKET_HELD, false, TCP_SYN | TCP_ACK, 500, 0, 0, 0);
    packet(3, PACKET_BACKGROUND, true, TCP_SYN, 100, 0, 1, 0);
    packet(4, PACKET_BACKGROUND, true, TCP_SYN, 100, 0, 1, 0);
    assert_int_equal(world_held_count(&world), 1);
    rows_are("packet #1 client>server SYN delivered\n"
             "packet #2 server>client SYN+ACK held\n"
             "packet #3 client>server SYN background x2 resend\n");
    later(2, "dropped");
    later(3, "held"); /* the answer is lost: it is an ordinary packet now */
    assert_int_equal(world_held_count(&world), 1);
    assert_int_equal(world_packet_find(&world, 4)->status, ON_WIRE_HELD);
    line("\"event\":\"packet\",\"id\":3,\"action\":\"dropped\",\"why\":\"answered\"");
    rows_are("packet #1 client>server SYN delivered\n"
             "packet #2 server>client SYN+ACK dropped\n"
             "packet #3 client>server SYN dropped x2 resend (answered)\n");
}

static void test_copies_on_purpose_and_overtaking(void **state)
{
    (void)state;
    two_hosts();
    line("\"event\":\"wire\",\"mode\":\"hold\"");
    packet(1, PACKET_HELD, true, TCP_ACK | TCP_PSH, 100, 5, 0, 0);
    packet(2, PACKET_HELD, true, TCP_ACK | TCP_PSH, 105, 7, 0, 0);
    packet(3, PACKET_DUPLICATED, true, TCP_ACK | TCP_PSH, 105, 7, 2, 0);
    later(2, "delivered");
    rows_are("packet #1 client>server DATA 5 bytes held\n"
             "packet #2 client>server DATA 7 bytes delivered\n"
             "packet #3 client>server DATA 7 bytes held duplicated\n");
    later(1, "corrupted");
    later(1, "delivered");
    later(3, "delivered");
    line("\"event\":\"wire\",\"mode\":\"flow\"");
    packet(4, PACKET_REPLAYED, true, TCP_ACK | TCP_PSH, 100, 5, 1, 0);
    packet(5, PACKET_INJECTED, false, TCP_RST, 1, 0, 0, 0);
    rows_are("packet #1 client>server DATA 5 bytes delivered corrupted\n"
             "packet #2 client>server DATA 7 bytes delivered\n"
             "packet #3 client>server DATA 7 bytes delivered duplicated\n"
             "arrival #1 client>server DATA 5 bytes delivered corrupted\n"
             "packet #4 client>server DATA 5 bytes crossing replayed\n"
             "packet #5 server>client RST crossing injected\n");
    assert_int_equal(world_packet_find(&world, 1)->frame_len, 59);
    assert_null(world_packet_find(&world, 6));
}

static void test_packet_to_nobody(void **state)
{
    struct event event = {.kind = EVENT_PACKET};
    struct err err = {""};

    (void)state;
    two_hosts();
    event.packet.id = 1;
    event.packet.action = PACKET_HELD;
    strcpy(event.packet.from, "client");
    strcpy(event.packet.to, "nobody");
    event.packet.flags = mem_strdup("SYN");
    event.packet.summary = mem_strdup("SYN seq=0");
    assert_int_equal(apply(&event, &err), 0);
    rows_are("packet #1 client>nobody SYN held\n");
    assert_string_equal(world_packet_find(&world, 1)->summary, "SYN seq=0");
}

/* The numbers that the ladder counts from the connection's first ones. */
static void test_relative_numbers(void **state)
{
    struct event event = {.kind = EVENT_PACKET,
                          .packet = {.id = 1,
                                     .action = PACKET_HELD,
                                     .from = "client",
                                     .to = "server",
                                     .seqno = 6,
                                     .ackno = -1}};

    (void)state;
    two_hosts();
    assert_int_equal(apply(&event, NULL), 0);
    assert_int_equal(world.packets.items[0].seqno, 6);
    assert_int_equal(world.packets.items[0].ackno, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_packets_joined, setup, teardown),
        cmocka_unit_test_setup_teardown(test_background, setup, teardown),
        cmocka_unit_test_setup_teardown(test_copies_on_purpose_and_overtaking, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_packet_to_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(test_relative_numbers, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
