/* The fields of TCP (RFC 9293 section 3.1), UDP (RFC 768) and ICMP (RFC 792, 4443). */
#include <inttypes.h>
#include <stdlib.h>

#include "view/segment_parts.h"

#define TCP_LEN 20
#define UDP_LEN 8
#define BOTH_NUMBERS 44 /* columns from which on both kinds of numbers stand */

static void add_checksum(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;

    facts_pair(facts, "Checksum", "0x%04x (16 bits): %s", packet->checksum,
               segment_checksum_words(
                   checksum_check_transport(segment->frame, segment->len, packet)));
}

static void add_ports(struct facts *facts, const struct packet *packet)
{
    facts_pair(facts, "Source port", "%u (16 bits)", packet->from.port);
    facts_pair(facts, "Dest. port", "%u (16 bits)", packet->to.port);
}

/* A sequence number both ways, or, where that is too wide, as it is asked for. */
static void add_number(struct facts *facts, const struct segment *segment,
                       const char *label, uint32_t absolute, int64_t relative)
{
    if (relative < 0)
        facts_pair(facts, label, "%u (32 bits)", absolute);
    else if (facts_room(facts) < BOTH_NUMBERS && segment->relative)
        facts_pair(facts, label, "%" PRId64 " (relative)", relative);
    else if (facts_room(facts) < BOTH_NUMBERS)
        facts_pair(facts, label, "%u (32 bits)", absolute);
    else if (segment->relative)
        facts_pair(facts, label, "%" PRId64 " relative, %u on the wire (32 bits)",
                   relative, absolute);
    else
        facts_pair(facts, label, "%u on the wire (32 bits), %" PRId64 " relative",
                   absolute, relative);
}

/* Two lines: the names, and below them the bits; those that are set are bright. */
static void add_flags(struct facts *facts, uint8_t flags)
{
    static const struct {
        uint8_t bit;
        const char *name;
    } names[] = {
        {TCP_CWR, "CWR"}, {TCP_ECE, "ECE"}, {TCP_URG, "URG"}, {TCP_ACK, "ACK"},
        {TCP_PSH, "PSH"}, {TCP_RST, "RST"}, {TCP_SYN, "SYN"}, {TCP_FIN, "FIN"},
    };
    struct buf words = {0}, bits = {0}, bright_words = {0}, bright_bits = {0};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        bool set = flags & names[i].bit;

        buf_printf(&words, "%s ", names[i].name);
        buf_printf(&bits, " %d  ", set);
        buf_printf(&bright_words, "%s ", set ? names[i].name : "   ");
        buf_puts(&bright_bits, set ? " 1  " : "    ");
    }
    facts_line(facts, "Flags", buf_text(&words), buf_text(&bright_words));
    facts_line(facts, "", buf_text(&bits), buf_text(&bright_bits));
    buf_free(&words);
    buf_free(&bits);
    buf_free(&bright_words);
    buf_free(&bright_bits);
}

/* The SYN that went before this packet from one endpoint to the other, or NULL. */
static const struct packet *syn_of(const struct segment *segment,
                                   const struct endpoint *from,
                                   const struct endpoint *to)
{
    const struct packet *found = NULL;

    vec_each (packet, &segment->world->packets)
        if (packet->id < segment->packet->id && packet->decoded.proto == PACKET_TCP &&
            (packet->decoded.flags & TCP_SYN) &&
            endpoint_equal(&packet->decoded.from, from) &&
            endpoint_equal(&packet->decoded.to, to))
            found = &packet->decoded;
    return found;
}

/* RFC 7323 section 2.2: scaled when both SYNs had the option, but never in a SYN. */
static void add_window(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    const struct packet *own = syn_of(segment, &packet->from, &packet->to);
    const struct packet *other = syn_of(segment, &packet->to, &packet->from);

    if (own && other && own->options.has_wscale && other->options.has_wscale &&
        !(packet->flags & TCP_SYN)) {
        unsigned scale = 1u << (own->options.wscale & 15);

        facts_pair(facts, "Window", "%u times %u: %u bytes (16 bits)", packet->window,
                   scale, packet->window * scale);
    } else {
        facts_pair(facts, "Window", "%u bytes (16 bits)", packet->window);
    }
}

static void add_options(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    const struct tcp_options *options = &packet->options;
    int64_t ackno = segment->packet->ackno;
    uint32_t first = segment->relative && ackno >= 0 ? packet->ack - (uint32_t)ackno : 0;

    if (options->has_mss)
        facts_pair(facts, "MSS", "at most %u bytes of data in a segment to me",
                   options->mss);
    if (options->has_wscale)
        facts_pair(facts, "Window scale", "%u: my windows times %u", options->wscale,
                   1u << (options->wscale & 15));
    if (options->sack_permitted)
        facts_pair(facts, "SACK permitted", "I understand selective ACKs");
    if (options->has_timestamps)
        facts_pair(facts, "Timestamps", "mine %u, yours that I echo %u",
                   options->ts_value, options->ts_echo);
    for (unsigned i = 0; i < options->sack_blocks && i < 4; i++)
        facts_pair(facts, "SACK", "%u up to %u have come", options->sack[i][0] - first,
                   options->sack[i][1] - first);
    if (options->malformed)
        facts_pair(facts, "Options", "not all are well formed");
}

static void add_tcp(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    const uint8_t *tcp = segment->frame + packet->transport_offset;
    unsigned header = (tcp[12] >> 4) * 4u;
    char *title = mem_printf("TCP, %u bytes", header);

    facts_head(facts, title);
    free(title);
    add_ports(facts, packet);
    add_number(facts, segment, "Sequence", packet->seq, segment->packet->seqno);
    if (packet->flags & TCP_ACK)
        add_number(facts, segment, "Acknowledgment", packet->ack,
                   segment->packet->ackno);
    else
        facts_pair(facts, "Acknowledgment", "%u: not used without ACK (32 bits)",
                   packet->ack);
    facts_pair(facts, "Data offset", "%u times 4 bytes (4 bits)", tcp[12] >> 4u);
    add_flags(facts, packet->flags);
    add_window(facts, segment);
    add_checksum(facts, segment);
    if (packet->flags & TCP_URG)
        facts_pair(facts, "Urgent", "up to %u (16 bits)", packet->urgent);
    else
        facts_pair(facts, "Urgent", "%u: not used without URG (16 bits)",
                   packet->urgent);
    add_options(facts, segment);
}

static void add_udp(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;

    facts_head(facts, "UDP, 8 bytes");
    add_ports(facts, packet);
    facts_pair(facts, "Length", "%u bytes, these 8 too (16 bits)",
               segment_get16(segment->frame + packet->transport_offset + 4));
    add_checksum(facts, segment);
}

static void add_icmp(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    char from[ENDPOINT_TEXT], to[ENDPOINT_TEXT];
    struct buf label = {0};

    packet_label(packet, &label);
    facts_head(facts, packet->proto == PACKET_ICMP ? "ICMP" : "ICMPv6");
    facts_pair(facts, "Type", "%u, code %u (8 + 8 bits)", packet->icmp_type,
               packet->icmp_code);
    facts_pair(facts, "It says", "%s", buf_text(&label));
    add_checksum(facts, segment);
    if (packet->icmp_mtu)
        facts_pair(facts, "MTU", "%u bytes", packet->icmp_mtu);
    if (packet->has_inner)
        facts_pair(facts, "It quotes", "a packet from %s to %s",
                   packet->inner_from.port
                       ? endpoint_print(&packet->inner_from, from)
                       : address_print(&packet->inner_from.address, from),
                   packet->inner_to.port ? endpoint_print(&packet->inner_to, to)
                                         : address_print(&packet->inner_to.address, to));
    buf_free(&label);
}

void segment_transport(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    size_t at = packet->transport_offset;

    if (!at)
        return;
    switch (packet->proto) {
    case PACKET_TCP:
        if (segment->len >= at + TCP_LEN)
            add_tcp(facts, segment);
        break;
    case PACKET_UDP:
        if (segment->len >= at + UDP_LEN)
            add_udp(facts, segment);
        break;
    case PACKET_ICMP:
    case PACKET_ICMPV6:
        add_icmp(facts, segment);
        break;
    case PACKET_OTHER:
        break;
    }
}
