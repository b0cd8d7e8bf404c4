/* What makes sense at a packet, and the MATCH that means it and no other.
 *
 * Ports are left out of the MATCH: a client's is another one each time that the lines
 * are run.
 */
#include <stdlib.h>
#include <string.h>

#include "lesson/menu_parts.h"
#include "model/match.h"

typedef VEC(const struct world_packet *) packet_list;

/* ----------------------------------------------------------- which one is meant */

/* In the order of the wire: a duplicate stands right behind what it was made of. */
static void in_order(const struct world *world, packet_list *order)
{
    vec_each (packet, &world->packets) {
        size_t place = order->count;

        for (size_t i = 0; packet->origin == PACKET_DUPLICATED && i < order->count; i++)
            if (order->items[i]->id == packet->of)
                place = i + 1;
        vec_push(order);
        memmove(&order->items[place + 1], &order->items[place],
                (order->count - 1 - place) * sizeof(*order->items));
        order->items[place] = packet;
    }
}

static bool is_held(const struct world_packet *packet)
{
    return packet->status == ON_WIRE_HELD && !packet->joined;
}

/* What replay may choose: not a copy that went with another one, nor one that was thrown
 * away in the background. */
static bool is_past(const struct world_packet *packet)
{
    return (packet->status == ON_WIRE_DELIVERED || packet->status == ON_WIRE_DROPPED) &&
           !packet->joined && !(packet->why && strcmp(packet->why, "answered") == 0);
}

/* The word that stands on the arrow, if a MATCH has it; RST+ACK is a RST. */
static void set_kind(struct match *match, const struct packet *packet)
{
    const char *words[] = {packet_word(packet), "RST"};
    struct err err;

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        match->kind = MATCH_ANY;
        if (match_word(match, words[i], NULL, NULL, &err) == 0 &&
            match_fits(match, packet, match->from, match->to))
            return;
    }
    match->kind = MATCH_ANY;
}

/* Counts those that fit, up to the packet: `#N`. Without it the oldest is meant, or for
 * replay the newest. */
static void match_exactly(const struct world *world, const struct world_packet *packet,
                          bool past, struct match *match)
{
    packet_list order = {0};
    unsigned count = 0, number = 0;

    *match = (struct match){0};
    memcpy(match->from, packet->from, sizeof(match->from));
    memcpy(match->to, packet->to, sizeof(match->to));
    set_kind(match, &packet->decoded);
    if (past)
        vec_each (other, &world->packets)
            *vec_push(&order) = other;
    else
        in_order(world, &order);
    vec_each (other, &order) {
        if (!(past ? is_past(*other) : is_held(*other)) ||
            !match_fits(match, &(*other)->decoded, (*other)->from, (*other)->to))
            continue;
        count++;
        if (*other == packet)
            number = count;
    }
    if (number != (past ? count : 1))
        match->number = number;
    vec_free(&order);
}

/* ----------------------------------------------------------- choices */

static void add_packet_line(struct menu *menu, const char *title, const char *word,
                            const struct match *match, const char *why)
{
    struct buf line = {0};

    buf_printf(&line, "%s ", word);
    match_print(match, &line);
    menu_add_line(menu, title, buf_take(&line), why);
}

static void add_held(struct menu *menu, const struct world *world,
                     const struct world_packet *packet)
{
    struct match match;

    match_exactly(world, packet, false, &match);
    add_packet_line(menu, "Deliver it", "deliver", &match, NULL);
    add_packet_line(menu, packet->copies > 1 ? "Drop it and its copies" : "Drop it",
                    "drop", &match, NULL);
    add_packet_line(menu, "Duplicate it", "duplicate", &match, NULL);
    add_packet_line(menu, "Damage it on the way", "corrupt", &match,
                    packet->decoded.payload_len ? NULL : "it has no payload");
}

static const char *why_not(const struct world_packet *packet)
{
    switch (packet->status) {
    case ON_WIRE_CROSSING:
        return "it is crossing";
    case ON_WIRE_BACKGROUND:
        return "the answer to it is held";
    case ON_WIRE_HELD:
    case ON_WIRE_DELIVERED:
    case ON_WIRE_DROPPED:
        break;
    }
    return "it was not needed";
}

/* What stands on the ladder for this one. */
static const struct world_packet *shown_for(const struct world *world,
                                            const struct world_packet *packet)
{
    while (packet->joined && world_packet_find(world, packet->joined))
        packet = world_packet_find(world, packet->joined);
    return packet;
}

struct menu *menu_of_packet(const struct world *world, const struct world_packet *packet)
{
    struct menu *menu;
    struct match match;
    char *title;

    packet = shown_for(world, packet);
    title = mem_printf("%s %s->%s", packet->label ? packet->label : "", packet->from,
                       packet->to);
    menu = menu_new(title);
    free(title);
    if (is_held(packet)) {
        add_held(menu, world, packet);
    } else {
        match_exactly(world, packet, true, &match);
        add_packet_line(menu, "Send it again: replay", "replay", &match,
                        is_past(packet) ? NULL : why_not(packet));
    }
    menu_add_act(menu, MENU_DECODE, "Decode it, field by field",
                 packet->frame ? NULL : "its bytes are not there");
    return menu;
}
