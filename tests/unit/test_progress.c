/* progress: what a reader has done, from the events of lessons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "lesson/markdown.h"
#include "lesson/progress.h"

/* Three pages: a question; two questions; a task. */
static const char text[] = "# T\n\nOf it.\n\n"
                           "## One\n\nA.\n\nQ?\n\n- [x] a\n- [ ] b\n- [ ] c\n\n> A.\n\n"
                           "## Two\n\nB.\n\nQ?\n\n- [x] a\n- [ ] b\n\n> A.\n\n"
                           "R?\n\n- [x] a\n- [ ] b\n\n> A.\n\n"
                           "## Three\n\n```lab task\nexpect a\n```\n\n"
                           "```lab solution\na: close(c)\n```\n";

#define NAME "07-one"
#define T0 1000 /* a time */

struct scene {
    struct lesson *lesson;
    struct progress progress;
};

static int set_up(void **state)
{
    lesson_error_list errors = {0};
    struct scene *scene = mem_new(1, sizeof(*scene));

    scene->lesson = markdown_parse("t.md", text, sizeof(text) - 1, &errors);
    lesson_error_list_free(&errors);
    progress_begin(&scene->progress, NAME, scene->lesson, 0, T0);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;

    progress_free(&scene->progress);
    lesson_free(scene->lesson);
    free(scene);
    return 0;
}

static bool page(struct scene *scene, unsigned number, bool finished, int64_t now_s)
{
    const struct event event = {
        .kind = EVENT_PAGE, .page = {.page = number, .pages = 3, .finished = finished}};

    return progress_take(&scene->progress, &event, now_s);
}

/* The block of the lesson's question or task `number`. */
static unsigned block_of(const struct scene *scene, enum block_kind kind,
                         unsigned number, unsigned *on_page)
{
    for (unsigned i = 0; i < scene->lesson->pages.count; i++)
        vec_each (block, &scene->lesson->pages.items[i].blocks)
            if (block->kind == kind && --number == 0) {
                *on_page = i + 1;
                return (unsigned)(block - scene->lesson->pages.items[i].blocks.items);
            }
    fail_msg("the lesson has no such block");
    return 0;
}

static bool question(struct scene *scene, unsigned number, enum question_status status,
                     bool right, int64_t now_s)
{
    struct event event = {.kind = EVENT_QUESTION,
                          .question = {.status = status, .right = right}};

    event.question.block = block_of(scene, BLOCK_QUESTION, number, &event.question.page);
    return progress_take(&scene->progress, &event, now_s);
}

static bool task(struct scene *scene, enum task_status status, int64_t now_s)
{
    struct event event = {.kind = EVENT_TASK, .task = {.status = status}};

    event.task.block = block_of(scene, BLOCK_TASK, 1, &event.task.page);
    return progress_take(&scene->progress, &event, now_s);
}

static const struct progress_lesson *known(const struct scene *scene)
{
    const struct progress_lesson *lesson = progress_find(&scene->progress, NAME);

    assert_non_null(lesson);
    return lesson;
}

static void assert_result(const progress_result_list *results, unsigned number,
                          enum progress_result_kind kind, int64_t time_s)
{
    vec_each (result, results)
        if (result->number == number) {
            assert_string_equal(progress_result_name(result->kind),
                                progress_result_name(kind));
            assert_int_equal(result->time_s, time_s);
            return;
        }
    fail_msg("no result with number %u", number);
}

static void begins(void **state)
{
    struct scene *scene = *state;

    assert_int_equal(known(scene)->pages, 3);
    assert_int_equal(known(scene)->questions, 3);
    assert_int_equal(known(scene)->tasks, 1);
    assert_int_equal(known(scene)->begun_s, T0);
    assert_int_equal(known(scene)->page, 0);
    assert_null(progress_find(&scene->progress, "07-on"));
    assert_int_equal(progress_page(&scene->progress, "08-none"), 0);
}

static void pages(void **state)
{
    struct scene *scene = *state;

    assert_true(page(scene, 1, false, T0));
    assert_false(page(scene, 1, true, T0 + 1)); /* it unfolds: nothing to save */
    assert_int_equal(progress_page(&scene->progress, NAME), 0);
    assert_true(page(scene, 2, false, T0 + 2));
    assert_int_equal(progress_page(&scene->progress, NAME), 2);
    assert_int_equal(known(scene)->last_s, T0 + 2);
    assert_true(page(scene, 3, false, T0 + 3));
    assert_int_equal(progress_page(&scene->progress, NAME), 3);
    assert_int_equal(known(scene)->finished_s, 0);
    assert_true(page(scene, 3, true, T0 + 4));
    assert_int_equal(known(scene)->finished_s, T0 + 4);
    assert_int_equal(progress_page(&scene->progress, NAME), 0);
    /* Read once more: it stays finished, since the first time. */
    progress_begin(&scene->progress, NAME, scene->lesson, 0, T0 + 5);
    assert_false(page(scene, 1, false, T0 + 6));
    assert_false(page(scene, 3, true, T0 + 7));
    assert_int_equal(known(scene)->finished_s, T0 + 4);
    assert_int_equal(known(scene)->begun_s, T0);
    assert_int_equal(known(scene)->last_s, T0 + 5);
}

/* From the start once more: where the reader was is not forgotten. */
static void begun_anew(void **state)
{
    struct scene *scene = *state;

    page(scene, 2, false, T0);
    progress_begin(&scene->progress, NAME, scene->lesson, 0, T0 + 1);
    assert_false(page(scene, 1, false, T0 + 2));
    assert_int_equal(progress_page(&scene->progress, NAME), 2);
}

/* A lesson that has become shorter. */
static void shorter(void **state)
{
    struct scene *scene = *state;
    struct lesson *lesson = scene->lesson;

    page(scene, 3, false, T0);
    lesson->pages.count = 2;
    progress_begin(&scene->progress, NAME, lesson, 0, T0 + 1);
    assert_int_equal(progress_page(&scene->progress, NAME), 2);
    assert_int_equal(known(scene)->tasks, 0);
    lesson->pages.count = 3;
}

static void answers(void **state)
{
    struct scene *scene = *state;

    assert_false(question(scene, 1, QUESTION_OPEN, false, T0 + 1));
    assert_int_equal(known(scene)->answers.count, 0);
    assert_true(question(scene, 3, QUESTION_SHOWN, false, T0 + 3));
    assert_true(question(scene, 1, QUESTION_ANSWERED, true, T0 + 1));
    assert_true(question(scene, 2, QUESTION_ANSWERED, false, T0 + 2));
    assert_result(&known(scene)->answers, 1, RESULT_FIRST, T0 + 1);
    assert_result(&known(scene)->answers, 2, RESULT_WRONG, T0 + 2);
    assert_result(&known(scene)->answers, 3, RESULT_SHOWN, T0 + 3);
    assert_int_equal(known(scene)->answers.items[0].number, 1);
    assert_int_equal(known(scene)->answers.items[0].page, 1);
    assert_int_equal(known(scene)->answers.items[2].number, 3);
    assert_int_equal(known(scene)->answers.items[2].page, 2);
    /* What was first stands. */
    assert_false(question(scene, 1, QUESTION_ANSWERED, false, T0 + 9));
    assert_false(question(scene, 2, QUESTION_ANSWERED, true, T0 + 9));
    assert_false(question(scene, 3, QUESTION_ANSWERED, true, T0 + 9));
    assert_false(question(scene, 1, QUESTION_AGAIN, false, T0 + 9));
    assert_int_equal(progress_count(&known(scene)->answers, RESULT_FIRST), 1);
    assert_int_equal(progress_count(&known(scene)->answers, RESULT_SECOND), 0);
}

static void second_tries(void **state)
{
    struct scene *scene = *state;

    assert_true(question(scene, 1, QUESTION_AGAIN, false, T0 + 1));
    assert_result(&known(scene)->answers, 1, RESULT_TRIED, T0 + 1);
    /* Left and resumed in between: still the second try. */
    progress_begin(&scene->progress, NAME, scene->lesson, 0, T0 + 2);
    assert_false(question(scene, 1, QUESTION_AGAIN, false, T0 + 3));
    assert_true(question(scene, 1, QUESTION_ANSWERED, true, T0 + 4));
    assert_result(&known(scene)->answers, 1, RESULT_SECOND, T0 + 4);
    question(scene, 2, QUESTION_AGAIN, false, T0 + 5);
    question(scene, 2, QUESTION_ANSWERED, false, T0 + 6);
    assert_result(&known(scene)->answers, 2, RESULT_WRONG, T0 + 6);
    question(scene, 3, QUESTION_AGAIN, false, T0 + 7);
    question(scene, 3, QUESTION_SHOWN, false, T0 + 8);
    assert_result(&known(scene)->answers, 3, RESULT_SHOWN, T0 + 8);
}

/* What runs by itself, up to the page where the reader goes on, is not the reader's. */
static void resumed(void **state)
{
    struct scene *scene = *state;

    progress_begin(&scene->progress, NAME, scene->lesson, 2, T0 + 1);
    assert_false(page(scene, 1, false, T0 + 1));
    assert_false(question(scene, 1, QUESTION_SHOWN, false, T0 + 1));
    assert_true(page(scene, 2, false, T0 + 1));
    assert_true(question(scene, 2, QUESTION_SHOWN, false, T0 + 2));
    assert_int_equal(known(scene)->answers.count, 1);
    progress_begin(&scene->progress, NAME, scene->lesson, 4, T0 + 3);
    assert_false(task(scene, TASK_SHOWN, T0 + 3));
    assert_false(task(scene, TASK_DONE, T0 + 3));
    assert_int_equal(known(scene)->solutions.count, 0);
}

static void tasks(void **state)
{
    struct scene *scene = *state;

    assert_false(task(scene, TASK_OPEN, T0));
    assert_true(task(scene, TASK_SHOWN, T0 + 1));
    assert_false(task(scene, TASK_SHOWN, T0 + 2)); /* told again when a line holds */
    assert_false(task(scene, TASK_DONE, T0 + 3));
    assert_result(&known(scene)->solutions, 1, RESULT_SHOWN, T0 + 1);
    /* Another time by hand: that counts. */
    progress_begin(&scene->progress, NAME, scene->lesson, 3, T0 + 4);
    assert_true(task(scene, TASK_DONE, T0 + 5));
    assert_result(&known(scene)->solutions, 1, RESULT_SOLVED, T0 + 5);
    assert_false(task(scene, TASK_SHOWN, T0 + 6));
    assert_false(task(scene, TASK_DONE, T0 + 7));
    assert_result(&known(scene)->solutions, 1, RESULT_SOLVED, T0 + 5);
}

/* Events that are no progress, and events of no lesson. */
static void others(void **state)
{
    struct scene *scene = *state;

    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        const struct event event = {.kind = (enum event_kind)kind};

        if (kind != EVENT_PAGE && kind != EVENT_QUESTION && kind != EVENT_TASK)
            assert_false(progress_take(&scene->progress, &event, T0));
    }
    progress_end(&scene->progress);
    assert_false(page(scene, 1, true, T0));
    assert_false(progress_take(NULL, &(struct event){.kind = EVENT_PAGE}, T0));
    progress_begin(NULL, NAME, scene->lesson, 0, T0);
    progress_end(NULL);
    assert_int_equal(progress_page(NULL, NAME), 0);
}

/* Names are made printable, and there is an end to what is taken in. */
static void bounds(void **state)
{
    struct scene *scene = *state;
    char *name;

    progress_begin(&scene->progress, "01-\x1b[2J", scene->lesson, 0, T0);
    assert_string_equal(scene->progress.lessons.items[0].name, "01-\\x1b[2J");
    assert_non_null(progress_find(&scene->progress, "01-\x1b[2J"));
    for (int i = 0; i < PROGRESS_LESSONS_MAX + 10; i++) {
        name = mem_printf("lesson %d", i);
        progress_begin(&scene->progress, name, scene->lesson, 0, T0);
        page(scene, 1, false, T0);
        free(name);
    }
    assert_int_equal(scene->progress.lessons.count, PROGRESS_LESSONS_MAX);
    name = mem_new(1, PROGRESS_NAME_MAX + 2);
    memset(name, 'x', PROGRESS_NAME_MAX + 1);
    progress_free(&scene->progress);
    progress_begin(&scene->progress, name, scene->lesson, 0, T0);
    assert_false(page(scene, 1, false, T0));
    assert_int_equal(scene->progress.lessons.count, 0);
    free(name);
}

/* ----------------------------------------------------------- merging */

static struct progress_lesson *add(struct progress *progress, const char *name)
{
    struct progress_lesson *lesson = vec_push(&progress->lessons);

    lesson->name = mem_strdup(name);
    return lesson;
}

static void add_answer(struct progress_lesson *lesson, unsigned number,
                       enum progress_result_kind kind, int64_t time_s)
{
    *vec_push(&lesson->answers) = (struct progress_result){number, number, kind, time_s};
}

static void make_two(struct progress *one, struct progress *two)
{
    struct progress_lesson *lesson = add(one, "02-b");

    lesson->page = 3;
    lesson->pages = 7;
    lesson->begun_s = 10;
    lesson->last_s = 20;
    add_answer(lesson, 1, RESULT_TRIED, 11);
    add_answer(lesson, 2, RESULT_FIRST, 12);
    add_answer(lesson, 4, RESULT_SHOWN, 13);
    lesson = add(two, "01-a");
    lesson->page = 1;
    lesson = add(two, "02-b");
    lesson->page = 2;
    lesson->pages = 6;
    lesson->begun_s = 5;
    lesson->last_s = 30;
    lesson->finished_s = 29;
    add_answer(lesson, 1, RESULT_SECOND, 25);
    add_answer(lesson, 2, RESULT_WRONG, 8);
    add_answer(lesson, 3, RESULT_FIRST, 9);
}

static void assert_merged(const struct progress *progress)
{
    const struct progress_lesson *lesson;

    assert_int_equal(progress->lessons.count, 2);
    assert_string_equal(progress->lessons.items[0].name, "01-a");
    lesson = progress_find(progress, "02-b");
    assert_int_equal(lesson->page, 3);
    assert_int_equal(lesson->pages, 6);
    assert_int_equal(lesson->begun_s, 5);
    assert_int_equal(lesson->last_s, 30);
    assert_int_equal(lesson->finished_s, 29);
    assert_int_equal(lesson->answers.count, 4);
    assert_result(&lesson->answers, 1, RESULT_SECOND, 25);
    assert_result(&lesson->answers, 2, RESULT_WRONG, 8);
    assert_result(&lesson->answers, 3, RESULT_FIRST, 9);
    assert_result(&lesson->answers, 4, RESULT_SHOWN, 13);
}

static void merging(void **state)
{
    struct progress one = {.now = NULL}, two = {.now = NULL}, three = {.now = NULL};

    (void)state;
    make_two(&one, &two);
    progress_merge(&three, &two);
    progress_merge(&three, &one);
    progress_merge(&three, &one); /* once more changes nothing */
    assert_merged(&three);
    progress_free(&three);
    progress_merge(&one, &two);
    assert_merged(&one);
    progress_free(&one);
    progress_free(&two);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(begins),
        TEST(pages),
        TEST(begun_anew),
        TEST(shorter),
        TEST(answers),
        TEST(second_tries),
        TEST(resumed),
        TEST(tasks),
        TEST(others),
        TEST(bounds),
        cmocka_unit_test(merging),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
