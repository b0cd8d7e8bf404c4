/* The one path of every frame, one at a time: take it, journal it, dump the sender's
 * host, deliver, dump the receiver's host. So every state between two frames is seen. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lab/lab_private.h"
#include "model/packet_build.h"

#define ICMPV6_MLD_QUERY 130   /* RFC 2710 */
#define ICMPV6_REDIRECT 137    /* RFC 4861 */
#define ICMPV6_MLD2_REPORT 143 /* RFC 3810 */

static const char *host_name(const struct lab *lab, int number)
{
    return number < 0 ? "nobody" : lab->hosts[number].name;
}

static int owner_of_address(const struct lab *lab, const struct address *address)
{
    for (unsigned i = 0; i < lab->host_count; i++)
        for (unsigned j = 0; j < lab->hosts[i].addresses.address_count; j++)
            if (address_equal(&lab->hosts[i].addresses.addresses[j], address))
                return (int)i;
    return -1;
}

/* Not TCP, UDP, or ICMP that concerns them: never shown (DESIGN, section 3). */
static bool is_noise(const struct packet *packet)
{
    if (packet->family == 0 || packet->proto == PACKET_OTHER)
        return true;
    return packet->proto == PACKET_ICMPV6 && ((packet->icmp_type >= ICMPV6_MLD_QUERY &&
                                               packet->icmp_type <= ICMPV6_REDIRECT) ||
                                              packet->icmp_type == ICMPV6_MLD2_REPORT);
}

/* ----------------------------------------------------------- journal */

static const char *proto_word(const struct packet *packet)
{
    switch (packet->proto) {
    case PACKET_TCP:
        return "tcp";
    case PACKET_UDP:
        return "udp";
    case PACKET_ICMP:
    case PACKET_ICMPV6:
        return "icmp";
    case PACKET_OTHER:
        break;
    }
    return "other";
}

static void add_numbers(const struct lab *lab, const struct packet *packet,
                        struct event_packet *event)
{
    uint32_t isn_from, isn_to;
    struct buf text = {0};

    wire_isns(&lab->wire, packet, &isn_from, &isn_to);
    packet_summary(packet, isn_from, isn_to, &text);
    event->summary = buf_take(&text);
    event->flags = mem_strdup(packet_word(packet));
    event->seqno = event->ackno = event->seq_absolute = event->ack_absolute = -1;
    if (packet->proto != PACKET_TCP)
        return;
    event->seq_absolute = packet->seq;
    event->seqno = (uint32_t)(packet->seq - isn_from);
    if (packet->flags & TCP_ACK) {
        event->ack_absolute = packet->ack;
        event->ackno = (uint32_t)(packet->ack - isn_to);
    }
}

/* Tells what happened to packet number `number`; with its frame when it enters the wire.
 */
static void tell(struct lab *lab, size_t number, enum packet_action action,
                 const char *why, bool with_frame)
{
    const struct wire_packet *packet = &lab->wire.packets.items[number];
    struct event event = {.kind = EVENT_PACKET,
                          .packet = {.id = packet->id,
                                     .action = action,
                                     .len = packet->decoded.payload_len,
                                     .of = packet->of,
                                     .joins = packet->joins,
                                     .received_ns = packet->received_ns}};

    snprintf(event.packet.from, NAME_TEXT, "%s", host_name(lab, packet->from));
    snprintf(event.packet.to, NAME_TEXT, "%s", host_name(lab, packet->to));
    event.packet.proto = mem_strdup(proto_word(&packet->decoded));
    event.packet.why = why ? mem_strdup(why) : NULL;
    event.packet.copies = packet->joins
                              ? lab->wire.packets.items[packet->joins - 1].copies
                              : packet->copies;
    add_numbers(lab, &packet->decoded, &event.packet);
    if (with_frame) {
        event.packet.frame = mem_strndup(packet->frame, packet->len);
        event.packet.frame_len = packet->len;
    }
    lab_happened(lab, &event);
}

/* ----------------------------------------------------------- leaving */

/* A background copy changed because its answer left. */
static void tell_changed(void *context, size_t number)
{
    struct lab *lab = context;

    switch (lab->wire.packets.items[number].status) {
    case PACKET_IS_HELD:
    case PACKET_IS_JOINED:
        tell(lab, number, PACKET_HELD, NULL, false);
        break;
    case PACKET_IS_CROSSING:
        tell(lab, number, PACKET_SENT, NULL, false);
        break;
    case PACKET_IS_BACKGROUND:
    case PACKET_HAS_ARRIVED:
    case PACKET_IS_LOST:
    case PACKET_WAS_NOT_NEEDED:
        tell(lab, number, PACKET_DROPPED, "answered", false);
        break;
    }
}

static void lose(struct lab *lab, size_t number, const char *why)
{
    tell(lab, number, PACKET_DROPPED, why, false);
    wire_leave(&lab->wire, number, false, tell_changed, lab);
}

static void deliver(struct lab *lab, size_t number)
{
    struct wire_packet *packet = &lab->wire.packets.items[number];
    struct host *host = packet->to < 0 ? NULL : &lab->hosts[packet->to];

    if (!host) {
        lose(lab, number, "nobody");
        return;
    }
    if (host->netns < 0 || !host->plugged) {
        lose(lab, number, host->netns < 0 ? "crashed" : "unplugged");
        return;
    }
    /* Journal first: what the other kernel does about it comes after. */
    tell(lab, number, PACKET_DELIVERED, NULL, false);
    if (tap_write(host->tap, packet->frame, packet->len) < 0) {
        struct event event = {.kind = EVENT_LOST, .lost = {.count = 1}};

        snprintf(event.lost.host, NAME_TEXT, "%s", host->name);
        lab_happened(lab, &event);
    }
    wire_leave(&lab->wire, number, true, tell_changed, lab);
    sockets_dump(lab, host);
}

bool frames_deliver_due(struct lab *lab)
{
    long number = wire_next_due(&lab->wire, lab_time(lab));

    if (number < 0)
        return false;
    deliver(lab, (size_t)number);
    return true;
}

/* ----------------------------------------------------------- entering */

static enum packet_action entry_action(const struct wire_packet *entered)
{
    switch (entered->status) {
    case PACKET_IS_HELD:
    case PACKET_IS_JOINED:
        return PACKET_HELD;
    case PACKET_IS_BACKGROUND:
        return PACKET_BACKGROUND;
    default:
        return PACKET_SENT;
    }
}

/* Puts a frame on the wire that no host sent. Gives its number, or -1. */
static long insert(struct lab *lab, const void *frame, size_t len)
{
    struct packet packet;

    if (packet_decode(frame, len, &packet) < 0)
        return -1;
    return (long)wire_insert(&lab->wire, frame, len,
                             owner_of_address(lab, &packet.from.address),
                             owner_of_address(lab, &packet.to.address), lab_time(lab));
}

/* The rule that stops a packet which enters the wire, or NULL. */
static const struct firewall_rule *
rule_against(const struct lab *lab, const struct packet *packet, int from, int to)
{
    return firewall_stops(&lab->firewall, packet, host_name(lab, from),
                          host_name(lab, to));
}

static void stop(struct lab *lab, size_t stopped, const struct firewall_rule *rule)
{
    const struct wire_packet *packet;
    struct buf answer = {0};
    int made = -1;
    long number;

    lose(lab, stopped, "firewall");
    packet = &lab->wire.packets.items[stopped];
    if (rule->reject && packet->decoded.proto == PACKET_UDP)
        made = packet_build_port_unreachable(packet->frame, packet->len, &answer);
    else if (rule->reject && (packet->decoded.flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
        made = packet_build_reset(packet->frame, packet->len, &answer);
    number = made < 0 ? -1 : insert(lab, answer.data, answer.len);
    if (number >= 0)
        tell(lab, (size_t)number, entry_action(&lab->wire.packets.items[number]), NULL,
             true);
    buf_free(&answer);
}

/* What was made on purpose, and enters the wire like any packet, may be stopped. */
static void judge(struct lab *lab, size_t number)
{
    const struct wire_packet *packet = &lab->wire.packets.items[number];
    const struct firewall_rule *rule =
        rule_against(lab, &packet->decoded, packet->from, packet->to);

    if (rule)
        stop(lab, number, rule);
}

void frames_inject(struct lab *lab, const void *frame, size_t len)
{
    long number = insert(lab, frame, len);

    if (number < 0)
        return;
    tell(lab, (size_t)number, PACKET_INJECTED, NULL, true);
    judge(lab, (size_t)number);
}

static void enter(struct lab *lab, struct host *host)
{
    const struct firewall_rule *rule = NULL;
    int from = (int)(host - lab->hosts), to;
    struct packet packet;
    size_t number;

    if (packet_decode(host->frame, host->frame_len, &packet) < 0 || is_noise(&packet))
        return;
    to = owner_of_address(lab, &packet.to.address);
    if (host->plugged)
        rule = rule_against(lab, &packet, from, to);
    /* What is lost before it is on the wire is no copy of what is held there. */
    number = (host->plugged && !rule ? wire_enter : wire_enter_lost)(
        &lab->wire, host->frame, host->frame_len, from, to, host->frame_ns,
        lab_time(lab));
    tell(lab, number, entry_action(&lab->wire.packets.items[number]), NULL, true);
    sockets_dump(lab, host);
    if (!host->plugged)
        lose(lab, number, "unplugged");
    else if (rule)
        stop(lab, number, rule);
    while (frames_deliver_due(lab))
        ;
}

static void tell_lost(struct lab *lab, struct host *host)
{
    long lost = tap_lost(host->tap);
    struct event event = {.kind = EVENT_LOST, .lost = {.count = (uint32_t)lost}};

    if (lost <= 0)
        return;
    snprintf(event.lost.host, NAME_TEXT, "%s", host->name);
    lab_happened(lab, &event);
}

bool frames_take_one(struct lab *lab)
{
    struct host *oldest = NULL;

    /* A FIN that a kill causes is told after it: the kernel sends it before the lab sees
     * the end. */
    if (programs_being_killed(lab))
        return false;
    for (unsigned i = 0; i < lab->host_count; i++) {
        struct host *host = &lab->hosts[i];
        ssize_t got;

        if (host->frame_len == 0 && host->tap >= 0) {
            got = tap_read(host->tap, host->frame, TAP_FRAME_MAX, &host->frame_ns);
            host->frame_len = got > 0 ? (size_t)got : 0;
        }
        if (host->frame_len && (!oldest || host->frame_ns < oldest->frame_ns))
            oldest = host;
    }
    if (!oldest)
        return false;
    enter(lab, oldest);
    oldest->frame_len = 0;
    tell_lost(lab, oldest);
    return true;
}

/* ----------------------------------------------------------- what lessons do */

void lab_wire(struct lab *lab, enum wire_mode mode, int64_t delay_ns)
{
    struct event event = {.kind = EVENT_WIRE,
                          .wire = {.mode = mode, .delay_ns = delay_ns}};
    size_t held = lab->wire.queue.count;

    lab_happened(lab, &event);
    wire_set_mode(&lab->wire, mode, delay_ns, lab_time(lab));
    /* In flow they arrive at once, which is told. The queue's items stay until the next
     * packet is held. */
    for (size_t i = 0; mode == WIRE_SLOW && i < held; i++)
        tell(lab, lab->wire.queue.items[i], PACKET_SENT, NULL, false);
}

bool lab_wire_holds(const struct lab *lab)
{
    return lab->wire.queue.count > 0;
}

static int corrupt(struct lab *lab, size_t number, struct err *err)
{
    struct wire_packet *packet = &lab->wire.packets.items[number];

    if (packet->decoded.payload_len == 0)
        return err_set(err, -EINVAL, "this packet has no payload to damage");
    packet->frame[packet->decoded.payload_offset] ^= 1;
    tell(lab, number, PACKET_CORRUPTED, NULL, true);
    deliver(lab, number);
    return 1;
}

static int copy(struct lab *lab, size_t number, enum packet_action action)
{
    size_t made = wire_copy(&lab->wire, number, lab_time(lab));

    tell(lab, made, action, NULL, true);
    if (action == PACKET_REPLAYED) /* a duplicate is behind the firewall already */
        judge(lab, made);
    return 1;
}

int lab_packet(struct lab *lab, enum packet_action action, const struct match *match,
               struct err *err)
{
    const char *names[HOSTS_MAX];
    long number;

    for (unsigned i = 0; i < lab->host_count; i++)
        names[i] = lab->hosts[i].name;
    number = action == PACKET_REPLAYED ? wire_find_past(&lab->wire, match, names)
                                       : wire_find_held(&lab->wire, match, names);
    if (number < 0)
        return 0;
    switch (action) {
    case PACKET_DELIVERED:
        deliver(lab, (size_t)number);
        return 1;
    case PACKET_DROPPED:
        lose(lab, (size_t)number, "lesson");
        return 1;
    case PACKET_CORRUPTED:
        return corrupt(lab, (size_t)number, err);
    case PACKET_DUPLICATED:
    case PACKET_REPLAYED:
        return copy(lab, (size_t)number, action);
    case PACKET_SENT:
    case PACKET_HELD:
    case PACKET_BACKGROUND:
    case PACKET_INJECTED:
    case PACKET_ACTION_COUNT:
        break;
    }
    return err_set(err, -EINVAL, "not something a lesson does to a packet");
}

void lab_firewall(struct lab *lab, const struct firewall_rule *rule)
{
    struct event event = {
        .kind = EVENT_WIRE,
        .wire = {.mode = lab->wire.mode, .delay_ns = lab->wire.delay_ns}};
    struct buf words = {0};

    if (rule) {
        *vec_push(&lab->firewall) = *rule;
        firewall_print(rule, &words);
    } else {
        vec_free(&lab->firewall);
        buf_puts(&words, "clear");
    }
    event.wire.firewall = buf_take(&words);
    lab_happened(lab, &event);
}
