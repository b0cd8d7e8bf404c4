/* statemap_path: which arrows the sockets of a world took, and what caused them. Only
 * for statemap*.c. Pure. map_path_make's result is freed by map_path_free.
 */
#ifndef SOCKETARIUM_VIEW_STATEMAP_PATH_H
#define SOCKETARIUM_VIEW_STATEMAP_PATH_H

#include "model/world.h"

/* An arrow that was taken: each pair of states once, the last time it was. */
struct map_taken {
    enum tcp_state from, to;
    char *cause; /* (owned) "connect()", "ACK of FIN"; "" if nobody knows */
};
typedef VEC(struct map_taken) map_path;

/* Of all sockets, or of this one alone. */
void map_path_make(const struct world *world, const struct world_sock *only,
                   map_path *path);
void map_path_free(map_path *path);
const struct map_taken *map_path_find(const map_path *path, enum tcp_state from,
                                      enum tcp_state to);

/* What figure 5 says of an arrow, in one word or two: "SYN,ACK" of "rcv SYN,ACK / snd
 * ACK". The caller frees it. */
char *map_cause_short(const struct tcp_arrow *arrow);

#endif
