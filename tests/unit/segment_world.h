/* segment_world: packets on a wire between two hosts, for the test of the segment view.
 */
#ifndef SOCKETARIUM_TESTS_SEGMENT_WORLD_H
#define SOCKETARIUM_TESTS_SEGMENT_WORLD_H

#include "picture.h"

#include <string.h>

#include "packet_frames.h"
#include "view/segment.h"

static inline void segment_sock(struct world *world, unsigned host, const char *owner,
                                enum tcp_state state, const char *local,
                                const char *remote)
{
    struct world_sock *sock = vec_push(&world->socks);

    sock->host = host;
    sock->owner = mem_strdup(owner);
    sock->sock.proto = state == STATE_NONE ? PROTO_UDP : PROTO_TCP;
    sock->sock.state = state;
    sock->sock.cookie = world->socks.count;
    assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    if (remote)
        assert_int_equal(endpoint_parse(remote, &sock->sock.remote), 0);
    sock->sock.family = sock->sock.local.address.family;
}

/* The server listens on port 6666. */
static inline struct world segment_world(void)
{
    struct world world = {.host_count = 2};

    strcpy(world.hosts[0].name, "client");
    strcpy(world.hosts[1].name, "server");
    for (unsigned i = 0; i < 2; i++) {
        world.hosts[i].up = true;
        world.hosts[i].address_count = 2;
        address_parse(i ? "192.168.0.101" : "192.168.0.110",
                      &world.hosts[i].addresses[0]);
        address_parse(i ? "fd00::101" : "fd00::110", &world.hosts[i].addresses[1]);
    }
    segment_sock(&world, 1, "server s", STATE_LISTEN, "0.0.0.0:6666", NULL);
    return world;
}

/* A frame of packet_frames, held. The pointer is valid until the next one. */
static inline struct world_packet *segment_add(struct world *world, const char *name)
{
    struct world_packet *packet = vec_push(&world->packets);
    struct buf label = {0};

    packet->id = (uint32_t)world->packets.count;
    packet->status = ON_WIRE_HELD;
    packet->copies = 1;
    packet->seqno = packet->ackno = -1;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        if (strcmp(frame_cases[i].name, name) != 0)
            continue;
        packet->frame_len = (uint32_t)frame_cases[i].len;
        packet->frame = mem_new(packet->frame_len, 1);
        memcpy(packet->frame, frame_cases[i].bytes, packet->frame_len);
    }
    assert_non_null(packet->frame);
    packet_decode(packet->frame, packet->frame_len, &packet->decoded);
    packet_label(&packet->decoded, &label);
    packet->label = buf_take(&label);
    strcpy(packet->from, "nobody");
    strcpy(packet->to, "nobody");
    for (unsigned i = 0; i < 2; i++) {
        const struct world_host *host = &world->hosts[i];

        for (unsigned k = 0; k < host->address_count; k++) {
            if (address_equal(&host->addresses[k], &packet->decoded.from.address))
                strcpy(packet->from, host->name);
            if (address_equal(&host->addresses[k], &packet->decoded.to.address))
                strcpy(packet->to, host->name);
        }
    }
    return packet;
}

static inline struct world_packet *segment_syn(struct world *world)
{
    struct world_packet *packet = segment_add(world, "syn");

    packet->seqno = 0;
    return packet;
}

/* A segment of a connection that is there. */
static inline struct world_packet *segment_data(struct world *world)
{
    struct world_packet *packet = segment_add(world, "data");

    segment_sock(world, 1, "server x", STATE_ESTABLISHED, "192.168.0.101:6666",
                 "192.168.0.110:41900");
    packet->seqno = packet->ackno = 1;
    return packet;
}

#endif
