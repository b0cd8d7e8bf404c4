/* details_world: sockets for the test of the details. */
#ifndef SOCKETARIUM_TESTS_DETAILS_WORLD_H
#define SOCKETARIUM_TESTS_DETAILS_WORLD_H

#include "picture.h"

#include <string.h>

#include "base/clock.h"
#include "view/details.h"

#define DETAILS_NOW (10 * NS_PER_S)

static inline struct world details_world(void)
{
    struct world world = {.host_count = 2};

    strcpy(world.hosts[0].name, "client");
    strcpy(world.hosts[1].name, "server");
    return world;
}

/* The pointer is valid until the next socket. */
static inline struct world_sock *details_sock(struct world *world, unsigned host,
                                              const char *owner, const char *local,
                                              const char *remote)
{
    struct world_sock *sock = vec_push(&world->socks);

    sock->host = host;
    sock->owner = mem_strdup(owner);
    sock->deadline_ns = -1;
    sock->sock.proto = PROTO_TCP;
    sock->sock.family = AF_INET;
    sock->sock.cookie = 0x7c5c0 + world->socks.count;
    sock->sock.inode = 68406;
    sock->sock.uid = 1000;
    if (local[0])
        assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    if (remote[0])
        assert_int_equal(endpoint_parse(remote, &sock->sock.remote), 0);
    return sock;
}

/* Unread data came, and went; what it sent is not acknowledged. */
static inline struct world_sock *details_client(struct world *world)
{
    static const struct world_queues queues[] = {
        {0, 0, 1},
        {NS_PER_S, 0, 0},
        {3 * NS_PER_S, 500, 0},
        {5 * NS_PER_S, 1000, 0},
        {6 * NS_PER_S, 0, 0},
        {8 * NS_PER_S, 0, 300},
    };
    struct world_sock *sock =
        details_sock(world, 0, "client c", "192.168.0.110:41900", "192.168.0.101:6666");

    sock->from = STATE_SYN_SENT;
    sock->sock.state = STATE_ESTABLISHED;
    sock->sock.sendq = 300;
    sock->sock.timer = TIMER_RESEND;
    sock->sock.retrans = 1;
    sock->deadline_ns = DETAILS_NOW + 4 * NS_PER_S;
    sock->sock.has_memory = true;
    sock->sock.memory = (struct sock_memory){.rcvbuf = 131072,
                                             .wmem = 2560,
                                             .sndbuf = 87040,
                                             .forward = 1536,
                                             .queued = 2560};
    strcpy(sock->sock.congestion, "reno");
    sock->sock.info = (struct sock_tcp_info){.size = 280,
                                             .retransmits = 1,
                                             .backoff = 1,
                                             .options = 7,
                                             .snd_wscale = 7,
                                             .rcv_wscale = 7,
                                             .rto_us = 10000000,
                                             .rtt_us = 1250,
                                             .rttvar_us = 600,
                                             .snd_mss = 1448,
                                             .rcv_mss = 536,
                                             .advmss = 1448,
                                             .pmtu = 1500,
                                             .unacked = 1,
                                             .snd_cwnd = 10,
                                             .snd_ssthresh = 0x7fffffff,
                                             .total_retrans = 1,
                                             .bytes_sent = 600,
                                             .bytes_acked = 1,
                                             .bytes_received = 1000,
                                             .segs_out = 7,
                                             .segs_in = 4,
                                             .snd_wnd = 65160,
                                             .rcv_wnd = 64256};
    for (size_t i = 0; i < sizeof(queues) / sizeof(queues[0]); i++)
        *vec_push(&sock->queues) = queues[i];
    return sock;
}

static inline struct world_sock *details_listener(struct world *world)
{
    struct world_sock *sock = details_sock(world, 1, "server s", "[::]:6666", "");

    sock->from = STATE_CLOSED;
    sock->sock.state = STATE_LISTEN;
    sock->sock.family = AF_INET6;
    sock->sock.recvq = 1;
    sock->sock.sendq = 5;
    *vec_push(&sock->queues) = (struct world_queues){0, 0, 5};
    *vec_push(&sock->queues) = (struct world_queues){DETAILS_NOW / 2, 1, 5};
    return sock;
}

static inline struct world_sock *details_udp(struct world *world)
{
    struct world_sock *sock =
        details_sock(world, 1, "server u", "192.168.0.101:53", "192.168.0.110:5000");

    sock->sock.proto = PROTO_UDP;
    sock->sock.connected = true;
    sock->sock.recvq = 832;
    return sock;
}

#endif
