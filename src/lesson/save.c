#include "lesson/save.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"
#include "lesson/save_parts.h"

#define ACTS_OF_A_PAGE 8
#define PORT_KERNEL 32768 /* from here on the kernel chooses: ip-sysctl.rst */
#define PRESSING_NS (60 * NS_PER_S)

/* ----------------------------------------------------------- lines */

/* No step of its own: it goes with the step after it. */
static bool is_world(enum command_kind kind)
{
    return kind == COMMAND_HOST || kind == COMMAND_SYSCTL || kind == COMMAND_WIRE ||
           kind == COMMAND_PACE || kind == COMMAND_FIREWALL || kind == COMMAND_RESET;
}

void save_put(struct save *save, bool joins, const char *format, ...)
{
    struct command command = {0};
    lesson_error_list errors = {0};
    struct buf line = {0};
    va_list args;

    va_start(args, format);
    buf_vprintf(&line, format, args);
    va_end(args);
    if (script_line(line.data, line.len, 0, 1, save->names, &command, &errors)) {
        buf_printf(&save->block, "%s%s\n", joins && save->acts ? "+ " : "", line.data);
        save->acts +=
            !save->setup && !is_world(command.kind) && !ran_is_claim(line.data);
    }
    command_clear(&command);
    lesson_error_list_free(&errors);
    buf_free(&line);
}

void save_take(struct save *save, size_t end)
{
    for (; save->taken < end; save->taken++) {
        if (save->events[save->taken].kind == EVENT_LAB)
            save->told.count = 0;
        world_apply(&save->world, &save->events[save->taken], NULL);
    }
}

/* ----------------------------------------------------------- ports */

bool save_port_is_named(const struct save *save, unsigned port)
{
    vec_each (known, &save->ports)
        if (*known == port)
            return port != 0;
    return false;
}

static void name_port(struct save *save, unsigned port)
{
    if (port && port <= UINT16_MAX && !save_port_is_named(save, port))
        *vec_push(&save->ports) = (uint16_t)port;
}

static void name_ports_of(struct save *save, const struct command *command)
{
    switch (command->kind) {
    case COMMAND_CALL:
        name_port(save, command->call.request.endpoint.port);
        break;
    case COMMAND_DEMO:
        for (unsigned i = 1; i < 4 && command->demo_args[i]; i++) {
            const char *colon = strrchr(command->demo_args[i], ':');

            name_port(save, (unsigned)atoi(colon ? colon + 1 : command->demo_args[i]));
        }
        break;
    case COMMAND_INJECT:
        name_port(save, command->inject.from.port);
        name_port(save, command->inject.to.port);
        break;
    case COMMAND_FIREWALL:
        name_port(save, command->rule.to_port);
        break;
    case COMMAND_REPLAY:
        name_port(save, command->match.from_port);
        name_port(save, command->match.to_port);
        break;
    case COMMAND_EXPECT:
        name_port(save, command->expect.local.endpoint.port);
        name_port(save, command->expect.remote.endpoint.port);
        break;
    default:
        break;
    }
}

/* Reads each line as the runner did: false if it cannot be. */
static bool read_line(struct script_names *names, const struct ran_line *ran,
                      struct command *command)
{
    lesson_error_list errors = {0};
    bool good = script_line(ran->text, strlen(ran->text), 0, 1, names, command, &errors);

    lesson_error_list_free(&errors);
    return good;
}

static void find_ports(struct save *save, const ran_list *list)
{
    struct script_names *names = script_names_new();

    vec_each (ran, list) {
        struct command command = {0};

        if (read_line(names, ran, &command))
            name_ports_of(save, &command);
        command_clear(&command);
    }
    script_names_free(names);
}

/* ----------------------------------------------------------- pages */

static void end_block(struct save *save)
{
    if (save->block.len)
        buf_printf(save->out, "\n```lab%s\n%s```\n", save->setup ? " setup" : "",
                   buf_text(&save->block));
    buf_clear(&save->block);
    save->setup = false;
    save->acts = 0;
}

static void begin_page(struct save *save, bool setup)
{
    end_block(save);
    buf_printf(save->out, "\n## Part %u\n", ++save->pages);
    save->setup = setup;
}

/* Its segment waits on the wire: that it is sent again changes nothing. */
static bool is_on_wire(const struct world *world, const struct world_sock *sock)
{
    const char *host = world->hosts[sock->host].name;

    vec_each (packet, &world->packets)
        if ((packet->status == ON_WIRE_HELD || packet->status == ON_WIRE_BACKGROUND) &&
            strcmp(packet->from, host) == 0 &&
            packet->decoded.from.port == sock->sock.local.port &&
            packet->decoded.to.port == sock->sock.remote.port)
            return true;
    return false;
}

/* A timer is about to do something: lines that ran before it must not be pulled apart.
 */
static bool time_presses(const struct world *world)
{
    vec_each (sock, &world->socks) {
        enum sock_timer timer = sock->sock.timer;

        if (!sock->gone && timer != TIMER_NONE && timer != TIMER_TIME_WAIT &&
            sock->deadline_ns >= 0 && sock->deadline_ns < world->t_ns + PRESSING_NS &&
            !is_on_wire(world, sock))
            return true;
    }
    return false;
}

/* Where the line goes: into the setup block, into the page's block, or a new page. True
 * if it joins the step before. */
static bool place(struct save *save, const struct ran_line *ran,
                  const struct command *command)
{
    bool world = is_world(command->kind), claims = ran_is_claim(ran->text);
    bool joins;

    if (command->kind == COMMAND_RESET || !save->pages)
        begin_page(save, ran->setup || world);
    if (save->setup) {
        if (ran->setup || world || claims)
            return false;
        end_block(save);
    }
    if (world || claims)
        return false;
    joins = save->acts > 0 && (ran->joins || time_presses(&save->world));
    if (save->acts >= ACTS_OF_A_PAGE && !joins)
        begin_page(save, false);
    return joins;
}

/* ----------------------------------------------------------- ports of demo programs */

#define PORT_RANGE "net.ipv4.ip_local_port_range"

static bool is_of_demo(const struct save *save, uint64_t cookie, size_t begin,
                       size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const struct event_call *call = &save->events[i].call;

        if (save->events[i].kind == EVENT_CALL && call->socket == cookie &&
            save_is_demo(save, call->thread, i))
            return true;
    }
    return false;
}

/* The event by which a demo program's socket gets a port from the kernel that a line
 * names; NULL if the line has none. */
static const struct event_socket *find_demo_port(const struct save *save,
                                                 const struct ran_line *ran)
{
    for (size_t i = ran->begin; i < ran->end; i++) {
        const struct event_socket *event = &save->events[i].socket;
        const struct sock *sock = &event->sock;
        const struct world_sock *known = NULL;
        int host;

        if (save->events[i].kind != EVENT_SOCKET || sock->local.port < PORT_KERNEL ||
            !save_port_is_named(save, sock->local.port))
            continue;
        host = world_host_find(&save->world, event->host);
        if (host >= 0)
            known = world_sock_find(&save->world, (unsigned)host, sock->cookie);
        if ((!known || !known->sock.local.port) &&
            is_of_demo(save, sock->cookie, ran->begin, ran->end))
            return event;
    }
    return NULL;
}

static void save_one(struct save *save, const struct ran_line *ran)
{
    struct command command = {0};
    bool joins;

    save_take(save, ran->begin);
    if (read_line(save->read, ran, &command) && (ran_acted(ran) || !ran->failed)) {
        const struct event_socket *port = find_demo_port(save, ran);

        joins = place(save, ran, &command);
        /* Nothing can be put into a demo program: the kernel has no other to choose. */
        if (port)
            save_put(save, false, "sysctl %s " PORT_RANGE " %u %u", port->host,
                     port->sock.local.port, port->sock.local.port);
        save_line(save, ran, &command, joins);
        if (port)
            save_put(save, false, "sysctl %s " PORT_RANGE " 32768 60999", port->host);
    }
    command_clear(&command);
    save_take(save, ran->end);
}

/* Markdown would read these as more than letters. */
static void put_title(const char *title, struct buf *out)
{
    char *safe = printable_line(title);

    buf_puts(out, "# ");
    for (const char *c = safe; *c; c++) {
        if (strchr("\\`*_[]<>&#!", *c))
            buf_putc(out, '\\');
        buf_putc(out, *c);
    }
    buf_puts(out, safe[strspn(safe, " ")] ? "\n" : "A lab\n");
    free(safe);
}

void save_lesson(const struct event *events, size_t count, const char *title,
                 struct buf *out)
{
    struct save save = {.events = events, .out = out, .names = script_names_new()};
    ran_list list = {0};

    save.read = script_names_new();
    world_init(&save.world);
    save.taken = ran_first(events, count);
    ran_lines(events, count, &list);
    find_ports(&save, &list);
    put_title(title, out);
    buf_puts(out, "\nWhat was done in the free lab.\n");
    vec_each (ran, &list)
        save_one(&save, ran);
    if (!save.pages)
        begin_page(&save, false);
    end_block(&save);
    vec_free(&list);
    vec_free(&save.told);
    vec_free(&save.ports);
    buf_free(&save.block);
    script_names_free(save.names);
    script_names_free(save.read);
    world_free(&save.world);
}
