/* menu: what makes sense at a host, a socket, a packet, or in the whole lab, each with
 * the line of the lesson language that does it.
 *
 * The lines are ones that script_line reads with the names that the lab knows now, and
 * that the kernel does not refuse as things stand: a variable's name that is free, a
 * thread that waits for a command, a port that nobody has. The world is that of a lab
 * that has settled. Who calls frees the menu with menu_free. Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_MENU_H
#define SOCKETARIUM_LESSON_MENU_H

#include "model/menu.h"
#include "model/world.h"

struct menu *menu_of_lab(const struct world *world);
struct menu *menu_of_host(const struct world *world, unsigned host);
struct menu *menu_of_sock(const struct world *world, const struct world_sock *sock);
struct menu *menu_of_packet(const struct world *world,
                            const struct world_packet *packet);

#endif
