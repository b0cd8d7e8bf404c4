#include "kernel/link.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>

#include "base/buf.h"
#include "base/clock.h"
#include "kernel/netns.h"

#define BUFFER_SIZE 32768
/* IF_OPER_UP of linux/if.h, which cannot stand beside net/if.h (RFC 2863). */
#define OPERSTATE_UP 6

/* Locally administered, unicast (IEEE 802: bit 1 of the first byte set, bit 0 clear). */
const uint8_t link_mac[6] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};

struct link {
    struct mnl_socket *socket; /* (owned) */
    uint32_t seq;              /* of the last request */
    unsigned char *buffer;     /* (owned) BUFFER_SIZE bytes, for request and answer */
};

struct link *link_open(struct err *err)
{
    struct link *link = mem_new(1, sizeof(*link));
    /* The kernel answers at once; this only keeps a lost answer from blocking for ever.
     */
    struct timeval limit = {.tv_sec = 5};

    link->buffer = mem_new(1, BUFFER_SIZE);
    link->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
    if (!link->socket || mnl_socket_bind(link->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
        err_sys(err, -errno, "opening rtnetlink");
        link_close(link);
        return NULL;
    }
    setsockopt(mnl_socket_get_fd(link->socket), SOL_SOCKET, SO_RCVTIMEO, &limit,
               sizeof(limit));
    return link;
}

void link_close(struct link *link)
{
    if (!link)
        return;
    if (link->socket)
        mnl_socket_close(link->socket);
    free(link->buffer);
    free(link);
}

static struct nlmsghdr *request_new(struct link *link, uint16_t type, uint16_t flags)
{
    struct nlmsghdr *request;

    memset(link->buffer, 0, BUFFER_SIZE);
    request = mnl_nlmsg_put_header(link->buffer);
    request->nlmsg_type = type;
    request->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
    request->nlmsg_seq = ++link->seq;
    return request;
}

/* Sends the request and waits for its acknowledgement; the answer's message goes to
 * found. */
static int transact(struct link *link, struct nlmsghdr *request, mnl_cb_t found,
                    void *context)
{
    unsigned port = mnl_socket_get_portid(link->socket);

    if (mnl_socket_sendto(link->socket, request, request->nlmsg_len) < 0)
        return -errno;
    for (;;) {
        ssize_t got = mnl_socket_recvfrom(link->socket, link->buffer, BUFFER_SIZE);
        int more;

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno == EAGAIN ? -ETIMEDOUT : -errno;
        more = mnl_cb_run(link->buffer, (size_t)got, link->seq, port, found, context);
        if (more < 0)
            return -errno;
        if (more == MNL_CB_STOP)
            return 0;
    }
}

/* What RTM_GETLINK says of one interface; -1 where it says nothing. */
struct link_found {
    int index, peer, peer_nsid, carrier, operstate;
};

static int take_attribute(const struct nlattr *attr, void *context)
{
    struct link_found *found = context;
    uint16_t type = mnl_attr_get_type(attr);

    if (type == IFLA_CARRIER || type == IFLA_OPERSTATE) {
        if (mnl_attr_validate(attr, MNL_TYPE_U8) == 0)
            *(type == IFLA_CARRIER ? &found->carrier : &found->operstate) =
                mnl_attr_get_u8(attr);
    } else if (type == IFLA_LINK || type == IFLA_LINK_NETNSID) {
        if (mnl_attr_validate(attr, MNL_TYPE_U32) == 0)
            *(type == IFLA_LINK ? &found->peer : &found->peer_nsid) =
                (int)mnl_attr_get_u32(attr);
    }
    return MNL_CB_OK;
}

static int take_link(const struct nlmsghdr *message, void *context)
{
    const struct ifinfomsg *info = mnl_nlmsg_get_payload(message);
    struct link_found *found = context;

    if (mnl_nlmsg_get_payload_len(message) < sizeof(*info))
        return MNL_CB_OK;
    found->index = info->ifi_index;
    mnl_attr_parse(message, sizeof(*info), take_attribute, found);
    return MNL_CB_OK;
}

/* Asks about the interface `name`, or number index if name is NULL; in the namespace
 * that this one calls nsid, unless nsid is -1. */
static int find(struct link *link, const char *name, int index, int nsid,
                struct link_found *found)
{
    struct nlmsghdr *request = request_new(link, RTM_GETLINK, 0);
    struct ifinfomsg *info = mnl_nlmsg_put_extra_header(request, sizeof(*info));
    int failed;

    *found = (struct link_found){-1, -1, -1, -1, -1};
    if (name)
        mnl_attr_put_strz(request, IFLA_IFNAME, name);
    else
        info->ifi_index = index;
    if (nsid >= 0)
        mnl_attr_put_u32(request, IFLA_TARGET_NETNSID, (uint32_t)nsid);
    failed = transact(link, request, take_link, found);
    return failed ? failed : found->index < 0 ? -ENODEV : 0;
}

/* The index of an interface in the handle's namespace, or a negative errno with err. */
static int link_index(struct link *link, const char *name, struct err *err)
{
    struct link_found found;
    int failed = find(link, name, 0, -1, &found);

    return failed ? err_sys(err, failed, "interface %s", name) : found.index;
}

/* Without a generated address an interface sends no neighbour discovery of its own. The
 * kernel takes this only for a link that exists (do_setlink in net/core/rtnetlink.c). */
static int no_generated_address(struct link *link, const char *name)
{
    struct nlmsghdr *request = request_new(link, RTM_NEWLINK, 0);
    struct nlattr *families, *family;
    int failed;

    mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(request, IFLA_IFNAME, name);
    families = mnl_attr_nest_start(request, IFLA_AF_SPEC);
    family = mnl_attr_nest_start(request, AF_INET6);
    mnl_attr_put_u8(request, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
    mnl_attr_nest_end(request, family);
    mnl_attr_nest_end(request, families);
    failed = transact(link, request, NULL, NULL);
    return failed == -EAFNOSUPPORT ? 0 : failed; /* no IPv6, no addresses of it */
}

/* The same for the peer: rtnetlink speaks of one namespace, so the thread goes there. */
static int no_generated_address_in(int netns, const char *name, struct err *err)
{
    int home = netns_current(), failed, back;
    struct link *there;

    if (home < 0)
        return err_sys(err, home, "the network namespace");
    failed = netns_enter(netns);
    if (failed) {
        close(home);
        return err_sys(err, failed, "entering a host's network namespace");
    }
    there = link_open(err);
    failed = there ? no_generated_address(there, name) : -EIO;
    if (there && failed)
        err_sys(err, failed, "turning address generation off on %s", name);
    link_close(there);
    back = netns_enter(home);
    close(home);
    if (back)
        return err_sys(err, back, "going back to the wire's network namespace");
    return failed;
}

int link_add_veth(struct link *link, const char *name, const char *peer, int peer_netns,
                  struct err *err)
{
    struct nlmsghdr *request = request_new(link, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    struct nlattr *info, *data, *other;
    int failed;

    mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(request, IFLA_IFNAME, name);
    mnl_attr_put(request, IFLA_ADDRESS, sizeof(link_mac), link_mac);
    info = mnl_attr_nest_start(request, IFLA_LINKINFO);
    mnl_attr_put_str(request, IFLA_INFO_KIND, "veth");
    data = mnl_attr_nest_start(request, IFLA_INFO_DATA);
    other = mnl_attr_nest_start(request, VETH_INFO_PEER);
    mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(request, IFLA_IFNAME, peer);
    mnl_attr_put(request, IFLA_ADDRESS, sizeof(link_mac), link_mac);
    mnl_attr_put_u32(request, IFLA_NET_NS_FD, (uint32_t)peer_netns);
    mnl_attr_nest_end(request, other);
    mnl_attr_nest_end(request, data);
    mnl_attr_nest_end(request, info);
    failed = transact(link, request, NULL, NULL);
    if (failed)
        return err_sys(err, failed, "making the veth pair %s and %s", name, peer);
    failed = no_generated_address(link, name);
    if (failed)
        err_sys(err, failed, "turning address generation off on %s", name);
    else
        failed = no_generated_address_in(peer_netns, peer, err);
    if (failed)
        link_delete(link, name, NULL);
    return failed;
}

int link_delete(struct link *link, const char *name, struct err *err)
{
    struct nlmsghdr *request = request_new(link, RTM_DELLINK, 0);
    int failed;

    mnl_nlmsg_put_extra_header(request, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(request, IFLA_IFNAME, name);
    failed = transact(link, request, NULL, NULL);
    return failed ? err_sys(err, failed, "deleting the interface %s", name) : 0;
}

/* Until the kernel sends on it. While its other end is down an interface has a queue
 * that drops all; once that is up, the real one comes later, by a kernel worker
 * (linkwatch_do_dev in net/core/link_watch.c): frames written before are lost without a
 * word (one lab in four). It sets operstate in the same breath. Since Linux 6.8 the
 * question itself does that work. */
static int wait_until_sending(struct link *link, int index, int nsid)
{
    int64_t end = clock_now_ns() + 2 * NS_PER_S;
    struct link_found found;

    for (;;) {
        int failed = find(link, NULL, index, nsid, &found);

        if (failed || found.operstate == OPERSTATE_UP)
            return failed;
        if (clock_now_ns() > end)
            return -ETIMEDOUT;
        nanosleep(&(struct timespec){.tv_nsec = NS_PER_MS}, NULL);
    }
}

/* If this was the second end of a veth pair to come up: both are ready after it. */
static int wait_for_pair(struct link *link, const char *name)
{
    struct link_found found;
    int failed = find(link, name, 0, -1, &found);

    if (failed || found.peer <= 0 || found.carrier != 1)
        return failed;
    failed = wait_until_sending(link, found.index, -1);
    return failed ? failed : wait_until_sending(link, found.peer, found.peer_nsid);
}

int link_up(struct link *link, const char *name, bool noarp, struct err *err)
{
    struct nlmsghdr *request = request_new(link, RTM_NEWLINK, 0);
    struct ifinfomsg *info = mnl_nlmsg_put_extra_header(request, sizeof(*info));
    int failed;

    info->ifi_flags = IFF_UP | (noarp ? IFF_NOARP : 0);
    info->ifi_change = info->ifi_flags;
    mnl_attr_put_strz(request, IFLA_IFNAME, name);
    failed = transact(link, request, NULL, NULL);
    if (!failed)
        failed = wait_for_pair(link, name);
    return failed ? err_sys(err, failed, "setting the interface %s up", name) : 0;
}

static uint16_t address_size(int family)
{
    return family == AF_INET ? 4 : 16;
}

static bool prefix_ok(int family, unsigned prefix)
{
    return (family == AF_INET || family == AF_INET6) &&
           prefix <= address_size(family) * 8U;
}

int link_add_address(struct link *link, const char *name, const struct address *address,
                     unsigned prefix, struct err *err)
{
    char text[ADDRESS_TEXT];
    uint16_t size = address_size(address->family);
    int index = link_index(link, name, err), failed;
    struct nlmsghdr *request;
    struct ifaddrmsg *message;

    if (index < 0)
        return index;
    if (!prefix_ok(address->family, prefix))
        return err_set(err, -EINVAL, "%s: /%u is no prefix of this address",
                       address_print(address, text), prefix);
    request = request_new(link, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
    message = mnl_nlmsg_put_extra_header(request, sizeof(*message));
    message->ifa_family = (uint8_t)address->family;
    message->ifa_prefixlen = (uint8_t)prefix;
    message->ifa_index = (uint32_t)index;
    mnl_attr_put(request, IFA_LOCAL, size, address->bytes);
    mnl_attr_put(request, IFA_ADDRESS, size, address->bytes);
    mnl_attr_put_u32(request, IFA_FLAGS,
                     IFA_F_NOPREFIXROUTE |
                         (address->family == AF_INET6 ? IFA_F_NODAD : 0));
    failed = transact(link, request, NULL, NULL);
    return failed ? err_sys(err, failed, "adding the address %s/%u to %s",
                            address_print(address, text), prefix, name)
                  : 0;
}

/* The kernel refuses a destination with bits beyond its prefix. */
static void put_destination(struct nlmsghdr *request, const struct address *address,
                            unsigned prefix)
{
    uint8_t bytes[16] = {0};

    for (unsigned bit = 0; bit < prefix; bit++)
        bytes[bit / 8] |= address->bytes[bit / 8] & (0x80 >> bit % 8);
    mnl_attr_put(request, RTA_DST, address_size(address->family), bytes);
}

/* A metric of a route counts for rto_min and quickack only with its bit in RTAX_LOCK
 * (tcp_rto_min in include/net/tcp.h; tcp_in_quickack_mode in net/ipv4/tcp_input.c). */
static void put_metrics(struct nlmsghdr *request, unsigned rto_min_ms, bool quickack)
{
    struct nlattr *metrics = mnl_attr_nest_start(request, RTA_METRICS);

    mnl_attr_put_u32(request, RTAX_LOCK,
                     (rto_min_ms ? 1U << RTAX_RTO_MIN : 0) |
                         (quickack ? 1U << RTAX_QUICKACK : 0));
    if (rto_min_ms)
        mnl_attr_put_u32(request, RTAX_RTO_MIN, rto_min_ms);
    if (quickack)
        mnl_attr_put_u32(request, RTAX_QUICKACK, 1);
    mnl_attr_nest_end(request, metrics);
}

int link_add_route(struct link *link, const char *name, int family,
                   const struct address *address, unsigned prefix, unsigned rto_min_ms,
                   bool quickack, struct err *err)
{
    char text[ADDRESS_TEXT] = "default";
    int index = link_index(link, name, err), failed;
    struct nlmsghdr *request;
    struct rtmsg *message;

    if (index < 0)
        return index;
    if (address) {
        family = address->family;
        address_print(address, text);
    } else {
        prefix = 0;
    }
    if (!prefix_ok(family, prefix))
        return err_set(err, -EINVAL, "route %s: bad family or prefix /%u", text, prefix);
    request = request_new(link, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);
    message = mnl_nlmsg_put_extra_header(request, sizeof(*message));
    message->rtm_family = (uint8_t)family;
    message->rtm_dst_len = (uint8_t)prefix;
    message->rtm_table = RT_TABLE_MAIN;
    message->rtm_protocol = RTPROT_STATIC;
    message->rtm_scope = family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    message->rtm_type = RTN_UNICAST;
    if (address)
        put_destination(request, address, prefix);
    mnl_attr_put_u32(request, RTA_OIF, (uint32_t)index);
    if (rto_min_ms || quickack)
        put_metrics(request, rto_min_ms, quickack);
    failed = transact(link, request, NULL, NULL);
    return failed
               ? err_sys(err, failed, "adding the route %s/%u on %s", text, prefix, name)
               : 0;
}

int link_offloads_off(const char *name, struct err *err)
{
    static const struct {
        uint32_t command;
        const char *name;
    } offloads[] = {
        {ETHTOOL_STXCSUM, "tx checksum"},
        {ETHTOOL_STSO, "TSO"},
        {ETHTOOL_SGSO, "GSO"},
        {ETHTOOL_SGRO, "GRO"},
    };
    struct ifreq request = {0};
    int result = 0, fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return err_sys(err, -errno, "a socket for SIOCETHTOOL");
    strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
    for (size_t i = 0; i < sizeof(offloads) / sizeof(offloads[0]) && !result; i++) {
        struct ethtool_value value = {.cmd = offloads[i].command, .data = 0};

        request.ifr_data = (char *)&value;
        if (ioctl(fd, SIOCETHTOOL, &request) < 0)
            result =
                err_sys(err, -errno, "turning %s off on %s", offloads[i].name, name);
    }
    close(fd);
    return result;
}
