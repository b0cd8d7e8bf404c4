/* sock: one socket as the kernel reports it. Pure data; any thread may call.
 *
 * Field meanings: linux/inet_diag.h, net/ipv4/inet_diag.c, sock_diag(7), tcp(7).
 */
#ifndef SOCKETARIUM_MODEL_SOCK_H
#define SOCKETARIUM_MODEL_SOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "model/endpoint.h"
#include "model/tcp_state.h"

enum sock_proto { PROTO_NONE, PROTO_TCP, PROTO_UDP };

/* inet_diag's idiag_timer. */
enum sock_timer {
    TIMER_NONE,
    TIMER_RESEND,
    TIMER_KEEPALIVE,
    TIMER_TIME_WAIT,
    TIMER_PROBE,
    TIMER_COUNT
};

/* Socket memory (INET_DIAG_SKMEMINFO), bytes. */
struct sock_memory {
    uint32_t rmem, rcvbuf, wmem, sndbuf, forward, queued, option, backlog, drops;
};

/* The parts of struct tcp_info (linux/tcp.h) that are shown. `size` is how many bytes
 * the kernel gave; what lies beyond is 0 and not to be shown. */
struct sock_tcp_info {
    uint32_t size; /* 0: the kernel gave none */
    uint8_t state, retransmits, backoff, options;
    uint8_t snd_wscale, rcv_wscale;
    uint32_t rto_us, ato_us, snd_mss, rcv_mss, unacked, retrans, lost, sacked;
    uint32_t rtt_us, rttvar_us, snd_ssthresh, snd_cwnd, advmss, rcv_space, rcv_ssthresh;
    uint32_t total_retrans, pmtu;
    uint64_t bytes_acked, bytes_received, bytes_sent;
    uint32_t segs_out, segs_in, snd_wnd, rcv_wnd;
};

struct sock {
    uint64_t cookie; /* the identity, for as long as the kernel knows the socket */
    enum sock_proto proto;
    int family;           /* of the socket: AF_INET6 also for v4-mapped peers */
    enum tcp_state state; /* STATE_NONE for UDP */
    bool connected;       /* UDP only: it has a peer */
    bool listed;          /* a dump showed it; false: asked through its descriptor */
    struct endpoint local, remote; /* v4-mapped addresses stand as v4 */
    uint32_t recvq, sendq;         /* LISTEN: waiting for accept, backlog; else bytes */
    uint32_t uid, inode; /* inode 0: no descriptor (half-open, not accepted, orphan) */
    uint32_t interface;
    enum sock_timer timer;
    uint32_t timer_ms; /* until it runs out, at the time of the dump */
    uint32_t retrans;  /* idiag_retrans: resends, or probes sent, so far */
    bool has_memory;
    struct sock_memory memory;
    struct sock_tcp_info info;
    char congestion[16];
};

const char *sock_proto_name(enum sock_proto proto); /* "tcp", "udp", "-" */
enum sock_proto sock_proto_parse(const char *name);
const char *
sock_timer_name(enum sock_timer timer); /* "none", "resend", ... as lessons say */
enum sock_timer sock_timer_parse(const char *name); /* TIMER_COUNT: not one of them */

/* The table's three groups, and the fourth (DESIGN section 4). */
enum sock_group { GROUP_LISTENING, GROUP_CONNECTIONS, GROUP_CONNECTIONLESS, GROUP_NEW };
enum sock_group sock_group(const struct sock *sock);

#endif
