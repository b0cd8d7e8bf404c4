/* sock_diff: what changed between two dumps of one host. Pure; one thread at a time. */
#ifndef SOCKETARIUM_MODEL_SOCK_DIFF_H
#define SOCKETARIUM_MODEL_SOCK_DIFF_H

#include "base/vec.h"
#include "model/event.h"
#include "model/sock.h"

typedef VEC(struct sock) sock_list;

/* A countdown that moved by less than this is the same deadline (two dumps of a running
 * timer differ by the clock tick and by rounding). */
#define SOCK_DEADLINE_SLACK_NS (INT64_C(150) * 1000 * 1000)

/* One socket of a host, and when its timer runs out. */
struct sock_known {
    struct sock sock;
    int64_t deadline_ns; /* -1: no timer */
};
typedef VEC(struct sock_known) sock_known_list;

/* Compares what was known of a host with a new dump taken at t_ns, calls found() for
 * each change (vanished ones first, then in the dump's order), and makes known what the
 * dump says. change and sock are as struct event_socket has them; from is the state
 * before. A socket with several changes is reported once, with the most telling: state,
 * queues, retrans, timer, info (a new value in tcp_info that the table or details show).
 */
void sock_diff(sock_known_list *known, const sock_list *dump, int64_t t_ns,
               void (*found)(void *context, enum socket_change change,
                             enum tcp_state from, const struct sock *sock,
                             int64_t deadline_ns),
               void *context);

/* The earliest deadline of all, or -1. */
int64_t sock_known_next_deadline(const sock_known_list *known);

#endif
