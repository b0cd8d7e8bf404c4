/* menu_parts: what the files of the menus share. Not for others. Pure. */
#ifndef SOCKETARIUM_LESSON_MENU_PARTS_H
#define SOCKETARIUM_LESSON_MENU_PARTS_H

#include "lesson/menu.h"

/* Who would make the calls of a menu: a process, and its thread that is free. */
struct menu_actor {
    const struct world *world;
    unsigned host;              /* index */
    const char *process;        /* "host" or "host/child"; borrowed */
    char thread[THREAD_TEXT];   /* who makes the next call */
    char why[THREAD_TEXT + 64]; /* why nobody can; "" if somebody can */
};

void menu_actor_init(struct menu_actor *actor, const struct world *world, unsigned host,
                     const char *process);
/* A thread of the host that does nothing yet, other than the one given ("" for none);
 * "" if there are too many. */
void menu_new_thread(const struct world *world, unsigned host, const char *other,
                     char thread[THREAD_TEXT]);
/* Adds the call as a line of the actor's. why: NULL, or why it is not possible. */
void menu_add_call(struct menu *menu, const struct menu_actor *actor, const char *title,
                   const char *why, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* A variable's name that no process of the host uses: base, base2, base3, ... */
void menu_variable(const struct world *world, unsigned host, const char *base,
                   char name[NAME_TEXT]);
/* What a host's own sockets are called: "s" of a server, "c" of a client. */
const char *menu_sock_name(const struct world *world, unsigned host);
/* A port above 1024 that no socket of the host has. */
unsigned menu_port(const struct world *world, unsigned host, enum sock_proto proto);
/* The host's first address of that family, or NULL. */
const struct address *menu_address(const struct world_host *host, int family);
bool menu_crashed(const struct world *world, unsigned host);

/* Where a client of that protocol and family on `host` could send to: a server that
 * waits on another host. The next one after *at, which begins at 0; false: no more. */
bool menu_next_server(const struct world *world, unsigned host, enum sock_proto proto,
                      int family, size_t *at, struct endpoint *server);

/* menu_firewall.c: whether rules are up, and whether they answer a SYN with RST. */
bool menu_firewall_stands(const struct world *world);
bool menu_firewall_rejects(const struct world *world, unsigned from, unsigned to,
                           uint16_t port);

#endif
