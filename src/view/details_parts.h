/* details_parts: the groups of a socket's details. Only for details*.c. Pure. */
#ifndef SOCKETARIUM_VIEW_DETAILS_PARTS_H
#define SOCKETARIUM_VIEW_DETAILS_PARTS_H

#include "model/world.h"
#include "view/facts.h"

/* tcp_info in groups, as far as the kernel gave it. */
void details_tcp_info(struct facts *facts, const struct sock *sock);

/* RECV-Q and SEND-Q over time, as graphs. With `ascii` without block elements. */
void details_graph(struct facts *facts, const struct world_sock *sock, int64_t now_ns,
                   bool ascii);

#endif
