/* Which socket gets a packet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <string.h>

#include "model/demux.h"

#define SERVER 1
#define ME "10.0.0.2:80"
#define ME6 "[fd00::2]:80"
#define PEER "10.0.0.1:5000"
#define PEER6 "[fd00::1]:5000"

static struct world world;

static int setup(void **state)
{
    (void)state;
    memset(&world, 0, sizeof(world));
    world.host_count = 2;
    strcpy(world.hosts[0].name, "client");
    strcpy(world.hosts[SERVER].name, "server");
    world.hosts[SERVER].up = true;
    world.hosts[SERVER].address_count = 2;
    assert_int_equal(address_parse("10.0.0.2", &world.hosts[SERVER].addresses[0]), 0);
    assert_int_equal(address_parse("fd00::2", &world.hosts[SERVER].addresses[1]), 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    vec_free(&world.socks);
    return 0;
}

/* Its cookie is its number, from 1. The family is the local address's. */
static struct sock *add(enum tcp_state state, const char *local, const char *remote)
{
    struct world_sock *sock = vec_push(&world.socks);

    sock->host = SERVER;
    sock->sock.cookie = world.socks.count;
    sock->sock.proto = PROTO_TCP;
    sock->sock.state = state;
    assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    if (remote)
        assert_int_equal(endpoint_parse(remote, &sock->sock.remote), 0);
    sock->sock.family = sock->sock.local.address.family;
    return &sock->sock;
}

static struct sock *add_udp(const char *local, const char *remote)
{
    struct sock *sock = add(STATE_NONE, local, remote);

    sock->proto = PROTO_UDP;
    sock->connected = remote != NULL;
    return sock;
}

static struct packet packet_of(enum packet_proto proto, const char *from, const char *to)
{
    struct packet packet = {.proto = proto, .transport_offset = 34};

    assert_int_equal(endpoint_parse(from, &packet.from), 0);
    assert_int_equal(endpoint_parse(to, &packet.to), 0);
    packet.family = packet.to.address.family;
    return packet;
}

static struct demux find(enum packet_proto proto, const char *from, const char *to)
{
    struct packet packet = packet_of(proto, from, to);
    struct demux found;

    demux_find(&world, SERVER, &packet, &found);
    return found;
}

#define assert_found(found, why, number)                     \
    do {                                                     \
        assert_int_equal((found).reason, (why));             \
        assert_non_null((found).sock);                       \
        assert_int_equal((found).sock->sock.cookie, number); \
    } while (0)

static void connection_before_listener(void **state)
{
    struct demux found;

    (void)state;
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    add(STATE_ESTABLISHED, ME, "10.0.0.1:5001");
    add(STATE_SYN_RECEIVED, ME, PEER);
    found = find(PACKET_TCP, PEER, ME);
    assert_found(found, DEMUX_CONNECTED, 3);
    assert_int_equal(found.passed, 1);
    assert_int_equal(found.alike, 1);
    found = find(PACKET_TCP, "10.0.0.1:5001", ME);
    assert_found(found, DEMUX_CONNECTED, 2);
    found = find(PACKET_TCP, "10.0.0.1:5002", ME); /* a new client */
    assert_found(found, DEMUX_LISTENER, 1);
    assert_true(found.any_address);
    assert_false(found.v6_socket);
    world.socks.items[2].sock.state = STATE_TIME_WAIT;
    assert_found(find(PACKET_TCP, PEER, ME), DEMUX_CONNECTED, 3);
    world.socks.items[2].gone = true;
    assert_found(find(PACKET_TCP, PEER, ME), DEMUX_LISTENER, 1);
}

static void own_address_before_any(void **state)
{
    (void)state;
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    add(STATE_LISTEN, ME, NULL);
    add(STATE_LISTEN, "10.0.0.9:80", NULL);
    assert_found(find(PACKET_TCP, PEER, ME), DEMUX_LISTENER, 2);
    assert_false(find(PACKET_TCP, PEER, ME).any_address);
}

static void nobody(void **state)
{
    (void)state;
    add(STATE_CLOSED, ME, NULL); /* bound only */
    add(STATE_CLOSED, ME, PEER); /* reset, and still held by its program */
    add(STATE_LISTEN, "127.0.0.1:80", NULL);
    add(STATE_LISTEN, "0.0.0.0:81", NULL);
    add_udp("0.0.0.0:80", NULL);
    vec_last(&world.socks)->host = 0;
    assert_int_equal(find(PACKET_TCP, PEER, ME).reason, DEMUX_NOBODY);
    assert_int_equal(find(PACKET_UDP, PEER, ME).reason, DEMUX_NOBODY);
    assert_null(find(PACKET_UDP, PEER, ME).sock);
}

static void ipv6_and_both(void **state)
{
    struct demux found;

    (void)state;
    add(STATE_LISTEN, "[::]:80", NULL);
    found = find(PACKET_TCP, PEER6, ME6);
    assert_found(found, DEMUX_LISTENER, 1);
    assert_false(found.v6_socket);
    found = find(PACKET_TCP, PEER, ME); /* dual stack */
    assert_found(found, DEMUX_LISTENER, 1);
    assert_true(found.v6_socket);
    add(STATE_LISTEN, "0.0.0.0:80", NULL); /* the first one had IPV6_V6ONLY then */
    assert_found(find(PACKET_TCP, PEER, ME), DEMUX_LISTENER, 2);
    assert_found(find(PACKET_TCP, PEER6, ME6), DEMUX_LISTENER, 1);
    /* Its connection is reported with IPv4 addresses. */
    add(STATE_ESTABLISHED, ME, PEER)->family = AF_INET6;
    found = find(PACKET_TCP, PEER, ME);
    assert_found(found, DEMUX_CONNECTED, 3);
    assert_true(found.v6_socket);
    add(STATE_LISTEN, ME6, NULL);
    assert_found(find(PACKET_TCP, PEER6, ME6), DEMUX_LISTENER, 4);
}

/* SO_REUSEPORT: a hash decides. */
static void one_of_these(void **state)
{
    struct demux found;

    (void)state;
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    found = find(PACKET_TCP, PEER, ME);
    assert_int_equal(found.reason, DEMUX_LISTENER);
    assert_int_equal(found.alike, 3);
    assert_int_equal(found.passed, 0);
    add(STATE_LISTEN, "0.0.0.0:80", NULL)->interface = 2;
    found = find(PACKET_TCP, PEER, ME);
    assert_found(found, DEMUX_LISTENER, 4);
    assert_int_equal(found.alike, 1);
    assert_int_equal(found.passed, 3);
}

static void datagrams(void **state)
{
    struct demux found;

    (void)state;
    add_udp("0.0.0.0:80", NULL);
    found = find(PACKET_UDP, PEER, ME);
    assert_found(found, DEMUX_BOUND, 1);
    assert_true(found.any_address);
    add_udp(ME, "10.0.0.1:5001"); /* of another peer */
    assert_found(find(PACKET_UDP, PEER, ME), DEMUX_BOUND, 1);
    add_udp(ME, PEER);
    add_udp(ME, NULL);
    found = find(PACKET_UDP, PEER, ME);
    assert_found(found, DEMUX_CONNECTED, 3);
    assert_int_equal(found.passed, 2);
    assert_found(find(PACKET_UDP, "10.0.0.7:9", ME), DEMUX_BOUND, 4);
    assert_int_equal(find(PACKET_UDP, PEER6, ME6).reason, DEMUX_NOBODY);
    add_udp("[::]:80", NULL);
    assert_found(find(PACKET_UDP, PEER6, ME6), DEMUX_BOUND, 5);
    add_udp(ME6, PEER6);
    assert_found(find(PACKET_UDP, PEER6, ME6), DEMUX_CONNECTED, 6);
}

static void icmp_errors_by_what_they_quote(void **state)
{
    struct packet error = {
        .proto = PACKET_ICMP, .transport_offset = 34, .icmp_type = 3, .icmp_code = 3};
    struct packet sent = packet_of(PACKET_UDP, ME, PEER);
    struct demux found;

    (void)state;
    add_udp(ME, PEER);
    error.to.address = sent.from.address;
    demux_find(&world, SERVER, &error, &found); /* an echo, say */
    assert_int_equal(found.reason, DEMUX_NO_PORTS);
    error.has_inner = true;
    error.inner_proto = PACKET_UDP;
    error.inner_from = sent.from;
    error.inner_to = sent.to;
    demux_find(&world, SERVER, &error, &found);
    assert_found(found, DEMUX_CONNECTED, 1);
    assert_true(found.quoted);
}

static void nowhere_to_go(void **state)
{
    struct packet packet = packet_of(PACKET_TCP, PEER, ME);
    struct demux found;

    (void)state;
    add(STATE_LISTEN, "0.0.0.0:80", NULL);
    demux_find(&world, -1, &packet, &found);
    assert_int_equal(found.reason, DEMUX_NO_HOST);
    demux_find(&world, 2, &packet, &found);
    assert_int_equal(found.reason, DEMUX_NO_HOST);
    assert_int_equal(find(PACKET_TCP, PEER, "10.0.0.3:80").reason, DEMUX_NO_HOST);
    packet.transport_offset = 0; /* a later fragment */
    demux_find(&world, SERVER, &packet, &found);
    assert_int_equal(found.reason, DEMUX_NO_PORTS);
    world.hosts[SERVER].up = false;
    assert_int_equal(find(PACKET_TCP, PEER, ME).reason, DEMUX_NO_HOST);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(connection_before_listener),
        TEST(own_address_before_any),
        TEST(nobody),
        TEST(ipv6_and_both),
        TEST(one_of_these),
        TEST(datagrams),
        TEST(icmp_errors_by_what_they_quote),
        TEST(nowhere_to_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
