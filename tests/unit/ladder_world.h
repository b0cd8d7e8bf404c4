/* ladder_world: worlds built by hand for the tests of the ladder. */
#ifndef SOCKETARIUM_TESTS_LADDER_WORLD_H
#define SOCKETARIUM_TESTS_LADDER_WORLD_H

#include "picture.h"

#include <stdio.h>

#include "view/ladder.h"

static const struct ladder_look plain = {0};

static inline void add_host(struct world *world, const char *name, const char *address)
{
    struct world_host *host = &world->hosts[world->host_count++];

    snprintf(host->name, sizeof(host->name), "%s", name);
    host->address_count = 1;
    assert_int_equal(address_parse(address, &host->addresses[0]), 0);
}

static inline struct world two_hosts(void)
{
    struct world world = {0};

    add_host(&world, "client", "192.168.0.110");
    add_host(&world, "server", "192.168.0.101");
    return world;
}

static inline struct world_row *add_row(struct world *world, enum world_row_kind kind,
                                        unsigned host)
{
    struct world_row *row = vec_push(&world->rows);

    row->kind = kind;
    row->host = host;
    row->seq = world->rows.count;
    return row;
}

static inline void add_state(struct world *world, unsigned host, enum tcp_state state)
{
    add_row(world, ROW_STATE, host)->state = state;
}

static inline void add_text(struct world *world, enum world_row_kind kind, unsigned host,
                            const char *text)
{
    add_row(world, kind, host)->text = mem_strdup(text);
}

/* The packet and its row. The pointer is valid until the next packet. */
static inline struct world_packet *add_packet(struct world *world, const char *from,
                                              const char *to, const char *label,
                                              enum world_packet_status status)
{
    struct world_packet *packet = vec_push(&world->packets);

    packet->id = (uint32_t)world->packets.count;
    snprintf(packet->from, sizeof(packet->from), "%s", from);
    snprintf(packet->to, sizeof(packet->to), "%s", to);
    packet->label = mem_strdup(label);
    packet->status = status;
    packet->copies = 1;
    add_row(world, ROW_PACKET, 0)->packet = world->packets.count - 1;
    return packet;
}

/* Frees the world. */
static inline void assert_ladder(struct world *world, const struct ladder_look *look,
                                 int width, int height, const char *picture)
{
    struct canvas canvas;

    canvas_init(&canvas, width, height);
    ladder_draw(world, look, &canvas, canvas_all(&canvas));
    assert_picture(&canvas, picture);
    canvas_free(&canvas);
    world_free(world);
}

#endif
