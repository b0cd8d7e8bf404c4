/* What is told of two dumps: one line for each change, compared as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/sock_diff.h"

/* A host whose sockets are dumped, and what was told of it since told() was last asked.
 */
struct host {
    sock_known_list known;
    sock_list dump;
    struct buf told;
};

static void found(void *context, enum socket_change change, enum tcp_state from,
                  const struct sock *sock, int64_t deadline_ns)
{
    static const char *const words[] = {
        [SOCKET_APPEARED] = "appeared", [SOCKET_STATE] = "state",
        [SOCKET_QUEUES] = "queues",     [SOCKET_TIMER] = "timer",
        [SOCKET_RETRANS] = "retrans",   [SOCKET_INFO] = "info",
        [SOCKET_VANISHED] = "vanished",
    };
    struct host *host = context;

    buf_printf(&host->told, "%s %d: %s > %s", words[change], (int)sock->cookie,
               tcp_state_name(from), tcp_state_name(sock->state));
    if (deadline_ns >= 0)
        buf_printf(&host->told, ", until %d ms", (int)(deadline_ns / NS_PER_MS));
    buf_puts(&host->told, "\n");
}

static struct sock *add(struct host *host, uint64_t cookie, enum tcp_state state)
{
    struct sock *sock = vec_push(&host->dump);

    sock->cookie = cookie;
    sock->proto = state == STATE_NONE ? PROTO_UDP : PROTO_TCP;
    sock->family = AF_INET;
    sock->state = state;
    sock->listed = true;
    endpoint_parse("10.0.0.1:80", &sock->local);
    endpoint_parse(state == STATE_LISTEN ? "0.0.0.0:0" : "10.0.0.2:5", &sock->remote);
    return sock;
}

static void assert_told(struct host *host, int64_t t_ms, const char *want)
{
    buf_clear(&host->told);
    sock_diff(&host->known, &host->dump, t_ms * NS_PER_MS, found, host);
    assert_string_equal(buf_text(&host->told), want);
}

static void end(struct host *host)
{
    vec_free(&host->known);
    vec_free(&host->dump);
    buf_free(&host->told);
}

static void test_appear_stay_vanish(void **state)
{
    struct host host = {0};

    (void)state;
    assert_told(&host, 0, "");
    add(&host, 7, STATE_CLOSED);
    add(&host, 3, STATE_NONE);
    add(&host, 5, STATE_ESTABLISHED);
    assert_told(&host, 0,
                "appeared 7: CLOSED > CLOSED\n"
                "appeared 3: - > -\n"
                "appeared 5: CLOSED > ESTABLISHED\n");
    assert_told(&host, 1, "");
    /* the kernel's order is that of its hash table: it tells nothing */
    vec_remove(&host.dump, 0);
    add(&host, 7, STATE_CLOSED);
    assert_told(&host, 2, "");
    assert_int_equal(host.known.items[2].sock.cookie, 7);
    /* vanished ones stand first, a new one after them */
    host.dump.count = 0;
    add(&host, 9, STATE_SYN_SENT);
    add(&host, 7, STATE_CLOSED);
    assert_told(&host, 3,
                "vanished 3: - > -\n"
                "vanished 5: ESTABLISHED > CLOSED\n"
                "appeared 9: CLOSED > SYN-SENT\n");
    host.dump.count = 0;
    assert_told(&host, 4,
                "vanished 9: SYN-SENT > CLOSED\n"
                "vanished 7: CLOSED > CLOSED\n");
    assert_int_equal(host.known.count, 0);
    end(&host);
}

static void keep_last(void *context, enum socket_change change, enum tcp_state from,
                      const struct sock *sock, int64_t deadline_ns)
{
    (void)change;
    (void)from;
    (void)deadline_ns;
    *(struct sock *)context = *sock;
}

static void test_vanished_as_it_last_was(void **state)
{
    struct host host = {0};
    struct sock last;

    (void)state;
    add(&host, 1, STATE_TIME_WAIT)->uid = 1000;
    host.dump.items[0].timer = TIMER_TIME_WAIT;
    host.dump.items[0].timer_ms = 60000;
    assert_told(&host, 0, "appeared 1: CLOSED > TIME-WAIT, until 60000 ms\n");
    host.dump.count = 0;
    sock_diff(&host.known, &host.dump, 5, keep_last, &last);
    assert_int_equal(last.state, STATE_CLOSED);
    assert_int_equal(last.uid, 1000);
    assert_int_equal(last.remote.port, 5);
    end(&host);
}

/* A half-open connection comes out of the listener that its address fits. */
static void test_half_open(void **state)
{
    struct host host = {0};

    (void)state;
    add(&host, 1, STATE_SYN_RECEIVED);
    assert_told(&host, 0, "appeared 1: CLOSED > SYN-RECEIVED\n");
    add(&host, 2, STATE_SYN_RECEIVED);
    endpoint_parse("0.0.0.0:81", &add(&host, 3, STATE_LISTEN)->local);
    endpoint_parse("127.0.0.1:80", &add(&host, 4, STATE_LISTEN)->local);
    add(&host, 5, STATE_NONE);
    assert_told(&host, 0,
                "appeared 2: CLOSED > SYN-RECEIVED\n"
                "appeared 3: CLOSED > LISTEN\n"
                "appeared 4: CLOSED > LISTEN\n"
                "appeared 5: - > -\n");
    add(&host, 6, STATE_LISTEN);
    add(&host, 7, STATE_SYN_RECEIVED);
    assert_told(&host, 0,
                "appeared 6: CLOSED > LISTEN\n"
                "appeared 7: LISTEN > SYN-RECEIVED\n");
    endpoint_parse("[::]:80", &host.dump.items[5].local);
    add(&host, 8, STATE_SYN_RECEIVED);
    add(&host, 9, STATE_ESTABLISHED);
    assert_told(&host, 0,
                "info 6: LISTEN > LISTEN\n"
                "appeared 8: LISTEN > SYN-RECEIVED\n"
                "appeared 9: CLOSED > ESTABLISHED\n");
    end(&host);
}

/* One line however much has changed: the most telling of it. */
static void test_most_telling(void **state)
{
    struct host host = {0};
    struct sock *sock = add(&host, 1, STATE_ESTABLISHED);

    (void)state;
    assert_told(&host, 0, "appeared 1: CLOSED > ESTABLISHED\n");
    sock->info.snd_cwnd++;
    assert_told(&host, 0, "info 1: ESTABLISHED > ESTABLISHED\n");
    sock->info.snd_cwnd++;
    sock->timer = TIMER_RESEND;
    sock->timer_ms = 400;
    assert_told(&host, 0, "timer 1: ESTABLISHED > ESTABLISHED, until 400 ms\n");
    sock->info.snd_cwnd++;
    sock->timer_ms = 800;
    sock->retrans++;
    assert_told(&host, 0, "retrans 1: ESTABLISHED > ESTABLISHED, until 800 ms\n");
    sock->retrans++;
    sock->timer = TIMER_NONE;
    sock->sendq = 5;
    assert_told(&host, 0, "queues 1: ESTABLISHED > ESTABLISHED\n");
    sock->recvq = 5;
    assert_told(&host, 0, "queues 1: ESTABLISHED > ESTABLISHED\n");
    sock->retrans = 0;
    sock->recvq = 0;
    sock->state = STATE_CLOSE_WAIT;
    assert_told(&host, 0, "state 1: ESTABLISHED > CLOSE-WAIT\n");
    assert_told(&host, 0, "");
    end(&host);
}

static void test_udp(void **state)
{
    struct host host = {0};
    struct sock *sock = add(&host, 1, STATE_NONE);

    (void)state;
    assert_told(&host, 0, "appeared 1: - > -\n");
    sock->connected = true;
    assert_told(&host, 0, "state 1: - > -\n");
    sock->recvq = 832;
    assert_told(&host, 0, "queues 1: - > -\n");
    sock->has_memory = true;
    assert_told(&host, 0, "info 1: - > -\n");
    sock->memory.drops = 1;
    assert_told(&host, 0, "info 1: - > -\n");
    endpoint_parse("10.0.0.3:5", &sock->remote);
    assert_told(&host, 0, "info 1: - > -\n");
    assert_told(&host, 0, "");
    end(&host);
}

/* accept() changes no state, but the row's owner; each such detail is told once. */
static void test_details(void **state)
{
    struct host host = {0};
    struct sock *sock = add(&host, 1, STATE_ESTABLISHED);
    static const char once[] = "info 1: ESTABLISHED > ESTABLISHED\n";

    (void)state;
    assert_told(&host, 0, "appeared 1: CLOSED > ESTABLISHED\n");
#define CHANGED(change)              \
    do {                             \
        change;                      \
        assert_told(&host, 0, once); \
        assert_told(&host, 0, "");   \
    } while (0)
    CHANGED(sock->inode = 99);
    CHANGED(sock->uid = 1000);
    CHANGED(sock->interface = 2);
    CHANGED(sock->local.port++);
    CHANGED(strcpy(sock->congestion, "reno"));
    CHANGED(sock->info.size = 280);
    CHANGED(sock->info.rto_us = 201000);
    CHANGED(sock->info.bytes_received += UINT64_C(1) << 40);
    CHANGED(sock->info.rcv_wnd = 1);
    CHANGED(sock->info.snd_wscale = 7);
#undef CHANGED
    end(&host);
}

static void test_countdown(void **state)
{
    struct host host = {0};
    struct sock *sock = add(&host, 1, STATE_SYN_SENT);

    (void)state;
    sock->timer = TIMER_RESEND;
    sock->timer_ms = 1000;
    assert_told(&host, 100, "appeared 1: CLOSED > SYN-SENT, until 1100 ms\n");
    sock->timer_ms = 500; /* it runs, and the tick rounds: 1199 ms */
    assert_told(&host, 699, "");
    assert_int_equal(host.known.items[0].deadline_ns, 1100 * NS_PER_MS);
    sock->timer_ms = 300; /* 1249 ms: less than the slack from the first */
    assert_told(&host, 949, "");
    assert_int_equal(host.known.items[0].deadline_ns, 1100 * NS_PER_MS);
    sock->timer_ms = 300; /* 1250 ms: drifted by the slack */
    assert_told(&host, 950, "timer 1: SYN-SENT > SYN-SENT, until 1250 ms\n");
    sock->timer_ms = 100; /* earlier by the slack */
    assert_told(&host, 1000, "timer 1: SYN-SENT > SYN-SENT, until 1100 ms\n");
    sock->timer_ms = 0; /* overdue: 0 until it has run, however late */
    assert_told(&host, 1090, "");
    assert_told(&host, 5000, "");
    sock->timer_ms = 2000;
    sock->retrans = 1;
    assert_told(&host, 5000, "retrans 1: SYN-SENT > SYN-SENT, until 7000 ms\n");
    sock->timer = TIMER_PROBE; /* another timer, which runs out at the same time */
    assert_told(&host, 5000, "timer 1: SYN-SENT > SYN-SENT, until 7000 ms\n");
    sock->timer = TIMER_NONE;
    assert_told(&host, 5000, "timer 1: SYN-SENT > SYN-SENT\n");
    sock->timer_ms = 1; /* nobody's */
    assert_told(&host, 6000, "");
    end(&host);
}

static void test_next_deadline(void **state)
{
    struct host host = {0};

    (void)state;
    assert_int_equal(sock_known_next_deadline(&host.known), -1);
    add(&host, 1, STATE_LISTEN);
    sock_diff(&host.known, &host.dump, 0, found, &host);
    assert_int_equal(sock_known_next_deadline(&host.known), -1);
    for (uint64_t i = 2; i < 5; i++) {
        struct sock *sock = add(&host, i, STATE_TIME_WAIT);

        sock->timer = TIMER_TIME_WAIT;
        sock->timer_ms = i == 3 ? 4000000000u : (uint32_t)(100 * i);
    }
    sock_diff(&host.known, &host.dump, 50, found, &host);
    assert_int_equal(sock_known_next_deadline(&host.known), 50 + 200 * NS_PER_MS);
    assert_int_equal(host.known.items[2].deadline_ns, 50 + 4000000000 * NS_PER_MS);
    end(&host);
}

/* While a dump runs a socket may move to another table, and stand in it twice. */
static void test_same_cookie_twice(void **state)
{
    struct host host = {0};

    (void)state;
    add(&host, 1, STATE_ESTABLISHED);
    add(&host, 2, STATE_LISTEN);
    add(&host, 1, STATE_TIME_WAIT);
    assert_told(&host, 0,
                "appeared 1: CLOSED > ESTABLISHED\n"
                "appeared 2: CLOSED > LISTEN\n");
    assert_int_equal(host.known.count, 2);
    assert_told(&host, 0, "");
    vec_remove(&host.dump, 0);
    assert_told(&host, 0, "state 1: ESTABLISHED > TIME-WAIT\n");
    end(&host);
}

/* Many sockets in another order: each is found again. */
static void test_many(void **state)
{
    struct host host = {0};

    (void)state;
    for (uint64_t i = 0; i < 3000; i++)
        add(&host, (i * 7919) % 3000 + (UINT64_C(1) << 33), STATE_ESTABLISHED);
    sock_diff(&host.known, &host.dump, 0, found, &host);
    host.dump.count = 0;
    for (uint64_t i = 0; i < 3000; i++)
        add(&host, i + (UINT64_C(1) << 33), STATE_ESTABLISHED);
    assert_told(&host, 0, "");
    host.dump.items[1234].state = STATE_CLOSE_WAIT;
    assert_told(&host, 0, "state 1234: ESTABLISHED > CLOSE-WAIT\n");
    end(&host);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appear_stay_vanish),
        cmocka_unit_test(test_vanished_as_it_last_was),
        cmocka_unit_test(test_half_open),
        cmocka_unit_test(test_most_telling),
        cmocka_unit_test(test_udp),
        cmocka_unit_test(test_details),
        cmocka_unit_test(test_countdown),
        cmocka_unit_test(test_next_deadline),
        cmocka_unit_test(test_same_cookie_twice),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
