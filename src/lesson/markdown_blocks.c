#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "lesson/markdown_parts.h"

struct page *markdown_page(struct markdown *md)
{
    return md->lesson->pages.count ? vec_last(&md->lesson->pages) : NULL;
}

struct block *markdown_block_add(struct markdown *md, enum block_kind kind, size_t at)
{
    struct block *block = vec_push(&markdown_page(md)->blocks);

    block->kind = kind;
    block->line = markdown_line(md, at);
    return block;
}

struct block *markdown_prose(struct markdown *md, size_t at)
{
    struct page *page = markdown_page(md);

    if (page->blocks.count && vec_last(&page->blocks)->kind == BLOCK_PROSE)
        return vec_last(&page->blocks);
    return markdown_block_add(md, BLOCK_PROSE, at);
}

para_list *markdown_sink(struct markdown *md, size_t at)
{
    if (md->containers.count)
        return md->containers.items[0].quote ? &md->quote : &vec_last(&md->items)->text;
    return markdown_page(md) ? &markdown_prose(md, at)->text : NULL;
}

void markdown_note_add(struct markdown *md, const char *text, size_t len, size_t at)
{
    struct block *note;
    size_t i = 0;

    if (!markdown_page(md))
        return;
    note = markdown_block_add(md, BLOCK_NOTE, at);
    while (i < len) {
        struct buf words = {0}, out = {0};
        bool blank = false;
        struct para *para;
        struct span *span;

        /* Up to an empty line; what lies between words is one space. */
        for (unsigned breaks = 0; i < len && !blank; i++) {
            if (!strchr(" \t\r\n", text[i])) {
                if (words.len && strchr(" \t\r\n", text[i - 1]))
                    buf_putc(&words, ' ');
                buf_putc(&words, text[i]);
                breaks = 0;
            } else if (text[i] == '\n') {
                blank = ++breaks > 1 && words.len;
            }
        }
        if (!words.len)
            continue;
        printable_add(&out, words.data, words.len, PRINTABLE_LINE);
        buf_free(&words);
        para = vec_push(&note->text);
        span = vec_push(&para->spans);
        span->text = buf_take(&out);
    }
}

/* The last block that is not a note, or NULL. */
static struct block *last_shown(struct markdown *md)
{
    struct page *page = markdown_page(md);

    for (size_t i = page ? page->blocks.count : 0; i > 0; i--)
        if (page->blocks.items[i - 1].kind != BLOCK_NOTE)
            return &page->blocks.items[i - 1];
    return NULL;
}

static void move_paras(para_list *from, para_list *to)
{
    vec_each (para, from)
        *vec_push(to) = *para;
    vec_free(from);
}

/* An answer, an explanation: it stands for itself, no longer in a list or quote. */
static void lift_paras(para_list *list)
{
    vec_each (para, list) {
        if (para->depth > 0) {
            para->depth--;
        } else if (para->kind == PARA_ITEM || para->kind == PARA_QUOTE) {
            para->kind = PARA_TEXT;
            para->marker[0] = '\0';
        }
    }
}

static void items_free(struct markdown *md)
{
    vec_each (item, &md->items)
        para_list_free(&item->text);
    md->items.count = 0;
}

static void question_check(struct markdown *md)
{
    const struct block *before = last_shown(md);
    size_t first = md->items.items[0].at;
    bool right = false, asked = false;

    vec_each (item, &md->items) {
        right = right || item->right;
        if (!item->text.count)
            markdown_error(md, item->at, "an answer without text");
    }
    if (!right)
        markdown_error(md, first, "no answer of this question is right: mark one [x]");
    if (md->items.count > ANSWERS_MAX)
        markdown_error(md, md->items.items[ANSWERS_MAX].at,
                       "answer %d of a question: it may have at most %d",
                       ANSWERS_MAX + 1, ANSWERS_MAX);
    if (before && before->kind == BLOCK_PROSE)
        vec_each (para, &before->text)
            asked = asked || para->kind == PARA_TEXT;
    if (!asked)
        markdown_error(md, first, "a question needs a paragraph before it that asks it");
}

static void question_add(struct markdown *md)
{
    struct block *block;

    question_check(md);
    block = markdown_block_add(md, BLOCK_QUESTION, md->items.items[0].at);
    vec_each (item, &md->items) {
        struct answer *answer;

        if (block->answer_count == ANSWERS_MAX)
            break;
        answer = &block->answers[block->answer_count++];
        answer->right = item->right;
        lift_paras(&item->text);
        move_paras(&item->text, &answer->text);
    }
}

void markdown_list_end(struct markdown *md)
{
    size_t boxes = 0;

    vec_each (item, &md->items)
        boxes += item->box;
    if (!md->items.count)
        return;
    if (!markdown_page(md)) {
        markdown_head_other(md, md->items.items[0].at);
    } else if (boxes == md->items.count) {
        question_add(md);
    } else {
        vec_each (item, &md->items)
            move_paras(&item->text, &markdown_prose(md, item->at)->text);
        if (boxes) {
            vec_each (item, &md->items) {
                if (item->box)
                    continue;
                markdown_error(md, item->at,
                               "an item without a box in a list that has boxes: "
                               "expected [ ] or [x] on every item");
                break;
            }
        }
    }
    items_free(md);
}

void markdown_quote_end(struct markdown *md)
{
    struct block *before = last_shown(md);

    if (!md->quote.count)
        return;
    if (!markdown_page(md)) {
        markdown_head_other(md, md->quote_at);
        para_list_free(&md->quote);
    } else if (before && before->kind == BLOCK_QUESTION && !before->text.count) {
        lift_paras(&md->quote);
        move_paras(&md->quote, &before->text);
    } else {
        move_paras(&md->quote, &markdown_prose(md, md->quote_at)->text);
    }
}
