/* packet_build: whole Ethernet frames, made by hand: forged TCP segments, and the ICMP
 * errors of a firewall that refuses. Checksums are right. Pure; any thread may call.
 *
 * Sources: RFC 791, 8200 (headers), 9293 3.1, 792 and 4443 (port unreachable), 1071
 * (checksum).
 */
#ifndef SOCKETARIUM_MODEL_PACKET_BUILD_H
#define SOCKETARIUM_MODEL_PACKET_BUILD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/packet.h"

struct tcp_segment {
    struct endpoint from, to; /* of one family */
    uint32_t seq, ack;
    uint8_t flags; /* enum tcp_flag */
    uint16_t window;
    const void *data; /* borrowed */
    size_t data_len;  /* at most 1400: one segment, one packet */
};

/* Appends a frame with that segment; both Ethernet addresses are `mac`. 0, or -EINVAL
 * for two families, or too much data. */
int packet_build_tcp(const struct tcp_segment *segment, const uint8_t mac[6],
                     struct buf *out);

/* Appends the frame with which the receiver of `frame` says "port unreachable" to its
 * sender: ICMP type 3 code 3, or ICMPv6 type 1 code 4. 0, or -EINVAL if the frame has no
 * IP. */
int packet_build_port_unreachable(const void *frame, size_t len, struct buf *out);

/* Appends the RST that answers a TCP segment to a closed port (RFC 9293, 3.10.7.1). 0,
 * or -EINVAL if the frame is no TCP segment, or a RST itself. */
int packet_build_reset(const void *frame, size_t len, struct buf *out);

#endif
