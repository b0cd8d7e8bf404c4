/* The names of protocols and timers, and the table's groups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/sock.h"

static void test_protos(void **state)
{
    (void)state;
    assert_string_equal(sock_proto_name(PROTO_TCP), "tcp");
    assert_string_equal(sock_proto_name(PROTO_UDP), "udp");
    assert_string_equal(sock_proto_name(PROTO_NONE), "-");
    assert_string_equal(sock_proto_name((enum sock_proto)77), "-");
    assert_int_equal(sock_proto_parse("tcp"), PROTO_TCP);
    assert_int_equal(sock_proto_parse("udp"), PROTO_UDP);
    assert_int_equal(sock_proto_parse("TCP"), PROTO_NONE);
    assert_int_equal(sock_proto_parse("-"), PROTO_NONE);
    assert_int_equal(sock_proto_parse(""), PROTO_NONE);
}

/* The numbers are idiag_timer's (net/ipv4/inet_diag.c, net/ipv4/tcp_diag.c). */
static void test_timers(void **state)
{
    static const char *const names[] = {"none", "resend", "keepalive", "time-wait",
                                        "probe"};

    (void)state;
    assert_int_equal(TIMER_COUNT, 5);
    for (int i = 0; i < TIMER_COUNT; i++) {
        assert_string_equal(sock_timer_name((enum sock_timer)i), names[i]);
        assert_int_equal(sock_timer_parse(names[i]), i);
    }
    assert_string_equal(sock_timer_name(TIMER_COUNT), "-");
    assert_int_equal(sock_timer_parse("Resend"), TIMER_COUNT);
    assert_int_equal(sock_timer_parse("-"), TIMER_COUNT);
    assert_int_equal(sock_timer_parse(""), TIMER_COUNT);
}

static enum sock_group group(enum sock_proto proto, enum tcp_state state,
                             uint16_t remote_port)
{
    const struct sock sock = {
        .proto = proto, .state = state, .remote = {.port = remote_port}};

    return sock_group(&sock);
}

static void test_groups(void **state)
{
    (void)state;
    assert_int_equal(group(PROTO_TCP, STATE_LISTEN, 0), GROUP_LISTENING);
    for (int i = STATE_NONE + 1; i < STATE_COUNT; i++) {
        if (i != STATE_LISTEN)
            assert_int_equal(group(PROTO_TCP, (enum tcp_state)i, 80), GROUP_CONNECTIONS);
    }
    assert_int_equal(group(PROTO_UDP, STATE_NONE, 0), GROUP_CONNECTIONLESS);
    assert_int_equal(group(PROTO_UDP, STATE_NONE, 80), GROUP_CONNECTIONLESS);
    assert_int_equal(group(PROTO_TCP, STATE_CLOSED, 0), GROUP_NEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_protos),
        cmocka_unit_test(test_timers),
        cmocka_unit_test(test_groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
