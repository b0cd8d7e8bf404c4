#include "view/statemap_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define RECEIVED "rcv "
#define RESET "rcv RST"
#define TIMEOUT "Timeout="
/* A host is asked for its sockets as soon as a packet was delivered to it. */
#define JUST_BEFORE_NS NS_PER_S

static bool starts_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

char *map_cause_short(const struct tcp_arrow *arrow)
{
    const char *text = arrow->cause, *end = strstr(text, " / ");
    const char *note = strstr(text, " (note");

    if (starts_with(text, RECEIVED))
        text += strlen(RECEIVED);
    else if (starts_with(text, TIMEOUT))
        text += strlen(TIMEOUT);
    if (!end)
        end = note;
    return end ? mem_strndup(text, (size_t)(end - text)) : mem_strdup(text);
}

/* The calls that change a state, with what figure 5 calls them. */
static bool moves(const char *call, size_t len)
{
    static const char *const names[] = {"connect", "listen", "close", "shutdown"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strlen(names[i]) == len && memcmp(names[i], call, len) == 0)
            return true;
    return false;
}

/* The last call before a row, on its host, that can change a state: "close()"; but not
 * one before the socket came into its old state. Where a program ended after that, how
 * it did: the kernel closed its sockets then. NULL if there is none. */
static char *last_call(const struct world *world, const struct world_row *change)
{
    for (const struct world_row *row = change; row-- > world->rows.items;) {
        size_t len = row->text ? strcspn(row->text, "(") : 0;

        if (row->host != change->host)
            continue;
        if (row->kind == ROW_STATE && row->cookie == change->cookie)
            break;
        if (row->kind == ROW_CALL && len && moves(row->text, len))
            return mem_printf("%.*s()", (int)len, row->text);
        if (row->kind == ROW_HOST && row->text)
            return mem_strdup(row->text);
    }
    return NULL;
}

/* A RST was the last that came to the host, just before the row. */
static bool was_reset(const struct world *world, const struct world_row *change)
{
    const struct world_packet *last = NULL;

    vec_each (packet, &world->packets)
        if (packet->status == ON_WIRE_DELIVERED && packet->ended_ns <= change->t_ns &&
            world_host_find(world, packet->to) == (int)change->host &&
            (!last || packet->ended_ns >= last->ended_ns))
            last = packet;
    return last && change->t_ns - last->ended_ns < JUST_BEFORE_NS &&
           last->decoded.proto == PACKET_TCP && (last->decoded.flags & TCP_RST);
}

/* True when figure 5 says that a segment, no RST, or the time causes it. */
static bool needs_no_call(const struct tcp_arrow *arrow)
{
    return starts_with(arrow->cause, TIMEOUT) ||
           (starts_with(arrow->cause, RECEIVED) && !starts_with(arrow->cause, RESET));
}

/* A connection is CLOSED by a RST that came, by one that it sent (close() with unread
 * data), or because nobody answered any more: the figure has one arrow for all. */
static char *cause_of(const struct world *world, const struct world_row *change)
{
    int found = tcp_arrow_find(change->from, change->state);
    const struct tcp_arrow *arrow = found < 0 ? NULL : &tcp_arrows[found];
    bool closed = change->state == STATE_CLOSED && change->from != STATE_LISTEN;
    char *call;

    if (change->state == STATE_CLOSED && was_reset(world, change))
        return mem_strdup("RST");
    if (arrow && needs_no_call(arrow))
        return map_cause_short(arrow);
    if (!arrow && !closed) /* a state between the two was never seen: a SYN cookie */
        return mem_strdup("");
    call = last_call(world, change);
    if (closed &&
        (!call || starts_with(call, "connect") || starts_with(call, "listen"))) {
        free(call);
        return mem_strdup("timeout");
    }
    if (call)
        return call;
    return arrow ? map_cause_short(arrow) : mem_strdup("");
}

const struct map_taken *map_path_find(const map_path *path, enum tcp_state from,
                                      enum tcp_state to)
{
    vec_each (taken, path)
        if (taken->from == from && taken->to == to)
            return taken;
    return NULL;
}

void map_path_make(const struct world *world, const struct world_sock *only,
                   map_path *path)
{
    vec_each (row, &world->rows) {
        struct map_taken *taken;

        if (row->kind != ROW_STATE || row->from == row->state)
            continue;
        if (only && (row->host != only->host || row->cookie != only->sock.cookie))
            continue;
        taken = (struct map_taken *)map_path_find(path, row->from, row->state);
        if (!taken) {
            taken = vec_push(path);
            taken->from = row->from;
            taken->to = row->state;
        }
        free(taken->cause);
        taken->cause = cause_of(world, row);
    }
}

void map_path_free(map_path *path)
{
    vec_each (taken, path)
        free(taken->cause);
    vec_free(path);
}
