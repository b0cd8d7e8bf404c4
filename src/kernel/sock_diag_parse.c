#include "kernel/sock_diag_parse.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include "base/buf.h"

/* The head of the kernel's struct tcp_info (include/uapi/linux/tcp.h, Linux 6.18). It
 * only grows at its end. A copy, because the header of the machine that builds may be
 * older than the kernel that answers: rcv_wnd came with Linux 6.2. */
struct kernel_tcp_info {
    uint8_t state, ca_state, retransmits, probes, backoff, options;
    uint8_t scales; /* a bit field: see read_scales */
    uint8_t flags;
    uint32_t rto, ato, snd_mss, rcv_mss;
    uint32_t unacked, sacked, lost, retrans, fackets;
    uint32_t last_data_sent, last_ack_sent, last_data_recv, last_ack_recv;
    uint32_t pmtu, rcv_ssthresh, rtt, rttvar, snd_ssthresh, snd_cwnd, advmss, reordering;
    uint32_t rcv_rtt, rcv_space, total_retrans;
    uint64_t pacing_rate, max_pacing_rate, bytes_acked, bytes_received;
    uint32_t segs_out, segs_in, notsent_bytes, min_rtt, data_segs_in, data_segs_out;
    uint64_t delivery_rate, busy_time, rwnd_limited, sndbuf_limited;
    uint32_t delivered, delivered_ce;
    uint64_t bytes_sent, bytes_retrans;
    uint32_t dsack_dups, reord_seen, rcv_ooopack, snd_wnd, rcv_wnd;
} __attribute__((packed));

_Static_assert(offsetof(struct kernel_tcp_info, rto) == 8, "as the kernel lays it out");
_Static_assert(offsetof(struct kernel_tcp_info, pacing_rate) == 104, "likewise");
_Static_assert(offsetof(struct kernel_tcp_info, snd_wnd) == 228, "likewise");

static void read_scales(uint8_t scales, struct sock_tcp_info *out)
{
    /* `__u8 tcpi_snd_wscale : 4, tcpi_rcv_wscale : 4`: which half comes first is the
     * compiler's choice for the byte order. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    out->snd_wscale = scales & 15;
    out->rcv_wscale = scales >> 4;
#else
    out->snd_wscale = scales >> 4;
    out->rcv_wscale = scales & 15;
#endif
}

static void read_info(const struct nlattr *attr, struct sock_tcp_info *out)
{
    struct kernel_tcp_info info = {0};
    size_t size = mnl_attr_get_payload_len(attr);

    memcpy(&info, mnl_attr_get_payload(attr), size < sizeof(info) ? size : sizeof(info));
    out->size = (uint32_t)size;
    out->state = info.state;
    out->retransmits = info.retransmits;
    out->backoff = info.backoff;
    out->options = info.options;
    read_scales(info.scales, out);
    out->rto_us = info.rto;
    out->ato_us = info.ato;
    out->snd_mss = info.snd_mss;
    out->rcv_mss = info.rcv_mss;
    out->unacked = info.unacked;
    out->retrans = info.retrans;
    out->lost = info.lost;
    out->sacked = info.sacked;
    out->rtt_us = info.rtt;
    out->rttvar_us = info.rttvar;
    out->snd_ssthresh = info.snd_ssthresh;
    out->snd_cwnd = info.snd_cwnd;
    out->advmss = info.advmss;
    out->rcv_space = info.rcv_space;
    out->rcv_ssthresh = info.rcv_ssthresh;
    out->total_retrans = info.total_retrans;
    out->pmtu = info.pmtu;
    out->bytes_acked = info.bytes_acked;
    out->bytes_received = info.bytes_received;
    out->bytes_sent = info.bytes_sent;
    out->segs_out = info.segs_out;
    out->segs_in = info.segs_in;
    out->snd_wnd = info.snd_wnd;
    out->rcv_wnd = info.rcv_wnd;
}

static void read_memory(const struct nlattr *attr, struct sock *out)
{
    uint32_t words[SK_MEMINFO_VARS] = {0}; /* drops came with Linux 4.6 */
    size_t size = mnl_attr_get_payload_len(attr);

    memcpy(words, mnl_attr_get_payload(attr),
           size < sizeof(words) ? size : sizeof(words));
    out->has_memory = size >= SK_MEMINFO_SNDBUF * sizeof(words[0]);
    out->memory = (struct sock_memory){
        .rmem = words[SK_MEMINFO_RMEM_ALLOC],
        .rcvbuf = words[SK_MEMINFO_RCVBUF],
        .wmem = words[SK_MEMINFO_WMEM_ALLOC],
        .sndbuf = words[SK_MEMINFO_SNDBUF],
        .forward = words[SK_MEMINFO_FWD_ALLOC],
        .queued = words[SK_MEMINFO_WMEM_QUEUED],
        .option = words[SK_MEMINFO_OPTMEM],
        .backlog = words[SK_MEMINFO_BACKLOG],
        .drops = words[SK_MEMINFO_DROPS],
    };
}

static int read_attribute(const struct nlattr *attr, void *context)
{
    struct sock *out = context;
    size_t len = mnl_attr_get_payload_len(attr);

    switch (mnl_attr_get_type(attr)) {
    case INET_DIAG_INFO:
        if (out->proto == PROTO_TCP)
            read_info(attr, &out->info);
        break;
    case INET_DIAG_SKMEMINFO:
        read_memory(attr, out);
        break;
    case INET_DIAG_CONG:
        if (len >= sizeof(out->congestion))
            len = sizeof(out->congestion) - 1;
        memcpy(out->congestion, mnl_attr_get_payload(attr), len);
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static enum tcp_state read_state(uint8_t state)
{
    if (state > 0 && state < STATE_COUNT)
        return (enum tcp_state)state;
    /* TCP_NEW_SYN_RECV and TCP_BOUND_INACTIVE (include/net/tcp_states.h) are the
     * kernel's own; today it reports them as 3 and 7. */
    if (state == 12)
        return STATE_SYN_RECEIVED;
    return state == 13 ? STATE_CLOSED : STATE_NONE;
}

static void read_endpoint(int family, const uint32_t *words, uint16_t port,
                          struct endpoint *out)
{
    out->address.family = family;
    memcpy(out->address.bytes, words, family == AF_INET ? 4 : 16);
    address_unmap(&out->address);
    out->port = ntohs(port);
}

_Static_assert(sizeof(struct inet_diag_msg) % MNL_ALIGNTO == 0, "attributes follow it");

/* -EBADMSG if the message is shorter than what it must hold. */
static int read_sock(const struct nlmsghdr *message, enum sock_proto proto,
                     sock_list *out)
{
    struct inet_diag_msg diag;
    struct sock sock = {.proto = proto, .listed = true};
    const char *payload = mnl_nlmsg_get_payload(message);
    size_t len = mnl_nlmsg_get_payload_len(message);

    if (len < sizeof(diag))
        return -EBADMSG;
    memcpy(&diag, payload, sizeof(diag));
    if (diag.idiag_family != AF_INET && diag.idiag_family != AF_INET6)
        return -EBADMSG;
    sock.family = diag.idiag_family;
    sock.cookie = (uint64_t)diag.id.idiag_cookie[1] << 32 | diag.id.idiag_cookie[0];
    if (proto == PROTO_UDP) /* a UDP socket borrows TCP_CLOSE and TCP_ESTABLISHED */
        sock.connected = diag.idiag_state == STATE_ESTABLISHED;
    else
        sock.state = read_state(diag.idiag_state);
    read_endpoint(sock.family, diag.id.idiag_src, diag.id.idiag_sport, &sock.local);
    read_endpoint(sock.family, diag.id.idiag_dst, diag.id.idiag_dport, &sock.remote);
    sock.recvq = diag.idiag_rqueue;
    sock.sendq = diag.idiag_wqueue;
    sock.uid = diag.idiag_uid;
    sock.inode = diag.idiag_inode;
    sock.interface = diag.id.idiag_if;
    if (diag.idiag_timer < TIMER_COUNT)
        sock.timer = (enum sock_timer)diag.idiag_timer;
    if (sock.timer != TIMER_NONE)
        sock.timer_ms = diag.idiag_expires;
    sock.retrans = diag.idiag_retrans;
    /* mnl_attr_parse would round the message's length up, and read past its end. */
    mnl_attr_parse_payload(payload + sizeof(diag), len - sizeof(diag), read_attribute,
                           &sock);
    *vec_push(out) = sock;
    return 0;
}

/* The error in the payload of NLMSG_DONE and NLMSG_ERROR. libmnl's own callback ignores
 * the former, and a protocol without a handler would look like an empty table. */
static int read_error(const struct nlmsghdr *message)
{
    int error = 0;

    if (mnl_nlmsg_get_payload_len(message) >= sizeof(error))
        memcpy(&error, mnl_nlmsg_get_payload(message), sizeof(error));
    else if (message->nlmsg_type == NLMSG_ERROR)
        error = -EBADMSG;
    return error < 0 ? error : 0;
}

/* libmnl compares the length as a signed number, so that one from 2^31 on is fine for
 * it: the next message would stand before this one. */
static bool is_whole(const struct nlmsghdr *message, int left)
{
    return mnl_nlmsg_ok(message, left) && message->nlmsg_len <= (uint32_t)left;
}

static int read_messages(const struct nlmsghdr *message, int left, uint32_t seq,
                         enum sock_proto proto, sock_list *out,
                         struct sock_diag_answer *answer)
{
    for (; is_whole(message, left); message = mnl_nlmsg_next(message, &left)) {
        int failed = 0;

        if (seq && message->nlmsg_seq != seq)
            continue; /* what is left of a dump given up before */
        if (message->nlmsg_flags & NLM_F_DUMP_INTR)
            answer->interrupted = true;
        if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
            answer->ended = true;
            answer->error = read_error(message);
            return 0;
        }
        if (message->nlmsg_type == NLMSG_OVERRUN)
            answer->interrupted = true;
        else if (message->nlmsg_type == SOCK_DIAG_BY_FAMILY)
            failed = read_sock(message, proto, out);
        if (failed)
            return failed;
    }
    return left > 0 ? -EBADMSG : 0;
}

int sock_diag_parse_buffer(const void *bytes, size_t len, uint32_t seq,
                           enum sock_proto proto, sock_list *out,
                           struct sock_diag_answer *answer)
{
    struct nlmsghdr *copy;
    int result;

    memset(answer, 0, sizeof(*answer));
    if (len > INT_MAX)
        return -EBADMSG;
    if ((uintptr_t)bytes % _Alignof(struct nlmsghdr) == 0)
        return read_messages(bytes, (int)len, seq, proto, out, answer);
    copy = mem_new(len + 1, 1); /* bytes from a file may stand anywhere */
    memcpy(copy, bytes, len);
    result = read_messages(copy, (int)len, seq, proto, out, answer);
    free(copy);
    return result;
}

int sock_diag_parse(const void *bytes, size_t len, enum sock_proto proto, sock_list *out)
{
    struct sock_diag_answer answer;
    int failed = sock_diag_parse_buffer(bytes, len, 0, proto, out, &answer);

    if (failed)
        return failed;
    if (answer.error)
        return answer.error;
    if (answer.interrupted)
        return -EINTR;
    return answer.ended ? 0 : 1;
}
