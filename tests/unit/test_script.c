/* Lab lines that are fine: every field of the command they become. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>

#include "base/clock.h"
#include "script_lines.h"

/* Reads one line with names of its own; the caller clears it. */
static struct command alone(const char *line)
{
    struct script_names *names = known_names();
    struct command command = good_line(names, line);

    script_names_free(names);
    return command;
}

static void assert_endpoint(const struct endpoint *endpoint, const char *expected)
{
    char text[ENDPOINT_TEXT];

    assert_string_equal(endpoint_print(endpoint, text), expected);
}

static void test_blank_lines(void **state)
{
    static const char *const lines[] = {"",      "   ", "\t", "# comment",
                                        "  # c", "#",   "+ ", "+  # c"};
    struct script_names *names = known_names();

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        lesson_error_list errors = {0};
        struct command command;

        assert_false(
            script_line(lines[i], strlen(lines[i]), 1, 1, names, &command, &errors));
        assert_int_equal(errors.count, 0);
    }
    script_names_free(names);
}

static void test_comments_and_places(void **state)
{
    struct command command = alone("  + \tdrop SYN #2 # a \"comment ");

    (void)state;
    assert_true(command.joins);
    assert_int_equal(command.column, 6);
    assert_string_equal(command.text, "drop SYN #2");
    assert_int_equal(command.match.number, 2);
    command_clear(&command);
    command = alone("server: send(s, \"a # b\")\t\r");
    assert_false(command.joins);
    assert_string_equal(command.text, "server: send(s, \"a # b\")");
    assert_int_equal(command.call.request.data_len, 5);
    command_clear(&command);
}

static void test_host(void **state)
{
    struct command command =
        alone("host web 10.0.0.1/8 10.0.1.1 fd00::1/48 fd01::1 rto=200ms ack=delayed");

    (void)state;
    assert_int_equal(command.kind, COMMAND_HOST);
    assert_string_equal(command.host, "web");
    assert_string_equal(command.addresses.name, "web");
    assert_int_equal(command.addresses.address_count, 4);
    assert_int_equal(command.addresses.addresses[3].family, AF_INET6);
    assert_int_equal(command.prefixes[0], 8);
    assert_int_equal(command.prefixes[1], 24);
    assert_int_equal(command.prefixes[2], 48);
    assert_int_equal(command.prefixes[3], 64);
    assert_int_equal(command.rto_ns, 200 * NS_PER_MS);
    assert_true(command.ack_delayed);
    command_clear(&command);
    command = alone("host A-b_cdefghijklm 10.0.0.1");
    assert_int_equal(command.rto_ns, 5 * NS_PER_S);
    assert_false(command.ack_delayed);
    command_clear(&command);
    command = alone("host All 10.0.0.1"); /* case counts */
    command_clear(&command);
}

static void test_too_many_hosts(void **state)
{
    struct script_names *names = known_names();
    lesson_error_list errors = {0};
    struct command command;
    char line[40];

    (void)state;
    for (int i = 2; i < HOSTS_MAX; i++) {
        snprintf(line, sizeof(line), "host h%d 10.0.0.%d", i, i);
        command = good_line(names, line);
        command_clear(&command);
    }
    assert_false(script_line("host h9 10.0.0.9", 16, 1, 1, names, &command, &errors));
    assert_string_equal(errors.items[0].text, "too many hosts: a lab has at most 8");
    lesson_error_list_free(&errors);
    command = good_line(names, "reset");
    command_clear(&command);
    command = good_line(names, "host server 10.0.0.9"); /* the names are free again */
    command_clear(&command);
    assert_false(script_line("server: close(s)", 16, 1, 1, names, &command, &errors));
    assert_string_equal(
        errors.items[0].text,
        "unknown variable 's': expected one that an earlier line on this "
        "host has set");
    lesson_error_list_free(&errors);
    script_names_free(names);
}

static void test_world(void **state)
{
    struct command command =
        alone("sysctl server net.ipv4.conf.all.x-y_z  1024   65535 # two");

    (void)state;
    assert_int_equal(command.kind, COMMAND_SYSCTL);
    assert_string_equal(command.host, "server");
    assert_string_equal(command.key, "net.ipv4.conf.all.x-y_z");
    assert_string_equal(command.value, "1024   65535");
    command_clear(&command);
    command = alone("wire hold");
    assert_int_equal(command.kind, COMMAND_WIRE);
    assert_int_equal(command.wire, WIRE_HOLD);
    command_clear(&command);
    command = alone("wire flow");
    assert_int_equal(command.wire, WIRE_FLOW);
    command_clear(&command);
    command = alone("wire slow 500ms");
    assert_int_equal(command.wire, WIRE_SLOW);
    assert_int_equal(command.duration_ns, 500 * NS_PER_MS);
    command_clear(&command);
    command = alone("wait 600s");
    assert_int_equal(command.kind, COMMAND_WAIT);
    assert_int_equal(command.duration_ns, 600 * NS_PER_S);
    command_clear(&command);
    command = alone("reset");
    assert_int_equal(command.kind, COMMAND_RESET);
    command_clear(&command);
}

static void test_calls(void **state)
{
    struct command command =
        alone("server/web :t=socket ( AF_INET6 ,SOCK_DGRAM|SOCK_NONBLOCK, 0 )=>3");

    (void)state;
    assert_int_equal(command.kind, COMMAND_CALL);
    assert_string_equal(command.call.thread, "server/web");
    assert_string_equal(command.call.var, "t");
    assert_ptr_equal(command.call.def, &call_defs[CALL_SOCKET]);
    assert_int_equal(command.call.request.id, CALL_SOCKET);
    assert_int_equal(command.call.request.line, 7);
    assert_int_equal(command.call.request.family, AF_INET6);
    assert_int_equal(command.call.request.type, SOCK_DGRAM | SOCK_NONBLOCK);
    assert_string_equal(command.call.args, "AF_INET6 ,SOCK_DGRAM|SOCK_NONBLOCK, 0");
    assert_int_equal(command.result.kind, RESULT_NUMBER);
    assert_int_equal(command.result.number, 3);
    command_clear(&command);
    command = alone("server: listen(s, -1)");
    assert_int_equal(command.call.request.number, -1);
    assert_string_equal(command.call.descriptor, "s");
    assert_string_equal(command.call.var, "");
    assert_int_equal(command.result.kind, RESULT_NONE);
    command_clear(&command);
    command = alone("server: recv(s, 16777216)");
    assert_int_equal(command.call.request.number, 16 << 20);
    command_clear(&command);
    command = alone("server: shutdown(s, SHUT_RDWR)");
    assert_int_equal(command.call.request.number, SHUT_RDWR);
    command_clear(&command);
    command = alone("server: exit()");
    assert_string_equal(command.call.args, "");
    command_clear(&command);
    command = alone("client: return( )");
    assert_int_equal(command.call.request.id, CALL_RETURN);
    command_clear(&command);
    command = alone("server: socket(AF_INET, SOCK_RAW, 0) => EPERM");
    assert_int_equal(command.result.error, EPERM);
    command_clear(&command);
}

static void test_addresses(void **state)
{
    static const struct {
        const char *line, *endpoint;
    } lines[] = {
        {"server: bind(s, *:6666)", "0.0.0.0:6666"},
        {"server: bind(s, *:0)", "0.0.0.0:*"},
        {"server: bind(s, [::]:6666)", "[::]:6666"},
        {"server: bind(s, [fd00::1]:80)", "[fd00::1]:80"},
        {"server: connect(s, 192.168.0.101:6666)", "192.168.0.101:6666"},
        {"server: sendto(s, \"a,b)\", 10.0.0.1:9)", "10.0.0.1:9"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct command command = alone(lines[i].line);

        assert_endpoint(&command.call.request.endpoint, lines[i].endpoint);
        command_clear(&command);
    }
}

static void test_data(void **state)
{
    struct command command = alone(
        "server: send(s, \"\\x41\\0\\101\\n\\\"\\\\\\a\\t\\r\\'\\?\\xfFg\" * 4000)");

    (void)state;
    assert_int_equal(command.call.request.data_len, 13);
    assert_memory_equal(command.call.data, "A\0A\n\"\\\a\t\r'?\xffg", 13);
    assert_int_equal(command.call.request.data_times, 4000);
    command_clear(&command);
    command = alone("server: send(s, \"\")");
    assert_int_equal(command.call.request.data_len, 0);
    assert_int_equal(command.call.request.data_times, 1);
    command_clear(&command);
    command = alone("server: send(s, \"x\"*16777216)");
    assert_int_equal(command.call.request.data_times, 16 << 20);
    command_clear(&command);
    command = alone("server: send(s, \"\\3777\")"); /* an octal escape: three digits */
    assert_int_equal(command.call.request.data_len, 2);
    command_clear(&command);
    command = alone("server: send(s, \"\\777\")"); /* and no more than a byte */
    assert_string_equal(command.call.data, "?7");
    command_clear(&command);
}

static void test_options(void **state)
{
    struct command command = alone("server: setsockopt(s, TCP_KEEPIDLE, 30)");

    (void)state;
    assert_string_equal(call_options[command.call.request.option].name, "TCP_KEEPIDLE");
    assert_int_equal(command.call.request.value, 30);
    command_clear(&command);
    command = alone("server: setsockopt(s, SO_LINGER, \"1,0\")");
    assert_int_equal(command.call.request.value, 1);
    assert_int_equal(command.call.request.linger_s, 0);
    command_clear(&command);
    command = alone("server: setsockopt(s, SO_LINGER, \"on,7\")");
    assert_int_equal(command.call.request.value, 1);
    assert_int_equal(command.call.request.linger_s, 7);
    command_clear(&command);
    command = alone("server: setsockopt(s, SO_LINGER, \"on,2147483647\")");
    assert_int_equal(command.call.request.linger_s, INT_MAX);
    command_clear(&command);
    command = alone("server: setsockopt(s, SO_LINGER, \"off,0\")");
    assert_int_equal(command.call.request.value, 0);
    command_clear(&command);
    command = alone("server: getsockopt(s, SO_ERROR) => ECONNREFUSED");
    assert_string_equal(call_options[command.call.request.option].name, "SO_ERROR");
    assert_int_equal(command.result.error, ECONNREFUSED);
    command_clear(&command);
}

static void test_results(void **state)
{
    struct command command = alone("server: accept(s) => 10.0.0.1:*");

    (void)state;
    assert_int_equal(command.result.kind, RESULT_ENDPOINT);
    assert_true(command.result.endpoint.any_port);
    assert_false(command.result.endpoint.any_address);
    command_clear(&command);
    command = alone("server: recv(s, 9) => \"hi \\\"you\\\"\"");
    assert_int_equal(command.result.kind, RESULT_DATA);
    assert_int_equal(command.result.data_len, 8);
    assert_memory_equal(command.result.data, "hi \"you\"", 8);
    command_clear(&command);
    command = alone("server: recvfrom(s, 9) => \"hi\" from [fd00::1]:53");
    assert_int_equal(command.result.kind, RESULT_DATA_FROM);
    assert_endpoint(&command.result.endpoint.endpoint, "[fd00::1]:53");
    command_clear(&command);
    command = alone("server: recvfrom(s, 9) => 2");
    assert_int_equal(command.result.number, 2);
    command_clear(&command);
    command = alone("server: => blocks");
    assert_int_equal(command.kind, COMMAND_RESULT);
    assert_string_equal(command.call.thread, "server");
    assert_int_equal(command.result.kind, RESULT_BLOCKS);
    assert_int_equal(command.duration_ns, 0);
    command_clear(&command);
    command = alone("server: =>EAGAIN within 70s");
    assert_int_equal(command.result.kind, RESULT_ERRNO);
    assert_int_equal(command.result.error, EAGAIN);
    assert_int_equal(command.duration_ns, 70 * NS_PER_S);
    command_clear(&command);
}

static void test_demo(void **state)
{
    struct script_names *names = known_names();
    struct command command =
        good_line(names, "demo client/a tcp-client 192.168.0.101:7 \"hello \\x41\"");

    (void)state;
    assert_int_equal(command.kind, COMMAND_DEMO);
    assert_string_equal(command.call.thread, "client/a");
    assert_string_equal(command.demo_args[0], "tcp-client");
    assert_string_equal(command.demo_args[1], "192.168.0.101:7");
    assert_string_equal(command.demo_args[2], "hello A");
    assert_null(command.demo_args[3]);
    command_clear(&command);
    command = good_line(names, "step client/a 3");
    assert_int_equal(command.kind, COMMAND_STEP);
    assert_int_equal(command.times, 3);
    command_clear(&command);
    command = good_line(names, "step client/a.1");
    assert_int_equal(command.times, 1);
    assert_string_equal(command.call.thread, "client/a.1");
    command_clear(&command);
    /* The variables of a demo program are those of its source. */
    command = good_line(names, "expect client.conn ESTABLISHED");
    command_clear(&command);
    command = good_line(names, "client/a: => 0"); /* its last call is not known here */
    assert_null(command.call.def);
    command_clear(&command);
    command = good_line(names, "demo server tcp-echo-server 7");
    assert_null(command.demo_args[2]);
    command_clear(&command);
    command = good_line(names, "pace call");
    assert_int_equal(command.kind, COMMAND_PACE);
    assert_true(command.pace_call);
    command_clear(&command);
    command = good_line(names, "pace run");
    assert_false(command.pace_call);
    command_clear(&command);
    script_names_free(names);
}

static void test_packets(void **state)
{
    static const struct {
        const char *word;
        enum command_kind kind;
    } words[] = {{"deliver", COMMAND_DELIVER},
                 {"drop", COMMAND_DROP},
                 {"duplicate", COMMAND_DUPLICATE},
                 {"corrupt", COMMAND_CORRUPT},
                 {"replay", COMMAND_REPLAY}};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        char *line =
            mem_printf("%s last client:50320->nobody SYN+ACK #3", words[i].word);
        struct command command = alone(line);

        assert_int_equal(command.kind, words[i].kind);
        assert_false(command.all);
        assert_int_equal(command.match.kind, MATCH_SYN_ACK);
        assert_string_equal(command.match.from, "client");
        assert_int_equal(command.match.from_port, 50320);
        assert_string_equal(command.match.to, "nobody");
        assert_true(command.match.last);
        assert_int_equal(command.match.number, 3);
        command_clear(&command);
        command = alone(words[i].word);
        assert_int_equal(command.match.kind, MATCH_ANY);
        command_clear(&command);
        free(line);
    }
    struct command command = alone("deliver all");
    assert_true(command.all);
    command_clear(&command);
    command = alone("unplug server");
    assert_int_equal(command.kind, COMMAND_UNPLUG);
    assert_string_equal(command.host, "server");
    command_clear(&command);
    command = alone("plug server");
    assert_int_equal(command.kind, COMMAND_PLUG);
    command_clear(&command);
    command = alone("kill client");
    assert_int_equal(command.kind, COMMAND_KILL);
    assert_string_equal(command.host, "client");
    assert_string_equal(command.process, "client");
    command_clear(&command);
}

/* After an error, a line still defines what it names: no errors that only follow from
 * it. */
static void test_no_errors_that_follow(void **state)
{
    static const char *const lines[] = {"host web 10.0.0.300",
                                        "web: s = socket(AF_INET, SOCK_STREEM, 0)",
                                        "web: listen(s, 5)", "expect web.s LISTEN"};
    struct script_names *names = known_names();
    lesson_error_list errors = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct command command;

        script_line(lines[i], strlen(lines[i]), (unsigned)i + 1, 1, names, &command,
                    &errors);
        command_clear(&command);
    }
    assert_int_equal(errors.count, 2);
    assert_int_equal(errors.items[1].line, 2);
    lesson_error_list_free(&errors);
    script_names_free(names);
}

/* A line of exactly its length, cut everywhere: ASan sees what reads past the end. */
static void test_every_prefix(void **state)
{
    static const char *const lines[] = {
        "host web 10.0.0.1/8 fd00::1/48 rto=200ms ack=delayed # comment",
        "server/web: t = send(s, \"a\\x41\\\"\" * 400) => \"x\\0\" from [fd00::1]:*",
        "server: => ECONNREFUSED within 70s",
        "expect within 70s server tcp [::]:80 *:* LISTEN backlog>=5 timer=none",
        "expect wire SYN+ACK client:5->server last #2 copies>=2 count=1",
        "server: setsockopt(s, SO_LINGER, \"on,7\")",
        "demo server tcp-client 10.0.0.1:80 \"a \\n b\""};

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        for (size_t len = 0; len <= strlen(lines[i]); len++) {
            struct script_names *names = known_names();
            lesson_error_list errors = {0};
            struct command command;
            char *copy = mem_new(len, 1);

            memcpy(copy, lines[i], len);
            script_line(copy, len, 1, 1, names, &command, &errors);
            command_clear(&command);
            lesson_error_list_free(&errors);
            script_names_free(names);
            free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blank_lines),
        cmocka_unit_test(test_comments_and_places),
        cmocka_unit_test(test_host),
        cmocka_unit_test(test_too_many_hosts),
        cmocka_unit_test(test_world),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_demo),
        cmocka_unit_test(test_packets),
        cmocka_unit_test(test_no_errors_that_follow),
        cmocka_unit_test(test_every_prefix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
