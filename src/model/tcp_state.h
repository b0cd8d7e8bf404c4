/* tcp_state: the eleven states of TCP, their names everywhere, and the arrows
 * between them (RFC 9293 section 3.3.2, figure 5). Pure data; any thread may call.
 */
#ifndef SOCKETARIUM_MODEL_TCP_STATE_H
#define SOCKETARIUM_MODEL_TCP_STATE_H

#include <stdbool.h>
#include <stddef.h>

/* The numbers are the kernel's (include/net/tcp_states.h), as sock_diag reports them. */
enum tcp_state {
    STATE_NONE = 0, /* not a TCP state: UDP, or unknown */
    STATE_ESTABLISHED = 1,
    STATE_SYN_SENT = 2,
    STATE_SYN_RECEIVED = 3,
    STATE_FIN_WAIT_1 = 4,
    STATE_FIN_WAIT_2 = 5,
    STATE_TIME_WAIT = 6,
    STATE_CLOSED = 7, /* also a socket that is only bound */
    STATE_CLOSE_WAIT = 8,
    STATE_LAST_ACK = 9,
    STATE_LISTEN = 10,
    STATE_CLOSING = 11,
    STATE_COUNT
};

/* RFC 9293's name: "SYN-RECEIVED"; "-" for STATE_NONE and anything unknown. */
const char *tcp_state_name(enum tcp_state state);
/* What it is, in a few words: "waits for clients"; "" for STATE_NONE. */
const char *tcp_state_meaning(enum tcp_state state);
/* What ss -t prints: "SYN-RECV", "ESTAB", "UNCONN", "FIN-WAIT-1". */
const char *tcp_state_ss_name(enum tcp_state state);
/* What netstat prints: "SYN_RECV", "ESTABLISHED", "CLOSE". */
const char *tcp_state_netstat_name(enum tcp_state state);

/* Reads any of the names above (and Windows netstat's: LISTENING, SYN_RECEIVED), upper
 * or lower case. STATE_NONE if it is none of them. */
enum tcp_state tcp_state_parse(const char *name);

struct tcp_arrow {
    enum tcp_state from, to;
    const char *cause; /* as figure 5 labels it: "rcv SYN / snd SYN,ACK" */
    const char *never; /* why Linux never takes it, or NULL */
};

/* All arrows of figure 5, with those of its notes 1 to 3, in reading order. */
extern const struct tcp_arrow tcp_arrows[];
extern const size_t tcp_arrow_count;

/* The index of the arrow between two states, or -1. */
int tcp_arrow_find(enum tcp_state from, enum tcp_state to);

#endif
