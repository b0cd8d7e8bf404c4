#include "cmd/coverage.h"

#include <assert.h>

#include "model/tcp_state.h"

void coverage_init(struct coverage *coverage)
{
    assert(tcp_arrow_count <= ARROWS_MAX);
    for (size_t i = 0; i < STATE_COUNT; i++)
        coverage->states[i] = -1;
    for (size_t i = 0; i < ARROWS_MAX; i++)
        coverage->arrows[i] = -1;
}

void coverage_see(struct coverage *coverage, const struct event *event, int lesson)
{
    const struct event_socket *socket = &event->socket;
    int arrow;

    if (event->kind != EVENT_SOCKET || socket->sock.proto != PROTO_TCP)
        return;
    if (coverage->states[socket->sock.state] < 0)
        coverage->states[socket->sock.state] = lesson;
    if (socket->change != SOCKET_STATE && socket->change != SOCKET_APPEARED &&
        socket->change != SOCKET_VANISHED)
        return;
    arrow = tcp_arrow_find(socket->from, socket->sock.state);
    if (arrow >= 0 && coverage->arrows[arrow] < 0)
        coverage->arrows[arrow] = lesson;
}

static const char *seen_by(int lesson, const char *const *names)
{
    return lesson < 0 ? "not seen" : names[lesson];
}

void coverage_print(const struct coverage *coverage, const char *const *names,
                    struct buf *out)
{
    static const enum tcp_state order[] = {
        STATE_LISTEN,     STATE_SYN_SENT,   STATE_SYN_RECEIVED, STATE_ESTABLISHED,
        STATE_FIN_WAIT_1, STATE_FIN_WAIT_2, STATE_CLOSE_WAIT,   STATE_CLOSING,
        STATE_LAST_ACK,   STATE_TIME_WAIT,  STATE_CLOSED};

    buf_puts(out, "States of TCP seen live (RFC 9293):\n");
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        buf_printf(out, "  %-14s %s\n", tcp_state_name(order[i]),
                   seen_by(coverage->states[order[i]], names));
    buf_puts(out, "Arrows of figure 5 seen live:\n");
    for (size_t i = 0; i < tcp_arrow_count; i++) {
        const struct tcp_arrow *arrow = &tcp_arrows[i];

        buf_printf(out, "  %-13s -> %-13s  ", tcp_state_name(arrow->from),
                   tcp_state_name(arrow->to));
        if (arrow->never && coverage->arrows[i] < 0)
            buf_printf(out, "never on Linux: %s\n", arrow->never);
        else
            buf_printf(out, "%s\n", seen_by(coverage->arrows[i], names));
    }
}
