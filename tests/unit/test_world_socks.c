/* The world as the fold of a journal: sockets, and what NOW says of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "world_helpers.h"

#define SOCKET(host, id, proto, change, from, state, more)                            \
    "\"event\":\"socket\",\"host\":\"" host "\",\"id\":\"" id "\",\"proto\":\"" proto \
    "\",\"change\":\"" change "\"" from state more
#define FROM(state) ",\"from\":\"" state "\""
#define STATE(state) ",\"state\":\"" state "\""

static void test_sockets(void **state)
{
    struct world_sock *sock;

    (void)state;
    two_hosts();
    line(SOCKET("client", "a", "tcp", "appeared", FROM("CLOSED"), STATE("CLOSED"),
                ",\"owner\":\"client c\",\"listed\":false"));
    line(SOCKET("server", "a", "tcp", "appeared", FROM("CLOSED"), STATE("LISTEN"), ""));
    line(SOCKET("server", "b", "udp", "appeared", "", "", ""));
    sock = world_sock_find(&world, 0, 0xa);
    assert_non_null(sock);
    assert_int_equal(world_sock_mark(&world, sock), MARK_NEW);
    line("\"event\":\"step\",\"status\":\"started\",\"step\":1,\"steps\":3");
    assert_int_equal(world.step_seq, world.seq);
    assert_int_equal(world_sock_mark(&world, sock), MARK_NONE);
    line(SOCKET("client", "a", "tcp", "info", "", STATE("CLOSED"), ""));
    assert_int_equal(world_sock_mark(&world, sock), MARK_NONE);
    line(SOCKET("client", "a", "tcp", "state", FROM("CLOSED"), STATE("SYN-SENT"),
                ",\"sendq\":1,\"deadline_ns\":7"));
    sock = world_sock_find(&world, 0, 0xa);
    assert_int_equal(world_sock_mark(&world, sock), MARK_CHANGED);
    assert_int_equal(sock->from, STATE_CLOSED);
    assert_int_equal(sock->sock.state, STATE_SYN_SENT);
    assert_int_equal(sock->deadline_ns, 7);
    assert_string_equal(sock->owner, "client c");
    line(SOCKET("client", "a", "tcp", "queues", "", STATE("SYN-SENT"), ""));
    assert_int_equal(world_sock_find(&world, 0, 0xa)->from, STATE_CLOSED);
    line(SOCKET("server", "b", "udp", "vanished", "", "", ""));
    line(SOCKET("server", "a", "tcp", "vanished", FROM("LISTEN"), STATE("CLOSED"), ""));
    rows_are("state client a CLOSED>CLOSED\nstate server a CLOSED>LISTEN\n"
             "state client a CLOSED>SYN-SENT\nstate server a LISTEN>CLOSED\n");
    assert_int_equal(world_sock_mark(&world, world_sock_find(&world, 1, 0xa)),
                     MARK_GONE);
    assert_int_equal(world.socks.count, 3);
    line("\"event\":\"step\",\"status\":\"line\"");
    assert_int_equal(world.socks.count, 3);
    line("\"event\":\"step\",\"status\":\"started\"");
    assert_int_equal(world.socks.count, 1);
    assert_non_null(world_sock_find(&world, 0, 0xa));
    assert_null(world_sock_find(&world, 1, 0xa));
}

static void queues_are(const struct world_sock *sock, size_t count, uint32_t first,
                       uint32_t last)
{
    assert_int_equal(sock->queues.count, count);
    assert_int_equal(sock->queues.items[0].recvq, first);
    assert_int_equal(vec_last(&sock->queues)->recvq, last);
}

/* Only changes are kept, and not for ever. */
static void test_queues_over_time(void **state)
{
    (void)state;
    two_hosts();
    line(SOCKET("client", "a", "tcp", "appeared", FROM("CLOSED"), STATE("SYN-SENT"),
                ",\"sendq\":1"));
    line(SOCKET("client", "a", "tcp", "timer", "", STATE("SYN-SENT"), ",\"sendq\":1"));
    queues_are(world_sock_find(&world, 0, 0xa), 1, 0, 0);
    assert_int_equal(world_sock_find(&world, 0, 0xa)->queues.items[0].sendq, 1);
    for (unsigned i = 1; i <= WORLD_QUEUES_MOST + 5; i++) {
        struct event event = {.kind = EVENT_SOCKET,
                              .socket = {.host = "client",
                                         .change = SOCKET_QUEUES,
                                         .sock = {.cookie = 0xa,
                                                  .proto = PROTO_TCP,
                                                  .state = STATE_ESTABLISHED,
                                                  .recvq = i}}};

        assert_int_equal(apply(&event, NULL), 0);
    }
    queues_are(world_sock_find(&world, 0, 0xa), WORLD_QUEUES_MOST, 6,
               WORLD_QUEUES_MOST + 5);
    assert_int_equal(vec_last(&world_sock_find(&world, 0, 0xa)->queues)->t_ns,
                     world.t_ns);
}

/* No arrow without a change of state, and none for what has no state. */
static void test_rows_only_for_states(void **state)
{
    (void)state;
    two_hosts();
    line(SOCKET("client", "a", "tcp", "appeared", FROM("CLOSED"), STATE("CLOSED"), ""));
    line(SOCKET("client", "a", "tcp", "vanished", FROM("CLOSED"), STATE("CLOSED"), ""));
    line(SOCKET("client", "b", "udp", "appeared", "", STATE("CLOSED"), ""));
    line(SOCKET("client", "b", "udp", "state", "", STATE("ESTABLISHED"), ""));
    rows_are("state client a CLOSED>CLOSED\n");
}

#define PORTS(local, remote) \
    ",\"local\":\"10.0.0.2:" local "\",\"remote\":\"10.0.0.1:" remote "\""

/* Several connections of a host: their states say whose they are. */
static void test_which_of_several(void **state)
{
    (void)state;
    two_hosts();
    line(SOCKET("server", "a", "tcp", "appeared", FROM("CLOSED"), STATE("LISTEN"), ""));
    line(CALL("server", "accept", "s", "returned", ",\"var\":\"c\",\"socket\":\"b\""));
    line(SOCKET("server", "b", "tcp", "appeared", FROM("LISTEN"), STATE("ESTABLISHED"),
                PORTS("80", "1000")));
    line(SOCKET("server", "d", "tcp", "appeared", FROM("LISTEN"), STATE("SYN-RECEIVED"),
                PORTS("80", "1001")));
    line(SOCKET("server", "b", "tcp", "vanished", FROM("ESTABLISHED"), STATE("CLOSED"),
                PORTS("80", "1000")));
    line(SOCKET("server", "d", "tcp", "vanished", FROM("SYN-RECEIVED"), STATE("CLOSED"),
                PORTS("80", "1001")));
    line(SOCKET("client", "e", "tcp", "appeared", FROM("CLOSED"), STATE("SYN-SENT"),
                PORTS("1000", "80")));
    line(SOCKET("client", "f", "tcp", "appeared", FROM("CLOSED"), STATE("SYN-SENT"),
                PORTS("1001", "80")));
    rows_are("state server a CLOSED>LISTEN\n"
             "state server b LISTEN>ESTABLISHED\n"
             "state server d LISTEN>SYN-RECEIVED :1001\n"
             "state server b ESTABLISHED>CLOSED c\n"
             "state server d SYN-RECEIVED>CLOSED :1001\n"
             "state client e CLOSED>SYN-SENT\n"
             "state client f CLOSED>SYN-SENT :1001\n");
}

/* Only its owner is new, but the table says "not accepted" no more. */
static void test_an_accepted_one_has_changed(void **state)
{
    (void)state;
    two_hosts();
    line(SOCKET("server", "b", "tcp", "appeared", FROM("LISTEN"), STATE("ESTABLISHED"),
                ",\"owner\":\"not accepted yet\""));
    line("\"event\":\"step\",\"status\":\"started\"");
    line(SOCKET("server", "b", "tcp", "info", "", STATE("ESTABLISHED"),
                ",\"owner\":\"not accepted yet\""));
    assert_int_equal(world_sock_mark(&world, world_sock_find(&world, 1, 0xb)), MARK_NONE);
    line(SOCKET("server", "b", "tcp", "info", "", STATE("ESTABLISHED"),
                ",\"owner\":\"server c\""));
    assert_int_equal(world_sock_mark(&world, world_sock_find(&world, 1, 0xb)),
                     MARK_CHANGED);
    line("\"event\":\"step\",\"status\":\"started\"");
    line(SOCKET("server", "b", "tcp", "info", "", STATE("ESTABLISHED"),
                ",\"owner\":\"kernel\""));
    assert_int_equal(world_sock_mark(&world, world_sock_find(&world, 1, 0xb)), MARK_NONE);
}

static void test_crash_and_boot(void **state)
{
    struct world_sock *sock;

    (void)state;
    two_hosts();
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"started\"");
    line(CALL("server", "socket", "", "returned", ",\"var\":\"s\",\"socket\":\"a\""));
    line(SOCKET("server", "a", "tcp", "appeared", FROM("CLOSED"), STATE("LISTEN"), ""));
    line(SOCKET("client", "b", "tcp", "appeared", FROM("CLOSED"), STATE("CLOSED"), ""));
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"crashed\"");
    sock = world_sock_find(&world, 1, 0xa);
    assert_true(sock->gone);
    assert_int_equal(sock->sock.state, STATE_CLOSED);
    assert_int_equal(sock->from, STATE_LISTEN);
    assert_false(world_sock_find(&world, 0, 0xb)->gone);
    assert_false(world.hosts[1].up || world.hosts[1].running);
    assert_true(world.hosts[0].up);
    assert_false(world_thread_find(&world, "server")->alive);
    assert_false(world_var_find(&world, "server", "s")->open);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"booted\"");
    assert_true(world.hosts[1].up && world.hosts[1].plugged);
    rows_are("state server a CLOSED>LISTEN\nstate client b CLOSED>CLOSED\n"
             "host server crashed\nhost server booted\n");
}

/* NOW, in both lengths, at 100 s; the deadline is given in ms from then, -1 is none. */
static void now_is(const struct sock *kernel, int deadline_ms, const char *owner,
                   const char *words, const char *brief)
{
    char *owned = owner ? mem_strdup(owner) : NULL;
    struct world_sock sock = {.sock = *kernel, .owner = owned, .deadline_ns = -1};
    struct buf out = {0};

    if (deadline_ms >= 0)
        sock.deadline_ns = 100 * NS_PER_S + deadline_ms * NS_PER_MS;
    world_sock_now(&world, &sock, 100 * NS_PER_S, false, &out);
    assert_string_equal(buf_text(&out), words);
    buf_clear(&out);
    world_sock_now(&world, &sock, 100 * NS_PER_S, true, &out);
    assert_string_equal(buf_text(&out), brief);
    buf_free(&out);
    free(owned);
}

#define TCP(...) (&(struct sock){.proto = PROTO_TCP, .inode = 1, __VA_ARGS__})

static void test_now_in_words(void **state)
{
    (void)state;
    now_is(TCP(.state = STATE_LISTEN, .sendq = 5), -1, NULL, "0 waiting, room for 6",
           "0 waiting, room 6");
    now_is(TCP(.state = STATE_LISTEN, .recvq = 2, .sendq = 1), -1, NULL,
           "2 waiting, room for 0", "2 waiting, room 0");
    now_is(TCP(.state = STATE_LISTEN, .recvq = 3, .sendq = 1), -1, NULL,
           "3 waiting, room for 0", "3 waiting, room 0");
    now_is(TCP(.state = STATE_SYN_SENT, .sendq = 1, .timer = TIMER_RESEND), 420, NULL,
           "sends again in 0.4 s, SYN not yet acknowledged",
           "sends again 0.4 s, SYN unacked");
    now_is(TCP(.state = STATE_SYN_RECEIVED, .timer = TIMER_RESEND), 9940, NULL,
           "half open, sends again in 9.9 s", "half open, sends again 9.9 s");
    now_is(TCP(.state = STATE_ESTABLISHED, .recvq = 5), -1, "server c", "5 bytes unread",
           "5 unread");
    now_is(TCP(.state = STATE_ESTABLISHED, .recvq = 1), -1, "not accepted yet",
           "not accepted yet, 1 byte unread", "not accepted, 1 unread");
    now_is(TCP(.state = STATE_ESTABLISHED, .sendq = 1, .timer = TIMER_RESEND), 0, NULL,
           "sends again now, 1 byte not yet acknowledged", "sends again now, 1 unacked");
    now_is(TCP(.state = STATE_ESTABLISHED, .timer = TIMER_KEEPALIVE), 75000, NULL,
           "asks if alive in 75 s", "asks in 75 s");
    now_is(TCP(.state = STATE_ESTABLISHED, .sendq = 9, .timer = TIMER_PROBE), 10, NULL,
           "probes the window in 0.1 s, 9 bytes not yet acknowledged",
           "probes in 0.1 s, 9 unacked");
    now_is(TCP(.state = STATE_FIN_WAIT_1, .sendq = 1), -1, NULL,
           "FIN not yet acknowledged", "FIN unacked");
    now_is(TCP(.state = STATE_LAST_ACK, .sendq = 6), -1, NULL,
           "5 bytes and FIN not yet acknowledged", "5 + FIN unacked");
    now_is(TCP(.state = STATE_TIME_WAIT, .timer = TIMER_TIME_WAIT), 48200, NULL,
           "48 s left", "48 s left");
    now_is(TCP(.state = STATE_TIME_WAIT, .timer = TIMER_TIME_WAIT), 60004, NULL,
           "60 s left", "60 s left");
    now_is(TCP(.state = STATE_TIME_WAIT, .timer = TIMER_TIME_WAIT), 9960, NULL,
           "10 s left", "10 s left");
    now_is(TCP(.state = STATE_TIME_WAIT, .timer = TIMER_TIME_WAIT), 0, NULL, "ends now",
           "ends now");
    now_is(TCP(.state = STATE_ESTABLISHED), -1, NULL, "", "");
}

static void test_now_traps(void **state)
{
    (void)state;
    /* The FIN counts as one in RECV-Q until the end of the stream was read. */
    now_is(TCP(.state = STATE_CLOSE_WAIT, .recvq = 1), -1, NULL, "", "");
    now_is(TCP(.state = STATE_CLOSE_WAIT, .recvq = 6), -1, NULL, "5 bytes unread",
           "5 unread");
    now_is(TCP(.state = STATE_FIN_WAIT_2, .recvq = 1), -1, NULL,
           "1 byte unread, waits for the other FIN", "1 unread, waits for FIN");
    /* After shutdown() as after close(). */
    now_is(TCP(.state = STATE_FIN_WAIT_2), -1, NULL, "waits for the other FIN",
           "waits for FIN");
    /* No keepalive, but the time that an orphan may wait (tcp_fin_timeout). */
    now_is(&(struct sock){.proto = PROTO_TCP,
                          .state = STATE_FIN_WAIT_2,
                          .timer = TIMER_KEEPALIVE},
           3540000, NULL, "waits for the other FIN", "waits for FIN");
    now_is(TCP(.state = STATE_CLOSED), -1, NULL, "new", "new");
    now_is(TCP(.state = STATE_CLOSED, .local = {.port = 80}), -1, NULL, "bound",
           "bound");
    now_is(&(struct sock){.proto = PROTO_UDP, .recvq = 832}, -1, NULL, "data waiting",
           "data waiting");
    now_is(&(struct sock){.proto = PROTO_UDP}, -1, NULL, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sockets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_queues_over_time, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_only_for_states, setup, teardown),
        cmocka_unit_test_setup_teardown(test_which_of_several, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_accepted_one_has_changed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_crash_and_boot, setup, teardown),
        cmocka_unit_test_setup_teardown(test_now_in_words, setup, teardown),
        cmocka_unit_test_setup_teardown(test_now_traps, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
