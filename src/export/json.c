#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"
#include "export/export.h"

#define WRITE_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(15))

/* A string, or null. What is no UTF-8, which JSON cannot hold, is escaped. */
static json_t *text_or_null(const char *text)
{
    char *readable;
    json_t *value;

    if (!text)
        return json_null();
    value = json_string(text);
    if (value)
        return value;
    readable = printable_bytes(text, strlen(text));
    value = json_string(readable);
    free(readable);
    return value;
}

/* In the journal's time. */
static json_t *seconds(int64_t ns)
{
    return json_real((double)ns / NS_PER_S);
}

static json_t *cookie_text(uint64_t cookie)
{
    return json_sprintf("%" PRIx64, cookie);
}

static json_t *endpoint_text(const struct endpoint *endpoint)
{
    char text[ENDPOINT_TEXT];

    endpoint_print(endpoint, text);
    return text[0] ? json_string(text) : json_null();
}

/* One line; takes the object over. */
static void add_line(struct buf *out, json_t *object)
{
    char *line = json_dumps(object, WRITE_FLAGS);

    if (line)
        buf_printf(out, "%s\n", line);
    free(line);
    json_decref(object);
}

static const char *host_name(const struct world *world, unsigned host)
{
    return world->hosts[host].name;
}

/* ----------------------------------------------------------- words */

static const char *mark_word(enum world_mark mark)
{
    switch (mark) {
    case MARK_NEW:
        return "new";
    case MARK_CHANGED:
        return "changed";
    case MARK_GONE:
        return "gone";
    case MARK_NONE:
        break;
    }
    return "none";
}

static const char *wire_word(enum wire_mode mode)
{
    switch (mode) {
    case WIRE_HOLD:
        return "hold";
    case WIRE_SLOW:
        return "slow";
    case WIRE_FLOW:
    case WIRE_MODE_COUNT:
        break;
    }
    return "flow";
}

static const char *packet_word_of(enum world_packet_status status)
{
    switch (status) {
    case ON_WIRE_HELD:
        return "held";
    case ON_WIRE_CROSSING:
        return "crossing";
    case ON_WIRE_BACKGROUND:
        return "background";
    case ON_WIRE_DELIVERED:
        return "delivered";
    case ON_WIRE_DROPPED:
        break;
    }
    return "dropped";
}

/* ----------------------------------------------------------- objects */

static json_t *moment_object(const struct world *world)
{
    const struct world_lesson *lesson = &world->lesson;
    const struct world_source *source = &world->source;

    return json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:s}", "object", "moment",
        "t", seconds(world->t_ns), "lesson", text_or_null(source->lesson), "kernel",
        text_or_null(source->kernel), "time", text_or_null(source->time), "program",
        text_or_null(source->program), "page", (json_int_t)lesson->page, "pages",
        (json_int_t)lesson->pages, "step", (json_int_t)lesson->step, "steps",
        (json_int_t)lesson->steps, "wire", wire_word(world->wire));
}

static json_t *host_object(const struct world_host *host)
{
    json_t *addresses = json_array();
    char text[ADDRESS_TEXT];

    for (unsigned i = 0; i < host->address_count; i++)
        json_array_append_new(addresses,
                              json_string(address_print(&host->addresses[i], text)));
    return json_pack("{s:s, s:s, s:o, s:b, s:b, s:b}", "object", "host", "name",
                     host->name, "addresses", addresses, "up", host->up, "plugged",
                     host->plugged, "running", host->running);
}

static json_t *timer_object(const struct world *world, const struct world_sock *sock)
{
    json_t *left = json_null();

    if (sock->deadline_ns >= 0)
        left = seconds(sock->deadline_ns > world->t_ns ? sock->deadline_ns - world->t_ns
                                                       : 0);
    return json_pack("{s:s, s:o, s:I}", "kind", sock_timer_name(sock->sock.timer),
                     "left", left, "retrans", (json_int_t)sock->sock.retrans);
}

static json_t *socket_object(const struct world *world, const struct world_sock *sock)
{
    const struct sock *kernel = &sock->sock;
    const char *state =
        kernel->state == STATE_NONE ? NULL : tcp_state_name(kernel->state);
    struct buf now = {0};
    json_t *object;

    world_sock_now(world, sock, world->t_ns, false, &now);
    object =
        json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:s, s:s}",
                  "object", "socket", "host", host_name(world, sock->host), "id",
                  cookie_text(kernel->cookie), "proto", sock_proto_name(kernel->proto),
                  "state", text_or_null(state), "local", endpoint_text(&kernel->local),
                  "remote", endpoint_text(&kernel->remote), "recvq",
                  (json_int_t)kernel->recvq, "sendq", (json_int_t)kernel->sendq, "timer",
                  timer_object(world, sock), "owner", text_or_null(sock->owner), "now",
                  buf_text(&now), "mark", mark_word(world_sock_mark(world, sock)));
    buf_free(&now);
    return object;
}

static json_t *packet_object(const struct world_packet *packet)
{
    return json_pack(
        "{s:s, s:I, s:s, s:s, s:s, s:o, s:o, s:o, s:I, s:o, s:s, s:b, s:b, s:o}",
        "object", "packet", "id", (json_int_t)packet->id, "from", packet->from, "to",
        packet->to, "status", packet_word_of(packet->status), "why",
        text_or_null(packet->why), "label", text_or_null(packet->label), "summary",
        text_or_null(packet->summary), "copies", (json_int_t)packet->copies, "of",
        packet->of ? json_integer(packet->of) : json_null(), "origin",
        packet_action_name(packet->origin), "resend", packet->resend, "corrupted",
        packet->corrupted, "sent", seconds(packet->sent_ns));
}

static json_t *thread_object(const struct world *world,
                             const struct world_thread *thread)
{
    return json_pack(
        "{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "object", "thread",
        "name", thread->name, "host", host_name(world, thread->host), "alive",
        thread->alive, "call", text_or_null(thread->called ? thread->call : NULL),
        "args", text_or_null(thread->args), "status",
        text_or_null(thread->called ? call_status_name(thread->status) : NULL), "result",
        text_or_null(thread->result), "error", text_or_null(thread->error), "demo",
        text_or_null(thread->demo), "since", seconds(thread->since_ns));
}

void export_json(const struct world *world, struct buf *out)
{
    add_line(out, moment_object(world));
    for (unsigned i = 0; i < world->host_count; i++)
        add_line(out, host_object(&world->hosts[i]));
    vec_each (sock, &world->socks)
        add_line(out, socket_object(world, sock));
    vec_each (packet, &world->packets)
        if (!packet->joined)
            add_line(out, packet_object(packet));
    vec_each (thread, &world->threads)
        add_line(out, thread_object(world, thread));
}
