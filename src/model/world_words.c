/* The NOW column: what the kernel's numbers mean, in words (DESIGN section 4). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/world.h"

/* Several facts in one column, the most telling first. */
struct facts {
    struct buf *out;
    bool brief;
    bool some;
};

static void __attribute__((format(printf, 2, 3)))
say(struct facts *facts, const char *format, ...)
{
    va_list args;

    if (facts->some)
        buf_puts(facts->out, ", ");
    facts->some = true;
    va_start(args, format);
    buf_vprintf(facts->out, format, args);
    va_end(args);
}

/* "0.4 s", "75 s": under ten seconds with a decimal, because there one watches it run.
 */
static void time_text(int64_t ns, char out[32])
{
    int64_t tenths = (ns + NS_PER_S / 20) / (NS_PER_S / 10);

    if (tenths < 1)
        tenths = 1; /* it has not run out yet */
    if (tenths < 100)
        snprintf(out, 32, "%" PRId64 ".%" PRId64 " s", tenths / 10, tenths % 10);
    else
        snprintf(out, 32, "%" PRId64 " s", (ns + NS_PER_S / 2) / NS_PER_S);
}

/* "sends again in 0.4 s", "sends again 0.4 s", "sends again now". */
static void say_when(struct facts *facts, const char *what, const char *brief_what,
                     const char *brief_in, int64_t deadline_ns, int64_t now_ns)
{
    const char *words = facts->brief ? brief_what : what;
    char text[32];

    if (deadline_ns < 0) {
        say(facts, "%s", words);
    } else if (deadline_ns <= now_ns) {
        say(facts, "%s now", words);
    } else {
        time_text(deadline_ns - now_ns, text);
        say(facts, "%s %s%s", words, facts->brief ? brief_in : "in ", text);
    }
}

static void say_timer(struct facts *facts, const struct world_sock *sock, int64_t now_ns)
{
    bool orphan = sock->sock.inode == 0;
    char text[32];

    switch (sock->sock.timer) {
    case TIMER_RESEND:
        say_when(facts, "sends again", "sends again", "", sock->deadline_ns, now_ns);
        break;
    case TIMER_KEEPALIVE:
        /* An orphan in FIN-WAIT-2 has no keepalive: the kernel uses the same timer to
         * count down to giving up (tcp_rcv_state_process, net/ipv4/tcp_input.c). */
        if (sock->sock.state != STATE_FIN_WAIT_2 || !orphan)
            say_when(facts, "asks if alive", "asks", "in ", sock->deadline_ns, now_ns);
        break;
    case TIMER_TIME_WAIT:
        if (sock->deadline_ns < 0)
            break;
        if (sock->deadline_ns <= now_ns) {
            say(facts, "ends now");
            break;
        }
        time_text(sock->deadline_ns - now_ns, text);
        say(facts, "%s left", text);
        break;
    case TIMER_PROBE:
        say_when(facts, "probes the window", "probes", "in ", sock->deadline_ns, now_ns);
        break;
    case TIMER_NONE:
    case TIMER_COUNT:
        break;
    }
}

/* In these states the other end's FIN has come, and counts as one in RECV-Q until the
 * program has read the end of the stream (KERNEL-FACTS: "CLOSE-WAIT can show RECV-Q 1").
 */
static bool fin_has_come(enum tcp_state state)
{
    return state == STATE_CLOSE_WAIT || state == STATE_LAST_ACK ||
           state == STATE_CLOSING || state == STATE_TIME_WAIT;
}

static void say_unread(struct facts *facts, const struct sock *sock)
{
    uint32_t bytes = sock->recvq;

    if (bytes && fin_has_come(sock->state))
        bytes--;
    if (!bytes)
        return;
    if (facts->brief)
        say(facts, "%u unread", bytes);
    else
        say(facts, "%u byte%s unread", bytes, bytes == 1 ? "" : "s");
}

/* SYN and FIN count as one in SEND-Q. */
static void say_unacknowledged(struct facts *facts, const struct sock *sock)
{
    const char *flag = NULL, *end = facts->brief ? "unacked" : "not yet acknowledged";
    uint32_t bytes = sock->sendq;

    if (sock->state == STATE_SYN_SENT)
        flag = "SYN";
    else if (sock->state == STATE_FIN_WAIT_1 || sock->state == STATE_LAST_ACK ||
             sock->state == STATE_CLOSING)
        flag = "FIN";
    if (!bytes)
        return;
    if (flag)
        bytes--;
    if (flag && bytes && facts->brief)
        say(facts, "%u + %s %s", bytes, flag, end);
    else if (flag && bytes)
        say(facts, "%u byte%s and %s %s", bytes, bytes == 1 ? "" : "s", flag, end);
    else if (flag)
        say(facts, "%s %s", flag, end);
    else if (facts->brief)
        say(facts, "%u %s", bytes, end);
    else
        say(facts, "%u byte%s %s", bytes, bytes == 1 ? "" : "s", end);
}

/* listen(fd, n) makes room for n + 1 (KERNEL-FACTS; sk_acceptq_is_full, net/sock.h). */
static void say_listener(struct facts *facts, const struct sock *sock)
{
    uint64_t room = (uint64_t)sock->sendq + 1;

    room = room > sock->recvq ? room - sock->recvq : 0;
    say(facts, "%u waiting, room %s%" PRIu64, sock->recvq, facts->brief ? "" : "for ",
        room);
}

void world_sock_now(const struct world *world, const struct world_sock *sock,
                    int64_t now_ns, bool brief, struct buf *out)
{
    struct facts facts = {.out = out, .brief = brief};
    const struct sock *kernel = &sock->sock;

    (void)world;
    if (sock->gone) {
        say(&facts, "gone");
        return;
    }
    if (kernel->proto != PROTO_TCP) {
        if (kernel->recvq) /* it counts buffer memory, not payload */
            say(&facts, "data waiting");
        return;
    }
    if (kernel->state == STATE_LISTEN) {
        say_listener(&facts, kernel);
        return;
    }
    if (kernel->state == STATE_CLOSED) {
        say(&facts, kernel->local.port ? "bound" : "new");
        return;
    }
    if (kernel->state == STATE_SYN_RECEIVED)
        say(&facts, "half open");
    else if (sock->owner && strcmp(sock->owner, "not accepted yet") == 0)
        say(&facts, brief ? "not accepted" : "not accepted yet");
    say_unread(&facts, kernel);
    if (kernel->state == STATE_FIN_WAIT_2)
        say(&facts, "%s", brief ? "waits for FIN" : "waits for the other FIN");
    say_timer(&facts, sock, now_ns);
    if (kernel->state != STATE_SYN_RECEIVED)
        say_unacknowledged(&facts, kernel);
}
