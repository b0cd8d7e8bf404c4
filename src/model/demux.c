#include "model/demux.h"

#include <string.h>

/* What is looked for: the endpoints as the receiver's socket would have them. */
struct wanted {
    const struct world *world;
    unsigned host;
    enum sock_proto proto;
    struct endpoint local, remote;
};

#define NO_MATCH (-1)
/* A socket bound to the packet's own address is looked up before all that are bound to
 * any address: inet_lookup_listener() and udp4_lib_lookup() ask twice. */
#define OWN_ADDRESS 100

/* A v6 socket bound to :: takes v4 packets too, unless it has IPV6_V6ONLY, which no dump
 * shows; bound to 0.0.0.0 a socket takes no v6 packet. */
static int address_score(const struct endpoint *bound, const struct endpoint *local)
{
    if (!address_is_any(&bound->address))
        return address_equal(&bound->address, &local->address) ? OWN_ADDRESS : NO_MATCH;
    if (bound->address.family == AF_INET && local->address.family == AF_INET6)
        return NO_MATCH;
    return 0;
}

/* compute_score() in net/ipv4/inet_hashtables.c. */
static int listener_score(const struct sock *sock, const struct wanted *wanted)
{
    int score = address_score(&sock->local, &wanted->local);

    if (score == NO_MATCH || sock->state != STATE_LISTEN)
        return NO_MATCH;
    score += sock->interface ? 2 : 1;
    if (wanted->local.address.family == AF_INET && sock->family == AF_INET)
        score++;
    return score;
}

/* compute_score() in net/ipv4/udp.c: four for each part that must be the sender's. */
static int datagram_score(const struct sock *sock, const struct wanted *wanted)
{
    int score = address_score(&sock->local, &wanted->local);

    if (score == NO_MATCH)
        return NO_MATCH;
    if (wanted->local.address.family == AF_INET)
        score += sock->family == AF_INET ? 2 : 1;
    if (sock->connected && !endpoint_equal(&sock->remote, &wanted->remote))
        return NO_MATCH;
    if (sock->connected)
        score += 8;
    if (sock->interface)
        score += 4;
    return score;
}

/* __inet_lookup_established(): half-open sockets and those in TIME-WAIT are found there
 * too. */
static bool is_connection(const struct sock *sock, const struct wanted *wanted)
{
    return sock->state != STATE_CLOSED && sock->state != STATE_LISTEN &&
           endpoint_equal(&sock->local, &wanted->local) &&
           endpoint_equal(&sock->remote, &wanted->remote);
}

/* Connections come before all listeners. */
static int score_of(const struct world_sock *sock, const struct wanted *wanted)
{
    const struct sock *kernel = &sock->sock;

    if (sock->gone || sock->host != wanted->host || kernel->proto != wanted->proto ||
        kernel->local.port != wanted->local.port || !kernel->local.port)
        return NO_MATCH;
    if (kernel->proto == PROTO_UDP)
        return datagram_score(kernel, wanted);
    if (is_connection(kernel, wanted))
        return 2 * OWN_ADDRESS;
    return listener_score(kernel, wanted);
}

static void take(struct demux *out, const struct world_sock *sock,
                 const struct wanted *wanted)
{
    const struct sock *kernel = &sock->sock;

    out->sock = sock;
    out->any_address = address_is_any(&kernel->local.address);
    out->v6_socket =
        kernel->family == AF_INET6 && wanted->local.address.family == AF_INET;
    if (kernel->proto == PROTO_UDP)
        out->reason = kernel->connected ? DEMUX_CONNECTED : DEMUX_BOUND;
    else
        out->reason = kernel->state == STATE_LISTEN ? DEMUX_LISTENER : DEMUX_CONNECTED;
}

static void find_socket(const struct wanted *wanted, struct demux *out)
{
    int best = NO_MATCH;
    unsigned fitting = 0;

    out->reason = DEMUX_NOBODY;
    vec_each (sock, &wanted->world->socks) {
        int score = score_of(sock, wanted);

        if (score == NO_MATCH)
            continue;
        fitting++;
        if (score == best)
            out->alike++;
        if (score <= best)
            continue;
        best = score;
        out->alike = 1;
        take(out, sock, wanted);
    }
    out->passed = fitting - out->alike;
}

static bool has_address(const struct world_host *host, const struct address *address)
{
    if (address_is_loopback(address))
        return true;
    for (unsigned i = 0; i < host->address_count; i++)
        if (address_equal(&host->addresses[i], address))
            return true;
    return false;
}

static enum sock_proto proto_of(enum packet_proto proto)
{
    switch (proto) {
    case PACKET_TCP:
        return PROTO_TCP;
    case PACKET_UDP:
        return PROTO_UDP;
    case PACKET_ICMP:
    case PACKET_ICMPV6:
    case PACKET_OTHER:
        break;
    }
    return PROTO_NONE;
}

void demux_find(const struct world *world, int host, const struct packet *packet,
                struct demux *out)
{
    struct wanted wanted = {.world = world};

    *out = (struct demux){.reason = DEMUX_NO_HOST};
    if (host < 0 || (unsigned)host >= world->host_count || !world->hosts[host].up ||
        !has_address(&world->hosts[host], &packet->to.address))
        return;
    out->reason = DEMUX_NO_PORTS;
    wanted.host = (unsigned)host;
    out->quoted = packet->has_inner;
    /* A quoted packet is one that this host sent. */
    wanted.proto = proto_of(out->quoted ? packet->inner_proto : packet->proto);
    wanted.local = out->quoted ? packet->inner_from : packet->to;
    wanted.remote = out->quoted ? packet->inner_to : packet->from;
    if (wanted.proto == PROTO_NONE || (!out->quoted && !packet->transport_offset))
        return;
    find_socket(&wanted, out);
}
