#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "export/export.h"
#include "export/markdown_out.h"
#include "export/picture.h"

#define PICTURE_COLUMNS 80 /* a page of paper holds that many */

struct handout {
    const struct lesson *lesson;
    const struct handout_look *look;
    struct world world; /* (owned) */
    unsigned page;      /* that is open, from 1; 0: none yet */
    uint64_t page_seq;  /* of the last event before it */
    /* Packets that were on their way then: what becomes of them belongs to this page. */
    VEC(uint32_t) under_way; /* (owned) ids */
    unsigned written;        /* pages so far */
    unsigned questions, tasks;
    struct buf answers; /* (owned) the section at the end */
    struct buf *out;
};

/* ----------------------------------------------------------- questions and tasks */

static const struct block *block_after(const struct page *page, size_t index)
{
    for (index++; index < page->blocks.count; index++)
        if (page->blocks.items[index].kind != BLOCK_NOTE)
            return &page->blocks.items[index];
    return NULL;
}

static void write_question(struct handout *handout, const struct block *block)
{
    struct buf *answers = &handout->answers;

    for (size_t i = 0; i < block->answer_count; i++)
        markdown_out_item("- [ ] ", &block->answers[i].text, handout->out);
    buf_putc(handout->out, '\n');
    buf_printf(answers, "**Question %u** (page %u)\n\n", handout->questions,
               handout->written);
    for (size_t i = 0; i < block->answer_count; i++)
        if (block->answers[i].right)
            markdown_out_item("- ", &block->answers[i].text, answers);
    buf_putc(answers, '\n');
    markdown_out_paras(&block->text, NULL, answers);
}

static void add_lines(const struct block *block, struct buf *out)
{
    struct buf text = {0};

    vec_each (line, &block->lines) {
        printable_add(&text, line->text, strlen(line->text), PRINTABLE_LINE);
        buf_putc(&text, '\n');
    }
    markdown_out_fence(buf_text(&text), out);
    buf_putc(out, '\n');
    buf_free(&text);
}

static void write_task(struct handout *handout, const struct block *block,
                       const struct block *solution)
{
    handout->tasks++;
    buf_printf(handout->out, "**Task %u.** Do it by hand, until all of this holds:\n\n",
               handout->tasks);
    add_lines(block, handout->out);
    if (!solution || solution->kind != BLOCK_SOLUTION)
        return;
    buf_printf(&handout->answers, "**Task %u** (page %u)\n\n", handout->tasks,
               handout->written);
    add_lines(solution, &handout->answers);
}

/* The paragraph before a question asks it, and gets its number. */
static void write_prose(struct handout *handout, const struct block *block,
                        const struct block *next)
{
    bool asks = next && next->kind == BLOCK_QUESTION && block->text.count &&
                vec_last(&block->text)->kind == PARA_TEXT;
    char *lead = mem_printf("**Question %u.** ", handout->questions + 1);

    markdown_out_paras(&block->text, asks ? lead : NULL, handout->out);
    free(lead);
}

static void write_block(struct handout *handout, const struct page *page, size_t index)
{
    const struct block *block = &page->blocks.items[index];

    switch (block->kind) {
    case BLOCK_PROSE:
        write_prose(handout, block, block_after(page, index));
        break;
    case BLOCK_QUESTION:
        handout->questions++;
        write_question(handout, block);
        break;
    case BLOCK_TASK:
        write_task(handout, block, block_after(page, index));
        break;
    case BLOCK_SETUP:
    case BLOCK_LAB:
    case BLOCK_SOLUTION: /* stands with the answers */
    case BLOCK_NOTE:     /* is for the speaker */
        break;
    }
}

/* ----------------------------------------------------------- pictures */

static bool was_under_way(const struct handout *handout, const struct world_row *row)
{
    if (row->kind != ROW_PACKET)
        return false;
    vec_each (id, &handout->under_way)
        if (*id == handout->world.packets.items[row->packet].id)
            return true;
    return false;
}

/* The ladder's part of this page, and the table at its end. */
static void write_pictures(struct handout *handout)
{
    struct picture_look look = {
        .view = PICTURE_BOTH, .width = PICTURE_COLUMNS, .ascii = handout->look->ascii};
    struct world part = handout->world; /* borrowed, all but the rows */
    struct buf text = {0};
    struct canvas canvas;
    bool news = false;

    memset(&part.rows, 0, sizeof(part.rows));
    vec_each (row, &handout->world.rows) {
        bool new = row->seq > handout->page_seq;

        news = news || new;
        if (new || was_under_way(handout, row))
            *vec_push(&part.rows) = *row;
    }
    if (news) {
        picture_draw(handout->lesson, &part, &look, &canvas);
        export_text(&canvas, &text);
        canvas_free(&canvas);
        markdown_out_fence(buf_text(&text), handout->out);
        buf_putc(handout->out, '\n');
    }
    buf_free(&text);
    vec_free(&part.rows);
}

/* ----------------------------------------------------------- pages */

static void write_page(struct handout *handout)
{
    const struct page *page = &handout->lesson->pages.items[handout->written++];

    buf_puts(handout->out, "## ");
    markdown_out_text(page->title ? page->title : "", handout->out);
    buf_puts(handout->out, "\n\n");
    for (size_t i = 0; i < page->blocks.count; i++)
        write_block(handout, page, i);
}

/* All up to that page, and what happened on it. */
static void finish_page(struct handout *handout)
{
    if (handout->page == 0 || handout->page > handout->lesson->pages.count)
        return;
    while (handout->written < handout->page)
        write_page(handout);
    write_pictures(handout);
}

static void open_page(struct handout *handout, unsigned page)
{
    finish_page(handout);
    handout->page = page;
    handout->page_seq = handout->world.seq;
    handout->under_way.count = 0;
    vec_each (packet, &handout->world.packets)
        if (packet->status != ON_WIRE_DELIVERED && packet->status != ON_WIRE_DROPPED)
            *vec_push(&handout->under_way) = packet->id;
}

static int take(struct handout *handout, const struct event *event, struct err *err)
{
    if (event->kind == EVENT_PAGE && event->page.page > handout->page)
        open_page(handout, event->page.page);
    if (event->kind == EVENT_LAB) /* a new lab: packets are numbered anew */
        handout->under_way.count = 0;
    return world_apply(&handout->world, event, err);
}

static void write_head(struct handout *handout)
{
    const struct lesson *lesson = handout->lesson;
    const char *const facts[] = {lesson->part, lesson->level, lesson->time};
    struct buf line = {0};

    buf_puts(handout->out, "# ");
    markdown_out_text(lesson->title ? lesson->title : "", handout->out);
    buf_puts(handout->out, "\n\n");
    if (lesson->summary && lesson->summary[0])
        markdown_out_para(lesson->summary, handout->out);
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        if (facts[i] && facts[i][0])
            buf_printf(&line, "%s%s", line.len ? ", " : "", facts[i]);
    if (line.len)
        markdown_out_para(buf_text(&line), handout->out);
    buf_free(&line);
}

static void write_end(struct handout *handout)
{
    char *origin = picture_origin(&handout->world);
    struct buf line = {0};

    while (handout->written < handout->lesson->pages.count)
        write_page(handout);
    if (handout->look->answers && handout->answers.len)
        buf_printf(handout->out, "## Answers\n\n%s", buf_text(&handout->answers));
    buf_printf(&line, "This was %s.", origin);
    buf_puts(handout->out, "---\n\n");
    markdown_out_para(buf_text(&line), handout->out);
    handout->out->data[--handout->out->len] = '\0'; /* no empty line at the end */
    buf_free(&line);
    free(origin);
}

int export_handout(const struct lesson *lesson, const struct event *events, size_t count,
                   const struct handout_look *look, struct buf *out, size_t *failed,
                   struct err *err)
{
    struct handout handout = {.lesson = lesson, .look = look, .out = out};
    int result = 0;

    world_init(&handout.world);
    write_head(&handout);
    for (*failed = 0; *failed < count && result == 0; ++*failed)
        result = take(&handout, &events[*failed], err);
    if (result == 0) {
        finish_page(&handout);
        write_end(&handout);
    } else {
        --*failed;
    }
    world_free(&handout.world);
    vec_free(&handout.under_way);
    buf_free(&handout.answers);
    return result;
}
