#include "model/sock_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

/* Where a cookie stands in a list; sorted, so that a machine with many thousand sockets
 * does not cost their square. */
struct place {
    uint64_t cookie;
    size_t index;
};

struct places {
    struct place *items; /* (owned) */
    size_t count;
};

struct diff {
    sock_known_list *known;
    const sock_list *dump;
    struct places known_places, dump_places;
    int64_t t_ns;
};

static int place_compare(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    if (a->cookie != b->cookie)
        return a->cookie < b->cookie ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Only the first of those with the same cookie stays. */
static void places_sort(struct places *places)
{
    size_t kept = 0;

    qsort(places->items, places->count, sizeof(*places->items), place_compare);
    for (size_t i = 0; i < places->count; i++) {
        if (!kept || places->items[kept - 1].cookie != places->items[i].cookie)
            places->items[kept++] = places->items[i];
    }
    places->count = kept;
}

/* The index of the cookie's first place, or -1. */
static long places_find(const struct places *places, uint64_t cookie)
{
    size_t low = 0, high = places->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (places->items[middle].cookie < cookie)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == places->count || places->items[low].cookie != cookie)
        return -1;
    return (long)places->items[low].index;
}

static void diff_open(struct diff *diff, sock_known_list *known, const sock_list *dump,
                      int64_t t_ns)
{
    struct places *of_known = &diff->known_places, *of_dump = &diff->dump_places;

    *diff = (struct diff){.known = known, .dump = dump, .t_ns = t_ns};
    of_known->items = mem_new(known->count, sizeof(*of_known->items));
    for (size_t i = 0; i < known->count; i++)
        of_known->items[of_known->count++] =
            (struct place){known->items[i].sock.cookie, i};
    places_sort(of_known);
    of_dump->items = mem_new(dump->count, sizeof(*of_dump->items));
    for (size_t i = 0; i < dump->count; i++)
        of_dump->items[of_dump->count++] = (struct place){dump->items[i].cookie, i};
    places_sort(of_dump);
}

static void diff_close(struct diff *diff)
{
    free(diff->known_places.items);
    free(diff->dump_places.items);
}

/* The deadline as it was stays while the countdown only ran on: a small drift then adds
 * up against the first one until it counts. A timer that is overdue says 0 in every
 * dump. */
static int64_t deadline_of(const struct sock *sock, const struct sock_known *before,
                           int64_t t_ns)
{
    int64_t deadline = t_ns + sock->timer_ms * NS_PER_MS, moved;

    if (sock->timer == TIMER_NONE)
        return -1;
    if (!before || before->sock.timer != sock->timer || before->deadline_ns < 0)
        return deadline;
    moved = deadline - before->deadline_ns;
    if (moved > -SOCK_DEADLINE_SLACK_NS && moved < SOCK_DEADLINE_SLACK_NS)
        return before->deadline_ns;
    if (sock->timer_ms == 0 && before->deadline_ns <= t_ns)
        return before->deadline_ns;
    return deadline;
}

static bool memory_equal(const struct sock *a, const struct sock *b)
{
    const struct sock_memory *m = &a->memory, *n = &b->memory;

    if (!a->has_memory || !b->has_memory)
        return a->has_memory == b->has_memory;
    return m->rmem == n->rmem && m->rcvbuf == n->rcvbuf && m->wmem == n->wmem &&
           m->sndbuf == n->sndbuf && m->forward == n->forward &&
           m->queued == n->queued && m->option == n->option &&
           m->backlog == n->backlog && m->drops == n->drops;
}

/* Field by field: between them lie bytes that nobody sets. */
static bool tcp_info_equal(const struct sock_tcp_info *a, const struct sock_tcp_info *b)
{
#define SAME(field) (a->field == b->field)
    return SAME(size) && SAME(state) && SAME(retransmits) && SAME(backoff) &&
           SAME(options) && SAME(snd_wscale) && SAME(rcv_wscale) && SAME(rto_us) &&
           SAME(ato_us) && SAME(snd_mss) && SAME(rcv_mss) && SAME(unacked) &&
           SAME(retrans) && SAME(lost) && SAME(sacked) && SAME(rtt_us) &&
           SAME(rttvar_us) && SAME(snd_ssthresh) && SAME(snd_cwnd) && SAME(advmss) &&
           SAME(rcv_space) && SAME(rcv_ssthresh) && SAME(total_retrans) && SAME(pmtu) &&
           SAME(bytes_acked) && SAME(bytes_received) && SAME(bytes_sent) &&
           SAME(segs_out) && SAME(segs_in) && SAME(snd_wnd) && SAME(rcv_wnd);
#undef SAME
}

/* accept() gives a connection its inode and uid, bind() a socket its address: no state
 * changes, but the row does. */
static bool details_equal(const struct sock *a, const struct sock *b)
{
    return endpoint_equal(&a->local, &b->local) &&
           endpoint_equal(&a->remote, &b->remote) && a->uid == b->uid &&
           a->inode == b->inode && a->interface == b->interface &&
           a->listed == b->listed && strcmp(a->congestion, b->congestion) == 0 &&
           memory_equal(a, b) && tcp_info_equal(&a->info, &b->info);
}

/* The most telling change, or SOCKET_CHANGE_COUNT for none. */
static enum socket_change change_of(const struct sock_known *before,
                                    const struct sock *now, int64_t deadline_ns)
{
    const struct sock *was = &before->sock;

    if (was->state != now->state || was->connected != now->connected)
        return SOCKET_STATE;
    if (was->recvq != now->recvq || was->sendq != now->sendq)
        return SOCKET_QUEUES;
    if (was->retrans != now->retrans)
        return SOCKET_RETRANS;
    if (was->timer != now->timer || before->deadline_ns != deadline_ns)
        return SOCKET_TIMER;
    if (!details_equal(was, now))
        return SOCKET_INFO;
    return SOCKET_CHANGE_COUNT;
}

static bool listens_for(const struct sock *listener, const struct sock *sock)
{
    return listener->proto == PROTO_TCP && listener->state == STATE_LISTEN &&
           listener->local.port == sock->local.port &&
           (address_is_any(&listener->local.address) ||
            address_equal(&listener->local.address, &sock->local.address));
}

/* The state that a new socket came from. A half-open one came out of a listener, and is
 * a socket of its own (KERNEL-FACTS); RFC 9293 figure 5 draws it as LISTEN's next state.
 */
static enum tcp_state origin_of(const sock_list *dump, const struct sock *sock)
{
    if (sock->proto != PROTO_TCP)
        return STATE_NONE;
    if (sock->state != STATE_SYN_RECEIVED)
        return STATE_CLOSED;
    vec_each (other, dump) {
        if (listens_for(other, sock))
            return STATE_LISTEN;
    }
    return STATE_CLOSED;
}

static void report_vanished(const struct diff *diff,
                            void (*found)(void *context, enum socket_change change,
                                          enum tcp_state from, const struct sock *sock,
                                          int64_t deadline_ns),
                            void *context)
{
    vec_each (before, diff->known) {
        struct sock last = before->sock;

        if (places_find(&diff->dump_places, last.cookie) >= 0)
            continue;
        last.state = last.proto == PROTO_TCP ? STATE_CLOSED : STATE_NONE;
        found(context, SOCKET_VANISHED, before->sock.state, &last, -1);
    }
}

void sock_diff(sock_known_list *known, const sock_list *dump, int64_t t_ns,
               void (*found)(void *context, enum socket_change change,
                             enum tcp_state from, const struct sock *sock,
                             int64_t deadline_ns),
               void *context)
{
    sock_known_list next = {0};
    struct diff diff;

    diff_open(&diff, known, dump, t_ns);
    report_vanished(&diff, found, context);
    for (size_t i = 0; i < dump->count; i++) {
        const struct sock *sock = &dump->items[i];
        long place = places_find(&diff.known_places, sock->cookie);
        const struct sock_known *before = place >= 0 ? &known->items[place] : NULL;
        int64_t deadline_ns = deadline_of(sock, before, t_ns);
        enum socket_change change = SOCKET_APPEARED;

        if (places_find(&diff.dump_places, sock->cookie) != (long)i)
            continue; /* the kernel moved it while the dump ran, and it is there twice */
        if (before)
            change = change_of(before, sock, deadline_ns);
        if (change != SOCKET_CHANGE_COUNT)
            found(context, change, before ? before->sock.state : origin_of(dump, sock),
                  sock, deadline_ns);
        *vec_push(&next) = (struct sock_known){*sock, deadline_ns};
    }
    diff_close(&diff);
    vec_free(known);
    known->items = next.items;
    known->count = next.count;
    known->room = next.room;
}

int64_t sock_known_next_deadline(const sock_known_list *known)
{
    int64_t next = -1;

    vec_each (sock, known) {
        if (sock->deadline_ns >= 0 && (next < 0 || sock->deadline_ns < next))
            next = sock->deadline_ns;
    }
    return next;
}
