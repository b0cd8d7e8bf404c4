#include "view/plain_lab.h"

#include <stdlib.h>
#include <string.h>

#include "view/canvas.h"
#include "view/plain_crowd.h"
#include "view/plain_packet.h"

/* ----------------------------------------------------------- calls */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* Of a long text nobody wants to hear all. */
#define DATA_COLUMNS 60

static void add_data(const char *data, struct buf *out)
{
    int width;
    size_t len = text_prefix(data, DATA_COLUMNS, &width);

    buf_printf(out, "\"%.*s%s\"", (int)len, data, data[len] ? "..." : "");
}

/* What a call that worked has given. */
static void add_result(const struct event_call *call, struct buf *out)
{
    static const char *const makes_socket[] = {"socket", "accept", NULL};
    static const char *const only_succeeds[] = {
        "bind", "listen", "connect", "close", "shutdown", "setsockopt", NULL};
    const char *result = call->result ? call->result : "";

    if (is_one_of(call->call, makes_socket)) {
        buf_printf(out, "the new socket%s%s", call->var[0] ? " " : "", call->var);
        if (strcmp(call->call, "accept") == 0 && result[0])
            buf_printf(out, ", connected to %s", result);
    } else if (call->data && strcmp(result, "0") == 0) {
        buf_puts(out, "0: no bytes");
    } else if (call->data) {
        buf_printf(out, "%s byte%s: ", result, strcmp(result, "1") == 0 ? "" : "s");
        add_data(call->data, out);
        buf_printf(out, "%s%s", call->from ? ", from " : "",
                   call->from ? call->from : "");
    } else {
        buf_puts(out, result);
        if (is_one_of(call->call, only_succeeds) && strcmp(result, "0") == 0)
            buf_puts(out, ": success");
    }
}

static void tell_call(const struct event_call *call, struct buf *out)
{
    const char *args = call->args ? call->args : "";

    switch (call->status) {
    case CALL_PENDING:
        buf_printf(out, "%s will next call %s(%s), at line %u of its program.",
                   call->thread, call->call, args, call->line);
        break;
    case CALL_STARTED:
        buf_printf(out, "%s calls %s%s%s(%s).", call->thread, call->var,
                   call->var[0] ? " = " : "", call->call, args);
        break;
    case CALL_BLOCKED:
        buf_printf(out, "%s waits in %s(): the kernel has put it to sleep.",
                   call->thread, call->call);
        break;
    case CALL_RETURNED:
        buf_printf(out, "%s: %s() ", call->thread, call->call);
        if (call->error) {
            buf_printf(out, "fails with %s.", call->error);
        } else {
            buf_puts(out, "returns ");
            add_result(call, out);
            buf_putc(out, '.');
        }
        break;
    case CALL_STATUS_COUNT:
        break;
    }
}

/* ----------------------------------------------------------- sockets */

/* The variable that holds the socket, of "server conn" or, in a child process,
 * "server/child conn"; NULL when no program has it. */
static const char *variable_of(const struct event_socket *event)
{
    size_t len = strlen(event->host);

    if (!event->owner || strncmp(event->owner, event->host, len) != 0 ||
        (event->owner[len] != ' ' && event->owner[len] != '/'))
        return NULL;
    return strrchr(event->owner, ' ') ? strrchr(event->owner, ' ') + 1 : NULL;
}

static bool is_any(const struct address *address)
{
    for (size_t i = 0; i < sizeof(address->bytes); i++)
        if (address->bytes[i])
            return false;
    return true;
}

/* "socket c, 192.168.0.110:41900 to 192.168.0.101:6666," or "socket s, port 6666,". */
static void add_socket(const struct event_socket *event, struct buf *out)
{
    const struct sock *sock = &event->sock;
    const char *variable = variable_of(event);
    char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];

    endpoint_print(&sock->local, local);
    endpoint_print(&sock->remote, remote);
    if (!variable)
        buf_puts(out, event->change == SOCKET_APPEARED ? "a " : "the ");
    buf_printf(out, "%ssocket%s%s", sock->proto == PROTO_UDP ? "UDP " : "",
               variable ? " " : "", variable ? variable : "");
    if (sock->remote.port)
        buf_printf(out, ", %s to %s,", local, remote);
    else if (sock->local.port && is_any(&sock->local.address))
        buf_printf(out, ", port %u,", sock->local.port);
    else if (sock->local.port)
        buf_printf(out, ", %s,", local);
}

static void add_udp_change(const struct event_socket *event, struct buf *out)
{
    const struct sock *sock = &event->sock;

    if (event->change == SOCKET_QUEUES)
        buf_puts(out, " holds data that nobody has read yet.");
    else if (event->change == SOCKET_VANISHED)
        buf_puts(out, " is gone.");
    else if (event->change == SOCKET_APPEARED)
        buf_puts(out, sock->local.port ? " is new." : " is new, without an address.");
    else
        buf_puts(out, sock->connected ? " has one peer now." : " has no peer any more.");
}

static void add_tcp_change(const struct event_socket *event, struct buf *out)
{
    const struct sock *sock = &event->sock;
    const char *state = tcp_state_name(sock->state);

    if (event->change == SOCKET_VANISHED)
        buf_printf(out, " is gone; it was in %s.", tcp_state_name(event->from));
    else if (event->change != SOCKET_APPEARED)
        buf_printf(out, " goes from %s to %s.", tcp_state_name(event->from), state);
    else if (!variable_of(event))
        buf_printf(out, " is new, in %s; no program has it yet.", state);
    else
        buf_printf(out, " is in %s%s.", state,
                   sock->local.port ? "" : ", without an address");
}

static void tell_socket(const struct event_socket *event, struct buf *out)
{
    bool udp = event->sock.proto == PROTO_UDP;
    bool data = udp && event->change == SOCKET_QUEUES && event->sock.recvq;

    if (event->change != SOCKET_APPEARED && event->change != SOCKET_STATE &&
        event->change != SOCKET_VANISHED && !data)
        return;
    buf_printf(out, "%s: ", event->host);
    add_socket(event, out);
    if (udp)
        add_udp_change(event, out);
    else
        add_tcp_change(event, out);
}

/* ----------------------------------------------------------- many of a kind */

static void tell_sockets(const struct event_socket *event, struct buf *out)
{
    struct buf change = {0};

    if (event->sock.proto == PROTO_UDP)
        add_udp_change(event, &change);
    else
        add_tcp_change(event, &change);
    buf_printf(out, "%s: %c sockets", event->host, PLAIN_COUNT);
    plain_crowd_plural(buf_text(&change), out);
    buf_free(&change);
}

void plain_lab_many(const struct world *world, const struct event *event,
                    struct buf *out)
{
    if (event->kind == EVENT_PACKET)
        plain_packet_many(world, &event->packet, out);
    else if (event->kind == EVENT_SOCKET)
        tell_sockets(&event->socket, out);
}

bool plain_lab_again(const struct world *world, const struct event *event)
{
    const struct world_packet *known;

    if (!world->lesson.running)
        return true;
    if (event->kind != EVENT_PACKET)
        return false;
    known = world_packet_find(world, event->packet.id);
    return event->packet.joins || (known && known->resend) ||
           event->packet.action == PACKET_BACKGROUND;
}

/* ----------------------------------------------------------- hosts and wire */

static void tell_host(const struct event_host *host, struct buf *out)
{
    char address[ADDRESS_TEXT];

    switch (host->change) {
    case HOST_ADDED:
        buf_printf(out, "Host %s is on the wire", host->host);
        for (unsigned i = 0; i < host->addresses.address_count; i++)
            buf_printf(out, "%s%s", i ? " and " : ", with address ",
                       address_print(&host->addresses.addresses[i], address));
        buf_puts(out, ".");
        break;
    case HOST_DEMO:
        buf_printf(out, "%s starts the program %s.", host->thread, host->demo);
        break;
    case HOST_ENDED:
        buf_printf(out, "%s: its program has ended and returned %s.", host->thread,
                   host->text);
        break;
    case HOST_EXITED:
        if (host->thread[0])
            buf_printf(out, "The process %s has ended: %s.", host->thread, host->text);
        else
            buf_printf(out, "The program of %s has ended: %s.", host->host, host->text);
        break;
    case HOST_CRASHED:
        buf_printf(out, "%s has lost its power.", host->host);
        break;
    case HOST_BOOTED:
        buf_printf(out, "%s has come back.", host->host);
        break;
    case HOST_UNPLUGGED:
        buf_printf(out, "The cable of %s is unplugged.", host->host);
        break;
    case HOST_PLUGGED:
        buf_printf(out, "The cable of %s is plugged in.", host->host);
        break;
    case HOST_FORKED:
        buf_printf(out, "%s is a new process, with the same open sockets.",
                   host->thread);
        break;
    case HOST_STARTED:
    case HOST_CHANGE_COUNT:
        break;
    }
}

static void tell_wire(const struct event_wire *wire, struct buf *out)
{
    if (wire->firewall) {
        if (strcmp(wire->firewall, "clear") == 0)
            buf_puts(out, "The firewall has no rules any more.");
        else
            buf_printf(out, "The firewall has a new rule: %s.", wire->firewall);
        return;
    }
    switch (wire->mode) {
    case WIRE_FLOW:
        buf_puts(out, "The wire lets every packet through.");
        break;
    case WIRE_HOLD:
        buf_puts(out, "The wire holds every packet until it is let go.");
        break;
    case WIRE_SLOW:
        buf_printf(out, "The wire is slow: each packet needs %lld ms.",
                   (long long)(wire->delay_ns / 1000000));
        break;
    case WIRE_MODE_COUNT:
        break;
    }
}

static void tell_step(const struct event_step *step, struct buf *out)
{
    if (step->status == STEP_STARTED && step->step > 0)
        buf_printf(out, "Step %u of %u.", step->step, step->steps);
    else if (step->status == STEP_FAILED && step->line)
        buf_printf(out, "Line %u failed: %s.", step->line, step->text ? step->text : "");
    else if (step->status == STEP_FAILED || step->status == STEP_REFUSED)
        buf_printf(out, "Not possible: %s.", step->text ? step->text : "");
    else if (step->status == STEP_WAITING)
        buf_printf(out, "Waiting: %s.", step->text ? step->text : "");
}

void plain_lab_line(const struct world *world, const struct event *event,
                    struct buf *out)
{
    switch (event->kind) {
    case EVENT_LAB: /* the first one is the lesson itself */
        if (!event->lab.text)
            buf_puts(out, "A new lab begins: no hosts, no sockets, no packets.");
        break;
    case EVENT_HOST:
        tell_host(&event->host, out);
        break;
    case EVENT_CALL:
        tell_call(&event->call, out);
        break;
    case EVENT_PACKET:
        plain_packet_line(world, &event->packet, out);
        break;
    case EVENT_SOCKET:
        tell_socket(&event->socket, out);
        break;
    case EVENT_WIRE:
        tell_wire(&event->wire, out);
        break;
    case EVENT_STEP:
        tell_step(&event->step, out);
        break;
    case EVENT_OUTPUT:
        buf_printf(out, "%s prints: %s", event->output.host, event->output.text);
        break;
    case EVENT_LOST:
        buf_printf(out, "%u packet%s of %s %s lost by socketarium itself.",
                   event->lost.count, event->lost.count == 1 ? "" : "s",
                   event->lost.host, event->lost.count == 1 ? "was" : "were");
        break;
    case EVENT_PAGE:
    case EVENT_EXPECT:
    case EVENT_QUESTION:
    case EVENT_TASK:
    case EVENT_KIND_COUNT:
        break;
    }
}
