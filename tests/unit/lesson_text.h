/* Helpers of the tests of lessons: a lesson as one text, to compare. */
#ifndef SOCKETARIUM_TESTS_LESSON_TEXT_H
#define SOCKETARIUM_TESTS_LESSON_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/markdown.h"

static inline void paras_text(const para_list *list, const char *indent, struct buf *out)
{
    static const char *const kinds[] = {
        [PARA_TEXT] = "text",   [PARA_HEADING] = "heading", [PARA_ITEM] = "item",
        [PARA_QUOTE] = "quote", [PARA_CODE] = "code",       [PARA_TABLE] = "table",
        [PARA_RULE] = "rule"};

    vec_each (para, list) {
        buf_printf(out, "%s%s %d", indent, kinds[para->kind], para->depth);
        if (para->kind == PARA_ITEM)
            buf_printf(out, " '%s'", para->marker);
        if (para->kind == PARA_TABLE)
            buf_printf(out, " x%d", para->columns);
        buf_puts(out, ":");
        vec_each (span, &para->spans) {
            char style[8] = "";

            snprintf(
                style, sizeof(style), "%s%s%s%s", span->style & SPAN_EMPHASIS ? "/" : "",
                span->style & SPAN_STRONG ? "*" : "", span->style & SPAN_CODE ? "`" : "",
                span->style & SPAN_LINK ? "@" : "");
            buf_printf(out, " %s[", style);
            for (const char *c = span->text; *c; c++)
                buf_puts(out, *c == '\n' ? "\\n" : (char[2]){*c, '\0'});
            buf_puts(out, "]");
        }
        buf_puts(out, "\n");
    }
}

static inline void block_text(const struct block *block, struct buf *out)
{
    static const char *const kinds[] = {
        [BLOCK_PROSE] = "PROSE",       [BLOCK_SETUP] = "SETUP",
        [BLOCK_LAB] = "LAB",           [BLOCK_TASK] = "TASK",
        [BLOCK_SOLUTION] = "SOLUTION", [BLOCK_QUESTION] = "QUESTION",
        [BLOCK_NOTE] = "NOTE"};

    buf_printf(out, "%u %s\n", block->line, kinds[block->kind]);
    for (size_t i = 0; i < block->answer_count; i++) {
        buf_printf(out, "  %zu%s\n", i + 1, block->answers[i].right ? " right" : "");
        paras_text(&block->answers[i].text, "    ", out);
    }
    paras_text(&block->text, "  ", out);
    vec_each (line, &block->lines)
        buf_printf(out, "  %u:%u %s\n", line->line, line->column, line->text);
}

/* The pages of a lesson, then its errors; the caller frees it. */
static inline char *lesson_text(const char *text, size_t len)
{
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("test.md", text, len, &errors);
    struct buf out = {0};

    vec_each (page, &lesson->pages) {
        buf_printf(&out, "%u PAGE %s\n", page->line, page->title);
        vec_each (block, &page->blocks)
            block_text(block, &out);
    }
    lesson_error_list_sort(&errors);
    vec_each (error, &errors)
        buf_printf(&out, "%u:%u: %s\n", error->line, error->column, error->text);
    lesson_error_list_free(&errors);
    lesson_free(lesson);
    return buf_take(&out);
}

/* Title and page heading stand above, in lines 1 and 3; body begins in line 5. */
static inline void check_body(const char *body, const char *expected)
{
    char *text = mem_printf("# T\n\n## P\n\n%s", body);
    char *whole = mem_printf("3 PAGE P\n%s", expected);
    char *found = lesson_text(text, strlen(text));

    assert_string_equal(found, whole);
    free(text);
    free(whole);
    free(found);
}

static inline void check_lesson(const char *text, const char *expected)
{
    char *found = lesson_text(text, strlen(text));

    assert_string_equal(found, expected);
    free(found);
}

#endif
