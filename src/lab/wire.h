/* wire: every packet that ever entered it, and which of them wait. Decides; does no I/O.
 *
 * lab/frames.c takes frames from the hosts, asks the wire what becomes of each, writes
 * to the hosts and journals. Rules: doc/LESSON-FORMAT.md, "The wire" and "Copies".
 * One thread.
 */
#ifndef SOCKETARIUM_LAB_WIRE_H
#define SOCKETARIUM_LAB_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "model/event.h"
#include "model/match.h"
#include "model/packet.h"

enum wire_status {
    PACKET_IS_HELD,
    PACKET_IS_CROSSING,
    PACKET_IS_BACKGROUND,
    PACKET_IS_JOINED, /* went into another's copies */
    PACKET_HAS_ARRIVED,
    PACKET_IS_LOST,
    PACKET_WAS_NOT_NEEDED, /* a background copy whose answer arrived */
};

struct wire_packet {
    uint32_t id;
    char *frame; /* (owned) */
    uint32_t len;
    struct packet decoded;
    int from, to; /* host numbers; -1 is nobody */
    enum wire_status status;
    bool
        on_purpose; /* made by duplicate, replay: never joins, never in the background */
    uint32_t of;    /* id it is a copy of, or 0 */
    uint32_t joins; /* id whose copies it joined, or 0 */
    uint32_t copies; /* at least 1 */
    int64_t due_ns;  /* CROSSING: when it arrives */
    uint64_t turn;   /* CROSSING: of those that arrive at once, which is first */
    int64_t received_ns;
};

/* The first sequence number of one direction of a connection. */
struct wire_isn {
    struct endpoint from, to;
    uint32_t isn;
};

struct wire {
    enum wire_mode mode;
    int64_t delay_ns;                /* WIRE_SLOW */
    VEC(struct wire_packet) packets; /* packet number i has id i + 1 */
    VEC(size_t) queue;               /* those that are held, oldest first */
    VEC(struct wire_isn) isns;
    uint64_t turns;
    size_t crossing, background; /* how many packets are so: mostly none */
};

void wire_free(struct wire *wire);

/* Takes a frame that a host sent (copied). Returns its number; its status says what
 * becomes of it: HELD, CROSSING (in flow: due at once), BACKGROUND or JOINED. */
size_t wire_enter(struct wire *wire, const void *frame, size_t len, int from, int to,
                  int64_t received_ns, int64_t now_ns);

/* Takes a frame that a host sent and that does not get far: it joins nothing, and the
 * caller lets it leave at once. */
size_t wire_enter_lost(struct wire *wire, const void *frame, size_t len, int from,
                       int to, int64_t received_ns, int64_t now_ns);

/* Takes a frame that no host sent (copied): forged, or a firewall's answer. It never
 * joins and never stands in the background. */
size_t wire_insert(struct wire *wire, const void *frame, size_t len, int from, int to,
                   int64_t now_ns);

/* What the receiver of segments from -> to expects next, by what was on the wire: the
 * end of what has arrived in order, and at least what it has acknowledged. False if
 * nothing of that direction is known. */
bool wire_expected(const struct wire *wire, const struct endpoint *from,
                   const struct endpoint *to, uint32_t *seq);

/* The end of what was sent from -> to, whatever became of it. False if nothing was. */
bool wire_sent(const struct wire *wire, const struct endpoint *from,
               const struct endpoint *to, uint32_t *seq);

/* A copy made on purpose of packet number `original`; right behind it if that is held.
 */
size_t wire_copy(struct wire *wire, size_t original, int64_t now_ns);

/* Changes the mode; in flow and slow what is held is to cross now, in order: it becomes
 * CROSSING. */
void wire_set_mode(struct wire *wire, enum wire_mode mode, int64_t delay_ns,
                   int64_t now_ns);

/* The packet that a held-packet line means, or -1. names: of the hosts, by number. */
long wire_find_held(const struct wire *wire, const struct match *match,
                    const char *const *names);
/* The one that replay means: the newest that arrived or was lost, unless match says. */
long wire_find_past(const struct wire *wire, const struct match *match,
                    const char *const *names);

/* The next packet whose crossing is due, or -1. */
long wire_next_due(const struct wire *wire, int64_t now_ns);
/* When the next crossing is due, or -1. */
int64_t wire_next_deadline(const struct wire *wire);

/* Packet `number` leaves the wire: arrived, or lost. Background copies whose answer it
 * was change: after an arrival they are no longer needed, after a loss they go by the
 * wire's mode; in hold they become one packet.
 * Each that changed is told; its new status stands in it. */
void wire_leave(struct wire *wire, size_t number, bool arrived,
                void (*changed)(void *context, size_t number), void *context);

/* The first sequence numbers of a packet's two directions; 0 where no SYN was seen. */
void wire_isns(const struct wire *wire, const struct packet *packet, uint32_t *isn_from,
               uint32_t *isn_to);

#endif
