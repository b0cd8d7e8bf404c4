/* tap: a packet socket on the wire's end of a host's cable (packet(7)): frames in and
 * out. One thread.
 */
#ifndef SOCKETARIUM_KERNEL_TAP_H
#define SOCKETARIUM_KERNEL_TAP_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

#define TAP_FRAME_MAX 65600

/* Opens one on interface `name` of the calling thread's namespace: non-blocking,
 * PACKET_IGNORE_OUTGOING, kernel timestamps, a receive buffer as large as allowed.
 * Returns the descriptor, or a negative errno with err. */
int tap_open(const char *name, struct err *err);

/* Closes it without waiting for what the kernel waits for: a child does, which has
 * nothing else open. The caller has one thread only, reaps its children, and has taken
 * the descriptor out of its epoll sets (epoll(7): there it would live on with the
 * child's). close(2) does as well, in 20 ms or more. */
void tap_close(int tap);

/* Takes one frame. Its length, 0 if none is there, or a negative errno. received_ns: the
 * kernel's receive time (CLOCK_REALTIME). */
ssize_t tap_read(int tap, void *frame, size_t room, int64_t *received_ns);

/* Sends one frame towards the host. 0 or a negative errno. */
int tap_write(int tap, const void *frame, size_t len);

/* Frames lost since the last time this was asked (PACKET_STATISTICS), or a negative
 * errno. */
long tap_lost(int tap);

#endif
