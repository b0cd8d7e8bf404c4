/* Helpers of the tests of lab lines: reads one after a few that set names. Each test
 * program is one thread. */
#ifndef SOCKETARIUM_TESTS_SCRIPT_LINES_H
#define SOCKETARIUM_TESTS_SCRIPT_LINES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/script.h"

/* What the line may refer to: server.s is a socket, server.n a number. */
static inline struct script_names *known_names(void)
{
    static const char *const lines[] = {
        "host server 192.168.0.101", "host client 192.168.0.110",
        "server: s = socket(AF_INET, SOCK_STREAM, 0)", "server: n = recv(s, 5)"};
    struct script_names *names = script_names_new();
    lesson_error_list errors = {0};

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct command command;

        assert_true(
            script_line(lines[i], strlen(lines[i]), 1, 1, names, &command, &errors));
        command_clear(&command);
    }
    assert_int_equal(errors.count, 0);
    return names;
}

/* "COLUMN: text", one line for each. */
static inline char *errors_text(const lesson_error_list *errors)
{
    struct buf text = {0};

    vec_each (error, errors)
        buf_printf(&text, "%s%u: %s", text.len ? "\n" : "", error->column, error->text);
    return buf_take(&text);
}

/* A line that must be fine; the caller clears the command. */
static inline struct command good_line(struct script_names *names, const char *line)
{
    struct command command;
    lesson_error_list errors = {0};

    if (!script_line(line, strlen(line), 7, 1, names, &command, &errors))
        fail_msg("%s\n%s", line, errors.count ? errors.items[0].text : "no command");
    assert_int_equal(errors.count, 0);
    assert_int_equal(command.line, 7);
    return command;
}

struct bad_line {
    const char *line, *errors;
};

/* Each line alone gives just these errors, and no command. */
static inline void check_bad_lines(const struct bad_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct script_names *names = known_names();
        lesson_error_list errors = {0};
        struct command command;
        char *text;

        if (script_line(lines[i].line, strlen(lines[i].line), 3, 1, names, &command,
                        &errors))
            fail_msg("accepted: %s", lines[i].line);
        text = errors_text(&errors);
        if (strcmp(text, lines[i].errors) != 0)
            fail_msg("%s\n  gives: %s\n  not:   %s", lines[i].line, text,
                     lines[i].errors);
        vec_each (error, &errors)
            assert_int_equal(error->line, 3);
        free(text);
        lesson_error_list_free(&errors);
        script_names_free(names);
    }
}

#endif
