/* firewall: the rules on the wire, judged as a packet enters it. Pure. */
#ifndef SOCKETARIUM_LAB_FIREWALL_H
#define SOCKETARIUM_LAB_FIREWALL_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/event.h"
#include "model/packet.h"

struct firewall_rule {
    bool reject; /* answers a SYN (without ACK) with RST, UDP with port unreachable */
    enum sock_proto proto;               /* PROTO_NONE: all, also ICMP */
    char from[NAME_TEXT], to[NAME_TEXT]; /* hosts; "" is any */
    uint16_t to_port;                    /* 0 is any */
};
typedef VEC(struct firewall_rule) firewall_rules;

/* The first rule that stops the packet, whose owners are from and to; or NULL. */
const struct firewall_rule *firewall_stops(const firewall_rules *rules,
                                           const struct packet *packet, const char *from,
                                           const char *to);

/* As a lesson writes it: "drop tcp to server:80". */
void firewall_print(const struct firewall_rule *rule, struct buf *out);

#endif
