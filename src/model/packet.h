/* packet: an Ethernet frame decoded, as far as its bytes go. Pure; any thread may call.
 *
 * Never reads past `len`; what is cut short or wrong sets `cut` and leaves the deeper
 * fields 0. Sources: RFC 791, 8200, 9293 (3.1 header, 3.2 options), 768, 792, 4443,
 * 7323, 2018.
 */
#ifndef SOCKETARIUM_MODEL_PACKET_H
#define SOCKETARIUM_MODEL_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/endpoint.h"

enum packet_proto { PACKET_OTHER, PACKET_TCP, PACKET_UDP, PACKET_ICMP, PACKET_ICMPV6 };

/* RFC 9293 section 3.1, the control bits as they stand in byte 13. */
enum tcp_flag {
    TCP_FIN = 0x01,
    TCP_SYN = 0x02,
    TCP_RST = 0x04,
    TCP_PSH = 0x08,
    TCP_ACK = 0x10,
    TCP_URG = 0x20,
    TCP_ECE = 0x40,
    TCP_CWR = 0x80,
};

struct tcp_options {
    bool has_mss, has_wscale, has_timestamps, sack_permitted, malformed;
    uint16_t mss;
    uint8_t wscale;
    uint32_t ts_value, ts_echo;
    uint8_t sack_blocks; /* how many follow */
    uint32_t sack[4][2]; /* left edge, right edge */
};

struct packet {
    enum packet_proto proto;
    int family; /* AF_INET, AF_INET6, or 0: no IP */
    bool cut;   /* the bytes ended, or a length lied, before the headers did */
    bool fragment;
    uint8_t ttl;              /* or hop limit */
    uint8_t ip_protocol;      /* the last header's number (IANA) */
    struct endpoint from, to; /* ports 0 where there are none */

    /* Offsets from the frame's first byte; 0 where that layer is missing. */
    uint16_t ip_offset, transport_offset, payload_offset;
    uint32_t payload_len; /* bytes of TCP or UDP payload that are there */

    uint32_t seq, ack; /* TCP, absolute */
    uint8_t flags;     /* enum tcp_flag */
    uint16_t window;   /* as sent, not scaled */
    uint16_t checksum, urgent;
    struct tcp_options options;

    uint8_t icmp_type, icmp_code;
    uint32_t icmp_mtu;
    bool has_inner; /* an ICMP error quotes the packet that caused it */
    enum packet_proto inner_proto;
    struct endpoint inner_from, inner_to;
};

/* Decodes an Ethernet II frame into out (all fields are set). 0, or -EINVAL when not
 * even the Ethernet header is there. */
int packet_decode(const void *frame, size_t len, struct packet *out);

/* "SYN", "SYN+ACK", "ACK", "FIN+ACK", "RST", "DATA" ... : what a ladder writes on the
 * arrow: SYN, SYN+ACK, FIN, FIN+ACK, RST, RST+ACK, "DATA 5 bytes", ACK, UDP "UDP 5
 * bytes", "ICMP port unreachable", "ICMP echo request". */
void packet_label(const struct packet *packet, struct buf *out);

/* The label's first word alone: "SYN+ACK", "DATA", "UDP", "ICMP". */
const char *packet_word(const struct packet *packet);

/* One line: `SYN seq=0 win=64240`, `ACK seq=1 ack=1 win=502`, `DATA seq=1 ack=1 len=5`,
 * `UDP len=5`, `ICMP port unreachable (UDP 10.0.0.1:5 > 10.0.0.2:6)`. seq and ack are
 * relative to the given initial sequence numbers (of from's and of to's side); pass 0, 0
 * for absolute. */
void packet_summary(const struct packet *packet, uint32_t isn_from, uint32_t isn_to,
                    struct buf *out);

/* Sequence numbers this segment uses: payload plus one for SYN and one for FIN. */
uint32_t packet_seq_len(const struct packet *packet);

/* a before b, modulo 2^32 (RFC 9293 section 3.4). */
static inline bool seq_before(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0;
}

/* True when `answer` acknowledges `segment`: the reverse four-tuple, ACK set, and its
 * acknowledgment number at or past the segment's end. */
bool packet_acknowledges(const struct packet *answer, const struct packet *segment);

/* True when b is the same segment again: same four-tuple, sequence number, flags and
 * length, and it has SYN, FIN or payload. */
bool packet_is_copy(const struct packet *a, const struct packet *b);

#endif
