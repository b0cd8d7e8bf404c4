/* packet_text: a decoded packet in words. */
#include "model/packet.h"

#define ANY_CODE (-1)

struct icmp_words {
    uint8_t type;
    int code; /* or ANY_CODE */
    const char *words;
};

/* RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1 (code 13). */
static const struct icmp_words icmp_words[] = {
    {0, ANY_CODE, "echo reply"},
    {3, 0, "network unreachable"},
    {3, 1, "host unreachable"},
    {3, 2, "protocol unreachable"},
    {3, 3, "port unreachable"},
    {3, 4, "fragmentation needed"},
    {3, 5, "source route failed"},
    {3, 6, "network unknown"},
    {3, 7, "host unknown"},
    {3, 9, "network prohibited"},
    {3, 10, "host prohibited"},
    {3, 13, "administratively prohibited"},
    {3, ANY_CODE, "destination unreachable"},
    {4, ANY_CODE, "source quench"},
    {5, ANY_CODE, "redirect"},
    {8, ANY_CODE, "echo request"},
    {11, 0, "TTL exceeded"},
    {11, 1, "reassembly time exceeded"},
    {11, ANY_CODE, "time exceeded"},
    {12, ANY_CODE, "parameter problem"},
    {0, 0, NULL},
};

/* RFC 4443 sections 3 and 4; RFC 4861 section 4 (133 to 137). */
static const struct icmp_words icmpv6_words[] = {
    {1, 0, "no route"},
    {1, 1, "administratively prohibited"},
    {1, 2, "beyond scope"},
    {1, 3, "address unreachable"},
    {1, 4, "port unreachable"},
    {1, 5, "source address refused"},
    {1, 6, "route rejected"},
    {1, ANY_CODE, "destination unreachable"},
    {2, ANY_CODE, "packet too big"},
    {3, 0, "hop limit exceeded"},
    {3, 1, "reassembly time exceeded"},
    {3, ANY_CODE, "time exceeded"},
    {4, ANY_CODE, "parameter problem"},
    {128, ANY_CODE, "echo request"},
    {129, ANY_CODE, "echo reply"},
    {133, ANY_CODE, "router solicitation"},
    {134, ANY_CODE, "router advertisement"},
    {135, ANY_CODE, "neighbor solicitation"},
    {136, ANY_CODE, "neighbor advertisement"},
    {137, ANY_CODE, "redirect"},
    {0, 0, NULL},
};

/* The four bits that make a segment what it is: bit 0 FIN, 1 SYN, 2 RST (as on the
 * wire), 3 ACK. An ACK that carries payload is DATA. */
static const char *const segment_words[16] = {
    [0] = "TCP",          [1] = "FIN",
    [2] = "SYN",          [3] = "SYN+FIN",
    [4] = "RST",          [5] = "FIN+RST",
    [6] = "SYN+RST",      [7] = "SYN+FIN+RST",
    [8] = "ACK",          [9] = "FIN+ACK",
    [10] = "SYN+ACK",     [11] = "SYN+FIN+ACK",
    [12] = "RST+ACK",     [13] = "FIN+RST+ACK",
    [14] = "SYN+RST+ACK", [15] = "SYN+FIN+RST+ACK",
};

static const char *segment_word(const struct packet *packet)
{
    unsigned bits = (packet->flags & 7u) | (packet->flags & TCP_ACK ? 8u : 0);

    if (packet->payload_len && (bits == 0 || bits == 8))
        return "DATA";
    return segment_words[bits];
}

const char *packet_word(const struct packet *packet)
{
    switch (packet->proto) {
    case PACKET_TCP:
        return packet->transport_offset ? segment_word(packet) : "TCP";
    case PACKET_UDP:
        return "UDP";
    case PACKET_ICMP:
        return "ICMP";
    case PACKET_ICMPV6:
        return "ICMPv6";
    case PACKET_OTHER:
        break;
    }
    return packet->family ? "IP" : "frame";
}

static void add_icmp(const struct packet *packet, struct buf *out)
{
    const struct icmp_words *row =
        packet->proto == PACKET_ICMP ? icmp_words : icmpv6_words;

    buf_putc(out, ' ');
    for (; row->words; row++) {
        if (row->type == packet->icmp_type &&
            (row->code == ANY_CODE || row->code == packet->icmp_code)) {
            buf_puts(out, row->words);
            return;
        }
    }
    buf_printf(out, "type %u code %u", packet->icmp_type, packet->icmp_code);
}

/* What stands for a packet without a transport header that can be read. True if it is
 * one. */
static bool add_headless(const struct packet *packet, struct buf *out)
{
    if (packet->transport_offset)
        return false;
    buf_puts(out, packet_word(packet));
    if (!packet->family)
        buf_puts(out, packet->cut ? " cut short" : " without IP");
    else if (packet->fragment)
        buf_puts(out, " fragment");
    else if (packet->cut)
        buf_puts(out, " cut short");
    else
        buf_printf(out, " protocol %u", packet->ip_protocol);
    return true;
}

void packet_label(const struct packet *packet, struct buf *out)
{
    if (add_headless(packet, out))
        return;
    buf_puts(out, packet_word(packet));
    switch (packet->proto) {
    case PACKET_TCP:
        if (!packet->payload_len)
            break;
        /* fall through */
    case PACKET_UDP:
        buf_printf(out, " %u byte%s", packet->payload_len,
                   packet->payload_len == 1 ? "" : "s");
        break;
    case PACKET_ICMP:
    case PACKET_ICMPV6:
        add_icmp(packet, out);
        break;
    case PACKET_OTHER:
        break;
    }
}

static void add_segment(const struct packet *packet, uint32_t isn_from, uint32_t isn_to,
                        struct buf *out)
{
    const struct tcp_options *options = &packet->options;

    buf_printf(out, " seq=%u", packet->seq - isn_from);
    if (packet->flags & TCP_ACK)
        buf_printf(out, " ack=%u", packet->ack - isn_to);
    if (packet->payload_len)
        buf_printf(out, " len=%u", packet->payload_len);
    else if (!(packet->flags & TCP_RST)) /* whose window means nothing */
        buf_printf(out, " win=%u", packet->window);
    for (unsigned i = 0; i < options->sack_blocks; i++)
        buf_printf(out, "%s%u-%u", i ? "," : " sack=", options->sack[i][0] - isn_to,
                   options->sack[i][1] - isn_to);
}

static const char *inner_text(const struct endpoint *endpoint, char text[ENDPOINT_TEXT])
{
    if (endpoint->port)
        return endpoint_print(endpoint, text);
    return address_print(&endpoint->address, text);
}

/* The packet that an ICMP error quotes. */
static void add_inner(const struct packet *packet, struct buf *out)
{
    static const char *const words[] = {
        [PACKET_OTHER] = "IP",  [PACKET_TCP] = "TCP",       [PACKET_UDP] = "UDP",
        [PACKET_ICMP] = "ICMP", [PACKET_ICMPV6] = "ICMPv6",
    };
    char from[ENDPOINT_TEXT], to[ENDPOINT_TEXT];

    if (packet->icmp_mtu)
        buf_printf(out, " mtu=%u", packet->icmp_mtu);
    if (packet->has_inner)
        buf_printf(out, " (%s %s > %s)", words[packet->inner_proto],
                   inner_text(&packet->inner_from, from),
                   inner_text(&packet->inner_to, to));
}

void packet_summary(const struct packet *packet, uint32_t isn_from, uint32_t isn_to,
                    struct buf *out)
{
    if (add_headless(packet, out))
        return;
    buf_puts(out, packet_word(packet));
    switch (packet->proto) {
    case PACKET_TCP:
        add_segment(packet, isn_from, isn_to, out);
        break;
    case PACKET_UDP:
        buf_printf(out, " len=%u", packet->payload_len);
        break;
    case PACKET_ICMP:
    case PACKET_ICMPV6:
        add_icmp(packet, out);
        add_inner(packet, out);
        break;
    case PACKET_OTHER:
        break;
    }
    if (packet->fragment)
        buf_puts(out, " fragment");
    if (packet->cut)
        buf_puts(out, " cut short");
}
