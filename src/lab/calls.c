#include "lab/calls.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The C library makes recv() and send() with recvfrom and sendto on every Linux. */
const struct call_def call_defs[CALL_COUNT] = {
    [CALL_SOCKET] = {.name = "socket",
                     .help = "makes a socket",
                     .example = "s = socket(AF_INET, SOCK_STREAM, 0)",
                     .args = {ARG_FAMILY, ARG_TYPE, ARG_NUMBER},
                     .sets_var = true,
                     .var_is_sock = true},
    [CALL_BIND] = {.name = "bind",
                   .help = "gives a socket its own address and port",
                   .example = "bind(s, *:6666)",
                   .args = {ARG_DESCRIPTOR, ARG_ENDPOINT}},
    [CALL_LISTEN] = {.name = "listen",
                     .help = "lets a socket wait for clients",
                     .example = "listen(s, 5)",
                     .args = {ARG_DESCRIPTOR, ARG_NUMBER}},
    [CALL_ACCEPT] = {.name = "accept",
                     .help = "takes the next connection of a listener",
                     .example = "c = accept(s)",
                     .args = {ARG_DESCRIPTOR},
                     .gives = GIVES_ENDPOINT,
                     .sets_var = true,
                     .var_is_sock = true,
                     .may_block = true,
#ifdef SYS_accept
                     .numbers = {SYS_accept, SYS_accept4},
                     .number_count = 2},
#else
                     .numbers = {SYS_accept4},
                     .number_count = 1},
#endif
    [CALL_CONNECT] = {.name = "connect",
                      .help = "opens a connection",
                      .example = "connect(c, 192.168.0.101:6666)",
                      .args = {ARG_DESCRIPTOR, ARG_ENDPOINT},
                      .may_block = true,
                      .numbers = {SYS_connect},
                      .number_count = 1},
    [CALL_SEND] = {.name = "send",
                   .help = "sends data",
                   .example = "send(c, \"hello\")",
                   .args = {ARG_DESCRIPTOR, ARG_DATA},
                   .sets_var = true,
                   .may_block = true,
                   .numbers = {SYS_sendto},
                   .number_count = 1},
    [CALL_RECV] = {.name = "recv",
                   .help = "receives up to so many bytes",
                   .example = "recv(c, 100)",
                   .args = {ARG_DESCRIPTOR, ARG_SIZE},
                   .gives = GIVES_DATA,
                   .sets_var = true,
                   .may_block = true,
                   .numbers = {SYS_recvfrom},
                   .number_count = 1},
    [CALL_SENDTO] = {.name = "sendto",
                     .help = "sends a datagram to an address",
                     .example = "sendto(u, \"hello\", 192.168.0.101:53)",
                     .args = {ARG_DESCRIPTOR, ARG_DATA, ARG_ENDPOINT},
                     .may_block = true,
                     .numbers = {SYS_sendto},
                     .number_count = 1},
    [CALL_RECVFROM] = {.name = "recvfrom",
                       .help = "receives a datagram, and from whom",
                       .example = "recvfrom(u, 100)",
                       .args = {ARG_DESCRIPTOR, ARG_SIZE},
                       .gives = GIVES_DATA_FROM,
                       .may_block = true,
                       .numbers = {SYS_recvfrom},
                       .number_count = 1},
    [CALL_SHUTDOWN] = {.name = "shutdown",
                       .help = "ends one direction, or both",
                       .example = "shutdown(c, SHUT_WR)",
                       .args = {ARG_DESCRIPTOR, ARG_HOW}},
    [CALL_CLOSE] = {.name = "close",
                    .help = "gives the descriptor back",
                    .example = "close(c)",
                    .args = {ARG_DESCRIPTOR},
                    .may_block = true, /* with SO_LINGER */
                    .numbers = {SYS_close},
                    .number_count = 1},
    [CALL_SETSOCKOPT] = {.name = "setsockopt",
                         .help = "sets a socket's option",
                         .example = "setsockopt(s, SO_REUSEADDR, 1)",
                         .args = {ARG_DESCRIPTOR, ARG_OPTION, ARG_VALUE}},
    [CALL_GETSOCKOPT] = {.name = "getsockopt",
                         .help = "reads a socket's option",
                         .example = "getsockopt(s, SO_ERROR)",
                         .args = {ARG_DESCRIPTOR, ARG_OPTION},
                         .gives = GIVES_OPTION},
    [CALL_GETSOCKNAME] = {.name = "getsockname",
                          .help = "tells a socket's own end",
                          .example = "getsockname(s)",
                          .args = {ARG_DESCRIPTOR},
                          .gives = GIVES_ENDPOINT},
    [CALL_GETPEERNAME] = {.name = "getpeername",
                          .help = "tells the other end",
                          .example = "getpeername(c)",
                          .args = {ARG_DESCRIPTOR},
                          .gives = GIVES_ENDPOINT},
    [CALL_FORK] = {.name = "fork",
                   .help = "makes a child process",
                   .example = "child = fork()",
                   .sets_var = true},
    [CALL_RETURN] = {.name = "return",
                     .help = "ends the thread, closes nothing",
                     .example = "return()",
                     .gives = GIVES_NOTHING},
    [CALL_EXIT] = {.name = "exit",
                   .help = "ends the process, closes all it has",
                   .example = "exit()",
                   .gives = GIVES_NOTHING},
    [CALL_SELECT] = {.name = "select",
                     .may_block = true,
                     .demo_only = true,
#ifdef SYS_select
                     .numbers = {SYS_pselect6, SYS_select},
                     .number_count = 2},
#else
                     .numbers = {SYS_pselect6},
                     .number_count = 1},
#endif
    [CALL_PTHREAD_CREATE] = {.name = "pthread_create", .demo_only = true},
};

const struct call_option call_options[] = {
    {"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, false, false,
     "a port in TIME-WAIT can be bound", "1 or 0"},
    {"SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT, false, false,
     "several sockets may bind one port", "1 or 0"},
    {"SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, false, false,
     "asks an idle other end if it is there", "1 or 0"},
    {"SO_LINGER", SOL_SOCKET, SO_LINGER, true, false,
     "what close() does with unsent data", "\"on,seconds\" in quotes, like \"1,0\""},
    {"SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, false, false, "room for what is to be sent",
     "a number of bytes, like 4096"},
    {"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, false, false, "room for what was received",
     "a number of bytes, like 4096"},
    {"SO_BROADCAST", SOL_SOCKET, SO_BROADCAST, false, false,
     "may send to a broadcast address", "1 or 0"},
    {"SO_ERROR", SOL_SOCKET, SO_ERROR, false, true, "the error that is waiting", ""},
    {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, false, false,
     "small pieces are sent at once", "1 or 0"},
    {"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, false, false,
     "idle time before the first probe", "a number of seconds, like 60"},
    {"TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, false, false,
     "time between two probes", "a number of seconds, like 10"},
    {"TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, false, false, "probes before giving up",
     "a number of probes, like 3"},
    {"TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT, false, false,
     "accept() waits for data", "a number of seconds, like 5"},
    {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, false, false,
     "how long data may be unacknowledged", "a number of milliseconds, like 5000"},
    {"IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY, false, false, "no IPv4 on an IPv6 socket",
     "1 or 0"},
};
const unsigned call_option_count = sizeof(call_options) / sizeof(call_options[0]);

const struct call_def *call_find(const char *name)
{
    for (unsigned i = 0; i < CALL_COUNT; i++)
        if (strcmp(call_defs[i].name, name) == 0)
            return &call_defs[i];
    return NULL;
}

const struct call_option *call_option_find(const char *name)
{
    for (unsigned i = 0; i < call_option_count; i++)
        if (strcmp(call_options[i].name, name) == 0)
            return &call_options[i];
    return NULL;
}

const struct named call_families[] = {
    {"AF_INET", AF_INET, "IPv4"}, {"AF_INET6", AF_INET6, "IPv6"}, {0}};

const struct named call_types[] = {
    {"SOCK_STREAM", SOCK_STREAM, "TCP"},
    {"SOCK_DGRAM", SOCK_DGRAM, "UDP"},
    {"SOCK_RAW", SOCK_RAW, "raw IP; needs a privilege"},
    {"SOCK_NONBLOCK", SOCK_NONBLOCK, "calls do not block; after |"},
    {0},
};

const struct named call_hows[] = {
    {"SHUT_RD", SHUT_RD, "no more is received"},
    {"SHUT_WR", SHUT_WR, "no more is sent: FIN"},
    {"SHUT_RDWR", SHUT_RDWR, "both"},
    {0},
};

static int parse(const struct named *list, const char *word, int *out)
{
    const struct named *found = named_find(list, word);

    if (!found)
        return -EINVAL;
    *out = found->value;
    return 0;
}

int call_family_parse(const char *word, int *out)
{
    return parse(call_families, word, out);
}

int call_type_parse(const char *word, int *out)
{
    return parse(call_types, word, out);
}

int call_how_parse(const char *word, int *out)
{
    return parse(call_hows, word, out);
}

/* The bytes of a send: text repeated. */
static char *whole_data(const struct call_request *request, const char *text,
                        size_t *len)
{
    char *data;

    *len = (size_t)request->data_len * request->data_times;
    data = mem_new(*len, 1);
    for (size_t i = 0; i < request->data_times; i++)
        memcpy(data + i * request->data_len, text, request->data_len);
    return data;
}

static ssize_t make_send(const struct call_request *request, const char *text)
{
    size_t len;
    char *data = whole_data(request, text, &len);
    ssize_t result;
    int error;

    if (request->id == CALL_SENDTO) {
        struct sockaddr_storage peer;
        socklen_t peer_len = endpoint_to_sockaddr(&request->endpoint, &peer);

        result = sendto(request->fd, data, len, MSG_NOSIGNAL, (struct sockaddr *)&peer,
                        peer_len);
    } else {
        result = send(request->fd, data, len, MSG_NOSIGNAL);
    }
    error = errno;
    free(data);
    errno = error;
    return result;
}

static ssize_t make_recv(const struct call_request *request, struct call_reply *reply,
                         struct buf *received)
{
    struct sockaddr_storage peer = {0};
    socklen_t peer_len = sizeof(peer);
    char *data = mem_new((size_t)request->number, 1);
    ssize_t result;
    int error;

    if (request->id == CALL_RECVFROM) {
        result = recvfrom(request->fd, data, (size_t)request->number, 0,
                          (struct sockaddr *)&peer, &peer_len);
        if (result >= 0)
            endpoint_from_sockaddr(&peer, &reply->endpoint);
    } else {
        result = recv(request->fd, data, (size_t)request->number, 0);
    }
    error = errno;
    if (result > 0) {
        buf_add(received, data, (size_t)result);
        reply->data_len = (uint32_t)result;
    }
    free(data);
    errno = error;
    return result;
}

static int make_setsockopt(const struct call_request *request)
{
    const struct call_option *option = &call_options[request->option];

    if (option->linger) {
        struct linger linger = {request->value, request->linger_s};

        return setsockopt(request->fd, option->level, option->option, &linger,
                          sizeof(linger));
    }
    return setsockopt(request->fd, option->level, option->option, &request->value,
                      sizeof(request->value));
}

static int make_getsockopt(const struct call_request *request, struct call_reply *reply)
{
    const struct call_option *option = &call_options[request->option];
    struct linger linger = {0};
    socklen_t len = option->linger ? sizeof(linger) : sizeof(int);
    int value = 0;

    if (getsockopt(request->fd, option->level, option->option,
                   option->linger ? (void *)&linger : (void *)&value, &len) < 0)
        return -1;
    if (option->linger)
        return linger.l_onoff ? linger.l_linger : 0;
    if (option->level == SOL_SOCKET && option->option == SO_ERROR)
        reply->so_error = value;
    return value;
}

static int make_name(const struct call_request *request, struct call_reply *reply)
{
    struct sockaddr_storage name = {0};
    socklen_t len = sizeof(name);
    int result = request->id == CALL_GETSOCKNAME
                     ? getsockname(request->fd, (struct sockaddr *)&name, &len)
                     : getpeername(request->fd, (struct sockaddr *)&name, &len);

    if (result == 0)
        endpoint_from_sockaddr(&name, &reply->endpoint);
    return result;
}

static int make_accept(const struct call_request *request, struct call_reply *reply)
{
    struct sockaddr_storage peer = {0};
    socklen_t len = sizeof(peer);
    int fd = accept(request->fd, (struct sockaddr *)&peer, &len);

    if (fd >= 0)
        endpoint_from_sockaddr(&peer, &reply->endpoint);
    return fd;
}

static int64_t make(const struct call_request *request, const char *data,
                    struct call_reply *reply, struct buf *received)
{
    struct sockaddr_storage address;
    socklen_t len;

    switch (request->id) {
    case CALL_SOCKET:
        return socket(request->family, request->type, (int)request->number);
    case CALL_BIND:
        len = endpoint_to_sockaddr(&request->endpoint, &address);
        return bind(request->fd, (struct sockaddr *)&address, len);
    case CALL_LISTEN:
        return listen(request->fd, (int)request->number);
    case CALL_ACCEPT:
        return make_accept(request, reply);
    case CALL_CONNECT:
        len = endpoint_to_sockaddr(&request->endpoint, &address);
        return connect(request->fd, (struct sockaddr *)&address, len);
    case CALL_SEND:
    case CALL_SENDTO:
        return make_send(request, data);
    case CALL_RECV:
    case CALL_RECVFROM:
        return make_recv(request, reply, received);
    case CALL_SHUTDOWN:
        return shutdown(request->fd, (int)request->number);
    case CALL_CLOSE:
        return close(request->fd);
    case CALL_SETSOCKOPT:
        return make_setsockopt(request);
    case CALL_GETSOCKOPT:
        return make_getsockopt(request, reply);
    case CALL_GETSOCKNAME:
    case CALL_GETPEERNAME:
        return make_name(request, reply);
    case CALL_FORK:
    case CALL_RETURN:
    case CALL_EXIT:
    case CALL_SELECT:
    case CALL_PTHREAD_CREATE:
    case CALL_COUNT:
        break;
    }
    errno = ENOSYS;
    return -1;
}

void call_make(const struct call_request *request, const char *data,
               struct call_reply *reply, struct buf *received)
{
    memset(reply, 0, sizeof(*reply));
    reply->result = make(request, data, reply, received);
    reply->error = reply->result < 0 ? errno : 0;
}
