/* plain_now: how things are at this moment, in plain lines: the sockets with the words
 * of their table, what is held on the wire, what the programs do. For a listener, who
 * cannot look. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_NOW_H
#define SOCKETARIUM_VIEW_PLAIN_NOW_H

#include "base/buf.h"
#include "model/world.h"

/* now_ns is in the journal's time: for countdowns. */
void plain_now_sockets(const struct world *world, int64_t now_ns, struct buf *out);
void plain_now_wire(const struct world *world, struct buf *out);
void plain_now_programs(const struct world *world, struct buf *out);

#endif
