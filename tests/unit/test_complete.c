/* complete: what is offered at the cursor, what Tab puts in, and what ? says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "lesson/complete.h"
#include "lesson/script_parts.h"
#include "packet_frames.h"
#include "world_helpers.h"

#define SOCKET(host, id, state, more)                                             \
    "\"event\":\"socket\",\"host\":\"" host "\",\"id\":\"" id                     \
    "\",\"proto\":\"tcp\",\"change\":\"appeared\",\"from\":\"CLOSED\",\"state\":" \
    "\"" state "\"" more

static void held(uint32_t id, const char *from, const char *to, const uint8_t *frame,
                 size_t len)
{
    struct event event = {.kind = EVENT_PACKET};
    struct err err = {""};

    event.packet.id = id;
    event.packet.action = PACKET_HELD;
    strcpy(event.packet.from, from);
    strcpy(event.packet.to, to);
    event.packet.frame_len = (uint32_t)len;
    event.packet.frame = mem_new(len, 1);
    memcpy(event.packet.frame, frame, len);
    if (apply(&event, &err) != 0)
        fail_msg("%s", err.text);
}

/* A server that listens, a client that has sent its SYN, a child, a demo program. */
static int scene(void **state)
{
    setup(state);
    two_hosts();
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"started\"");
    line(CALL("server", "socket", "", "returned", ",\"var\":\"s\",\"socket\":\"a\""));
    line(SOCKET("server", "a", "LISTEN", ",\"local\":\"0.0.0.0:6666\",\"listed\":true"));
    line(CALL("server", "accept", "s", "started", ""));
    line(CALL("server", "accept", "s", "blocked", ""));
    line("\"event\":\"host\",\"host\":\"client\",\"change\":\"started\"");
    line(CALL("client", "socket", "", "returned", ",\"var\":\"c\",\"socket\":\"b\""));
    line(SOCKET("client", "b", "SYN-SENT", ""));
    held(1, "client", "server", syn_frame, sizeof(syn_frame));
    return 0;
}

static void completion(const char *line, struct completion *out)
{
    completion_of(line, strlen(line), &world, out);
}

/* The texts that are offered, with | between, or the sentence in (). */
static void offers(const char *line, const char *expected)
{
    struct completion found;
    struct buf out = {0};

    completion(line, &found);
    vec_each (candidate, &found.candidates)
        buf_printf(&out, "%s%s", out.len ? "|" : "", candidate->text);
    if (!found.candidates.count)
        buf_printf(&out, "(%s)", found.expected ? found.expected : "");
    if (strcmp(buf_text(&out), expected) != 0)
        fail_msg("'%s' offers\n%s\nexpected\n%s", line, buf_text(&out), expected);
    buf_free(&out);
    completion_free(&found);
}

/* What the line becomes with Tab at its end. */
static void tab(const char *line, const char *expected)
{
    struct completion found;
    struct buf out = {0};

    completion(line, &found);
    buf_puts(&out, line);
    completion_insert(&found, strlen(line), &out);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
    completion_free(&found);
}

static void test_scene(void **state)
{
    (void)state;
    assert_int_equal(world.threads.count, 2);
    assert_int_equal(world_held_count(&world), 1);
    rows_are("state server a CLOSED>LISTEN\ncall server: accept(s)\n"
             "state client b CLOSED>SYN-SENT\npacket #1 client>server SYN held\n");
}

static void test_first_word(void **state)
{
    (void)state;
    offers("de", "demo|deliver|destroy");
    offers("s", "server:|sysctl|step");
    offers("Del", "(a command, or a thread with a colon, like server:)");
    tab("d", "d");
    tab("deli", "deliver ");
    tab("+ deli", "+ deliver ");
    tab("ser", "server: ");
    tab("res", "reset");
    offers("deliver # all", "(a comment, which does nothing)");
    offers("nonsense x", "(a command, or a thread with a colon, before this)");
}

static void test_calls(void **state)
{
    (void)state;
    offers("server: b", "bind(");
    offers("server:b", "bind(");
    offers("server: s", "socket(|send(|sendto(|shutdown(|setsockopt(");
    offers("server: kid = f", "fork()");
    offers("server: f", "(a call, VAR = CALL(...), or => RESULT)");
    offers("server: x ", "=");
    offers("server: x = s", "socket(|send(");
    tab("server: se", "server: se");
    tab("server: li", "server: listen(");
    tab("server: bind(", "server: bind(s, ");
    tab("server: close(", "server: close(s)");
    tab("server: close(s", "server: close(s)");
    tab("client: close(", "client: close(c)");
    offers("client/web: close(", "c");
    offers("nobody: close(", "(a variable that holds a socket of this host)");
}

static void test_arguments(void **state)
{
    (void)state;
    offers("server: bind(s, ", "*:|10.0.0.2:");
    offers("server: bind(s, *:", "*:");
    offers("server: listen(s, ", "(a number: how many clients may wait, like 5)");
    tab("client: connect(c, ", "client: connect(c, 10.0.0.2:6666)");
    offers("client: s = socket(AF_INET", "AF_INET|AF_INET6");
    offers("client: s = socket(AF_INET, SOCK_", "SOCK_STREAM|SOCK_DGRAM|SOCK_RAW");
    offers("client: s = socket(AF_INET, SOCK_STREAM | ", "SOCK_NONBLOCK");
    tab("client: s = socket(AF_INET, SOCK_STREAM, ",
        "client: s = socket(AF_INET, SOCK_STREAM, 0)");
    offers("server: setsockopt(s, SO_R", "SO_REUSEADDR|SO_REUSEPORT|SO_RCVBUF");
    offers("server: setsockopt(s, SO_E", "(a socket option, like SO_REUSEADDR)");
    offers("server: getsockopt(s, SO_E", "SO_ERROR");
    offers("server: setsockopt(s, SO_SNDBUF, ", "(a number of bytes, like 4096)");
    offers("server: setsockopt(s, SO_LINGER, ",
           "(\"on,seconds\" in quotes, like \"1,0\")");
    offers("client: send(c, ", "(text in quotes, like \"hello\" or \"x\" * 4000)");
    offers("client: send(c, \"a, b", "(text, up to a second \")");
    offers("client: send(c, \"a, b)\"",
           "(text in quotes, like \"hello\" or \"x\" * 4000)");
    offers("client: recv(c, ", "(a number of bytes, like 100)");
    offers("client: shutdown(c, SHUT_R", "SHUT_RD|SHUT_RDWR");
    offers("client: close(c, ", ")");
    offers("client: nonsense(", "(a call that exists before the '(')");
}

static void test_results(void **state)
{
    (void)state;
    offers("client: close(c) ", "=>");
    offers("client: connect(c, 1.2.3.4:5) => b", "blocks");
    offers("client: connect(c, 1.2.3.4:5) => ECONNR", "ECONNRESET|ECONNREFUSED");
    offers("client: listen(c, 5) => ",
           "(a number, like 0, or an errno name, like ECONNREFUSED)");
    offers("server: => ", "blocks");
    offers("server: => 0 ", "within");
    offers("server: => 0 within ", "(a duration such as 70s)");
}

static void test_wire(void **state)
{
    (void)state;
    offers("deliver ", "SYN|client->server|all");
    offers("drop ", "SYN|client->server");
    offers("deliver SYN ", "client->server");
    offers("deliver ACK ", "(words of a held packet, like SYN or client->server)");
    offers("replay ", "(words of a packet that was on the wire, like SYN)");
    held(2, "client", "server", ackpad_frame, sizeof(ackpad_frame));
    offers("deliver ", "SYN|client->server|ACK|last|#2|all");
    offers("deliver AC", "ACK");
    offers("deliver #", "#2");
    line("\"event\":\"packet\",\"id\":1,\"action\":\"delivered\"");
    offers("replay ", "SYN|client->server");
    offers("expect wire ", "ACK|client->server|empty|count=|copies>=");
}

static void test_hosts(void **state)
{
    (void)state;
    offers("crash ", "client|server");
    offers("boot ", "(a host that has crashed)");
    offers("plug ", "(a host that is unplugged)");
    line("\"event\":\"host\",\"host\":\"client\",\"change\":\"unplugged\"");
    offers("plug ", "client");
    offers("unplug ", "server");
    offers("kill ", "client|server");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"forked\",\"thread\":"
         "\"server/kid\"");
    offers("kill server", "server|server/kid");
    offers("server/kid: close(", "s");
    offers("destroy ", "server.s|client.c|server/kid.s");
    offers("wire ", "hold|flow|slow");
    offers("wire slow ", "(a duration, like 500ms or 2s)");
    offers("firewall ", "drop|reject|clear");
    offers("firewall drop ", "tcp|udp|from|to");
    offers("firewall drop tcp ", "from|to");
    offers("firewall drop tcp from ", "client|server");
    offers("firewall drop tcp from client ", "to");
    offers("firewall drop tcp to s", "server|server:6666");
    offers("inject 10.0.0.1:1 -> 10.0.0.2:2 SYN+A", "ACK");
    offers("reset ", "()");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"crashed\"");
    offers("boot ", "server");
    offers("crash ", "client");
}

static void test_demos(void **state)
{
    (void)state;
    offers("demo server udp", "udp-echo-server|udp-client");
    offers("demo server tcp-echo-server ", "(a port, like 6666)");
    offers("demo client tcp-client ", "10.0.0.2:6666");
    offers("demo client tcp-client 1.2.3.4:5 ", "(the text to send, in quotes)");
    offers("demo client nothing ", "(a demo program before this)");
}

static void test_expect(void **state)
{
    (void)state;
    offers("expect s", "server.s|server");
    offers("expect server.s L", "LAST-ACK|LISTEN");
    offers("expect server.s LISTEN re", "recvq=|retrans=");
    offers("expect server.s LISTEN timer=re", "resend");
    offers("expect server.s LISTEN recvq=", "(=, >= or <=, and a number)");
    offers("expect server b", "blocked");
    offers("expect server blocked ac", "accept");
    offers("expect no ", "client|server");
    offers("expect no server 0", "0.0.0.0:6666");
    offers("expect server 0.0.0.0:6666 ", "*:*");
    offers("expect server 0.0.0.0:6666 *:* LI", "LISTEN");
    offers("expect count server LI", "LISTEN");
    offers("expect count server LISTEN ", "(= N, >= N or <= N)");
    offers("expect within ", "(a duration, like 70s)");
    offers("expect within 70s server.s LI", "LISTEN");
}

static void test_cursor(void **state)
{
    struct completion found;

    (void)state;
    completion_of("deliv SYN", 5, &world, &found);
    assert_int_equal(found.begins, 0);
    assert_int_equal(found.candidates.count, 1);
    assert_string_equal(found.candidates.items[0].help,
                        "lets the oldest held packet that matches arrive");
    completion_free(&found);
    completion_of("  + server: clo", 15, &world, &found);
    assert_int_equal(found.begins, 12);
    completion_free(&found);
}

static void test_help(void **state)
{
    static const struct {
        const char *line, *help;
    } cases[] = {
        {"deliver ",
         "Here: words of a held packet, like SYN or client->server; now SYN (SYN "
         "client->server), client->server (SYN), all (until none is held).\n"
         "deliver [MATCH] or all: lets the oldest held packet that matches arrive. "
         "Example: deliver SYN"},
        {"server: listen(s, ",
         "Here: a number: how many clients may wait, like 5.\n"
         "listen(SOCKET, NUMBER) lets a socket wait for clients. Example: listen(s, 5)"},
        {"server: ",
         "Here: a call, VAR = CALL(...), or => RESULT; now socket(, bind(, listen(, "
         "accept(, connect(, send(, recv(, sendto( and 10 more.\n"
         "THREAD: [VAR =] CALL(ARGS) [=> RESULT]. Example: server: s = socket(AF_INET, "
         "SOCK_STREAM, 0)"},
        {"reset ", "Here: the end of the line.\n"
                   "reset: a new lab: no hosts, no variables. Example: reset"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};

        completion_help(cases[i].line, strlen(cases[i].line), &world, &out);
        assert_string_equal(buf_text(&out), cases[i].help);
        buf_free(&out);
    }
}

/* Whatever is typed, at any cursor, also before there is any host. */
static void test_prefixes(void **state)
{
    static const char *const lines[] = {
        "+ server/web: kid = setsockopt(s, SO_LINGER, \"1,0\") => \"d\" from 1.2.3.4:*",
        "expect within 70s no server tcp 0.0.0.0:6666 *:* LISTEN recvq>=5 timer=none",
        "firewall reject udp from client to server:6666 # why",
        "inject 10.0.0.1:1 -> 10.0.0.2:2 SYN+ACK seq=next data=\"\\\"\" times=3",
        ":::(((,,,)))=>=>|\"\\",
        "deliver \xc3\xa9\xe4\xb8\x96->#2 last"};
    struct world empty;

    (void)state;
    world_init(&empty);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        for (size_t cursor = 0; cursor <= strlen(lines[i]); cursor++) {
            for (int which = 0; which < 2; which++) {
                struct buf out = {0};
                struct completion found;

                completion_of(lines[i], cursor, which ? &empty : &world, &found);
                assert_true(found.begins <= cursor);
                completion_insert(&found, cursor, &out);
                completion_help(lines[i], cursor, which ? &empty : &world, &out);
                completion_free(&found);
                buf_free(&out);
            }
        }
    }
    world_free(&empty);
}

/* Of a call, or of a command; NULL if it has none. */
static char *example_of(size_t i)
{
    if (i >= CALL_COUNT)
        return mem_strdup(command_defs[i - CALL_COUNT].example);
    return call_defs[i].demo_only ? NULL
                                  : mem_printf("server: %s", call_defs[i].example);
}

/* Each example in the tables is a line that the parser reads. */
static void test_examples(void **state)
{
    static const char *const before[] = {
        "host server 192.168.0.101",
        "host client 192.168.0.110",
        "server: s = socket(AF_INET, SOCK_STREAM, 0)",
        "server: c = accept(s)",
        "server: u = socket(AF_INET, SOCK_DGRAM, 0)",
        "client: c = socket(AF_INET, SOCK_STREAM, 0)",
        "demo server/web tcp-echo-server 7777",
    };

    (void)state;
    for (size_t i = 0; i < CALL_COUNT + command_count; i++) {
        char *example = example_of(i);
        struct script_names *names = script_names_new();
        lesson_error_list errors = {0};
        struct command command;

        for (size_t k = 0; k < sizeof(before) / sizeof(before[0]); k++)
            if (script_line(before[k], strlen(before[k]), 1, 1, names, &command,
                            &errors))
                command_clear(&command);
        if (example &&
            !script_line(example, strlen(example), 1, 1, names, &command, &errors))
            fail_msg("%s: %s", example, errors.items[0].text);
        if (example)
            command_clear(&command);
        free(example);
        lesson_error_list_free(&errors);
        script_names_free(names);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_scene, scene, teardown),
        cmocka_unit_test_setup_teardown(test_first_word, scene, teardown),
        cmocka_unit_test_setup_teardown(test_calls, scene, teardown),
        cmocka_unit_test_setup_teardown(test_arguments, scene, teardown),
        cmocka_unit_test_setup_teardown(test_results, scene, teardown),
        cmocka_unit_test_setup_teardown(test_wire, scene, teardown),
        cmocka_unit_test_setup_teardown(test_hosts, scene, teardown),
        cmocka_unit_test_setup_teardown(test_demos, scene, teardown),
        cmocka_unit_test_setup_teardown(test_expect, scene, teardown),
        cmocka_unit_test_setup_teardown(test_cursor, scene, teardown),
        cmocka_unit_test_setup_teardown(test_help, scene, teardown),
        cmocka_unit_test_setup_teardown(test_prefixes, scene, teardown),
        cmocka_unit_test_setup_teardown(test_examples, scene, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
