/* ran, undo, save: what they make of events that stand here. That what is saved passes
 * check is tested live. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "lesson/library.h"
#include "lesson/save.h"
#include "lesson/undo.h"

static struct event events[64];
static size_t count;

static struct event *add(enum event_kind kind)
{
    struct event *event = &events[count];

    event->seq = count;
    event->kind = kind;
    count++;
    return event;
}

static void step(enum step_status status, unsigned line, const char *text)
{
    struct event *event = add(EVENT_STEP);

    event->step.page = 1;
    event->step.status = status;
    event->step.line = line;
    event->step.text = text ? mem_strdup(text) : NULL;
}

static void call(const char *thread, const char *name, enum call_status status,
                 const char *error)
{
    struct event *event = add(EVENT_CALL);

    strcpy(event->call.thread, thread);
    event->call.call = mem_strdup(name);
    event->call.args = mem_strdup("");
    event->call.status = status;
    event->call.result = status == CALL_RETURNED ? mem_strdup(error ? "-1" : "0") : NULL;
    event->call.error = error ? mem_strdup(error) : NULL;
}

static void typed(const char *text, const char *why)
{
    step(STEP_STARTED, 0, NULL);
    step(STEP_LINE, 0, text);
    if (why)
        step(STEP_REFUSED, 0, why);
    step(STEP_DONE, 0, NULL);
}

static int set_up(void **state)
{
    struct event *lab;

    (void)state;
    count = 0;
    lab = add(EVENT_LAB);
    lab->lab.format = 1;
    lab->lab.text = mem_strdup("# Test\n");
    step(STEP_STARTED, 0, NULL);
    step(STEP_LINE, 8, "host a 10.0.0.1");
    lab = add(EVENT_HOST);
    strcpy(lab->host.host, "a");
    step(STEP_LINE, 9, "wire hold");
    step(STEP_DONE, 0, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++)
        event_clear(&events[i]);
    return 0;
}

static void undone(const char *expected, bool any)
{
    undo_list lines = {0};
    struct buf text = {0};

    assert_int_equal(undo_lines(events, count, &lines), any);
    vec_each (line, &lines)
        buf_printf(&text, "%s\n", *line);
    assert_string_equal(buf_text(&text), expected);
    undo_list_free(&lines);
    buf_free(&text);
}

static void saved(const char *title, const char *expected)
{
    struct buf text = {0};
    struct loaded loaded;

    save_lesson(events, count, title, &text);
    assert_string_equal(buf_text(&text), expected);
    library_load_text("saved.md", text.data, text.len, &loaded);
    assert_int_equal(loaded.errors.count, 0);
    loaded_free(&loaded);
    buf_free(&text);
}

/* Lines that did nothing are not taken back, nor typed again. */
static void test_undo(void **state)
{
    (void)state;
    undone("", false);
    typed("host b 10.0.0.2", NULL);
    undone("", true);
    step(STEP_REFUSED, 0, "frob: no such line");
    typed("expect wire empty", NULL);
    typed("deliver", "deliver: no such packet is held");
    undone("", true);
    typed("wire flow", NULL);
    undone("host b 10.0.0.2\nexpect wire empty\n", true);
    typed("expect  wire empty", NULL);
    typed("a: => 0", "a has made no call");
    undone("host b 10.0.0.2\nexpect wire empty\n", true);
}

static void failing_call(void)
{
    step(STEP_STARTED, 0, NULL);
    step(STEP_LINE, 0, "a: s = socket(AF_INET, SOCK_STREAM, 0)");
    call("a", "socket", CALL_STARTED, NULL);
    call("a", "socket", CALL_RETURNED, NULL);
    step(STEP_DONE, 0, NULL);
    step(STEP_STARTED, 0, NULL);
    step(STEP_LINE, 0, "a: listen(s, 5) => 7");
    call("a", "listen", CALL_STARTED, NULL);
    call("a", "listen", CALL_RETURNED, "EINVAL");
    step(STEP_REFUSED, 0, "expected 7");
    step(STEP_DONE, 0, NULL);
}

/* A call that fails is something that was done. */
static void test_undo_call(void **state)
{
    (void)state;
    failing_call();
    undone("a: s = socket(AF_INET, SOCK_STREAM, 0)\n", true);
    typed("wire flow", NULL);
    undone("a: s = socket(AF_INET, SOCK_STREAM, 0)\na: listen(s, 5) => 7\n", true);
}

#define HEAD                                                                    \
    "# T\n\nWhat was done in the free lab.\n\n## Part 1\n\n```lab setup\nhost " \
    "a 10.0.0.1\nwire hold\n"

static void test_save(void **state)
{
    (void)state;
    saved("T", HEAD "```\n");
    typed("host b 10.0.0.2", NULL);
    typed("kill a", "no program runs on a");
    typed("firewall drop tcp", NULL);
    failing_call();
    saved("T", HEAD "host b 10.0.0.2\nfirewall drop tcp\n```\n\n```lab\n"
                    "a: s = socket(AF_INET, SOCK_STREAM, 0)\n"
                    "a: listen(s, 5) => EINVAL\n```\n");
}

/* Pages of eight lines, and a page of its own for a new lab. */
static void test_pages(void **state)
{
    (void)state;
    for (int i = 0; i < 9; i++)
        typed("wait 1ms", NULL);
    typed("reset", NULL);
    typed("host c 10.0.0.3", NULL);
    saved("T", HEAD "```\n\n```lab\nwait 1ms\nwait 1ms\nwait 1ms\nwait 1ms\nwait 1ms\n"
                    "wait 1ms\nwait 1ms\nwait 1ms\n```\n\n## Part 2\n\n```lab\n"
                    "wait 1ms\n```\n\n## Part 3\n\n```lab setup\nreset\n"
                    "host c 10.0.0.3\n```\n");
}

/* A line that is left out is none that the next could join. */
static void test_left_out(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++)
        typed("wait 1ms", NULL);
    step(STEP_STARTED, 0, NULL);
    step(STEP_LINE, 20, "deliver"); /* no packet's event follows */
    step(STEP_LINE, 21, "wait 2ms");
    step(STEP_LINE, 22, "wait 3ms");
    step(STEP_DONE, 0, NULL);
    saved("T", HEAD "```\n\n```lab\nwait 1ms\nwait 1ms\nwait 1ms\nwait 1ms\nwait 1ms\n"
                    "wait 1ms\nwait 1ms\nwait 1ms\n```\n\n## Part 2\n\n```lab\n"
                    "wait 2ms\n+ wait 3ms\n```\n");
}

/* A title is text, whatever it looks like. */
static void test_title(void **state)
{
    struct buf text = {0};
    struct loaded loaded;

    (void)state;
    save_lesson(events, count, "*a* `b` <c> #d\n## e \033[1m", &text);
    library_load_text("saved.md", text.data, text.len, &loaded);
    assert_int_equal(loaded.errors.count, 0);
    assert_string_equal(loaded.lesson->title, "*a* `b` <c> #d\\n## e \\x1b[1m");
    loaded_free(&loaded);
    buf_clear(&text);
    save_lesson(events, 0, " ", &text);
    library_load_text("saved.md", text.data, text.len, &loaded);
    assert_int_equal(loaded.errors.count, 0);
    loaded_free(&loaded);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_undo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undo_call, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_save, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_title, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
