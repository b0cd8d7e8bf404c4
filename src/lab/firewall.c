#include "lab/firewall.h"

#include <string.h>

static bool rule_fits(const struct firewall_rule *rule, const struct packet *packet,
                      const char *from, const char *to)
{
    if (rule->proto == PROTO_TCP && packet->proto != PACKET_TCP)
        return false;
    if (rule->proto == PROTO_UDP && packet->proto != PACKET_UDP)
        return false;
    return (!rule->from[0] || strcmp(rule->from, from) == 0) &&
           (!rule->to[0] || strcmp(rule->to, to) == 0) &&
           (!rule->to_port || rule->to_port == packet->to.port);
}

const struct firewall_rule *firewall_stops(const firewall_rules *rules,
                                           const struct packet *packet, const char *from,
                                           const char *to)
{
    vec_each (rule, rules)
        if (rule_fits(rule, packet, from, to))
            return rule;
    return NULL;
}

void firewall_print(const struct firewall_rule *rule, struct buf *out)
{
    buf_puts(out, rule->reject ? "reject" : "drop");
    if (rule->proto != PROTO_NONE)
        buf_printf(out, " %s", sock_proto_name(rule->proto));
    if (rule->from[0])
        buf_printf(out, " from %s", rule->from);
    if (rule->to[0])
        buf_printf(out, " to %s", rule->to);
    if (rule->to_port)
        buf_printf(out, ":%u", rule->to_port);
}
