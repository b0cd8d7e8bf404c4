/* What menus offer, in worlds made by hand: the lines, and why some are not possible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lesson/menu.h"

static struct world world;

/* ----------------------------------------------------------- a world */

static int setup(void **state)
{
    static const char *const hosts[][2] = {{"client", "192.168.0.110"},
                                           {"server", "192.168.0.101"}};

    (void)state;
    world_init(&world);
    world.wire = WIRE_HOLD;
    world.host_count = 2;
    for (int i = 0; i < 2; i++) {
        struct world_host *host = &world.hosts[i];

        strcpy(host->name, hosts[i][0]);
        assert_int_equal(address_parse(hosts[i][1], &host->addresses[0]), 0);
        host->address_count = 1;
        host->up = host->plugged = true;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

/* The variable and its socket have the same number. */
static struct world_sock *add_sock(unsigned host, const char *var, uint64_t cookie,
                                   enum tcp_state state, const char *local)
{
    struct world_sock *sock = vec_push(&world.socks);
    struct world_var *known = vec_push(&world.vars);

    strcpy(known->process, world.hosts[host].name);
    strcpy(known->name, var);
    known->cookie = cookie;
    known->open = true;
    sock->host = host;
    sock->sock = (struct sock){.cookie = cookie,
                               .proto = PROTO_TCP,
                               .family = AF_INET,
                               .state = state,
                               .inode = 1,
                               .listed = true};
    if (*local)
        assert_int_equal(endpoint_parse(local, &sock->sock.local), 0);
    return sock;
}

static struct world_thread *add_thread(const char *name, unsigned host, const char *call,
                                       enum call_status status)
{
    struct world_thread *thread = vec_push(&world.threads);

    strcpy(thread->name, name);
    thread->host = host;
    thread->alive = thread->called = true;
    thread->call = mem_strdup(call);
    thread->args = mem_strdup("s");
    thread->status = status;
    world.hosts[host].running = true;
    return thread;
}

static struct world_packet *add_packet(bool to_server, const char *label, uint8_t flags)
{
    struct world_packet *packet = vec_push(&world.packets);

    packet->id = (uint32_t)world.packets.count;
    strcpy(packet->from, to_server ? "client" : "server");
    strcpy(packet->to, to_server ? "server" : "client");
    packet->label = mem_strdup(label);
    packet->copies = 1;
    packet->decoded = (struct packet){
        .proto = PACKET_TCP, .family = AF_INET, .transport_offset = 34, .flags = flags};
    return packet;
}

/* ----------------------------------------------------------- what is offered */

static void print(const struct menu *menu, int depth, struct buf *out)
{
    vec_each (item, &menu->items) {
        buf_printf(out, "%*s%s", 2 * depth, "", item->line ? item->line : item->title);
        if (item->why)
            buf_printf(out, " (%s)", item->why);
        buf_putc(out, '\n');
        if (item->more)
            print(item->more, depth + 1, out);
    }
}

/* Frees the menu. Of an item its line, or else its title, and why not. */
static void offers(struct menu *menu, const char *expected)
{
    struct buf out = {0};

    print(menu, 0, &out);
    if (strcmp(buf_text(&out), expected) != 0)
        fprintf(stderr, "%s", buf_text(&out));
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
    menu_free(menu);
}

/* Frees the menu. It has this line, possible or with this reason. */
static void offers_line(struct menu *menu, const char *line, const char *why)
{
    struct buf out = {0};
    char *wanted = why ? mem_printf("%s (%s)\n", line, why) : mem_printf("%s\n", line);

    print(menu, 0, &out);
    if (!strstr(buf_text(&out), wanted))
        fail_msg("no line %s in\n%s", wanted, buf_text(&out));
    free(wanted);
    buf_free(&out);
    menu_free(menu);
}

/* ----------------------------------------------------------- the lab and its hosts */

static void whole_lab(void **state)
{
    (void)state;
    offers(menu_of_lab(&world),
           "host client2 192.168.0.111\nhost server2 192.168.0.102\n"
           "deliver (nothing is held)\ndeliver all (nothing is held)\n"
           "wire hold (so it is now)\nwire flow\nwire slow 500ms\n"
           "firewall clear (there is none)\npace call\npace run\nwait 1s\n"
           "Take back the last line\nSave this as a lesson\nreset\n");
}

static void an_empty_lab(void **state)
{
    (void)state;
    world.host_count = 0;
    offers_line(menu_of_lab(&world), "host client 192.168.0.110", NULL);
    offers_line(menu_of_lab(&world), "host server 192.168.0.101", NULL);
}

/* A rule that was put up before the last reset, or taken away, is none. */
static void a_firewall(void **state)
{
    static const char *const lines[] = {"firewall drop tcp to server", "firewall clear",
                                        "firewall reject from client", "reset"};
    static const bool stands[] = {true, false, true, false};

    (void)state;
    for (int i = 0; i < 4; i++) {
        vec_push(&world.log)->text = mem_strdup(lines[i]);
        offers_line(menu_of_lab(&world), "firewall clear",
                    stands[i] ? NULL : "there is none");
    }
}

static void a_fresh_host(void **state)
{
    (void)state;
    offers_line(menu_of_host(&world, 0), "client: c = socket(AF_INET, SOCK_STREAM, 0)",
                NULL);
    offers_line(menu_of_host(&world, 1), "server: s = socket(AF_INET, SOCK_STREAM, 0)",
                NULL);
    offers_line(menu_of_host(&world, 1), "demo server http-server 6666", NULL);
    offers_line(menu_of_host(&world, 1), "kill server", "no program runs");
    offers_line(menu_of_host(&world, 1), "unplug server", NULL);
    offers_line(menu_of_host(&world, 1),
                "server/t2: s = socket(AF_INET, SOCK_STREAM, 0)", NULL);
}

static void a_crashed_host(void **state)
{
    struct world_row *row = vec_push(&world.rows);

    (void)state;
    row->kind = ROW_HOST;
    row->host = 1;
    row->text = mem_strdup("crashed");
    world.hosts[1].up = false;
    offers(menu_of_host(&world, 1), "unplug server\nboot server\n");
    world.hosts[0].up = false;
    offers(menu_of_host(&world, 0), "host client 192.168.0.110\n");
}

/* What its first thread does not let it do, another one does. */
static void busy_threads(void **state)
{
    struct world_thread *demo;

    (void)state;
    add_thread("server", 1, "accept", CALL_BLOCKED);
    strcpy(vec_last(&world.threads)->var, "s");
    offers_line(menu_of_host(&world, 1),
                "server/t2: s2 = socket(AF_INET, SOCK_STREAM, 0)", NULL);
    demo = add_thread("server/t2", 1, "recv", CALL_RETURNED);
    demo->demo = mem_strdup("tcp-echo-server");
    offers_line(menu_of_host(&world, 1),
                "server/t3: s2 = socket(AF_INET, SOCK_STREAM, 0)", NULL);
    demo->status = CALL_PENDING;
    offers_line(menu_of_host(&world, 1), "step server/t2", NULL);
}

/* A child has one thread, and its name is no thread's of the host. */
static void a_child(void **state)
{
    struct world_sock *sock = add_sock(1, "c", 7, STATE_ESTABLISHED, "1.2.3.4:6666");

    (void)state;
    strcpy(vec_last(&world.vars)->process, "server/child");
    add_thread("server/child", 1, "recv", CALL_BLOCKED)->process = true;
    offers_line(menu_of_sock(&world, sock), "server/child: close(c)",
                "server/child is in recv()");
    offers_line(menu_of_host(&world, 1), "server: child2 = fork()", NULL);
    offers_line(menu_of_host(&world, 1), "kill server/child", NULL);
}

/* ----------------------------------------------------------- sockets */

static void a_new_socket(void **state)
{
    (void)state;
    offers(menu_of_sock(&world, add_sock(0, "c", 5, STATE_CLOSED, "")),
           "Bind it to a port\n  client: bind(c, *:6666)\n"
           "  client: bind(c, 192.168.0.110:6666)\n  client: bind(c, *:0)\n"
           "client: listen(c, 5) (bind it first)\nclient: listen(c, 0) (bind it first)\n"
           "Connect to a server\n  client: connect(c, 192.168.0.101:6666)\n"
           "Set an option\n  client: setsockopt(c, SO_REUSEADDR, 1)\n"
           "  client: setsockopt(c, TCP_NODELAY, 1)\n"
           "  client: setsockopt(c, SO_KEEPALIVE, 1)\n"
           "  client: setsockopt(c, SO_LINGER, \"1,0\")\nclient: close(c)\n"
           "destroy client.c (the kernel has no such connection)\n"
           "All that the kernel knows of it\n");
}

static void a_used_socket(void **state)
{
    struct world_sock *sock = add_sock(0, "c", 5, STATE_CLOSED, "");

    (void)state;
    sock->from = STATE_ESTABLISHED;
    offers_line(menu_of_sock(&world, sock), "client: connect(c, 192.168.0.101:6666)",
                "it was used: make a new socket");
    sock->from = STATE_SYN_SENT;
    offers_line(menu_of_sock(&world, sock), "client: connect(c, 192.168.0.101:6666)",
                NULL);
}

/* The port is that of the listener; nobody listens on the next one. */
static void whom_to_connect_to(void **state)
{
    (void)state;
    add_sock(1, "s", 6, STATE_LISTEN, "0.0.0.0:6666");
    add_sock(0, "c", 5, STATE_CLOSED, "");
    offers_line(menu_of_sock(&world, vec_last(&world.socks)),
                "client: connect(c, 192.168.0.101:6666)", NULL);
    offers_line(menu_of_sock(&world, vec_last(&world.socks)),
                "client: connect(c, 192.168.0.101:6667)", NULL);
    world.wire = WIRE_FLOW;
    offers_line(menu_of_sock(&world, vec_last(&world.socks)),
                "client: connect(c, 192.168.0.101:6667)",
                "it would fail: hold the wire first");
    vec_push(&world.log)->text = mem_strdup("firewall reject tcp to server:6666");
    offers_line(menu_of_sock(&world, vec_last(&world.socks)),
                "client: connect(c, 192.168.0.101:6666)",
                "the firewall would refuse it: hold the wire first");
}

static void a_listener(void **state)
{
    struct world_sock *sock = add_sock(1, "s", 6, STATE_LISTEN, "0.0.0.0:6666");

    (void)state;
    offers_line(menu_of_sock(&world, sock), "server: c = accept(s)", NULL);
    add_thread("server", 1, "accept", CALL_BLOCKED);
    strcpy(vec_last(&world.threads)->var, "c");
    offers_line(menu_of_sock(&world, sock), "server/t2: c2 = accept(s)", NULL);
    offers_line(menu_of_sock(&world, sock), "destroy server.s", NULL);
}

static void a_connection(void **state)
{
    struct world_sock *sock = add_sock(0, "c", 5, STATE_ESTABLISHED, "1.2.3.4:41900");

    (void)state;
    offers_line(menu_of_sock(&world, sock), "client: send(c, \"hello\")", NULL);
    sock->sock.state = STATE_FIN_WAIT_2;
    offers_line(menu_of_sock(&world, sock), "client: send(c, \"hello\")",
                "it has sent its FIN");
    offers_line(menu_of_sock(&world, sock), "client: recv(c, 100)", NULL);
    sock->sock.state = STATE_SYN_SENT;
    offers_line(menu_of_sock(&world, sock), "client: recv(c, 100)",
                "it is not connected yet");
}

/* Its descriptor is closed; or the listener has not given it out yet. */
static void without_a_variable(void **state)
{
    struct world_sock *sock = add_sock(1, "c", 5, STATE_TIME_WAIT, "1.2.3.4:6666");

    (void)state;
    sock->sock.inode = 0;
    vec_last(&world.vars)->open = false;
    offers(menu_of_sock(&world, sock),
           "destroy server.c\nAll that the kernel knows of it\n");
    add_sock(1, "s", 6, STATE_LISTEN, "0.0.0.0:6666");
    world.vars.items[0].cookie = 99;
    offers(menu_of_sock(&world, &world.socks.items[0]),
           "server: c2 = accept(s)\nAll that the kernel knows of it\n");
}

static void datagrams(void **state)
{
    struct world_sock *sock = add_sock(0, "u", 5, STATE_NONE, "");

    (void)state;
    sock->sock.proto = PROTO_UDP;
    offers(menu_of_sock(&world, sock),
           "Bind it to a port\n  client: bind(u, *:6666)\n"
           "  client: bind(u, 192.168.0.110:6666)\n  client: bind(u, *:0)\n"
           "Send a datagram\n  client: sendto(u, \"hello\", 192.168.0.101:6666)\n"
           "client: recvfrom(u, 100) (bind it first)\n"
           "Set an option\n  client: setsockopt(u, SO_REUSEADDR, 1)\n"
           "client: close(u)\nAll that the kernel knows of it\n");
}

/* ----------------------------------------------------------- packets */

static void held_packets(void **state)
{
    (void)state;
    add_packet(true, "SYN", TCP_SYN);
    add_packet(true, "SYN", TCP_SYN);
    add_packet(false, "RST+ACK", TCP_RST | TCP_ACK);
    offers(menu_of_packet(&world, &world.packets.items[0]),
           "deliver SYN client->server\ndrop SYN client->server\n"
           "duplicate SYN client->server\n"
           "corrupt SYN client->server (it has no payload)\n"
           "Decode it, field by field (its bytes are not there)\n");
    offers_line(menu_of_packet(&world, &world.packets.items[1]),
                "drop SYN client->server #2", NULL);
    offers_line(menu_of_packet(&world, &world.packets.items[2]),
                "drop RST server->client", NULL);
}

/* It stands right behind what it was made of, before what was sent later. */
static void a_duplicate(void **state)
{
    struct world_packet *copy;

    (void)state;
    add_packet(true, "ACK", TCP_ACK);
    add_packet(true, "ACK", TCP_ACK);
    copy = add_packet(true, "ACK", TCP_ACK);
    copy->origin = PACKET_DUPLICATED;
    copy->of = 1;
    offers_line(menu_of_packet(&world, copy), "drop ACK client->server #2", NULL);
    offers_line(menu_of_packet(&world, &world.packets.items[1]),
                "drop ACK client->server #3", NULL);
}

static void past_packets(void **state)
{
    (void)state;
    add_packet(true, "SYN", TCP_SYN)->status = ON_WIRE_DELIVERED;
    add_packet(true, "SYN", TCP_SYN)->status = ON_WIRE_DROPPED;
    add_packet(true, "SYN", TCP_SYN)->status = ON_WIRE_BACKGROUND;
    offers_line(menu_of_packet(&world, &world.packets.items[0]),
                "replay SYN client->server #1", NULL);
    offers_line(menu_of_packet(&world, &world.packets.items[1]),
                "replay SYN client->server", NULL);
    offers_line(menu_of_packet(&world, &world.packets.items[2]),
                "replay SYN client->server", "the answer to it is held");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whole_lab),
        TEST(an_empty_lab),
        TEST(a_firewall),
        TEST(a_fresh_host),
        TEST(a_crashed_host),
        TEST(busy_threads),
        TEST(a_child),
        TEST(a_new_socket),
        TEST(a_used_socket),
        TEST(whom_to_connect_to),
        TEST(a_listener),
        TEST(a_connection),
        TEST(without_a_variable),
        TEST(datagrams),
        TEST(held_packets),
        TEST(a_duplicate),
        TEST(past_packets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
