#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "export/moment.h"

static void assert_moment(const char *text, enum moment_kind kind, unsigned number)
{
    struct moment moment;

    assert_int_equal(moment_parse(text, &moment), 0);
    assert_int_equal(moment.kind, kind);
    assert_int_equal(moment.number, number);
}

static void moments_are_read(void **state)
{
    static const char *const wrong[] = {
        "",         "page",         "page:", "page:0", "page:-1",         "page:1x",
        "step:",    "step: 3",      "3",     "end:1",  "page:3000000000", "Page:1",
        "step:+12", "page:1,step:2"};
    struct moment moment;

    (void)state;
    assert_moment("end", MOMENT_END, 0);
    assert_moment("page:3", MOMENT_PAGE, 3);
    assert_moment("step:12", MOMENT_STEP, 12);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (moment_parse(wrong[i], &moment) != -EINVAL)
            fail_msg("'%s' is taken", wrong[i]);
}

#define PAGE(number)                                    \
    {                                                   \
        .kind = EVENT_PAGE, .page = {.page = (number) } \
    }
#define STEP(on_page, number, how)    \
    {                                 \
        .kind = EVENT_STEP, .step = { \
            .page = (on_page),        \
            .step = (number),         \
            .status = STEP_##how      \
        }                             \
    }
#define QUESTION(how)                                             \
    {                                                             \
        .kind = EVENT_QUESTION, .question.status = QUESTION_##how \
    }

/* Two pages; a setup without a number, two steps with a question between them, and a
 * task whose solution is no step. */
static const struct event events[] = {
    {.kind = EVENT_LAB},
    PAGE(1),
    STEP(1, 0, STARTED),
    STEP(1, 0, DONE),
    PAGE(1),
    STEP(1, 1, STARTED), /* 5 */
    {.kind = EVENT_PACKET},
    STEP(1, 1, DONE),
    PAGE(1),
    QUESTION(OPEN),
    QUESTION(SHOWN), /* 10 */
    PAGE(1),
    STEP(1, 2, STARTED),
    STEP(1, 2, DONE),
    PAGE(1),
    PAGE(2), /* 15 */
    STEP(2, 1, STARTED),
    STEP(2, 1, DONE),
    PAGE(2),
    {.kind = EVENT_TASK, .task.status = TASK_OPEN},
    {.kind = EVENT_TASK, .task.status = TASK_SHOWN}, /* 20 */
    STEP(2, 0, STARTED),
    STEP(2, 0, DONE),
};

#define COUNT (sizeof(events) / sizeof(events[0]))

static void assert_upto(const char *text, size_t expected)
{
    struct err err = {""};
    struct moment moment;
    size_t upto = 0;

    assert_int_equal(moment_parse(text, &moment), 0);
    if (moment_find(events, COUNT, &moment, &upto, &err) != 0)
        fail_msg("%s: %s", text, err.text);
    assert_int_equal(upto, expected);
}

static void moments_are_found(void **state)
{
    (void)state;
    assert_upto("end", COUNT);
    assert_upto("page:1", 15);
    assert_upto("page:2", COUNT);
    assert_upto("step:1", 10); /* the question is open */
    assert_upto("step:2", 15); /* before the next page */
    assert_upto("step:3", 20); /* before the solution */
}

static void assert_refused(const char *text, size_t count, const char *words)
{
    struct moment moment;
    struct err err = {""};
    size_t upto;

    assert_int_equal(moment_parse(text, &moment), 0);
    assert_int_equal(moment_find(events, count, &moment, &upto, &err), -ERANGE);
    assert_string_equal(err.text, words);
}

static void what_is_beyond_the_end_is_refused(void **state)
{
    (void)state;
    assert_refused("page:3", COUNT, "page 3: 2 pages of the lesson are recorded");
    assert_refused("page:2", 15, "page 2: 1 page of the lesson is recorded");
    assert_refused("step:4", COUNT, "step 4: 3 steps of the lesson are recorded");
    assert_refused("step:1", 5, "step 1: 0 steps of the lesson are recorded");
    assert_refused("page:1", 1, "page 1: 0 pages of the lesson are recorded");
}

/* A journal that ends while a page or a step is open is good up to there. */
static void a_growing_journal_ends_where_it_ends(void **state)
{
    const struct moment page = {MOMENT_PAGE, 1}, step = {MOMENT_STEP, 1};
    size_t upto;

    (void)state;
    assert_int_equal(moment_find(events, 7, &page, &upto, NULL), 0);
    assert_int_equal(upto, 7);
    assert_int_equal(moment_find(events, 7, &step, &upto, NULL), 0);
    assert_int_equal(upto, 7);
}

static void an_event_that_fits_nowhere_is_named(void **state)
{
    struct event two[] = {
        {.kind = EVENT_LAB, .lab = {.format = 1}},
        {.seq = 1,
         .kind = EVENT_PACKET,
         .packet = {.id = 7, .action = PACKET_DELIVERED}},
    };
    struct err err = {""};
    struct world world;
    size_t failed;

    (void)state;
    assert_int_equal(moment_world(two, 1, &world, &failed, &err), 0);
    world_free(&world);
    assert_int_equal(moment_world(two, 2, &world, &failed, &err), -EINVAL);
    assert_int_equal(failed, 1);
    assert_string_equal(err.text, "unknown packet 7");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read),
        cmocka_unit_test(moments_are_found),
        cmocka_unit_test(what_is_beyond_the_end_is_refused),
        cmocka_unit_test(a_growing_journal_ends_where_it_ends),
        cmocka_unit_test(an_event_that_fits_nowhere_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
