/* Frames made by hand: decoded again, every field, and both checksums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "model/packet_build.h"

static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1};

static struct endpoint endpoint(const char *text)
{
    struct endpoint out;

    assert_int_equal(endpoint_parse(text, &out), 0);
    return out;
}

/* RFC 1071: with the checksum in place the sum is all ones. */
static uint16_t sum_of(const uint8_t *bytes, size_t len, uint32_t total)
{
    for (size_t i = 0; i < len; i++)
        total += i % 2 ? bytes[i] : (uint32_t)bytes[i] << 8;
    while (total >> 16)
        total = (total & 0xffff) + (total >> 16);
    return (uint16_t)total;
}

static uint32_t pseudo(const struct packet *packet, size_t len)
{
    size_t size = packet->family == AF_INET ? 4 : 16;

    return packet->ip_protocol + (uint32_t)len +
           sum_of(packet->from.address.bytes, size, 0) +
           sum_of(packet->to.address.bytes, size, 0);
}

static void assert_checksums(const struct buf *frame, const struct packet *packet)
{
    const uint8_t *bytes = (const uint8_t *)frame->data;
    size_t len = frame->len - packet->transport_offset;

    if (packet->family == AF_INET)
        assert_int_equal(sum_of(bytes + packet->ip_offset, 20, 0), 0xffff);
    assert_int_equal(sum_of(bytes + packet->transport_offset, len,
                            packet->proto == PACKET_ICMP ? 0 : pseudo(packet, len)),
                     0xffff);
}

static void check_segment(const char *from, const char *to, const char *data)
{
    struct tcp_segment segment = {.from = endpoint(from),
                                  .to = endpoint(to),
                                  .seq = 0xfffffffe,
                                  .ack = 77,
                                  .flags = TCP_PSH | TCP_ACK,
                                  .window = 4321,
                                  .data = data,
                                  .data_len = strlen(data)};
    struct packet packet;
    struct buf frame = {0};

    assert_int_equal(packet_build_tcp(&segment, mac, &frame), 0);
    assert_int_equal(packet_decode(frame.data, frame.len, &packet), 0);
    assert_false(packet.cut);
    assert_int_equal(packet.proto, PACKET_TCP);
    assert_true(endpoint_equal(&packet.from, &segment.from));
    assert_true(endpoint_equal(&packet.to, &segment.to));
    assert_int_equal(packet.seq, 0xfffffffe);
    assert_int_equal(packet.ack, 77);
    assert_int_equal(packet.flags, TCP_PSH | TCP_ACK);
    assert_int_equal(packet.window, 4321);
    assert_int_equal(packet.payload_len, strlen(data));
    if (packet.payload_len)
        assert_memory_equal(frame.data + packet.payload_offset, data, strlen(data));
    assert_checksums(&frame, &packet);
    buf_free(&frame);
}

static void test_segments(void **state)
{
    (void)state;
    check_segment("192.168.0.110:50320", "192.168.0.101:6666", "evil!");
    check_segment("192.168.0.110:50320", "192.168.0.101:6666", "");
    check_segment("[fd00::1]:9", "[fd00::2]:80", "six");
}

static void test_refused(void **state)
{
    struct tcp_segment mixed = {.from = endpoint("10.0.0.1:1"),
                                .to = endpoint("[fd00::1]:2")};
    struct tcp_segment large = {.from = endpoint("10.0.0.1:1"),
                                .to = endpoint("10.0.0.2:2"),
                                .data = "x",
                                .data_len = 1401};
    struct buf frame = {0};

    (void)state;
    assert_true(packet_build_tcp(&mixed, mac, &frame) < 0);
    assert_true(packet_build_tcp(&large, mac, &frame) < 0);
    assert_true(packet_build_reset("short", 5, &frame) < 0);
    assert_true(packet_build_port_unreachable("short", 5, &frame) < 0);
    assert_int_equal(frame.len, 0);
}

static struct packet answer_to(const char *from, const char *to, uint8_t flags,
                               int (*build)(const void *, size_t, struct buf *))
{
    struct tcp_segment segment = {.from = endpoint(from),
                                  .to = endpoint(to),
                                  .seq = 1000,
                                  .ack = 2000,
                                  .flags = flags};
    struct buf frame = {0}, answer = {0};
    struct packet packet;

    assert_int_equal(packet_build_tcp(&segment, mac, &frame), 0);
    assert_int_equal(build(frame.data, frame.len, &answer), 0);
    assert_int_equal(packet_decode(answer.data, answer.len, &packet), 0);
    assert_false(packet.cut);
    assert_checksums(&answer, &packet);
    assert_true(address_equal(&packet.from.address, &segment.to.address));
    assert_true(address_equal(&packet.to.address, &segment.from.address));
    buf_free(&frame);
    buf_free(&answer);
    return packet;
}

static void test_reset_answers(void **state)
{
    struct packet packet =
        answer_to("10.0.0.1:1", "10.0.0.2:2", TCP_SYN, packet_build_reset);

    (void)state;
    assert_int_equal(packet.flags, TCP_RST | TCP_ACK);
    assert_int_equal(packet.seq, 0);
    assert_int_equal(packet.ack, 1001); /* a SYN uses one number */
    packet = answer_to("[fd00::1]:1", "[fd00::2]:2", TCP_ACK, packet_build_reset);
    assert_int_equal(packet.flags, TCP_RST);
    assert_int_equal(packet.seq, 2000);
}

static void test_no_reset_for_a_reset(void **state)
{
    struct tcp_segment segment = {
        .from = endpoint("10.0.0.1:1"), .to = endpoint("10.0.0.2:2"), .flags = TCP_RST};
    struct buf frame = {0}, answer = {0};

    (void)state;
    assert_int_equal(packet_build_tcp(&segment, mac, &frame), 0);
    assert_true(packet_build_reset(frame.data, frame.len, &answer) < 0);
    assert_int_equal(answer.len, 0);
    buf_free(&frame);
}

static void test_port_unreachable(void **state)
{
    struct packet packet =
        answer_to("10.0.0.1:1", "10.0.0.2:2", TCP_SYN, packet_build_port_unreachable);

    (void)state;
    assert_int_equal(packet.proto, PACKET_ICMP);
    assert_int_equal(packet.icmp_type, 3);
    assert_int_equal(packet.icmp_code, 3);
    assert_true(packet.has_inner);
    assert_int_equal(packet.inner_from.port, 1);
    assert_int_equal(packet.inner_to.port, 2);
    packet =
        answer_to("[fd00::1]:7", "[fd00::2]:8", TCP_SYN, packet_build_port_unreachable);
    assert_int_equal(packet.proto, PACKET_ICMPV6);
    assert_int_equal(packet.icmp_type, 1);
    assert_int_equal(packet.icmp_code, 4);
    assert_int_equal(packet.inner_to.port, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_reset_answers),
        cmocka_unit_test(test_no_reset_for_a_reset),
        cmocka_unit_test(test_port_unreachable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
