#include "model/packet_build.h"

#include <errno.h>
#include <string.h>

#include "model/checksum.h"

#define ETHERNET_LEN 14
#define IPV4_LEN 20
#define IPV6_LEN 40
#define TCP_LEN 20
#define ICMP_LEN 8
#define DATA_MAX 1400
#define TTL 64

enum { PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_ICMPV6 = 58 };

static void put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, (uint16_t)(value >> 16));
    put16(at + 2, (uint16_t)value);
}

/* Appends Ethernet and IP headers for `len` bytes that are to follow. */
static void add_headers(const struct address *from, const struct address *to,
                        uint8_t protocol, size_t len, const uint8_t macs[12],
                        struct buf *out)
{
    uint8_t bytes[ETHERNET_LEN + IPV6_LEN] = {0};
    uint8_t *ip = bytes + ETHERNET_LEN;
    bool v4 = from->family == AF_INET;

    memcpy(bytes, macs, 12);
    put16(bytes + 12, v4 ? 0x0800 : 0x86dd);
    if (v4) {
        ip[0] = 0x45;
        put16(ip + 2, (uint16_t)(IPV4_LEN + len));
        put16(ip + 6, 0x4000); /* don't fragment */
        ip[8] = TTL;
        ip[9] = protocol;
        memcpy(ip + 12, from->bytes, 4);
        memcpy(ip + 16, to->bytes, 4);
        put16(ip + 10, checksum_of(ip, IPV4_LEN));
    } else {
        ip[0] = 0x60;
        put16(ip + 4, (uint16_t)len);
        ip[6] = protocol;
        ip[7] = TTL;
        memcpy(ip + 8, from->bytes, 16);
        memcpy(ip + 24, to->bytes, 16);
    }
    buf_add(out, bytes, ETHERNET_LEN + (v4 ? IPV4_LEN : IPV6_LEN));
}

static void build_tcp(const struct tcp_segment *segment, const uint8_t macs[12],
                      struct buf *out)
{
    uint8_t tcp[TCP_LEN + DATA_MAX] = {0};
    size_t len = TCP_LEN + segment->data_len;

    put16(tcp, segment->from.port);
    put16(tcp + 2, segment->to.port);
    put32(tcp + 4, segment->seq);
    put32(tcp + 8, segment->ack);
    tcp[12] = TCP_LEN / 4 << 4;
    tcp[13] = segment->flags;
    put16(tcp + 14, segment->window);
    if (segment->data_len)
        memcpy(tcp + TCP_LEN, segment->data, segment->data_len);
    put16(tcp + 16, checksum_upper(&segment->from.address, &segment->to.address,
                                   PROTOCOL_TCP, tcp, len));
    add_headers(&segment->from.address, &segment->to.address, PROTOCOL_TCP, len, macs,
                out);
    buf_add(out, tcp, len);
}

int packet_build_tcp(const struct tcp_segment *segment, const uint8_t mac[6],
                     struct buf *out)
{
    uint8_t macs[12];

    if (segment->from.address.family != segment->to.address.family ||
        segment->data_len > DATA_MAX)
        return -EINVAL;
    memcpy(macs, mac, 6);
    memcpy(macs + 6, mac, 6);
    build_tcp(segment, macs, out);
    return 0;
}

/* The Ethernet addresses of an answer: the two of the frame, changed over. */
static void answer_macs(const uint8_t *frame, uint8_t macs[12])
{
    memcpy(macs, frame + 6, 6);
    memcpy(macs + 6, frame, 6);
}

int packet_build_port_unreachable(const void *frame, size_t len, struct buf *out)
{
    struct packet packet;
    uint8_t icmp[ICMP_LEN + 512] = {0}, macs[12];
    size_t quoted;
    bool v4;

    if (packet_decode(frame, len, &packet) < 0 || packet.family == 0)
        return -EINVAL;
    v4 = packet.family == AF_INET;
    quoted = len - packet.ip_offset;
    if (quoted > 512)
        quoted = 512;
    icmp[0] = v4 ? 3 : 1;
    icmp[1] = v4 ? 3 : 4;
    memcpy(icmp + ICMP_LEN, (const uint8_t *)frame + packet.ip_offset, quoted);
    put16(icmp + 2, v4 ? checksum_of(icmp, ICMP_LEN + quoted)
                       : checksum_upper(&packet.to.address, &packet.from.address,
                                        PROTOCOL_ICMPV6, icmp, ICMP_LEN + quoted));
    answer_macs(frame, macs);
    add_headers(&packet.to.address, &packet.from.address,
                v4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6, ICMP_LEN + quoted, macs, out);
    buf_add(out, icmp, ICMP_LEN + quoted);
    return 0;
}

int packet_build_reset(const void *frame, size_t len, struct buf *out)
{
    struct tcp_segment reset = {0};
    struct packet packet;
    uint8_t macs[12];

    if (packet_decode(frame, len, &packet) < 0 || packet.proto != PACKET_TCP ||
        packet.transport_offset == 0 || (packet.flags & TCP_RST))
        return -EINVAL;
    reset.from = packet.to;
    reset.to = packet.from;
    if (packet.flags & TCP_ACK) {
        reset.seq = packet.ack;
        reset.flags = TCP_RST;
    } else {
        reset.ack = packet.seq + packet_seq_len(&packet);
        reset.flags = TCP_RST | TCP_ACK;
    }
    answer_macs(frame, macs);
    build_tcp(&reset, macs, out);
    return 0;
}
