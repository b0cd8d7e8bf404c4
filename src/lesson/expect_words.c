#include "lesson/expect_words.h"

#include <inttypes.h>

bool expect_words_shows(const struct world_sock *sock)
{
    return !sock->gone && (sock->sock.listed || sock->sock.local.port);
}

bool expect_words_is_held(const struct world_packet *packet)
{
    return packet->status == ON_WIRE_HELD && !packet->joined;
}

/* "SYN-SENT", "bound", "connected". One that was reset keeps its port; bound is what has
 * had no state yet. */
static const char *state_word(const struct world_sock *sock)
{
    bool fresh = sock->from == STATE_NONE || sock->from == STATE_CLOSED;

    if (sock->sock.proto == PROTO_UDP)
        return sock->sock.connected ? "connected" : "unconnected";
    if (sock->sock.state == STATE_CLOSED && sock->sock.local.port && fresh)
        return "bound";
    return tcp_state_name(sock->sock.state);
}

void expect_words_ends(const struct sock *sock, struct buf *out)
{
    char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];

    if (!sock->local.port) {
        buf_puts(out, "no address yet");
        return;
    }
    buf_puts(out, endpoint_print(&sock->local, local));
    if (sock->remote.port)
        buf_printf(out, " -> %s", endpoint_print(&sock->remote, remote));
}

void expect_words_sock(const struct world_sock *sock, struct buf *out)
{
    buf_printf(out, "%s (", state_word(sock));
    expect_words_ends(&sock->sock, out);
    buf_puts(out, ")");
}

void expect_words_next(unsigned number, const struct world_sock *sock, struct buf *out)
{
    if (number == EXPECT_WORDS_MAX)
        buf_puts(out, ", and more");
    if (number >= EXPECT_WORDS_MAX)
        return;
    if (number)
        buf_puts(out, ", ");
    expect_words_sock(sock, out);
}

void expect_words_host(const struct world *world, unsigned host, struct buf *out)
{
    unsigned count = 0;

    buf_puts(out, world->hosts[host].name);
    if (!world->hosts[host].up) {
        buf_puts(out, " has crashed");
        return;
    }
    vec_each (sock, &world->socks) {
        if (sock->host != host || !expect_words_shows(sock))
            continue;
        buf_puts(out, count ? "" : " has ");
        expect_words_next(count++, sock, out);
    }
    if (!count)
        buf_puts(out, " has no sockets");
}

void expect_words_wire(const struct world *world, struct buf *out)
{
    unsigned count = 0;

    vec_each (packet, &world->packets) {
        if (!expect_words_is_held(packet) || count++ >= EXPECT_WORDS_MAX)
            continue;
        buf_puts(out, count == 1 ? "the wire holds " : ", ");
        buf_puts(out, packet->label ? packet->label : "a packet");
        if (packet->copies > 1)
            buf_printf(out, " x%" PRIu32, packet->copies);
        buf_printf(out, " %s->%s", packet->from, packet->to);
    }
    if (!count)
        buf_puts(out, "nothing is held");
    if (count > EXPECT_WORDS_MAX)
        buf_printf(out, " and %u more", count - EXPECT_WORDS_MAX);
}
