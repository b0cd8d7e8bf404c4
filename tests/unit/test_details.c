#include "details_world.h"

#include <stdlib.h>

static const struct details_look plain = {.now_ns = DETAILS_NOW};

/* Frees the world. */
static void assert_details(struct world *world, const struct world_sock *sock,
                           const struct details_look *look, struct canvas *canvas,
                           int lines, const char *picture)
{
    assert_int_equal(details_draw(world, sock, look, canvas, canvas_all(canvas)), lines);
    assert_picture(canvas, picture);
    canvas_free(canvas);
    world_free(world);
}

/* clang-format off */
static void connection_on_80_columns(void **state)
{
    struct world world = details_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 20);
    assert_details(&world, details_client(&world), &plain, &canvas, 73,
                   " Host           client\n"
                   " State          ESTABLISHED\n"
                   "                ss says ESTAB, netstat ESTABLISHED\n"
                   " It means       data can go both ways\n"
                   " Before         SYN-SENT\n"
                   " Now            sends again in 4.0 s, 300 bytes not yet acknowledged\n"
                   "\n"
                   " Endpoints\n"
                   " Protocol       TCP over IPv4\n"
                   " Local          192.168.0.110, port 41900\n"
                   " Remote         192.168.0.101, port 6666\n"
                   "                These four and the protocol are the connection's name: no\n"
                   "                other connection has all of them.\n"
                   "\n"
                   " Queues\n"
                   " RECV-Q         0 bytes that the program has not read\n"
                   " SEND-Q         300 bytes not yet acknowledged\n"
                   "                A SYN and a FIN count as one byte.\n"
                   " Timer          resend: what is not acknowledged goes out again\n"
                   " Tries          1 so far\n");
}

/* Scrolled past the end: the last lines. */
static void connection_scrolled_in_ascii(void **state)
{
    const struct details_look look = {.now_ns = DETAILS_NOW, .scroll = 21};
    struct world world = details_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 20);
    canvas.ascii = true;
    assert_details(&world, details_client(&world), &look, &canvas, 73,
                   " Queues over time\n"
                   " RECV-Q 1000    |                              ######\n"
                   "                |                  ##################\n"
                   " SEND-Q 300     |                                                ############\n"
                   "                |......                                          ############\n"
                   "                +------------------------------------------------------------\n"
                   "                 10.0 s ago                                               now\n"
                   "\n"
                   " The same with ss, on its host\n"
                   " ss -tinemo state established src 192.168.0.110:41900 dst 192.168.0.101:6666\n"
                   "\n"
                   " Owner\n"
                   " Owner          client c\n"
                   " Inode          68406: socket:[68406] in /proc/PID/fd\n"
                   " User           uid 1000\n"
                   " Cookie         7c5c1: the kernel's name for it (sk: in ss -e)\n"
                   "\n"
                   " Round trip\n"
                   " RTT            1.2 ms: segment to ACK, smoothed\n"
                   " Variation      0.6 ms\n");
}

static void two_columns_where_there_is_room(void **state)
{
    struct world world = details_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 160, 48);
    assert_details(&world, details_client(&world), &plain, &canvas, 38,
                   " Host           client                                                            Round trip\n"
                   " State          ESTABLISHED                                                       RTT            1.2 ms: segment to ACK, smoothed\n"
                   "                ss says ESTAB, netstat ESTABLISHED                                Variation      0.6 ms\n"
                   " It means       data can go both ways                                             RTO            10.0 s: waits so long before it sends again\n"
                   " Before         SYN-SENT\n"
                   " Now            sends again in 4.0 s, 300 bytes not yet acknowledged              Windows\n"
                   "                                                                                  Congestion     10 segments may be under way\n"
                   " Endpoints                                                                        Threshold      none yet: slow start, it grows quickly\n"
                   " Protocol       TCP over IPv4                                                     Peer's         65160 bytes: so much the other end takes\n"
                   " Local          192.168.0.110, port 41900                                         Own            64256 bytes: so much it tells the other end\n"
                   " Remote         192.168.0.101, port 6666                                          Scale          peer's times 128, own times 128\n"
                   "                These four and the protocol are the connection's name: no other   Algorithm      reno decides how fast it sends\n"
                   "                connection has all of them.\n"
                   "                                                                                  Resends\n"
                   " Queues                                                                           Unacknowledged 1 segment\n"
                   " RECV-Q         0 bytes that the program has not read                             In a row       1: the same segment, without an answer\n"
                   " SEND-Q         300 bytes not yet acknowledged                                    Backoff        1: the RTO was doubled so often\n"
                   "                A SYN and a FIN count as one byte.                                In all         1\n"
                   " Timer          resend: what is not acknowledged goes out again\n"
                   " Tries          1 so far                                                          Segments\n"
                   "                                                                                  MSS            1448 bytes to send, 536 received, 1448 announced\n"
                   " Queues over time                                                                 Path MTU       1500 bytes\n"
                   " RECV-Q 1000    │                              ██████                             Segments       7 out, 4 in\n"
                   "                │                  ██████████████████                             Bytes sent     600, resends too\n"
                   " SEND-Q 300     │                                                ████████████     Bytes acked    1\n"
                   "                │▁▁▁▁▁▁                                          ████████████     Bytes received 1000\n"
                   "                └────────────────────────────────────────────────────────────                    A SYN and a FIN count as one byte.\n"
                   "                 10.0 s ago                                               now     Options        timestamps, SACK, window scale\n"
                   "\n"
                   " The same with ss, on its host                                                    Memory\n"
                   " ss -tinemo state established src 192.168.0.110:41900 dst 192.168.0.101:6666      To receive     0 of 131072 bytes\n"
                   "                                                                                  To send        2560 of 87040 bytes\n"
                   " Owner                                                                            Queued         2560 bytes; 1536 more are set aside\n"
                   " Owner          client c                                                          Backlog        0 bytes\n"
                   " Inode          68406: socket:[68406] in /proc/PID/fd                             Dropped        0 packets\n"
                   " User           uid 1000\n"
                   " Cookie         7c5c1: the kernel's name for it (sk: in ss -e)\n");
}

static void listener(void **state)
{
    struct world world = details_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 32);
    assert_details(&world, details_listener(&world), &plain, &canvas, 32,
                   " Host           server\n"
                   " State          LISTEN\n"
                   "                ss says LISTEN, netstat LISTEN\n"
                   " It means       it waits for SYNs; accept() takes what is ready\n"
                   " Before         CLOSED\n"
                   " Now            1 waiting, room for 5\n"
                   "\n"
                   " Endpoints\n"
                   " Protocol       TCP over IPv6\n"
                   " Local          any of its addresses: ::, port 6666\n"
                   " Remote         anybody: each client gets its own socket\n"
                   "                IPv4 clients too, unless IPV6_V6ONLY is set.\n"
                   "\n"
                   " Queues\n"
                   " RECV-Q         1 connection waits for accept()\n"
                   " SEND-Q         5: the backlog, so there is room for 6\n"
                   " Timer          none\n"
                   "\n"
                   " Queues over time\n"
                   " RECV-Q 1       │                              ██████████████████████████████\n"
                   "                │                              ██████████████████████████████\n"
                   "                └────────────────────────────────────────────────────────────\n"
                   "                 10.0 s ago                                               now\n"
                   "\n"
                   " The same with ss, on its host\n"
                   " ss -tinemo state listening src '[::]:6666'\n"
                   "\n"
                   " Owner\n"
                   " Owner          server s\n"
                   " Inode          68406: socket:[68406] in /proc/PID/fd\n"
                   " User           uid 1000\n"
                   " Cookie         7c5c1: the kernel's name for it (sk: in ss -e)\n");
}

static void connected_udp(void **state)
{
    struct world world = details_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 118, 34);
    assert_details(&world, details_udp(&world), &plain, &canvas, 15,
                   " Host           server                                       Queues\n"
                   " State          -                                            RECV-Q         832 bytes of memory, more than the payload\n"
                   " It means       UDP has no state: each datagram stands       SEND-Q         0 bytes of memory\n"
                   "                alone                                        Timer          none\n"
                   " Now            data waiting\n"
                   "                                                             The same with ss, on its host\n"
                   " Endpoints                                                   ss -unemo state established src 192.168.0.101:53 dst\n"
                   " Protocol       UDP over IPv4                                192.168.0.110:5000\n"
                   " Local          192.168.0.101, port 53\n"
                   " Remote         192.168.0.110, port 5000                     Owner\n"
                   "                                                             Owner          server u\n"
                   "                                                             Inode          68406: socket:[68406] in /proc/PID/fd\n"
                   "                                                             User           uid 1000\n"
                   "                                                             Cookie         7c5c1: the kernel's name for it (sk: in ss\n"
                   "                                                                            -e)\n");
}
/* clang-format on */

static char *text_of(const struct world *world, const struct world_sock *sock)
{
    struct canvas canvas;
    struct buf out = {0};

    canvas_init(&canvas, 78, 90);
    details_draw(world, sock, &plain, &canvas, canvas_all(&canvas));
    canvas_text(&canvas, &out);
    canvas_free(&canvas);
    return buf_take(&out);
}

/* A short peak is seen: a column shows the most of its time. */
static void short_peaks_are_seen(void **state)
{
    struct world world = details_world();
    struct world_sock *sock = details_listener(&world);
    char *text;

    (void)state;
    *vec_push(&sock->queues) = (struct world_queues){DETAILS_NOW - 2, 2000, 5};
    *vec_push(&sock->queues) = (struct world_queues){DETAILS_NOW - 1, 0, 5};
    text = text_of(&world, sock);
    assert_non_null(strstr(text, "RECV-Q 2000"));
    assert_non_null(strstr(text, "█\n                │ "));
    free(text);
    world_free(&world);
}

/* Of a field that the kernel did not give nothing is said. */
static void short_tcp_info(void **state)
{
    struct world world = details_world();
    struct world_sock *sock = details_client(&world);
    char *text;

    (void)state;
    sock->sock.info.size = 232; /* Debian 12's header: without rcv_wnd */
    text = text_of(&world, sock);
    assert_non_null(strstr(text, "Peer's"));
    assert_null(strstr(text, "\n Own  "));
    free(text);
    sock->sock.info.size = 104;
    text = text_of(&world, sock);
    assert_non_null(strstr(text, "In all"));
    assert_null(strstr(text, "Peer's"));
    assert_null(strstr(text, "Bytes"));
    free(text);
    sock->sock.info.size = 0;
    text = text_of(&world, sock);
    assert_null(strstr(text, "Round trip"));
    free(text);
    world_free(&world);
}

static void ss_is(const struct world_sock *sock, const char *want)
{
    struct buf out = {0};

    details_ss_command(sock, &out);
    assert_string_equal(buf_text(&out), want);
    buf_free(&out);
}

static void ss_commands(void **state)
{
    struct world world = details_world();
    struct world_sock *sock =
        details_sock(&world, 0, "client c", "[fd00::110]:41900", "[fd00::101]:80");

    (void)state;
    sock->sock.state = STATE_FIN_WAIT_1;
    ss_is(sock, "ss -tinemo state fin-wait-1 src '[fd00::110]:41900' dst "
                "'[fd00::101]:80'");
    sock->sock.state = STATE_CLOSED; /* ss has no filter for these */
    ss_is(sock, "");
    sock->sock.state = STATE_TIME_WAIT;
    sock->gone = true;
    ss_is(sock, "");
    sock = details_sock(&world, 0, "client u", "0.0.0.0:5000", "");
    sock->sock.proto = PROTO_UDP;
    ss_is(sock, "ss -unemo state unconnected src 0.0.0.0:5000");
    world_free(&world);
}

/* Whatever a journal says, and however small the area is. */
static void odd_sockets_and_areas(void **state)
{
    struct world world = details_world();
    struct world_sock *sock = details_client(&world);
    struct canvas canvas;
    char *text;

    (void)state;
    sock->host = 7;
    sock->sock.state = (enum tcp_state)99;
    sock->sock.timer = (enum sock_timer)99;
    sock->sock.info.snd_wscale = sock->sock.info.rcv_wscale = 255;
    free(sock->owner);
    sock->owner = mem_strdup("\x1b[2J");
    vec_last(&sock->queues)->sendq = UINT32_MAX;
    text = text_of(&world, sock);
    assert_non_null(strstr(text, "\\x1b[2J"));
    free(text);
    for (int width = 0; width < 40; width++) {
        canvas_init(&canvas, width, width / 4);
        details_draw(&world, sock, &plain, &canvas, canvas_all(&canvas));
        canvas_free(&canvas);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connection_on_80_columns),
        cmocka_unit_test(connection_scrolled_in_ascii),
        cmocka_unit_test(two_columns_where_there_is_room),
        cmocka_unit_test(listener),
        cmocka_unit_test(connected_udp),
        cmocka_unit_test(short_peaks_are_seen),
        cmocka_unit_test(short_tcp_info),
        cmocka_unit_test(ss_commands),
        cmocka_unit_test(odd_sockets_and_areas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
