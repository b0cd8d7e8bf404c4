/* The lesson in plain lines: what is said of each kind of event in the lab. */
#include "plain_told.h"

static void calls(void **state)
{
    (void)state;
    two_hosts();
    happens(CALL("socket", "AF_INET, SOCK_STREAM, 0", "started", ",\"var\":\"c\""));
    happens(CALL("socket", "AF_INET, SOCK_STREAM, 0", "returned",
                 ",\"var\":\"c\",\"result\":\"5\""));
    happens(CALL("connect", "c, 10.0.0.2:80", "pending", ",\"line\":32"));
    happens(CALL("connect", "c, 10.0.0.2:80", "started", ""));
    happens(CALL("connect", "c, 10.0.0.2:80", "blocked", ""));
    happens(CALL("connect", "c, 10.0.0.2:80", "returned", ",\"result\":\"0\""));
    happens(CALL("connect", "c, 10.0.0.2:80", "returned",
                 ",\"result\":\"-1\",\"errno\":\"ECONNREFUSED\""));
    happens(CALL("accept", "s", "returned",
                 ",\"var\":\"conn\",\"result\":\"10.0.0.2:41900\""));
    happens(CALL("accept", "s", "returned", ",\"result\":\"10.0.0.2:41900\""));
    happens(CALL("send", "c, \\\"hi\\\"", "returned", ",\"result\":\"2\""));
    happens(CALL("recv", "c, 10", "returned", ",\"result\":\"2\",\"data\":\"hi\""));
    happens(CALL("recv", "c, 10", "returned", ",\"result\":\"1\",\"data\":\"h\""));
    happens(CALL("recv", "c, 10", "returned", ",\"result\":\"0\",\"data\":\"\""));
    happens(CALL("recvfrom", "u, 9", "returned",
                 ",\"result\":\"2\",\"data\":\"hi\",\"from\":\"10.0.0.1:9\""));
    happens(CALL("recv", "c, 99", "returned",
                 ",\"result\":\"64\",\"data\":\"0123456789012345678901234567890123456789"
                 "012345678901234567890123\""));
    happens(CALL("getsockopt", "c, SO_ERROR", "returned", ",\"result\":\"0\""));
    assert_told("client calls c = socket(AF_INET, SOCK_STREAM, 0).\n"
                "client: socket() returns the new socket c.\n"
                "client will next call connect(c, 10.0.0.2:80), at line 32 of its "
                "program.\n"
                "client calls connect(c, 10.0.0.2:80).\n"
                "client waits in connect(): the kernel has put it to sleep.\n"
                "client: connect() returns 0: success.\n"
                "client: connect() fails with ECONNREFUSED.\n"
                "client: accept() returns the new socket conn, connected to "
                "10.0.0.2:41900.\n"
                "client: accept() returns the new socket, connected to "
                "10.0.0.2:41900.\n"
                "client: send() returns 2.\n"
                "client: recv() returns 2 bytes: \"hi\".\n"
                "client: recv() returns 1 byte: \"h\".\n"
                "client: recv() returns 0: no bytes.\n"
                "client: recvfrom() returns 2 bytes: \"hi\", from 10.0.0.1:9.\n"
                "client: recv() returns 64 bytes: \"012345678901234567890123456789"
                "012345678901234567890123456789...\".\n"
                "client: getsockopt() returns 0.\n");
}

static void a_closed_window_is_told(void **state)
{
    (void)state;
    two_hosts();
    happens(
        PACKET("1", "held", "ACK",
               TCP(",\"seqno\":1,\"ackno\":9,\"summary\":\"ACK seq=1 ack=9 win=0\"")));
    happens(PACKET(
        "3", "held", "RST+ACK",
        TCP(",\"seqno\":0,\"ackno\":9,\"summary\":\"RST+ACK seq=0 ack=9 win=0\"")));
    assert_told(
        "Packet 1, ACK with seq 1 and ack 9, window 0, from client to server, is "
        "held on the wire.\n"
        "Packet 3, RST+ACK with seq 0 and ack 9, from client to server, is held on "
        "the wire.\n");
}

static void packets(void **state)
{
    (void)state;
    two_hosts();
    happens(PACKET("1", "held", "SYN", TCP(",\"seqno\":0")));
    happens(PACKET("2", "held", "SYN", TCP(",\"seqno\":0,\"of\":1,\"joins\":1")));
    happens(PACKET("1", "delivered", "SYN", TCP(",\"seqno\":0")));
    happens(PACKET("3", "background", "SYN", TCP(",\"seqno\":0,\"of\":1")));
    happens(PACKET("3", "dropped", "SYN", TCP(",\"why\":\"answered\"")));
    happens(PACKET("4", "sent", "DATA", TCP(",\"seqno\":1,\"ackno\":1,\"len\":5")));
    happens(PACKET("4", "delivered", "DATA", TCP(",\"len\":5")));
    happens(PACKET("5", "duplicated", "DATA",
                   TCP(",\"seqno\":1,\"ackno\":1,\"len\":1,\"of\":4")));
    happens(PACKET("5", "corrupted", "DATA", TCP("")));
    happens(PACKET("5", "dropped", "DATA", TCP(",\"why\":\"lesson\"")));
    happens(PACKET("6", "replayed", "DATA", TCP(",\"seqno\":1,\"len\":5,\"of\":4")));
    happens(PACKET("6", "dropped", "DATA", TCP(",\"why\":\"unplugged\"")));
    happens(PACKET("7", "injected", "RST", TCP(",\"seqno\":9")));
    happens(PACKET("7", "dropped", "RST", TCP(",\"why\":\"firewall\"")));
    happens(PACKET("8", "held", "UDP", ",\"proto\":\"udp\",\"len\":2"));
    happens(PACKET("8", "dropped", "UDP", ",\"proto\":\"udp\",\"why\":\"nobody\""));
    happens(PACKET("9", "held", "ICMP",
                   ",\"proto\":\"icmp\",\"summary\":\"ICMP port unreachable\""));
    assert_told(
        "Packet 1, SYN with seq 0, from client to server, is held on the wire.\n"
        "Packet 2, SYN with seq 0, from client to server, is sent again: it joins "
        "packet 1, which is still held.\n"
        "Packet 1, SYN, from client to server, arrives.\n"
        "Packet 3, SYN with seq 0, from client to server, is sent again, because the "
        "answer is still held.\n"
        "Packet 3, SYN, from client to server, is not needed any more.\n"
        "Packet 4, DATA of 5 bytes with seq 1 and ack 1, from client to server, is on "
        "its way.\n"
        "Packet 4, DATA, from client to server, arrives.\n"
        "Packet 5, DATA of 1 byte with seq 1 and ack 1, from client to server, is a "
        "second copy of packet 4.\n"
        "Packet 5, DATA, from client to server, is damaged: one bit is changed.\n"
        "Packet 5, DATA, from client to server, is lost.\n"
        "Packet 6, DATA of 5 bytes with seq 1, from client to server, is packet 4, "
        "sent once more.\n"
        "Packet 6, DATA, from client to server, is lost: the cable is unplugged.\n"
        "Packet 7, RST with seq 9, from client to server, is forged.\n"
        "Packet 7, RST, from client to server, is stopped by the firewall.\n"
        "Packet 8, UDP of 2 bytes, from client to server, is held on the wire.\n"
        "Packet 8, UDP, from client to server, is lost: nobody has this address.\n"
        "Packet 9, ICMP port unreachable, from client to server, is held on the "
        "wire.\n");
}

/* A SYN from 10.0.0.1:41900 to 10.0.0.2:6666: only from the frame the world can tell
 * that it is the same segment again. */
#define FRAME                                                       \
    ",\"seqno\":0,\"frame\":\"AAAAAAAAAAAAAAAACABFAAAoAAFAAEAGAAAK" \
    "AAABCgAAAqOsGgoAAAAHAAAAAFAC+vAAAAAA\""

static void a_resend_says_so(void **state)
{
    (void)state;
    two_hosts();
    happens(PACKET("1", "held", "SYN", TCP(FRAME)));
    happens(PACKET("1", "dropped", "SYN", TCP(",\"why\":\"lesson\"")));
    happens(PACKET("2", "held", "SYN", TCP(FRAME)));
    happens(PACKET("2", "dropped", "SYN", TCP(",\"why\":\"lesson\"")));
    happens(PACKET("3", "sent", "SYN", TCP(FRAME)));
    assert_told("Packet 1, SYN with seq 0, from client to server, is held on the wire.\n"
                "Packet 1, SYN, from client to server, is lost.\n"
                "Packet 2, SYN with seq 0, from client to server, is sent again, and "
                "held on the wire.\n"
                "Packet 2, SYN, from client to server, is lost.\n"
                "Packet 3, SYN with seq 0, from client to server, is sent again.\n");
}

#define TCP_SOCKET(local, remote, from, state)                        \
    ",\"proto\":\"tcp\",\"local\":\"" local "\",\"remote\":\"" remote \
    "\",\"from\":\"" from "\",\"state\":\"" state "\""

static void sockets(void **state)
{
    (void)state;
    two_hosts();
    happens(SOCKET("appeared", TCP_SOCKET("0.0.0.0:*", "0.0.0.0:*", "CLOSED",
                                          "CLOSED") ",\"owner\":\"client c\""));
    happens(SOCKET("info", TCP_SOCKET("0.0.0.0:80", "0.0.0.0:*", "CLOSED",
                                      "CLOSED") ",\"owner\":\"client c\""));
    happens(SOCKET("state", TCP_SOCKET("0.0.0.0:80", "0.0.0.0:*", "CLOSED",
                                       "LISTEN") ",\"owner\":\"client c\""));
    happens(SOCKET("vanished", TCP_SOCKET("[::]:80", "[::]:*", "LISTEN",
                                          "CLOSED") ",\"owner\":\"client c\""));
    happens(SOCKET("appeared", TCP_SOCKET("10.0.0.1:80", "10.0.0.2:9", "LISTEN",
                                          "SYN-RECEIVED") ",\"owner\":\"kernel\""));
    happens(
        SOCKET("state", TCP_SOCKET("10.0.0.1:80", "10.0.0.2:9", "SYN-RECEIVED",
                                   "ESTABLISHED") ",\"owner\":\"not accepted yet\""));
    happens(SOCKET("queues", TCP_SOCKET("10.0.0.1:80", "10.0.0.2:9", "ESTABLISHED",
                                        "ESTABLISHED")));
    happens(SOCKET("state", TCP_SOCKET("10.0.0.1:80", "10.0.0.2:9", "ESTABLISHED",
                                       "CLOSE-WAIT") ",\"owner\":\"client/web conn\""));
    assert_told("client: socket c is in CLOSED, without an address.\n"
                "client: socket c, port 80, goes from CLOSED to LISTEN.\n"
                "client: socket c, port 80, is gone; it was in LISTEN.\n"
                "client: a socket, 10.0.0.1:80 to 10.0.0.2:9, is new, in SYN-RECEIVED; "
                "no program has it yet.\n"
                "client: the socket, 10.0.0.1:80 to 10.0.0.2:9, goes from SYN-RECEIVED "
                "to ESTABLISHED.\n"
                "client: socket conn, 10.0.0.1:80 to 10.0.0.2:9, goes from ESTABLISHED "
                "to CLOSE-WAIT.\n");
}

#define UDP_SOCKET(local, remote)                                          \
    ",\"proto\":\"udp\",\"local\":\"" local "\",\"remote\":\"" remote "\"" \
    ",\"owner\":\"client u\""

static void udp_sockets(void **state)
{
    (void)state;
    two_hosts();
    happens(SOCKET("appeared", UDP_SOCKET("0.0.0.0:*", "0.0.0.0:*")));
    happens(
        "\"event\":\"socket\",\"host\":\"client\",\"id\":\"7\",\"change\":\"queues\","
        "\"recvq\":832,\"sendq\":0,\"family\":4" UDP_SOCKET("0.0.0.0:7", "0.0.0.0:*"));
    happens(SOCKET("queues", UDP_SOCKET("0.0.0.0:7", "0.0.0.0:*")));
    happens(
        SOCKET("state", UDP_SOCKET("10.0.0.1:7", "10.0.0.2:9") ",\"connected\":true"));
    happens(SOCKET("state", UDP_SOCKET("10.0.0.1:7", "0.0.0.0:*")));
    happens(SOCKET("vanished", UDP_SOCKET("10.0.0.1:7", "0.0.0.0:*")));
    assert_told("client: UDP socket u is new, without an address.\n"
                "client: UDP socket u, port 7, holds data that nobody has read yet.\n"
                "client: UDP socket u, 10.0.0.1:7 to 10.0.0.2:9, has one peer now.\n"
                "client: UDP socket u, 10.0.0.1:7, has no peer any more.\n"
                "client: UDP socket u, 10.0.0.1:7, is gone.\n");
}

#define HOST(change, more) \
    "\"event\":\"host\",\"host\":\"server\",\"change\":\"" change "\"" more

static void hosts_and_programs(void **state)
{
    (void)state;
    two_hosts();
    happens(HOST("started", ""));
    happens(HOST("demo", ",\"thread\":\"server\",\"demo\":\"tcp-echo-server\""));
    happens(HOST("forked", ",\"thread\":\"server/child\""));
    happens("\"event\":\"output\",\"host\":\"server\",\"text\":\"listening\"");
    happens(HOST("ended", ",\"thread\":\"server\",\"text\":\"1\""));
    happens(HOST("exited", ",\"thread\":\"server/child\",\"text\":\"exit\""));
    happens(HOST("exited", ",\"text\":\"SIGKILL\""));
    happens(HOST("unplugged", ""));
    happens(HOST("plugged", ""));
    happens(HOST("crashed", ""));
    happens(HOST("booted", ""));
    happens("\"event\":\"lost\",\"host\":\"server\",\"count\":1");
    happens("\"event\":\"lost\",\"host\":\"server\",\"count\":3");
    assert_told("server starts the program tcp-echo-server.\n"
                "server/child is a new process, with the same open sockets.\n"
                "server prints: listening\n"
                "server: its program has ended and returned 1.\n"
                "The process server/child has ended: exit.\n"
                "The program of server has ended: SIGKILL.\n"
                "The cable of server is unplugged.\n"
                "The cable of server is plugged in.\n"
                "server has lost its power.\n"
                "server has come back.\n"
                "1 packet of server was lost by socketarium itself.\n"
                "3 packets of server were lost by socketarium itself.\n");
}

#define STEP(step, status, more)                                               \
    "\"event\":\"step\",\"page\":1,\"block\":1,\"step\":" step ",\"steps\":5," \
    "\"status\":\"" status "\"" more

static void steps_wire_and_reset(void **state)
{
    (void)state;
    two_hosts();
    happens(STEP("0", "started", ""));
    happens(STEP("2", "started", ""));
    happens(STEP("2", "line", ",\"line\":9,\"text\":\"deliver SYN\""));
    happens(STEP("2", "waiting", ",\"line\":9,\"text\":\"client sends again in 4 s\""));
    happens(STEP("2", "failed", ",\"line\":9,\"text\":\"no SYN is held\""));
    happens(STEP("0", "refused", ",\"text\":\"there is no host 'x'\""));
    happens(STEP("2", "done", ""));
    happens("\"event\":\"wire\",\"mode\":\"slow\",\"delay_ns\":500000000");
    happens(
        "\"event\":\"wire\",\"mode\":\"slow\",\"firewall\":\"drop tcp to server:80\"");
    happens("\"event\":\"wire\",\"mode\":\"slow\",\"firewall\":\"clear\"");
    happens("\"event\":\"expect\",\"status\":\"passed\",\"line\":3,\"text\":\"expect\"");
    happens("\"event\":\"lab\",\"format\":1");
    assert_told("Step 2 of 5.\n"
                "Waiting: client sends again in 4 s.\n"
                "Line 9 failed: no SYN is held.\n"
                "Not possible: there is no host 'x'.\n"
                "The wire is slow: each packet needs 500 ms.\n"
                "The firewall has a new rule: drop tcp to server:80.\n"
                "The firewall has no rules any more.\n"
                "A new lab begins: no hosts, no sockets, no packets.\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(calls),
        TEST(a_closed_window_is_told),
        TEST(packets),
        TEST(a_resend_says_so),
        TEST(sockets),
        TEST(udp_sockets),
        TEST(hosts_and_programs),
        TEST(steps_wire_and_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
