#include "lab/wire.h"

#include <string.h>

#include "base/buf.h"

void wire_free(struct wire *wire)
{
    vec_each (packet, &wire->packets)
        free(packet->frame);
    vec_free(&wire->packets);
    vec_free(&wire->queue);
    vec_free(&wire->isns);
}

/* ----------------------------------------------------------- sequence numbers */

static struct wire_isn *isn_find(const struct wire *wire, const struct endpoint *from,
                                 const struct endpoint *to)
{
    vec_each (known, &wire->isns)
        if (endpoint_equal(&known->from, from) && endpoint_equal(&known->to, to))
            return known;
    return NULL;
}

/* A SYN says where its direction begins. A copy of an old one says nothing new. */
static void isn_learn(struct wire *wire, const struct packet *packet)
{
    struct wire_isn *known;

    if (packet->proto != PACKET_TCP || !(packet->flags & TCP_SYN))
        return;
    known = isn_find(wire, &packet->from, &packet->to);
    if (!known)
        known = vec_push(&wire->isns);
    *known = (struct wire_isn){packet->from, packet->to, packet->seq};
}

void wire_isns(const struct wire *wire, const struct packet *packet, uint32_t *isn_from,
               uint32_t *isn_to)
{
    const struct wire_isn *from = isn_find(wire, &packet->from, &packet->to);
    const struct wire_isn *to = isn_find(wire, &packet->to, &packet->from);

    *isn_from = from ? from->isn : 0;
    *isn_to = to ? to->isn : 0;
}

/* ----------------------------------------------------------- entering */

static struct wire_packet *add(struct wire *wire, const void *frame, size_t len,
                               int from, int to)
{
    struct wire_packet *packet = vec_push(&wire->packets);

    packet->id = (uint32_t)wire->packets.count;
    packet->frame = mem_strndup(frame, len);
    packet->len = (uint32_t)len;
    packet->from = from;
    packet->to = to;
    packet->copies = 1;
    packet_decode(packet->frame, len, &packet->decoded);
    return packet;
}

/* Into the queue behind entry `place` - 1. */
static void hold(struct wire *wire, size_t number, size_t place)
{
    vec_push(&wire->queue);
    memmove(&wire->queue.items[place + 1], &wire->queue.items[place],
            (wire->queue.count - 1 - place) * sizeof(*wire->queue.items));
    wire->queue.items[place] = number;
    wire->packets.items[number].status = PACKET_IS_HELD;
}

static void cross(struct wire *wire, struct wire_packet *packet, int64_t now_ns)
{
    packet->status = PACKET_IS_CROSSING;
    packet->due_ns = now_ns + wire->delay_ns;
    packet->turn = ++wire->turns;
    wire->crossing++;
}

static void enter_by_mode(struct wire *wire, size_t number, size_t place, int64_t now_ns)
{
    struct wire_packet *packet = &wire->packets.items[number];

    if (wire->mode == WIRE_HOLD) {
        hold(wire, number, place);
        return;
    }
    cross(wire, packet, now_ns);
}

/* The held packet of which this one is a retransmission, or NULL. */
static struct wire_packet *held_original(const struct wire *wire,
                                         const struct packet *packet)
{
    vec_each (number, &wire->queue) {
        struct wire_packet *held = &wire->packets.items[*number];

        if (!held->on_purpose && packet_is_copy(&held->decoded, packet))
            return held;
    }
    return NULL;
}

static bool answer_is_held(const struct wire *wire, const struct packet *segment)
{
    vec_each (number, &wire->queue)
        if (packet_acknowledges(&wire->packets.items[*number].decoded, segment))
            return true;
    return false;
}

/* The packet that arrived, of which this one is a retransmission, while an answer to it
 * is held; or NULL. */
static const struct wire_packet *answered_original(const struct wire *wire,
                                                   size_t number)
{
    const struct packet *segment = &wire->packets.items[number].decoded;

    if (!answer_is_held(wire, segment))
        return NULL;
    for (size_t i = 0; i < number; i++) {
        const struct wire_packet *earlier = &wire->packets.items[i];

        if (earlier->status == PACKET_HAS_ARRIVED &&
            packet_is_copy(&earlier->decoded, segment))
            return earlier;
    }
    return NULL;
}

static void join(struct wire_packet *packet, struct wire_packet *held)
{
    packet->status = PACKET_IS_JOINED;
    packet->joins = held->id;
    held->copies++;
}

size_t wire_enter(struct wire *wire, const void *frame, size_t len, int from, int to,
                  int64_t received_ns, int64_t now_ns)
{
    struct wire_packet *packet = add(wire, frame, len, from, to);
    size_t number = wire->packets.count - 1;
    struct wire_packet *held = held_original(wire, &packet->decoded);
    const struct wire_packet *answered;

    packet->received_ns = received_ns;
    if (held) {
        join(packet, held);
        return number;
    }
    answered = answered_original(wire, number);
    if (answered) {
        packet->status = PACKET_IS_BACKGROUND;
        wire->background++;
        packet->of = answered->id;
        return number;
    }
    isn_learn(wire, &packet->decoded);
    enter_by_mode(wire, number, wire->queue.count, now_ns);
    return number;
}

size_t wire_enter_lost(struct wire *wire, const void *frame, size_t len, int from,
                       int to, int64_t received_ns, int64_t now_ns)
{
    struct wire_packet *packet = add(wire, frame, len, from, to);

    packet->received_ns = received_ns;
    isn_learn(wire, &packet->decoded);
    cross(wire, packet, now_ns);
    return wire->packets.count - 1;
}

size_t wire_insert(struct wire *wire, const void *frame, size_t len, int from, int to,
                   int64_t now_ns)
{
    struct wire_packet *made = add(wire, frame, len, from, to);

    made->on_purpose = true;
    enter_by_mode(wire, wire->packets.count - 1, wire->queue.count, now_ns);
    return wire->packets.count - 1;
}

bool wire_expected(const struct wire *wire, const struct endpoint *from,
                   const struct endpoint *to, uint32_t *seq)
{
    bool known = false;

    vec_each (packet, &wire->packets) {
        const struct packet *segment = &packet->decoded;
        uint32_t next = 0;

        if (segment->proto != PACKET_TCP || packet->on_purpose)
            continue;
        if (endpoint_equal(&segment->from, to) && endpoint_equal(&segment->to, from) &&
            (segment->flags & TCP_ACK) && !(segment->flags & TCP_RST))
            next = segment->ack;
        else if (endpoint_equal(&segment->from, from) &&
                 endpoint_equal(&segment->to, to) &&
                 packet->status == PACKET_HAS_ARRIVED &&
                 ((segment->flags & TCP_SYN) ||
                  (known && !seq_before(*seq, segment->seq))))
            next = segment->seq + packet_seq_len(segment);
        else
            continue;
        /* A SYN begins anew: the same four-tuple may have been used before. */
        if (!known || seq_before(*seq, next) || (segment->flags & TCP_SYN))
            *seq = next;
        known = true;
    }
    return known;
}

bool wire_sent(const struct wire *wire, const struct endpoint *from,
               const struct endpoint *to, uint32_t *seq)
{
    bool known = false;

    vec_each (packet, &wire->packets) {
        const struct packet *segment = &packet->decoded;
        uint32_t next = segment->seq + packet_seq_len(segment);

        if (segment->proto != PACKET_TCP || packet->on_purpose ||
            !endpoint_equal(&segment->from, from) || !endpoint_equal(&segment->to, to))
            continue;
        if (!known || seq_before(*seq, next) || (segment->flags & TCP_SYN))
            *seq = next;
        known = true;
    }
    return known;
}

size_t wire_copy(struct wire *wire, size_t original, int64_t now_ns)
{
    const struct wire_packet *first = &wire->packets.items[original];
    size_t place = wire->queue.count;
    struct wire_packet *copy;

    for (size_t i = 0; i < wire->queue.count; i++)
        if (wire->queue.items[i] == original)
            place = i + 1;
    copy = add(wire, first->frame, first->len, first->from, first->to);
    copy->on_purpose = true;
    copy->of = (uint32_t)original + 1;
    enter_by_mode(wire, wire->packets.count - 1, place, now_ns);
    return wire->packets.count - 1;
}

/* ----------------------------------------------------------- waiting and leaving */

void wire_set_mode(struct wire *wire, enum wire_mode mode, int64_t delay_ns,
                   int64_t now_ns)
{
    wire->mode = mode;
    wire->delay_ns = mode == WIRE_SLOW ? delay_ns : 0;
    if (mode == WIRE_HOLD)
        return;
    vec_each (number, &wire->queue)
        cross(wire, &wire->packets.items[*number], now_ns);
    wire->queue.count = 0;
}

struct search {
    const struct wire *wire;
    const struct match *match;
    const char *const *names;
};

static bool packet_fits(const struct search *search, size_t number)
{
    const struct wire_packet *packet = &search->wire->packets.items[number];

    return match_fits(search->match, &packet->decoded,
                      packet->from < 0 ? "nobody" : search->names[packet->from],
                      packet->to < 0 ? "nobody" : search->names[packet->to]);
}

static bool queued_fits(void *context, size_t place)
{
    const struct search *search = context;

    return packet_fits(search, search->wire->queue.items[place]);
}

static bool past_fits(void *context, size_t number)
{
    const struct search *search = context;
    enum wire_status status = search->wire->packets.items[number].status;

    return (status == PACKET_HAS_ARRIVED || status == PACKET_IS_LOST) &&
           packet_fits(search, number);
}

long wire_find_held(const struct wire *wire, const struct match *match,
                    const char *const *names)
{
    struct search search = {wire, match, names};
    long place = match_choose(match, wire->queue.count, queued_fits, &search);

    return place < 0 ? -1 : (long)wire->queue.items[place];
}

long wire_find_past(const struct wire *wire, const struct match *match,
                    const char *const *names)
{
    struct match newest = *match;
    struct search search = {wire, match, names};

    if (!newest.number)
        newest.last = true;
    return match_choose(&newest, wire->packets.count, past_fits, &search);
}

/* Of two that are due at once the one that was before on the wire. */
static bool is_before(const struct wire_packet *a, const struct wire_packet *b)
{
    return a->due_ns < b->due_ns || (a->due_ns == b->due_ns && a->turn < b->turn);
}

long wire_next_due(const struct wire *wire, int64_t now_ns)
{
    long first = -1;

    for (size_t i = 0; wire->crossing > 0 && i < wire->packets.count; i++) {
        const struct wire_packet *packet = &wire->packets.items[i];

        if (packet->status == PACKET_IS_CROSSING && packet->due_ns <= now_ns &&
            (first < 0 || is_before(packet, &wire->packets.items[first])))
            first = (long)i;
    }
    return first;
}

int64_t wire_next_deadline(const struct wire *wire)
{
    int64_t next = -1;

    if (wire->crossing == 0)
        return -1;
    vec_each (packet, &wire->packets)
        if (packet->status == PACKET_IS_CROSSING && (next < 0 || packet->due_ns < next))
            next = packet->due_ns;
    return next;
}

static void unqueue(struct wire *wire, size_t number)
{
    for (size_t i = 0; i < wire->queue.count; i++) {
        if (wire->queue.items[i] == number) {
            vec_remove(&wire->queue, i);
            return;
        }
    }
}

/* A background copy is needed after all: held, it is one with those that are. */
static void come_forward(struct wire *wire, size_t number, int64_t now_ns)
{
    struct wire_packet *packet = &wire->packets.items[number];
    struct wire_packet *held = held_original(wire, &packet->decoded);

    if (held)
        join(packet, held);
    else
        enter_by_mode(wire, number, wire->queue.count, now_ns);
}

void wire_leave(struct wire *wire, size_t number, bool arrived,
                void (*changed)(void *context, size_t number), void *context)
{
    struct wire_packet *leaving = &wire->packets.items[number];

    unqueue(wire, number);
    if (leaving->status == PACKET_IS_CROSSING)
        wire->crossing--;
    if (leaving->status == PACKET_IS_BACKGROUND)
        wire->background--;
    leaving->status = arrived ? PACKET_HAS_ARRIVED : PACKET_IS_LOST;
    for (size_t i = 0; wire->background > 0 && i < wire->packets.count; i++) {
        struct wire_packet *waiting = &wire->packets.items[i];

        if (waiting->status != PACKET_IS_BACKGROUND ||
            !packet_acknowledges(&leaving->decoded, &waiting->decoded))
            continue;
        if (arrived)
            waiting->status = PACKET_WAS_NOT_NEEDED;
        else if (!answer_is_held(wire, &waiting->decoded))
            come_forward(wire, i, leaving->due_ns);
        else
            continue;
        wire->background--;
        changed(context, i);
    }
}
