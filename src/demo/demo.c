#define DEMO_UNTRACED
#include "demo/demo.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "demo/demo_source.h"

#define ARGS_TEXT 256
#define ADDRESS_TEXT (INET6_ADDRSTRLEN + 16)

const struct demo_program demo_programs[] = {
    {"tcp-echo-server", "PORT", "sends back what one client after the other sends", 1, 1,
     tcp_echo_server, demo_source_tcp_echo_server},
    {"tcp-client", "ADDRESS:PORT [TEXT]", "connects, sends a text, reads the answer", 1,
     2, tcp_client, demo_source_tcp_client},
    {"tcp-threaded-server", "PORT", "a thread for each client", 1, 1,
     tcp_threaded_server, demo_source_tcp_threaded_server},
    {"tcp-forking-server", "PORT", "a process for each client", 1, 1, tcp_forking_server,
     demo_source_tcp_forking_server},
    {"tcp-select-server", "PORT", "one thread, select() for all clients", 1, 1,
     tcp_select_server, demo_source_tcp_select_server},
    {"http-server", "PORT", "answers with a small page", 1, 1, http_server,
     demo_source_http_server},
    {"udp-echo-server", "PORT", "sends each datagram back", 1, 1, udp_echo_server,
     demo_source_udp_echo_server},
    {"udp-client", "ADDRESS:PORT [TEXT]", "sends a datagram, waits for the answer", 1, 2,
     udp_client, demo_source_udp_client},
    {0},
};

const struct demo_program *demo_find(const char *name)
{
    for (const struct demo_program *program = demo_programs; program->name; program++) {
        if (strcmp(program->name, name) == 0)
            return program;
    }
    return NULL;
}

/* ------------------------------------------- the arguments as the lesson language has
 * them */

/* How long the first argument is: the descriptor's name in the source. */
static int first_len(const char *args)
{
    return (int)strcspn(args, ",");
}

static const char *address_text(const struct sockaddr *address, socklen_t len, char *out)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;
    char host[INET6_ADDRSTRLEN];

    snprintf(out, ADDRESS_TEXT, "?");
    if (address && len >= sizeof(*v4) && address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &v4->sin_addr, host, sizeof(host));
        snprintf(out, ADDRESS_TEXT, "%s:%u",
                 v4->sin_addr.s_addr == htonl(INADDR_ANY) ? "*" : host,
                 ntohs(v4->sin_port));
    } else if (address && len >= sizeof(*v6) && address->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof(host));
        snprintf(out, ADDRESS_TEXT, "[%s]:%u", host, ntohs(v6->sin6_port));
    }
    return out;
}

/* The calls that take a descriptor and an address. */
static void begin_with_address(const char *call, int line, const char *args, int fd,
                               const struct sockaddr *address, socklen_t len)
{
    char text[ARGS_TEXT], where[ADDRESS_TEXT];

    snprintf(text, sizeof(text), "%.*s, %s", first_len(args), args,
             address_text(address, len, where));
    demo_call_begin(call, text, line, fd);
}

/* The calls that take a descriptor and a number; unit is "" or "byte". */
static void begin_with_number(const char *call, int line, const char *args, int fd,
                              long number, const char *unit)
{
    char text[ARGS_TEXT];

    snprintf(text, sizeof(text), "%.*s, %ld%s%s%s", first_len(args), args, number,
             *unit ? " " : "", unit, *unit && number != 1 ? "s" : "");
    demo_call_begin(call, text, line, fd);
}

static void begin_with_descriptor(const char *call, int line, const char *args, int fd)
{
    char text[ARGS_TEXT];

    snprintf(text, sizeof(text), "%.*s", first_len(args), args);
    demo_call_begin(call, text, line, fd);
}

/* What the program sees after the call must not depend on who watched it. */
static void end(long result, const void *data, const struct sockaddr *peer,
                socklen_t len)
{
    int error = errno;

    demo_call_end(result, data, peer, len);
    errno = error;
}

/* accept() and recvfrom() cut the address to the caller's room and give its full length.
 */
static void give_peer(const struct sockaddr_storage *from, socklen_t from_len,
                      struct sockaddr *peer, socklen_t *len)
{
    if (!peer)
        return;
    memcpy(peer, from, from_len < *len ? from_len : *len);
    *len = from_len;
}

/* --------------------------------------------------------------------------- the calls
 */

static const char *type_name(int type)
{
    switch (type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) {
    case SOCK_STREAM:
        return "SOCK_STREAM";
    case SOCK_DGRAM:
        return "SOCK_DGRAM";
    case SOCK_RAW:
        return "SOCK_RAW";
    default:
        return "?";
    }
}

int demo_socket(int line, const char *args, int family, int type, int protocol)
{
    char text[ARGS_TEXT];
    int fd;

    (void)args;
    snprintf(text, sizeof(text), "%s, %s%s, %d",
             family == AF_INET    ? "AF_INET"
             : family == AF_INET6 ? "AF_INET6"
                                  : "?",
             type_name(type), type & SOCK_NONBLOCK ? " | SOCK_NONBLOCK" : "", protocol);
    demo_call_begin("socket", text, line, -1);
    fd = socket(family, type, protocol);
    end(fd, NULL, NULL, 0);
    return fd;
}

int demo_bind(int line, const char *args, int fd, const struct sockaddr *address,
              socklen_t len)
{
    int result;

    begin_with_address("bind", line, args, fd, address, len);
    result = bind(fd, address, len);
    end(result, NULL, NULL, 0);
    return result;
}

int demo_listen(int line, const char *args, int fd, int backlog)
{
    int result;

    begin_with_number("listen", line, args, fd, backlog, "");
    result = listen(fd, backlog);
    end(result, NULL, NULL, 0);
    return result;
}

int demo_accept(int line, const char *args, int fd, struct sockaddr *peer,
                socklen_t *len)
{
    struct sockaddr_storage from = {0};
    socklen_t from_len = sizeof(from);
    int conn;

    begin_with_descriptor("accept", line, args, fd);
    conn = accept(fd, (struct sockaddr *)&from, &from_len);
    if (conn >= 0)
        give_peer(&from, from_len, peer, len);
    end(conn, NULL, conn < 0 ? NULL : (struct sockaddr *)&from, from_len);
    return conn;
}

int demo_connect(int line, const char *args, int fd, const struct sockaddr *peer,
                 socklen_t len)
{
    int result;

    begin_with_address("connect", line, args, fd, peer, len);
    result = connect(fd, peer, len);
    end(result, NULL, NULL, 0);
    return result;
}

ssize_t demo_send(int line, const char *args, int fd, const void *data, size_t len,
                  int flags)
{
    ssize_t result;

    begin_with_number("send", line, args, fd, (long)len, "byte");
    result = send(fd, data, len, flags);
    end(result, NULL, NULL, 0);
    return result;
}

ssize_t demo_recv(int line, const char *args, int fd, void *data, size_t room, int flags)
{
    ssize_t result;

    begin_with_number("recv", line, args, fd, (long)room, "");
    result = recv(fd, data, room, flags);
    end(result, result < 0 ? NULL : data, NULL, 0);
    return result;
}

ssize_t demo_sendto(int line, const char *args, int fd, const void *data, size_t len,
                    int flags, const struct sockaddr *peer, socklen_t peer_len)
{
    char text[ARGS_TEXT], where[ADDRESS_TEXT];
    ssize_t result;

    snprintf(text, sizeof(text), "%.*s, %zu byte%s, %s", first_len(args), args, len,
             len == 1 ? "" : "s", address_text(peer, peer_len, where));
    demo_call_begin("sendto", text, line, fd);
    result = sendto(fd, data, len, flags, peer, peer_len);
    end(result, NULL, NULL, 0);
    return result;
}

ssize_t demo_recvfrom(int line, const char *args, int fd, void *data, size_t room,
                      int flags, struct sockaddr *peer, socklen_t *peer_len)
{
    struct sockaddr_storage from = {0};
    socklen_t from_len = sizeof(from);
    ssize_t result;

    begin_with_number("recvfrom", line, args, fd, (long)room, "");
    result = recvfrom(fd, data, room, flags, (struct sockaddr *)&from, &from_len);
    if (result < 0)
        from_len = 0;
    else
        give_peer(&from, from_len, peer, peer_len);
    /* A connected TCP socket gives no sender's address (recv(2)): the length stays 0. */
    end(result, result < 0 ? NULL : data, from_len ? (struct sockaddr *)&from : NULL,
        from_len);
    return result;
}

int demo_shutdown(int line, const char *args, int fd, int how)
{
    char text[ARGS_TEXT];
    int result;

    snprintf(text, sizeof(text), "%.*s, %s", first_len(args), args,
             how == SHUT_RD   ? "SHUT_RD"
             : how == SHUT_WR ? "SHUT_WR"
                              : "SHUT_RDWR");
    demo_call_begin("shutdown", text, line, fd);
    result = shutdown(fd, how);
    end(result, NULL, NULL, 0);
    return result;
}

int demo_close(int line, const char *args, int fd)
{
    int result;

    begin_with_descriptor("close", line, args, fd);
    result = close(fd);
    end(result, NULL, NULL, 0);
    return result;
}

/* ------------------------------------------- what starts something, and select */

pid_t demo_fork(int line, const char *args)
{
    pid_t pid;

    demo_call_begin("fork", args, line, -1);
    pid = demo_process_fork();
    /* The child comes back too; the call is the parent's. */
    if (pid != 0)
        demo_call_end(pid, NULL, NULL, 0);
    return pid;
}

/* What atexit() was told is not the demo program's, but that of the program it runs in:
 * exit() here does the rest of what C's does. */
void demo_exit(int line, const char *args, int status)
{
    demo_call_begin("exit", args, line, -1);
    fflush(stdout);
    _exit(status);
}

int demo_pthread_create(int line, const char *args, pthread_t *thread,
                        const pthread_attr_t *attributes, void *(*body)(void *),
                        void *argument)
{
    int failed;

    demo_call_begin("pthread_create", args, line, -1);
    failed = demo_thread_start(thread, attributes, body, argument);
    /* It gives an errno, and does not set one (pthread_create(3)). */
    errno = failed;
    demo_call_end(failed ? -1 : 0, NULL, NULL, 0);
    return failed;
}

int demo_select(int line, const char *args, int count, fd_set *readable,
                fd_set *writable, fd_set *exceptional, struct timeval *timeout)
{
    int result;

    demo_call_begin("select", args, line, -1);
    result = select(count, readable, writable, exceptional, timeout);
    demo_call_end(result, NULL, NULL, 0);
    return result;
}
