#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "lesson/expect.h"
#include "lesson/expect_words.h"
#include "lesson/save_parts.h"

#define DATA_MOST 60 /* bytes of data that a result shows */
#define PIECE_MOST                                                      \
    1400 /* what one segment carries: more comes in pieces, as it likes \
          */

/* ----------------------------------------------------------- results */

void save_endpoint(const struct save *save, const char *text, struct buf *out)
{
    const char *colon = strrchr(text, ':');

    if (!colon || save_port_is_named(save, (unsigned)atoi(colon + 1)))
        buf_puts(out, text);
    else
        buf_printf(out, "%.*s:*", (int)(colon - text), text);
}

/* Data that stands in the journal as it was, without escapes. */
static bool is_plain(const struct event_call *call)
{
    size_t len = call->data ? strlen(call->data) : 0;

    if (!len || len > DATA_MOST || !call->result || (size_t)atoi(call->result) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (call->data[i] < ' ' || call->data[i] > '~' || strchr("\"\\", call->data[i]))
            return false;
    return true;
}

static bool data_result(const struct save *save, const struct event_call *call,
                        struct buf *out)
{
    if (is_plain(call)) {
        buf_printf(out, "\"%s\"", call->data);
        if (call->from) {
            buf_puts(out, " from ");
            save_endpoint(save, call->from, out);
        }
    } else if (atoi(call->result) <= PIECE_MOST) {
        buf_puts(out, call->result);
    }
    return out->len > 0;
}

bool save_result(const struct save *save, const struct event_call *call, struct buf *out)
{
    const struct call_def *def = call->call ? call_find(call->call) : NULL;
    enum call_id id = def ? call_id_of(def) : CALL_COUNT;

    if (!def || def->gives == GIVES_NOTHING || !call->result)
        return false;
    if (call->error) {
        buf_puts(out, call->error);
        return true;
    }
    if (id == CALL_SOCKET || id == CALL_FORK) /* a number of the kernel's */
        return false;
    if (def->gives == GIVES_DATA || def->gives == GIVES_DATA_FROM)
        return data_result(save, call, out);
    if (def->gives == GIVES_ENDPOINT)
        save_endpoint(save, call->result, out);
    else
        buf_puts(out, call->result);
    return true;
}

/* ----------------------------------------------------------- calls that came back */

bool save_is_demo(const struct save *save, const char *name, size_t at)
{
    for (size_t i = at; i > 0 && save->events[i].kind != EVENT_LAB; i--) {
        const struct event_host *host = &save->events[i].host;

        if (save->events[i].kind != EVENT_HOST || strcmp(host->thread, name) != 0)
            continue;
        if (host->change == HOST_DEMO || host->change == HOST_ENDED)
            return host->change == HOST_DEMO;
    }
    return strchr(name, '.') != NULL;
}

void save_returns(struct save *save, size_t begin, size_t end, const char *but,
                  int64_t base_ns)
{
    for (size_t i = begin; i < end; i++) {
        const struct event_call *call = &save->events[i].call;
        struct buf result = {0};
        bool late = save->events[i].t_ns > base_ns + SAVE_LATE_NS;

        if (save->events[i].kind != EVENT_CALL || call->status != CALL_RETURNED ||
            strcmp(call->thread, but) == 0 || save_is_demo(save, call->thread, i))
            continue;
        if (save_result(save, call, &result))
            save_put(save, false, "%s: => %s%s", call->thread, buf_text(&result),
                     late ? " within " SAVE_WITHIN : "");
        buf_free(&result);
    }
}

/* ----------------------------------------------------------- states */

static struct save_told *told_of(struct save *save, const struct world_var *var)
{
    struct save_told *told;

    vec_each (known, &save->told)
        if (strcmp(known->process, var->process) == 0 &&
            strcmp(known->name, var->name) == 0)
            return known;
    told = vec_push(&save->told);
    snprintf(told->process, sizeof(told->process), "%s", var->process);
    snprintf(told->name, sizeof(told->name), "%s", var->name);
    return told;
}

/* The state as expect has it; "" for a socket that has none yet. */
static void state_of(const struct save *save, const struct world_var *var, bool known,
                     char state[32])
{
    const struct world_sock *sock = NULL;
    struct buf words = {0};

    vec_each (each, &save->world.socks)
        if (each->sock.cookie == var->cookie && !each->gone)
            sock = each;
    if (sock && (sock->sock.local.port || sock->sock.state != STATE_CLOSED))
        expect_words_sock(sock, &words);
    else if (known)
        buf_puts(&words, "CLOSED");
    snprintf(state, 32, "%.*s", (int)strcspn(buf_text(&words), " "), buf_text(&words));
    buf_free(&words);
}

/* When the last change of this socket came. */
static bool changed_late(const struct save *save, size_t begin, uint64_t cookie,
                         int64_t base_ns)
{
    for (size_t i = begin; i < save->taken; i++) {
        const struct event *event = &save->events[i];

        if (event->kind == EVENT_SOCKET && event->socket.sock.cookie == cookie &&
            event->t_ns > base_ns + SAVE_LATE_NS)
            return true;
    }
    return false;
}

/* True if the line is one that holds now. */
static bool holds(const struct save *save, const char *text)
{
    struct command command = {0};
    lesson_error_list errors = {0};
    struct buf found = {0};
    bool good = script_line(text, strlen(text), 0, 1, save->names, &command, &errors) &&
                expect_judge(&command.expect, &save->world, &found) == EXPECT_PASSED;

    buf_free(&found);
    command_clear(&command);
    lesson_error_list_free(&errors);
    return good;
}

static void expect_line(struct save *save, bool late, const char *claim)
{
    char *line = mem_printf("expect %s%s", late ? "within " SAVE_WITHIN " " : "", claim);

    if (holds(save, line))
        save_put(save, false, "%s", line);
    free(line);
}

static void save_vars(struct save *save, size_t begin, int64_t base_ns)
{
    vec_each (var, &save->world.vars) {
        struct save_told *told;
        char state[32], *claim;

        if (!var->cookie)
            continue;
        told = told_of(save, var);
        state_of(save, var, told->state[0] && told->cookie == var->cookie, state);
        if (told->cookie == var->cookie && strcmp(told->state, state) == 0)
            continue;
        told->cookie = var->cookie;
        snprintf(told->state, sizeof(told->state), "%s", state);
        if (!state[0])
            continue;
        claim = mem_printf("%s.%s %s", var->process, var->name, state);
        expect_line(save, changed_late(save, begin, var->cookie, base_ns), claim);
        free(claim);
    }
}

void save_states(struct save *save, size_t begin, int64_t base_ns)
{
    save_vars(save, begin, base_ns);
    for (size_t i = begin; i < save->taken; i++) {
        const struct event *event = &save->events[i];
        const struct world_packet *packet;
        struct buf claim = {0};

        if (event->kind != EVENT_PACKET || event->packet.joins)
            continue;
        packet = world_packet_find(&save->world, event->packet.id);
        /* Which of two ends sends again first, nobody knows. */
        if (!packet || !expect_words_is_held(packet) || !event->packet.frame ||
            packet->resend)
            continue;
        buf_puts(&claim, "wire ");
        save_match(save, packet, &claim);
        /* A number would be one of copies: how many there are, time tells. */
        if (!strchr(buf_text(&claim), '#'))
            expect_line(save, event->t_ns > base_ns + SAVE_LATE_NS, buf_text(&claim));
        buf_free(&claim);
    }
}

/* ----------------------------------------------------------- packets */

static bool fits(void *context, size_t index)
{
    const void *const *both = context;
    const struct world *world = both[0];
    const struct world_packet *packet = &world->packets.items[index];

    return expect_words_is_held(packet) &&
           match_fits(both[1], &packet->decoded, packet->from, packet->to);
}

static enum match_kind kind_of(const struct packet *packet)
{
    const char *word = packet_word(packet);

    if (packet->proto == PACKET_TCP && packet->flags & TCP_RST)
        return MATCH_RST;
    if (packet->proto == PACKET_TCP && packet->flags & TCP_FIN)
        return MATCH_FIN;
    for (const struct named *named = match_kinds; named->name; named++)
        if (strcmp(named->name, word) == 0)
            return (enum match_kind)named->value;
    return MATCH_ANY;
}

void save_match(const struct save *save, const struct world_packet *packet,
                struct buf *out)
{
    const struct packet *decoded = &packet->decoded;
    struct match match = {.kind = kind_of(decoded)};
    const void *both[] = {&save->world, &match};
    size_t index = (size_t)(packet - save->world.packets.items);
    unsigned number = 0;

    snprintf(match.from, sizeof(match.from), "%s", packet->from);
    snprintf(match.to, sizeof(match.to), "%s", packet->to);
    if (save_port_is_named(save, decoded->from.port))
        match.from_port = decoded->from.port;
    if (save_port_is_named(save, decoded->to.port))
        match.to_port = decoded->to.port;
    for (size_t i = 0; i < index; i++)
        number += fits(both, i);
    if (number)
        match.number = number + 1;
    match_print(&match, out);
}
