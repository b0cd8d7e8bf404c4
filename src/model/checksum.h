/* checksum: the Internet checksum (RFC 1071), made and checked. Pure; any thread may
 * call.
 */
#ifndef SOCKETARIUM_MODEL_CHECKSUM_H
#define SOCKETARIUM_MODEL_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#include "model/packet.h"

/* Of these bytes, with 0 where it will stand. 0 over bytes that contain a right one. */
uint16_t checksum_of(const uint8_t *bytes, size_t len);

/* The same with the pseudo-header before them (RFC 9293 3.1, RFC 8200 8.1). */
uint16_t checksum_upper(const struct address *from, const struct address *to,
                        uint8_t protocol, const uint8_t *bytes, size_t len);

enum checksum_verdict {
    CHECKSUM_RIGHT,
    CHECKSUM_WRONG,
    CHECKSUM_NONE,    /* UDP over IPv4 with 0: the sender made none (RFC 768) */
    CHECKSUM_UNKNOWN, /* the bytes that it is about are not all here */
};

/* Of the IPv4 header (IPv6 has none), and of TCP, UDP or ICMP, in a frame that
 * packet_decode has decoded. */
enum checksum_verdict checksum_check_ip(const uint8_t *frame, size_t len,
                                        const struct packet *packet);
enum checksum_verdict checksum_check_transport(const uint8_t *frame, size_t len,
                                               const struct packet *packet);

#endif
