/* The words of the lab lines: the parser reads them, and completion offers them. */
#include "lesson/script_parts.h"

const struct named host_options[] = {
    {"rto=", 0, "smallest time before data is sent again"},
    {"ack=delayed", 0, "the kernel's own delayed ACKs"},
    {0},
};

const struct named wire_modes[] = {
    {"hold", WIRE_HOLD, "packets wait until they are delivered"},
    {"flow", WIRE_FLOW, "packets cross at once"},
    {"slow", WIRE_SLOW, "packets take so long"},
    {0},
};

const struct named pace_words[] = {
    {"call", true, "demo programs wait before each call"},
    {"run", false, "demo programs run on"},
    {0},
};

const struct named firewall_words[] = {
    {"drop", FIREWALL_DROP, "what matches is lost in silence"},
    {"reject", FIREWALL_REJECT, "what matches is answered: RST, or ICMP"},
    {"clear", FIREWALL_CLEAR, "takes all rules away"},
    {0},
};

const struct named inject_flags[] = {
    {"SYN", TCP_SYN, "opens"},
    {"ACK", TCP_ACK, "acknowledges"},
    {"FIN", TCP_FIN, "ends"},
    {"RST", TCP_RST, "resets"},
    {"PSH", TCP_PSH, "pushes"},
    {"URG", TCP_URG, "urgent"},
    {"DATA", TCP_PSH | TCP_ACK, "data"},
    {0},
};

const struct named inject_options[] = {
    {"seq=next", 0, "the sequence number that is expected; or a number"},
    {"ack=next", 0, "the acknowledgment number; or a number"},
    {"data=", 0, "its data, in quotes"},
    {"times=", 0, "how many, from one port after the other"},
    {0},
};

const struct named state_words[] = {
    {"bound", EXPECT_STATE_BOUND, "TCP: it has a port, and no state yet"},
    {"unconnected", EXPECT_STATE_UNCONNECTED, "UDP without a peer"},
    {"connected", EXPECT_STATE_CONNECTED, "UDP with a peer"},
    {0},
};

const struct named field_words[] = {
    {"recvq", FIELD_RECVQ, "bytes received, and not read"},
    {"sendq", FIELD_SENDQ, "bytes not acknowledged"},
    {"retrans", FIELD_RETRANS, "how often it has sent again"},
    {"backlog", FIELD_BACKLOG, "room of a listener's queue"},
    {"cwnd", FIELD_CWND, "congestion window, segments"},
    {"ssthresh", FIELD_SSTHRESH, "slow start threshold"},
    {"rto", FIELD_RTO, "time before sending again, ms"},
    {"timer", FIELD_TIMER, "none, resend, keepalive, time-wait or probe"},
    {0},
};
