/* Names, ports and threads that are free. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/menu_parts.h"

#define THREADS_MOST 99
#define VARIABLES_MOST 9999
#define PORT_FIRST 6666 /* as the lessons use it */

/* ----------------------------------------------------------- threads */

/* The kernel's word is needed for "blocked"; a thread that has no demo program and whose
 * last call has come back waits for a command. */
static bool is_idle(const struct world_thread *thread)
{
    return thread->status == CALL_RETURNED && !thread->demo;
}

/* A name under which a call can be made at once: of no thread yet, or of an idle one.
 * That of a child, even of one that has ended, would be the child. */
static bool is_free(const struct world_thread *thread)
{
    return !thread || (!thread->process && (!thread->alive || is_idle(thread)));
}

static void tell_busy(const struct world_thread *thread, struct menu_actor *actor)
{
    const char *name = thread->name;

    if (thread->demo)
        snprintf(actor->why, sizeof(actor->why), "%s runs a demo program", name);
    else
        snprintf(actor->why, sizeof(actor->why), "%s is in %s()", name,
                 thread->call ? thread->call : "a call");
}

void menu_new_thread(const struct world *world, unsigned host, const char *other,
                     char thread[THREAD_TEXT])
{
    const char *name = world->hosts[host].name;

    for (unsigned i = 2; i <= THREADS_MOST; i++) {
        const struct world_thread *known;

        snprintf(thread, THREAD_TEXT, "%s/t%u", name, i);
        known = world_thread_find(world, thread);
        if (strcmp(thread, other) != 0 && (!known || (!known->alive && is_free(known))))
            return;
    }
    thread[0] = '\0';
}

/* A thread of the host's own program: the first, one that a menu has added and that
 * waits again, or a new one. */
static void choose_thread(struct menu_actor *actor)
{
    const char *host = actor->world->hosts[actor->host].name;
    const struct world_thread *first = world_thread_find(actor->world, host);

    snprintf(actor->thread, sizeof(actor->thread), "%s", host);
    for (unsigned i = 2; i <= THREADS_MOST; i++) {
        if (is_free(world_thread_find(actor->world, actor->thread)))
            return;
        snprintf(actor->thread, sizeof(actor->thread), "%s/t%u", host, i);
    }
    tell_busy(first, actor);
}

/* A child has one thread only. What a demo program has forked takes no lines. */
static void choose_child(struct menu_actor *actor)
{
    const struct world_thread *child = world_thread_find(actor->world, actor->process);

    snprintf(actor->thread, sizeof(actor->thread), "%s", actor->process);
    if (strchr(actor->process, '.'))
        snprintf(actor->why, sizeof(actor->why), "a demo program has it");
    else if (!child || !child->alive)
        snprintf(actor->why, sizeof(actor->why), "the process has ended");
    else if (!is_idle(child))
        tell_busy(child, actor);
}

void menu_actor_init(struct menu_actor *actor, const struct world *world, unsigned host,
                     const char *process)
{
    *actor = (struct menu_actor){.world = world, .host = host, .process = process};
    if (strchr(process, '/'))
        choose_child(actor);
    else
        choose_thread(actor);
    if (!world->hosts[host].up)
        snprintf(actor->why, sizeof(actor->why), "%s has crashed",
                 world->hosts[host].name);
}

void menu_add_call(struct menu *menu, const struct menu_actor *actor, const char *title,
                   const char *why, const char *format, ...)
{
    struct buf line = {0};
    va_list args;

    buf_printf(&line, "%s: ", actor->thread);
    va_start(args, format);
    buf_vprintf(&line, format, args);
    va_end(args);
    menu_add_line(menu, title, buf_take(&line), actor->why[0] ? actor->why : why);
}

/* ----------------------------------------------------------- variables */

/* A variable is set when its call returns: until then the thread knows its name. */
static bool is_taken(const struct world *world, unsigned host, const char *name)
{
    const char *home = world->hosts[host].name;
    size_t len = strlen(home);
    char child[THREAD_TEXT];

    vec_each (var, &world->vars)
        if (strcspn(var->process, "/.") == len &&
            strncmp(var->process, home, len) == 0 && strcmp(var->name, name) == 0)
            return true;
    vec_each (thread, &world->threads)
        if (thread->host == host && strcmp(thread->var, name) == 0)
            return true;
    snprintf(child, sizeof(child), "%s/%s", home, name);
    return world_thread_find(world, child) != NULL;
}

void menu_variable(const struct world *world, unsigned host, const char *base,
                   char name[NAME_TEXT])
{
    snprintf(name, NAME_TEXT, "%s", base);
    for (unsigned i = 2; i <= VARIABLES_MOST && is_taken(world, host, name); i++)
        snprintf(name, NAME_TEXT, "%s%u", base, i);
}

const char *menu_sock_name(const struct world *world, unsigned host)
{
    return strncmp(world->hosts[host].name, "client", 6) == 0 ? "c" : "s";
}

/* ----------------------------------------------------------- addresses */

unsigned menu_port(const struct world *world, unsigned host, enum sock_proto proto)
{
    unsigned port = PORT_FIRST;
    bool taken = true;

    while (taken && port < UINT16_MAX) {
        taken = false;
        vec_each (sock, &world->socks)
            taken =
                taken || (!sock->gone && sock->host == host &&
                          sock->sock.proto == proto && sock->sock.local.port == port);
        port += taken;
    }
    return port;
}

const struct address *menu_address(const struct world_host *host, int family)
{
    for (unsigned i = 0; i < host->address_count; i++)
        if (host->addresses[i].family == family)
            return &host->addresses[i];
    return NULL;
}

bool menu_crashed(const struct world *world, unsigned host)
{
    bool crashed = false;

    vec_each (row, &world->rows)
        if (row->kind == ROW_HOST && row->host == host)
            crashed = crashed || strcmp(row->text, "crashed") == 0;
    return crashed && !world->hosts[host].up;
}

static bool waits_for_clients(const struct sock *sock, enum sock_proto proto)
{
    if (sock->proto != proto || !sock->local.port)
        return false;
    return proto == PROTO_TCP ? sock->state == STATE_LISTEN : !sock->connected;
}

bool menu_next_server(const struct world *world, unsigned host, enum sock_proto proto,
                      int family, size_t *at, struct endpoint *server)
{
    while (*at < world->socks.count) {
        const struct world_sock *sock = &world->socks.items[(*at)++];
        const struct endpoint *local = &sock->sock.local;
        const struct address *address = menu_address(&world->hosts[sock->host], family);

        if (sock->gone || sock->host == host || !address ||
            !waits_for_clients(&sock->sock, proto) || sock->sock.family != family)
            continue;
        *server = *local;
        if (address_is_any(&local->address))
            server->address = *address;
        if (!address_is_loopback(&server->address))
            return true;
    }
    return false;
}
