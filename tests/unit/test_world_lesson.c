/* The world's lesson: what was tried, what holds, whether the path was left, and where
 * the journal comes from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world_helpers.h"

#define PAGE(page) "\"event\":\"page\",\"page\":" page ",\"pages\":6,\"shown\":3"
#define QUESTION(status, more)                                                \
    "\"event\":\"question\",\"page\":2,\"block\":1,\"status\":\"" status "\"" \
    ",\"answers\":" more
#define TASK(page, status, more) \
    "\"event\":\"task\",\"page\":" page ",\"block\":6,\"status\":\"" status "\"" more
#define TYPED "\"event\":\"step\",\"status\":\"line\",\"text\":\"close(c)\""

/* A wrong first answer leaves the question open, and is remembered; what is answered
 * then is judged. */
static void test_tried(void **state)
{
    const struct world_question *question;

    (void)state;
    line(QUESTION("open", "0"));
    question = world_question_find(&world, 2, 1);
    assert_int_equal(question->tried, 0);
    line(QUESTION("again", "4"));
    assert_int_equal(question->status, QUESTION_OPEN);
    assert_int_equal(question->tried, 4);
    assert_int_equal(question->answers, 4);
    assert_false(question->right);
    line(QUESTION("again", "1"));
    assert_int_equal(question->tried, 5);
    line(QUESTION("answered", "2,\"right\":true"));
    assert_int_equal(question->status, QUESTION_ANSWERED);
    assert_int_equal(question->tried, 5);
    assert_int_equal(question->answers, 2);
    assert_true(question->right);
    assert_int_equal(world.lesson.questions.count, 1);
    rows_are(""); /* the ladder tells of none of this */
}

static void test_tried_and_shown(void **state)
{
    (void)state;
    line(QUESTION("again", "4")); /* of a journal that left out that it was asked */
    line(QUESTION("shown", "0"));
    assert_int_equal(world_question_find(&world, 2, 1)->status, QUESTION_SHOWN);
    assert_int_equal(world_question_find(&world, 2, 1)->tried, 4);
    assert_int_equal(world_question_find(&world, 2, 1)->answers, 0);
}

static void test_holds(void **state)
{
    const struct world_task *task;

    (void)state;
    line(TASK("2", "open", ""));
    task = world_task_find(&world, 2, 6);
    assert_int_equal(task->holds, 0);
    line(TASK("2", "open", ",\"holds\":5"));
    assert_int_equal(task->holds, 5);
    line(TASK("2", "open", ",\"holds\":1")); /* what held need not hold any more */
    assert_int_equal(task->holds, 1);
    line(TASK("2", "shown", ",\"holds\":1"));
    line(TASK("2", "run", ",\"holds\":3"));
    assert_int_equal(task->status, TASK_RUN);
    assert_int_equal(task->holds, 3);
    line(TASK("2", "done", ",\"holds\":4294967295"));
    assert_int_equal(task->status, TASK_DONE);
    assert_int_equal(task->holds, UINT32_MAX);
    assert_int_equal(world.lesson.tasks.count, 1);
}

/* A line of the lesson has a number, a typed one has none. */
static void test_left_path(void **state)
{
    (void)state;
    two_hosts();
    line(PAGE("2"));
    line("\"event\":\"step\",\"status\":\"started\",\"step\":1,\"steps\":2");
    line("\"event\":\"step\",\"status\":\"line\",\"line\":9,\"text\":\"close(c)\"");
    line("\"event\":\"step\",\"status\":\"done\"");
    line("\"event\":\"step\",\"status\":\"refused\",\"text\":\"unknown word\"");
    assert_false(world.lesson.left_path);
    line(TYPED);
    assert_true(world.lesson.left_path);
    line(PAGE("3"));
    assert_true(world.lesson.left_path);
}

/* On a page with a task, typing is what is asked for. */
static void test_a_task_is_the_path(void **state)
{
    (void)state;
    line(PAGE("2"));
    line(TASK("2", "open", ""));
    line(TYPED);
    assert_false(world.lesson.left_path);
    line(TASK("2", "done", ""));
    line(TYPED);
    assert_false(world.lesson.left_path);
    line(PAGE("3")); /* that page's task is of no use here */
    line(TYPED);
    assert_true(world.lesson.left_path);
}

#define SOURCE                                                                   \
    "\"event\":\"lab\",\"format\":1,\"program\":\"socketarium 0.1\",\"kernel\":" \
    "\"6.18\",\"time\":\"2026-11-20T20:00:00Z\",\"lesson\":\"09-handshake\","    \
    "\"text\":\"# T\""

/* A reset is a new lab of the same lesson; another lesson's lab line begins anew. */
static void test_source(void **state)
{
    struct event reset = {.kind = EVENT_LAB, .lab = {.format = 1}};
    const struct world_source *source = &world.source;
    struct err err = {""};

    (void)state;
    line(SOURCE);
    assert_string_equal(source->program, "socketarium 0.1");
    assert_string_equal(source->kernel, "6.18");
    assert_string_equal(source->time, "2026-11-20T20:00:00Z");
    assert_string_equal(source->lesson, "09-handshake");
    assert_string_equal(source->text, "# T");
    line(PAGE("2"));
    line(QUESTION("again", "4"));
    line(TYPED);
    reset.seq = ++seq;
    assert_int_equal(apply(&reset, &err), 0);
    assert_string_equal(source->lesson, "09-handshake");
    assert_string_equal(source->text, "# T");
    assert_true(world.lesson.left_path);
    assert_int_equal(world_question_find(&world, 2, 1)->tried, 4);
    line("\"event\":\"lab\",\"format\":1,\"text\":\"# U\"");
    assert_null(source->program);
    assert_null(source->lesson);
    assert_string_equal(source->text, "# U");
    assert_false(world.lesson.left_path);
    assert_int_equal(world.lesson.questions.count, 0);
    assert_int_equal(world.lesson.page, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tried, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tried_and_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(test_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_left_path, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_task_is_the_path, setup, teardown),
        cmocka_unit_test_setup_teardown(test_source, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
