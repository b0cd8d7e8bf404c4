#include "kernel/tap.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

#include "base/clock.h"

/* Asked for; the kernel cuts it to net.core.rmem_max for who may not go beyond
 * (socket(7)). */
#define RECEIVE_BUFFER (16 * 1024 * 1024)

static int fail(int tap, const char *name, const char *what, struct err *err)
{
    int code = -errno;

    close(tap);
    return err_sys(err, code, "packet socket on %s: %s", name, what);
}

int tap_open(const char *name, struct err *err)
{
    struct sockaddr_ll where = {.sll_family = AF_PACKET,
                                .sll_protocol = htons(ETH_P_ALL)};
    int on = 1, size = RECEIVE_BUFFER, down;
    socklen_t len = sizeof(down);
    /* Protocol 0: nothing is received before bind, so no frame of another interface. */
    int tap = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (tap < 0)
        return err_sys(err, -errno, "packet socket (AF_PACKET)");
    where.sll_ifindex = (int)if_nametoindex(name);
    if (where.sll_ifindex == 0)
        return fail(tap, name, "looking for the interface", err);
    if (setsockopt(tap, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0 &&
        errno != ENOPROTOOPT) /* Linux 4.20; tap_read skips them as well */
        return fail(tap, name, "PACKET_IGNORE_OUTGOING", err);
    if (setsockopt(tap, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) < 0)
        return fail(tap, name, "SO_TIMESTAMPNS", err);
    if (setsockopt(tap, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 &&
        setsockopt(tap, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) < 0)
        return fail(tap, name, "SO_RCVBUF", err);
    if (bind(tap, (struct sockaddr *)&where, sizeof(where)) < 0)
        return fail(tap, name, "bind", err);
    /* On an interface that is still down bind leaves ENETDOWN for the first read. */
    getsockopt(tap, SOL_SOCKET, SO_ERROR, &down, &len);
    return tap;
}

static int64_t receive_time(struct msghdr *message)
{
    struct timespec time = {0};

    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part;
         part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SO_TIMESTAMPNS)
            memcpy(&time, CMSG_DATA(part), sizeof(time));
    }
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

ssize_t tap_read(int tap, void *frame, size_t room, int64_t *received_ns)
{
    for (;;) {
        char control[256] __attribute__((aligned(8)));
        struct sockaddr_ll from = {0};
        struct iovec data = {.iov_base = frame, .iov_len = room};
        struct msghdr message = {.msg_name = &from,
                                 .msg_namelen = sizeof(from),
                                 .msg_iov = &data,
                                 .msg_iovlen = 1,
                                 .msg_control = control,
                                 .msg_controllen = sizeof(control)};
        ssize_t got = recvmsg(tap, &message, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno == EAGAIN ? 0 : -errno;
        if (from.sll_pkttype == PACKET_OUTGOING)
            continue;
        if (message.msg_flags & MSG_TRUNC)
            return -EMSGSIZE;
        if (received_ns)
            *received_ns = receive_time(&message);
        return got;
    }
}

int tap_write(int tap, const void *frame, size_t len)
{
    ssize_t sent;

    do
        sent = send(tap, frame, len, 0);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

long tap_lost(int tap)
{
    struct tpacket_stats stats = {0};
    socklen_t len = sizeof(stats);

    /* Reading sets the counters back to 0 (packet(7)). */
    if (getsockopt(tap, SOL_PACKET, PACKET_STATISTICS, &stats, &len) < 0)
        return -errno;
    return (long)stats.tp_drops;
}
