/* What makes sense at a socket, by its state. What the kernel would refuse there is
 * shown with the reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/menu_parts.h"

#define BACKLOG 5
#define RECV_SIZE 100
#define SEND_MUCH 4000 /* bytes: more than one segment */

struct sock_menu {
    struct menu *menu;
    struct menu_actor actor;
    const struct world_sock *sock;
    const char *var;
};

/* A call about the socket, as a choice of its menu. */
#define add_call(at, title, why, ...) \
    menu_add_call((at)->menu, &(at)->actor, (title), (why), __VA_ARGS__)

/* ----------------------------------------------------------- a new one */

static const char *any_address(const struct sock *sock)
{
    return sock->family == AF_INET6 ? "[::]" : "*";
}

static void add_bind(const struct sock_menu *at, const char *why)
{
    const struct sock *sock = &at->sock->sock;
    const struct world *world = at->actor.world;
    const struct address *own =
        menu_address(&world->hosts[at->actor.host], sock->family);
    unsigned port = menu_port(world, at->actor.host, sock->proto);
    struct menu *more = menu_add_more(at->menu, "Bind it to a port", why);
    struct endpoint local = {.port = (uint16_t)port};
    char *title = mem_printf("Port %u of any of its addresses", port);
    char text[ENDPOINT_TEXT];

    menu_add_call(more, &at->actor, title, why, "bind(%s, %s:%u)", at->var,
                  any_address(sock), port);
    free(title);
    if (own) {
        local.address = *own;
        title = mem_printf("Port %u of this address alone", port);
        menu_add_call(more, &at->actor, title, why, "bind(%s, %s)", at->var,
                      endpoint_print(&local, text));
        free(title);
    }
    menu_add_call(more, &at->actor, "A port that the kernel chooses", why,
                  "bind(%s, %s:0)", at->var, any_address(sock));
}

static void add_connect_nobody(const struct sock_menu *at, struct menu *more,
                               const char *why)
{
    const struct world *world = at->actor.world;

    for (unsigned i = 0; i < world->host_count; i++) {
        const struct address *address =
            menu_address(&world->hosts[i], at->sock->sock.family);
        struct endpoint to = {.port = (uint16_t)menu_port(world, i, PROTO_TCP)};
        char text[ENDPOINT_TEXT], *title;

        if (i == at->actor.host || !address)
            continue;
        to.address = *address;
        title = mem_printf("%s, port %u, where nobody listens", world->hosts[i].name,
                           to.port);
        /* On a wire that flows it fails before the line is done. */
        menu_add_call(more, &at->actor, title,
                      why                        ? why
                      : world->wire == WIRE_HOLD ? NULL
                                                 : "it would fail: hold the wire first",
                      "connect(%s, %s)", at->var, endpoint_print(&to, text));
        free(title);
    }
}

/* Where packets are held, any connect() waits. */
static const char *why_refused(const struct sock_menu *at, unsigned host, uint16_t port)
{
    const struct world *world = at->actor.world;

    if (world->wire == WIRE_HOLD ||
        !menu_firewall_rejects(world, at->actor.host, host, port))
        return NULL;
    return "the firewall would refuse it: hold the wire first";
}

static void add_connect(const struct sock_menu *at, const char *why)
{
    const struct world *world = at->actor.world;
    struct menu *more = menu_add_more(at->menu, "Connect to a server", why);
    struct endpoint server;
    size_t next = 0;

    while (menu_next_server(world, at->actor.host, PROTO_TCP, at->sock->sock.family,
                            &next, &server)) {
        unsigned host = world->socks.items[next - 1].host;
        char *title = mem_printf("%s, port %u", world->hosts[host].name, server.port);
        char text[ENDPOINT_TEXT];

        menu_add_call(more, &at->actor, title,
                      why ? why : why_refused(at, host, server.port), "connect(%s, %s)",
                      at->var, endpoint_print(&server, text));
        free(title);
    }
    add_connect_nobody(at, more, why);
}

/* A socket is for one connection only; that an attempt failed does not count. */
static const char *why_used(const struct world_sock *sock)
{
    if (sock->from == STATE_NONE || sock->from == STATE_CLOSED ||
        sock->from == STATE_SYN_SENT)
        return NULL;
    return "it was used: make a new socket";
}

static void add_new(const struct sock_menu *at)
{
    const struct sock *sock = &at->sock->sock;
    const char *used = why_used(at->sock);
    const char *bound = sock->local.port ? "it has a port" : NULL;
    const char *unbound = sock->local.port ? NULL : "bind it first";

    add_bind(at, used ? used : bound);
    add_call(at, "Listen for clients", used ? used : unbound, "listen(%s, %d)", at->var,
             BACKLOG);
    add_call(at, "Listen with room for one", used ? used : unbound, "listen(%s, 0)",
             at->var);
    add_connect(at, used);
}

/* ----------------------------------------------------------- a listener */

static bool is_accepting(const struct sock_menu *at)
{
    size_t len = strlen(at->var);

    vec_each (thread, &at->actor.world->threads)
        if (thread->alive && thread->host == at->actor.host &&
            thread->status == CALL_BLOCKED && thread->call &&
            strcmp(thread->call, "accept") == 0 && thread->args &&
            strncmp(thread->args, at->var, len) == 0 &&
            strspn(thread->args + len, " ,") == strlen(thread->args + len))
            return true;
    return false;
}

static void add_accept(const struct sock_menu *at)
{
    uint32_t waiting = at->sock->sock.recvq;
    char name[NAME_TEXT], *title;

    menu_variable(at->actor.world, at->actor.host, "c", name);
    if (waiting)
        title = mem_printf("Accept a connection: %u wait%s", waiting,
                           waiting == 1 ? "s" : "");
    else if (is_accepting(at))
        title = mem_strdup("Accept one more, on another thread");
    else
        title = mem_strdup("Accept a connection: wait for one");
    add_call(at, title, NULL, "%s = accept(%s)", name, at->var);
    free(title);
}

/* ----------------------------------------------------------- a connection */

/* Why its own direction takes no more data. */
static const char *why_no_send(const struct sock *sock)
{
    switch (sock->state) {
    case STATE_ESTABLISHED:
    case STATE_CLOSE_WAIT:
        return NULL;
    case STATE_FIN_WAIT_1:
    case STATE_FIN_WAIT_2:
    case STATE_CLOSING:
    case STATE_LAST_ACK:
    case STATE_TIME_WAIT:
        return "it has sent its FIN";
    case STATE_SYN_SENT:
    case STATE_SYN_RECEIVED:
        return "it is not connected yet";
    case STATE_NONE:
    case STATE_CLOSED:
    case STATE_LISTEN:
    case STATE_COUNT:
        break;
    }
    return "it is not connected";
}

static const char *why_no_recv(const struct sock *sock)
{
    switch (sock->state) {
    case STATE_ESTABLISHED:
    case STATE_CLOSE_WAIT:
    case STATE_FIN_WAIT_1:
    case STATE_FIN_WAIT_2:
    case STATE_CLOSING:
    case STATE_LAST_ACK:
    case STATE_TIME_WAIT:
        return NULL;
    case STATE_NONE:
    case STATE_CLOSED:
    case STATE_LISTEN:
    case STATE_SYN_SENT:
    case STATE_SYN_RECEIVED:
    case STATE_COUNT:
        break;
    }
    return why_no_send(sock);
}

static void add_connection(const struct sock_menu *at)
{
    const struct sock *sock = &at->sock->sock;
    const char *no_send = why_no_send(sock), *no_recv = why_no_recv(sock);
    char *title = mem_printf("Send %d bytes", SEND_MUCH);

    add_call(at, "Send 5 bytes", no_send, "send(%s, \"hello\")", at->var);
    add_call(at, title, no_send, "send(%s, \"x\" * %d)", at->var, SEND_MUCH);
    free(title);
    /* recvq may count the other end's FIN too. */
    add_call(at, sock->recvq ? "Receive what is here" : "Receive: wait for data",
             no_recv, "recv(%s, %d)", at->var, RECV_SIZE);
    add_call(at, "Shut down its own direction", no_send, "shutdown(%s, SHUT_WR)",
             at->var);
}

/* ----------------------------------------------------------- UDP */

static void add_sendto(const struct sock_menu *at)
{
    const struct world *world = at->actor.world;
    struct menu *more = menu_add_more(at->menu, "Send a datagram", NULL);
    int family = at->sock->sock.family;
    char text[ENDPOINT_TEXT], *title;
    struct endpoint to;
    size_t next = 0;

    while (menu_next_server(world, at->actor.host, PROTO_UDP, family, &next, &to)) {
        title =
            mem_printf("To %s, port %u",
                       world->hosts[world->socks.items[next - 1].host].name, to.port);
        menu_add_call(more, &at->actor, title, NULL, "sendto(%s, \"hello\", %s)",
                      at->var, endpoint_print(&to, text));
        free(title);
    }
    for (unsigned i = 0; i < world->host_count; i++) {
        const struct address *address = menu_address(&world->hosts[i], family);

        if (i == at->actor.host || !address)
            continue;
        to = (struct endpoint){*address, (uint16_t)menu_port(world, i, PROTO_UDP)};
        title =
            mem_printf("To %s, port %u, where nobody is", world->hosts[i].name, to.port);
        menu_add_call(more, &at->actor, title, NULL, "sendto(%s, \"hello\", %s)",
                      at->var, endpoint_print(&to, text));
        free(title);
    }
}

static void add_datagrams(const struct sock_menu *at)
{
    const struct sock *sock = &at->sock->sock;
    const char *unbound = sock->local.port ? NULL : "bind it first";

    add_bind(at, sock->local.port ? "it has a port" : NULL);
    if (!sock->connected)
        add_sendto(at);
    /* recvq counts memory here, not bytes of data: the number would mislead. */
    add_call(at,
             sock->recvq ? "Receive a datagram that is here"
                         : "Receive: wait for a datagram",
             unbound, "recvfrom(%s, %d)", at->var, RECV_SIZE);
}

/* ----------------------------------------------------------- any */

static void add_options(const struct sock_menu *at)
{
    static const struct {
        const char *title, *call;
        bool tcp;
    } options[] = {
        {"A local address may be used again", "SO_REUSEADDR, 1", false},
        {"Send small pieces at once", "TCP_NODELAY, 1", true},
        {"Ask whether the other end is there", "SO_KEEPALIVE, 1", true},
        {"close() sends a RST", "SO_LINGER, \"1,0\"", true},
    };
    struct menu *more = menu_add_more(at->menu, "Set an option", NULL);

    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
        if (!options[i].tcp || at->sock->sock.proto == PROTO_TCP)
            menu_add_call(more, &at->actor, options[i].title, NULL, "setsockopt(%s, %s)",
                          at->var, options[i].call);
}

/* SOCK_DESTROY finds what has an address and a state. */
static void add_reset(const struct sock_menu *at)
{
    const struct sock *sock = &at->sock->sock;
    bool known = sock->listed && !at->sock->gone && sock->state != STATE_CLOSED;

    if (sock->proto == PROTO_TCP)
        menu_add_line(at->menu, "Reset it, as ss -K does",
                      mem_printf("destroy %s.%s", at->actor.process, at->var),
                      known ? NULL : "the kernel has no such connection");
}

static void add_by_state(const struct sock_menu *at)
{
    const struct sock *sock = &at->sock->sock;

    if (sock->proto == PROTO_UDP)
        add_datagrams(at);
    else if (sock->state == STATE_LISTEN)
        add_accept(at);
    else if (sock->state == STATE_CLOSED || sock->state == STATE_NONE)
        add_new(at);
    else
        add_connection(at);
}

/* ----------------------------------------------------------- without a variable */

static const struct world_var *var_of(const struct world *world,
                                      const struct world_sock *sock, bool open)
{
    const char *home = world->hosts[sock->host].name;
    size_t len = strlen(home);

    vec_each (var, &world->vars)
        if (var->cookie == sock->sock.cookie && (var->open || !open) &&
            strcspn(var->process, "/.") == len && strncmp(var->process, home, len) == 0)
            return var;
    return NULL;
}

/* A connection that accept() has not given out yet: its listener does. */
static const struct world_sock *listener_of(const struct world *world,
                                            const struct world_sock *sock)
{
    vec_each (other, &world->socks)
        if (other->host == sock->host && other->sock.state == STATE_LISTEN &&
            !other->gone && other->sock.local.port == sock->sock.local.port &&
            var_of(world, other, true))
            return other;
    return NULL;
}

static void add_nobodys(struct menu *menu, const struct world *world,
                        const struct world_sock *sock)
{
    const struct world_sock *listener = listener_of(world, sock);
    const struct world_var *closed = var_of(world, sock, false);
    struct sock_menu at = {.menu = menu, .sock = listener};

    if (closed && sock->sock.proto == PROTO_TCP && !sock->gone) {
        at.sock = sock;
        at.var = closed->name;
        at.actor.process = closed->process;
        add_reset(&at);
    } else if (listener && !sock->gone && !sock->sock.inode) {
        at.var = var_of(world, listener, true)->name;
        menu_actor_init(&at.actor, world, sock->host,
                        var_of(world, listener, true)->process);
        add_accept(&at);
    }
}

struct menu *menu_of_sock(const struct world *world, const struct world_sock *sock)
{
    const struct world_var *var = var_of(world, sock, true);
    struct sock_menu at = {.sock = sock};
    struct buf title = {0};

    buf_puts(&title, world->hosts[sock->host].name);
    if (var)
        buf_printf(&title, " %s", var->name);
    if (sock->sock.proto == PROTO_TCP)
        buf_printf(&title, ": %s", tcp_state_name(sock->sock.state));
    at.menu = menu_new(buf_text(&title));
    buf_free(&title);
    if (var) {
        at.var = var->name;
        menu_actor_init(&at.actor, world, sock->host, var->process);
        if (!sock->gone) {
            add_by_state(&at);
            add_options(&at);
        }
        add_call(&at, "Close it", NULL, "close(%s)", at.var);
        add_reset(&at);
    } else {
        add_nobodys(at.menu, world, sock);
    }
    menu_add_act(at.menu, MENU_DETAILS, "All that the kernel knows of it",
                 sock->gone ? "it is gone" : NULL);
    return at.menu;
}
