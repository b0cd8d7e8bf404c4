/* What makes sense at a host: sockets, programs, its cable, its power. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo/programs.h"
#include "lesson/menu_parts.h"

/* ----------------------------------------------------------- sockets */

static void add_socket(struct menu *menu, const struct menu_actor *actor,
                       const char *title, int family, bool stream)
{
    char name[NAME_TEXT];

    menu_variable(actor->world, actor->host,
                  stream ? menu_sock_name(actor->world, actor->host) : "u", name);
    menu_add_call(menu, actor, title, NULL, "%s = socket(%s, %s, 0)", name,
                  family == AF_INET6 ? "AF_INET6" : "AF_INET",
                  stream ? "SOCK_STREAM" : "SOCK_DGRAM");
}

static void add_sockets(struct menu *menu, const struct menu_actor *actor)
{
    const struct world_host *host = &actor->world->hosts[actor->host];

    if (menu_address(host, AF_INET)) {
        add_socket(menu, actor, "Make a TCP socket", AF_INET, true);
        add_socket(menu, actor, "Make a UDP socket", AF_INET, false);
    }
    if (menu_address(host, AF_INET6)) {
        add_socket(menu, actor, "Make a TCP socket for IPv6", AF_INET6, true);
        add_socket(menu, actor, "Make a UDP socket for IPv6", AF_INET6, false);
    }
}

/* ----------------------------------------------------------- demo programs */

/* What a demo program is told: the port that it serves, or a server that waits. */
static char *demo_argument(const struct menu_actor *actor,
                           const struct demo_program *program)
{
    enum sock_proto proto =
        strncmp(program->name, "udp", 3) == 0 ? PROTO_UDP : PROTO_TCP;
    struct endpoint server;
    char text[ENDPOINT_TEXT];
    size_t at = 0;

    if (strncmp(program->usage, "PORT", 4) == 0)
        return mem_printf("%u", menu_port(actor->world, actor->host, proto));
    if (menu_next_server(actor->world, actor->host, proto, AF_INET, &at, &server))
        return mem_strdup(endpoint_print(&server, text));
    return NULL;
}

static void add_demo(struct menu *menu, const struct menu_actor *actor,
                     const struct demo_program *program)
{
    char *argument = demo_argument(actor, program);
    const char *why = actor->why[0] ? actor->why
                      : argument    ? NULL
                                    : "no server waits on another host";
    char *line = mem_printf("demo %s %s %s", actor->thread, program->name,
                            argument ? argument : program->usage);

    menu_add_line(menu, program->name, line, why);
    free(argument);
}

static void add_demos(struct menu *menu, const struct menu_actor *actor)
{
    const struct world *world = actor->world;
    struct menu *demos =
        menu_add_more(menu, "Start a demo program", actor->why[0] ? actor->why : NULL);

    for (const struct demo_program *program = demo_programs; program->name; program++)
        add_demo(demos, actor, program);
    vec_each (thread, &world->threads) {
        char *title;

        if (!thread->alive || thread->host != actor->host || !thread->demo ||
            thread->status != CALL_PENDING)
            continue;
        title = mem_printf("Let %s make its next call, %s()", thread->name,
                           thread->call ? thread->call : "");
        menu_add_line(menu, title, mem_printf("step %s", thread->name), NULL);
        free(title);
    }
}

/* ----------------------------------------------------------- threads, processes */

static void add_thread(struct menu *menu, const struct menu_actor *actor)
{
    struct menu_actor second = *actor;

    menu_new_thread(actor->world, actor->host, actor->thread, second.thread);
    if (!second.thread[0])
        return;
    add_socket(menu, &second, "Add a thread, which makes a socket",
               menu_address(&actor->world->hosts[actor->host], AF_INET) ? AF_INET
                                                                        : AF_INET6,
               true);
}

static void add_processes(struct menu *menu, const struct menu_actor *actor)
{
    const struct world_host *host = &actor->world->hosts[actor->host];
    const char *why = host->running ? NULL : "no program runs";
    char child[NAME_TEXT];

    menu_variable(actor->world, actor->host, "child", child);
    menu_add_call(menu, actor, "Fork a child process", NULL, "%s = fork()", child);
    menu_add_call(menu, actor, "End its program", why, "exit()");
    menu_add_line(menu, "Kill its program", mem_printf("kill %s", host->name), why);
    vec_each (thread, &actor->world->threads) {
        char *title;

        if (!thread->alive || !thread->process || thread->host != actor->host ||
            strchr(thread->name, '.'))
            continue;
        title = mem_printf("Kill the child %s", strchr(thread->name, '/') + 1);
        menu_add_line(menu, title, mem_printf("kill %s", thread->name), NULL);
        free(title);
    }
}

/* ----------------------------------------------------------- cable, power, firewall */

static void add_firewall(struct menu *menu, const struct world *world, unsigned host)
{
    const char *name = world->hosts[host].name;
    struct menu *rules = menu_add_more(menu, "Put up a firewall", NULL);

    vec_each (sock, &world->socks) {
        unsigned port = sock->sock.local.port;
        char *title;

        if (sock->gone || sock->host != host || sock->sock.state != STATE_LISTEN)
            continue;
        title = mem_printf("Drop TCP to its port %u", port);
        menu_add_line(rules, title, mem_printf("firewall drop tcp to %s:%u", name, port),
                      NULL);
        free(title);
        title = mem_printf("Reject TCP to its port %u", port);
        menu_add_line(rules, title,
                      mem_printf("firewall reject tcp to %s:%u", name, port), NULL);
        free(title);
    }
    menu_add_line(rules, "Drop all TCP to it",
                  mem_printf("firewall drop tcp to %s", name), NULL);
    menu_add_line(rules, "Reject all TCP to it",
                  mem_printf("firewall reject tcp to %s", name), NULL);
    menu_add_line(rules, "Drop all UDP to it",
                  mem_printf("firewall drop udp to %s", name), NULL);
    menu_add_line(rules, "Reject all UDP to it",
                  mem_printf("firewall reject udp to %s", name), NULL);
    menu_add_line(rules, "Drop all that it sends",
                  mem_printf("firewall drop from %s", name), NULL);
}

static void add_cable(struct menu *menu, const struct world_host *host)
{
    if (host->plugged)
        menu_add_line(menu, "Unplug its cable", mem_printf("unplug %s", host->name),
                      NULL);
    else
        menu_add_line(menu, "Plug its cable in", mem_printf("plug %s", host->name),
                      NULL);
    if (host->up)
        menu_add_line(menu, "Crash it: the power fails",
                      mem_printf("crash %s", host->name), NULL);
    else
        menu_add_line(menu, "Boot it again", mem_printf("boot %s", host->name), NULL);
}

/* The lesson names it, and no line has made it yet. */
static void add_host_line(struct menu *menu, const struct world_host *host)
{
    struct buf line = {0};
    char text[ADDRESS_TEXT];

    buf_printf(&line, "host %s", host->name);
    for (unsigned i = 0; i < host->address_count; i++)
        buf_printf(&line, " %s", address_print(&host->addresses[i], text));
    menu_add_line(menu, "Put it on the wire", buf_take(&line),
                  host->address_count ? NULL : "it has no address");
}

struct menu *menu_of_host(const struct world *world, unsigned host)
{
    const struct world_host *known = &world->hosts[host];
    struct menu *menu = menu_new(known->name);
    struct menu_actor actor;

    if (!known->up && !menu_crashed(world, host)) {
        add_host_line(menu, known);
        return menu;
    }
    if (!known->up) {
        add_cable(menu, known);
        return menu;
    }
    menu_actor_init(&actor, world, host, known->name);
    add_sockets(menu, &actor);
    add_demos(menu, &actor);
    add_thread(menu, &actor);
    add_processes(menu, &actor);
    add_cable(menu, known);
    add_firewall(menu, world, host);
    return menu;
}
