/* src/kernel against the kernel itself, in a sealed network of two hosts. Needs no
 * privilege; says why and exits 77 where namespaces are refused. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "kernel/link.h"
#include "kernel/netns.h"
#include "kernel/tap.h"
#include "small_lab.h"

static void test_frames_cross(void **state)
{
    struct sockaddr_in to = small_address("10.0.0.2", 7000);
    int sender = small_bound(0, SOCK_DGRAM, AF_INET, 6000);
    int receiver = small_bound(1, SOCK_DGRAM, AF_INET, 7000);
    uint8_t frame[SMALL_FRAME], other[SMALL_FRAME];
    struct sock sock;
    char data[16];
    int second;
    size_t len;
    ssize_t got;

    (void)state;
    assert_int_equal(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)),
                     5);
    len = small_next(0, IPPROTO_UDP, frame);
    assert_int_equal(len, 14 + 20 + 8 + 5);
    assert_memory_equal(frame, link_mac, 6); /* to, without ARP */
    assert_memory_equal(frame + 6, link_mac, 6);
    assert_memory_equal(frame + 42, "hello", 5);
    assert_true(small_checksums_ok(frame, len));
    assert_int_equal(recv(receiver, data, sizeof(data), MSG_DONTWAIT), -1);
    small_deliver(1, frame, len);
    assert_int_equal(recv(receiver, data, sizeof(data), MSG_DONTWAIT), 5);
    assert_memory_equal(data, "hello", 5);
    /* What the wire writes does not come back to it, whichever socket writes it. */
    second = tap_open("h1", NULL);
    assert_true(second >= 0);
    assert_int_equal(tap_write(second, frame, len), 0);
    close(second);
    while ((got = tap_read(small_hosts[1].tap, other, sizeof(other), NULL)) > 0)
        assert_false((size_t)got == len && memcmp(other, frame, len) == 0);
    assert_int_equal(got, 0);
    assert_int_equal(tap_lost(small_hosts[0].tap), 0);
    assert_true(small_find(1, 7000, STATE_COUNT, &sock));
    assert_int_equal(sock.proto, PROTO_UDP);
    assert_true(sock.cookie == small_cookie(receiver));
    close(sender);
    close(receiver);
}

static void test_tap_refuses_what_does_not_fit(void **state)
{
    struct sockaddr_in to = small_address("10.0.0.2", 7000);
    int sender = small_bound(0, SOCK_DGRAM, AF_INET, 6000);
    const uint8_t frame[3] = {0};
    uint8_t small[20];
    ssize_t got;

    (void)state;
    small_drain();
    assert_int_equal(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)),
                     5);
    got = tap_read(small_hosts[0].tap, small, sizeof(small), NULL);
    assert_int_equal(got, -EMSGSIZE);
    assert_int_equal(tap_write(small_hosts[0].tap, frame, sizeof(frame)), -EINVAL);
    assert_true(tap_open("no-such", NULL) < 0);
    close(sender);
}

/* A client of host 0 and its listener on host 1, taken through the handshake by hand. */
struct handshake {
    uint16_t client_port, server_port;
    int listener, client, accepted;
    uint64_t server_cookie;
};

static void check_before_syn_ack(const struct handshake *shake)
{
    struct sock sock;

    assert_true(small_find(1, shake->server_port, STATE_LISTEN, &sock));
    assert_true(sock.cookie == small_cookie(shake->listener));
    assert_int_equal(sock.sendq, 6);
    assert_int_equal(sock.family, AF_INET6);
    assert_true(small_find(0, shake->client_port, STATE_SYN_SENT, &sock));
    assert_true(sock.cookie == small_cookie(shake->client));
    assert_int_equal(sock.timer, TIMER_RESEND);
    assert_true(sock.has_memory);
    assert_true(sock.info.size > 0);
    assert_true(sock.congestion[0]);
}

static void check_half_open(struct handshake *shake)
{
    struct sock sock;
    char text[ENDPOINT_TEXT], expected[ENDPOINT_TEXT];

    snprintf(expected, sizeof(expected), "10.0.0.1:%u", shake->client_port);
    assert_true(small_find(1, shake->server_port, STATE_SYN_RECEIVED, &sock));
    assert_int_equal(sock.inode, 0);
    assert_int_equal(sock.family, AF_INET6);
    assert_string_equal(endpoint_print(&sock.remote, text), expected);
    shake->server_cookie = sock.cookie;
}

static void open_connection(struct handshake *shake)
{
    struct sockaddr_in to = small_address("10.0.0.2", shake->server_port);
    uint8_t frame[SMALL_FRAME];
    struct sock sock;
    size_t len;

    shake->listener = small_bound(1, SOCK_STREAM, AF_INET6, shake->server_port);
    shake->client =
        small_bound(0, SOCK_STREAM | SOCK_NONBLOCK, AF_INET, shake->client_port);
    assert_int_equal(listen(shake->listener, 6), 0);
    assert_int_equal(connect(shake->client, (struct sockaddr *)&to, sizeof(to)), -1);
    assert_int_equal(errno, EINPROGRESS);
    len = small_next(0, IPPROTO_TCP, frame);
    assert_true(small_checksums_ok(frame, len));
    check_before_syn_ack(shake);
    small_deliver(1, frame, len);
    len = small_next(1, IPPROTO_TCP, frame);
    assert_true(small_checksums_ok(frame, len));
    check_half_open(shake);
    small_deliver(0, frame, len);
    len = small_next(0, IPPROTO_TCP, frame);
    assert_true(small_find(0, shake->client_port, STATE_ESTABLISHED, &sock));
    /* Only a locked RTAX_RTO_MIN counts: without, this is 200 ms and a little. */
    assert_true(sock.info.rto_us >= SMALL_RTO_MS * 1000);
    assert_true(small_find(1, shake->server_port, STATE_SYN_RECEIVED, &sock));
    small_deliver(1, frame, len);
    assert_true(small_find(1, shake->server_port, STATE_LISTEN, &sock));
    assert_int_equal(sock.recvq, 1);
    assert_true(small_find(1, shake->server_port, STATE_ESTABLISHED, &sock));
    assert_int_equal(sock.inode, 0); /* not accepted yet */
    shake->accepted = accept4(shake->listener, NULL, NULL, SOCK_NONBLOCK);
    assert_true(shake->accepted >= 0);
    assert_true(small_cookie(shake->accepted) == shake->server_cookie);
}

/* By RST, which nobody resends; then the wire is empty again. */
static void close_connection(const struct handshake *shake)
{
    const struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(shake->client, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    setsockopt(shake->accepted, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close(shake->client);
    close(shake->accepted);
    close(shake->listener);
    small_drain();
}

static void test_handshake_by_hand(void **state)
{
    struct handshake shake = {.client_port = 6100, .server_port = 8000};
    struct sock sock;

    (void)state;
    open_connection(&shake);
    assert_true(small_find(1, shake.server_port, STATE_ESTABLISHED, &sock));
    assert_true(sock.cookie == shake.server_cookie);
    assert_true(sock.inode != 0);
    close_connection(&shake);
}

static void test_destroy(void **state)
{
    struct handshake shake = {.client_port = 6101, .server_port = 8001};
    struct sock sock;
    char data[4];
    int result;

    (void)state;
    open_connection(&shake);
    assert_true(small_find(1, shake.server_port, STATE_ESTABLISHED, &sock));
    result = sock_diag_destroy(small_hosts[1].diag, &sock);
    if (result == -EOPNOTSUPP) { /* CONFIG_INET_DIAG_DESTROY */
        close_connection(&shake);
        skip();
    }
    assert_int_equal(result, 0); /* v4-mapped */
    assert_int_equal(recv(shake.accepted, data, sizeof(data), 0), -1);
    assert_int_equal(errno, ECONNABORTED);
    assert_false(small_find(1, shake.server_port, STATE_ESTABLISHED, &sock));
    assert_int_equal(sock_diag_destroy(small_hosts[1].diag, &sock), -ENOENT);
    assert_true(small_find(0, shake.client_port, STATE_ESTABLISHED, &sock));
    assert_int_equal(sock_diag_destroy(small_hosts[0].diag, &sock), 0);
    assert_int_equal(recv(shake.client, data, sizeof(data), 0), -1);
    assert_int_equal(errno, ECONNABORTED);
    close_connection(&shake);
}

/* More rows than one buffer of 32 KiB holds: none is lost, none comes twice. */
static void test_long_dump(void **state)
{
    enum { COUNT = 300 };
    int fds[COUNT];
    sock_list list = {0};
    size_t found = 0;

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        fds[i] = small_bound(0, SOCK_STREAM, AF_INET, (uint16_t)(10000 + i));
        assert_int_equal(listen(fds[i], 1), 0);
    }
    assert_int_equal(sock_diag_dump_all(small_hosts[0].diag, &list), 0);
    for (int i = 0; i < COUNT; i++) {
        uint64_t cookie = small_cookie(fds[i]);

        vec_each (sock, &list)
            found += sock->cookie == cookie;
        close(fds[i]);
    }
    vec_free(&list);
    assert_int_equal(found, COUNT);
}

static void test_missing_handler(void **state)
{
    sock_list list = {0};

    (void)state;
    /* No family 200: what a kernel without the handler answers. */
    assert_true(sock_diag_dump(small_hosts[0].diag, PROTO_TCP, 200, &list) < 0);
    assert_int_equal(list.count, 0);
    assert_int_equal(sock_diag_dump(small_hosts[0].diag, PROTO_TCP, AF_INET, &list), 0);
    vec_free(&list);
}

static void assert_routes(const char *command, const char *connected)
{
    const char *metrics = " rto_min lock 5s quickack lock 1";
    struct buf text = {0};
    char part[512];
    size_t got;
    FILE *out = popen(command, "r");

    assert_non_null(out);
    while ((got = fread(part, 1, sizeof(part), out)) > 0)
        buf_add(&text, part, got);
    if (WEXITSTATUS(pclose(out)) == 127) {
        buf_free(&text);
        small_leave();
        skip(); /* no iproute2 */
    }
    for (const char *line = buf_text(&text); *line;) {
        size_t len = strcspn(line, "\n");
        char *copy = mem_strndup(line, len);

        if (!strstr(copy, metrics))
            fail_msg("%s: no '%s' in: %s", command, metrics, copy);
        free(copy);
        line += len + (line[len] == '\n');
    }
    assert_non_null(strstr(buf_text(&text), connected));
    assert_non_null(strstr(buf_text(&text), "default dev eth0"));
    buf_free(&text);
}

static void test_routes(void **state)
{
    (void)state;
    small_enter(0);
    assert_routes("ip -4 route show 2>&1", "10.0.0.0/24 dev eth0");
    assert_routes("ip -6 route show 2>&1", "fd00::/64 dev eth0");
    small_leave();
}

static void test_no_generated_address(void **state)
{
    struct buf text = {0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        small_enter(i);
        assert_int_equal(file_read("/proc/thread-self/net/if_inet6", 65536, &text, NULL),
                         0);
        small_leave();
    }
    assert_int_equal(file_read("/proc/thread-self/net/if_inet6", 65536, &text, NULL), 0);
    assert_non_null(strstr(buf_text(&text), "fd000000000000000000000000000002"));
    assert_null(strstr(buf_text(&text), "fe80"));
    buf_free(&text);
}

static void test_link_errors(void **state)
{
    struct err err = {""};
    struct link *link = link_open(&err);
    struct address address = {.family = AF_INET, .bytes = {10, 0, 0, 9}};

    (void)state;
    assert_non_null(link);
    assert_int_equal(link_delete(link, "no-such", &err), -ENODEV);
    assert_non_null(strstr(err.text, "no-such"));
    assert_int_equal(link_add_veth(link, "h0", "eth0", small_hosts[0].netns, &err),
                     -EEXIST);
    assert_int_equal(link_add_address(link, "h0", &address, 33, &err), -EINVAL);
    assert_int_equal(link_add_address(link, "no-such", &address, 24, &err), -ENODEV);
    assert_true(link_offloads_off("no-such", &err) < 0);
    assert_int_equal(link_add_veth(link, "h9", "eth9", small_hosts[0].netns, &err), 0);
    assert_int_equal(link_delete(link, "h9", &err), 0);
    link_close(link);
}

static int sealed_tests(void *context)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames_cross),
        cmocka_unit_test(test_tap_refuses_what_does_not_fit),
        cmocka_unit_test(test_handshake_by_hand),
        cmocka_unit_test(test_destroy),
        cmocka_unit_test(test_long_dump),
        cmocka_unit_test(test_missing_handler),
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_no_generated_address),
        cmocka_unit_test(test_link_errors),
    };
    int failed = cmocka_run_group_tests(tests, small_lab_open, small_lab_close);

    (void)context;
    fflush(NULL);
    return failed != 0;
}

int main(void)
{
    struct err err = {""};
    pid_t child;
    int status;

    child = netns_spawn_sealed(sealed_tests, NULL, &err);
    if (child < 0) {
        printf("skipped: %s\n", err.text);
        return 77;
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return 1;
    return WEXITSTATUS(status);
}
