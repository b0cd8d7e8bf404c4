/* sock_diag_parse on dumps put together here, byte by byte as the kernel does. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include "base/buf.h"
#include "kernel/sock_diag_parse.h"

/* A row of a dump; the attributes follow it in the bytes. */
struct row {
    int family, state, timer;
    const char *local, *remote;
    uint16_t local_port, remote_port;
    uint32_t expires, rqueue, wqueue, uid, inode, retrans;
};

static struct buf dump;
static sock_list socks;

static int setup(void **state)
{
    (void)state;
    buf_clear(&dump);
    socks.count = 0;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_free(&dump);
    vec_free(&socks);
    return 0;
}

static void pad(void)
{
    while (dump.len % 4)
        buf_putc(&dump, '\0');
}

/* Begins a message; finish_message(the returned place) sets its length. */
static size_t begin_message(uint16_t type, uint16_t flags)
{
    struct nlmsghdr header = {.nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = 7};
    size_t start = dump.len;

    buf_add(&dump, &header, sizeof(header));
    return start;
}

static void finish_message(size_t start)
{
    uint32_t len = (uint32_t)(dump.len - start);

    memcpy(dump.data + start, &len, sizeof(len));
    pad();
}

static void add_attribute(uint16_t type, const void *data, size_t len)
{
    struct nlattr head = {.nla_len = (uint16_t)(sizeof(head) + len), .nla_type = type};

    buf_add(&dump, &head, sizeof(head));
    buf_add(&dump, data, len);
    pad();
}

static size_t begin_row(const struct row *row, uint16_t flags)
{
    size_t start = begin_message(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI | flags);
    struct inet_diag_msg diag = {
        .idiag_family = (uint8_t)row->family,
        .idiag_state = (uint8_t)row->state,
        .idiag_timer = (uint8_t)row->timer,
        .idiag_retrans = (uint8_t)row->retrans,
        .id = {.idiag_sport = htons(row->local_port),
               .idiag_dport = htons(row->remote_port),
               .idiag_if = 3,
               .idiag_cookie = {0x11223344, 0x55667788}},
        .idiag_expires = row->expires,
        .idiag_rqueue = row->rqueue,
        .idiag_wqueue = row->wqueue,
        .idiag_uid = row->uid,
        .idiag_inode = row->inode,
    };

    assert_int_equal(inet_pton(row->family, row->local, diag.id.idiag_src), 1);
    assert_int_equal(inet_pton(row->family, row->remote, diag.id.idiag_dst), 1);
    buf_add(&dump, &diag, sizeof(diag));
    return start;
}

static void add_row(const struct row *row)
{
    finish_message(begin_row(row, 0));
}

static void add_end(uint16_t type, int error)
{
    size_t start = begin_message(type, NLM_F_MULTI);

    buf_add(&dump, &error, sizeof(error));
    finish_message(start);
}

static int parse(enum sock_proto proto)
{
    return sock_diag_parse(dump.data, dump.len, proto, &socks);
}

static void assert_endpoint(const struct endpoint *endpoint, const char *expected)
{
    char text[ENDPOINT_TEXT];

    assert_string_equal(endpoint_print(endpoint, text), expected);
}

static const struct row established = {
    .family = AF_INET,
    .state = 1,
    .timer = 1,
    .local = "192.168.0.110",
    .remote = "192.168.0.101",
    .local_port = 41900,
    .remote_port = 6666,
    .expires = 400,
    .rqueue = 5,
    .wqueue = 9,
    .uid = 1000,
    .inode = 4711,
    .retrans = 2,
};

static void test_row(void **state)
{
    const uint32_t memory[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    size_t start = begin_row(&established, 0);
    const struct sock *sock;

    (void)state;
    add_attribute(INET_DIAG_SKMEMINFO, memory, sizeof(memory));
    add_attribute(INET_DIAG_CONG, "reno", 5);
    finish_message(start);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_int_equal(socks.count, 1);
    sock = &socks.items[0];
    assert_true(sock->cookie == UINT64_C(0x5566778811223344));
    assert_int_equal(sock->proto, PROTO_TCP);
    assert_int_equal(sock->family, AF_INET);
    assert_int_equal(sock->state, STATE_ESTABLISHED);
    assert_true(sock->listed);
    assert_false(sock->connected);
    assert_endpoint(&sock->local, "192.168.0.110:41900");
    assert_endpoint(&sock->remote, "192.168.0.101:6666");
    assert_int_equal(sock->recvq, 5);
    assert_int_equal(sock->sendq, 9);
    assert_int_equal(sock->uid, 1000);
    assert_int_equal(sock->inode, 4711);
    assert_int_equal(sock->interface, 3);
    assert_int_equal(sock->timer, TIMER_RESEND);
    assert_int_equal(sock->timer_ms, 400);
    assert_int_equal(sock->retrans, 2);
    assert_true(sock->has_memory);
    assert_int_equal(sock->memory.rmem, 1);
    assert_int_equal(sock->memory.backlog, 8);
    assert_int_equal(sock->memory.drops, 9);
    assert_int_equal(sock->info.size, 0);
    assert_string_equal(sock->congestion, "reno");
}

/* A tcp_info whose byte number i is i + 1, as long as asked. */
static const struct sock_tcp_info *parse_info(size_t size)
{
    uint8_t bytes[512];
    size_t start;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1);
    setup(NULL);
    start = begin_row(&established, 0);
    add_attribute(INET_DIAG_INFO, bytes, size);
    finish_message(start);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_int_equal(socks.count, 1);
    return &socks.items[0].info;
}

static uint32_t word_at(size_t offset)
{
    uint8_t bytes[4];
    uint32_t word;

    for (size_t i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(offset + i + 1);
    memcpy(&word, bytes, sizeof(word));
    return word;
}

/* The offsets are the kernel's (include/uapi/linux/tcp.h). */
static void test_tcp_info_sizes(void **state)
{
    const struct sock_tcp_info *info;

    (void)state;
    info = parse_info(280); /* Linux 6.18: longer than what is known here */
    assert_int_equal(info->size, 280);
    assert_int_equal(info->state, 1);
    assert_int_equal(info->retransmits, 3);
    assert_int_equal(info->snd_wscale + 16 * info->rcv_wscale, 7);
    assert_true(info->rto_us == word_at(8));
    assert_true(info->rtt_us == word_at(68));
    assert_true(info->snd_cwnd == word_at(80));
    assert_true(info->total_retrans == word_at(100));
    assert_true((uint32_t)info->bytes_acked == word_at(120));
    assert_true(info->segs_out == word_at(136));
    assert_true(info->snd_wnd == word_at(228));
    assert_true(info->rcv_wnd == word_at(232));
    info = parse_info(232); /* Debian 12's header */
    assert_int_equal(info->size, 232);
    assert_true(info->snd_wnd == word_at(228));
    assert_int_equal(info->rcv_wnd, 0);
    info = parse_info(104); /* Linux 3.x: up to total_retrans */
    assert_int_equal(info->size, 104);
    assert_true(info->total_retrans == word_at(100));
    assert_int_equal(info->bytes_acked, 0);
    assert_int_equal(info->snd_wnd, 0);
    info = parse_info(10); /* cut in the middle of rto */
    assert_int_equal(info->size, 10);
    assert_true(info->rto_us == (word_at(8) & htonl(0xffff0000)));
    assert_int_equal(info->ato_us, 0);
}

static void test_error_in_done(void **state)
{
    (void)state;
    add_end(NLMSG_DONE, -ENOENT);
    assert_int_equal(parse(PROTO_TCP), -ENOENT);
    assert_int_equal(socks.count, 0);
}

static void test_error_message(void **state)
{
    (void)state;
    add_end(NLMSG_ERROR, -EPERM);
    assert_int_equal(parse(PROTO_TCP), -EPERM);
    setup(NULL);
    add_end(NLMSG_ERROR, 0); /* an acknowledgement */
    assert_int_equal(parse(PROTO_TCP), 0);
}

static void test_interrupted(void **state)
{
    (void)state;
    finish_message(begin_row(&established, NLM_F_DUMP_INTR));
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), -EINTR);
}

static void test_more_expected(void **state)
{
    (void)state;
    add_row(&established);
    assert_int_equal(parse(PROTO_TCP), 1);
    assert_int_equal(socks.count, 1);
    assert_int_equal(sock_diag_parse("", 0, PROTO_TCP, &socks), 1);
}

static void test_other_sequence_is_skipped(void **state)
{
    struct sock_diag_answer answer;

    (void)state;
    add_row(&established);
    add_end(NLMSG_DONE, -ENOENT);
    assert_int_equal(
        sock_diag_parse_buffer(dump.data, dump.len, 8, PROTO_TCP, &socks, &answer), 0);
    assert_false(answer.ended);
    assert_int_equal(socks.count, 0);
    assert_int_equal(
        sock_diag_parse_buffer(dump.data, dump.len, 7, PROTO_TCP, &socks, &answer), 0);
    assert_true(answer.ended);
    assert_int_equal(answer.error, -ENOENT);
    assert_int_equal(socks.count, 1);
}

static void test_v4_mapped(void **state)
{
    struct row row = established;

    (void)state;
    row.family = AF_INET6;
    row.local = "::ffff:192.168.0.101";
    row.remote = "::ffff:192.168.0.110";
    add_row(&row);
    row.local = row.remote = "::";
    row.remote_port = 0;
    row.state = 10;
    add_row(&row);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_int_equal(socks.count, 2);
    assert_int_equal(socks.items[0].family, AF_INET6);
    assert_int_equal(socks.items[0].local.address.family, AF_INET);
    assert_endpoint(&socks.items[0].local, "192.168.0.101:41900");
    assert_endpoint(&socks.items[0].remote, "192.168.0.110:6666");
    assert_endpoint(&socks.items[1].local, "[::]:41900");
    assert_endpoint(&socks.items[1].remote, "[::]:*");
    assert_int_equal(socks.items[1].state, STATE_LISTEN);
}

static void test_timers(void **state)
{
    static const enum sock_timer expected[] = {TIMER_NONE,      TIMER_RESEND,
                                               TIMER_KEEPALIVE, TIMER_TIME_WAIT,
                                               TIMER_PROBE,     TIMER_NONE};
    struct row row = established;

    (void)state;
    for (row.timer = 0; row.timer < 6; row.timer++)
        add_row(&row);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_int_equal(socks.count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(socks.items[i].timer, expected[i]);
        assert_int_equal(socks.items[i].timer_ms, expected[i] ? 400 : 0);
    }
}

static void test_states(void **state)
{
    struct row row = established;

    (void)state;
    for (row.state = 0; row.state <= 14; row.state++)
        add_row(&row);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_int_equal(socks.count, 15);
    assert_int_equal(socks.items[0].state, STATE_NONE);
    for (int i = 1; i <= 11; i++)
        assert_int_equal(socks.items[i].state, i);
    assert_int_equal(socks.items[12].state, STATE_SYN_RECEIVED);
    assert_int_equal(socks.items[13].state, STATE_CLOSED);
    assert_int_equal(socks.items[14].state, STATE_NONE);
}

static void test_udp(void **state)
{
    struct row row = established;

    (void)state;
    row.rqueue = 832;
    add_row(&row);
    row.state = 7;
    row.remote = "0.0.0.0";
    row.remote_port = 0;
    add_row(&row);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_UDP), 0);
    assert_int_equal(socks.count, 2);
    assert_int_equal(socks.items[0].proto, PROTO_UDP);
    assert_int_equal(socks.items[0].state, STATE_NONE);
    assert_true(socks.items[0].connected);
    assert_int_equal(socks.items[0].recvq, 832);
    assert_int_equal(socks.items[1].state, STATE_NONE);
    assert_false(socks.items[1].connected);
}

static void test_long_congestion_name(void **state)
{
    size_t start = begin_row(&established, 0);

    (void)state;
    add_attribute(INET_DIAG_CONG, "a-name-of-more-than-16", 23);
    add_attribute(INET_DIAG_SKMEMINFO, "\1\0\0", 4); /* too short to be of use */
    finish_message(start);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), 0);
    assert_string_equal(socks.items[0].congestion, "a-name-of-more-");
    assert_false(socks.items[0].has_memory);
}

/* No cut and no start may be read beyond (the sanitizer says so) or taken for an end. */
static void test_cut_anywhere(void **state)
{
    size_t start = begin_row(&established, 0), row_end;

    (void)state;
    add_attribute(INET_DIAG_CONG, "reno", 5);
    finish_message(start);
    row_end = dump.len;
    add_end(NLMSG_DONE, 0);
    for (size_t len = 0; len < dump.len; len++) {
        char *exact = mem_new(len + 2, 1);
        int expected = len == 0 || len == row_end ? 1 : -EBADMSG;

        memcpy(exact + 1, dump.data, len); /* and not aligned */
        socks.count = 0;
        assert_int_equal(sock_diag_parse(exact + 1, len, PROTO_TCP, &socks), expected);
        free(exact);
    }
}

/* An attribute that ends in what pads the message is not the message's. */
static void test_attribute_past_the_end(void **state)
{
    size_t start = begin_row(&established, 0);
    uint32_t len;

    (void)state;
    add_attribute(INET_DIAG_CONG, "cubic", 6);
    finish_message(start);
    len = (uint32_t)(dump.len - start - 3);
    memcpy(dump.data + start, &len, sizeof(len)); /* the attribute has one byte more */
    dump.len = start + len;
    assert_int_equal(parse(PROTO_TCP), 1);
    assert_int_equal(socks.count, 1);
    assert_string_equal(socks.items[0].congestion, "");
}

static void test_short_row(void **state)
{
    size_t start = begin_message(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI);

    (void)state;
    buf_add(&dump, "12345678", 8);
    finish_message(start);
    add_end(NLMSG_DONE, 0);
    assert_int_equal(parse(PROTO_TCP), -EBADMSG);
}

/* As a signed number such a length is less than what is there. */
static void test_huge_length(void **state)
{
    static const uint32_t lengths[] = {INT32_MAX, 1u << 31, UINT32_MAX - 99, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < 2 * sizeof(lengths) / sizeof(*lengths); i++) {
        struct nlmsghdr header = {.nlmsg_len = lengths[i / 2],
                                  .nlmsg_type =
                                      i % 2 ? SOCK_DIAG_BY_FAMILY : NLMSG_NOOP};

        buf_clear(&dump);
        buf_add(&dump, &header, sizeof(header));
        add_end(NLMSG_DONE, 0);
        assert_int_equal(parse(PROTO_TCP), -EBADMSG);
        assert_int_equal(socks.count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_row, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tcp_info_sizes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_error_in_done, setup, teardown),
        cmocka_unit_test_setup_teardown(test_error_message, setup, teardown),
        cmocka_unit_test_setup_teardown(test_interrupted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_more_expected, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_sequence_is_skipped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v4_mapped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_timers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_states, setup, teardown),
        cmocka_unit_test_setup_teardown(test_udp, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_congestion_name, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut_anywhere, setup, teardown),
        cmocka_unit_test_setup_teardown(test_attribute_past_the_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_short_row, setup, teardown),
        cmocka_unit_test_setup_teardown(test_huge_length, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
