/* A session seen from outside: a reader that is slow, quick or gone, typed lines, and
 * programs that die by themselves. Needs no privilege; exits 77 where namespaces are
 * refused. */
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "kernel/thread_state.h"
#include "lesson/library.h"
#include "lesson/session.h"
#include "model/journal.h"

#define PATIENCE_NS (60 * NS_PER_S) /* then a test fails; nothing is measured with it \
                                     */

static struct loaded loaded;
static struct session session;
static struct journal journal;
static size_t looked; /* events before this one have been looked at */

/* ----------------------------------------------------------- one lesson */

static void begin(const char *pages, bool automatic)
{
    struct session_plan plan = {.name = "test", .runner = {.automatic = automatic}};
    char path[] = "/tmp/session.XXXXXX";
    int fd = mkstemp(path);
    struct err err = {.text = ""};

    assert_true(fd >= 0);
    dprintf(fd, "# Test\n\nA test.\n\n%s", pages);
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
    looked = 0;
}

static void end(void)
{
    session_end(&session);
    journal_free(&journal);
    loaded_free(&loaded);
}

static int tear_down(void **state)
{
    (void)state;
    end();
    return 0;
}

/* Reads what has come; false at the end. */
static bool read_some(size_t most)
{
    char piece[65536];
    struct pollfd readable = {.fd = session.fd, .events = POLLIN};
    struct err err;
    ssize_t got;

    assert_int_equal(poll(&readable, 1, (int)(PATIENCE_NS / NS_PER_MS)), 1);
    got = read(session.fd, piece, most);
    if (got <= 0)
        return false;
    if (journal_feed(&journal, piece, (size_t)got, &err) < 0)
        fail_msg("%s", err.text);
    return true;
}

typedef bool wanted_event(const struct event *event);

/* The next event that is wanted; reads until it is there. */
static const struct event *await(wanted_event *wanted)
{
    for (;;) {
        while (looked < journal.events.count) {
            const struct event *event = &journal.events.items[looked++];

            if (wanted(event))
                return event;
        }
        assert_true(read_some(65536));
    }
}

static unsigned count(wanted_event *wanted)
{
    unsigned number = 0;

    vec_each (event, &journal.events)
        number += wanted(event);
    return number;
}

static bool step_done(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_DONE;
}

static bool step_line(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_LINE;
}

static bool step_refused(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_REFUSED;
}

static bool step_failed(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_FAILED;
}

static bool step_waiting(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_WAITING;
}

static bool page_shown(const struct event *event)
{
    return event->kind == EVENT_PAGE;
}

static bool page_finished(const struct event *event)
{
    return event->kind == EVENT_PAGE && event->page.finished;
}

static bool task_open(const struct event *event)
{
    return event->kind == EVENT_TASK && event->task.status == TASK_OPEN;
}

static bool task_done(const struct event *event)
{
    return event->kind == EVENT_TASK && event->task.status == TASK_DONE;
}

static bool host_exited(const struct event *event)
{
    return event->kind == EVENT_HOST && event->host.change == HOST_EXITED;
}

static bool call_blocked(const struct event *event)
{
    return event->kind == EVENT_CALL && event->call.status == CALL_BLOCKED;
}

static bool is_lost(const struct event *event)
{
    return event->kind == EVENT_LOST;
}

/* ----------------------------------------------------------- the reader */

#define TWO_HOSTS "host a 10.0.0.1\nhost b 10.0.0.2\n"
#define CONNECTED                                                            \
    TWO_HOSTS "b: s = socket(AF_INET, SOCK_STREAM, 0)\nb: bind(s, *:5000)\n" \
              "b: listen(s, 3)\na: c = socket(AF_INET, SOCK_STREAM, 0)\n"    \
              "a: connect(c, 10.0.0.2:5000)\nb: d = accept(s)\n"
#define MUCH                                                        \
    "## One\n\n```lab\n" CONNECTED "a: send(c, \"x\" * 16000000)\n" \
    "b: recv(d, 4000000)\nb: recv(d, 4000000)\nb: recv(d, 4000000)\n```\n"

/* Until the lab sleeps because nobody reads. */
static void await_full(void)
{
    const long numbers[] = {SYS_sendto};
    struct thread_state state;
    int64_t start = clock_now_ns();

    assert_int_equal(thread_state_open(&state, session.pid), 0);
    while (thread_state_sleeps_in(&state, numbers, 1) != 1) {
        assert_true(clock_now_ns() - start < PATIENCE_NS);
        sched_yield();
    }
    thread_state_close(&state);
}

/* Megabytes of journal for one who reads late and in small pieces: nothing is missing.
 */
static void test_slow_reader(void **state)
{
    (void)state;
    begin(MUCH, true);
    await_full();
    while (read_some(1000))
        ;
    assert_int_equal(count(step_failed), 0);
    assert_int_equal(count(page_finished), 1);
    assert_int_equal(count(is_lost), 0);
    assert_int_equal(journal.partial.len, 0);
    assert_int_equal(session_wait(&session), 0);
}

/* One that goes away while the lab waits for it, and while it waits for the reader. */
static void test_reader_gone(void **state)
{
    (void)state;
    begin(MUCH, true);
    await_full();
    assert_int_equal(session_wait(&session), 0);
    end();
    begin("## One\n\n```lab\n" TWO_HOSTS "a: u = socket(AF_INET, SOCK_DGRAM, 0)\n```\n",
          false);
    await(page_shown);
    assert_int_equal(session_wait(&session), 0);
}

/* Commands to a lab that does not listen are refused in the end; they never block. */
static void test_commands_to_a_full_lab(void **state)
{
    int result = 0;

    (void)state;
    begin(MUCH, true);
    await_full();
    for (int i = 0; i < 1000000 && result == 0; i++)
        result = session_next(&session);
    assert_int_equal(result, -EAGAIN);
    while (read_some(65536))
        ;
    assert_int_equal(count(page_finished), 1);
}

#define STEPS                                                                          \
    "## One\n\n```lab setup\nhost a 10.0.0.1\n```\n\n```lab\n"                         \
    "a: t = socket(AF_INET, SOCK_STREAM, 0)\na: u = socket(AF_INET, SOCK_DGRAM, 0)\n"  \
    "a: bind(u, *:5000)\nexpect a.u unconnected\n```\n\nWhat?\n\n- [x] a\n- [ ] b\n\n" \
    "```lab\na: close(u)\n```\n\n## Two\n\n```lab\na: close(t)\n```\n"

/* Next, again and again: each line runs once, in order, and nothing else happens. */
static void test_hammering(void **state)
{
    unsigned last = 0;

    (void)state;
    begin(STEPS, false);
    while (count(page_finished) < 2) {
        for (int i = 0; i < 20; i++)
            session_next(&session);
        session_answer(&session, 1);
        session_answer(&session, 99);
        read_some(65536);
    }
    assert_int_equal(count(step_failed), 0);
    assert_int_equal(count(step_line), 7);
    vec_each (event, &journal.events) {
        if (!step_line(event))
            continue;
        assert_true(event->step.line > last);
        last = event->step.line;
    }
    /* At the end Next does nothing, and the lab is still there. */
    for (int i = 0; i < 20; i++)
        session_next(&session);
    looked = journal.events.count;
    session_line(&session, "a: v = socket(AF_INET, SOCK_DGRAM, 0)");
    await(step_done);
    assert_int_equal(count(step_line), 8);
}

static void refuses(const char *line, const char *why)
{
    const struct event *event;

    assert_int_equal(session_line(&session, line), 0);
    event = await(step_refused);
    if (!event->step.text || !strstr(event->step.text, why))
        fail_msg("%s\n is refused: %s", line, event->step.text);
}

/* The line runs, and fails. */
static void fails(const char *line, const char *why)
{
    refuses(line, why);
    await(step_done);
}

/* A typed line that is wrong, or fails, changes nothing of the lesson. */
static void test_typed_lines(void **state)
{
    char *much = mem_new(20001, 1);

    (void)state;
    memset(much, 'x', 20000);
    begin(STEPS, false);
    await(step_done);
    refuses("frob", "");
    refuses("b: u = socket(AF_INET, SOCK_DGRAM, 0)", "unknown host 'b'");
    refuses("a: bind(v, *:1)", "unknown variable 'v'");
    refuses(much, "");
    refuses("a: getpeername(", "");
    fails("deliver", "no such packet is held");
    fails("kill a", "no program runs on a");
    free(much);
    session_line(&session, "a: v = socket(AF_INET, SOCK_DGRAM, 0)");
    await(step_done);
    fails("expect a.v connected", "the kernel says unconnected");
    fails("a: bind(v, *:1)", "EACCES");
    /* Blank lines and comments are nothing; a newline ends the line. */
    session_line(&session, "");
    session_line(&session, "# a comment");
    session_line(&session, "a: bind(v, *:6000)\nnext\nnext");
    await(step_done);
    assert_int_equal(count(step_failed), 0);
    /* The lesson goes on where it was. */
    session_next(&session);
    assert_int_equal(await(step_line)->step.step, 1);
    await(step_done);
}

/* Where check would fail, the reader is told what the line waits for, and may skip it. */
static void test_waiting(void **state)
{
    (void)state;
    begin("## One\n\n```lab\nhost a 10.0.0.1\na: u = socket(AF_INET, SOCK_DGRAM, 0)\n"
          "expect  within 1ms  a.u connected\n```\n",
          false);
    session_next(&session);
    assert_string_equal(await(step_waiting)->step.text, "a.u connected");
    session_next(&session);
    await(step_done);
    assert_int_equal(count(step_failed), 0);
}

/* What a setup block has named is known from the beginning, wherever the block stands. */
static void test_typed_names_of_setup(void **state)
{
    (void)state;
    begin("## One\n\n```lab\na: close(u)\n```\n\n```lab setup\nhost a 10.0.0.1\n"
          "a: u = socket(AF_INET, SOCK_DGRAM, 0)\n```\n\n## Two\n\n```lab setup\n"
          "host b 10.0.0.2\n```\n",
          false);
    await(step_done);
    session_line(&session, "a: bind(u, *:5000)");
    await(step_done);
    assert_int_equal(count(step_refused), 0);
    refuses("b: u = socket(AF_INET, SOCK_DGRAM, 0)", "unknown host 'b'");
}

/* ----------------------------------------------------------- tasks */

/* What is asked for holds before anybody has done anything. */
static void test_task_true_from_the_start(void **state)
{
    (void)state;
    begin("## One\n\n```lab setup\nhost a 10.0.0.1\n"
          "a: u = socket(AF_INET, SOCK_DGRAM, 0)\na: bind(u, *:5000)\n```\n\n"
          "```lab task\nexpect a.u unconnected\n```\n\n"
          "```lab solution\na: close(u)\n```\n\nEnd.\n",
          false);
    await(task_open);
    await(task_done);
    await(page_finished);
    assert_int_equal(count(step_line), 3); /* the solution has not run */
}

/* ----------------------------------------------------------- death */

/* The first child of the sealed process: a host's program; 0 where /proc does not say.
 */
static pid_t program_pid(void)
{
    char path[64], text[64] = "";
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/children", session.pid, session.pid);
    file = fopen(path, "r");
    if (!file)
        return 0;
    if (!fgets(text, sizeof(text), file))
        text[0] = '\0';
    fclose(file);
    return atoi(text);
}

/* A program dies by itself, blocked in a call: the lab says so and goes on. */
static void test_program_dies(void **state)
{
    const struct event *event;
    pid_t pid;

    (void)state;
    begin("## One\n\n```lab\nhost a 10.0.0.1\na: u = socket(AF_INET, SOCK_DGRAM, 0)\n"
          "+ a: bind(u, *:5000)\n+ a: recv(u, 1)\n```\n",
          false);
    await(page_shown);
    session_next(&session);
    await(call_blocked);
    await(step_done);
    pid = program_pid();
    if (!pid)
        skip();
    assert_int_equal(kill(pid, SIGKILL), 0);
    event = await(host_exited);
    assert_string_equal(event->host.text, "SIGKILL");
    session_line(&session, "a: w = socket(AF_INET, SOCK_DGRAM, 0)");
    await(step_done);
    refuses("a: close(u)", "u");
}

static void test_lab_dies(void **state)
{
    (void)state;
    begin(STEPS, false);
    await(step_done);
    assert_int_equal(kill(session.pid, SIGKILL), 0);
    while (read_some(65536))
        ;
    assert_int_equal(session_next(&session), -EPIPE);
    assert_int_equal(session_wait(&session), 70);
    assert_int_equal(session_next(&session), -EPIPE);
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
        cmocka_unit_test_teardown(test_slow_reader, tear_down),
        cmocka_unit_test_teardown(test_reader_gone, tear_down),
        cmocka_unit_test_teardown(test_commands_to_a_full_lab, tear_down),
        cmocka_unit_test_teardown(test_hammering, tear_down),
        cmocka_unit_test_teardown(test_typed_lines, tear_down),
        cmocka_unit_test_teardown(test_waiting, tear_down),
        cmocka_unit_test_teardown(test_typed_names_of_setup, tear_down),
        cmocka_unit_test_teardown(test_task_true_from_the_start, tear_down),
        cmocka_unit_test_teardown(test_program_dies, tear_down),
        cmocka_unit_test_teardown(test_lab_dies, tear_down),
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
