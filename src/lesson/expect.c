#include "lesson/expect.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>

#define FOUND_MAX 3 /* sockets or packets that a message names */

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

/* What LOCAL and REMOTE can find: also an older kernel's socket that is only bound,
 * which no dump lists; but not one that has no address yet. */
static bool is_visible(const struct world_sock *sock)
{
    return !sock->gone && (sock->sock.listed || sock->sock.local.port);
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

/* "SYN-SENT", "bound", "UDP, connected" */
static const char *state_words(const struct sock *sock)
{
    if (sock->proto == PROTO_UDP)
        return sock->connected ? "connected (UDP)" : "unconnected (UDP)";
    if (sock->state == STATE_CLOSED && sock->local.port)
        return "bound";
    return tcp_state_name(sock->state);
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

/* Judges the FIELD=VALUEs of a socket; a field that is wrong counts more than one that
 * is not reported. name is the socket's, for found. */
static enum expect_status judge_fields(const struct expectation *expect,
                                       const struct sock *sock, const char *name,
                                       struct buf *found)
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
        if (timer)
            buf_printf(found, "%s has timer=%s", name,
                       sock_timer_name((enum sock_timer)value));
        else
            buf_printf(found, "%s has %s=%" PRId64, name, field_name(condition->field),
                       value);
        return EXPECT_FAILED;
    }
    if (!missing)
        return EXPECT_PASSED;
    buf_printf(found, "this kernel does not report %s", missing);
    return EXPECT_SKIPPED;
}

/* ---- Sockets ---- */

/* A socket that the kernel no longer has. */
static enum expect_status judge_gone(const struct expectation *expect,
                                     const struct world_sock *sock, const char *name,
                                     struct buf *found)
{
    bool udp = sock && sock->sock.proto == PROTO_UDP;

    if (!udp && expect->state_kind == EXPECT_STATE_TCP &&
        expect->state == STATE_CLOSED && !expect->conditions.count)
        return EXPECT_PASSED;
    buf_printf(found, "%s is %s", name,
               udp ? "gone: the kernel no longer has it"
                   : "CLOSED: the kernel no longer has it");
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
        return judge_gone(expect, sock, name, found);
    if (!state_holds(expect, &sock->sock)) {
        buf_printf(found, "%s is %s", name, state_words(&sock->sock));
        return EXPECT_FAILED;
    }
    return judge_fields(expect, &sock->sock, name, found);
}

/* "192.168.0.101:6666 192.168.0.110:41900", or the local end alone. */
static void sock_name(const struct sock *sock, struct buf *out)
{
    char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];

    endpoint_print(&sock->local, local);
    endpoint_print(&sock->remote, remote);
    buf_puts(out, local);
    if (sock->remote.port)
        buf_printf(out, " %s", remote);
}

static bool ends_match(const struct expectation *expect, int host,
                       const struct world_sock *sock)
{
    return host >= 0 && sock->host == (unsigned)host && is_visible(sock) &&
           (!expect->proto || sock->sock.proto == expect->proto) &&
           endpoint_matches(&expect->local, &sock->sock.local) &&
           endpoint_matches(&expect->remote, &sock->sock.remote);
}

static void describe(struct buf *found, unsigned number, const struct sock *sock)
{
    if (number == FOUND_MAX)
        buf_puts(found, ", and more");
    if (number >= FOUND_MAX)
        return;
    if (number)
        buf_puts(found, ", ");
    sock_name(sock, found);
    buf_printf(found, " is %s", state_words(sock));
}

static enum expect_status judge_sock(const struct expectation *expect,
                                     const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    enum expect_status status = EXPECT_FAILED;
    struct buf fields = {0}, states = {0}, name = {0};
    unsigned others = 0;

    vec_each (sock, &world->socks) {
        enum expect_status one;

        if (!ends_match(expect, host, sock))
            continue;
        if (!state_holds(expect, &sock->sock)) {
            describe(&states, others++, &sock->sock);
            continue;
        }
        buf_clear(&name);
        if (status == EXPECT_FAILED)
            buf_clear(&fields); /* else it says why this is skipped */
        sock_name(&sock->sock, &name);
        one = judge_fields(expect, &sock->sock, buf_text(&name),
                           status == EXPECT_FAILED ? &fields : &states);
        if (one != EXPECT_FAILED)
            status = one;
        if (one == EXPECT_PASSED)
            break;
    }
    if (status != EXPECT_PASSED)
        buf_puts(found, fields.len   ? buf_text(&fields)
                        : states.len ? buf_text(&states)
                                     : "no such socket");
    buf_free(&fields);
    buf_free(&states);
    buf_free(&name);
    return status;
}

static enum expect_status judge_no(const struct expectation *expect,
                                   const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    unsigned count = 0;

    vec_each (sock, &world->socks)
        if (ends_match(expect, host, sock) && state_holds(expect, &sock->sock))
            describe(found, count++, &sock->sock);
    return count ? EXPECT_FAILED : EXPECT_PASSED;
}

static enum expect_status judge_count(const struct expectation *expect,
                                      const struct world *world, struct buf *found)
{
    int host = world_host_find(world, expect->host);
    int64_t count = 0;

    vec_each (sock, &world->socks)
        count += host >= 0 && sock->host == (unsigned)host && is_visible(sock) &&
                 state_holds(expect, &sock->sock);
    if (compare(count, expect->compare, expect->count))
        return EXPECT_PASSED;
    buf_printf(found, "%" PRId64 " of them", count);
    return EXPECT_FAILED;
}

/* ---- The wire ---- */

static bool is_held(const struct world_packet *packet)
{
    return packet->status == ON_WIRE_HELD && !packet->joined;
}

struct chooser {
    const struct world *world;
    const struct match *match;
};

static bool fits(void *context, size_t index)
{
    const struct chooser *chooser = context;
    const struct world_packet *packet = &chooser->world->packets.items[index];

    return is_held(packet) &&
           match_fits(chooser->match, &packet->decoded, packet->from, packet->to);
}

/* "held: SYN x3 client->server, ACK server->client" */
static void describe_held(const struct world *world, struct buf *found)
{
    unsigned count = 0;

    vec_each (packet, &world->packets) {
        if (!is_held(packet))
            continue;
        if (count++ >= FOUND_MAX)
            continue;
        buf_puts(found, count == 1 ? "held: " : ", ");
        buf_puts(found, packet->label ? packet->label : "a packet");
        if (packet->copies > 1)
            buf_printf(found, " x%" PRIu32, packet->copies);
        buf_printf(found, " %s->%s", packet->from, packet->to);
    }
    if (!count)
        buf_puts(found, "nothing is held");
    if (count > FOUND_MAX)
        buf_printf(found, " and %u more", count - FOUND_MAX);
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
        buf_printf(found, "%" PRId64 " of them; ", count);
    describe_held(world, found);
    return EXPECT_FAILED;
}

static enum expect_status judge_wire_empty(const struct world *world, struct buf *found)
{
    vec_each (packet, &world->packets) {
        if (!is_held(packet))
            continue;
        describe_held(world, found);
        return EXPECT_FAILED;
    }
    return EXPECT_PASSED;
}

/* ---- Threads ---- */

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
        buf_printf(found, "%s is idle", expect->thread);
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
