#include "view/details.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "view/details_parts.h"

static const char *const meanings[STATE_COUNT] = {
    [STATE_NONE] = "UDP has no state: each datagram stands alone",
    [STATE_CLOSED] = "no connection: it is new, only bound, or over",
    [STATE_LISTEN] = "it waits for SYNs; accept() takes what is ready",
    [STATE_SYN_SENT] = "its SYN is sent; it waits for the SYN+ACK",
    [STATE_SYN_RECEIVED] = "a SYN came and was answered; it waits for the ACK",
    [STATE_ESTABLISHED] = "data can go both ways",
    [STATE_FIN_WAIT_1] = "it has sent its FIN, which is not acknowledged yet",
    [STATE_FIN_WAIT_2] = "its FIN is acknowledged; it waits for the other FIN",
    [STATE_CLOSE_WAIT] = "the other end's FIN has come; its program must close now",
    [STATE_CLOSING] = "both sent a FIN at once; its own is not acknowledged yet",
    [STATE_LAST_ACK] = "it has sent the last FIN, and waits for the ACK",
    [STATE_TIME_WAIT] = "closed; it waits until old segments have died out",
};

static void add_state(struct facts *facts, const struct world *world,
                      const struct world_sock *sock, int64_t now_ns)
{
    const struct sock *kernel = &sock->sock;
    enum tcp_state state = kernel->state;
    struct buf now = {0};

    if ((unsigned)state >= STATE_COUNT)
        state = STATE_NONE;
    facts_pair_as(facts, ELEMENT_STATE, "State", "%s", tcp_state_name(state));
    if (state != STATE_NONE)
        facts_more(facts, "ss says %s, netstat %s", tcp_state_ss_name(state),
                   tcp_state_netstat_name(state));
    facts_pair(facts, "It means", "%s", meanings[state]);
    if (sock->from != state && sock->from != STATE_NONE)
        facts_pair(facts, "Before", "%s", tcp_state_name(sock->from));
    world_sock_now(world, sock, now_ns, false, &now);
    if (now.len)
        facts_pair(facts, "Now", "%s", buf_text(&now));
    buf_free(&now);
}

static void add_endpoint(struct facts *facts, const char *label,
                         const struct endpoint *endpoint, const char *none)
{
    char text[ADDRESS_TEXT];

    if (!endpoint->port) {
        facts_pair(facts, label, "%s", none);
        return;
    }
    facts_pair(facts, label, "%s%s, port %u",
               address_is_any(&endpoint->address) ? "any of its addresses: " : "",
               address_print(&endpoint->address, text), endpoint->port);
}

static void add_endpoints(struct facts *facts, const struct sock *sock)
{
    bool mapped = sock->family == AF_INET6 && sock->local.address.family == AF_INET;
    bool listens = sock->state == STATE_LISTEN;

    facts_head(facts, "Endpoints");
    facts_pair(facts, "Protocol", "%s over %s", sock->proto == PROTO_UDP ? "UDP" : "TCP",
               sock->local.address.family == AF_INET6 ? "IPv6" : "IPv4");
    add_endpoint(facts, "Local", &sock->local, "not bound yet");
    add_endpoint(facts, "Remote", &sock->remote,
                 listens                    ? "anybody: each client gets its own socket"
                 : sock->proto == PROTO_UDP ? "anybody: it is not connected"
                                            : "none");
    if (mapped)
        facts_more(facts, "An IPv6 socket that speaks IPv4 here.");
    if (listens && sock->family == AF_INET6 && address_is_any(&sock->local.address))
        facts_more(facts, "IPv4 clients too, unless IPV6_V6ONLY is set.");
    if (sock->proto == PROTO_TCP && sock->remote.port)
        facts_more(facts, "These four and the protocol are the connection's name: "
                          "no other connection has all of them.");
    if (sock->interface)
        facts_pair(facts, "Interface", "number %u only", sock->interface);
}

static void add_queues(struct facts *facts, const struct sock *sock)
{
    facts_head(facts, "Queues");
    if (sock->proto == PROTO_UDP) {
        facts_pair(facts, "RECV-Q", "%u bytes of memory, more than the payload",
                   sock->recvq);
        facts_pair(facts, "SEND-Q", "%u bytes of memory", sock->sendq);
    } else if (sock->state == STATE_LISTEN) {
        facts_pair(facts, "RECV-Q", "%u connection%s for accept()", sock->recvq,
                   sock->recvq == 1 ? " waits" : "s wait");
        facts_pair(facts, "SEND-Q", "%u: the backlog, so there is room for %" PRIu64,
                   sock->sendq, (uint64_t)sock->sendq + 1);
    } else {
        facts_pair(facts, "RECV-Q", "%u byte%s that the program has not read",
                   sock->recvq, sock->recvq == 1 ? "" : "s");
        facts_pair(facts, "SEND-Q", "%u byte%s not yet acknowledged", sock->sendq,
                   sock->sendq == 1 ? "" : "s");
        if (sock->recvq || sock->sendq)
            facts_more(facts, "A SYN and a FIN count as one byte.");
    }
}

static const char *timer_words(const struct sock *sock)
{
    switch (sock->timer) {
    case TIMER_RESEND:
        return "resend: what is not acknowledged goes out again";
    case TIMER_KEEPALIVE:
        if (sock->state == STATE_FIN_WAIT_2 && sock->inode == 0)
            return "to give up: nobody holds this socket any more";
        return "keepalive: asks whether the other end is still there";
    case TIMER_TIME_WAIT:
        return "time-wait: then the socket is gone";
    case TIMER_PROBE:
        return "probe: asks whether the window is open again";
    case TIMER_NONE:
    case TIMER_COUNT:
        break;
    }
    return "none";
}

static void add_timer(struct facts *facts, const struct sock *sock)
{
    facts_pair(facts, "Timer", "%s", timer_words(sock));
    if (sock->retrans)
        facts_pair(facts, "Tries", "%u so far", sock->retrans);
}

static void add_owner(struct facts *facts, const struct world_sock *sock)
{
    const struct sock *kernel = &sock->sock;
    char *owner = printable_line(sock->owner ? sock->owner : "unknown");

    facts_head(facts, "Owner");
    facts_pair(facts, "Owner", "%s", owner);
    if (kernel->inode)
        facts_pair(facts, "Inode", "%u: socket:[%u] in /proc/PID/fd", kernel->inode,
                   kernel->inode);
    else
        facts_pair(facts, "Inode", "none: no program has a descriptor for it");
    if (kernel->inode)
        facts_pair(facts, "User", "uid %u", kernel->uid);
    facts_pair(facts, "Cookie", "%" PRIx64 ": the kernel's name for it (sk: in ss -e)",
               kernel->cookie);
    free(owner);
}

static void add_memory(struct facts *facts, const struct sock *sock)
{
    const struct sock_memory *memory = &sock->memory;

    if (!sock->has_memory)
        return;
    facts_head(facts, "Memory");
    facts_pair(facts, "To receive", "%u of %u bytes", memory->rmem, memory->rcvbuf);
    facts_pair(facts, "To send", "%u of %u bytes", memory->wmem, memory->sndbuf);
    facts_pair(facts, "Queued", "%u bytes; %u more are set aside", memory->queued,
               memory->forward);
    facts_pair(facts, "Backlog", "%u bytes", memory->backlog);
    facts_pair(facts, "Dropped", "%u packet%s", memory->drops,
               memory->drops == 1 ? "" : "s");
}

/* ss takes these words (misc/ss.c, scan_state); NULL: it shows no such socket. */
static const char *ss_state(const struct sock *sock)
{
    static const char *const words[STATE_COUNT] = {
        [STATE_ESTABLISHED] = "established", [STATE_SYN_SENT] = "syn-sent",
        [STATE_SYN_RECEIVED] = "syn-recv",   [STATE_FIN_WAIT_1] = "fin-wait-1",
        [STATE_FIN_WAIT_2] = "fin-wait-2",   [STATE_TIME_WAIT] = "time-wait",
        [STATE_CLOSE_WAIT] = "close-wait",   [STATE_LAST_ACK] = "last-ack",
        [STATE_LISTEN] = "listening",        [STATE_CLOSING] = "closing",
    };

    if (sock->proto == PROTO_UDP)
        return sock->connected ? "established" : "unconnected";
    return (unsigned)sock->state < STATE_COUNT ? words[sock->state] : NULL;
}

/* The shell would take [ ] for a pattern. */
static void add_filter(struct buf *out, const char *word,
                       const struct endpoint *endpoint)
{
    char text[ENDPOINT_TEXT];
    bool quoted = endpoint->address.family == AF_INET6;

    if (endpoint->port)
        buf_printf(out, " %s %s%s%s", word, quoted ? "'" : "",
                   endpoint_print(endpoint, text), quoted ? "'" : "");
}

void details_ss_command(const struct world_sock *sock, struct buf *out)
{
    const char *state = ss_state(&sock->sock);

    if (!state || sock->gone || !sock->sock.local.port)
        return;
    buf_printf(out, "ss %s state %s",
               sock->sock.proto == PROTO_UDP ? "-unemo" : "-tinemo", state);
    add_filter(out, "src", &sock->sock.local);
    add_filter(out, "dst", &sock->sock.remote);
}

static void add_ss(struct facts *facts, const struct world_sock *sock)
{
    struct buf command = {0};

    facts_head(facts, "The same with ss, on its host");
    details_ss_command(sock, &command);
    if (command.len)
        facts_wide(facts, ELEMENT_CODE, "%s", buf_text(&command));
    else if (sock->gone)
        facts_wide(facts, ELEMENT_TEXT, "It has gone: ss does not show it any more.");
    else
        facts_wide(facts, ELEMENT_TEXT,
                   "ss shows a socket when it is bound and listens or connects.");
    buf_free(&command);
}

int details_draw(const struct world *world, const struct world_sock *sock,
                 const struct details_look *look, struct canvas *canvas,
                 struct area area)
{
    const char *host =
        sock->host < world->host_count ? world->hosts[sock->host].name : "";
    struct facts facts;

    facts_begin(&facts, area.width);
    facts_pair(&facts, "Host", "%s", host);
    add_state(&facts, world, sock, look->now_ns);
    add_endpoints(&facts, &sock->sock);
    add_queues(&facts, &sock->sock);
    add_timer(&facts, &sock->sock);
    details_graph(&facts, sock, look->now_ns, canvas->ascii);
    add_ss(&facts, sock);
    add_owner(&facts, sock);
    details_tcp_info(&facts, &sock->sock);
    add_memory(&facts, &sock->sock);
    return facts_draw(&facts, look->scroll, canvas, area);
}
