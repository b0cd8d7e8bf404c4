#include "model/packet.h"

#include <errno.h>
#include <string.h>

#define ETHERNET_HEADER 14
#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_IPV6 0x86dd

/* IANA "Assigned Internet Protocol Numbers". */
enum ip_number {
    IP_HOP_BY_HOP = 0,
    IP_ICMP = 1,
    IP_TCP = 6,
    IP_UDP = 17,
    IP_ROUTING = 43,
    IP_FRAGMENT = 44,
    IP_AUTHENTICATION = 51,
    IP_ICMPV6 = 58,
    IP_DESTINATION = 60,
    IP_MOBILITY = 135,
    IP_HIP = 139,
    IP_SHIM6 = 140,
};

/* An IP header with what follows it. Offsets count from the frame's first byte. */
struct ip {
    int family; /* 0: not even the fixed header is there */
    uint8_t ttl, number;
    struct address from, to;
    size_t
        transport;   /* where its payload begins; 0: not reached, or no first fragment */
    size_t end;      /* the first byte behind the packet, at most the frame's length */
    bool cut;        /* a header is not whole */
    bool incomplete; /* it says that it is longer than the bytes that are there */
    bool fragment;
};

static uint16_t get16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const uint8_t *at)
{
    return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static struct address get_address(const uint8_t *at, int family)
{
    struct address address = {.family = family};

    memcpy(address.bytes, at, family == AF_INET ? 4 : 16);
    return address;
}

/* The packet's own length decides where it ends: short frames carry padding (IEEE 802.3,
 * 64 bytes at least). */
static void bound(struct ip *ip, size_t at, size_t packet_len, size_t len)
{
    ip->incomplete = packet_len > len - at;
    ip->end = ip->incomplete ? len : at + packet_len;
}

/* RFC 791 section 3.1. */
static void read_ipv4(const uint8_t *frame, size_t at, size_t len, struct ip *ip)
{
    size_t header_len, total_len;
    uint16_t place;

    ip->cut = true;
    if (len - at < 20 || frame[at] >> 4 != 4)
        return;
    ip->family = AF_INET;
    ip->ttl = frame[at + 8];
    ip->number = frame[at + 9];
    ip->from = get_address(frame + at + 12, AF_INET);
    ip->to = get_address(frame + at + 16, AF_INET);
    header_len = (frame[at] & 15u) * 4;
    total_len = get16(frame + at + 2);
    if (header_len < 20 || total_len < header_len || header_len > len - at)
        return;
    ip->cut = false;
    bound(ip, at, total_len, len);
    place = get16(frame + at + 6);
    ip->fragment = place & 0x3fff; /* more fragments, or an offset */
    if (!(place & 0x1fff))
        ip->transport = at + header_len;
}

/* How long an extension header is that has `more` in its second byte, or 0 if `number`
 * is none that can be stepped over (RFC 8200 section 4; AH: RFC 4302 section 2.2). */
static size_t extension_len(uint8_t number, uint8_t more)
{
    switch (number) {
    case IP_HOP_BY_HOP:
    case IP_ROUTING:
    case IP_DESTINATION:
    case IP_MOBILITY:
    case IP_HIP:
    case IP_SHIM6:
        return (more + 1u) * 8;
    case IP_FRAGMENT:
        return 8;
    case IP_AUTHENTICATION:
        return (more + 2u) * 4;
    default:
        return 0;
    }
}

/* RFC 8200 sections 3 and 4. */
static void read_ipv6(const uint8_t *frame, size_t at, size_t len, struct ip *ip)
{
    size_t next = at + 40, skip;

    ip->cut = true;
    if (len - at < 40 || frame[at] >> 4 != 6)
        return;
    ip->family = AF_INET6;
    ip->number = frame[at + 6];
    ip->ttl = frame[at + 7];
    ip->from = get_address(frame + at + 8, AF_INET6);
    ip->to = get_address(frame + at + 24, AF_INET6);
    bound(ip, at, 40u + get16(frame + at + 4), len);
    while (extension_len(ip->number, 0)) {
        bool later = false;

        if (ip->end - next < 8)
            return;
        skip = extension_len(ip->number, frame[next + 1]);
        if (skip > ip->end - next)
            return;
        if (ip->number == IP_FRAGMENT) {
            later = get16(frame + next + 2) & 0xfff8; /* section 4.5 */
            ip->fragment = get16(frame + next + 2) & 0xfff9;
        }
        ip->number = frame[next];
        next += skip;
        if (later) {
            ip->cut = false;
            return;
        }
    }
    ip->cut = false;
    ip->transport = next;
}

static enum packet_proto proto_of(const struct ip *ip)
{
    switch (ip->number) {
    case IP_TCP:
        return PACKET_TCP;
    case IP_UDP:
        return PACKET_UDP;
    case IP_ICMP:
        return ip->family == AF_INET ? PACKET_ICMP : PACKET_OTHER;
    case IP_ICMPV6:
        return ip->family == AF_INET6 ? PACKET_ICMPV6 : PACKET_OTHER;
    default:
        return PACKET_OTHER;
    }
}

static void set_payload(struct packet *out, size_t at, size_t len)
{
    out->payload_len = (uint32_t)len;
    out->payload_offset = len ? (uint16_t)at : 0;
}

/* RFC 2018 section 3: edges of up to four blocks. */
static void read_sack(const uint8_t *body, size_t body_len, struct tcp_options *out)
{
    if (!body_len || body_len % 8 || body_len > 32) {
        out->malformed = true;
        return;
    }
    out->sack_blocks = (uint8_t)(body_len / 8);
    for (size_t i = 0; i < out->sack_blocks; i++) {
        out->sack[i][0] = get32(body + i * 8);
        out->sack[i][1] = get32(body + i * 8 + 4);
    }
}

/* One option: its kind, and the bytes behind kind and length. An option with a length
 * that its kind does not have is stepped over. */
static void read_option(uint8_t kind, const uint8_t *body, size_t body_len,
                        struct tcp_options *out)
{
    static const uint8_t lengths[] = {[2] = 2, [3] = 1, [4] = 0, [8] = 8};

    if (kind == 5) {
        read_sack(body, body_len, out);
        return;
    }
    if (kind != 2 && kind != 3 && kind != 4 && kind != 8)
        return;
    if (body_len != lengths[kind]) {
        out->malformed = true;
        return;
    }
    switch (kind) {
    case 2: /* RFC 9293 section 3.2 */
        out->has_mss = true;
        out->mss = get16(body);
        break;
    case 3: /* RFC 7323 section 2 */
        out->has_wscale = true;
        out->wscale = body[0];
        break;
    case 4: /* RFC 2018 section 2 */
        out->sack_permitted = true;
        break;
    case 8: /* RFC 7323 section 3 */
        out->has_timestamps = true;
        out->ts_value = get32(body);
        out->ts_echo = get32(body + 4);
        break;
    }
}

static void read_options(const uint8_t *at, size_t len, struct tcp_options *out)
{
    while (len) {
        if (at[0] == 0) /* end of the list */
            return;
        if (at[0] == 1) { /* no operation: one byte */
            at++;
            len--;
            continue;
        }
        if (len < 2 || at[1] < 2 || at[1] > len) {
            out->malformed = true;
            return;
        }
        read_option(at[0], at + 2, at[1] - 2u, out);
        len -= at[1];
        at += at[1];
    }
}

/* RFC 9293 section 3.1. */
static void read_tcp(const uint8_t *frame, size_t at, size_t end, struct packet *out)
{
    size_t header_len;

    if (end - at < 20) {
        out->cut = true;
        return;
    }
    out->transport_offset = (uint16_t)at;
    out->from.port = get16(frame + at);
    out->to.port = get16(frame + at + 2);
    out->seq = get32(frame + at + 4);
    out->ack = get32(frame + at + 8);
    out->flags = frame[at + 13];
    out->window = get16(frame + at + 14);
    out->checksum = get16(frame + at + 16);
    out->urgent = get16(frame + at + 18);
    header_len = (frame[at + 12] >> 4) * 4u;
    if (header_len < 20 || header_len > end - at) {
        out->cut = true;
        return;
    }
    read_options(frame + at + 20, header_len - 20, &out->options);
    set_payload(out, at + header_len, end - at - header_len);
}

/* RFC 768. The first fragment has the whole datagram's length. */
static void read_udp(const uint8_t *frame, size_t at, size_t end, struct packet *out)
{
    size_t length;

    if (end - at < 8) {
        out->cut = true;
        return;
    }
    out->transport_offset = (uint16_t)at;
    out->from.port = get16(frame + at);
    out->to.port = get16(frame + at + 2);
    out->checksum = get16(frame + at + 6);
    length = get16(frame + at + 4);
    if (length < 8) {
        out->cut = true;
        return;
    }
    if (length > end - at) {
        out->cut |= !out->fragment;
        length = end - at;
    }
    set_payload(out, at + 8, length - 8);
}

static void read_ip(const uint8_t *frame, size_t at, size_t len, int family,
                    struct ip *ip)
{
    memset(ip, 0, sizeof(*ip));
    if (family == AF_INET)
        read_ipv4(frame, at, len, ip);
    else
        read_ipv6(frame, at, len, ip);
}

/* The quoted packet is cut on purpose, behind eight bytes of its transport header at
 * least (RFC 792): only what lies before its ports' end must be there. */
static void read_inner(const uint8_t *frame, size_t at, size_t end, struct packet *out)
{
    struct ip ip;

    read_ip(frame, at, end, out->family, &ip);
    out->cut |= ip.cut;
    if (!ip.family)
        return;
    out->has_inner = true;
    out->inner_proto = proto_of(&ip);
    out->inner_from.address = ip.from;
    out->inner_to.address = ip.to;
    if (!ip.transport || (ip.number != IP_TCP && ip.number != IP_UDP))
        return;
    if (ip.end - ip.transport < 4) {
        out->cut = true;
        return;
    }
    out->inner_from.port = get16(frame + ip.transport);
    out->inner_to.port = get16(frame + ip.transport + 2);
}

/* RFC 792: destination unreachable, source quench, redirect, time exceeded, parameter
 * problem. RFC 4443 section 2.1: types below 128 are errors; these four exist. */
static bool is_error(const struct packet *packet)
{
    uint8_t type = packet->icmp_type;

    if (packet->proto == PACKET_ICMPV6)
        return type >= 1 && type <= 4;
    return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
}

static void read_icmp(const uint8_t *frame, size_t at, size_t end, struct packet *out)
{
    if (end - at < 8) {
        out->cut = true;
        return;
    }
    out->transport_offset = (uint16_t)at;
    out->icmp_type = frame[at];
    out->icmp_code = frame[at + 1];
    out->checksum = get16(frame + at + 2);
    if (out->proto == PACKET_ICMP && out->icmp_type == 3 && out->icmp_code == 4)
        out->icmp_mtu = get16(frame + at + 6); /* RFC 1191 section 4 */
    if (out->proto == PACKET_ICMPV6 && out->icmp_type == 2)
        out->icmp_mtu = get32(frame + at + 4); /* RFC 4443 section 3.2 */
    if (is_error(out))
        read_inner(frame, at + 8, end, out);
}

static void read_transport(const uint8_t *frame, const struct ip *ip, struct packet *out)
{
    switch (out->proto) {
    case PACKET_TCP:
        read_tcp(frame, ip->transport, ip->end, out);
        break;
    case PACKET_UDP:
        read_udp(frame, ip->transport, ip->end, out);
        break;
    case PACKET_ICMP:
    case PACKET_ICMPV6:
        read_icmp(frame, ip->transport, ip->end, out);
        break;
    case PACKET_OTHER:
        break;
    }
}

int packet_decode(const void *data, size_t len, struct packet *out)
{
    const uint8_t *frame = data;
    struct ip ip;
    uint16_t type;

    memset(out, 0, sizeof(*out));
    if (len < ETHERNET_HEADER)
        return -EINVAL;
    if (len > UINT16_MAX)
        len = UINT16_MAX; /* as far as the offsets reach */
    type = get16(frame + 12);
    if (type != ETHERTYPE_IPV4 && type != ETHERTYPE_IPV6)
        return 0;
    read_ip(frame, ETHERNET_HEADER, len, type == ETHERTYPE_IPV4 ? AF_INET : AF_INET6,
            &ip);
    out->cut = ip.cut || ip.incomplete;
    if (!ip.family)
        return 0;
    out->family = ip.family;
    out->ip_offset = ETHERNET_HEADER;
    out->ttl = ip.ttl;
    out->ip_protocol = ip.number;
    out->fragment = ip.fragment;
    out->from.address = ip.from;
    out->to.address = ip.to;
    out->proto = proto_of(&ip);
    if (ip.transport)
        read_transport(frame, &ip, out);
    return 0;
}

uint32_t packet_seq_len(const struct packet *packet)
{
    if (packet->proto != PACKET_TCP)
        return 0;
    return packet->payload_len + !!(packet->flags & TCP_SYN) +
           !!(packet->flags & TCP_FIN);
}

/* A TCP segment with its header; a later fragment has none. */
static bool is_segment(const struct packet *packet)
{
    return packet->proto == PACKET_TCP && packet->transport_offset;
}

bool packet_acknowledges(const struct packet *answer, const struct packet *segment)
{
    return is_segment(answer) && is_segment(segment) && (answer->flags & TCP_ACK) &&
           endpoint_equal(&answer->from, &segment->to) &&
           endpoint_equal(&answer->to, &segment->from) &&
           !seq_before(answer->ack, segment->seq + packet_seq_len(segment));
}

bool packet_is_copy(const struct packet *a, const struct packet *b)
{
    return is_segment(a) && is_segment(b) && packet_seq_len(b) &&
           !(b->flags & TCP_RST) && a->seq == b->seq && a->flags == b->flags &&
           a->payload_len == b->payload_len && endpoint_equal(&a->from, &b->from) &&
           endpoint_equal(&a->to, &b->to);
}
