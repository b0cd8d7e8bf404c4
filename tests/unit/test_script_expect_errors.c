/* What is wrong in an expect line is told with its column. */
#include "script_lines.h"

static const struct bad_line expectations[] = {
    {"expect", "7: the line ends too early: expected HOST.VAR STATE, HOST LOCAL REMOTE "
               "STATE, no, count, wire, or THREAD blocked CALL"},
    {"expect within", "14: the line ends too early: expected a duration such as 70s"},
    {"expect within 5", "15: '5' is no duration: expected one such as 500ms or 2s\n"
                        "16: the line ends too early: expected HOST.VAR STATE, HOST "
                        "LOCAL REMOTE STATE, no, count, wire, or THREAD blocked CALL"},
    {"expect within 5s", "17: the line ends too early: expected HOST.VAR STATE, HOST "
                         "LOCAL REMOTE STATE, no, count, wire, or THREAD blocked CALL"},
    {"expect sever.s LISTEN", "8: unknown host 'sever'; did you mean 'server'?"},
    {"expect server.x LISTEN",
     "15: unknown variable 'x': expected one that an earlier line on this host has set"},
    {"expect server.n LISTEN",
     "15: 'n' holds a number: expected a variable with a socket"},
    {"expect server/web.s LISTEN",
     "8: threads share their variables: expected server.s"},
    {"expect server.s", "16: the line ends too early: expected a state such as LISTEN "
                        "or ESTABLISHED, or 'bound', 'unconnected', 'connected'"},
    {"expect server.s LISTN", "17: unknown state 'LISTN'; did you mean 'LISTEN'?"},
    {"expect server.s listening 5",
     "27: '5' is not expected here: expected FIELD=VALUE (or >=, <=) without spaces, or "
     "the end of the line"},
    {"expect server.s LISTEN recvq = 5",
     "24: 'recvq' is not expected here: expected FIELD=VALUE (or >=, <=) without "
     "spaces, or the end of the line"},
    {"expect server.s LISTEN recvq>5",
     "24: 'recvq>5' is not expected here: expected FIELD=VALUE (or >=, <=) without "
     "spaces, or the end of the line"},
    {"expect server.s LISTEN recq=5", "24: unknown field 'recq'; did you mean 'recvq'?"},
    {"expect server.s LISTEN recvq=five",
     "30: 'five' is no number: expected one from 0 to 4294967295"},
    {"expect server.s ESTABLISHED backlog=5",
     "29: only a listener has a backlog: expected the state LISTEN before it"},
    {"expect server.s LISTEN timer>=none",
     "24: a timer cannot be compared so: expected timer=NAME"},
    {"expect server.s LISTEN timer=resnd",
     "30: unknown timer 'resnd'; did you mean 'resend'?"},
    {"expect sever *:* *:* LISTEN", "8: unknown host 'sever'; did you mean 'server'?"},
    {"expect server",
     "14: the line ends too early: expected LOCAL, an ADDRESS:PORT or *"},
    {"expect server *:6666",
     "21: the line ends too early: expected REMOTE, an ADDRESS:PORT or *"},
    {"expect server *:6666 *:*",
     "25: the line ends too early: expected a state such as LISTEN or ESTABLISHED, or "
     "'bound', 'unconnected', 'connected'"},
    {"expect server 6666 *:* LISTEN",
     "15: '6666' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
     "[fd00::1]:80, 192.168.0.101:* or *:80"},
    {"expect server *:6666 x LISTEN",
     "22: 'x' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
     "[fd00::1]:80, 192.168.0.101:* or *:80"},
    {"expect server udp *:6666 *:* LISTEN",
     "30: UDP has no state 'LISTEN': expected 'unconnected' or 'connected'"},
    {"expect server tcp *:6666 *:* connected",
     "30: 'connected' is for UDP: expected a state such as LISTEN, or 'bound'"},
    {"expect no sever *:* *:*", "11: unknown host 'sever'; did you mean 'server'?"},
    {"expect no server *:* *:* LISTEN recvq=0",
     "33: 'recvq=0' is not expected here: expected the end of the line"},
    {"expect no server *:* *:* LISTN",
     "26: unknown state 'LISTN'; did you mean 'LISTEN'?"},
    {"expect no server *:*",
     "21: the line ends too early: expected REMOTE, an ADDRESS:PORT or *"},
    {"expect count", "13: the line ends too early: expected a host"},
    {"expect count server",
     "20: the line ends too early: expected a state such as LISTEN or ESTABLISHED, or "
     "'bound', 'unconnected', 'connected'"},
    {"expect count server LISTEN",
     "27: the line ends too early: expected = N, >= N or <= N"},
    {"expect count server LISTEN 3", "28: '3': expected = N, >= N or <= N"},
    {"expect count server LISTEN = x",
     "30: 'x' is no number: expected one from 0 to 4294967295"},
    {"expect count server LISTEN = 3 4",
     "32: '4' is not expected here: expected the end of the line"},
    {"expect count server LISTEN > 3", "28: '>': expected = N, >= N or <= N"},
    {"expect wire SNY", "13: unknown word 'SNY'; did you mean 'SYN'?"},
    {"expect wire empty now",
     "19: 'now' is not expected here: expected the end of the line"},
    {"expect wire SYN copies>2", "17: 'copies>2': expected copies>=N or count=N"},
    {"expect wire SYN copies>=x",
     "25: 'x' is no number: expected one from 0 to 4294967295"},
    {"expect wire SYN cout=2", "17: 'cout=2': expected copies>=N or count=N"},
    {"expect server blocked",
     "22: the line ends too early: expected a call such as accept"},
    {"expect server blocked acept", "23: unknown call 'acept'; did you mean 'accept'?"},
    {"expect server blocked listen",
     "23: listen() never blocks: expected one such as accept"},
    {"expect server blocked accept now",
     "30: 'now' is not expected here: expected the end of the line"},
    {"expect server idle now",
     "20: 'now' is not expected here: expected the end of the line"},
    {"expect sever idle", "8: unknown host 'sever'; did you mean 'server'?"},
    {"expect server/web idle",
     "8: 'server/web' has made no call yet: expected one before"},
    {"expect \"x", "8: a text that is not closed: expected a second \""},
    {"expect server.s LISTEN sendq<5",
     "24: 'sendq<5' is not expected here: expected FIELD=VALUE (or >=, <=) without "
     "spaces, or the end of the line"},
    {"expect server *:* *:* tcp",
     "23: unknown state 'tcp': expected a state such as LISTEN or ESTABLISHED, or "
     "'bound', 'unconnected', 'connected'"},
    {"expect server.s unconnected cwnd=1",
     "29: UDP has no cwnd: expected recvq or sendq"},
    {"expect server udp *:* *:* connected timer=none",
     "37: UDP has no timer: expected recvq or sendq"},
    {"expect server.s LISTEN recvq=-1",
     "30: '-1' is out of range: expected one from 0 to 4294967295"},
    {"expect server.s LISTEN rto=200ms",
     "28: '200ms' is no number: expected one from 0 to 4294967295"},
    {"expect server.s LISTEN =5", "24: unknown field '': expected recvq, sendq, "
                                  "retrans, backlog, cwnd, ssthresh, rto or timer"},
    {"expect within 601s server.s LISTEN",
     "15: '601s' is out of range: expected 1ms to 600s (10 minutes)"},
    {"expect no", "10: the line ends too early: expected a host"},
    {"expect count server.s LISTEN = 1",
     "14: unknown host 'server.s'; did you mean 'server'?"},
    {"expect count server LISTEN >=", "30: the line ends too early: expected a number"},
    {"expect count server LISTEN = -1",
     "30: '-1' is out of range: expected one from 0 to 4294967295"},
    {"expect wire SYN count=1 count=2", "25: 'count' was said before: expected it once"},
    {"expect wire copies>=2 SYN copies>=3",
     "27: 'copies' was said before: expected it once"},
    {"expect wire SYN empty",
     "17: \"empty\": expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, "
     "RST, DATA, UDP, ICMP, FROM->TO, FROM->, ->TO, last or #N"},
    {"expect wire all", "13: \"all\": expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, "
                        "DATA, UDP, ICMP, FROM->TO, FROM->, ->TO, last or #N"},
    {"expect wire sever->client", "13: unknown host 'sever'; did you mean 'server'?"},
};

static void test_expectations(void **state)
{
    (void)state;
    check_bad_lines(expectations, sizeof(expectations) / sizeof(expectations[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expectations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
