/* The decoder against frames written down byte by byte, against each of their
 * truncations, and against some thousand mutations of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "packet_frames.h"

static const struct frame_case *frame_find(const char *name)
{
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        if (strcmp(frame_cases[i].name, name) == 0)
            return &frame_cases[i];
    }
    fail_msg("no frame %s", name);
    return NULL;
}

static struct packet decode(const char *name)
{
    const struct frame_case *frame = frame_find(name);
    struct packet packet;

    assert_int_equal(packet_decode(frame->bytes, frame->len, &packet), 0);
    return packet;
}

/* Decodes the frame with `count` bytes at `at` replaced, from memory of exactly its
 * size. */
static struct packet decode_with(const char *name, size_t at, const void *bytes,
                                 size_t count)
{
    const struct frame_case *frame = frame_find(name);
    uint8_t *copy = malloc(frame->len);
    struct packet packet;

    memcpy(copy, frame->bytes, frame->len);
    assert_true(at + count <= frame->len);
    memcpy(copy + at, bytes, count);
    assert_int_equal(packet_decode(copy, frame->len, &packet), 0);
    free(copy);
    return packet;
}

static void assert_label(const struct packet *packet, const char *want)
{
    struct buf text = {0};

    packet_label(packet, &text);
    assert_string_equal(buf_text(&text), want);
    assert_memory_equal(packet_word(packet), want, strlen(packet_word(packet)));
    buf_free(&text);
}

static void assert_summary(const struct packet *packet, uint32_t isn_from,
                           uint32_t isn_to, const char *want)
{
    struct buf text = {0};

    packet_summary(packet, isn_from, isn_to, &text);
    assert_string_equal(buf_text(&text), want);
    buf_free(&text);
}

static void test_frames(void **state)
{
    (void)state;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        const struct frame_case *frame = &frame_cases[i];
        struct packet got;

        print_message("%s\n", frame->name);
        memset(&got, 0xff, sizeof(got));
        assert_int_equal(packet_decode(frame->bytes, frame->len, &got), 0);
        assert_packet(&got, &frame->want);
        assert_label(&got, frame->label);
        assert_summary(&got, 0, 0, frame->summary);
    }
}

/* What must hold of all bytes. */
static void assert_sane(const struct packet *packet, size_t len)
{
    struct buf text = {0};

    assert_true(packet->ip_offset <= len);
    assert_true(packet->transport_offset <= len);
    assert_true(packet->payload_offset + packet->payload_len <= len);
    assert_int_equal(packet->payload_len != 0, packet->payload_offset != 0);
    assert_int_equal(packet->family != 0, packet->ip_offset != 0);
    assert_true(packet->options.sack_blocks <= 4);
    if (!packet->transport_offset) {
        assert_int_equal(packet->from.port, 0);
        assert_int_equal(packet->flags, 0);
        assert_int_equal(packet->payload_len, 0);
    }
    packet_label(packet, &text);
    assert_true(text.len > 0);
    buf_clear(&text);
    packet_summary(packet, 1, 2, &text);
    assert_true(text.len > 0);
    buf_free(&text);
}

/* The bytes stand in memory of exactly their number: an over-read is ASan's. */
static int decode_exactly(const uint8_t *bytes, size_t len, struct packet *packet)
{
    uint8_t *copy = malloc(len ? len : 1);
    int ret;

    memcpy(copy, bytes, len);
    ret = packet_decode(len ? copy : copy + 1, len, packet);
    free(copy);
    if (!ret)
        assert_sane(packet, len);
    return ret;
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        const struct frame_case *frame = &frame_cases[i];
        size_t end = strcmp(frame->name, "ackpad") == 0 ? frame->len - 6 : frame->len;

        for (size_t len = 0; len < frame->len; len++) {
            struct packet got;
            int ret = decode_exactly(frame->bytes, len, &got);

            assert_int_equal(ret, len < 14 ? -EINVAL : 0);
            if (!ret)
                assert_int_equal(got.cut, frame->want.family && len < end);
        }
    }
}

static void test_mutations(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (unsigned round = 0; round < 20000; round++) {
        const struct frame_case *frame = &frame_cases[round % FRAME_COUNT];
        uint8_t bytes[256];
        struct packet got;
        size_t len;

        assert_true(frame->len <= sizeof(bytes));
        memcpy(bytes, frame->bytes, frame->len);
        for (unsigned i = 0; i <= round % 3; i++) {
            random = random * 1664525u + 1013904223u; /* Numerical Recipes' LCG */
            bytes[12 + (random >> 8) % (frame->len - 12)] = (uint8_t)(random >> 24);
        }
        len = round % 5 ? frame->len : frame->len - (random >> 16) % 20;
        decode_exactly(bytes, len, &got);
    }
}

static void test_lying_ip_lengths(void **state)
{
    struct packet got;

    (void)state;
    /* IPv4 says 100 bytes; 5 of the payload are there */
    got = decode_with("data", 16, "\0\144", 2);
    assert_true(got.cut);
    assert_int_equal(got.payload_len, 5);
    assert_int_equal(got.seq, 1001);
    assert_summary(&got, 0, 0, "DATA seq=1001 ack=5001 len=5 cut short");
    /* less than its own header */
    got = decode_with("data", 16, "\0\23", 2);
    assert_true(got.cut);
    assert_int_equal(got.family, AF_INET);
    assert_int_equal(got.transport_offset, 0);
    assert_label(&got, "TCP cut short");
    /* the payload's last 2 bytes are padding */
    got = decode_with("data", 16, "\0\73", 2);
    assert_false(got.cut);
    assert_int_equal(got.payload_len, 3);
    /* IHL 4: too short for a header; IHL 15: reaches behind the frame */
    got = decode_with("udp4", 14, "\x44", 1);
    assert_true(got.cut);
    assert_int_equal(got.transport_offset, 0);
    got = decode_with("udp4", 14, "\x4f", 1);
    assert_true(got.cut);
    assert_int_equal(got.transport_offset, 0);
    /* version 5 */
    got = decode_with("udp4", 14, "\x55", 1);
    assert_true(got.cut);
    assert_int_equal(got.family, 0);
    assert_label(&got, "frame cut short");
    /* IPv6: payload of 8 bytes, so that the TCP header is not whole */
    got = decode_with("finack", 18, "\0\10", 2);
    assert_true(got.cut);
    assert_int_equal(got.transport_offset, 0);
    /* IPv6: hop-by-hop options of 2048 bytes */
    got = decode_with("synack6", 55, "\xff", 1);
    assert_true(got.cut);
    assert_int_equal(got.ip_protocol, 0);
    assert_int_equal(got.proto, PACKET_OTHER);
}

static void test_lying_transport_lengths(void **state)
{
    struct packet got;

    (void)state;
    /* data offset 4, then 15 */
    got = decode_with("ackpad", 46, "\x40", 1);
    assert_true(got.cut);
    assert_int_equal(got.ack, 5001);
    got = decode_with("ackpad", 46, "\xf0", 1);
    assert_true(got.cut);
    /* UDP length 7, 8, 12, 14 of 13 */
    got = decode_with("udp4", 38, "\0\7", 2);
    assert_true(got.cut);
    assert_int_equal(got.payload_len, 0);
    got = decode_with("udp4", 38, "\0\10", 2);
    assert_false(got.cut);
    assert_int_equal(got.payload_offset, 0);
    got = decode_with("udp4", 38, "\0\14", 2);
    assert_false(got.cut);
    assert_int_equal(got.payload_len, 4);
    got = decode_with("udp4", 38, "\0\16", 2);
    assert_true(got.cut);
    assert_int_equal(got.payload_len, 5);
    /* a protocol that is none of ours */
    got = decode_with("udp4", 23, "\57", 1);
    assert_false(got.cut);
    assert_label(&got, "IP protocol 47");
    /* ICMP belongs to IPv4 alone */
    got = decode_with("udp6", 20, "\1", 1);
    assert_int_equal(got.proto, PACKET_OTHER);
}

/* The outer packet ends within what the ICMP error quotes. */
static void test_short_quote(void **state)
{
    struct packet got = decode_with("unreach", 16, "\0\46", 2); /* 10 bytes */

    (void)state;
    assert_true(got.cut);
    assert_false(got.has_inner);
    assert_summary(&got, 0, 0, "ICMP port unreachable cut short");
    got = decode_with("unreach", 16, "\0\62", 2); /* the IP header and 2 bytes */
    assert_true(got.cut);
    assert_summary(
        &got, 0, 0,
        "ICMP port unreachable (UDP 192.168.0.110 > 192.168.0.101) cut short");
}

static void test_malformed_options(void **state)
{
    struct packet got;

    (void)state;
    /* mss with length 5: stepped over, and what follows is read from there */
    got = decode_with("syn", 55, "\5", 1);
    assert_true(got.options.malformed);
    assert_false(got.options.has_mss);
    assert_false(got.cut);
    /* length 0 would never end, length 1 neither */
    got = decode_with("syn", 55, "\0", 1);
    assert_true(got.options.malformed);
    got = decode_with("syn", 55, "\1", 1);
    assert_true(got.options.malformed);
    /* window scale, the last one, with a length behind the header's end */
    got = decode_with("syn", 72, "\4", 1);
    assert_true(got.options.malformed);
    assert_false(got.options.has_wscale);
    assert_true(got.options.has_mss);
    /* an end where the timestamps were hides the rest */
    got = decode_with("syn", 60, "\0", 1);
    assert_false(got.options.malformed);
    assert_true(got.options.sack_permitted);
    assert_false(got.options.has_timestamps);
    /* an unknown kind is nobody's fault */
    got = decode_with("syn", 54, "\376", 1);
    assert_false(got.options.malformed);
    assert_false(got.options.has_mss);
    assert_true(got.options.has_timestamps);
    /* SACK with half a block */
    got = decode_with("sack", 57, "\16", 1);
    assert_true(got.options.malformed);
    assert_int_equal(got.options.sack_blocks, 0);
}

static void test_words(void **state)
{
    static const struct {
        uint8_t flags;
        uint32_t len;
        const char *label, *summary;
    } cases[] = {
        {TCP_SYN, 0, "SYN", "SYN seq=0 win=502"},
        {TCP_SYN, 2, "SYN 2 bytes", "SYN seq=0 len=2"},
        {TCP_FIN, 0, "FIN", "FIN seq=0 win=502"},
        {TCP_FIN | TCP_ACK | TCP_PSH, 1, "FIN+ACK 1 byte", "FIN+ACK seq=0 ack=1 len=1"},
        {TCP_RST, 0, "RST", "RST seq=0"},
        {TCP_RST | TCP_ACK, 0, "RST+ACK", "RST+ACK seq=0 ack=1"},
        {TCP_PSH, 3, "DATA 3 bytes", "DATA seq=0 len=3"},
        {TCP_ACK | TCP_ECE, 0, "ACK", "ACK seq=0 ack=1 win=502"},
        {TCP_URG, 0, "TCP", "TCP seq=0 win=502"},
        {TCP_SYN | TCP_FIN, 0, "SYN+FIN", "SYN+FIN seq=0 win=502"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct packet packet = decode("ackpad");

        packet.flags = cases[i].flags;
        packet.payload_len = cases[i].len;
        assert_label(&packet, cases[i].label);
        assert_summary(&packet, 1001, 5000, cases[i].summary);
    }
}

/* Numbers run on past 2^32. */
static void test_relative_numbers(void **state)
{
    struct packet packet = decode("sack");

    (void)state;
    assert_summary(&packet, 0xffffffffu, 1000,
                   "ACK seq=5002 ack=6 win=500 sack=11-16,21-26");
    assert_true(seq_before(0xffffffffu, 0));
    assert_false(seq_before(0, 0xffffffffu));
    assert_false(seq_before(7, 7));
}

static void test_icmp_words(void **state)
{
    struct packet packet = decode("echo");

    (void)state;
    packet.icmp_type = 0;
    assert_label(&packet, "ICMP echo reply");
    packet.icmp_type = 11;
    assert_label(&packet, "ICMP TTL exceeded");
    packet.icmp_type = 3;
    packet.icmp_code = 99;
    assert_label(&packet, "ICMP destination unreachable");
    packet.icmp_type = 200;
    assert_label(&packet, "ICMP type 200 code 99");
}

static void swap_ends(struct packet *packet)
{
    struct endpoint from = packet->from;

    packet->from = packet->to;
    packet->to = from;
}

static void test_acknowledges(void **state)
{
    struct packet data = decode("data"), sack = decode("sack"), other;
    struct packet syn = decode("syn"), udp = decode("udp4");

    (void)state;
    assert_int_equal(packet_seq_len(&data), 5);
    assert_true(packet_acknowledges(&sack, &data)); /* 1001 + 5 = 1006 */
    other = sack;
    other.ack = 1005;
    assert_false(packet_acknowledges(&other, &data));
    other.ack = 1007;
    assert_true(packet_acknowledges(&other, &data));
    other.flags = TCP_RST;
    assert_false(packet_acknowledges(&other, &data));
    other = sack;
    other.to.port++;
    assert_false(packet_acknowledges(&other, &data));
    other = sack;
    swap_ends(&other);
    assert_false(packet_acknowledges(&other, &data));
    assert_int_equal(packet_seq_len(&syn), 1);
    syn.seq = 0xffffffffu; /* its end is 0 */
    other = sack;
    other.ack = 0xffffffffu;
    assert_false(packet_acknowledges(&other, &syn));
    other.ack = 0;
    assert_true(packet_acknowledges(&other, &syn));
    assert_int_equal(packet_seq_len(&udp), 0);
    assert_false(packet_acknowledges(&sack, &udp));
}

static void test_is_copy(void **state)
{
    struct packet data = decode("data"), again = data, ack = decode("ackpad");
    struct packet fin = decode("finack"), udp = decode("udp4"), rst;

    (void)state;
    again.options.ts_value++; /* a resend carries a later timestamp and acknowledgment */
    again.ack++;
    again.checksum++;
    assert_true(packet_is_copy(&data, &again));
    again.seq++;
    assert_false(packet_is_copy(&data, &again));
    again = data;
    again.payload_len--;
    assert_false(packet_is_copy(&data, &again));
    again = data;
    again.flags |= TCP_FIN;
    assert_false(packet_is_copy(&data, &again));
    again = data;
    again.from.port++;
    assert_false(packet_is_copy(&data, &again));
    assert_true(packet_is_copy(&fin, &fin));
    assert_false(packet_is_copy(&ack, &ack));
    assert_false(packet_is_copy(&udp, &udp));
    rst = data;
    rst.flags |= TCP_RST;
    assert_false(packet_is_copy(&rst, &rst));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_lying_ip_lengths),
        cmocka_unit_test(test_lying_transport_lengths),
        cmocka_unit_test(test_short_quote),
        cmocka_unit_test(test_malformed_options),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_relative_numbers),
        cmocka_unit_test(test_icmp_words),
        cmocka_unit_test(test_acknowledges),
        cmocka_unit_test(test_is_copy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
