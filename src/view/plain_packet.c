#include "view/plain_packet.h"

#include <string.h>

#include "view/plain_crowd.h"

/* A segment without room for more says so: its window is 0 (RFC 9293 3.8.6). */
static bool closes_window(const struct event_packet *packet)
{
    const char *window = packet->summary ? strstr(packet->summary, " win=0") : NULL;

    return window && (window[6] == '\0' || window[6] == ' ') && packet->ackno >= 0 &&
           !(packet->flags && strstr(packet->flags, "RST"));
}

/* "SYN+ACK with seq 0 and ack 1"; the window is left out: few lessons speak of it. */
static void add_contents(const struct event_packet *packet, struct buf *out)
{
    const char *proto = packet->proto ? packet->proto : "";

    if (strcmp(proto, "tcp") != 0 && strcmp(proto, "udp") != 0) {
        buf_puts(out, packet->summary ? packet->summary
                      : packet->flags ? packet->flags
                                      : "unknown");
        return;
    }
    buf_puts(out, packet->flags ? packet->flags : proto);
    if (packet->len)
        buf_printf(out, " of %u byte%s", packet->len, packet->len == 1 ? "" : "s");
    if (packet->seqno >= 0)
        buf_printf(out, " with seq %lld", (long long)packet->seqno);
    if (packet->ackno >= 0)
        buf_printf(out, " and ack %lld", (long long)packet->ackno);
    if (closes_window(packet))
        buf_puts(out, ", window 0");
}

/* Why a packet is lost. */
static void add_loss(const struct event_packet *packet, struct buf *out)
{
    static const struct {
        const char *why, *words;
    } rows[] = {
        {"answered", "is not needed any more"},
        {"nobody", "is lost: nobody has this address"},
        {"unplugged", "is lost: the cable is unplugged"},
        {"firewall", "is stopped by the firewall"},
    };

    for (size_t i = 0; packet->why && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(packet->why, rows[i].why) == 0) {
            buf_puts(out, rows[i].words);
            return;
        }
    }
    buf_puts(out, "is lost");
}

static void add_joined(const struct event_packet *packet, struct buf *out)
{
    buf_printf(out, "is sent again: it joins packet %u, which is still held",
               packet->joins);
    if (packet->copies)
        buf_printf(out, ", %u copies by now", packet->copies);
}

static void add_action(const struct world *world, const struct event_packet *packet,
                       struct buf *out)
{
    const struct world_packet *known = world_packet_find(world, packet->id);
    bool resend = known && known->resend;

    switch (packet->action) {
    case PACKET_SENT:
        buf_puts(out, resend ? "is sent again" : "is on its way");
        break;
    case PACKET_HELD:
        if (packet->joins)
            add_joined(packet, out);
        else
            buf_printf(out, "is %sheld on the wire", resend ? "sent again, and " : "");
        break;
    case PACKET_BACKGROUND:
        buf_puts(out, "is sent again, because the answer is still held");
        break;
    case PACKET_DELIVERED:
        buf_puts(out, "arrives");
        break;
    case PACKET_DROPPED:
        add_loss(packet, out);
        break;
    case PACKET_DUPLICATED:
        buf_printf(out, "is a second copy of packet %u", packet->of);
        break;
    case PACKET_CORRUPTED:
        buf_puts(out, "is damaged: one bit is changed");
        break;
    case PACKET_REPLAYED:
        buf_printf(out, "is packet %u, sent once more", packet->of);
        break;
    case PACKET_INJECTED:
        buf_puts(out, "is forged");
        if (known && known->status == ON_WIRE_HELD)
            buf_puts(out, ", and held on the wire");
        break;
    case PACKET_ACTION_COUNT:
        break;
    }
}

void plain_packet_line(const struct world *world, const struct event_packet *packet,
                       struct buf *out)
{
    bool first = packet->action != PACKET_DELIVERED &&
                 packet->action != PACKET_DROPPED && packet->action != PACKET_CORRUPTED;

    buf_printf(out, "Packet %u, ", packet->id);
    if (first || !packet->flags)
        add_contents(packet, out);
    else
        buf_puts(out, packet->flags);
    buf_printf(out, ", from %s to %s, ", packet->from, packet->to);
    add_action(world, packet, out);
    buf_putc(out, '.');
}

void plain_packet_many(const struct world *world, const struct event_packet *packet,
                       struct buf *out)
{
    struct buf action = {0};

    buf_printf(out, "%c packets %s, from %s to %s, ", PLAIN_COUNT,
               packet->flags ? packet->flags : "unknown", packet->from, packet->to);
    add_action(world, packet, &action);
    plain_crowd_plural(buf_text(&action), out);
    buf_putc(out, '.');
    buf_free(&action);
}
