#include "model/tcp_state.h"

struct state_names {
    const char *rfc;     /* RFC 9293 section 3.3.2 */
    const char *ss;      /* iproute2 misc/ss.c, sstate_name[] */
    const char *netstat; /* net-tools netstat.c, tcp_state[] */
    const char *windows; /* Windows netstat.exe, where it differs from all of these */
};

static const struct state_names names[STATE_COUNT] = {
    [STATE_NONE] = {"-", "-", "-", NULL},
    [STATE_ESTABLISHED] = {"ESTABLISHED", "ESTAB", "ESTABLISHED", NULL},
    [STATE_SYN_SENT] = {"SYN-SENT", "SYN-SENT", "SYN_SENT", NULL},
    [STATE_SYN_RECEIVED] = {"SYN-RECEIVED", "SYN-RECV", "SYN_RECV", "SYN_RECEIVED"},
    [STATE_FIN_WAIT_1] = {"FIN-WAIT-1", "FIN-WAIT-1", "FIN_WAIT1", "FIN_WAIT_1"},
    [STATE_FIN_WAIT_2] = {"FIN-WAIT-2", "FIN-WAIT-2", "FIN_WAIT2", "FIN_WAIT_2"},
    [STATE_TIME_WAIT] = {"TIME-WAIT", "TIME-WAIT", "TIME_WAIT", NULL},
    [STATE_CLOSED] = {"CLOSED", "UNCONN", "CLOSE", NULL},
    [STATE_CLOSE_WAIT] = {"CLOSE-WAIT", "CLOSE-WAIT", "CLOSE_WAIT", NULL},
    [STATE_LAST_ACK] = {"LAST-ACK", "LAST-ACK", "LAST_ACK", NULL},
    [STATE_LISTEN] = {"LISTEN", "LISTEN", "LISTEN", "LISTENING"},
    [STATE_CLOSING] = {"CLOSING", "CLOSING", "CLOSING", NULL},
};

/* Journals and dumps bring numbers from outside: anything may stand here. */
static const struct state_names *names_of(enum tcp_state state)
{
    return (unsigned)state < STATE_COUNT ? &names[state] : &names[STATE_NONE];
}

const char *tcp_state_name(enum tcp_state state)
{
    return names_of(state)->rfc;
}

static const char *const meanings[STATE_COUNT] = {
    [STATE_NONE] = "",
    [STATE_ESTABLISHED] = "connected, both ways",
    [STATE_SYN_SENT] = "has asked, waits for the answer",
    [STATE_SYN_RECEIVED] = "was asked, has answered",
    [STATE_FIN_WAIT_1] = "has closed, waits for the ACK",
    [STATE_FIN_WAIT_2] = "waits for the other end to close",
    [STATE_TIME_WAIT] = "both closed; waits for what is late",
    [STATE_CLOSED] = "no connection",
    [STATE_CLOSE_WAIT] = "the other end has closed",
    [STATE_LAST_ACK] = "closed last, waits for the ACK",
    [STATE_LISTEN] = "waits for clients",
    [STATE_CLOSING] = "both closed at once",
};

const char *tcp_state_meaning(enum tcp_state state)
{
    return (unsigned)state < STATE_COUNT ? meanings[state] : "";
}

const char *tcp_state_ss_name(enum tcp_state state)
{
    return names_of(state)->ss;
}

const char *tcp_state_netstat_name(enum tcp_state state)
{
    return names_of(state)->netstat;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Not strcasecmp: it follows the locale, and a Turkish one knows two letters i. */
static bool same_word(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    while (*a && upper(*a) == upper(*b)) {
        a++;
        b++;
    }
    return upper(*a) == upper(*b);
}

enum tcp_state tcp_state_parse(const char *name)
{
    for (unsigned i = STATE_NONE + 1; i < STATE_COUNT; i++) {
        if (same_word(name, names[i].rfc) || same_word(name, names[i].ss) ||
            same_word(name, names[i].netstat) || same_word(name, names[i].windows))
            return (enum tcp_state)i;
    }
    return STATE_NONE;
}

/* net/ipv4/af_inet.c, __inet_stream_connect(): sk_state is not TCP_CLOSE. */
#define NEVER_ACTIVE "connect() on a listening socket gives EISCONN"
/* net/ipv4/inet_connection_sock.c: a half-open connection is a request socket of its
 * own, and inet_csk_reqsk_queue_drop() removes it; its listener was in LISTEN all the
 * time. */
#define NEVER_LISTEN \
    "the listener never left LISTEN; the half-open socket becomes CLOSED"
/* net/ipv4/tcp.c, tcp_disconnect() and __tcp_close(): tcp_send_active_reset(), then
 * TCP_CLOSE. RFC 9293 section 3.10.5 (ABORT) says the same, against note 3. */
#define NEVER_TIME_WAIT "Linux is CLOSED as soon as it has sent a RST"

/* Note 3 in full: "A RST can be sent from any state with a corresponding transition to
 * TIME-WAIT [...] receipt of a RST from any state results in a transition to LISTEN or
 * CLOSED." Here: sent, from the states in which section 3.10.5 (ABORT) sends one;
 * received, in those that section 3.10.7.4 lets it close. Where the figure has an arrow
 * between the same two states already (as LAST-ACK to CLOSED), that one stands alone. */
const struct tcp_arrow tcp_arrows[] = {
    {STATE_CLOSED, STATE_LISTEN, "passive OPEN / create TCB", NULL},
    {STATE_CLOSED, STATE_SYN_SENT, "active OPEN / create TCB, snd SYN", NULL},
    {STATE_LISTEN, STATE_CLOSED, "CLOSE / delete TCB", NULL},
    {STATE_LISTEN, STATE_SYN_RECEIVED, "rcv SYN / snd SYN,ACK", NULL},
    {STATE_LISTEN, STATE_SYN_SENT, "SEND / snd SYN", NEVER_ACTIVE},
    {STATE_SYN_SENT, STATE_CLOSED, "CLOSE / delete TCB", NULL},
    {STATE_SYN_SENT, STATE_SYN_RECEIVED, "rcv SYN / snd SYN,ACK", NULL},
    {STATE_SYN_SENT, STATE_ESTABLISHED, "rcv SYN,ACK / snd ACK", NULL},
    {STATE_SYN_RECEIVED, STATE_LISTEN, "rcv RST (note 1)", NEVER_LISTEN},
    {STATE_SYN_RECEIVED, STATE_ESTABLISHED, "rcv ACK of SYN / x", NULL},
    {STATE_SYN_RECEIVED, STATE_FIN_WAIT_1, "CLOSE / snd FIN", NULL},
    {STATE_ESTABLISHED, STATE_FIN_WAIT_1, "CLOSE / snd FIN", NULL},
    {STATE_ESTABLISHED, STATE_CLOSE_WAIT, "rcv FIN / snd ACK", NULL},
    {STATE_FIN_WAIT_1, STATE_FIN_WAIT_2, "rcv ACK of FIN / x", NULL},
    {STATE_FIN_WAIT_1, STATE_CLOSING, "rcv FIN / snd ACK", NULL},
    {STATE_CLOSE_WAIT, STATE_LAST_ACK, "CLOSE / snd FIN", NULL},
    {STATE_FIN_WAIT_2, STATE_TIME_WAIT, "rcv FIN / snd ACK", NULL},
    {STATE_CLOSING, STATE_TIME_WAIT, "rcv ACK of FIN / x", NULL},
    {STATE_LAST_ACK, STATE_CLOSED, "rcv ACK of FIN / x", NULL},
    {STATE_TIME_WAIT, STATE_CLOSED, "Timeout=2MSL / delete TCB", NULL},
    {STATE_FIN_WAIT_1, STATE_TIME_WAIT, "rcv FIN,ACK of FIN / snd ACK (note 2)", NULL},
    {STATE_SYN_RECEIVED, STATE_TIME_WAIT, "snd RST (note 3)", NEVER_TIME_WAIT},
    {STATE_ESTABLISHED, STATE_TIME_WAIT, "snd RST (note 3)", NEVER_TIME_WAIT},
    {STATE_CLOSE_WAIT, STATE_TIME_WAIT, "snd RST (note 3)", NEVER_TIME_WAIT},
    {STATE_SYN_RECEIVED, STATE_CLOSED, "rcv RST (note 3)", NULL},
    {STATE_ESTABLISHED, STATE_CLOSED, "rcv RST (note 3)", NULL},
    {STATE_FIN_WAIT_1, STATE_CLOSED, "rcv RST (note 3)", NULL},
    {STATE_FIN_WAIT_2, STATE_CLOSED, "rcv RST (note 3)", NULL},
    {STATE_CLOSE_WAIT, STATE_CLOSED, "rcv RST (note 3)", NULL},
    {STATE_CLOSING, STATE_CLOSED, "rcv RST (note 3)", NULL},
};
const size_t tcp_arrow_count = sizeof(tcp_arrows) / sizeof(tcp_arrows[0]);

int tcp_arrow_find(enum tcp_state from, enum tcp_state to)
{
    for (size_t i = 0; i < tcp_arrow_count; i++) {
        if (tcp_arrows[i].from == from && tcp_arrows[i].to == to)
            return (int)i;
    }
    return -1;
}
