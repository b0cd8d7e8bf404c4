/* options: the options of one command. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdbool.h>

#include <cmocka.h>

#include "base/clock.h"
#include "cmd/options.h"

struct read {
    bool flag;
    const char *text;
    int count;
    char *argv[10];
};

/* Reads the words, the last of which is NULL. */
static struct read read_words(const char *const *words)
{
    static char name[] = "command";
    struct read read = {.argv = {name}};
    const struct option_def defs[] = {{"--flag", NULL, "a flag", &read.flag, NULL},
                                      {"--text", "WORD", "a word", NULL, &read.text},
                                      {NULL, NULL, NULL, NULL, NULL}};
    int argc = 1;

    for (; *words; words++)
        read.argv[argc++] = (char *)*words;
    read.count = options_read(argc, read.argv, defs, "command", "For this test.");
    return read;
}

#define READ(...) read_words((const char *const[]){__VA_ARGS__, NULL})

static void test_none(void **state)
{
    struct read read = read_words((const char *const[]){NULL});

    (void)state;
    assert_int_equal(read.count, 0);
    assert_false(read.flag);
    assert_null(read.text);
}

static void test_options(void **state)
{
    struct read read = READ("a", "--flag", "b", "--text", "w", "c");

    (void)state;
    assert_int_equal(read.count, 3);
    assert_true(read.flag);
    assert_string_equal(read.text, "w");
    assert_string_equal(read.argv[1], "a");
    assert_string_equal(read.argv[2], "b");
    assert_string_equal(read.argv[3], "c");
    read = READ("--text=x=y");
    assert_string_equal(read.text, "x=y");
    read = READ("--text=");
    assert_string_equal(read.text, "");
    /* A value may look like an option; the last one counts. */
    read = READ("--text", "--flag", "--text", "z");
    assert_string_equal(read.text, "z");
    assert_false(read.flag);
    /* A dash alone is a name, and behind -- all is. */
    read = READ("-", "--", "--flag", "--", "-x");
    assert_int_equal(read.count, 4);
    assert_string_equal(read.argv[1], "-");
    assert_string_equal(read.argv[2], "--flag");
    assert_string_equal(read.argv[3], "--");
    assert_false(read.flag);
}

static void test_wrong(void **state)
{
    (void)state;
    assert_int_equal(READ("--nothing").count, -1);
    assert_int_equal(READ("--fla").count, -1);
    assert_int_equal(READ("--flags").count, -1);
    assert_int_equal(READ("-f").count, -1);
    assert_int_equal(READ("--flag=1").count, -1);
    assert_int_equal(READ("--text").count, -1);
    assert_int_equal(READ("a", "--text").count, -1);
    assert_int_equal(READ("--=x").count, -1);
}

static void test_help(void **state)
{
    (void)state;
    assert_int_equal(READ("--help").count, -2);
    assert_int_equal(READ("-h").count, -2);
    assert_int_equal(READ("--", "--help").count, 1);
    assert_int_equal(READ("--text", "--help").count, 0);
}

static void test_number(void **state)
{
    static const char *const wrong[] = {
        "", "x", "1x", "0", "65", "-1", "1.5", "99999999999999999999", " "};
    long number;

    (void)state;
    assert_int_equal(options_number("--jobs", "1", 1, 64, &number), 0);
    assert_int_equal(number, 1);
    assert_int_equal(options_number("--jobs", "64", 1, 64, &number), 0);
    assert_int_equal(number, 64);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(options_number("--jobs", wrong[i], 1, 64, &number), -1);
}

static void test_duration(void **state)
{
    static const char *const wrong[] = {"",
                                        "3",
                                        "s",
                                        "3 s",
                                        "3m",
                                        "-1s",
                                        "601s",
                                        "3.5s",
                                        "600001ms",
                                        "3sx",
                                        "99999999999999999999s",
                                        "9223372036855s"};
    int64_t ns;

    (void)state;
    assert_int_equal(options_duration("--pause", "500ms", &ns), 0);
    assert_int_equal(ns, 500 * NS_PER_MS);
    assert_int_equal(options_duration("--pause", "600s", &ns), 0);
    assert_int_equal(ns, 600 * NS_PER_S);
    assert_int_equal(options_duration("--pause", "0s", &ns), 0);
    assert_int_equal(ns, 0);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (options_duration("--pause", wrong[i], &ns) != -1)
            fail_msg("accepted: %s", wrong[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),   cmocka_unit_test(test_options),
        cmocka_unit_test(test_wrong),  cmocka_unit_test(test_help),
        cmocka_unit_test(test_number), cmocka_unit_test(test_duration),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
