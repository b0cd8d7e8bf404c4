#include "kernel/sock_diag.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include "base/buf.h"
#include "kernel/netns.h"
#include "kernel/sock_diag_parse.h"

/* What the kernel fills at most for one read (netlink_dump in net/netlink/af_netlink.c).
 * The size of a later, smaller read would count too, so every read uses the whole. */
#define RECEIVE_SIZE (32 * 1024)
#define DUMP_TRIES 8

struct sock_diag {
    struct mnl_socket *socket; /* (owned) */
    uint32_t seq;              /* of the last request; never 0 */
    void *buffer;              /* (owned) RECEIVE_SIZE bytes */
};

struct sock_diag *sock_diag_open(struct err *err)
{
    struct sock_diag *diag = mem_new(1, sizeof(*diag));
    /* The kernel answers a dump at once; this only keeps a lost answer from blocking for
     * ever. */
    struct timeval limit = {.tv_sec = 2};

    diag->buffer = mem_new(1, RECEIVE_SIZE);
    diag->socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
    if (!diag->socket || mnl_socket_bind(diag->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
        netns_explain_refusal("sock_diag", -errno, err);
        sock_diag_close(diag);
        return NULL;
    }
    setsockopt(mnl_socket_get_fd(diag->socket), SOL_SOCKET, SO_RCVTIMEO, &limit,
               sizeof(limit));
    return diag;
}

void sock_diag_close(struct sock_diag *diag)
{
    if (!diag)
        return;
    if (diag->socket)
        mnl_socket_close(diag->socket);
    free(diag->buffer);
    free(diag);
}

static int send_request(struct sock_diag *diag, uint16_t type, uint16_t flags,
                        const struct inet_diag_req_v2 *request)
{
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 request;
    } message = {
        .header = {.nlmsg_len = sizeof(message),
                   .nlmsg_type = type,
                   .nlmsg_flags = flags},
        .request = *request,
    };

    if (++diag->seq == 0)
        diag->seq = 1;
    message.header.nlmsg_seq = diag->seq;
    if (mnl_socket_sendto(diag->socket, &message, sizeof(message)) < 0)
        return -errno;
    return 0;
}

/* Reads answers up to the end, also after something went wrong: the kernel refuses the
 * next dump (EBUSY) while one is unread. -EINTR: take it again. */
static int receive(struct sock_diag *diag, enum sock_proto proto, sock_list *out)
{
    struct sock_diag_answer answer = {0};
    bool again = false;
    int failed = 0;

    while (!answer.ended) {
        ssize_t got = mnl_socket_recvfrom(diag->socket, diag->buffer, RECEIVE_SIZE);
        int bad;

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == ENOSPC || errno == ENOBUFS)) {
            again = true; /* ENOSPC is libmnl's word for MSG_TRUNC */
            continue;
        }
        if (got < 0)
            return errno == EAGAIN ? -ETIMEDOUT : -errno;
        bad = sock_diag_parse_buffer(diag->buffer, (size_t)got, diag->seq, proto, out,
                                     &answer);
        again |= answer.interrupted;
        if (bad && !failed)
            failed = bad;
    }
    if (answer.error)
        return answer.error;
    if (failed)
        return failed;
    return again ? -EINTR : 0;
}

int sock_diag_dump(struct sock_diag *diag, enum sock_proto proto, int family,
                   sock_list *out)
{
    struct inet_diag_req_v2 request = {
        .sdiag_family = (uint8_t)family,
        .sdiag_protocol = proto == PROTO_UDP ? IPPROTO_UDP : IPPROTO_TCP,
        .idiag_ext = 1 << (INET_DIAG_INFO - 1) | 1 << (INET_DIAG_CONG - 1) |
                     1 << (INET_DIAG_SKMEMINFO - 1),
        .idiag_states = UINT32_MAX, /* bit 13: bound, without a state (Linux 6.8) */
    };
    size_t before = out->count;
    int result = -EINTR;

    for (int i = 0; i < DUMP_TRIES && result == -EINTR; i++) {
        out->count = before;
        result = send_request(diag, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP,
                              &request);
        if (!result)
            result = receive(diag, proto, out);
    }
    if (result)
        out->count = before;
    return result;
}

int sock_diag_dump_all(struct sock_diag *diag, sock_list *out)
{
    static const enum sock_proto protos[] = {PROTO_TCP, PROTO_UDP};

    out->count = 0;
    for (size_t i = 0; i < sizeof(protos) / sizeof(protos[0]); i++) {
        int failed = sock_diag_dump(diag, protos[i], AF_INET, out);

        if (failed)
            return failed;
        failed = sock_diag_dump(diag, protos[i], AF_INET6, out);
        /* IPv4 was answered, so this protocol has a handler: IPv6 is what is missing. */
        if (failed && failed != -ENOENT && failed != -EAFNOSUPPORT &&
            failed != -EPROTONOSUPPORT)
            return failed;
    }
    return 0;
}

/* The way back of v4-mapped addresses: the kernel looks the socket up in its own family.
 */
static void write_address(int family, const struct address *address, uint32_t words[4])
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    uint8_t bytes[16] = {0};

    if (family == AF_INET6 && address->family == AF_INET) {
        memcpy(bytes, mapped, sizeof(mapped));
        memcpy(bytes + 12, address->bytes, 4);
    } else {
        memcpy(bytes, address->bytes, family == AF_INET ? 4 : 16);
    }
    memcpy(words, bytes, sizeof(bytes));
}

int sock_diag_destroy(struct sock_diag *diag, const struct sock *sock)
{
    struct inet_diag_req_v2 request = {
        .sdiag_family = (uint8_t)sock->family,
        .sdiag_protocol = sock->proto == PROTO_UDP ? IPPROTO_UDP : IPPROTO_TCP,
        .idiag_states = UINT32_MAX,
        .id = {.idiag_sport = htons(sock->local.port),
               .idiag_dport = htons(sock->remote.port),
               .idiag_if = sock->interface,
               .idiag_cookie = {(uint32_t)sock->cookie, (uint32_t)(sock->cookie >> 32)}},
    };
    sock_list none = {0};
    int result;

    write_address(sock->family, &sock->local.address, request.id.idiag_src);
    write_address(sock->family, &sock->remote.address, request.id.idiag_dst);
    result = send_request(diag, SOCK_DESTROY, NLM_F_REQUEST | NLM_F_ACK, &request);
    if (!result)
        result = receive(diag, sock->proto, &none);
    vec_free(&none);
    return result;
}
