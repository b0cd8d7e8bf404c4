#include "model/checksum.h"

#define IPV4_LEN 20
#define IPV6_LEN 40

/* The one's complement sum, not yet folded. */
static uint32_t sum(const uint8_t *bytes, size_t len, uint32_t start)
{
    for (size_t i = 0; i + 1 < len; i += 2)
        start += (uint32_t)bytes[i] << 8 | bytes[i + 1];
    if (len % 2)
        start += (uint32_t)bytes[len - 1] << 8;
    return start;
}

static uint16_t fold(uint32_t total)
{
    while (total >> 16)
        total = (total & 0xffff) + (total >> 16);
    return (uint16_t)~total;
}

uint16_t checksum_of(const uint8_t *bytes, size_t len)
{
    return fold(sum(bytes, len, 0));
}

uint16_t checksum_upper(const struct address *from, const struct address *to,
                        uint8_t protocol, const uint8_t *bytes, size_t len)
{
    size_t size = from->family == AF_INET ? 4 : 16;
    uint32_t total = sum(from->bytes, size, protocol + (uint32_t)len);

    return fold(sum(bytes, len, sum(to->bytes, size, total)));
}

enum checksum_verdict checksum_check_ip(const uint8_t *frame, size_t len,
                                        const struct packet *packet)
{
    size_t at = packet->ip_offset, header;

    if (packet->family != AF_INET)
        return CHECKSUM_NONE;
    if (at >= len)
        return CHECKSUM_UNKNOWN;
    header = (frame[at] & 15u) * 4;
    if (header < IPV4_LEN || header > len - at)
        return CHECKSUM_UNKNOWN;
    return checksum_of(frame + at, header) ? CHECKSUM_WRONG : CHECKSUM_RIGHT;
}

/* The first byte behind the IP packet; 0 if it is not all there. */
static size_t packet_end(const uint8_t *frame, size_t len, const struct packet *packet)
{
    bool v4 = packet->family == AF_INET;
    size_t at = packet->ip_offset, field = at + (v4 ? 2 : 4), size;

    if (len < at + (v4 ? IPV4_LEN : IPV6_LEN))
        return 0;
    size = (size_t)frame[field] << 8 | frame[field + 1];
    if (!v4)
        size += IPV6_LEN;
    return size <= len - at ? at + size : 0;
}

/* A datagram has a length of its own, and may end before its packet does. */
static size_t datagram_end(const uint8_t *frame, size_t at, size_t end)
{
    size_t size = end - at < 8 ? 0 : (size_t)frame[at + 4] << 8 | frame[at + 5];

    return size >= 8 && size <= end - at ? at + size : 0;
}

enum checksum_verdict checksum_check_transport(const uint8_t *frame, size_t len,
                                               const struct packet *packet)
{
    size_t at = packet->transport_offset, end;
    uint16_t got;

    if (!at || packet->fragment || packet->proto == PACKET_OTHER)
        return CHECKSUM_UNKNOWN;
    end = packet_end(frame, len, packet);
    if (end > at && packet->proto == PACKET_UDP)
        end = datagram_end(frame, at, end);
    if (end <= at)
        return CHECKSUM_UNKNOWN;
    if (packet->proto == PACKET_UDP && packet->family == AF_INET && !packet->checksum)
        return CHECKSUM_NONE;
    if (packet->proto == PACKET_ICMP)
        got = checksum_of(frame + at, end - at);
    else
        got = checksum_upper(&packet->from.address, &packet->to.address,
                             packet->ip_protocol, frame + at, end - at);
    return got ? CHECKSUM_WRONG : CHECKSUM_RIGHT;
}
