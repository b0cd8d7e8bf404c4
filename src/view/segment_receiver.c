/* The demultiplexing in words: which socket gets a packet, and why that one. */
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "model/demux.h"
#include "view/segment_parts.h"

static bool is_syn(const struct packet *packet)
{
    return (packet->flags & (TCP_SYN | TCP_ACK | TCP_RST)) == TCP_SYN;
}

static void add_nobody(struct facts *facts, const struct packet *packet,
                       const struct demux *found)
{
    facts_pair_as(facts, ELEMENT_STATE, "Receiver", "nobody");
    if (found->quoted) {
        facts_pair(facts, "Why", "The socket that sent the quoted packet has gone.");
    } else if (packet->proto == PACKET_UDP) {
        facts_pair(facts, "Why",
                   "No socket is bound to port %u. The answer is ICMP port unreachable.",
                   packet->to.port);
    } else {
        facts_pair(
            facts, "Why",
            "No connection has this four-tuple, and nobody listens on port %u. %s",
            packet->to.port,
            packet->flags & TCP_RST ? "A RST is never answered."
                                    : "The answer is a RST.");
    }
}

static void add_kernel(struct facts *facts, const struct packet *packet)
{
    facts_pair_as(facts, ELEMENT_STATE, "Receiver", "no socket: the kernel itself");
    if (packet->fragment)
        facts_pair(facts, "Why",
                   "It waits for the other fragments: only the first one "
                   "has the ports.");
    else if (packet->cut)
        facts_pair(facts, "Why", "The packet is cut short: it is dropped.");
    else
        facts_pair(facts, "Why", "There are no ports in it to choose a socket by.");
}

static void add_no_host(struct facts *facts, const struct segment *segment)
{
    char text[ADDRESS_TEXT];

    facts_pair_as(facts, ELEMENT_STATE, "Receiver", "nobody");
    if (segment->packet->decoded.family)
        facts_pair(facts, "Why", "No host that is up has the address %s.",
                   address_print(&segment->packet->decoded.to.address, text));
    else
        facts_pair(facts, "Why", "There is no IP in it.");
}

/* "server s, LISTEN". */
static void add_socket(struct facts *facts, const struct segment *segment,
                       const struct world_sock *sock)
{
    const char *host = segment->world->hosts[sock->host].name;
    char *owner = printable_line(sock->owner ? sock->owner : "");
    char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];
    bool named = strncmp(owner, host, strlen(host)) == 0;

    facts_pair_as(facts, ELEMENT_STATE, "Receiver", "%s%s%s%s%s", named ? "" : host,
                  named || !owner[0] ? "" : ", ", owner,
                  sock->sock.proto == PROTO_TCP ? ", " : "",
                  sock->sock.proto == PROTO_TCP ? tcp_state_name(sock->sock.state) : "");
    facts_pair(facts, "Its name", "local %s, remote %s",
               endpoint_print(&sock->sock.local, local),
               sock->sock.remote.port ? endpoint_print(&sock->sock.remote, remote)
                                      : "anybody");
    free(owner);
}

static void add_connected(struct facts *facts, const struct packet *packet,
                          const struct demux *found)
{
    const struct sock *sock = &found->sock->sock;

    if (sock->proto == PROTO_UDP) {
        facts_pair(facts, "Why",
                   "It is bound to this destination and connected to this "
                   "sender: nothing fits more closely.");
        return;
    }
    facts_pair(facts, "Why",
               "It has exactly this four-tuple. Connections come before "
               "listeners.");
    if (sock->state == STATE_SYN_RECEIVED)
        facts_more(facts, "It is only half open: the ACK opens it.");
    else if (sock->state == STATE_TIME_WAIT && is_syn(packet))
        facts_more(facts, "A SYN that is new enough goes on to a listener.");
}

static void add_listener(struct facts *facts, const struct packet *packet)
{
    facts_pair(facts, "Why",
               "No connection has this four-tuple, and this socket listens "
               "on port %u.",
               packet->to.port);
    if (is_syn(packet))
        facts_more(facts, "A SYN makes a new, half-open socket.");
    else if (packet->flags & TCP_RST)
        facts_more(facts, "But a listener ignores a RST.");
    else
        facts_more(facts, "But a listener takes only SYNs: the answer is a RST.");
}

static void add_reason(struct facts *facts, const struct packet *packet,
                       const struct demux *found)
{
    switch (found->reason) {
    case DEMUX_CONNECTED:
        if (found->quoted)
            facts_pair(facts, "Why", "The packet that this error quotes was its own.");
        else
            add_connected(facts, packet, found);
        break;
    case DEMUX_LISTENER:
        add_listener(facts, packet);
        break;
    case DEMUX_BOUND:
        facts_pair(facts, "Why",
                   "It is bound to port %u, and takes datagrams from "
                   "everybody.",
                   found->sock->sock.local.port);
        break;
    case DEMUX_NO_HOST:
    case DEMUX_NO_PORTS:
    case DEMUX_NOBODY:
        break;
    }
    if (found->any_address)
        facts_more(facts, "It is bound to any address of its host.");
    if (found->v6_socket)
        facts_more(facts, "An IPv6 socket takes IPv4 too, unless IPV6_V6ONLY is set.");
    if (found->alike > 1)
        facts_more(facts,
                   "It is one of %u that fit equally (SO_REUSEPORT): a hash of "
                   "the four-tuple chooses.",
                   found->alike);
    if (found->passed)
        facts_more(facts, "%u other socket%s on this port fit%s less closely.",
                   found->passed, found->passed == 1 ? "" : "s",
                   found->passed == 1 ? "s" : "");
}

void segment_receiver(struct facts *facts, const struct segment *segment)
{
    const struct world_packet *packet = segment->packet;
    int host = world_host_find(segment->world, packet->to);
    bool ended =
        packet->status == ON_WIRE_DELIVERED || packet->status == ON_WIRE_DROPPED;
    struct demux found;

    facts_head(facts,
               ended ? "Which socket would get it now" : "Which socket will get it");
    if (checksum_check_transport(segment->frame, segment->len, &packet->decoded) ==
        CHECKSUM_WRONG) {
        facts_pair_as(facts, ELEMENT_STATE, "Receiver", "nobody");
        facts_pair(facts, "Why",
                   "Its checksum is wrong: the kernel drops it, and counts "
                   "it.");
        return;
    }
    demux_find(segment->world, host, &packet->decoded, &found);
    if (found.reason == DEMUX_NO_HOST)
        add_no_host(facts, segment);
    else if (found.reason == DEMUX_NO_PORTS)
        add_kernel(facts, &packet->decoded);
    else if (!found.sock)
        add_nobody(facts, &packet->decoded, &found);
    if (!found.sock)
        return;
    add_socket(facts, segment, found.sock);
    add_reason(facts, &packet->decoded, &found);
}
