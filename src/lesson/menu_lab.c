/* What makes sense in the whole lab: more hosts, the wire, forged packets, the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/menu_parts.h"

#define SLOW_DELAY "500ms"
#define FLOOD_SYNS 20
#define FLOOD_PORT 1024
#define CLIENT_FIRST "192.168.0.110"

/* ----------------------------------------------------------- hosts */

static bool has_address(const struct world *world, const struct address *address)
{
    for (unsigned i = 0; i < world->host_count; i++)
        for (unsigned k = 0; k < world->hosts[i].address_count; k++)
            if (address_equal(&world->hosts[i].addresses[k], address))
                return true;
    return false;
}

/* That of the last host of its kind (client, client2, ...), or else of the last host. */
static const struct address *last_address(const struct world *world, int family,
                                          const char *kind)
{
    const struct address *last = NULL, *alike = NULL;

    for (unsigned i = 0; i < world->host_count; i++) {
        const struct world_host *host = &world->hosts[i];
        const struct address *address = menu_address(host, family);

        last = address ? address : last;
        if (strncmp(host->name, kind, strlen(kind)) == 0)
            alike = address ? address : alike;
    }
    return alike ? alike : last;
}

/* The next one in the same net that nobody has. */
static bool free_address(const struct world *world, int family, const char *kind,
                         struct address *out)
{
    const struct address *last = last_address(world, family, kind);
    uint8_t *byte = &out->bytes[family == AF_INET ? 3 : 15];

    if (!last)
        return false;
    *out = *last;
    for (unsigned i = 1; i < 254; i++) {
        *byte = (uint8_t)(*byte >= 254 ? 1 : *byte + 1);
        if (!has_address(world, out))
            return true;
    }
    return false;
}

static void free_name(const struct world *world, const char *base, char name[NAME_TEXT])
{
    snprintf(name, NAME_TEXT, "%s", base);
    for (unsigned i = 2; world_host_find(world, name) >= 0; i++)
        snprintf(name, NAME_TEXT, "%s%u", base, i);
}

/* The first two are those of the lessons. */
static void add_host(struct menu *menu, const struct world *world, const char *title,
                     const char *base, const char *first)
{
    const char *why = world->host_count < HOSTS_MAX ? NULL : "a lab has at most 8 hosts";
    struct address address;
    char name[NAME_TEXT], text[ADDRESS_TEXT] = "";

    free_name(world, base, name);
    if (address_parse(first, &address) == 0 &&
        (!world->host_count ||
         (!has_address(world, &address) && world_host_find(world, base) < 0)))
        snprintf(text, sizeof(text), "%s", first);
    else if (free_address(world, AF_INET, base, &address) ||
             free_address(world, AF_INET6, base, &address))
        address_print(&address, text);
    else if (!why)
        why = "no address is free";
    menu_add_line(menu, title, mem_printf("host %s %s", name, text), why);
}

/* ----------------------------------------------------------- the wire */

static void add_wire(struct menu *menu, const struct world *world)
{
    static const struct {
        enum wire_mode mode;
        const char *title, *line;
    } modes[] = {
        {WIRE_HOLD, "Hold each packet on the wire", "wire hold"},
        {WIRE_FLOW, "Let all packets through", "wire flow"},
        {WIRE_SLOW, "Let packets cross slowly", "wire slow " SLOW_DELAY},
    };
    const char *none = world_held_count(world) ? NULL : "nothing is held";

    menu_add_line(menu, "Deliver the oldest packet", mem_strdup("deliver"), none);
    menu_add_line(menu, "Deliver until none is held", mem_strdup("deliver all"), none);
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
        menu_add_line(menu, modes[i].title, mem_strdup(modes[i].line),
                      world->wire == modes[i].mode ? "so it is now" : NULL);
    menu_add_line(menu, "Take the firewall away", mem_strdup("firewall clear"),
                  menu_firewall_stands(world) ? NULL : "there is none");
}

/* A client's address that no host has: nobody answers its SYN+ACKs. */
static void add_flood(struct menu *menu, const struct world *world)
{
    struct endpoint server;
    struct address nobody;
    char from[ADDRESS_TEXT], to[ENDPOINT_TEXT];

    vec_each (sock, &world->socks) {
        const struct address *own;

        if (sock->gone || sock->sock.state != STATE_LISTEN)
            continue;
        server = sock->sock.local;
        own = menu_address(&world->hosts[sock->host], AF_INET);
        if (sock->sock.family != AF_INET || !own ||
            !free_address(world, AF_INET, "client", &nobody))
            continue;
        if (address_is_any(&server.address))
            server.address = *own;
        menu_add_line(menu, "Forge SYNs from nobody",
                      mem_printf("inject %s:%d -> %s SYN times=%d",
                                 address_print(&nobody, from), FLOOD_PORT,
                                 endpoint_print(&server, to), FLOOD_SYNS),
                      NULL);
        return;
    }
}

struct menu *menu_of_lab(const struct world *world)
{
    struct menu *menu = menu_new("The lab");

    add_host(menu, world, "Add a client", "client", CLIENT_FIRST);
    add_host(menu, world, "Add a server", "server", "192.168.0.101");
    add_wire(menu, world);
    add_flood(menu, world);
    menu_add_line(menu, "Demo programs wait before each call", mem_strdup("pace call"),
                  NULL);
    menu_add_line(menu, "Demo programs run by themselves", mem_strdup("pace run"), NULL);
    menu_add_line(menu, "Let a second pass", mem_strdup("wait 1s"), NULL);
    menu_add_act(menu, MENU_UNDO, "Take back the last line", NULL);
    menu_add_act(menu, MENU_SAVE, "Save this as a lesson", NULL);
    menu_add_line(menu, "Begin anew, without hosts", mem_strdup("reset"), NULL);
    return menu;
}
