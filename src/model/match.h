/* match: the MATCH of the lesson language (LESSON-FORMAT, "The wire"): which packet a
 * line means. Pure; any thread may call.
 */
#ifndef SOCKETARIUM_MODEL_MATCH_H
#define SOCKETARIUM_MODEL_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/named.h"
#include "model/packet.h"

enum match_kind {
    MATCH_ANY,
    MATCH_SYN, /* SYN without ACK */
    MATCH_SYN_ACK,
    MATCH_ACK,     /* a pure ACK: no SYN, FIN, RST, no payload */
    MATCH_FIN,     /* any segment with FIN */
    MATCH_FIN_ACK, /* FIN and ACK */
    MATCH_RST,     /* any with RST */
    MATCH_DATA,    /* any with TCP payload */
    MATCH_UDP,
    MATCH_ICMP, /* and ICMPv6 */
};

/* The words of the kinds (values: enum match_kind), the last one's name is NULL. */
extern const struct named match_kinds[];

#define MATCH_NAME 16

struct match {
    enum match_kind kind;
    char from[MATCH_NAME], to[MATCH_NAME]; /* host name, "nobody", or "" for any */
    uint16_t from_port, to_port;           /* 0 for any */
    bool last;                             /* the newest instead of the oldest */
    unsigned number;                       /* #N, from 1; 0 when not said */
};

/* Reads one word into match: a FLAGS word, FROM->TO, FROM->, ->TO (FROM and TO once
 * each), last or #N.
 * 0, or -EINVAL with err saying what was expected. host_known is asked for each host
 * name (not for "nobody"); NULL accepts all. */
int match_word(struct match *match, const char *word,
               bool (*host_known)(void *context, const char *name), void *context,
               struct err *err);

/* True when the packet, whose owners are from and to ("nobody" if none), fits all words
 * but `last` and `#N`, which choose among those that fit. */
bool match_fits(const struct match *match, const struct packet *packet, const char *from,
                const char *to);

/* Which of `count` packets is meant; fits(context, i) tells whether the i-th (oldest
 * first) fits. Returns its index, or -1. */
long match_choose(const struct match *match, size_t count,
                  bool (*fits)(void *context, size_t index), void *context);

/* As the lesson would write it: "SYN client->server". */
void match_print(const struct match *match, struct buf *out);

#endif
