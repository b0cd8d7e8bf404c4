/* What a call gave against its RESULT. */
#include <errno.h>

#include "lesson/expect.h"
#include "script_lines.h"

/* Whether the reply fits what stands after "=>" of the call; found is "" when it does.
 */
static void check(const char *call, const struct call_reply *reply, const char *data,
                  const char *expected)
{
    struct script_names *names = known_names();
    struct command command = good_line(names, call);
    struct buf found = {0};
    bool fits = result_fits(&command.result, command.call.def, reply, data, &found);

    if (fits != !*expected || strcmp(buf_text(&found), expected) != 0)
        fail_msg("%s\n  gives: %s '%s'\n  not:   '%s'", call, fits ? "fits" : "not",
                 buf_text(&found), expected);
    buf_free(&found);
    command_clear(&command);
    script_names_free(names);
}

static void test_numbers(void **state)
{
    const struct call_reply zero = {0}, five = {.result = 5, .data_len = 5};
    const struct call_reply refused = {.result = -1, .error = ECONNREFUSED};
    const struct call_reply unknown = {.result = -1, .error = 9999};

    (void)state;
    check("server: connect(s, 10.0.0.1:9)", &zero, NULL, "");
    check("server: connect(s, 10.0.0.1:9)", &refused, NULL, "ECONNREFUSED");
    check("server: connect(s, 10.0.0.1:9)", &unknown, NULL, "errno 9999");
    check("server: connect(s, 10.0.0.1:9) => 0", &zero, NULL, "");
    check("server: connect(s, 10.0.0.1:9) => 0", &refused, NULL, "ECONNREFUSED");
    check("server: connect(s, 10.0.0.1:9) => -1", &refused, NULL, "");
    check("server: connect(s, 10.0.0.1:9) => ECONNREFUSED", &refused, NULL, "");
    check("server: connect(s, 10.0.0.1:9) => ETIMEDOUT", &refused, NULL, "ECONNREFUSED");
    check("server: connect(s, 10.0.0.1:9) => ECONNREFUSED", &zero, NULL, "0");
    check("server: connect(s, 10.0.0.1:9) => blocks", &zero, NULL, "0");
    check("server: recv(s, 9) => 5", &five, "hello", "");
    check("server: recv(s, 9) => 4", &five, "hello", "5");
    check("server: recv(s, 9) => blocks", &five, "hello", "\"hello\"");
    check("server: recv(s, 9) => blocks", &zero, NULL, "0");
}

static void test_data(void **state)
{
    const struct call_reply five = {.result = 5, .data_len = 5}, zero = {0};
    struct call_reply many = {.result = 100, .data_len = 100};
    struct call_reply from = five;
    char data[100];

    (void)state;
    memset(data, 'x', sizeof(data));
    assert_int_equal(endpoint_parse("10.0.0.1:9", &from.endpoint), 0);
    check("server: recv(s, 9) => \"hello\"", &five, "hello", "");
    check("server: recv(s, 9) => \"hell\"", &five, "hello", "\"hello\"");
    check("server: recv(s, 9) => \"hella\"", &five, "he\n\xff\0", "\"he\\n\\xff\\x00\"");
    check("server: recv(s, 9) => \"\"", &zero, NULL, "");
    check("server: recv(s, 9) => \"a\"", &zero, NULL, "0");
    check("server: recv(s, 100) => \"a\"", &many, data,
          "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"... (100 bytes)");
    check("server: recvfrom(s, 9) => \"hello\" from 10.0.0.1:*", &from, "hello", "");
    check("server: recvfrom(s, 9) => \"hello\" from 10.0.0.2:*", &from, "hello",
          "\"hello\" from 10.0.0.1:9");
    check("server: recvfrom(s, 9) => \"bye\" from 10.0.0.1:9", &from, "hello",
          "\"hello\" from 10.0.0.1:9");
    check("server: recvfrom(s, 9) => 10.0.0.1:9", &from, "hello", "");
    check("server: recvfrom(s, 9) => 5", &from, "hello", "");
    from.error = EAGAIN;
    check("server: recvfrom(s, 9) => 10.0.0.1:9", &from, NULL, "EAGAIN");
}

static void test_endpoints(void **state)
{
    struct call_reply reply = {.result = 4};
    const struct call_reply wrong = {.result = -1, .error = EINVAL};

    (void)state;
    assert_int_equal(endpoint_parse("192.168.0.110:41900", &reply.endpoint), 0);
    check("server: accept(s) => 192.168.0.110:*", &reply, NULL, "");
    check("server: accept(s) => *:41900", &reply, NULL, "");
    check("server: accept(s) => 192.168.0.110:1", &reply, NULL, "192.168.0.110:41900");
    check("server: accept(s) => blocks", &reply, NULL, "192.168.0.110:41900");
    check("server: accept(s) => 4", &reply, NULL, "");
    check("server: accept(s) => 5", &reply, NULL, "4");
    check("server: accept(s) => *:*", &wrong, NULL, "EINVAL");
}

static void test_options(void **state)
{
    struct call_reply reply = {.result = ECONNREFUSED, .so_error = ECONNREFUSED};
    const struct call_reply failed = {.result = -1, .error = ENOPROTOOPT};

    (void)state;
    check("server: getsockopt(s, SO_ERROR) => ECONNREFUSED", &reply, NULL, "");
    check("server: getsockopt(s, SO_ERROR) => ETIMEDOUT", &reply, NULL, "ECONNREFUSED");
    check("server: getsockopt(s, SO_ERROR) => 0", &reply, NULL, "ECONNREFUSED");
    check("server: getsockopt(s, SO_ERROR) => ENOPROTOOPT", &failed, NULL, "");
    reply.result = reply.so_error = 0;
    check("server: getsockopt(s, SO_ERROR) => 0", &reply, NULL, "");
    check("server: getsockopt(s, SO_ERROR) => ECONNREFUSED", &reply, NULL, "0");
    /* Of any other option or call a number is no errno. */
    reply.result = ECONNREFUSED;
    check("server: getsockopt(s, TCP_KEEPIDLE) => ECONNREFUSED", &reply, NULL, "111");
    check("server: getsockopt(s, TCP_KEEPIDLE) => 111", &reply, NULL, "");
    check("server: recv(s, 500) => ECONNREFUSED", &reply, NULL, "111");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_endpoints),
        cmocka_unit_test(test_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
