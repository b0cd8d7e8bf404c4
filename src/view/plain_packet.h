/* plain_packet: what happens to a packet, told in one sentence. For view/plain_lab.
 * Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_PACKET_H
#define SOCKETARIUM_VIEW_PLAIN_PACKET_H

#include "base/buf.h"
#include "model/world.h"

/* Appends the sentence, without a newline. world is as after the event. */
void plain_packet_line(const struct world *world, const struct event_packet *packet,
                       struct buf *out);

/* The same, said of many; view/plain_crowd.h. */
void plain_packet_many(const struct world *world, const struct event_packet *packet,
                       struct buf *out);

#endif
