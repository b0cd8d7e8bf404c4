/* What was done in a lab, saved as a lesson, passes check: typed sequences, each scene,
 * and long walks through the menus. Needs no privilege; exits 77 where namespaces are
 * refused. */
#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lesson/library.h"
#include "lesson/menu.h"
#include "lesson/save.h"
#include "lesson/session.h"
#include "model/journal.h"

#define PATIENCE_MS 60000 /* then a test fails; nothing is measured with it */
#define WALKS 12
#define WALK_LINES 25

static struct loaded loaded;
static struct session session;
static struct journal journal;
static struct world world;
static size_t seen; /* events that the world has taken in */
static char folder[] = "/tmp/save.XXXXXX";

/* ----------------------------------------------------------- a lab */

static void await_done(void)
{
    struct err err;

    for (;;) {
        struct pollfd readable = {.fd = session.fd, .events = POLLIN};
        char piece[65536];
        ssize_t got;

        while (seen < journal.events.count) {
            const struct event *event = &journal.events.items[seen++];

            assert_int_equal(world_apply(&world, event, &err), 0);
            if (event->kind == EVENT_STEP &&
                (event->step.status == STEP_DONE ||
                 (event->step.status == STEP_REFUSED && !world.lesson.running)))
                return;
        }
        assert_int_equal(poll(&readable, 1, PATIENCE_MS), 1);
        got = read(session.fd, piece, sizeof(piece));
        assert_true(got > 0);
        assert_int_equal(journal_feed(&journal, piece, (size_t)got, &err), 0);
    }
}

static void run(const char *line)
{
    assert_int_equal(session_line(&session, line), 0);
    await_done();
}

static void begin(const char *path)
{
    struct session_plan plan = {.name = "test"};
    struct err err = {.text = ""};

    assert_int_equal(library_load(path, &loaded, &err), 0);
    assert_int_equal(loaded.errors.count, 0);
    plan.lesson = loaded.lesson;
    plan.script = &loaded.script;
    plan.text = loaded.text;
    if (session_start(&session, &plan, &err) < 0)
        fail_msg("%s", err.text);
    world_init(&world);
    seen = 0;
    await_done();
}

static char *begin_with(const char *setup)
{
    char *path = mem_printf("%s/begin.md", folder);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fprintf(file, "# Test\n\nA test.\n\n## One\n\n```lab setup\n%s```\n", setup);
    fclose(file);
    begin(path);
    return path;
}

static void end(void)
{
    session_end(&session);
    journal_free(&journal);
    loaded_free(&loaded);
    world_free(&world);
}

/* ----------------------------------------------------------- saving */

static int check(const char *path, const char *options)
{
    const char *program = getenv("SOCKETARIUM");
    char *command =
        mem_printf("%s check --allow-run %s %s >%s/told 2>&1",
                   program ? program : "./socketarium", options, path, folder);
    int status = system(command);

    free(command);
    return status;
}

/* Saves what was done, ends the lab, and checks. */
static void saves(const char *what)
{
    char *path = mem_printf("%s/saved.md", folder);
    struct buf text = {0};
    FILE *file = fopen(path, "w");
    char *show = mem_printf("cat %s %s/told >&2", path, folder);

    assert_non_null(file);
    save_lesson(journal.events.items, journal.events.count, "What I did", &text);
    fputs(buf_text(&text), file);
    fclose(file);
    buf_free(&text);
    end();
    if (check(path, "") != 0 ||
        (getenv("SAVE_SLOW") && check(path, "--pause 1s") != 0) ||
        check(path, "--pause 50ms") != 0) {
        (void)!system(show);
        fail_msg("%s: what was saved fails", what);
    }
    free(show);
    unlink(path);
    free(path);
}

/* ----------------------------------------------------------- typed */

#define HOSTS "host client 192.168.0.110\nhost server 192.168.0.101\n"
#define SERVER                                                                \
    "server: s = socket(AF_INET, SOCK_STREAM, 0)", "server: bind(s, *:6666)", \
        "server: listen(s, 5)"
#define CLIENT                                     \
    "client: c = socket(AF_INET, SOCK_STREAM, 0)", \
        "client: connect(c, 192.168.0.101:6666)"

static const char *const sequences[][24] = {
    {SERVER, "server: a = accept(s)", CLIENT, "deliver", "deliver", "deliver",
     "client: send(c, \"hello\")", "deliver", "server: recv(a, 100)", "wire flow",
     "client: close(c)", "server: recv(a, 100)", "server: close(a)"},
    /* A refusal is a result; what was not understood is not. */
    {CLIENT, "frob", "server: bind(z, *:1)", "deliver", "deliver",
     "client: c = socket(AF_INET, SOCK_STREAM, 0)", "wire flow",
     "client: connect(c, 192.168.0.101:7)", "expect client.c LISTEN"},
    /* Lost, and sent again by itself. */
    {SERVER, CLIENT, "drop", "wait 2s", "deliver", "deliver", "deliver",
     "server: a = accept(s)"},
    {SERVER, CLIENT, "deliver", "drop", "wait 3s", "deliver SYN", "deliver", "deliver",
     "deliver"},
    /* A port that the kernel chose, named by hand. */
    {"wire flow", "server: u = socket(AF_INET, SOCK_DGRAM, 0)",
     "server: bind(u, *:7777)", "client: u = socket(AF_INET, SOCK_DGRAM, 0)",
     "client: sendto(u, \"a \\\"b\\\" \\\\\\n\", 192.168.0.101:7777)",
     "server: recvfrom(u, 100)", "ANSWER", "client: recvfrom(u, 100)"},
    /* The same of a demo program. */
    {"client: u = socket(AF_INET, SOCK_DGRAM, 0)", "client: bind(u, *:7777)",
     "demo server udp-client 192.168.0.110:7777", "deliver", "client: recvfrom(u, 100)",
     "ANSWER", "deliver"},
    /* A new lab in the middle, and one that breaks. */
    {SERVER, "reset", HOSTS, "host client 10.0.0.1", "host server 10.0.0.2", "wire flow",
     "server: s = socket(AF_INET, SOCK_STREAM, 0)", "server: bind(s, *:80)",
     "server: bind(s, *:8080)", "server: listen(s, 1)",
     "client: c = socket(AF_INET, SOCK_STREAM, 0)", "client: connect(c, 10.0.0.2:8080)",
     "client/reader: recv(c, 5)", "crash server", "boot server",
     "client: send(c, \"x\" * 3000)", "wait 1s"},
    {"wire flow", "demo server tcp-echo-server 6666",
     "demo client tcp-client 192.168.0.101:6666 hello", "unplug client", "plug client",
     "kill server"},
    {SERVER, CLIENT, "deliver all", "duplicate", "server: a = accept(s)",
     "client: shutdown(c, SHUT_WR)", "duplicate FIN", "deliver all", "replay FIN",
     "deliver all", "server: send(a, \"answer\")", "deliver DATA", "client: recv(c, 3)",
     "server: child = fork()", "server/child: close(a)", "server: close(a)",
     "deliver all", "kill client"},
};

/* sendto() to the port that the kernel gave to a socket. */
static void answer(void)
{
    vec_each (sock, &world.socks) {
        const char *from = sock->host == 0 ? "server" : "client";
        char *line;

        if (sock->sock.proto != PROTO_UDP || sock->sock.local.port == 7777)
            continue;
        line = mem_printf("%s: sendto(u, \"yes\", 192.168.0.%u:%u)", from,
                          sock->host == 0 ? 110 : 101, sock->sock.local.port);
        run(line);
        free(line);
        return;
    }
}

static void test_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
        char *path = begin_with(HOSTS "wire hold\n");
        char name[32];

        for (size_t j = 0; j < 24 && sequences[i][j]; j++)
            if (strcmp(sequences[i][j], "ANSWER") == 0)
                answer();
            else
                run(sequences[i][j]);
        snprintf(name, sizeof(name), "sequence %zu", i);
        saves(name);
        free(path);
    }
}

/* ----------------------------------------------------------- scenes and walks */

static void collect(const struct menu *menu, size_t *count, uint32_t *seed, char *line)
{
    vec_each (item, &menu->items) {
        if (item->why)
            continue;
        if (item->more)
            collect(item->more, count, seed, line);
        if (!item->line)
            continue;
        *seed = *seed * 1664525u + 1013904223u;
        if ((*seed >> 8) % ++*count == 0)
            snprintf(line, 256, "%s", item->line);
    }
}

static void offer(struct menu *menu, size_t *count, uint32_t *seed, char *line)
{
    collect(menu, count, seed, line);
    menu_free(menu);
}

/* What ends too much, or only takes time, is chosen seldom. */
static bool is_rare(const char *line)
{
    static const char *const words[] = {"reset", "wait",   "crash",  "kill",
                                        "wire",  "inject", "unplug", "firewall"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncmp(line, words[i], strlen(words[i])) == 0)
            return true;
    return strstr(line, "exit()") || strstr(line, "demo ");
}

/* Runs one line of all that the menus offer. */
static void walk_on(uint32_t *seed)
{
    char line[256];

    do {
        size_t count = 0;

        line[0] = '\0';
        offer(menu_of_lab(&world), &count, seed, line);
        for (unsigned host = 0; host < world.host_count; host++)
            offer(menu_of_host(&world, host), &count, seed, line);
        vec_each (sock, &world.socks)
            if (!sock->gone)
                offer(menu_of_sock(&world, sock), &count, seed, line);
        vec_each (packet, &world.packets)
            if (packet->status == ON_WIRE_HELD && !packet->joined)
                offer(menu_of_packet(&world, packet), &count, seed, line);
        *seed = *seed * 1664525u + 1013904223u;
    } while (is_rare(line) && (*seed >> 8) % 12);
    run(line);
}

static void test_scenes(void **state)
{
    library_list list = {0};
    uint32_t seed = 1;

    (void)state;
    assert_int_equal(library_list_scenes(&list, NULL), 0);
    assert_true(list.count >= 12);
    vec_each (scene, &list) {
        begin(scene->path);
        saves(scene->name);
        begin(scene->path);
        for (int i = 0; i < 3; i++)
            walk_on(&seed);
        saves(scene->name);
    }
    library_list_free(&list);
}

static void test_walks(void **state)
{
    uint32_t seed = getenv("SAVE_SEED") ? (uint32_t)atoi(getenv("SAVE_SEED")) : 1;

    (void)state;
    for (int i = 0; i < WALKS; i++) {
        char *path = begin_with(HOSTS "wire hold\n");
        char name[48];

        snprintf(name, sizeof(name), "walk of seed %u", seed);
        for (int j = 0; j < WALK_LINES; j++)
            walk_on(&seed);
        saves(name);
        free(path);
    }
}

static int nothing(void *context)
{
    (void)context;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_scenes),
        cmocka_unit_test(test_walks),
    };
    struct err err;
    pid_t pid = lab_spawn(nothing, NULL, &err);
    struct session probe = {pid, -1};
    char *remove = mem_printf("rm -rf %s", folder);
    int failed;

    if (pid < 0) {
        printf("%s\n", err.text);
        return 77;
    }
    session_wait(&probe);
    if (!mkdtemp(folder))
        return 1;
    free(remove);
    remove = mem_printf("rm -rf %s", folder);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)!system(remove);
    free(remove);
    return failed;
}
