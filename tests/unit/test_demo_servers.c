/* The demo servers, with clients by hand: which calls each makes for two clients at
 * once, and what its threads and children do. */
#include "demo_runs.h"

#include <stdbool.h>
#include <sys/mman.h>

static int connect_to(unsigned port)
{
    struct sockaddr_in there = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons((uint16_t)port);
    assert_int_equal(connect(fd, (struct sockaddr *)&there, sizeof(there)), 0);
    return fd;
}

/* Sends text, and sees it come back. */
static void echo(int fd, const char *text)
{
    char data[64];
    size_t len = strlen(text), got = 0;
    ssize_t n;

    assert_int_equal(send(fd, text, len, 0), len);
    while (got < len && (n = recv(fd, data + got, len - got, 0)) > 0)
        got += (size_t)n;
    assert_int_equal(got, len);
    assert_memory_equal(data, text, len);
}

static struct run *room_for(struct run *server, int count)
{
    server->started = mmap(NULL, sizeof(struct run) * (size_t)count,
                           PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(server->started, MAP_FAILED);
    return server->started;
}

/* Two clients at once; the second is served while the first is still there. */
static void two_clients(struct run *server, const char *name, bool started)
{
    char address[32], port[8];
    unsigned number = free_port(SOCK_STREAM, address, port);
    int one, two;

    run_start(server, name, port, NULL);
    run_wait_ready(server);
    one = connect_to(number);
    echo(one, "1");
    two = connect_to(number);
    echo(two, "two");
    echo(one, "one");
    if (!started)
        server->ready = "close";
    shutdown(one, SHUT_WR); /* a forked child has a copy of this end, too */
    run_wait_ready(started ? &server->started[0] : server);
    shutdown(two, SHUT_WR);
    run_wait_ready(started ? &server->started[1] : server);
    close(one);
    close(two);
    run_join(server);
    close((int)server->calls[0].result);
    /* The rest is the same each time. */
    assert_string_equal(server->calls[1].name, "bind");
    assert_memory_equal(server->calls[1].args, "listener, *:", 12);
    server->calls[1].args[11] = '\0';
}

#define TALK_ONE                                     \
    "recv(conn, 512) \"1\"\nsend(conn, 1 byte)\n"    \
    "recv(conn, 512) \"one\"\nsend(conn, 3 bytes)\n" \
    "recv(conn, 512)\nclose(conn)\n"
#define TALK_TWO                                     \
    "recv(conn, 512) \"two\"\nsend(conn, 3 bytes)\n" \
    "recv(conn, 512)\nclose(conn)\n"
#define BEGIN                                              \
    "socket(AF_INET, SOCK_STREAM, 0)\nbind(listener, *)\n" \
    "listen(listener, 5)\n"

static void test_threads(void **state)
{
    struct run server = {.last = "accept", .last_number = 3, .ready = "listen"};
    struct run *threads = room_for(&server, 2);

    (void)state;
    two_clients(&server, "tcp-threaded-server", true);
    assert_calls(&server, BEGIN "accept(listener)\n"
                                "pthread_create(&thread, NULL, serve, number)\n"
                                "accept(listener)\n"
                                "pthread_create(&thread, NULL, serve, number)\n");
    assert_calls(&threads[0], TALK_ONE);
    assert_calls(&threads[1], TALK_TWO);
    munmap(threads, sizeof(*threads) * 2);
}

static void test_children(void **state)
{
    struct run server = {.last = "accept", .last_number = 3, .ready = "listen"};
    struct run *children = room_for(&server, 2);

    (void)state;
    two_clients(&server, "tcp-forking-server", true);
    assert_calls(&server, BEGIN "accept(listener)\nfork()\nclose(conn)\n"
                                "accept(listener)\nfork()\nclose(conn)\n");
    assert_calls(&children[0], "close(listener)\n" TALK_ONE "exit(0)\n");
    assert_calls(&children[1], "close(listener)\n" TALK_TWO "exit(0)\n");
    assert_true(server.calls[4].result > 0);
    munmap(children, sizeof(*children) * 2);
}

static void test_select(void **state)
{
    struct run server = {.last = "select", .last_number = 8, .ready = "listen"};

    (void)state;
    two_clients(&server, "tcp-select-server", false);
#define SELECT "select(highest + 1, &ready, NULL, NULL, NULL)\n"
    assert_calls(&server,
                 BEGIN SELECT "accept(listener)\n"                    /* one */
                 SELECT "recv(conn, 512) \"1\"\nsend(conn, 1 byte)\n" /* its text */
                 SELECT "accept(listener)\n"                          /* two */
                 SELECT "recv(conn, 512) \"two\"\nsend(conn, 3 bytes)\n" SELECT
                              "recv(conn, 512) \"one\"\nsend(conn, 3 bytes)\n" SELECT
                              "recv(conn, 512)\nclose(fd)\n" /* one */
                 SELECT "recv(conn, 512)\nclose(fd)\n");     /* two */
    assert_int_equal(server.calls[3].fd, -1);
    assert_int_equal(server.calls[3].result, 1);
}

/* Asks in two pieces; the whole answer, until the server closes. */
static const char *ask(unsigned port, const char *one, const char *two)
{
    static char answer[1024];
    int fd = connect_to(port);
    size_t got = 0;
    ssize_t n;

    assert_int_equal(send(fd, one, strlen(one), 0), strlen(one));
    if (two)
        assert_int_equal(send(fd, two, strlen(two), 0), strlen(two));
    shutdown(fd, SHUT_WR);
    while ((n = recv(fd, answer + got, sizeof(answer) - 1 - got, 0)) > 0)
        got += (size_t)n;
    answer[got] = '\0';
    close(fd);
    return answer;
}

static void test_http(void **state)
{
    struct run server = {.last = "accept", .last_number = 6, .ready = "listen"};
    char address[32], port[8], huge[2048];
    unsigned number = free_port(SOCK_STREAM, address, port);

    (void)state;
    run_start(&server, "http-server", port, NULL);
    run_wait_ready(&server);
    assert_string_equal(ask(number, "GET / HT", "TP/1.1\r\nHost: a\r\n\r\n"),
                        "HTTP/1.1 200 OK\r\n"
                        "Content-Type: text/html\r\n"
                        "Content-Length: 29\r\n"
                        "Connection: close\r\n"
                        "\r\n"
                        "<h1>Hello from a socket</h1>\n");
    assert_string_equal(ask(number, "GET /cat HTTP/1.0\r\n", "\r\n"),
                        "HTTP/1.1 404 Not Found\r\n"
                        "Content-Type: text/html\r\n"
                        "Content-Length: 18\r\n"
                        "Connection: close\r\n"
                        "\r\n"
                        "<h1>Not here</h1>\n");
    assert_memory_equal(ask(number, "POST / HTTP/1.0\r\n\r\n", NULL), "HTTP/1.1 404",
                        12);
    /* It has hung up in the middle, and the others are served all the same. */
    assert_string_equal(ask(number, "GET / HTTP/1.0\r\n", NULL), "");
    /* As long as it can be: no empty line, and no byte behind the room for it. */
    memset(huge, 'x', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    assert_memory_equal(ask(number, huge, NULL), "HTTP/1.1 404", 12);
    run_join(&server);
    close((int)server.calls[0].result);
    assert_string_equal(server.calls[server.count - 1].name, "close");
}

static void test_port_taken(void **state)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    char address[32], port[8];
    unsigned number = free_port(SOCK_STREAM, address, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    (void)state;
    here.sin_port = htons((uint16_t)number);
    assert_int_equal(bind(fd, (struct sockaddr *)&here, sizeof(here)), 0);
    assert_int_equal(listen(fd, 1), 0);
    for (const struct demo_program *p = demo_programs; p->name; p++) {
        struct run server = {0};

        if (strcmp(p->usage, "PORT") != 0 || strncmp(p->name, "udp", 3) == 0)
            continue;
        run_start(&server, p->name, port, NULL);
        run_join(&server);
        assert_int_equal(server.status, 1);
        assert_int_equal(server.count, 3);
        assert_int_equal(server.calls[1].error, EADDRINUSE);
        assert_string_equal(server.calls[2].name, "close");
    }
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads),    cmocka_unit_test(test_children),
        cmocka_unit_test(test_select),     cmocka_unit_test(test_http),
        cmocka_unit_test(test_port_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
