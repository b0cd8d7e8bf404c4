/* home_rows: the rows of the list, from lessons and what a reader has done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/home_rows.h"

static library_list lessons;

static struct library_entry *add(const char *name, unsigned number, const char *title,
                                 const char *level)
{
    struct library_entry *entry = vec_push(&lessons);

    entry->name = mem_strdup(name);
    entry->number = number;
    entry->title = mem_strdup(title);
    entry->level = mem_strdup(level);
    entry->part = mem_strdup("Part");
    entry->summary = mem_strdup("SYN and ACK");
    entry->pages = mem_strdup("One\nTwo");
    entry->terms = mem_strdup("backlog");
    entry->time = mem_strdup("5 min");
    return entry;
}

static int set_up(void **state)
{
    struct library_entry *entry;

    (void)state;
    add("00-a", 0, "Á first", "core")->questions = 2;
    add("03-b", 3, "B", "more");
    entry = add("07-c", 7, "C", "core");
    entry->questions = entry->tasks = 1;
    add("09-d", 9, "09-d", "")->broken = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    library_list_free(&lessons);
    return 0;
}

static void know(struct progress *progress, const char *name, unsigned page,
                 int64_t last_s, int64_t finished_s)
{
    struct progress raw = {.now = NULL};
    struct progress_lesson *lesson = vec_push(&raw.lessons);

    lesson->name = mem_strdup(name);
    lesson->page = page;
    lesson->pages = 7;
    lesson->questions = lesson->tasks = 1;
    lesson->last_s = last_s;
    lesson->finished_s = finished_s;
    *vec_push(&lesson->answers) = (struct progress_result){1, 1, RESULT_WRONG, last_s};
    progress_merge(progress, &raw);
    progress_free(&raw);
}

static void rows_of_a_new_reader(void **state)
{
    struct progress progress = {.now = NULL};
    struct home_row *rows = home_rows_new(&lessons, &progress);

    (void)state;
    assert_string_equal(rows[0].number, "0");
    assert_string_equal(rows[0].title, "Á first");
    assert_string_equal(rows[0].mark, "");
    assert_string_equal(rows[0].results, "0 of 2 questions answered\n");
    assert_string_equal(rows[0].words,
                        "0 a first\npart\ncore\nsyn and ack\none\ntwo\nbacklog");
    assert_true(rows[0].core);
    assert_true(rows[0].lesson);
    assert_false(rows[0].done);
    assert_false(rows[1].core);
    assert_string_equal(rows[1].results, "");
    assert_string_equal(rows[2].results, "0 of 1 question answered\n0 of 1 task done");
    assert_string_equal(rows[3].mark, "✗ broken");
    home_rows_free(rows, lessons.count);
}

static void rows_of_a_reader(void **state)
{
    struct progress progress = {.now = NULL};
    struct home_row *rows;

    (void)state;
    know(&progress, "00-a", 7, 10, 10);
    know(&progress, "07-c", 3, 20, 0);
    rows = home_rows_new(&lessons, &progress);
    assert_string_equal(rows[0].mark, "✓ done");
    assert_true(rows[0].done);
    assert_string_equal(rows[1].mark, "");
    assert_string_equal(rows[2].mark, "page 3 of 7");
    assert_int_equal(rows[2].page, 3);
    assert_false(rows[2].done);
    assert_string_equal(rows[2].results,
                        "1 of 1 question answered: 1 wrong\n0 of 1 task done");
    home_rows_free(rows, lessons.count);
    progress_free(&progress);
}

static void where_to_go_on(void **state)
{
    struct progress progress = {.now = NULL};
    const library_list none = {.count = 0};

    (void)state;
    assert_int_equal(home_rows_next(&none, &progress), 0);
    assert_int_equal(home_rows_next(&lessons, &progress), 0);
    know(&progress, "07-c", 2, 20, 0);
    assert_int_equal(home_rows_next(&lessons, &progress), 2);
    know(&progress, "00-a", 1, 10, 0);
    assert_int_equal(home_rows_next(&lessons, &progress), 2);
    /* What was read last is done: the next one. */
    know(&progress, "00-a", 7, 30, 30);
    assert_int_equal(home_rows_next(&lessons, &progress), 1);
    /* The last one is done: what was left out. */
    know(&progress, "09-d", 7, 40, 40);
    assert_int_equal(home_rows_next(&lessons, &progress), 1);
    know(&progress, "03-b", 7, 35, 35);
    assert_int_equal(home_rows_next(&lessons, &progress), 2);
    know(&progress, "07-c", 7, 35, 35);
    assert_int_equal(home_rows_next(&lessons, &progress), 0);
    progress_free(&progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_new_reader),
        cmocka_unit_test(rows_of_a_reader),
        cmocka_unit_test(where_to_go_on),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
