#include "lesson/expect.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>

#include "lesson/expect_words.h"

static bool compare(int64_t value, enum compare how, int64_t wanted)
{
    switch (how) {
    case COMPARE_AT_LEAST:
        return value >= wanted;
    case COMPARE_AT_MOST:
        return value <= wanted;
    case COMPARE_EQUAL:
        break;
    }
    return value == wanted;
}

static bool state_holds(const struct expectation *expect, const struct sock *sock)
{
    switch (expect->state_kind) {
    case EXPECT_STATE_ANY:
        return true;
    case EXPECT_STATE_TCP:
        return sock->proto == PROTO_TCP && sock->state == expect->state;
    case EXPECT_STATE_BOUND:
        return sock->proto == PROTO_TCP && sock->state == STATE_CLOSED &&
               sock->local.port;
    case EXPECT_STATE_UNCONNECTED:
        return sock->proto == PROTO_UDP && !sock->connected;
    case EXPECT_STATE_CONNECTED:
        return sock->proto == PROTO_UDP && sock->connected;
    }
    return false;
}

/* ---- Fields ---- */

static bool has_info(const struct sock *sock, size_t end)
{
    return sock->proto == PROTO_TCP && sock->info.size >= end;
}

#define INFO_END(field) (offsetof(struct tcp_info, field) + sizeof(uint32_t))

static const char *field_name(enum expect_field field)
{
    static const char *const names[FIELD_COUNT] = {
        [FIELD_RECVQ] = "recvq",     [FIELD_SENDQ] = "sendq",
        [FIELD_RETRANS] = "retrans", [FIELD_BACKLOG] = "backlog",
        [FIELD_CWND] = "cwnd",       [FIELD_SSTHRESH] = "ssthresh",
        [FIELD_RTO] = "rto",         [FIELD_TIMER] = "timer",
    };

    return names[field];
}

/* The field's value; false if this kernel does not report it for this socket. */
static bool field_value(const struct sock *sock, enum expect_field field, int64_t *out)
{
    switch (field) {
    case FIELD_RECVQ:
        *out = sock->recvq;
        return true;
    case FIELD_SENDQ:
        *out = sock->sendq;
        return true;
    case FIELD_RETRANS:
        *out = sock->retrans;
        return true;
    case FIELD_BACKLOG:
        /* net/ipv4/inet_diag.c: of a listener, idiag_wqueue is sk_max_ack_backlog. */
        *out = sock->sendq;
        return true;
    case FIELD_CWND:
        *out = sock->info.snd_cwnd;
        return has_info(sock, INFO_END(tcpi_snd_cwnd));
    case FIELD_SSTHRESH:
        *out = sock->info.snd_ssthresh;
        return has_info(sock, INFO_END(tcpi_snd_ssthresh));
    case FIELD_RTO:
        *out = sock->info.rto_us / 1000;
        return has_info(sock, INFO_END(tcpi_rto));
    case FIELD_TIMER:
        *out = sock->timer;
        return true;
    case FIELD_COUNT:
        break;
    }
    return false;
}

/* "the kernel says recvq=5 (10.0.0.1:5 -> 10.0.0.2:80)" */
static void field_words(const struct sock *sock, enum expect_field field, int64_t value,
                        struct buf *found)
{
    buf_printf(found, "the kernel says %s=", field_name(field));
    if (field == FIELD_TIMER)
        buf_puts(found, sock_timer_name((enum sock_timer)value));
    else
        buf_printf(found, "%" PRId64, value);
    buf_puts(found, " (");
    expect_words_ends(sock, found);
    buf_puts(found, ")");
}

/* Judges the FIELD=VALUEs of a socket; a field that is wrong counts more than one that
 * is not reported. */
static enum expect_status judge_fields(const struct expectation *expect,
                                       const struct sock *sock, struct buf *found)
{
    const char *missing = NULL;

    if (expect->state_kind == EXPECT_STATE_BOUND && !sock->listed) {
        buf_puts(found, "this kernel does not list sockets that are only bound");
        return EXPECT_SKIPPED;
    }
    vec_each (condition, &expect->conditions) {
        bool timer = condition->field == FIELD_TIMER;
        int64_t value, wanted = timer ? (int64_t)condition->timer : condition->value;

        if (!field_value(sock, condition->field, &value)) {
            missing = field_name(condition->field);
            continue;
        }
        if (compare(value, condition->compare, wanted))
            continue;
        field_words(sock, condition->field, value, found);
        return EXPECT_FAILED;
    }
    if (!missing)
        return EXPECT_PASSED;
    buf_printf(found, "this kernel does not report %s", missing);
    return EXPECT_SKIPPED;
}

/* ---- Sockets ---- */

/* A socket that the kernel no longer has; NULL if not even its ends are known. */
static enum expect_status judge_gone(const struct expectation *expect,
                                     const struct world_sock *sock, struct buf *found)
{
    if (expect->state_kind != EXPECT_STATE_TCP || expect->state != STATE_CLOSED)
        buf_puts(found, "the kernel says CLOSED");
    else if (expect->conditions.count)
        buf_printf(found, "the kernel says nothing of %s",
                   field_name(expect->conditions.items[0].field));
    else
        return EXPECT_PASSED;
    buf_puts(found, " (it no longer has ");
    if (sock && sock->sock.local.port)
        expect_words_ends(&sock->sock, found);
    else
        buf_puts(found, "this socket");
    buf_puts(found, ")");
    return EXPECT_FAILED;
}

static enum expect_status judge_var(const struct expectation *expect,
                                    const struct world *world, struct buf *found)
{
    const struct world_var *var = world_var_find(world, expect->process, expect->var);
    int host = world_host_find(world, expect->host);
    const struct world_sock *sock = NULL;
    char name[THREAD_TEXT + NAME_TEXT];

    snprintf(name, sizeof(name), "%s.%s", expect->process, expect->var);
    if (!var || host < 0) {
        buf_printf(found, "%s is not set yet", name);
        return EXPECT_FAILED;
    }
    if (!var->cookie) {
        buf_printf(found, "%s holds a number, not a socket", name);
        return EXPECT_FAILED;
    }
    vec_each (other, &world->socks)
        if (other->host == (unsigned)host && other->sock.cookie == var->cookie)
            sock = other;
    if (!sock || sock->gone)
        return judge_gone(expect, sock, found);
    if (!state_holds(expect, &sock->sock)) {
        buf_puts(found, "the kernel says ");
        expect_words_sock(sock, found);
        return EXPECT_FAILED;
    }
    return judge_fields(expect, &sock->sock, found);
}

static bool ends_match(const struct expectation *expect, int host,
                       const struct world_sock *sock)
{
    return host >= 0 && sock->host == (unsigned)host && expect_words_shows(sock) &&
           (!expect->proto || sock->sock.proto == expect->proto) &&
           endpoint_matches(&expect->local, &sock->sock.local) &&
           endpoint_matches(&expect->remote, &sock->sock.remote);
}

/* "the kernel has no such socket; server has LISTEN (0.0.0.0:6666)" */
static void none_words(const struct world *world, int host, struct buf *found)
{
    if (host >= 0)
        expect_words_host(world, (unsigned)host, found);
    else
        buf_puts(found, "this host is not there");
}

static enum expect_status judge_sock(const struct expectation *expect,
                                     const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    enum expect_status status = EXPECT_FAILED;
    struct buf fields = {0}, states = {0};
    unsigned others = 0;

    vec_each (sock, &world->socks) {
        enum expect_status one;

        if (!ends_match(expect, host, sock))
            continue;
        if (!state_holds(expect, &sock->sock)) {
            buf_puts(&states, others ? "" : "the kernel says ");
            expect_words_next(others++, sock, &states);
            continue;
        }
        if (status == EXPECT_FAILED)
            buf_clear(&fields); /* else it says why this is skipped */
        one = judge_fields(expect, &sock->sock,
                           status == EXPECT_FAILED ? &fields : &states);
        if (one != EXPECT_FAILED)
            status = one;
        if (one == EXPECT_PASSED)
            break;
    }
    if (fields.len || states.len) {
        buf_puts(found, buf_text(fields.len ? &fields : &states));
    } else if (status != EXPECT_PASSED) {
        buf_puts(found, "the kernel has no such socket; ");
        none_words(world, host, found);
    }
    buf_free(&fields);
    buf_free(&states);
    return status;
}

static enum expect_status judge_no(const struct expectation *expect,
                                   const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    unsigned count = 0;

    vec_each (sock, &world->socks) {
        if (!ends_match(expect, host, sock) || !state_holds(expect, &sock->sock))
            continue;
        buf_puts(found, count ? "" : "the kernel says ");
        expect_words_next(count++, sock, found);
    }
    return count ? EXPECT_FAILED : EXPECT_PASSED;
}

/* "the kernel has 1: LISTEN (0.0.0.0:6666)", or what there is instead */
static enum expect_status judge_count(const struct expectation *expect,
                                      const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    struct buf list = {0};
    unsigned count = 0;
    bool holds;

    vec_each (sock, &world->socks)
        if (host >= 0 && sock->host == (unsigned)host && expect_words_shows(sock) &&
            state_holds(expect, &sock->sock))
            expect_words_next(count++, sock, &list);
    holds = compare(count, expect->compare, expect->count);
    if (!holds && count) {
        buf_printf(found, "the kernel has %u: %s", count, buf_text(&list));
    } else if (!holds) {
        buf_puts(found, "the kernel has none; ");
        none_words(world, host, found);
    }
    buf_free(&list);
    return holds ? EXPECT_PASSED : EXPECT_FAILED;
}

/* ---- The wire ---- */

struct chooser {
    const struct world *world;
    const struct match *match;
};

static bool fits(void *context, size_t index)
{
    const struct chooser *chooser = context;
    const struct world_packet *packet = &chooser->world->packets.items[index];

    return expect_words_is_held(packet) &&
           match_fits(chooser->match, &packet->decoded, packet->from, packet->to);
}

static enum expect_status judge_wire(const struct expectation *expect,
                                     const struct world *world, struct buf *found)
{
    struct chooser chooser = {world, &expect->match};
    bool one = expect->match.last || expect->match.number;
    long chosen =
        one ? match_choose(&expect->match, world->packets.count, fits, &chooser) : -1;
    int64_t count = 0;

    for (size_t i = 0; i < world->packets.count; i++) {
        int64_t copies = world->packets.items[i].copies;

        if (one ? (long)i != chosen : !fits(&chooser, i))
            continue;
        count += expect->copies < 0 ||
                 compare(copies, expect->copies_compare, expect->copies);
    }
    if (expect->count < 0 ? count > 0 : compare(count, expect->compare, expect->count))
        return EXPECT_PASSED;
    if (expect->count >= 0)
        buf_printf(found, "%" PRId64 " fit%s: ", count, count == 1 ? "s" : "");
    expect_words_wire(world, found);
    return EXPECT_FAILED;
}

static enum expect_status judge_wire_empty(const struct world *world, struct buf *found)
{
    vec_each (packet, &world->packets) {
        if (!expect_words_is_held(packet))
            continue;
        expect_words_wire(world, found);
        return EXPECT_FAILED;
    }
    return EXPECT_PASSED;
}

/* ---- Threads ---- */

/* "server is idle: recv() has returned 5" */
static void idle_words(const struct world_thread *thread, struct buf *found)
{
    buf_printf(found, "%s is idle: ", thread->name);
    if (!thread->called || !thread->call)
        buf_puts(found, "it has made no call");
    else if (thread->error)
        buf_printf(found, "%s() has failed with %s", thread->call, thread->error);
    else
        buf_printf(found, "%s() has returned %s", thread->call,
                   thread->result ? thread->result : "");
}

static enum expect_status judge_thread(const struct expectation *expect,
                                       const struct world *world, struct buf *found)
{
    const struct world_thread *thread = NULL;
    const char *call;
    bool idle = expect->kind == EXPECT_IDLE;

    vec_each (other, &world->threads)
        if (strcmp(other->name, expect->thread) == 0)
            thread = other;
    call = thread && thread->call ? thread->call : "a call";
    if (!thread)
        buf_printf(found, "there is no thread %s", expect->thread);
    else if (!thread->alive)
        buf_printf(found, "%s has ended", expect->thread);
    else if (!thread->called || thread->status == CALL_RETURNED) {
        if (idle)
            return EXPECT_PASSED;
        idle_words(thread, found);
    } else if (thread->status == CALL_PENDING) {
        buf_printf(found, "%s waits for 'step' before %s()", expect->thread, call);
    } else if (thread->status == CALL_BLOCKED) {
        if (!idle && strcmp(call, expect->call) == 0)
            return EXPECT_PASSED;
        buf_printf(found, "%s is blocked in %s()", expect->thread, call);
    } else {
        buf_printf(found, "%s is in %s()", expect->thread, call);
    }
    return EXPECT_FAILED;
}

enum expect_status expect_judge(const struct expectation *expect,
                                const struct world *world, struct buf *found)
{
    switch (expect->kind) {
    case EXPECT_VAR:
        return judge_var(expect, world, found);
    case EXPECT_SOCKET:
        return judge_sock(expect, world, found);
    case EXPECT_NO:
        return judge_no(expect, world, found);
    case EXPECT_COUNT:
        return judge_count(expect, world, found);
    case EXPECT_WIRE:
        return judge_wire(expect, world, found);
    case EXPECT_WIRE_EMPTY:
        return judge_wire_empty(world, found);
    case EXPECT_BLOCKED:
    case EXPECT_IDLE:
        return judge_thread(expect, world, found);
    }
    return EXPECT_FAILED;
}
