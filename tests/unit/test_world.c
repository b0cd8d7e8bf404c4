/* The world as the fold of a journal: hosts, threads, variables, the lesson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "world_helpers.h"

static void test_lab_and_hosts(void **state)
{
    (void)state;
    two_hosts();
    assert_int_equal(world.host_count, 2);
    assert_string_equal(world.hosts[0].name, "client");
    assert_string_equal(world.hosts[1].name, "server");
    assert_true(world.hosts[1].up && world.hosts[1].plugged);
    assert_false(world.hosts[1].running);
    assert_int_equal(world.hosts[1].address_count, 1);
    assert_string_equal(world.source.text, "# T");
    line("\"event\":\"host\",\"host\":\"third\",\"change\":\"added\"");
    assert_int_equal(world_host_find(&world, "third"), 2);
    assert_int_equal(world_host_find(&world, "fourth"), -1);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"unplugged\"");
    assert_false(world.hosts[1].plugged);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"plugged\"");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"started\"");
    line("\"event\":\"output\",\"host\":\"server\",\"text\":\"ready\"");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"exited\",\"text\":\"exit "
         "0\"");
    assert_false(world.hosts[1].running);
    rows_are("host server unplugged\nhost server plugged in\noutput server ready\n"
             "host server exit 0\n");
    line("\"event\":\"lost\",\"host\":\"server\",\"count\":3");
    line("\"event\":\"lost\",\"count\":2");
    assert_int_equal(world.lost, 5);
    line("\"event\":\"wire\",\"mode\":\"slow\",\"delay_ns\":5");
    assert_int_equal(world.wire, WIRE_SLOW);
    assert_int_equal(world.wire_delay_ns, 5);
    line("\"event\":\"lab\",\"format\":1,\"text\":\"# U\","
         "\"hosts\":[{\"name\":\"x\"}]");
    assert_int_equal(world.host_count, 1);
    assert_false(world.hosts[0].up);
    assert_int_equal(world.rows.count, 0);
    assert_int_equal(world.wire, WIRE_FLOW);
    assert_string_equal(world.source.text, "# U");
    assert_int_equal(world.seq, 0);
}

/* A new lab of the same lesson: an empty world, but the lesson stands where it stood. */
static void test_reset(void **state)
{
    struct event event = {.kind = EVENT_LAB, .lab = {.format = 1}};
    struct err err = {""};

    (void)state;
    two_hosts();
    line("\"event\":\"page\",\"page\":2,\"pages\":6,\"shown\":3");
    line("\"event\":\"step\",\"status\":\"started\",\"text\":\"reset\"");
    line("\"event\":\"question\",\"page\":2,\"block\":1,\"status\":\"open\"");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"unplugged\"");
    event.seq = ++seq;
    assert_int_equal(apply(&event, &err), 0);
    assert_int_equal(world.seq, seq);
    assert_int_equal(world.host_count, 0);
    assert_int_equal(world.rows.count, 0);
    assert_string_equal(world.source.text, "# T");
    assert_int_equal(world.lesson.page, 2);
    assert_true(world.lesson.running);
    assert_string_equal(world.lesson.text, "reset");
    assert_non_null(world_question_find(&world, 2, 1));
}

static void test_calls(void **state)
{
    const struct world_thread *thread;

    (void)state;
    two_hosts();
    line(CALL("server", "socket", "AF_INET, SOCK_STREAM, 0", "started",
              ",\"var\":\"s\""));
    assert_null(world_var_find(&world, "server", "s"));
    line(CALL("server", "socket", "AF_INET, SOCK_STREAM, 0", "returned",
              ",\"var\":\"s\",\"result\":\"3\",\"socket\":\"51\""));
    line(CALL("server/web", "accept", "s", "started", ",\"var\":\"c\",\"line\":9"));
    line(CALL("server/web", "accept", "s", "blocked", ",\"var\":\"c\",\"line\":9"));
    thread = world_thread_find(&world, "server/web");
    assert_non_null(thread);
    assert_int_equal(thread->status, CALL_BLOCKED);
    assert_int_equal(thread->since_ns, world.t_ns);
    assert_int_equal(thread->host, 1);
    assert_int_equal(thread->line, 9);
    assert_null(world_var_find(&world, "server", "c"));
    line(CALL("server/web", "accept", "s", "returned",
              ",\"var\":\"c\",\"result\":\"10.0.0.1:1000\",\"socket\":\"52\""));
    line(CALL("server/web", "recv", "c, 5", "started", ",\"var\":\"n\""));
    line(CALL("server/web", "recv", "c, 5", "blocked", ",\"var\":\"n\""));
    line(CALL("server/web", "recv", "c, 5", "returned",
              ",\"var\":\"n\",\"result\":\"5\",\"data\":\"hello\",\"socket\":\"52\""));
    line(CALL("client", "connect", "c, 10.0.0.2:81", "started", ""));
    line(CALL("client", "connect", "c, 10.0.0.2:81", "returned",
              ",\"result\":\"-1\",\"errno\":\"ECONNREFUSED\""));
    rows_are("call server: s = socket(AF_INET, SOCK_STREAM, 0)\n"
             "call server/web: c = accept(s)\n"
             "return server/web: accept() = c\n"
             "call server/web: n = recv(c, 5)\n"
             "return server/web: recv() = 5 = 5 'hello'\n"
             "call client: connect(c, 10.0.0.2:81)\n"
             "return client: connect() = ECONNREFUSED failed\n");
    thread = world_thread_find(&world, "server/web");
    assert_string_equal(thread->source, "c = accept(s)\nn = recv(c, 5)");
    assert_int_equal(thread->source_line, 2);
    assert_string_equal(thread->data, "hello");
    /* The threads of a host share their variables. */
    assert_int_equal(world_var_find(&world, "server", "c")->cookie, 0x52);
    assert_true(world_var_find(&world, "server", "c")->open);
    assert_int_equal(world_var_find(&world, "server", "n")->cookie, 0); /* a number */
    assert_null(world_var_find(&world, "client", "c"));
}

/* What only the result tells stands at a call that returned at once. */
static void test_what_calls_give(void **state)
{
    (void)state;
    two_hosts();
    line(CALL("server", "recvfrom", "u, 9", "started", ",\"socket\":\"5\""));
    assert_int_equal(world.rows.items[0].cookie, 5);
    assert_null(world.rows.items[0].result);
    line(CALL("server/web", "socket", "", "started", ",\"var\":\"s\""));
    line(CALL("server/web", "socket", "", "returned",
              ",\"var\":\"s\",\"result\":\"4\",\"socket\":\"51\""));
    assert_int_equal(world.rows.items[1].cookie, 0x51);
    line(CALL("server", "recvfrom", "u, 9", "returned",
              ",\"result\":\"2\",\"data\":\"hi\",\"from\":\"10.0.0.1:7\","
              "\"socket\":\"5\""));
    line(CALL("client", "recv", "c, 9", "started", ""));
    line(CALL("client", "recv", "c, 9", "returned", ",\"result\":\"0\",\"data\":\"\""));
    line(CALL("client", "getsockname", "c", "started", ""));
    line(CALL("client", "getsockname", "c", "returned",
              ",\"result\":\"10.0.0.1:7\""));
    line(CALL("client", "getsockopt", "c, SO_ERROR", "started", ""));
    line(CALL("client", "getsockopt", "c, SO_ERROR", "returned", ",\"result\":\"0\""));
    line(CALL("client", "send", "c, hi", "started", ""));
    line(CALL("client", "send", "c, hi", "returned", ",\"result\":\"2\""));
    line(CALL("client", "recv", "c, 9", "started", ""));
    line(CALL("client", "recv", "c, 9", "returned",
              ",\"result\":\"-1\",\"errno\":\"EAGAIN\",\"data\":\"\""));
    /* Nothing was seen to start: no older row takes what it gave. */
    line(CALL("client", "recv", "c, 9", "returned", ",\"result\":\"0\",\"data\":\"\""));
    rows_are("call server: recvfrom(u, 9) = 2 'hi' from 10.0.0.1:7\n"
             "call server/web: s = socket()\n"
             "call client: recv(c, 9) = 0 ''\n"
             "call client: getsockname(c) = 10.0.0.1:7\n"
             "call client: getsockopt(c, SO_ERROR) = 0\n"
             "call client: send(c, hi)\n"
             "call client: recv(c, 9)\n"
             "return client: recv() = EAGAIN failed\n");
}

static void test_close_and_reuse_of_names(void **state)
{
    (void)state;
    two_hosts();
    line(CALL("client", "socket", "", "returned", ",\"var\":\"c\",\"socket\":\"1\""));
    line(CALL("client", "close", "c", "returned",
              ",\"result\":\"-1\",\"errno\":\"EBADF\",\"socket\":\"1\""));
    assert_true(world_var_find(&world, "client", "c")->open);
    line(CALL("server", "socket", "", "returned", ",\"var\":\"c\",\"socket\":\"1\""));
    line(CALL("client", "close", "c", "returned", ",\"result\":\"0\",\"socket\":\"1\""));
    assert_false(world_var_find(&world, "client", "c")->open);
    assert_int_equal(world_var_find(&world, "client", "c")->cookie, 1);
    assert_true(world_var_find(&world, "server", "c")->open);
    /* A failed call sets nothing; the next good one takes the name. */
    line(CALL("client", "socket", "", "returned",
              ",\"var\":\"c\",\"errno\":\"EMFILE\",\"result\":\"-1\""));
    assert_int_equal(world_var_find(&world, "client", "c")->cookie, 1);
    line(CALL("client", "socket", "", "returned", ",\"var\":\"c\",\"socket\":\"2\""));
    assert_int_equal(world_var_find(&world, "client", "c")->cookie, 2);
    assert_true(world_var_find(&world, "client", "c")->open);
}

static void test_fork_and_exit(void **state)
{
    (void)state;
    two_hosts();
    line(CALL("server", "socket", "", "returned", ",\"var\":\"s\",\"socket\":\"1\""));
    line(CALL("server", "fork", "", "started", ",\"var\":\"child\""));
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"forked\",\"thread\":"
         "\"server/child\"");
    line(CALL("server", "fork", "", "returned", ",\"var\":\"child\",\"result\":\"9\""));
    assert_int_equal(world_var_find(&world, "server/child", "s")->cookie, 1);
    line(CALL("server/child.1", "close", "s", "returned",
              ",\"result\":\"0\",\"socket\":\"1\""));
    assert_false(world_var_find(&world, "server/child", "s")->open);
    assert_true(world_var_find(&world, "server", "s")->open);
    /* server/children is no child of server/child, but a thread of the server. */
    line(CALL("server/children", "socket", "", "returned",
              ",\"var\":\"x\",\"socket\":\"2\""));
    assert_non_null(world_var_find(&world, "server", "x"));
    /* A grandchild has its parent's variables, not its grandparent's. */
    line(CALL("server/child", "fork", "", "started", ""));
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"forked\",\"thread\":"
         "\"server/kid\"");
    assert_false(world_var_find(&world, "server/kid", "s")->open);
    assert_null(world_var_find(&world, "server/kid", "x"));
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"exited\",\"thread\":"
         "\"server/child\",\"text\":\"SIGKILL\"");
    assert_false(world_thread_find(&world, "server/child")->alive);
    assert_false(world_thread_find(&world, "server/child.1")->alive);
    assert_true(world_thread_find(&world, "server/children")->alive);
    assert_true(world_var_find(&world, "server", "s")->open);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"exited\",\"text\":"
         "\"exit 0\"");
    assert_false(world_thread_find(&world, "server")->alive);
    assert_false(world_thread_find(&world, "server/children")->alive);
    assert_false(world_var_find(&world, "server", "s")->open);
    assert_int_equal(world_var_find(&world, "server", "s")->cookie, 1);
    /* A child lives on without its parent; a crash ends all. */
    assert_true(world_thread_find(&world, "server/kid")->alive);
    line(CALL("server/kid", "socket", "", "returned",
              ",\"var\":\"y\",\"socket\":\"3\""));
    assert_true(world_var_find(&world, "server/kid", "y")->open);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"crashed\"");
    assert_false(world_thread_find(&world, "server/kid")->alive);
    assert_false(world_var_find(&world, "server/kid", "y")->open);
    /* A new program: the same names are new threads of one process. */
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"started\"");
    line(CALL("server/child.1", "socket", "", "returned",
              ",\"var\":\"s\",\"socket\":\"7\""));
    assert_int_equal(world_var_find(&world, "server", "s")->cookie, 7);
}

static void test_demo_source(void **state)
{
    const struct world_thread *thread;

    (void)state;
    two_hosts();
    line(CALL("server", "socket", "", "started", ""));
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"demo\",\"thread\":"
         "\"server\","
         "\"demo\":\"tcp-echo-server\",\"source\":\"one\\ntwo\\n\"");
    line(CALL("server", "listen", "s, 5", "pending", ",\"line\":2"));
    thread = world_thread_find(&world, "server");
    assert_string_equal(thread->demo, "tcp-echo-server");
    assert_string_equal(thread->source, "one\ntwo\n");
    assert_int_equal(thread->source_line, 2);
    assert_int_equal(thread->status, CALL_PENDING);
    line(CALL("server.1", "recv", "c", "started", ",\"line\":1"));
    thread = world_thread_find(&world, "server.1");
    assert_string_equal(thread->source, "one\ntwo\n");
    assert_int_equal(thread->source_line, 1);
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"ended\",\"thread\":"
         "\"server\","
         "\"text\":\"0\"");
    thread = world_thread_find(&world, "server");
    assert_null(thread->demo);
    assert_string_equal(thread->source, "one\ntwo\n");
    line(CALL("server", "close", "s", "started", ""));
    assert_string_equal(world_thread_find(&world, "server")->source, "close(s)");
    assert_int_equal(world_thread_find(&world, "server")->source_line, 1);
}

static void test_lesson(void **state)
{
    const struct world_lesson *lesson = &world.lesson;

    (void)state;
    two_hosts();
    assert_int_equal(lesson->page, 0);
    line("\"event\":\"page\",\"page\":2,\"pages\":6,\"shown\":3");
    line("\"event\":\"step\",\"status\":\"started\",\"step\":2,\"steps\":5,\"line\":8");
    line("\"event\":\"step\",\"status\":\"line\",\"line\":9,\"text\":\"deliver SYN\"");
    assert_true(lesson->running);
    assert_int_equal(lesson->step, 2);
    assert_int_equal(lesson->steps, 5);
    assert_int_equal(lesson->line, 9);
    assert_string_equal(lesson->text, "deliver SYN");
    line("\"event\":\"expect\",\"status\":\"waiting\",\"text\":\"t\",\"found\":\"SYN-"
         "SENT\"");
    assert_string_equal(lesson->waiting, "SYN-SENT");
    line("\"event\":\"expect\",\"status\":\"passed\"");
    assert_null(lesson->waiting);
    line("\"event\":\"step\",\"status\":\"waiting\",\"text\":\"client sends again\"");
    assert_string_equal(lesson->waiting, "client sends again");
    assert_string_equal(lesson->text, "deliver SYN");
    line("\"event\":\"step\",\"status\":\"done\"");
    assert_false(lesson->running);
    assert_null(lesson->waiting);
    line("\"event\":\"expect\",\"status\":\"skipped\"");
    line("\"event\":\"expect\",\"status\":\"failed\"");
    line("\"event\":\"step\",\"status\":\"failed\",\"text\":\"client.c is CLOSED\"");
    assert_true(lesson->failed);
    assert_string_equal(lesson->text, "client.c is CLOSED");
    assert_int_equal(lesson->passed, 1);
    assert_int_equal(lesson->failures, 1);
    assert_int_equal(lesson->skipped, 1);
    line("\"event\":\"page\",\"page\":2,\"pages\":6,\"shown\":4,\"finished\":true");
    assert_true(lesson->page_finished);
    assert_int_equal(lesson->step, 2);
    line("\"event\":\"page\",\"page\":3,\"pages\":6,\"shown\":1");
    assert_false(lesson->page_finished);
    assert_int_equal(lesson->step, 0);
}

static void test_questions_and_tasks(void **state)
{
    (void)state;
    two_hosts();
    line("\"event\":\"question\",\"page\":2,\"block\":1,\"status\":\"open\"");
    line("\"event\":\"question\",\"page\":2,\"block\":5,\"status\":\"open\"");
    line("\"event\":\"question\",\"page\":2,\"block\":1,\"status\":\"answered\","
         "\"answers\":2,\"right\":true");
    assert_int_equal(world.lesson.questions.count, 2);
    assert_int_equal(world_question_find(&world, 2, 1)->answers, 2);
    assert_true(world_question_find(&world, 2, 1)->right);
    assert_int_equal(world_question_find(&world, 2, 5)->status, QUESTION_OPEN);
    assert_null(world_question_find(&world, 1, 1));
    line("\"event\":\"question\",\"page\":2,\"block\":5,\"status\":\"again\","
         "\"answers\":4");
    assert_int_equal(world_question_find(&world, 2, 5)->status, QUESTION_OPEN);
    assert_int_equal(world_question_find(&world, 2, 5)->tried, 4);
    line("\"event\":\"task\",\"page\":2,\"block\":6,\"status\":\"open\"");
    line("\"event\":\"task\",\"page\":2,\"block\":6,\"status\":\"done\"");
    assert_int_equal(world.lesson.tasks.count, 1);
    assert_int_equal(world_task_find(&world, 2, 6)->status, TASK_DONE);
    assert_null(world_task_find(&world, 2, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lab_and_hosts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reset, setup, teardown),
        cmocka_unit_test_setup_teardown(test_calls, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_calls_give, setup, teardown),
        cmocka_unit_test_setup_teardown(test_close_and_reuse_of_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fork_and_exit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_demo_source, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lesson, setup, teardown),
        cmocka_unit_test_setup_teardown(test_questions_and_tasks, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
