/* The fields of Ethernet, IPv4 (RFC 791 section 3.1) and IPv6 (RFC 8200 section 3). */
#include <stdlib.h>

#include "view/segment_parts.h"

#define ETHERNET_LEN 14
#define IPV4_LEN 20
#define IPV6_LEN 40
#define DONT_FRAGMENT 0x4000
#define MORE_FRAGMENTS 0x2000
#define FRAGMENT_OFFSET 0x1fff

const char *segment_checksum_words(enum checksum_verdict verdict)
{
    switch (verdict) {
    case CHECKSUM_RIGHT:
        return "right";
    case CHECKSUM_WRONG:
        return "WRONG: the receiver drops it";
    case CHECKSUM_NONE:
        return "none: the sender made none";
    case CHECKSUM_UNKNOWN:
        break;
    }
    return "not all bytes are here to check it";
}

static void add_mac(struct facts *facts, const char *label, const uint8_t *at)
{
    facts_pair(facts, label, "%02x:%02x:%02x:%02x:%02x:%02x", at[0], at[1], at[2], at[3],
               at[4], at[5]);
}

static void add_ethernet(struct facts *facts, const struct segment *segment)
{
    unsigned type = segment_get16(segment->frame + 12);

    facts_head(facts, "Ethernet, 14 bytes");
    add_mac(facts, "To", segment->frame);
    add_mac(facts, "From", segment->frame + 6);
    facts_pair(facts, "Type", "0x%04x: %s (16 bits)", type,
               type == 0x0800   ? "IPv4"
               : type == 0x86dd ? "IPv6"
                                : "neither IPv4 nor IPv6");
}

/* IANA's names of the protocols that are met here. */
static const char *protocol_name(unsigned number)
{
    switch (number) {
    case 1:
        return "ICMP";
    case 6:
        return "TCP";
    case 17:
        return "UDP";
    case 58:
        return "ICMPv6";
    default:
        return "another";
    }
}

static void add_addresses(struct facts *facts, const struct packet *packet, int bits)
{
    char from[ADDRESS_TEXT], to[ADDRESS_TEXT];

    facts_pair(facts, "From", "%s (%d bits)", address_print(&packet->from.address, from),
               bits);
    facts_pair(facts, "To", "%s (%d bits)", address_print(&packet->to.address, to),
               bits);
}

static void add_ipv4(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    const uint8_t *ip = segment->frame + packet->ip_offset;
    unsigned place = segment_get16(ip + 6), header = (ip[0] & 15u) * 4;
    char *title = mem_printf("IPv4, %u bytes", header);

    facts_head(facts, title);
    free(title);
    facts_pair(facts, "Version", "%u (4 bits), header %u times 4 bytes (4 bits)",
               ip[0] >> 4u, ip[0] & 15u);
    facts_pair(facts, "Length", "%u bytes in all (16 bits)", segment_get16(ip + 2));
    facts_pair(facts, "Identification", "%u (16 bits)", segment_get16(ip + 4));
    facts_pair(facts, "Fragment", "%s%s, offset %u bytes (3 + 13 bits)",
               place & DONT_FRAGMENT ? "DF: not to be cut" : "may be cut",
               place & MORE_FRAGMENTS ? ", more follow" : "",
               (place & FRAGMENT_OFFSET) * 8);
    facts_pair(facts, "Time to live", "%u routers at most (8 bits)", packet->ttl);
    facts_pair(facts, "Protocol", "%u: %s (8 bits)", packet->ip_protocol,
               protocol_name(packet->ip_protocol));
    facts_pair(
        facts, "Checksum", "0x%04x (16 bits): %s", segment_get16(ip + 10),
        segment_checksum_words(checksum_check_ip(segment->frame, segment->len, packet)));
    add_addresses(facts, packet, 32);
}

static void add_ipv6(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    const uint8_t *ip = segment->frame + packet->ip_offset;

    facts_head(facts, "IPv6, 40 bytes");
    facts_pair(facts, "Version", "%u (4 bits)", ip[0] >> 4u);
    facts_pair(facts, "Flow label", "0x%05x (20 bits)",
               (ip[1] & 15u) << 16 | segment_get16(ip + 2));
    facts_pair(facts, "Length", "%u bytes behind this header (16 bits)",
               segment_get16(ip + 4));
    facts_pair(facts, "Next header", "%u: %s (8 bits)", packet->ip_protocol,
               protocol_name(packet->ip_protocol));
    if (ip[6] != packet->ip_protocol)
        facts_more(facts, "Behind extension headers, of which the first is %u.", ip[6]);
    facts_pair(facts, "Hop limit", "%u routers at most (8 bits)", packet->ttl);
    add_addresses(facts, packet, 128);
}

void segment_network(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    size_t need = packet->ip_offset + (packet->family == AF_INET ? IPV4_LEN : IPV6_LEN);

    if (segment->len < ETHERNET_LEN)
        return;
    if (packet->family && segment->len >= need) {
        if (packet->family == AF_INET)
            add_ipv4(facts, segment);
        else
            add_ipv6(facts, segment);
    }
    add_ethernet(facts, segment);
}
