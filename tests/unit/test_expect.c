/* Expectations judged against a world that is built by hand. */
#include <netinet/tcp.h>
#include <stdio.h>

#include "lesson/expect.h"
#include "script_lines.h"

static struct world world;

static struct world_sock *add_sock(unsigned host, uint64_t cookie, enum sock_proto proto,
                                   enum tcp_state state, const char *local,
                                   const char *remote)
{
    struct world_sock *sock = vec_push(&world.socks);

    sock->host = host;
    sock->sock = (struct sock){.cookie = cookie,
                               .proto = proto,
                               .family = AF_INET,
                               .state = state,
                               .listed = true};
    if (*local)
        assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    if (*remote)
        assert_int_equal(endpoint_parse(remote, &sock->sock.remote), 0);
    return sock;
}

static void add_var(const char *process, const char *name, uint64_t cookie)
{
    struct world_var *var = vec_push(&world.vars);

    snprintf(var->process, sizeof(var->process), "%s", process);
    snprintf(var->name, sizeof(var->name), "%s", name);
    var->cookie = cookie;
}

static struct world_packet *add_packet(uint8_t flags, uint32_t len, const char *from,
                                       const char *to)
{
    struct world_packet *packet = vec_push(&world.packets);

    packet->id = (uint32_t)world.packets.count;
    packet->status = ON_WIRE_HELD;
    packet->copies = 1;
    packet->decoded = (struct packet){.proto = PACKET_TCP,
                                      .family = AF_INET,
                                      .ip_offset = 14,
                                      .transport_offset = 34,
                                      .flags = flags,
                                      .payload_len = len};
    snprintf(packet->from, sizeof(packet->from), "%s", from);
    snprintf(packet->to, sizeof(packet->to), "%s", to);
    packet->label = mem_strdup(flags & TCP_SYN ? "SYN" : len ? "DATA" : "ACK");
    return packet;
}

static struct world_thread *add_thread(const char *name, enum call_status status,
                                       const char *call)
{
    struct world_thread *thread = vec_push(&world.threads);

    snprintf(thread->name, sizeof(thread->name), "%s", name);
    thread->alive = true;
    thread->called = call;
    thread->status = status;
    thread->call = call ? mem_strdup(call) : NULL;
    return thread;
}

/* Hosts 0 server, 1 client, as the lines of known_names have them. */
static int begin(void **state)
{
    (void)state;
    world_init(&world);
    world.host_count = 2;
    strcpy(world.hosts[0].name, "server");
    strcpy(world.hosts[1].name, "client");
    world.hosts[0].up = world.hosts[1].up = true;
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

static const char *const status_names[] = {[EXPECT_PASSED] = "passed",
                                           [EXPECT_FAILED] = "failed",
                                           [EXPECT_SKIPPED] = "skipped"};

/* Judges the line: "passed", or "failed: WHY". */
static void check(const char *line, const char *expected)
{
    static const char *const lines[] = {"client: c = socket(AF_INET, SOCK_STREAM, 0)",
                                        "server: u = socket(AF_INET, SOCK_DGRAM, 0)",
                                        "server/web: s = accept(s)"};
    struct script_names *names = known_names();
    struct buf found = {0};
    enum expect_status status;
    struct command command;
    char *text;

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        command = good_line(names, lines[i]);
        command_clear(&command);
    }
    command = good_line(names, line);
    status = expect_judge(&command.expect, &world, &found);
    text = mem_printf("%s%s%s", status_names[status], found.len ? ": " : "",
                      buf_text(&found));
    if (strcmp(text, expected) != 0)
        fail_msg("%s\n  gives: %s\n  not:   %s", line, text, expected);
    free(text);
    buf_free(&found);
    command_clear(&command);
    script_names_free(names);
}

static void test_var(void **state)
{
    (void)state;
    check("expect client.c SYN-SENT", "failed: client.c is not set yet");
    add_var("client", "c", 5);
    add_var("server", "c", 6);
    check("expect client.c SYN-SENT",
          "failed: the kernel says CLOSED (it no longer has this socket)");
    check("expect client.c CLOSED", "passed");
    add_sock(0, 5, PROTO_TCP, STATE_LISTEN, "0.0.0.0:9", ""); /* another host's */
    check("expect client.c CLOSED", "passed");
    add_sock(1, 5, PROTO_TCP, STATE_SYN_SENT, "10.0.0.2:5", "10.0.0.1:9");
    check("expect client.c SYN-SENT", "passed");
    check("expect client.c CLOSED",
          "failed: the kernel says SYN-SENT (10.0.0.2:5 -> 10.0.0.1:9)");
    check("expect client.c connected",
          "failed: the kernel says SYN-SENT (10.0.0.2:5 -> 10.0.0.1:9)");
    world.socks.items[1].gone = true;
    check("expect client.c SYN-SENT",
          "failed: the kernel says CLOSED (it no longer has 10.0.0.2:5 -> 10.0.0.1:9)");
    check("expect client.c CLOSED", "passed");
    check("expect client.c CLOSED recvq=0",
          "failed: the kernel says nothing of recvq (it no longer has 10.0.0.2:5 -> "
          "10.0.0.1:9)");
    add_var("server", "s", 0);
    check("expect server.s LISTEN", "failed: server.s holds a number, not a socket");
}

static void test_bound(void **state)
{
    struct world_sock *sock = add_sock(1, 5, PROTO_TCP, STATE_CLOSED, "", "");

    (void)state;
    add_var("client", "c", 5);
    sock->sock.listed = false; /* asked by its descriptor: no dump shows it */
    check("expect client.c CLOSED", "passed");
    check("expect client.c bound", "failed: the kernel says CLOSED (no address yet)");
    check("expect no client *:* *:*", "passed");
    assert_int_equal(endpoint_parse("0.0.0.0:80", &sock->sock.local), 0);
    check("expect client.c bound",
          "skipped: this kernel does not list sockets that are only bound");
    check("expect client *:80 *:* bound",
          "skipped: this kernel does not list sockets that are only bound");
    sock->sock.listed = true;
    check("expect client.c bound", "passed");
    check("expect client *:80 *:* bound", "passed");
    check("expect client.c CLOSED", "passed");
    check("expect client.c LISTEN", "failed: the kernel says bound (0.0.0.0:80)");
    sock->from = STATE_ESTABLISHED; /* it was reset, and keeps its port */
    check("expect client.c LISTEN", "failed: the kernel says CLOSED (0.0.0.0:80)");
    sock->sock.state = STATE_LISTEN;
    check("expect client.c bound", "failed: the kernel says LISTEN (0.0.0.0:80)");
}

static void test_udp(void **state)
{
    struct world_sock *sock = add_sock(0, 7, PROTO_UDP, STATE_NONE, "0.0.0.0:53", "");

    (void)state;
    add_var("server", "u", 7);
    check("expect server.u unconnected", "passed");
    check("expect server.u connected",
          "failed: the kernel says unconnected (0.0.0.0:53)");
    check("expect server.u CLOSED", "failed: the kernel says unconnected (0.0.0.0:53)");
    check("expect server udp *:53 *:* unconnected", "passed");
    check("expect server tcp *:53 *:* LISTEN",
          "failed: the kernel has no such socket; server has unconnected (0.0.0.0:53)");
    check("expect server *:53 *:* LISTEN",
          "failed: the kernel says unconnected (0.0.0.0:53)");
    sock->sock.connected = true;
    check("expect server.u connected", "passed");
    check("expect count server connected = 1", "passed");
    sock->gone = true;
    check("expect server.u CLOSED", "passed");
    check("expect server.u connected",
          "failed: the kernel says CLOSED (it no longer has 0.0.0.0:53)");
    check("expect server *:* *:* connected",
          "failed: the kernel has no such socket; server has no sockets");
    check("expect count server connected >= 1",
          "failed: the kernel has none; server has no sockets");
    world.hosts[0].up = false;
    check("expect server *:* *:* connected",
          "failed: the kernel has no such socket; server has crashed");
}

static void test_socket(void **state)
{
    (void)state;
    check("expect server *:* *:* LISTEN",
          "failed: the kernel has no such socket; server has no sockets");
    add_sock(0, 1, PROTO_TCP, STATE_LISTEN, "0.0.0.0:6666", "");
    add_sock(0, 2, PROTO_TCP, STATE_SYN_RECEIVED, "10.0.0.1:6666", "10.0.0.2:4000");
    add_sock(0, 3, PROTO_TCP, STATE_ESTABLISHED, "10.0.0.1:6666", "10.0.0.3:4000");
    add_sock(1, 4, PROTO_TCP, STATE_TIME_WAIT, "10.0.0.2:7777", "10.0.0.1:1");
    check("expect server 0.0.0.0:6666 *:* LISTEN", "passed");
    check("expect server [::]:6666 *:* LISTEN",
          "failed: the kernel has no such socket; server has LISTEN (0.0.0.0:6666), "
          "SYN-RECEIVED (10.0.0.1:6666 -> 10.0.0.2:4000), ESTABLISHED (10.0.0.1:6666 -> "
          "10.0.0.3:4000)");
    check("expect server 10.0.0.1:6666 10.0.0.2:* SYN-RECEIVED", "passed");
    check("expect server 10.0.0.1:6666 10.0.0.2:* ESTABLISHED",
          "failed: the kernel says SYN-RECEIVED (10.0.0.1:6666 -> 10.0.0.2:4000)");
    check(
        "expect server *:6666 *:* TIME-WAIT",
        "failed: the kernel says LISTEN (0.0.0.0:6666), SYN-RECEIVED (10.0.0.1:6666 -> "
        "10.0.0.2:4000), ESTABLISHED (10.0.0.1:6666 -> 10.0.0.3:4000)");
    check("expect client *:1 *:* TIME-WAIT",
          "failed: the kernel has no such socket; client has TIME-WAIT (10.0.0.2:7777 "
          "-> 10.0.0.1:1)");
    check("expect no server *:7777 *:*", "passed");
    check("expect no server *:6666 10.0.0.3:*",
          "failed: the kernel says ESTABLISHED (10.0.0.1:6666 -> 10.0.0.3:4000)");
    check("expect no server *:6666 10.0.0.3:* CLOSE-WAIT", "passed");
    check("expect count server ESTABLISHED = 1", "passed");
    check("expect count server ESTABLISHED >= 2",
          "failed: the kernel has 1: ESTABLISHED (10.0.0.1:6666 -> 10.0.0.3:4000)");
    check("expect count server CLOSING <= 0", "passed");
    world.socks.items[2].gone = true;
    check("expect no server *:6666 10.0.0.3:*", "passed");
    check("expect count server ESTABLISHED = 1",
          "failed: the kernel has none; server has LISTEN (0.0.0.0:6666), SYN-RECEIVED "
          "(10.0.0.1:6666 -> 10.0.0.2:4000)");
    check("expect server *:* 10.0.0.3:* ESTABLISHED",
          "failed: the kernel has no such socket; server has LISTEN (0.0.0.0:6666), "
          "SYN-RECEIVED (10.0.0.1:6666 -> 10.0.0.2:4000)");
    add_sock(0, 5, PROTO_TCP, STATE_CLOSING, "10.0.0.1:6666", "10.0.0.4:1");
    add_sock(0, 6, PROTO_TCP, STATE_CLOSING, "10.0.0.1:6666", "10.0.0.4:2");
    check(
        "expect server *:6666 *:* TIME-WAIT",
        "failed: the kernel says LISTEN (0.0.0.0:6666), SYN-RECEIVED (10.0.0.1:6666 -> "
        "10.0.0.2:4000), CLOSING (10.0.0.1:6666 -> 10.0.0.4:1), and more");
}

#define ENDS "(10.0.0.2:5 -> 10.0.0.1:9)"

static void test_fields(void **state)
{
    struct world_sock *sock =
        add_sock(1, 5, PROTO_TCP, STATE_ESTABLISHED, "10.0.0.2:5", "10.0.0.1:9");

    (void)state;
    add_var("client", "c", 5);
    sock->sock.recvq = 5;
    sock->sock.sendq = 6;
    sock->sock.retrans = 2;
    sock->sock.timer = TIMER_RESEND;
    sock->sock.info = (struct sock_tcp_info){
        .size = 104, .snd_cwnd = 10, .snd_ssthresh = 7, .rto_us = 204000};
    check("expect client.c ESTABLISHED recvq=5 sendq>=6 retrans<=2 cwnd=10 ssthresh=7 "
          "rto=204 timer=resend",
          "passed");
    check("expect client.c ESTABLISHED recvq=4",
          "failed: the kernel says recvq=5 " ENDS);
    check("expect client.c ESTABLISHED recvq>=6",
          "failed: the kernel says recvq=5 " ENDS);
    check("expect client.c ESTABLISHED recvq<=4",
          "failed: the kernel says recvq=5 " ENDS);
    check("expect client.c ESTABLISHED retrans=0",
          "failed: the kernel says retrans=2 " ENDS);
    check("expect client.c ESTABLISHED timer=none",
          "failed: the kernel says timer=resend " ENDS);
    check("expect client.c ESTABLISHED cwnd=9", "failed: the kernel says cwnd=10 " ENDS);
    check("expect client *:5 *:* ESTABLISHED sendq=1",
          "failed: the kernel says sendq=6 " ENDS);
    /* A short tcp_info: what lies beyond is not reported (linux/tcp.h). */
    sock->sock.info.size = offsetof(struct tcp_info, tcpi_snd_cwnd);
    check("expect client.c ESTABLISHED cwnd=10",
          "skipped: this kernel does not report cwnd");
    check("expect client.c ESTABLISHED ssthresh=7", "passed");
    check("expect client *:5 *:* ESTABLISHED cwnd=10",
          "skipped: this kernel does not report cwnd");
    check("expect client.c ESTABLISHED cwnd=10 recvq=0",
          "failed: the kernel says recvq=5 " ENDS);
    check("expect client.c LISTEN cwnd=10", "failed: the kernel says ESTABLISHED " ENDS);
    sock->sock.info.size = 0;
    check("expect client.c ESTABLISHED rto=204",
          "skipped: this kernel does not report rto");
    check("expect client.c ESTABLISHED ssthresh=7",
          "skipped: this kernel does not report ssthresh");
    /* Of a listener, RECV-Q is who waits, SEND-Q the backlog. */
    sock->sock.state = STATE_LISTEN;
    check("expect client.c LISTEN backlog=6 recvq=5", "passed");
    check("expect client.c LISTEN backlog=5", "failed: the kernel says backlog=6 " ENDS);
}

static void test_wire(void **state)
{
    struct world_packet *packet;

    (void)state;
    check("expect wire empty", "passed");
    check("expect wire SYN", "failed: nothing is held");
    check("expect wire SYN count=0", "passed");
    packet = add_packet(TCP_SYN, 0, "client", "server");
    packet->copies = 3;
    add_packet(TCP_ACK, 0, "server", "client");
    add_packet(TCP_ACK, 5, "client", "nobody");
    add_packet(TCP_SYN, 0, "client", "server")->status = ON_WIRE_BACKGROUND;
    add_packet(TCP_SYN, 0, "client", "server")->status = ON_WIRE_DELIVERED;
    add_packet(TCP_SYN, 0, "client", "server")->joined = 1;
    check("expect wire empty", "failed: the wire holds SYN x3 client->server, ACK "
                               "server->client, DATA client->nobody");
    check("expect wire SYN client->server", "passed");
    check("expect wire SYN client->server count=1", "passed");
    check("expect wire SYN count>=2",
          "failed: 1 fits: the wire holds SYN x3 client->server, ACK server->client, "
          "DATA client->nobody");
    check("expect wire ->nobody", "passed");
    check("expect wire SYN copies>=3 count=1", "passed");
    check("expect wire SYN copies=3", "passed");
    check("expect wire SYN copies<=2", "failed: the wire holds SYN x3 client->server, "
                                       "ACK server->client, DATA client->nobody");
    check("expect wire count=3", "passed");
    check("expect wire copies=1 count=2", "passed");
    check("expect wire #3 DATA", "failed: the wire holds SYN x3 client->server, ACK "
                                 "server->client, DATA client->nobody");
    check("expect wire DATA last", "passed");
    check("expect wire last copies=1", "passed");
    check("expect wire #1 copies=3", "passed");
    add_packet(TCP_FIN, 0, "client", "server");
    check("expect wire empty", "failed: the wire holds SYN x3 client->server, ACK "
                               "server->client, DATA client->nobody "
                               "and 1 more");
    vec_each (each, &world.packets)
        each->status = ON_WIRE_DROPPED;
    check("expect wire empty", "passed");
}

static void test_threads(void **state)
{
    struct world_thread *thread;

    (void)state;
    check("expect server idle", "failed: there is no thread server");
    thread = add_thread("server", CALL_BLOCKED, "accept");
    check("expect server blocked accept", "passed");
    check("expect server blocked recv", "failed: server is blocked in accept()");
    check("expect server idle", "failed: server is blocked in accept()");
    thread->status = CALL_RETURNED;
    thread->result = mem_strdup("5");
    check("expect server idle", "passed");
    check("expect server blocked accept",
          "failed: server is idle: accept() has returned 5");
    thread->error = mem_strdup("ECONNABORTED");
    check("expect server blocked accept",
          "failed: server is idle: accept() has failed with ECONNABORTED");
    thread->status = CALL_PENDING;
    check("expect server idle", "failed: server waits for 'step' before accept()");
    thread->status = CALL_STARTED;
    check("expect server idle", "failed: server is in accept()");
    thread->alive = false;
    check("expect server idle", "failed: server has ended");
    add_thread("server/web", CALL_PENDING, NULL); /* it has made no call */
    check("expect server/web idle", "passed");
    check("expect server/web blocked recv",
          "failed: server/web is idle: it has made no call");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_var, begin, end),
        cmocka_unit_test_setup_teardown(test_bound, begin, end),
        cmocka_unit_test_setup_teardown(test_udp, begin, end),
        cmocka_unit_test_setup_teardown(test_socket, begin, end),
        cmocka_unit_test_setup_teardown(test_fields, begin, end),
        cmocka_unit_test_setup_teardown(test_wire, begin, end),
        cmocka_unit_test_setup_teardown(test_threads, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
