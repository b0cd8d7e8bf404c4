/* variables: the name that a line of C gives to what a call returns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "demo/programs.h"
#include "lab/lab_private.h"

static const struct {
    const char *line, *call, *name;
} lines[] = {
    {"conn = accept(listener, NULL, NULL);", "accept", "conn"},
    {"    listener = socket(AF_INET, SOCK_STREAM, 0);", "socket", "listener"},
    {"int s=socket(AF_INET, SOCK_STREAM, 0);", "socket", "s"},
    {"static int   fd_2   =   accept(s, NULL, NULL);", "accept", "fd_2"},
    {"while ((n = recv(conn, data, sizeof(data), 0)) > 0) {", "recv", "n"},
    {"if ((fd = accept(listener, NULL, NULL)) < 0)", "accept", "fd"},
    {"*out = accept(s, NULL, NULL);", "accept", "out"},
    /* No name. */
    {"accept(listener, NULL, NULL);", "accept", ""},
    {"if (bind(s, (struct sockaddr *)&here, sizeof(here)) < 0)", "bind", ""},
    {"return socket(AF_INET, SOCK_STREAM, 0);", "socket", ""},
    {"if (n == recv(s, data, 1, 0))", "recv", ""},
    {"if (n != recv(s, data, 1, 0))", "recv", ""},
    {"total += recv(s, data, 1, 0);", "recv", ""},
    {"conns[i] = accept(s, NULL, NULL);", "accept", ""},
    {"f(a, accept(s, NULL, NULL));", "accept", ""},
    {"= accept(s, NULL, NULL);", "accept", ""},
    /* Another call, or only its beginning. */
    {"n = recvfrom(s, data, 1, 0, NULL, NULL);", "recv", ""},
    {"n = my_recv(s, data, 1, 0);", "recv", ""},
    {"n = my_recv(m = recv(s, data, 1, 0));", "recv", "m"},
    {"n = recv;", "recv", ""},
    {"n = recv", "recv", ""},
    {"n = rec", "recv", ""},
    {"", "recv", ""},
    /* Names that a lesson could not write. */
    {"a23456789012345 = accept(s, NULL, NULL);", "accept", "a23456789012345"},
    {"a234567890123456 = accept(s, NULL, NULL);", "accept", ""},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        char name[NAME_TEXT],
            *text = mem_printf("one\n\n%s\nfour = accept(1)", lines[i].line);

        var_in_source(lines[i].line, 1, lines[i].call, name);
        if (strcmp(name, lines[i].name) != 0)
            fail_msg("%s\n gives '%s'", lines[i].line, name);
        /* The same as one line of several. */
        var_in_source(text, 3, lines[i].call, name);
        assert_string_equal(name, lines[i].name);
        free(text);
    }
}

static void test_no_such_line(void **state)
{
    char name[NAME_TEXT] = "x";

    (void)state;
    var_in_source(NULL, 1, "accept", name);
    assert_string_equal(name, "");
    var_in_source("c = accept(s)", 0, "accept", name);
    assert_string_equal(name, "");
    var_in_source("c = accept(s)", 2, "accept", name);
    assert_string_equal(name, "");
    var_in_source("c = accept(s)\n", 4000000000u, "accept", name);
    assert_string_equal(name, "");
    var_in_source("", 1, "accept", name);
    assert_string_equal(name, "");
}

/* Every demo program's socket() has a name that an expectation can use. */
static void test_demo_programs(void **state)
{
    (void)state;
    for (const struct demo_program *demo = demo_programs; demo->name; demo++) {
        char *text = mem_strdup(demo->source), *rest = text, *line;
        char name[NAME_TEXT];
        unsigned number = 0, found = 0;

        while ((line = strsep(&rest, "\n"))) {
            number++;
            if (!strstr(line, "= socket("))
                continue;
            var_in_source(demo->source, number, "socket", name);
            if (!name[0])
                fail_msg("%s:%u: %s", demo->name, number, line);
            found++;
        }
        if (!found)
            fail_msg("%s has no socket", demo->name);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_no_such_line),
        cmocka_unit_test(test_demo_programs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
