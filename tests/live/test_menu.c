/* Each line that a menu calls possible is one that the kernel does not refuse: tried one
 * by one in many situations, and in long walks that choose anything. Needs no privilege;
 * exits 77 where namespaces are refused. */
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

#include "base/clock.h"
#include "lesson/library.h"
#include "lesson/menu.h"
#include "lesson/session.h"
#include "model/journal.h"

#define PATIENCE_MS 60000 /* then a test fails; nothing is measured with it */

static struct loaded loaded;
static struct session session;
static struct journal journal;
static struct world world;
static size_t seen;      /* events that the world has taken in */
static struct buf typed; /* all lines so far, to be told when one is refused */

/* ----------------------------------------------------------- a lab */

/* A message of cmocka's is cut short. */
static void refused(const char *why)
{
    fprintf(stderr, "after\n%s", buf_text(&typed));
    fail_msg("%s", why);
}

/* Takes in the next event; reads until it is there. */
static const struct event *next_event(void)
{
    char piece[65536];
    struct err err;

    while (seen == journal.events.count) {
        struct pollfd readable = {.fd = session.fd, .events = POLLIN};
        ssize_t got;

        assert_int_equal(poll(&readable, 1, PATIENCE_MS), 1);
        got = read(session.fd, piece, sizeof(piece));
        if (got <= 0)
            refused("the lab has ended");
        assert_int_equal(journal_feed(&journal, piece, (size_t)got, &err), 0);
    }
    assert_int_equal(world_apply(&world, &journal.events.items[seen], &err), 0);
    return &journal.events.items[seen++];
}

static void await_done(void)
{
    for (;;) {
        const struct event *event = next_event();

        if (event->kind != EVENT_STEP)
            continue;
        if (event->step.status == STEP_DONE)
            return;
        if (event->step.status == STEP_REFUSED)
            refused(event->step.text);
    }
}

static void run(const char *line)
{
    buf_printf(&typed, "%s\n", line);
    assert_int_equal(session_line(&session, line), 0);
    await_done();
}

static void end(void)
{
    session_end(&session);
    journal_free(&journal);
    loaded_free(&loaded);
    world_free(&world);
    buf_free(&typed);
}

static void begin(const char *lines)
{
    struct session_plan plan = {.name = "test"};
    char path[] = "/tmp/menu.XXXXXX";
    int fd = mkstemp(path);
    struct err err = {.text = ""};

    assert_true(fd >= 0);
    dprintf(fd, "# Test\n\nA test.\n\n## One\n\n```lab setup\n%s```\n", lines);
    close(fd);
    assert_int_equal(library_load(path, &loaded, &err), 0);
    unlink(path);
    if (loaded.errors.count)
        fail_msg("%u: %s", loaded.errors.items[0].line, loaded.errors.items[0].text);
    plan.lesson = loaded.lesson;
    plan.script = &loaded.script;
    plan.text = loaded.text;
    if (session_start(&session, &plan, &err) < 0)
        fail_msg("%s", err.text);
    world_init(&world);
    seen = 0;
    buf_puts(&typed, lines);
    await_done();
}

static int tear_down(void **state)
{
    (void)state;
    end();
    return 0;
}

/* ----------------------------------------------------------- what is offered */

typedef VEC(char *) line_list;

static void lines_free(line_list *lines)
{
    vec_each (line, lines)
        free(*line);
    vec_free(lines);
}

static void collect(const struct menu *menu, line_list *lines)
{
    vec_each (item, &menu->items) {
        if (item->why)
            continue;
        if (item->more)
            collect(item->more, lines);
        if (item->line)
            *vec_push(lines) = mem_strdup(item->line);
    }
}

static void collect_and_free(struct menu *menu, line_list *lines)
{
    collect(menu, lines);
    menu_free(menu);
}

/* What is possible at the lab and its hosts. */
static void offered_around(line_list *lines)
{
    collect_and_free(menu_of_lab(&world), lines);
    for (unsigned i = 0; i < world.host_count; i++)
        collect_and_free(menu_of_host(&world, i), lines);
}

/* What is possible at sockets and packets. */
static void offered_within(line_list *lines)
{
    vec_each (sock, &world.socks)
        collect_and_free(menu_of_sock(&world, sock), lines);
    vec_each (packet, &world.packets)
        collect_and_free(menu_of_packet(&world, packet), lines);
}

/* ----------------------------------------------------------- one by one */

#define HOSTS "host server 192.168.0.101\nhost client 192.168.0.110\n"
#define LISTENS                                                                    \
    HOSTS "wire hold\nserver: s = socket(AF_INET, SOCK_STREAM, 0)\n"               \
          "server: bind(s, *:6666)\nserver: listen(s, 5)\nserver: c = accept(s)\n" \
          "client: c = socket(AF_INET, SOCK_STREAM, 0)\n"
#define CONNECTED LISTENS "client: connect(c, 192.168.0.101:6666)\ndeliver all\n"

static const char *const situations[] = {
    "wire hold\n",
    HOSTS,
    LISTENS,
    LISTENS "client: connect(c, 192.168.0.101:6666)\n",
    CONNECTED,
    CONNECTED "client: send(c, \"abc\")\nduplicate\nduplicate\n"
              "client: send(c, \"abc\")\nclient: shutdown(c, SHUT_WR)\n",
    CONNECTED "client: shutdown(c, SHUT_WR)\ndeliver all\nserver: close(c)\n"
              "deliver all\nserver: d = accept(s)\n",
    CONNECTED "server: child = fork()\nserver/child: recv(c, 5)\n",
    CONNECTED "crash server\nclient: recv(c, 5)\n",
    CONNECTED "kill server\ndeliver all\n",
    HOSTS "wire hold\nserver: u = socket(AF_INET, SOCK_DGRAM, 0)\n"
          "server: bind(u, *:7777)\nclient: u = socket(AF_INET, SOCK_DGRAM, 0)\n"
          "client: sendto(u, \"hello\", 192.168.0.101:7777)\n"
          "client: sendto(u, \"hello\", 192.168.0.101:7778)\ndeliver all\n"
          "client: recvfrom(u, 5)\n",
    HOSTS "pace call\ndemo server tcp-echo-server 7777\n",
    "host server 192.168.0.101 fd00::1\nhost client fd00::2\nwire hold\n"
    "client: c = socket(AF_INET6, SOCK_STREAM, 0)\n"
    "server: s = socket(AF_INET6, SOCK_STREAM, 0)\n"
    "server: bind(s, [::]:6666)\nserver: listen(s, 5)\n",
};

static bool has_line(const line_list *lines, const char *line)
{
    vec_each (known, lines)
        if (strcmp(*known, line) == 0)
            return true;
    return false;
}

/* What is the same in every situation is tried once. */
static void add_line(line_list *lines, line_list *tried, const char *line, bool once)
{
    if (once && has_line(tried, line))
        return;
    *vec_push(lines) = mem_strdup(line);
    *vec_push(tried) = mem_strdup(line);
}

/* Those of a situation. */
static void choose_lines(line_list *lines, line_list *tried)
{
    line_list around = {0}, within = {0};

    offered_around(&around);
    offered_within(&within);
    vec_each (line, &around)
        add_line(lines, tried, *line, true);
    vec_each (line, &within)
        add_line(lines, tried, *line, strstr(*line, "setsockopt") != NULL);
    lines_free(&around);
    lines_free(&within);
}

/* Each in a lab of its own. */
static void test_each_line(void **state)
{
    line_list tried = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(situations) / sizeof(situations[0]); i++) {
        line_list lines = {0};

        begin(situations[i]);
        choose_lines(&lines, &tried);
        vec_each (line, &lines) {
            run(*line);
            end();
            begin(situations[i]);
        }
        end();
        lines_free(&lines);
    }
    lines_free(&tried);
    begin(situations[0]); /* for the tear-down */
}

/* ----------------------------------------------------------- walks */

#define WALKS 24
#define WALK_LINES 40

/* A linear congruential generator: each walk is the same on every machine, as far as the
 * kernels are. */
static uint32_t draw(uint32_t *seed, size_t count)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)((*seed >> 8) % count);
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

static void walk(uint32_t seed)
{
    begin(HOSTS "wire hold\n");
    for (int i = 0; i < WALK_LINES; i++) {
        line_list lines = {0};
        const char *line;

        offered_around(&lines);
        offered_within(&lines);
        do
            line = lines.items[draw(&seed, lines.count)];
        while (is_rare(line) && draw(&seed, 12));
        run(line);
        lines_free(&lines);
    }
}

static void test_walks(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WALKS; i++) {
        if (i)
            end();
        walk(i + 1);
    }
}

/* ----------------------------------------------------------- by menu alone */

/* Runs the item with this title, however deep; frees the menu. */
static const char *find_line(const struct menu *menu, const char *title)
{
    vec_each (item, &menu->items) {
        const char *line = item->more ? find_line(item->more, title) : item->line;

        if (line && (item->more || strncmp(item->title, title, strlen(title)) == 0))
            return item->why ? NULL : line;
    }
    return NULL;
}

static void choose(struct menu *menu, const char *title)
{
    const char *line = find_line(menu, title);

    if (!line)
        refused(title);
    run(line);
    menu_free(menu);
}

static void at_host(const char *host, const char *title)
{
    choose(menu_of_host(&world, (unsigned)world_host_find(&world, host)), title);
}

static void at_var(const char *process, const char *var, const char *title)
{
    const struct world_var *known = world_var_find(&world, process, var);
    unsigned host = (unsigned)world_host_find(&world, process);

    assert_non_null(known);
    choose(menu_of_sock(&world, world_sock_find(&world, host, known->cookie)), title);
}

static bool is_held(const struct world_packet *packet)
{
    return packet->status == ON_WIRE_HELD && !packet->joined;
}

/* The oldest that is held. */
static void at_packet(const char *title)
{
    vec_each (packet, &world.packets) {
        if (is_held(packet)) {
            choose(menu_of_packet(&world, packet), title);
            return;
        }
    }
    refused("nothing is held");
}

static enum tcp_state state_of(const char *process, const char *var)
{
    const struct world_var *known = world_var_find(&world, process, var);
    unsigned host = (unsigned)world_host_find(&world, process);

    assert_non_null(known);
    return world_sock_find(&world, host, known->cookie)->sock.state;
}

/* Two clients connected to one server, one packet lost, one client half-closed. */
static void test_a_scene(void **state)
{
    static const char *const clients[] = {"client", "client2"};

    (void)state;
    begin(HOSTS);
    choose(menu_of_lab(&world), "Add a client");
    choose(menu_of_lab(&world), "Hold each packet");
    at_host("server", "Make a TCP socket");
    at_var("server", "s", "Port 6666 of any");
    at_var("server", "s", "Listen");
    for (int i = 0; i < 2; i++) {
        at_var("server", "s", "Accept");
        at_host(clients[i], "Make a TCP socket");
        at_var(clients[i], "c", "server, port 6666");
        choose(menu_of_lab(&world), "Deliver until none");
        assert_int_equal(state_of(clients[i], "c"), STATE_ESTABLISHED);
    }
    at_var("client", "c", "Send 5");
    at_packet("Drop it");
    at_var("client2", "c", "Shut down");
    choose(menu_of_lab(&world), "Deliver the oldest");
    at_packet("Deliver it");
    assert_int_equal(state_of("client2", "c"), STATE_FIN_WAIT_2);
    assert_int_equal(state_of("server", "c"), STATE_ESTABLISHED);
    assert_int_equal(state_of("server", "c2"), STATE_CLOSE_WAIT);
}

/* ----------------------------------------------------------- which packet is meant */

#define ALIKE                                                                     \
    CONNECTED "client: setsockopt(c, TCP_NODELAY, 1)\nclient: send(c, \"abc\")\n" \
              "client: send(c, \"abc\")\nduplicate\n"                             \
              "duplicate\nclient: send(c, \"abc\")\n"

/* Of several that are alike, duplicates among them, the one that was chosen is lost, and
 * then sent again. */
static void test_the_packet_meant(void **state)
{
    size_t held;

    (void)state;
    begin(ALIKE);
    held = world_held_count(&world);
    assert_int_equal(held, 5);
    for (size_t i = 0; i < world.packets.count; i++) {
        const struct world_packet *packet = &world.packets.items[i];

        if (!is_held(packet))
            continue;
        choose(menu_of_packet(&world, packet), "Drop it");
        packet = &world.packets.items[i];
        assert_int_equal(packet->status, ON_WIRE_DROPPED);
        choose(menu_of_packet(&world, packet), "Send it again");
        assert_int_equal(vec_last(&world.packets)->of, world.packets.items[i].id);
        end();
        begin(ALIKE);
    }
}

/* ----------------------------------------------------------- all of them */

static int nothing(void *context)
{
    (void)context;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_a_scene, tear_down),
        cmocka_unit_test_teardown(test_the_packet_meant, tear_down),
        cmocka_unit_test_teardown(test_each_line, tear_down),
        cmocka_unit_test_teardown(test_walks, tear_down),
    };
    struct err err;
    pid_t pid = lab_spawn(nothing, NULL, &err);
    struct session probe = {pid, -1};

    if (pid < 0) {
        printf("%s\n", err.text);
        return 77;
    }
    session_wait(&probe);
    session = (struct session){-1, -1};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
