#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/world_parts.h"

struct world_sock *world_sock_find(const struct world *world, unsigned host,
                                   uint64_t cookie)
{
    vec_each (sock, &world->socks)
        if (sock->sock.cookie == cookie && sock->host == host)
            return sock;
    return NULL;
}

enum world_mark world_sock_mark(const struct world *world, const struct world_sock *sock)
{
    if (sock->gone)
        return MARK_GONE;
    if (sock->born > world->step_seq)
        return MARK_NEW;
    return sock->changed > world->step_seq ? MARK_CHANGED : MARK_NONE;
}

int world_socket_check(const struct world *world, const struct event *event,
                       struct err *err)
{
    const struct event_socket *socket = &event->socket;

    if (!socket->sock.cookie)
        return err_set(err, -EINVAL, "a socket without an id");
    if (socket->change >= SOCKET_CHANGE_COUNT)
        return err_set(err, -EINVAL, "socket: unknown change");
    return world_need_host(world, socket->host, err);
}

/* UDP has no state; and a socket that had none yet does not "become" CLOSED as it goes.
 */
static bool changes_state(const struct event_socket *socket)
{
    if (socket->sock.proto != PROTO_TCP || socket->sock.state == STATE_NONE)
        return false;
    switch (socket->change) {
    case SOCKET_APPEARED:
        return true;
    case SOCKET_STATE:
    case SOCKET_VANISHED:
        return socket->from != socket->sock.state;
    case SOCKET_QUEUES:
    case SOCKET_TIMER:
    case SOCKET_RETRANS:
    case SOCKET_INFO:
    case SOCKET_CHANGE_COUNT:
        break;
    }
    return false;
}

static void follow_queues(struct world_sock *sock, int64_t t_ns)
{
    const struct sock *now = &sock->sock;
    const struct world_queues *last =
        sock->queues.count ? vec_last(&sock->queues) : NULL;

    if (last && last->recvq == now->recvq && last->sendq == now->sendq)
        return;
    if (sock->queues.count == WORLD_QUEUES_MOST)
        vec_remove(&sock->queues, 0);
    *vec_push(&sock->queues) = (struct world_queues){t_ns, now->recvq, now->sendq};
}

/* accept() has taken it: nothing else about it is new. */
static bool was_accepted(const struct world_sock *sock, const struct event_socket *now)
{
    return sock->owner && now->owner && strcmp(sock->owner, now->owner) != 0 &&
           strcmp(sock->owner, "not accepted yet") == 0;
}

/* The name that a program has, or had, for the socket; NULL if none did. */
static const char *variable_of(const struct world *world, const struct world_sock *sock)
{
    vec_each (var, &world->vars)
        if (var->cookie == sock->sock.cookie &&
            world_thread_host(world, var->process) == (int)sock->host)
            return var->name;
    return NULL;
}

/* Which of its host's connections this is, when there are several: "conn", or the port
 * that no other one has. NULL when there is nothing to tell apart. */
static char *which_socket(const struct world *world, const struct world_sock *sock)
{
    const char *variable = variable_of(world, sock);
    bool several = false, same_local = false;
    uint16_t port;

    vec_each (other, &world->socks) {
        if (other == sock || other->host != sock->host ||
            other->sock.proto != PROTO_TCP || other->sock.state == STATE_LISTEN)
            continue;
        several = true;
        if (other->sock.local.port == sock->sock.local.port)
            same_local = true;
    }
    if (several && variable)
        return mem_strdup(variable);
    port = same_local ? sock->sock.remote.port : sock->sock.local.port;
    return several && port ? mem_printf(":%u", port) : NULL;
}

void world_socket_apply(struct world *world, const struct event *event)
{
    const struct event_socket *from = &event->socket;
    unsigned host = (unsigned)world_host_find(world, from->host);
    struct world_sock *sock = world_sock_find(world, host, from->sock.cookie);
    bool moved = sock && (!endpoint_equal(&sock->sock.local, &from->sock.local) ||
                          !endpoint_equal(&sock->sock.remote, &from->sock.remote));

    if (!sock) {
        sock = vec_push(&world->socks);
        sock->host = host;
        sock->born = event->seq;
        sock->from = from->from;
    }
    sock->sock = from->sock;
    sock->deadline_ns = from->deadline_ns;
    sock->gone = from->change == SOCKET_VANISHED;
    follow_queues(sock, event->t_ns);
    /* Else the table's row is as it was. */
    if (from->change != SOCKET_INFO || moved || was_accepted(sock, from))
        sock->changed = event->seq;
    if (from->owner)
        world_replace(&sock->owner, from->owner);
    if (changes_state(from)) {
        struct world_row *row = world_row_add(world, event, ROW_STATE, host);

        sock->from = from->from;
        row->cookie = from->sock.cookie;
        row->from = from->from;
        row->state = from->sock.state;
        row->text = which_socket(world, sock);
    }
}

void world_socks_lose(struct world *world, unsigned host, uint64_t seq)
{
    vec_each (sock, &world->socks) {
        if (sock->host != host || sock->gone)
            continue;
        sock->gone = true;
        sock->changed = seq;
        sock->deadline_ns = -1;
        if (sock->sock.proto == PROTO_TCP) {
            sock->from = sock->sock.state;
            sock->sock.state = STATE_CLOSED;
        }
    }
}

static void clear_sock(struct world_sock *sock)
{
    free(sock->owner);
    vec_free(&sock->queues);
}

void world_socks_forget(struct world *world)
{
    size_t kept = 0;

    for (size_t i = 0; i < world->socks.count; i++) {
        if (world->socks.items[i].gone)
            clear_sock(&world->socks.items[i]);
        else
            world->socks.items[kept++] = world->socks.items[i];
    }
    world->socks.count = kept;
}

void world_socks_free(struct world *world)
{
    vec_each (sock, &world->socks)
        clear_sock(sock);
    vec_free(&world->socks);
}
