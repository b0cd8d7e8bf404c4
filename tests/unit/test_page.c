/* A parsed lesson as data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/page.h"

static void add_span(span_list *spans, unsigned style, const char *text)
{
    struct span *span = vec_push(spans);

    span->style = style;
    span->text = mem_strdup(text);
}

static void test_question(void **state)
{
    struct block question = {.kind = BLOCK_QUESTION, .answer_count = 3};

    (void)state;
    assert_int_equal(question_right_count(&question), 0);
    assert_int_equal(question_right_set(&question), 0);
    question.answers[0].right = true;
    question.answers[2].right = true;
    question.answers[3].right = true; /* past answer_count: not one */
    assert_int_equal(question_right_count(&question), 2);
    assert_int_equal(question_right_set(&question), 5);
}

/* With two answers only one would be left, and a third try there is never. */
static void test_second_try(void **state)
{
    struct block question = {.kind = BLOCK_QUESTION, .answer_count = 2};

    (void)state;
    assert_false(question_second_try(&question, 0));
    question.answer_count = 3;
    assert_true(question_second_try(&question, 0));
    assert_false(question_second_try(&question, 1));
    assert_false(question_second_try(&question, 6));
    question.answer_count = ANSWERS_MAX;
    assert_true(question_second_try(&question, 0));
}

static void test_span_text(void **state)
{
    struct lesson *lesson = mem_new(1, sizeof(*lesson));
    struct page *page = vec_push(&lesson->pages);
    struct block *block = vec_push(&page->blocks);
    struct para *para = vec_push(&block->text);
    struct buf text = {0};

    (void)state;
    add_span(&para->spans, SPAN_STRONG, "one");
    add_span(&para->spans, SPAN_PLAIN, "\ntwo");
    span_list_text(&para->spans, &text);
    assert_string_equal(buf_text(&text), "one\ntwo");
    buf_free(&text);
    block->answer_count = 1;
    add_span(&((struct para *)vec_push(&block->answers[0].text))->spans, 0, "answer");
    ((struct lab_line *)vec_push(&block->lines))->text = mem_strdup("wait 1s");
    lesson_free(lesson); /* ASan tells what is left */
    lesson_free(NULL);
}

static void test_next_gate(void **state)
{
    static const enum block_kind kinds[] = {BLOCK_PROSE,   BLOCK_SETUP,    BLOCK_NOTE,
                                            BLOCK_LAB,     BLOCK_QUESTION, BLOCK_TASK,
                                            BLOCK_SOLUTION};
    struct page page = {0};

    (void)state;
    assert_int_equal(page_next_gate(&page, 0), 0);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        ((struct block *)vec_push(&page.blocks))->kind = kinds[i];
    assert_int_equal(page_next_gate(&page, 0), 3);
    assert_int_equal(page_next_gate(&page, 3), 3);
    assert_int_equal(page_next_gate(&page, 4), 4);
    assert_int_equal(page_next_gate(&page, 5), 5);
    assert_int_equal(page_next_gate(&page, 6), 7);
    assert_int_equal(page_next_gate(&page, 99), 7);
    vec_free(&page.blocks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_question),
        cmocka_unit_test(test_second_try),
        cmocka_unit_test(test_span_text),
        cmocka_unit_test(test_next_gate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
