/* map_world: worlds built by hand for the tests of the state map. */
#ifndef SOCKETARIUM_TESTS_MAP_WORLD_H
#define SOCKETARIUM_TESTS_MAP_WORLD_H

#include "picture.h"

#include <stdio.h>
#include <string.h>

#include "view/statemap.h"

enum { CLIENT, SERVER };

static inline struct world map_world(void)
{
    struct world world = {.host_count = 2, .step_seq = 1000};

    strcpy(world.hosts[CLIENT].name, "client");
    strcpy(world.hosts[SERVER].name, "server");
    return world;
}

static inline struct world_row *map_row(struct world *world, enum world_row_kind kind,
                                        unsigned host)
{
    struct world_row *row = vec_push(&world->rows);

    row->kind = kind;
    row->host = host;
    row->seq = world->rows.count;
    row->t_ns = (int64_t)world->rows.count;
    return row;
}

static inline void map_call(struct world *world, unsigned host, const char *text)
{
    map_row(world, ROW_CALL, host)->text = mem_strdup(text);
}

static inline struct world_sock *map_sock(struct world *world, uint64_t cookie)
{
    vec_each (sock, &world->socks)
        if (sock->sock.cookie == cookie)
            return sock;
    return NULL;
}

/* A socket in that state, which it did not reach by an arrow. */
static inline void map_add(struct world *world, unsigned host, uint64_t cookie,
                           enum tcp_state state, uint16_t port, const char *owner)
{
    struct world_sock *sock = vec_push(&world->socks);

    sock->host = host;
    sock->sock.cookie = cookie;
    sock->sock.proto = PROTO_TCP;
    sock->sock.state = sock->from = state;
    sock->sock.local.port = port;
    sock->owner = mem_strdup(owner);
}

static inline void map_move(struct world *world, uint64_t cookie, enum tcp_state state)
{
    struct world_sock *sock = map_sock(world, cookie);
    struct world_row *row = map_row(world, ROW_STATE, sock->host);

    row->cookie = cookie;
    row->from = sock->from = sock->sock.state;
    row->state = sock->sock.state = state;
}

/* A RST arrives at the client now. */
static inline void map_reset(struct world *world)
{
    struct world_packet *packet = vec_push(&world->packets);

    packet->status = ON_WIRE_DELIVERED;
    packet->ended_ns = (int64_t)world->rows.count + 1;
    strcpy(packet->to, "client");
    packet->decoded.proto = PACKET_TCP;
    packet->decoded.flags = TCP_RST;
}

/* c connects to s, and server's x is the other end. The handshake's ACK is still held
 * when it is not `done`. */
static inline void map_handshake(struct world *world, bool done)
{
    map_add(world, SERVER, 1, STATE_CLOSED, 6666, "server s");
    map_call(world, SERVER, "listen(s, 5)");
    map_move(world, 1, STATE_LISTEN);
    map_add(world, CLIENT, 2, STATE_CLOSED, 41900, "client c");
    map_call(world, CLIENT, "connect(c, 10.0.0.2:6666)");
    map_move(world, 2, STATE_SYN_SENT);
    map_add(world, SERVER, 3, STATE_LISTEN, 6666, "kernel");
    map_move(world, 3, STATE_SYN_RECEIVED);
    map_move(world, 2, STATE_ESTABLISHED);
    if (!done)
        return;
    map_move(world, 3, STATE_ESTABLISHED);
    free(map_sock(world, 3)->owner);
    map_sock(world, 3)->owner = mem_strdup("server x");
}

/* The client closes first, and waits. */
static inline void map_farewell(struct world *world)
{
    map_handshake(world, true);
    map_call(world, CLIENT, "close(c)");
    map_move(world, 2, STATE_FIN_WAIT_1);
    map_move(world, 3, STATE_CLOSE_WAIT);
    map_move(world, 2, STATE_FIN_WAIT_2);
    map_call(world, SERVER, "close(x)");
    map_move(world, 3, STATE_LAST_ACK);
    map_move(world, 2, STATE_TIME_WAIT);
    map_move(world, 3, STATE_CLOSED);
    map_sock(world, 3)->gone = true;
}

#endif
