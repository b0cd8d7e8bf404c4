#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "lesson/save_parts.h"

/* ----------------------------------------------------------- calls */

/* The line's own call: its last event up to `done`, and its first. */
struct own_call {
    size_t started; /* index, or ran->end */
    const struct event_call *last;
};

static struct own_call find_call(const struct save *save, const struct ran_line *ran,
                                 const char *thread)
{
    struct own_call own = {.started = ran->end};

    for (size_t i = ran->begin; i < ran->end; i++) {
        const struct event_call *call = &save->events[i].call;

        if (save->events[i].kind != EVENT_CALL || strcmp(call->thread, thread) != 0)
            continue;
        if (call->status == CALL_STARTED && own.started == ran->end)
            own.started = i;
        if (own.started < ran->end && (i < ran->done || call->status == CALL_STARTED))
            own.last = call;
    }
    return own;
}

/* Whether the number is what the call was asked for: else how much went was a matter of
 * time. */
static bool is_whole(const struct command *command, const struct event_call *call)
{
    enum call_id id = command->call.request.id;
    struct buf all = {0};
    bool whole = true;

    if ((id == CALL_SEND || id == CALL_SENDTO) && !call->error && call->result) {
        buf_printf(&all, "%" PRIu64,
                   (uint64_t)command->call.request.data_len *
                       command->call.request.data_times);
        whole = strcmp(buf_text(&all), call->result) == 0;
    }
    buf_free(&all);
    return whole;
}

/* These say 0 or fail: no result says the same. */
static bool is_silent(enum call_id id)
{
    return id == CALL_BIND || id == CALL_LISTEN || id == CALL_SETSOCKOPT ||
           id == CALL_CLOSE || id == CALL_SHUTDOWN;
}

static void add_result(const struct save *save, const struct command *command,
                       const struct event_call *call, struct buf *line)
{
    struct buf result = {0};

    if (!call) {
        return;
    } else if (call->status != CALL_RETURNED) {
        if (command->call.def->may_block)
            buf_puts(line, " => blocks");
    } else if (!(is_silent(command->call.request.id) && !call->error) &&
               is_whole(command, call) && save_result(save, call, &result)) {
        buf_printf(line, " => %s", buf_text(&result));
    }
    buf_free(&result);
}

/* The port that the kernel has given to the socket of this cookie, or 0. */
static unsigned port_of(const struct save *save, uint64_t cookie, int *family)
{
    vec_each (sock, &save->world.socks)
        if (sock->sock.cookie == cookie && !sock->gone) {
            *family = sock->sock.family;
            return sock->sock.local.port;
        }
    return 0;
}

/* A port that the kernel chose, and that a later line names, must be the same again: the
 * socket gets it by bind(). True if that stands for the line. */
static bool pin_port(struct save *save, const struct command *command, uint64_t cookie,
                     unsigned before, bool *joins)
{
    const struct call_line *call = &command->call;
    bool binds = call->request.id == CALL_BIND;
    int family = 0;
    unsigned port = port_of(save, cookie, &family);

    if (!cookie || before || !port || !save_port_is_named(save, port) ||
        (binds && call->request.endpoint.port) || call->request.id == CALL_ACCEPT)
        return false;
    save_put(save, *joins, "%s: bind(%s, %s:%u)", call->thread, call->descriptor,
             family == AF_INET6 ? "[::]" : "*", port);
    *joins = true;
    return binds;
}

static uint64_t cookie_of(const struct save *save, const struct call_line *call)
{
    char process[THREAD_TEXT];
    const struct world_thread *thread = world_thread_find(&save->world, call->thread);
    size_t len = strcspn(call->thread, "/");
    const struct world_var *var;

    if (!thread || !thread->process)
        snprintf(process, sizeof(process), "%.*s", (int)len, call->thread);
    else
        snprintf(process, sizeof(process), "%s", call->thread);
    var = world_var_find(&save->world, process, call->descriptor);
    return var ? var->cookie : 0;
}

static void save_call(struct save *save, const struct ran_line *ran,
                      const struct command *command, bool joins)
{
    const struct call_line *call = &command->call;
    struct own_call own = find_call(save, ran, call->thread);
    int64_t base_ns = save->events[ran->done - 1].t_ns;
    uint64_t cookie;
    unsigned before;
    int family;
    struct buf line = {0};

    /* The thread may have been blocked until now. */
    save_take(save, own.started);
    if (!joins)
        save_returns(save, ran->begin, own.started, "", save->events[ran->begin].t_ns);
    cookie = cookie_of(save, call);
    before = port_of(save, cookie, &family);
    save_take(save, ran->end);
    if (!pin_port(save, command, cookie, before, &joins)) {
        buf_printf(&line, "%s: %s%s%s(%s)", call->thread, call->var,
                   call->var[0] ? " = " : "", call->def->name,
                   call->args ? call->args : "");
        add_result(save, command, own.last, &line);
        save_put(save, joins, "%s", buf_text(&line));
        buf_free(&line);
    }
    save_returns(save, own.started, ran->done, call->thread, base_ns);
    save_returns(save, ran->done, ran->end, "", base_ns);
}

/* ----------------------------------------------------------- packets */

static bool means_packet(enum command_kind kind)
{
    return kind == COMMAND_DELIVER || kind == COMMAND_DROP ||
           kind == COMMAND_DUPLICATE || kind == COMMAND_CORRUPT;
}

/* The event that is the line's doing, or ran->end. */
static size_t find_packet(const struct save *save, const struct ran_line *ran)
{
    for (size_t i = ran->begin; i < ran->end; i++) {
        const struct event_packet *packet = &save->events[i].packet;

        if (save->events[i].kind == EVENT_PACKET &&
            (packet->action == PACKET_DELIVERED || packet->action == PACKET_DROPPED ||
             packet->action == PACKET_DUPLICATED || packet->action == PACKET_CORRUPTED))
            return i;
    }
    return ran->end;
}

static const char *verb_of(enum command_kind kind)
{
    return kind == COMMAND_DELIVER     ? "deliver"
           : kind == COMMAND_DROP      ? "drop"
           : kind == COMMAND_DUPLICATE ? "duplicate"
                                       : "corrupt";
}

/* Whether what the line did has changed anything but numbers: a state, or what is held.
 */
static bool has_effect(const struct save *save, size_t begin, size_t end)
{
    for (size_t i = begin + 1; i < end; i++) {
        const struct event *event = &save->events[i];

        if ((event->kind == EVENT_PACKET && event->packet.frame &&
             !event->packet.joins) ||
            (event->kind == EVENT_CALL && event->call.status == CALL_RETURNED) ||
            (event->kind == EVENT_SOCKET && event->socket.change != SOCKET_TIMER &&
             event->socket.change != SOCKET_INFO &&
             event->socket.change != SOCKET_RETRANS))
            return true;
    }
    return false;
}

/* Which packet was meant is said in full: at another pace another one may be the oldest.
 */
static void save_packet(struct save *save, const struct ran_line *ran,
                        const struct command *command, bool joins)
{
    size_t at = find_packet(save, ran);
    const struct event_packet *event = &save->events[at].packet;
    const struct world_packet *packet;
    struct buf match = {0};

    if (at == ran->end)
        return;
    save_take(save, at);
    packet = world_packet_find(
        &save->world, event->action == PACKET_DUPLICATED ? event->of : event->id);
    /* At another pace it may not have come: nothing is lost without it. */
    if (packet && packet->resend && !has_effect(save, at, ran->end))
        return;
    if (packet && packet->status == ON_WIRE_HELD) {
        save_match(save, packet, &match);
        if (packet->resend || packet->sent_ns > save->events[ran->begin].t_ns)
            save_put(save, false, "expect within " SAVE_WITHIN " wire %s",
                     buf_text(&match));
    }
    save_put(save, joins, "%s%s%s", verb_of(command->kind), match.len ? " " : "",
             buf_text(&match));
    buf_free(&match);
}

/* ----------------------------------------------------------- all lines */

/* What depends on how fast the lines were typed is not stated. */
static bool is_steady(const struct expectation *expect)
{
    if (expect->kind == EXPECT_WIRE_EMPTY || expect->count >= 0)
        return expect->kind == EXPECT_COUNT;
    if (expect->kind == EXPECT_WIRE || expect->copies >= 0)
        return false;
    vec_each (condition, &expect->conditions)
        if (condition->field != FIELD_RECVQ && condition->field != FIELD_BACKLOG)
            return false;
    return true;
}

/* The state that was written last is not written again. */
static bool is_told(const struct save *save, const char *text)
{
    bool same = false;

    vec_each (told, &save->told) {
        char *line =
            mem_printf("expect %s.%s %s", told->process, told->name, told->state);

        same = same || strcmp(line, text) == 0;
        free(line);
    }
    return same;
}

void save_line(struct save *save, const struct ran_line *ran,
               const struct command *command, bool joins)
{
    bool claims = ran_is_claim(ran->text);
    int64_t base_ns = save->events[claims ? ran->begin : ran->done - 1].t_ns;

    if (command->kind == COMMAND_CALL) {
        save_call(save, ran, command, joins);
    } else {
        if (means_packet(command->kind) && !command->all)
            save_packet(save, ran, command, joins);
        else if (!claims)
            save_put(save, joins, "%s", ran->text);
        save_take(save, ran->end);
        save_returns(save, ran->begin, ran->end, "", base_ns);
    }
    save_states(save, ran->begin, base_ns);
    if (command->kind == COMMAND_EXPECT && !ran->failed && is_steady(&command->expect) &&
        !is_told(save, ran->text))
        save_put(save, false, "%s", ran->text);
}
