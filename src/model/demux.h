/* demux: which socket of a host gets a packet, and why: decided from the sockets of the
 * world as Linux does it (net/ipv4/inet_hashtables.c, net/ipv4/udp.c, and their IPv6
 * twins). Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_DEMUX_H
#define SOCKETARIUM_MODEL_DEMUX_H

#include "model/packet.h"
#include "model/world.h"

enum demux_reason {
    DEMUX_NO_HOST,   /* no host has that address, or it is switched off */
    DEMUX_NO_PORTS,  /* no ports to go by: echo requests, later fragments, other IP */
    DEMUX_NOBODY,    /* no socket: a RST, or ICMP port unreachable, is the answer */
    DEMUX_CONNECTED, /* both endpoints are the socket's own */
    DEMUX_LISTENER,  /* TCP: only a listener fits */
    DEMUX_BOUND,     /* UDP: the destination alone fits */
};

struct demux {
    enum demux_reason reason;
    const struct world_sock *sock; /* NULL for the first three */
    unsigned alike;   /* how many fit as well as this one: it is one of these */
    unsigned passed;  /* how many fitted too, but less closely */
    bool any_address; /* it is bound to all addresses of its host */
    bool v6_socket;   /* an IPv4 packet for an IPv6 socket */
    bool quoted;      /* an ICMP error: decided by the packet that it quotes */
};

/* For a packet that comes to that host (an index into hosts; -1: none). */
void demux_find(const struct world *world, int host, const struct packet *packet,
                struct demux *out);

#endif
