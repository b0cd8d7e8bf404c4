/* segment_parts: the groups of a packet's fields. Only for segment*.c. Pure. */
#ifndef SOCKETARIUM_VIEW_SEGMENT_PARTS_H
#define SOCKETARIUM_VIEW_SEGMENT_PARTS_H

#include "model/checksum.h"
#include "model/world.h"
#include "view/facts.h"

/* A packet with its bytes. */
struct segment {
    const struct world *world;
    const struct world_packet *packet;
    const uint8_t *frame; /* decoded.transport_offset and the others are within it */
    size_t len;
    bool relative;
};

/* Which socket gets it, and why. */
void segment_receiver(struct facts *facts, const struct segment *segment);

/* Ethernet, IPv4 or IPv6. */
void segment_network(struct facts *facts, const struct segment *segment);

/* TCP, UDP or ICMP. */
void segment_transport(struct facts *facts, const struct segment *segment);

/* Two bytes in network order. */
static inline unsigned segment_get16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* "right", "WRONG: ...". */
const char *segment_checksum_words(enum checksum_verdict verdict);

#endif
