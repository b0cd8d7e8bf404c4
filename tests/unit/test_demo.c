/* The demo programs, against each other over loopback: which calls they make, on which
 * line of the text that is shown, and what is said about them. */
#include "demo_runs.h"

static void test_table(void **state)
{
    (void)state;
    for (const struct demo_program *p = demo_programs; p->name; p++) {
        assert_ptr_equal(demo_find(p->name), p);
        assert_non_null(strstr(p->source, p->name)); /* its header comment */
        assert_non_null(strstr(p->source, p->usage));
        assert_non_null(strstr(p->source, "int argc, char **argv)\n{"));
        assert_string_equal(p->source + strlen(p->source) - 2, "}\n");
        assert_true(p->min_args <= p->max_args);
    }
    assert_null(demo_find("tcp-"));
    assert_null(demo_find(""));
}

/* A student reads it on a screen of 80 columns. */
static void test_source_is_narrow(void **state)
{
    (void)state;
    for (const struct demo_program *p = demo_programs; p->name; p++) {
        int lines = 0;

        for (const char *line = p->source; *line; line += strcspn(line, "\n") + 1) {
            assert_true(strcspn(line, "\n") < 80);
            lines++;
        }
        assert_true(lines < 90);
    }
}

static void test_tcp(void **state)
{
    struct run server = {.last = "accept", .last_number = 3, .ready = "listen"};
    struct run one = {0}, two = {0};
    char address[32], port[8];
    unsigned number = free_port(SOCK_STREAM, address, port);

    (void)state;
    run_start(&server, "tcp-echo-server", port, NULL);
    run_wait_ready(&server);
    run_start(&one, "tcp-client", address, NULL);
    run_join(&one);
    run_start(&two, "tcp-client", address, "x");
    run_join(&two);
    run_join(&server);
    close((int)server.calls[0].result);

    assert_int_equal(one.status, 0);
    assert_int_equal(two.status, 0);
    assert_calls(&one, with_port("socket(AF_INET, SOCK_STREAM, 0)\n"
                                 "connect(sock, 127.0.0.1:PORT)\n"
                                 "send(sock, 5 bytes)\n"
                                 "recv(sock, 512) \"hello\"\n"
                                 "close(sock)\n",
                                 number));
    assert_calls(&two, with_port("socket(AF_INET, SOCK_STREAM, 0)\n"
                                 "connect(sock, 127.0.0.1:PORT)\n"
                                 "send(sock, 1 byte)\n"
                                 "recv(sock, 512) \"x\"\n"
                                 "close(sock)\n",
                                 number));
    assert_calls(&server, with_port("socket(AF_INET, SOCK_STREAM, 0)\n"
                                    "bind(listener, *:PORT)\n"
                                    "listen(listener, 5)\n"
                                    "accept(listener)\n"
                                    "recv(conn, 512) \"hello\"\n"
                                    "send(conn, 5 bytes)\n"
                                    "recv(conn, 512)\n"
                                    "close(conn)\n"
                                    "accept(listener)\n"
                                    "recv(conn, 512) \"x\"\n"
                                    "send(conn, 1 byte)\n"
                                    "recv(conn, 512)\n"
                                    "close(conn)\n",
                                    number));
    /* Whose descriptor it is, what came back, and who called although nobody asked. */
    assert_int_equal(server.calls[0].fd, -1);
    assert_int_equal(server.calls[1].fd, server.calls[0].result);
    assert_int_equal(server.calls[4].fd, server.calls[3].result);
    assert_int_equal(server.calls[4].result, 5);
    assert_int_equal(server.calls[6].result, 0);
    assert_int_not_equal(server.calls[3].peer_port, 0);
    assert_int_not_equal(server.calls[3].peer_port, number);
    assert_int_equal(server.calls[4].peer_port, 0);
}

static void test_udp(void **state)
{
    struct run server = {.last = "recvfrom", .last_number = 3, .ready = "bind"};
    struct run one = {0}, two = {0};
    char address[32], port[8];
    unsigned number = free_port(SOCK_DGRAM, address, port);

    (void)state;
    run_start(&server, "udp-echo-server", port, NULL);
    run_wait_ready(&server);
    run_start(&one, "udp-client", address, NULL);
    run_join(&one);
    run_start(&two, "udp-client", address, "hi");
    run_join(&two);
    run_join(&server);
    close((int)server.calls[0].result);

    assert_int_equal(one.status, 0);
    assert_calls(&one, with_port("socket(AF_INET, SOCK_DGRAM, 0)\n"
                                 "sendto(sock, 5 bytes, 127.0.0.1:PORT)\n"
                                 "recvfrom(sock, 2048) \"hello\"\n"
                                 "close(sock)\n",
                                 number));
    assert_int_equal(one.calls[2].peer_port, number);
    assert_int_equal(server.count, 6);
    assert_string_equal(server.calls[2].name, "recvfrom");
    assert_string_equal(server.calls[2].data, "hello");
    assert_int_not_equal(server.calls[2].peer_port, 0);
    server.count = 2;
    assert_calls(&server, with_port("socket(AF_INET, SOCK_DGRAM, 0)\n"
                                    "bind(sock, *:PORT)\n",
                                    number));
    /* The answer goes to the one who asked. */
    assert_string_equal(server.calls[3].name, "sendto");
    snprintf(address, sizeof(address), "sock, 5 bytes, 127.0.0.1:%u",
             server.calls[2].peer_port);
    assert_string_equal(server.calls[3].args, address);
    assert_string_equal(server.calls[5].name, "sendto");
    assert_memory_equal(server.calls[5].args, "sock, 2 bytes", 13);
}

/* Nobody is there: the errno is told, the program says so and closes what it opened. */
static void test_refused(void **state)
{
    struct run client = {0};
    char address[32], port[8];

    (void)state;
    free_port(SOCK_STREAM, address, port);
    run_start(&client, "tcp-client", address, NULL);
    run_join(&client);
    assert_int_equal(client.status, 1);
    assert_int_equal(client.count, 3);
    assert_string_equal(client.calls[1].name, "connect");
    assert_int_equal(client.calls[1].result, -1);
    assert_int_equal(client.calls[1].error, ECONNREFUSED);
    assert_string_equal(client.calls[2].name, "close");
    assert_int_equal(client.calls[2].result, 0);
}

/* The echo may come in pieces, over IPv6 as well. */
static void test_pieces_over_ipv6(void **state)
{
    struct run client = {.ready = "recv"};
    struct sockaddr_in6 here = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
    socklen_t len = sizeof(here);
    char address[32], data[16];
    int listener = socket(AF_INET6, SOCK_STREAM, 0), conn, got = 0;

    (void)state;
    if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof(here)) < 0) {
        close(listener);
        skip(); /* a machine without IPv6 */
    }
    assert_int_equal(listen(listener, 1), 0);
    getsockname(listener, (struct sockaddr *)&here, &len);
    snprintf(address, sizeof(address), "[::1]:%u", ntohs(here.sin6_port));
    run_start(&client, "tcp-client", address, "pieces");
    conn = accept(listener, NULL, NULL);
    while (got < 6)
        got += (int)recv(conn, data, sizeof(data), 0);
    assert_int_equal(send(conn, "pie", 3, 0), 3);
    run_wait_ready(&client);
    assert_int_equal(send(conn, "ces", 3, 0), 3);
    assert_int_equal(recv(conn, data, sizeof(data), 0), 0); /* it hung up itself */
    run_join(&client);
    close(conn);
    close(listener);
    assert_int_equal(client.status, 0);
    assert_string_equal(client.calls[3].data, "pie");
    assert_string_equal(client.calls[4].data, "ces");
    assert_string_equal(client.calls[0].args, "AF_INET6, SOCK_STREAM, 0");
    assert_string_equal(client.calls[1].args + strlen("sock, "), address);
}

static void test_wrong_use(void **state)
{
    static const char *const wrong[] = {
        "localhost:80",    "127.0.0.1",     "127.0.0.1:", "127.0.0.1:0",
        "127.0.0.1:65536", "127.0.0.1:80x", "::1:80",     "[::1]",
        "[]:80",           "[::1:80",       ":80",        ""};
    struct sockaddr_storage address;
    socklen_t len;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct run client = {0};

        assert_int_equal(demo_address(wrong[i], &address, &len), -1);
        run_start(&client, i % 2 ? "udp-client" : "tcp-client", wrong[i], NULL);
        run_join(&client);
        assert_int_equal(client.status, 2);
        assert_int_equal(client.count, 0);
    }
    for (const struct demo_program *p = demo_programs; p->name; p++) {
        struct run none = {0};

        run_start(&none, p->name, NULL, NULL);
        run_join(&none);
        assert_int_equal(none.status, 2);
        assert_int_equal(none.count, 0);
    }
    assert_int_equal(demo_address("192.168.0.101:7777", &address, &len), 0);
    assert_int_equal(len, sizeof(struct sockaddr_in));
    assert_int_equal(demo_address("[fd00::1]:65535", &address, &len), 0);
    assert_int_equal(len, sizeof(struct sockaddr_in6));
    assert_int_equal(((struct sockaddr_in6 *)&address)->sin6_port, 0xffff);
}

/* The wrappers that no program uses in every way. */
static void test_wrappers(void **state)
{
    struct run run = {0};
    struct sockaddr_in here = {.sin_family = AF_INET}, peer;
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(80)};
    socklen_t len = sizeof(peer);
    int fd;

    (void)state;
    own = &run;
    fd = demo_socket(1, "", AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_string_equal(run.calls[0].args, "AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0");
    assert_int_equal(
        demo_bind(2, "s[0], x, y", fd, (struct sockaddr *)&here, sizeof(here)), 0);
    assert_string_equal(run.calls[1].args, "s[0], *:0");
    errno = 0;
    assert_int_equal(
        demo_recvfrom(3, "fd, x", fd, &any, 9, 0, (struct sockaddr *)&peer, &len), -1);
    assert_int_equal(errno, EAGAIN); /* not what the recorder left there */
    assert_int_equal(run.calls[2].error, EAGAIN);
    assert_int_equal(len, sizeof(peer));
    assert_int_equal(demo_connect(4, "fd, x", fd, (struct sockaddr *)&any, sizeof(any)),
                     -1);
    assert_string_equal(run.calls[3].args, "fd, [::]:80");
    assert_int_equal(demo_shutdown(5, "fd, SHUT_WR", fd, SHUT_WR), -1);
    assert_int_equal(errno, ENOTCONN);
    assert_string_equal(run.calls[4].args, "fd, SHUT_WR");
    assert_int_equal(demo_close(6, "fd", fd), 0);
    assert_string_equal(run.calls[5].args, "fd");
    assert_int_equal(run.calls[5].fd, fd);
    own = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),     cmocka_unit_test(test_source_is_narrow),
        cmocka_unit_test(test_tcp),       cmocka_unit_test(test_udp),
        cmocka_unit_test(test_refused),   cmocka_unit_test(test_pieces_over_ipv6),
        cmocka_unit_test(test_wrong_use), cmocka_unit_test(test_wrappers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
