/* A lesson's lab lines as one script: order, steps, tasks, lifelines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/script.h"

/* "PAGE.BLOCK STEP TEXT" for each command, the steps of each page, the hosts, the
 * errors. */
static void check_script(const char *body, const char *expected)
{
    char *text = mem_printf("# T\n\n## P\n\n%s", body);
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("a.md", text, strlen(text), &errors);
    struct script script;
    struct buf out = {0};

    script_compile(lesson, &script, &errors);
    lesson_error_list_sort(&errors);
    vec_each (command, &script.commands)
        buf_printf(&out, "%u.%u %u%s %s\n", command->page, command->block, command->step,
                   command->joins ? "+" : "", command->text);
    for (size_t i = 0; i < lesson->pages.count; i++)
        buf_printf(&out, "%u ", script.steps[i]);
    for (unsigned i = 0; i < script.host_count; i++)
        buf_printf(&out, "%s ", script.hosts[i].name);
    buf_puts(&out, "\n");
    vec_each (error, &errors)
        buf_printf(&out, "%u:%u: %s\n", error->line, error->column, error->text);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
    script_free(&script);
    lesson_error_list_free(&errors);
    lesson_free(lesson);
    free(text);
}

#define LAB "```lab\n"
#define END "```\n"
#define SETUP "```lab setup\nhost a 10.0.0.1\nhost b 10.0.0.2\n" END

static void test_steps(void **state)
{
    (void)state;
    check_script(
        LAB "wire hold\nhost a 10.0.0.1\n"
            "a: s = socket(AF_INET, SOCK_STREAM, 0)\nexpect a.s CLOSED\n\n"
            "# a comment\n"
            "a: accept(s) => blocks\na: => EINVAL\nexpect a idle\n"
            "wire flow\nexpect wire empty\nwait 1s\nexpect wire empty\n"
            "pace call\nexpect wire empty\n" END,
        "0.0 1 wire hold\n0.0 1 host a 10.0.0.1\n"
        "0.0 1 a: s = socket(AF_INET, SOCK_STREAM, 0)\n"
        "0.0 1 expect a.s CLOSED\n"
        "0.0 2 a: accept(s) => blocks\n0.0 2 a: => EINVAL\n0.0 2 expect a idle\n"
        "0.0 3 wire flow\n0.0 3 expect wire empty\n0.0 3 wait 1s\n"
        "0.0 3 expect wire empty\n"
        "0.0 3 pace call\n0.0 3 expect wire empty\n"
        "3 a \n");
}

static void test_all_that_acts(void **state)
{
    (void)state;
    check_script(LAB "host server 10.0.0.1\ndemo server tcp-echo-server 7\nstep server\n"
                     "deliver\ndrop\nduplicate\ncorrupt\nreplay\nunplug server\n"
                     "plug server\nkill server\nwait 1s\n" END,
                 "0.0 1 host server 10.0.0.1\n0.0 1 demo server tcp-echo-server 7\n"
                 "0.0 2 step server\n0.0 3 deliver\n0.0 4 drop\n0.0 5 duplicate\n"
                 "0.0 6 corrupt\n0.0 7 replay\n0.0 8 unplug server\n0.0 9 plug server\n"
                 "0.0 10 kill server\n0.0 11 wait 1s\n11 server \n");
}

static void test_steps_of_pages(void **state)
{
    (void)state;
    /* A block that does nothing is one step; each page counts from 1; setup has none. */
    check_script(SETUP LAB "wait 1s\n" END "\nText\n\n" LAB
                           "expect wire empty\nreset\n" END "\n## Q\n\n" LAB END LAB
                           "wire flow\nwait 2s\n" END,
                 "0.0 0 host a 10.0.0.1\n0.0 0 host b 10.0.0.2\n0.1 1 wait 1s\n"
                 "0.3 2 expect wire empty\n0.3 2 reset\n1.1 1 wire flow\n1.1 1 wait 2s\n"
                 "2 1 a b \n");
}

static void test_joins(void **state)
{
    (void)state;
    check_script(LAB "wait 1s\n+ wait 2s\n+ wire flow\nexpect wire empty\nwait 3s\n" END,
                 "0.0 1 wait 1s\n0.0 1+ wait 2s\n0.0 1+ wire flow\n"
                 "0.0 1 expect wire empty\n0.0 2 wait 3s\n2 \n");
    check_script(LAB "wait 1s\n" END "\n" LAB "+ wait 2s\n" END,
                 "0.0 1 wait 1s\n0.1 2+ wait 2s\n2 \n"
                 "10:3: '+' joins the step before, and there is none in this block: "
                 "expected the line without it\n");
}

static void test_task(void **state)
{
    (void)state;
    /* The solution sets what the task expects, and stands after it. */
    check_script(SETUP "```lab task\nexpect a.s LISTEN\n" END "\n<!-- note: Try. -->\n\n"
                       "```lab solution\na: s = socket(AF_INET, SOCK_STREAM, 0)\n"
                       "a: listen(s, 5)\n" END LAB "a: close(s)\n" END,
                 "0.0 0 host a 10.0.0.1\n0.0 0 host b 10.0.0.2\n"
                 "0.1 0 expect a.s LISTEN\n"
                 "0.3 0 a: s = socket(AF_INET, SOCK_STREAM, 0)\n0.3 0 a: listen(s, 5)\n"
                 "0.4 1 a: close(s)\n1 b a \n");
}

/* A setup block runs as its page opens: what it names is there for the lines above. */
static void test_setup_below(void **state)
{
    (void)state;
    check_script(LAB "a: s = socket(AF_INET, SOCK_STREAM, 0)\n" END "\n" SETUP
                     "\n## Q\n\n" LAB "wait 1s\n" END,
                 "0.1 0 host a 10.0.0.1\n0.1 0 host b 10.0.0.2\n"
                 "0.0 1 a: s = socket(AF_INET, SOCK_STREAM, 0)\n1.0 1 wait 1s\n"
                 "1 1 a b \n");
    check_script(LAB "a: close(s)\n" END "\n## Q\n\n" SETUP,
                 "1.0 0 host a 10.0.0.1\n1.0 0 host b 10.0.0.2\n0 0 a b \n"
                 "6:1: unknown host 'a': expected a 'host' line before it\n");
}

static void test_task_errors(void **state)
{
    (void)state;
    check_script(
        "```lab task\nexpect wire empty\nwait 1s\n" END,
        "0.0 0 expect wire empty\n0.0 0 wait 1s\n0 \n"
        "5:1: a task without solution: expected a 'lab solution' block right "
        "after it\n"
        "7:1: a task holds only 'expect' lines: expected this one in a 'lab' or "
        "'lab solution' block\n");
    check_script("```lab task\n" END "\n```lab solution\nwait 1s\n" END,
                 "0.1 0 wait 1s\n0 \n"
                 "5:1: a task without lines: expected an 'expect' line\n");
    check_script(
        "```lab solution\nwait 1s\n" END,
        "0 \n5:1: a solution without task: expected a 'lab task' block right "
        "before it\n");
    /* Not across other lab blocks, not twice, not on another page. */
    check_script(
        "```lab task\nexpect wire empty\n" END LAB "wait 1s\n" END
        "```lab solution\nwait 2s\n" END,
        "0.0 0 expect wire empty\n0.1 1 wait 1s\n1 \n"
        "5:1: a task without solution: expected a 'lab solution' block right "
        "after it\n"
        "11:1: a solution without task: expected a 'lab task' block right before "
        "it\n");
    check_script("```lab task\nexpect wire empty\n" END "\nA hint.\n\n"
                 "```lab solution\nwait 2s\n" END,
                 "0.0 0 expect wire empty\n0 \n"
                 "5:1: a task without solution: expected a 'lab solution' block right "
                 "after it\n"
                 "11:1: a solution without task: expected a 'lab task' block right "
                 "before it\n");
}

static void test_hosts(void **state)
{
    (void)state;
    /* Who waits for others, or only binds, stands on the right. */
    check_script(LAB
                 "host l 10.0.0.1\nhost b 10.0.0.2\nhost d 10.0.0.3\nhost c 10.0.0.4\n"
                 "host e 10.0.0.5\nl/x: s = socket(AF_INET, SOCK_STREAM, 0)\n"
                 "l: listen(s, 1)\nb: s = socket(AF_INET, SOCK_DGRAM, 0)\n"
                 "b: bind(s, *:5)\ndemo d udp-echo-server 7\n"
                 "demo c tcp-client 10.0.0.1:5\nreset\nhost z 10.0.0.9\n"
                 "host e 10.0.0.5\ndemo e udp-echo-server 7\n" END,
                 "0.0 1 host l 10.0.0.1\n0.0 1 host b 10.0.0.2\n0.0 1 host d 10.0.0.3\n"
                 "0.0 1 host c 10.0.0.4\n0.0 1 host e 10.0.0.5\n"
                 "0.0 1 l/x: s = socket(AF_INET, SOCK_STREAM, 0)\n"
                 "0.0 2 l: listen(s, 1)\n"
                 "0.0 3 b: s = socket(AF_INET, SOCK_DGRAM, 0)\n0.0 4 b: bind(s, *:5)\n"
                 "0.0 5 demo d udp-echo-server 7\n0.0 6 demo c tcp-client 10.0.0.1:5\n"
                 "0.0 7 reset\n0.0 7 host z 10.0.0.9\n0.0 7 host e 10.0.0.5\n"
                 "0.0 7 demo e udp-echo-server 7\n7 c e l b d \n");
}

/* A client may bind its port first; after a reset the new lab's hosts count. */
static void test_hosts_of_the_next_lab(void **state)
{
    static const char text[] =
        "# T\n\nS.\n\n## P\n\n```lab\nhost a 10.0.0.1\nreset\nhost s 10.0.0.1\n"
        "host c 10.0.0.2\ns: l = socket(AF_INET, SOCK_STREAM, 0)\ns: listen(l, 1)\n"
        "c: k = socket(AF_INET, SOCK_STREAM, 0)\nc: bind(k, *:50320)\n"
        "c: connect(k, 10.0.0.1:80)\n```\n";
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("x.md", text, strlen(text), &errors);
    const struct command *reset;
    struct script script;

    (void)state;
    script_compile(lesson, &script, &errors);
    assert_int_equal(errors.count, 0);
    assert_int_equal(script.host_count, 1);
    assert_string_equal(script.hosts[0].name, "a");
    reset = &script.commands.items[1];
    assert_int_equal(reset->kind, COMMAND_RESET);
    assert_int_equal(reset->lab_host_count, 2);
    assert_string_equal(reset->lab_hosts[0].name, "c");
    assert_string_equal(reset->lab_hosts[1].name, "s");
    script_free(&script);
    lesson_free(lesson);
}

static void test_all_errors(void **state)
{
    (void)state;
    check_script("```lab tusk\n" END LAB "wiat 1s\n\tdeliver SNY\n" END
                 "\n- [x] a\n\n" LAB "wait x\n" END,
                 "0 \n"
                 "5:8: unknown word 'tusk' after 'lab': expected 'setup', 'task' or "
                 "'solution'\n"
                 "8:1: unknown command 'wiat'; did you mean 'wait'?\n"
                 "9:10: unknown word 'SNY'; did you mean 'SYN'?\n"
                 "12:4: a question needs a paragraph before it that asks it\n"
                 "15:6: 'x' is no duration: expected one such as 500ms or 2s\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_all_that_acts),
        cmocka_unit_test(test_steps_of_pages),
        cmocka_unit_test(test_joins),
        cmocka_unit_test(test_task),
        cmocka_unit_test(test_setup_below),
        cmocka_unit_test(test_task_errors),
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_all_errors),
        cmocka_unit_test(test_hosts_of_the_next_lab),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
