/* plain_lab: what happens in the lab, told in words: one event, one line. For
 * view/plain. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_LAB_H
#define SOCKETARIUM_VIEW_PLAIN_LAB_H

#include "base/buf.h"
#include "model/world.h"

/* Appends a line without its newline, or nothing when the event needs no words. world is
 * as after the event. */
void plain_lab_line(const struct world *world, const struct event *event,
                    struct buf *out);

/* The same of a packet or a socket, said of many; view/plain_crowd.h. */
void plain_lab_many(const struct world *world, const struct event *event,
                    struct buf *out);

/* It repeats what was told: a packet is sent again, or nothing runs and the kernel goes
 * on by itself. */
bool plain_lab_again(const struct world *world, const struct event *event);

#endif
