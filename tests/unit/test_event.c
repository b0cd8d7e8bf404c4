/* Events as lines of JSON: written, and read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <stdio.h>

#include "event_samples.h"
#include "model/sock.h"

static void test_round_trip(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct event event;
        struct buf out = {0};

        must_read(samples[i], &event);
        event_write(&event, &out);
        assert_int_equal(out.data[out.len - 1], '\n');
        out.data[out.len - 1] = '\0';
        assert_string_equal(out.data, samples[i]);
        buf_free(&out);
        event_clear(&event);
    }
}

/* Each kind stands among the samples: a new one cannot be forgotten here. */
static void test_samples_have_all_kinds(void **state)
{
    bool seen[EVENT_KIND_COUNT] = {false};

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct event event;

        must_read(samples[i], &event);
        seen[event.kind] = true;
        event_clear(&event);
    }
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
        if (!seen[kind])
            fail_msg("no sample of %s", event_kind_name((enum event_kind)kind));
}

static void test_socket_fields(void **state)
{
    struct event event;
    const struct sock *sock = &event.socket.sock;

    (void)state;
    must_read(samples[5], &event);
    assert_int_equal(event.kind, EVENT_SOCKET);
    assert_int_equal(event.seq, 5);
    assert_int_equal(event.t_ns, 1000000000);
    assert_string_equal(event.socket.host, "client");
    assert_int_equal(event.socket.change, SOCKET_STATE);
    assert_int_equal(event.socket.from, STATE_CLOSED);
    assert_int_equal(sock->state, STATE_SYN_SENT);
    assert_int_equal(sock->cookie, 0xa1f3);
    assert_int_equal(sock->proto, PROTO_TCP);
    assert_int_equal(sock->family, AF_INET6);
    assert_int_equal(sock->local.port, 41900);
    assert_int_equal(sock->local.address.family, AF_INET);
    assert_int_equal(sock->remote.address.family, AF_INET6);
    assert_int_equal(sock->sendq, 1);
    assert_true(sock->connected);
    assert_false(sock->listed);
    assert_int_equal(sock->timer, TIMER_RESEND);
    assert_int_equal(event.socket.deadline_ns, 1900000000);
    assert_string_equal(event.socket.owner, "client c");
    assert_string_equal(sock->congestion, "reno");
    assert_true(sock->has_memory);
    assert_int_equal(sock->memory.rmem, 1);
    assert_int_equal(sock->memory.drops, 9);
    assert_int_equal(sock->info.size, 280);
    assert_int_equal(sock->info.rcv_wscale, 10);
    assert_int_equal(sock->info.bytes_acked, INT64_C(1) << 40);
    assert_int_equal(sock->info.rcv_wnd, 16);
    event_clear(&event);
}

static void test_what_is_missing_is_absent(void **state)
{
    struct event event;

    (void)state;
    must_read("{\"seq\":1,\"t\":0,\"event\":\"socket\",\"host\":\"a\",\"id\":\"1\","
              "\"proto\":\"udp\",\"change\":\"info\",\"later\":[1,{\"x\":null}]}",
              &event);
    assert_true(event.socket.sock.listed);
    assert_false(event.socket.sock.has_memory);
    assert_int_equal(event.socket.sock.info.size, 0);
    assert_int_equal(event.socket.sock.state, STATE_NONE);
    assert_int_equal(event.socket.deadline_ns, -1);
    assert_int_equal(event.socket.sock.local.address.family, 0);
    assert_null(event.socket.owner);
    event_clear(&event);
    must_read("{\"seq\":1,\"t\":0,\"event\":\"packet\",\"id\":1,\"action\":\"dropped\"}",
              &event);
    assert_int_equal(event.packet.seqno, -1);
    assert_int_equal(event.packet.ack_absolute, -1);
    assert_null(event.packet.frame);
    assert_int_equal(event.packet.frame_len, 0);
    event_clear(&event);
}

/* DESIGN section 5, word for word. */
static void test_design_lines(void **state)
{
    struct event event;

    (void)state;
    must_read(
        "{\"seq\":13,\"t\":0.041,\"event\":\"packet\",\"id\":1,\"action\":\"held\","
        "\"from\":\"client\",\"to\":\"server\",\"proto\":\"tcp\",\"flags\":\"SYN\","
        "\"seqno\":0,\"len\":0,\"summary\":\"SYN seq=0 win=64240\"}",
        &event);
    assert_int_equal(event.t_ns, 41000000);
    event_clear(&event);
    must_read("{\"seq\":14,\"t\":0.041,\"event\":\"call\",\"thread\":\"client\","
              "\"call\":\"connect\",\"args\":\"c, 192.168.0.101:6666\","
              "\"status\":\"blocked\",\"line\":17}",
              &event);
    assert_int_equal(event.call.status, CALL_BLOCKED);
    event_clear(&event);
}

static void test_time_keeps_each_nanosecond(void **state)
{
    int64_t t_ns = 1;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct event event = {.seq = 1, .t_ns = t_ns, .kind = EVENT_WIRE}, again;
        struct buf out = {0};
        struct err err;

        event_write(&event, &out);
        assert_int_equal(event_read(out.data, out.len - 1, &again, &err), 0);
        assert_int_equal(again.t_ns, t_ns);
        buf_free(&out);
        t_ns = (int64_t)((uint64_t)t_ns * 6364136223846793005u % 1000000000000000u) | 1;
    }
}

static void test_frames(void **state)
{
    static const size_t sizes[] = {1, 2, 3, 4, 1514, 65600};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        struct event event = {.seq = 1, .kind = EVENT_PACKET}, again;
        struct buf out = {0};
        struct err err = {""};

        event.packet.id = 1;
        event.packet.frame = mem_new(sizes[i], 1);
        event.packet.frame_len = (uint32_t)sizes[i];
        for (size_t k = 0; k < sizes[i]; k++)
            event.packet.frame[k] = (char)(k * 151 + 7);
        event_write(&event, &out);
        if (event_read(out.data, out.len - 1, &again, &err) != 0)
            fail_msg("%s", err.text);
        assert_int_equal(again.packet.frame_len, sizes[i]);
        assert_memory_equal(again.packet.frame, event.packet.frame, sizes[i]);
        event_clear(&again);
        event_clear(&event);
        buf_free(&out);
    }
}

/* Whatever a program sends or prints: the line is JSON again, and what comes out of
 * reading cannot harm a terminal. */
static void test_strings_are_made_safe(void **state)
{
    struct event event = {.seq = 1, .kind = EVENT_OUTPUT}, again;
    struct buf out = {0};
    struct err err = {""};

    (void)state;
    strcpy(event.output.host, "a");
    event.output.text =
        mem_strdup("\x1b[2J\xff\xc3 \xe2\x80\xae\x7f\n\"\\ \xed\xa0\x80");
    event_write(&event, &out);
    assert_int_equal(event_read(out.data, out.len - 1, &again, &err), 0);
    assert_null(strpbrk(again.output.text, "\x1b\n\x7f"));
    assert_null(strstr(again.output.text, "\xe2\x80\xae"));
    assert_non_null(strstr(again.output.text, "\\x1b[2J"));
    assert_non_null(strstr(again.output.text, "\\u202e"));
    event_clear(&again);
    event_clear(&event);
    buf_free(&out);
    must_read("{\"seq\":1,\"t\":0,\"event\":\"host\",\"host\":\"a\",\"change\":\"demo\","
              "\"thread\":\"a\",\"source\":\"a\\u001b\\n\\tb\"}",
              &event);
    assert_string_equal(event.host.source, "a\\x1b\n        b");
    event_clear(&event);
    /* The lesson's text stays as it is: the Markdown parser makes it printable. */
    must_read("{\"event\":\"lab\",\"format\":1,\"text\":\"a\\u001b\\tb\"}", &event);
    assert_string_equal(event.lab.text, "a\x1b\tb");
    event_clear(&event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_samples_have_all_kinds),
        cmocka_unit_test(test_socket_fields),
        cmocka_unit_test(test_what_is_missing_is_absent),
        cmocka_unit_test(test_design_lines),
        cmocka_unit_test(test_time_keeps_each_nanosecond),
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_strings_are_made_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
