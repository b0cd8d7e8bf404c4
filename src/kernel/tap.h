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
 * Returns the descriptor, or a negative errno with err. close(2) it; that
 * takes 20 ms and more (synchronize_net in packet_release, net/packet/af_packet.c). */
int tap_open(const char *name, struct err *err);

/* Takes one frame. Its length, 0 if none is there, or a negative errno. received_ns: the
 * kernel's receive time (CLOCK_REALTIME). */
ssize_t tap_read(int tap, void *frame, size_t room, int64_t *received_ns);

/* Sends one frame towards the host. 0 or a negative errno. */
int tap_write(int tap, const void *frame, size_t len);

/* Frames lost since the last time this was asked (PACKET_STATISTICS), or a negative
 * errno. */
long tap_lost(int tap);

#endif
