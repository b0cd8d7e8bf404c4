#include "model/sock.h"

#include <string.h>

static const char *const protos[] = {
    [PROTO_NONE] = "-",
    [PROTO_TCP] = "tcp",
    [PROTO_UDP] = "udp",
};
#define PROTO_COUNT (sizeof(protos) / sizeof(protos[0]))

static const char *const timers[] = {
    [TIMER_NONE] = "none",           [TIMER_RESEND] = "resend",
    [TIMER_KEEPALIVE] = "keepalive", [TIMER_TIME_WAIT] = "time-wait",
    [TIMER_PROBE] = "probe",
};
_Static_assert(sizeof(timers) / sizeof(timers[0]) == TIMER_COUNT, "a name for each");

const char *sock_proto_name(enum sock_proto proto)
{
    return (unsigned)proto < PROTO_COUNT ? protos[proto] : protos[PROTO_NONE];
}

enum sock_proto sock_proto_parse(const char *name)
{
    for (unsigned i = PROTO_NONE + 1; i < PROTO_COUNT; i++) {
        if (strcmp(name, protos[i]) == 0)
            return (enum sock_proto)i;
    }
    return PROTO_NONE;
}

const char *sock_timer_name(enum sock_timer timer)
{
    return (unsigned)timer < TIMER_COUNT ? timers[timer] : "-";
}

enum sock_timer sock_timer_parse(const char *name)
{
    for (unsigned i = 0; i < TIMER_COUNT; i++) {
        if (strcmp(name, timers[i]) == 0)
            return (enum sock_timer)i;
    }
    return TIMER_COUNT;
}

enum sock_group sock_group(const struct sock *sock)
{
    if (sock->proto == PROTO_UDP)
        return GROUP_CONNECTIONLESS;
    if (sock->state == STATE_LISTEN)
        return GROUP_LISTENING;
    /* A connection that has gone is CLOSED too, and its row stays where it was. */
    if (sock->state == STATE_CLOSED && sock->remote.port == 0)
        return GROUP_NEW;
    return GROUP_CONNECTIONS;
}
