/* Expect lines that are fine: every field of the expectation. */
#include "base/clock.h"
#include "script_lines.h"

static struct command alone(const char *line)
{
    struct script_names *names = known_names();
    struct command command = good_line(names, line);

    assert_int_equal(command.kind, COMMAND_EXPECT);
    script_names_free(names);
    return command;
}

static void test_var(void **state)
{
    struct command command = alone("expect server.s LISTEN");
    struct expectation *expect = &command.expect;

    (void)state;
    assert_int_equal(expect->kind, EXPECT_VAR);
    assert_string_equal(expect->host, "server");
    assert_string_equal(expect->process, "server");
    assert_string_equal(expect->var, "s");
    assert_int_equal(expect->state_kind, EXPECT_STATE_TCP);
    assert_int_equal(expect->state, STATE_LISTEN);
    assert_int_equal(expect->within_ns, 0);
    assert_int_equal(expect->conditions.count, 0);
    command_clear(&command);
    command = alone("expect within 70s server.s CLOSED");
    assert_int_equal(expect->within_ns, 70 * NS_PER_S);
    assert_int_equal(expect->state, STATE_CLOSED);
    command_clear(&command);
}

static void test_states(void **state)
{
    static const struct {
        const char *word;
        enum expect_state_kind kind;
        enum tcp_state state;
    } words[] = {
        {"SYN-RECEIVED", EXPECT_STATE_TCP, STATE_SYN_RECEIVED},
        {"SYN-RECV", EXPECT_STATE_TCP, STATE_SYN_RECEIVED},
        {"SYN_RECV", EXPECT_STATE_TCP, STATE_SYN_RECEIVED},
        {"ESTAB", EXPECT_STATE_TCP, STATE_ESTABLISHED},
        {"FIN_WAIT2", EXPECT_STATE_TCP, STATE_FIN_WAIT_2},
        {"bound", EXPECT_STATE_BOUND, STATE_NONE},
        {"unconnected", EXPECT_STATE_UNCONNECTED, STATE_NONE},
        {"connected", EXPECT_STATE_CONNECTED, STATE_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        char *line = mem_printf("expect server.s %s", words[i].word);
        struct command command = alone(line);

        assert_int_equal(command.expect.state_kind, words[i].kind);
        assert_int_equal(command.expect.state, words[i].state);
        command_clear(&command);
        free(line);
    }
}

static void test_fields(void **state)
{
    struct command command =
        alone("expect server.s LISTEN recvq=1 sendq>=2 retrans<=3 backlog=4 cwnd=5 "
              "ssthresh=6 rto>=200 timer=time-wait");

    (void)state;
    assert_int_equal(command.expect.conditions.count, FIELD_COUNT);
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        static const enum compare compares[] = {COMPARE_EQUAL, COMPARE_AT_LEAST,
                                                COMPARE_AT_MOST};
        static const int values[] = {1, 2, 3, 4, 5, 6, 200, 0};
        struct expect_condition *condition = &command.expect.conditions.items[i];

        assert_int_equal(condition->field, i);
        assert_int_equal(condition->compare, i < 3    ? compares[i]
                                             : i == 6 ? COMPARE_AT_LEAST
                                                      : COMPARE_EQUAL);
        assert_int_equal(condition->value, values[i]);
        if (i == FIELD_TIMER)
            assert_int_equal(condition->timer, TIMER_TIME_WAIT);
    }
    command_clear(&command);
}

static void test_socket(void **state)
{
    struct command command = alone(
        "expect server tcp 192.168.0.101:6666 192.168.0.110:* ESTABLISHED recvq=0");
    struct expectation *expect = &command.expect;

    (void)state;
    assert_int_equal(expect->kind, EXPECT_SOCKET);
    assert_int_equal(expect->proto, PROTO_TCP);
    assert_int_equal(expect->local.endpoint.port, 6666);
    assert_false(expect->local.any_address);
    assert_true(expect->remote.any_port);
    assert_false(expect->remote.any_address);
    assert_int_equal(expect->conditions.count, 1);
    command_clear(&command);
    command = alone("expect server udp [::]:53 * unconnected");
    assert_int_equal(expect->proto, PROTO_UDP);
    assert_true(expect->remote.any_address && expect->remote.any_port);
    command_clear(&command);
    command = alone("expect no server *:6666 *:*");
    assert_int_equal(expect->kind, EXPECT_NO);
    assert_int_equal(expect->state_kind, EXPECT_STATE_ANY);
    assert_int_equal(expect->proto, PROTO_NONE);
    command_clear(&command);
    command = alone("expect no server *:6666 *:* TIME-WAIT");
    assert_int_equal(expect->state, STATE_TIME_WAIT);
    command_clear(&command);
}

static void test_count(void **state)
{
    static const struct {
        const char *text;
        enum compare compare;
    } texts[] = {{"= 3", COMPARE_EQUAL},
                 {"=3", COMPARE_EQUAL},
                 {">= 3", COMPARE_AT_LEAST},
                 {"<=3", COMPARE_AT_MOST}};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char *line = mem_printf("expect count server ESTABLISHED %s", texts[i].text);
        struct command command = alone(line);

        assert_int_equal(command.expect.kind, EXPECT_COUNT);
        assert_string_equal(command.expect.host, "server");
        assert_int_equal(command.expect.compare, texts[i].compare);
        assert_int_equal(command.expect.count, 3);
        command_clear(&command);
        free(line);
    }
}

static void test_wire(void **state)
{
    struct command command = alone("expect wire SYN client->server copies>=2 count=1");
    struct expectation *expect = &command.expect;

    (void)state;
    assert_int_equal(expect->kind, EXPECT_WIRE);
    assert_int_equal(expect->match.kind, MATCH_SYN);
    assert_string_equal(expect->match.to, "server");
    assert_int_equal(expect->copies_compare, COMPARE_AT_LEAST);
    assert_int_equal(expect->copies, 2);
    assert_int_equal(expect->compare, COMPARE_EQUAL);
    assert_int_equal(expect->count, 1);
    command_clear(&command);
    command = alone("expect wire ->server");
    assert_int_equal(expect->copies, -1);
    assert_int_equal(expect->count, -1);
    command_clear(&command);
    command = alone("expect wire empty");
    assert_int_equal(expect->kind, EXPECT_WIRE_EMPTY);
    command_clear(&command);
}

static void test_threads(void **state)
{
    struct command command = alone("expect server blocked recv");

    (void)state;
    assert_int_equal(command.expect.kind, EXPECT_BLOCKED);
    assert_string_equal(command.expect.thread, "server");
    assert_string_equal(command.expect.call, "recv");
    command_clear(&command);
    command = alone("expect within 5s server idle");
    assert_int_equal(command.expect.kind, EXPECT_IDLE);
    assert_int_equal(command.expect.within_ns, 5 * NS_PER_S);
    command_clear(&command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_var),     cmocka_unit_test(test_states),
        cmocka_unit_test(test_fields),  cmocka_unit_test(test_socket),
        cmocka_unit_test(test_count),   cmocka_unit_test(test_wire),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
