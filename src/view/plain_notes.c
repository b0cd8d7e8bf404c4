#include "view/plain_notes.h"

#include <string.h>

#include "base/printable.h"
#include "view/plain_prose.h"
#include "view/prose.h"

static void add_title(const struct lesson *lesson, unsigned page, struct buf *out)
{
    buf_printf(out, "\nPage %u of %zu: %s\n", page, lesson->pages.count,
               lesson->pages.items[page - 1].title);
}

static void add_note(const struct block *block, struct buf *out)
{
    buf_putc(out, '\n');
    plain_prose(&block->text, out);
}

void plain_notes_page(const struct lesson *lesson, unsigned page, struct buf *out)
{
    add_title(lesson, page, out);
    vec_each (block, &lesson->pages.items[page - 1].blocks)
        if (block->kind == BLOCK_NOTE)
            add_note(block, out);
}

/* A question is asked by the last paragraph above it. */
static void add_asked(const struct page *page, size_t block, struct buf *out)
{
    const para_list *text;

    while (block > 0 && page->blocks.items[block - 1].kind == BLOCK_NOTE)
        block--;
    if (block == 0 || page->blocks.items[block - 1].kind != BLOCK_PROSE)
        return;
    text = &page->blocks.items[block - 1].text;
    if (text->count)
        plain_prose(&(para_list){.items = vec_last(text), .count = 1}, out);
}

static void add_question(const struct page *page, size_t number, struct buf *out)
{
    const struct block *block = &page->blocks.items[number];

    buf_puts(out, "\nQuestion: ");
    add_asked(page, number, out);
    for (size_t i = 0; i < block->answer_count; i++) {
        if (!block->answers[i].right)
            continue;
        buf_printf(out, "Answer %zu: ", i + 1);
        plain_prose(&block->answers[i].text, out);
    }
    if (block->text.count) {
        buf_puts(out, "Why: ");
        plain_prose(&block->text, out);
    }
}

static void add_lines(const struct block *block, bool goals, struct buf *out)
{
    vec_each (line, &block->lines) {
        const char *text = goals ? prose_goal(line->text) : line->text;

        buf_puts(out, "  ");
        printable_add(out, text, strlen(text), PRINTABLE_TEXT);
        buf_putc(out, '\n');
    }
}

static void add_task(const struct page *page, size_t number, struct buf *out)
{
    size_t next = number + 1;

    buf_puts(out, "\nTask. It is done when this holds:\n");
    add_lines(&page->blocks.items[number], true, out);
    while (next < page->blocks.count && page->blocks.items[next].kind == BLOCK_NOTE)
        next++;
    if (next == page->blocks.count || page->blocks.items[next].kind != BLOCK_SOLUTION)
        return;
    buf_puts(out, "One way to do it:\n");
    add_lines(&page->blocks.items[next], false, out);
}

static void add_block(const struct page *page, const struct block *block,
                      struct buf *out)
{
    size_t number = (size_t)(block - page->blocks.items);

    switch (block->kind) {
    case BLOCK_QUESTION:
        add_question(page, number, out);
        break;
    case BLOCK_TASK:
        add_task(page, number, out);
        break;
    case BLOCK_PROSE:
    case BLOCK_SETUP:
    case BLOCK_LAB:
    case BLOCK_SOLUTION:
    case BLOCK_NOTE:
        break;
    }
}

void plain_notes_block(const struct lesson *lesson, unsigned page, size_t block,
                       struct buf *out)
{
    const struct page *there = &lesson->pages.items[page - 1];

    add_block(there, &there->blocks.items[block], out);
}

void plain_notes_lesson(const struct lesson *lesson, struct buf *out)
{
    buf_printf(out, "%s\n", lesson->title);
    for (unsigned page = 1; page <= lesson->pages.count; page++) {
        add_title(lesson, page, out);
        vec_each (block, &lesson->pages.items[page - 1].blocks) {
            if (block->kind == BLOCK_NOTE)
                add_note(block, out);
            else
                add_block(&lesson->pages.items[page - 1], block, out);
        }
    }
}
