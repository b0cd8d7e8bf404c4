/* tcp_info in words (struct tcp_info, include/uapi/linux/tcp.h; tcp(7)). */
#include <inttypes.h>

#include "base/printable.h"
#include "view/details_parts.h"

/* How many bytes of tcp_info the kernel must have given for a field to be known: where
 * the field ends. An older kernel gives less, and then nothing is said of it. */
enum info_end {
    END_TOTAL_RETRANS = 104,
    END_BYTES_RECEIVED = 136,
    END_SEGS_IN = 144,
    END_BYTES_SENT = 208,
    END_SND_WND = 232,
    END_RCV_WND = 236,
};

/* tcpi_options (TCPI_OPT_*). */
static const struct {
    uint8_t bit;
    const char *name;
} options[] = {
    {1, "timestamps"},
    {2, "SACK"},
    {4, "window scale"},
    {8, "ECN"},
};

#define US_PER_S 1000000
#define NO_THRESHOLD 0x7fffffff /* TCP_INFINITE_SSTHRESH */

static void add_time(struct facts *facts, const char *label, uint32_t us,
                     const char *what)
{
    const char *unit = us < US_PER_S ? "ms" : "s";
    uint32_t tenths = us < US_PER_S ? us / 100 : us / (US_PER_S / 10);

    facts_pair(facts, label, "%u.%u %s%s%s", tenths / 10, tenths % 10, unit,
               what[0] ? ": " : "", what);
}

static void add_round_trip(struct facts *facts, const struct sock_tcp_info *info)
{
    facts_head(facts, "Round trip");
    if (info->rtt_us)
        add_time(facts, "RTT", info->rtt_us, "segment to ACK, smoothed");
    else
        facts_pair(facts, "RTT", "not measured yet");
    if (info->rtt_us)
        add_time(facts, "Variation", info->rttvar_us, "");
    add_time(facts, "RTO", info->rto_us, "waits so long before it sends again");
    if (info->ato_us)
        add_time(facts, "Delayed ACK", info->ato_us, "may wait so long with an ACK");
}

static void add_windows(struct facts *facts, const struct sock *sock)
{
    const struct sock_tcp_info *info = &sock->info;
    char *algorithm = printable_line(sock->congestion);

    facts_head(facts, "Windows");
    facts_pair(facts, "Congestion", "%u segments may be under way", info->snd_cwnd);
    if (info->snd_ssthresh < NO_THRESHOLD)
        facts_pair(facts, "Threshold", "%u segments: from there on it grows slowly",
                   info->snd_ssthresh);
    else
        facts_pair(facts, "Threshold", "none yet: slow start, it grows quickly");
    if (info->size >= END_SND_WND)
        facts_pair(facts, "Peer's", "%u bytes: so much the other end takes",
                   info->snd_wnd);
    if (info->size >= END_RCV_WND)
        facts_pair(facts, "Own", "%u bytes: so much it tells the other end",
                   info->rcv_wnd);
    if (info->options & 4)
        facts_pair(facts, "Scale", "peer's times %u, own times %u",
                   1u << (info->snd_wscale & 15), 1u << (info->rcv_wscale & 15));
    if (algorithm[0])
        facts_pair(facts, "Algorithm", "%s decides how fast it sends", algorithm);
    free(algorithm);
}

static void add_resends(struct facts *facts, const struct sock_tcp_info *info)
{
    facts_head(facts, "Resends");
    facts_pair(facts, "Unacknowledged", "%u segment%s", info->unacked,
               info->unacked == 1 ? "" : "s");
    facts_pair(facts, "In a row", "%u: the same segment, without an answer",
               info->retransmits);
    if (info->backoff)
        facts_pair(facts, "Backoff", "%u: the RTO was doubled so often", info->backoff);
    facts_pair(facts, "In all", "%u", info->total_retrans);
    if (info->retrans || info->lost || info->sacked)
        facts_pair(facts, "Under way", "%u resent, %u held to be lost, %u with SACK",
                   info->retrans, info->lost, info->sacked);
}

static void add_segments(struct facts *facts, const struct sock *sock)
{
    const struct sock_tcp_info *info = &sock->info;
    struct buf text = {0};

    facts_head(facts, "Segments");
    facts_pair(facts, "MSS", "%u bytes to send, %u received, %u announced",
               info->snd_mss, info->rcv_mss, info->advmss);
    if (info->pmtu)
        facts_pair(facts, "Path MTU", "%u bytes", info->pmtu);
    if (info->size >= END_SEGS_IN)
        facts_pair(facts, "Segments", "%u out, %u in", info->segs_out, info->segs_in);
    if (info->size >= END_BYTES_SENT)
        facts_pair(facts, "Bytes sent", "%" PRIu64 ", resends too", info->bytes_sent);
    if (info->size >= END_BYTES_RECEIVED) {
        facts_pair(facts, "Bytes acked", "%" PRIu64, info->bytes_acked);
        facts_pair(facts, "Bytes received", "%" PRIu64, info->bytes_received);
        if (info->bytes_acked || info->bytes_received)
            facts_more(facts, "A SYN and a FIN count as one byte.");
    }
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
        if (info->options & options[i].bit)
            buf_printf(&text, "%s%s", text.len ? ", " : "", options[i].name);
    facts_pair(facts, "Options", "%s", text.len ? buf_text(&text) : "none");
    buf_free(&text);
}

void details_tcp_info(struct facts *facts, const struct sock *sock)
{
    const struct sock_tcp_info *info = &sock->info;

    if (sock->proto != PROTO_TCP || info->size < END_TOTAL_RETRANS ||
        sock->state == STATE_LISTEN || sock->state == STATE_CLOSED)
        return;
    add_round_trip(facts, info);
    add_windows(facts, sock);
    add_resends(facts, info);
    add_segments(facts, sock);
}
