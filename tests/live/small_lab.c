#include "small_lab.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kernel/link.h"
#include "kernel/netns.h"
#include "kernel/tap.h"

/* How long to wait for what must come, before it is called missing. */
#define PATIENCE_MS 10000

struct small_host small_hosts[2] = {
    {.v4 = "10.0.0.1", .v6 = "fd00::1", .cable = "h0"},
    {.v4 = "10.0.0.2", .v6 = "fd00::2", .cable = "h1"},
};
int small_home;

static void must(int result, const struct err *err)
{
    if (result < 0)
        fail_msg("%s (%d)", err->text, result);
}

void small_enter(int host)
{
    assert_int_equal(netns_enter(small_hosts[host].netns), 0);
}

void small_leave(void)
{
    assert_int_equal(netns_enter(small_home), 0);
}

static void open_inside(struct small_host *host)
{
    struct err err = {""};
    struct link *link = link_open(&err);
    struct address v4, v6;

    assert_non_null(link);
    assert_int_equal(address_parse(host->v4, &v4), 0);
    assert_int_equal(address_parse(host->v6, &v6), 0);
    must(link_offloads_off("eth0", &err), &err);
    must(link_up(link, "eth0", true, &err), &err);
    must(link_add_address(link, "eth0", &v4, 24, &err), &err);
    must(link_add_address(link, "eth0", &v6, 64, &err), &err);
    /* Twice: a second address of the same net makes the same route again. */
    for (int i = 0; i < 2; i++) {
        must(link_add_route(link, "eth0", AF_INET, &v4, 24, SMALL_RTO_MS, true, &err),
             &err);
        must(link_add_route(link, "eth0", AF_INET6, &v6, 64, SMALL_RTO_MS, true, &err),
             &err);
    }
    must(link_add_route(link, "eth0", AF_INET, NULL, 0, SMALL_RTO_MS, true, &err), &err);
    must(link_add_route(link, "eth0", AF_INET6, NULL, 0, SMALL_RTO_MS, true, &err),
         &err);
    link_close(link);
    host->diag = sock_diag_open(&err);
    if (!host->diag)
        fail_msg("%s", err.text);
}

int small_lab_open(void **state)
{
    struct err err = {""};
    struct link *wire = link_open(&err);

    (void)state;
    assert_non_null(wire);
    small_home = netns_current();
    assert_true(small_home >= 0);
    for (int i = 0; i < 2; i++) {
        struct small_host *host = &small_hosts[i];

        host->netns = netns_new(small_home, &err);
        must(host->netns, &err);
        must(link_add_veth(wire, host->cable, "eth0", host->netns, &err), &err);
        /* Before it is up: the first read must not say so. */
        host->tap = tap_open(host->cable, &err);
        must(host->tap, &err);
        must(link_up(wire, host->cable, true, &err), &err);
        small_enter(i);
        open_inside(host);
        small_leave();
    }
    link_close(wire);
    return 0;
}

int small_lab_close(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        sock_diag_close(small_hosts[i].diag);
        close(small_hosts[i].tap);
        close(small_hosts[i].netns);
    }
    close(small_home);
    return 0;
}

size_t small_next(int host, uint8_t protocol, uint8_t frame[SMALL_FRAME])
{
    for (;;) {
        struct pollfd ready = {.fd = small_hosts[host].tap, .events = POLLIN};
        int64_t received_ns = 0;
        ssize_t got;

        if (poll(&ready, 1, PATIENCE_MS) != 1)
            fail_msg("%s sent no frame", small_hosts[host].v4);
        got = tap_read(small_hosts[host].tap, frame, SMALL_FRAME, &received_ns);
        assert_true(got >= 0);
        if (got >= 34 && frame[12] == 0x08 && frame[13] == 0 && frame[23] == protocol) {
            assert_true(received_ns > 0);
            return (size_t)got;
        }
    }
}

void small_drain(void)
{
    uint8_t frame[SMALL_FRAME];

    for (int i = 0; i < 2; i++) {
        while (tap_read(small_hosts[i].tap, frame, sizeof(frame), NULL) > 0)
            ;
    }
}

void small_deliver(int host, const uint8_t *frame, size_t len)
{
    assert_int_equal(tap_write(small_hosts[host].tap, frame, len), 0);
}

static uint32_t add_words(uint32_t sum, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        sum += i % 2 ? bytes[i] : (uint32_t)bytes[i] << 8;
    return sum;
}

/* RFC 1071: with its checksum the ones' complement sum is all ones. */
static bool sum_ok(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum == 0xffff;
}

bool small_checksums_ok(const uint8_t *frame, size_t len)
{
    const uint8_t *ip = frame + 14;
    size_t header = (size_t)(ip[0] & 15) * 4, total = (size_t)ip[2] << 8 | ip[3];
    uint32_t sum = ip[9] + (uint32_t)(total - header); /* the pseudo-header */

    if (total + 14 > len || total < header + 8)
        return false;
    sum = add_words(sum, ip + 12, 8);
    return sum_ok(add_words(0, ip, header)) &&
           sum_ok(add_words(sum, ip + header, total - header));
}

bool small_find(int host, uint16_t port, enum tcp_state state, struct sock *out)
{
    sock_list list = {0};
    bool found = false;

    assert_int_equal(sock_diag_dump_all(small_hosts[host].diag, &list), 0);
    vec_each (sock, &list) {
        if (sock->local.port == port && (state == STATE_COUNT || sock->state == state)) {
            *out = *sock;
            found = true;
        }
    }
    vec_free(&list);
    return found;
}

struct sockaddr_in small_address(const char *address, uint16_t port)
{
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons(port)};

    assert_int_equal(inet_pton(AF_INET, address, &result.sin_addr), 1);
    return result;
}

uint64_t small_cookie(int fd)
{
    uint64_t cookie = 0;
    socklen_t len = sizeof(cookie);

    assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &len), 0);
    return cookie;
}

int small_bound(int host, int type, int family, uint16_t port)
{
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr_in v4 = small_address("0.0.0.0", port);
    int fd;

    small_enter(host);
    fd = socket(family, type | SOCK_CLOEXEC, 0);
    small_leave();
    assert_true(fd >= 0);
    if (family == AF_INET)
        assert_int_equal(bind(fd, (struct sockaddr *)&v4, sizeof(v4)), 0);
    else
        assert_int_equal(bind(fd, (struct sockaddr *)&v6, sizeof(v6)), 0);
    return fd;
}
