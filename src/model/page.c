#include "model/page.h"

#include <stdlib.h>

#include "base/buf.h"

static void span_list_free(span_list *spans)
{
    vec_each (span, spans)
        free(span->text);
    vec_free(spans);
}

void para_list_free(para_list *list)
{
    vec_each (para, list)
        span_list_free(&para->spans);
    vec_free(list);
}

static void block_free(struct block *block)
{
    para_list_free(&block->text);
    vec_each (line, &block->lines)
        free(line->text);
    vec_free(&block->lines);
    for (size_t i = 0; i < ANSWERS_MAX; i++)
        para_list_free(&block->answers[i].text);
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    vec_each (page, &lesson->pages) {
        vec_each (block, &page->blocks)
            block_free(block);
        vec_free(&page->blocks);
        free(page->title);
    }
    vec_free(&lesson->pages);
    free(lesson->path);
    free(lesson->title);
    free(lesson->summary);
    free(lesson->part);
    free(lesson->level);
    free(lesson->time);
    free(lesson);
}

void span_list_text(const span_list *spans, struct buf *out)
{
    vec_each (span, spans)
        buf_puts(out, span->text);
}

const struct block *lesson_block(const struct lesson *lesson, unsigned page,
                                 size_t block)
{
    const struct page *there;

    if (!lesson || page == 0 || page > lesson->pages.count)
        return NULL;
    there = &lesson->pages.items[page - 1];
    return block < there->blocks.count ? &there->blocks.items[block] : NULL;
}

size_t question_right_count(const struct block *question)
{
    size_t count = 0;

    for (size_t i = 0; i < question->answer_count; i++)
        count += question->answers[i].right;
    return count;
}

bool question_second_try(const struct block *question, unsigned tried)
{
    return question->answer_count > 2 && !tried;
}

unsigned question_right_set(const struct block *question)
{
    unsigned set = 0;

    for (size_t i = 0; i < question->answer_count; i++)
        if (question->answers[i].right)
            set |= 1u << i;
    return set;
}

size_t page_next_gate(const struct page *page, size_t from)
{
    for (size_t i = from; i < page->blocks.count; i++) {
        switch (page->blocks.items[i].kind) {
        case BLOCK_LAB:
        case BLOCK_TASK:
        case BLOCK_QUESTION:
            return i;
        case BLOCK_PROSE:
        case BLOCK_SETUP:
        case BLOCK_SOLUTION:
        case BLOCK_NOTE:
            break;
        }
    }
    return page->blocks.count;
}
