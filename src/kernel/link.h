/* link: network interfaces, addresses and routes of the calling thread's network
 * namespace, by rtnetlink over libmnl (rtnetlink(7)). The thread that opened a handle
 * uses it.
 */
#ifndef SOCKETARIUM_KERNEL_LINK_H
#define SOCKETARIUM_KERNEL_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/endpoint.h"

struct link;

/* A handle in the calling thread's network namespace. NULL with err on failure. */
struct link *link_open(struct err *err);
void link_close(struct link *link);

/* The one MAC address of every end of every wire. */
extern const uint8_t link_mac[6];

/* Makes a veth pair: `name` here, `peer` in the namespace of descriptor peer_netns; both
 * with link_mac, down, IPv6 address generation off. The calling thread enters peer_netns
 * for a moment. 0 or a negative errno with err. */
int link_add_veth(struct link *link, const char *name, const char *peer, int peer_netns,
                  struct err *err);

/* Deletes the interface; its veth peer goes too. */
int link_delete(struct link *link, const char *name, struct err *err);

/* Sets it up, with IFF_NOARP if asked. The second end of a veth pair: 0 means that
 * frames cross both ways from now on (at most 2 s later). */
int link_up(struct link *link, const char *name, bool noarp, struct err *err);

/* Adds an address; nodad for v6, no prefix route (link_add_route makes it). */
int link_add_address(struct link *link, const char *name, const struct address *address,
                     unsigned prefix, struct err *err);

/* Adds a route out of `name`, or replaces the one to the same: to address/prefix, or the
 * default when address is NULL (then family says which), with RTAX_RTO_MIN (ms; rounded
 * up by the kernel to its ticks) and, if asked, RTAX_QUICKACK 1, both locked. */
int link_add_route(struct link *link, const char *name, int family,
                   const struct address *address, unsigned prefix, unsigned rto_min_ms,
                   bool quickack, struct err *err);

/* Turns tx checksum, TSO, GSO and GRO off (SIOCETHTOOL): a frame that the wire reads
 * must be whole. */
int link_offloads_off(const char *name, struct err *err);

#endif
