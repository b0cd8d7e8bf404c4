#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/world_parts.h"

/* Ids count from 1 in order of entry, so that the place is known; a journal that leaves
 * some out is still read. */
static struct world_packet *find(const struct world *world, uint32_t id)
{
    if (id && id <= world->packets.count && world->packets.items[id - 1].id == id)
        return &world->packets.items[id - 1];
    vec_each (packet, &world->packets)
        if (packet->id == id)
            return packet;
    return NULL;
}

const struct world_packet *world_packet_find(const struct world *world, uint32_t id)
{
    return find(world, id);
}

size_t world_held_count(const struct world *world)
{
    size_t count = 0;

    vec_each (packet, &world->packets)
        count += packet->status == ON_WIRE_HELD && !packet->joined;
    return count;
}

static int need_packet(const struct world *world, uint32_t id, struct err *err)
{
    if (!id || find(world, id))
        return 0;
    return err_set(err, -EINVAL, "unknown packet %u", id);
}

static int need_owner(const struct world *world, const char *name, struct err *err)
{
    return strcmp(name, "nobody") == 0 ? 0 : world_need_host(world, name, err);
}

static bool is_entry(enum packet_action action)
{
    return action != PACKET_DELIVERED && action != PACKET_DROPPED &&
           action != PACKET_CORRUPTED;
}

int world_packet_check(const struct world *world, const struct event *event,
                       struct err *err)
{
    const struct event_packet *packet = &event->packet;
    bool known = find(world, packet->id) != NULL;
    int result = need_packet(world, packet->of, err);

    if (result == 0)
        result = need_packet(world, packet->joins, err);
    if (result == 0 && packet->action >= PACKET_ACTION_COUNT)
        result = err_set(err, -EINVAL, "packet %u: unknown action", packet->id);
    if (result == 0 && !packet->id)
        result = err_set(err, -EINVAL, "a packet's id is 1 or more");
    if (result != 0)
        return result;
    if (known) {
        if (packet->action == PACKET_DUPLICATED || packet->action == PACKET_REPLAYED ||
            packet->action == PACKET_INJECTED)
            return err_set(err, -EINVAL, "packet %u is not new", packet->id);
        return 0;
    }
    if (!is_entry(packet->action))
        return need_packet(world, packet->id, err);
    result = need_owner(world, packet->from, err);
    return result ? result : need_owner(world, packet->to, err);
}

static void set_frame(struct world_packet *packet, const struct event_packet *event)
{
    if (!event->frame)
        return;
    free(packet->frame);
    packet->frame = mem_new(event->frame_len, 1);
    memcpy(packet->frame, event->frame, event->frame_len);
    packet->frame_len = event->frame_len;
    packet_decode(packet->frame, packet->frame_len, &packet->decoded);
}

static void set_words(struct world_packet *packet, const struct event_packet *event)
{
    struct buf text = {0};

    if (packet->frame)
        packet_label(&packet->decoded, &text);
    else
        buf_puts(&text, event->flags ? event->flags : "");
    packet->label = buf_take(&text);
    if (event->summary)
        buf_puts(&text, event->summary);
    else if (packet->frame)
        packet_summary(&packet->decoded, 0, 0, &text);
    packet->summary = buf_take(&text);
}

static enum world_packet_status entry_status(const struct world *world,
                                             enum packet_action action)
{
    switch (action) {
    case PACKET_HELD:
        return ON_WIRE_HELD;
    case PACKET_BACKGROUND:
        return ON_WIRE_BACKGROUND;
    case PACKET_DUPLICATED:
    case PACKET_REPLAYED:
    case PACKET_INJECTED: /* they go through the wire's mode like any packet */
        return world->wire == WIRE_HOLD ? ON_WIRE_HELD : ON_WIRE_CROSSING;
    case PACKET_SENT:
    case PACKET_DELIVERED:
    case PACKET_DROPPED:
    case PACKET_CORRUPTED:
    case PACKET_ACTION_COUNT:
        break;
    }
    return ON_WIRE_CROSSING;
}

static bool is_resend(const struct world *world, const struct world_packet *packet)
{
    if (packet->origin != PACKET_SENT || !packet->frame)
        return false;
    vec_each (before, &world->packets)
        if (before < packet && before->frame &&
            packet_is_copy(&before->decoded, &packet->decoded))
            return true;
    return false;
}

/* The packet that stands for this one on the ladder. */
static struct world_packet *shown_for(struct world *world, struct world_packet *packet)
{
    while (packet && packet->joined)
        packet = find(world, packet->joined);
    return packet;
}

/* Which one a new packet becomes one more copy of, or NULL. */
static struct world_packet *joins(struct world *world, const struct event_packet *event)
{
    if (event->joins)
        return shown_for(world, find(world, event->joins));
    if (event->action != PACKET_BACKGROUND || !event->of)
        return NULL;
    vec_each (packet, &world->packets)
        if (packet->status == ON_WIRE_BACKGROUND && packet->of == event->of &&
            !packet->joined)
            return packet;
    return NULL;
}

static void enter(struct world *world, const struct event *event)
{
    const struct event_packet *from = &event->packet;
    struct world_packet *first = joins(world, from);
    struct world_packet *packet;
    struct world_row *row;
    int host = world_host_find(world, from->from);
    uint32_t joined = 0;

    if (first) {
        first->copies = from->joins && from->copies ? from->copies : first->copies + 1;
        joined = first->id;
    }
    packet = vec_push(&world->packets); /* first is not valid from here on */
    packet->id = from->id;
    memcpy(packet->from, from->from, sizeof(packet->from));
    memcpy(packet->to, from->to, sizeof(packet->to));
    packet->origin = from->action == PACKET_DUPLICATED ||
                             from->action == PACKET_REPLAYED ||
                             from->action == PACKET_INJECTED
                         ? from->action
                         : PACKET_SENT;
    packet->status = entry_status(world, from->action);
    packet->of = from->of;
    packet->joined = joined;
    packet->copies = 1;
    packet->seqno = from->seqno;
    packet->ackno = from->ackno;
    packet->sent_ns = event->t_ns;
    set_frame(packet, from);
    set_words(packet, from);
    packet->resend = is_resend(world, packet);
    if (joined)
        return;
    row = world_row_add(world, event, ROW_PACKET, host >= 0 ? (unsigned)host : 0);
    row->packet = world->packets.count - 1;
}

/* Copies that joined a packet go along with it, wherever it goes. */
static void set_status(struct world *world, struct world_packet *packet,
                       enum world_packet_status status, const struct event *event)
{
    bool ended = status == ON_WIRE_DELIVERED || status == ON_WIRE_DROPPED;

    vec_each (copy, &world->packets) {
        if (copy != packet && copy->joined != packet->id)
            continue;
        copy->status = status;
        copy->ended_ns = ended ? event->t_ns : 0;
        if (status == ON_WIRE_DROPPED)
            world_replace(&copy->why, event->packet.why);
    }
}

/* One that was sent later, the same way, has arrived already. */
static bool was_overtaken(const struct world *world, const struct world_packet *packet)
{
    vec_each (later, &world->packets)
        if (later > packet && later->status == ON_WIRE_DELIVERED && !later->joined &&
            strcmp(later->from, packet->from) == 0 && strcmp(later->to, packet->to) == 0)
            return true;
    return false;
}

static void arrive(struct world *world, struct world_packet *packet,
                   const struct event *event)
{
    struct world_row *row;
    int host = world_host_find(world, packet->to);

    if (!packet->joined && was_overtaken(world, packet)) {
        row = world_row_add(world, event, ROW_ARRIVAL, host >= 0 ? (unsigned)host : 0);
        row->packet = (size_t)(packet - world->packets.items);
    }
    set_status(world, packet, ON_WIRE_DELIVERED, event);
}

void world_packet_apply(struct world *world, const struct event *event)
{
    struct world_packet *packet = find(world, event->packet.id);

    if (!packet) {
        enter(world, event);
        return;
    }
    switch (event->packet.action) {
    case PACKET_SENT: /* what was held is let go, slowly */
        set_status(world, packet, ON_WIRE_CROSSING, event);
        break;
    case PACKET_HELD: /* out of the background; or made by duplicate, and held */
        set_status(world, packet, ON_WIRE_HELD, event);
        break;
    case PACKET_BACKGROUND:
        set_status(world, packet, ON_WIRE_BACKGROUND, event);
        break;
    case PACKET_DELIVERED:
        arrive(world, packet, event);
        break;
    case PACKET_DROPPED:
        set_status(world, packet, ON_WIRE_DROPPED, event);
        break;
    case PACKET_CORRUPTED:
        packet->corrupted = true;
        set_frame(packet, &event->packet);
        break;
    case PACKET_DUPLICATED:
    case PACKET_REPLAYED:
    case PACKET_INJECTED:
    case PACKET_ACTION_COUNT:
        break;
    }
}
