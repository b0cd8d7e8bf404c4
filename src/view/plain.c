#include "view/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "view/plain_lab.h"
#include "view/plain_prose.h"
#include "view/prose.h"

/* ----------------------------------------------------------- lines and paragraphs */

/* Paragraphs stand between blank lines; what happens is told line by line. */
static void begin_paragraph(struct plain *plain, struct buf *out)
{
    buf_putc(out, '\n');
    plain->in_lines = false;
}

static void begin_line(struct plain *plain, struct buf *out)
{
    if (!plain->in_lines)
        buf_putc(out, '\n');
    plain->in_lines = true;
}

/* ----------------------------------------------------------- pages */

/* An answer's text on one line. */
static void add_answer(const struct answer *answer, struct buf *out)
{
    vec_each (para, &answer->text) {
        struct buf text = {0};

        if (para != answer->text.items)
            buf_putc(out, ' ');
        span_list_text(&para->spans, &text);
        plain_signs(buf_text(&text), out);
        buf_free(&text);
    }
}

static void tell_question(struct plain *plain, const struct block *block,
                          struct buf *out)
{
    begin_paragraph(plain, out);
    for (size_t i = 0; i < block->answer_count; i++) {
        buf_printf(out, "  %zu  ", i + 1);
        add_answer(&block->answers[i], out);
        buf_putc(out, '\n');
    }
}

static void tell_prose(struct plain *plain, const para_list *text, struct buf *out)
{
    begin_paragraph(plain, out);
    plain_prose(text, out);
}

static void tell_blocks(struct plain *plain, const struct page *page, size_t until,
                        struct buf *out)
{
    for (; plain->told < until && plain->told < page->blocks.count; plain->told++) {
        const struct block *block = &page->blocks.items[plain->told];

        if (block->kind == BLOCK_PROSE)
            tell_prose(plain, &block->text, out);
        else if (block->kind == BLOCK_QUESTION)
            tell_question(plain, block, out);
    }
}

/* When a page opens, what stands below its setup is not true yet: it is told when the
 * setup has run, which is when the page is unfolded for the second time. */
static size_t before_setup(const struct page *page, size_t shown)
{
    for (size_t i = 0; i < shown && i < page->blocks.count; i++)
        if (page->blocks.items[i].kind == BLOCK_SETUP)
            return i;
    return shown;
}

static void tell_page(struct plain *plain, const struct event_page *event,
                      struct buf *out)
{
    const struct page *page;
    size_t until = event->shown;

    if (!plain->lesson || event->page == 0 || event->page > plain->lesson->pages.count)
        return;
    page = &plain->lesson->pages.items[event->page - 1];
    if (event->page != plain->page) {
        plain->page = event->page;
        plain->told = 0;
        plain->step = 0;
        begin_paragraph(plain, out);
        buf_printf(out, "Page %u of %u: %s\n", event->page, event->pages,
                   event->title ? event->title : "");
        until = before_setup(page, until);
    }
    tell_blocks(plain, page, until, out);
}

static void tell_answers(const struct block *block, unsigned answers, const char *words,
                         struct buf *out)
{
    bool some = false;

    for (size_t i = 0; i < block->answer_count; i++) {
        if (!(answers & (1u << i)))
            continue;
        buf_printf(out, "%s %zu: ", some ? "and number" : words, i + 1);
        add_answer(&block->answers[i], out);
        buf_putc(out, '\n');
        some = true;
    }
}

static void tell_answered(struct plain *plain, const struct event_question *question,
                          struct buf *out)
{
    const struct block *block =
        lesson_block(plain->lesson, question->page, question->block);

    if (!block || question->status == QUESTION_OPEN)
        return;
    begin_paragraph(plain, out);
    if (question->status == QUESTION_AGAIN) {
        tell_answers(block, question->answers, "You said number", out);
        buf_puts(out, "Not quite. Try once more.\n");
        return;
    }
    if (question->status == QUESTION_ANSWERED) {
        tell_answers(block, question->answers, "You said number", out);
        buf_puts(out, question->right ? "Right.\n" : "Not quite.\n");
    }
    if (question->status == QUESTION_SHOWN || !question->right)
        tell_answers(block, question_right_set(block), "The answer is number", out);
    if (block->text.count)
        tell_prose(plain, &block->text, out);
}

/* The lines that solve the task of block number `task`. */
static void tell_solution(struct plain *plain, unsigned page, size_t task,
                          struct buf *out)
{
    const struct block *block = lesson_block(plain->lesson, page, ++task);

    while (block && block->kind == BLOCK_NOTE)
        block = lesson_block(plain->lesson, page, ++task);
    if (!block || block->kind != BLOCK_SOLUTION)
        return;
    begin_paragraph(plain, out);
    vec_each (line, &block->lines) {
        buf_puts(out, "  ");
        printable_add(out, line->text, strlen(line->text), PRINTABLE_TEXT);
        buf_putc(out, '\n');
    }
}

/* What must hold for the task to be done. */
static void tell_wanted(struct plain *plain, const struct event_task *task,
                        struct buf *out)
{
    const struct block *block = lesson_block(plain->lesson, task->page, task->block);

    if (!block || block->lines.count == 0)
        return;
    buf_puts(out, "It is done when this holds:\n");
    vec_each (goal, &block->lines) {
        const char *line = prose_goal(goal->text);

        buf_puts(out, "  ");
        printable_add(out, line, strlen(line), PRINTABLE_TEXT);
        buf_putc(out, '\n');
    }
}

/* Of a task that was told: the goals that hold now, and those that do so no more. */
static void tell_goals(struct plain *plain, const struct event_task *task,
                       struct buf *out)
{
    const struct block *block = lesson_block(plain->lesson, task->page, task->block);
    unsigned changed = plain->task.holds ^ task->holds;

    for (size_t i = 0; block && i < block->lines.count && i < TASK_LINES_MAX; i++) {
        const char *line = prose_goal(block->lines.items[i].text);

        if (!(changed >> i & 1))
            continue;
        buf_puts(out, task->holds >> i & 1 ? "Holds now: " : "Holds no more: ");
        printable_add(out, line, strlen(line), PRINTABLE_TEXT);
        buf_putc(out, '\n');
    }
}

static void tell_task(struct plain *plain, const struct event_task *task,
                      struct buf *out)
{
    bool known = plain->task.page == task->page && plain->task.block == task->block &&
                 plain->task.status == task->status;

    if (known) {
        tell_goals(plain, task, out);
        plain->task = *task;
        return;
    }
    plain->task = *task;
    begin_paragraph(plain, out);
    switch (task->status) {
    case TASK_OPEN:
        buf_puts(out, "Your turn: do it by hand, until this page goes on.\n");
        tell_wanted(plain, task, out);
        break;
    case TASK_SHOWN:
        buf_puts(out, "One way to do it:\n");
        tell_solution(plain, task->page, task->block, out);
        break;
    case TASK_RUN:
        buf_puts(out, "The solution has run; not all of it holds yet.\n");
        break;
    case TASK_DONE:
        buf_puts(out, "The task is done.\n");
        break;
    case TASK_STATUS_COUNT:
        break;
    }
}

/* ----------------------------------------------------------- everything */

/* Packets and sockets may come by the hundred. */
static void hold_back(struct plain *plain, const struct world *world,
                      const struct event *event)
{
    struct buf line = {0}, many = {0};

    plain_lab_line(world, event, &line);
    plain_lab_many(world, event, &many);
    if (line.len)
        plain_crowd_add(&plain->crowd, buf_text(&line), buf_text(&many),
                        plain_lab_again(world, event));
    buf_free(&line);
    buf_free(&many);
}

void plain_flush(struct plain *plain, struct buf *out)
{
    struct buf lines = {0};

    plain_crowd_flush(&plain->crowd, &lines);
    if (lines.len) {
        begin_line(plain, out);
        buf_add(out, lines.data, lines.len);
    }
    buf_free(&lines);
}

/* A typed line bears the number of the step before it: that one is not told again. */
static void begin_step(struct plain *plain, unsigned step, struct buf *line)
{
    if (step == plain->step)
        buf_clear(line);
    plain->step = step;
    plain_crowd_forget(&plain->crowd);
}

void plain_tell(struct plain *plain, const struct world *world,
                const struct event *event, struct buf *out)
{
    struct buf line = {0};

    if (event->kind != EVENT_PACKET && event->kind != EVENT_SOCKET)
        plain_flush(plain, out);
    switch (event->kind) {
    case EVENT_PAGE:
        tell_page(plain, &event->page, out);
        break;
    case EVENT_QUESTION:
        tell_answered(plain, &event->question, out);
        break;
    case EVENT_TASK:
        tell_task(plain, &event->task, out);
        break;
    case EVENT_PACKET:
    case EVENT_SOCKET:
        hold_back(plain, world, event);
        break;
    case EVENT_LAB:
    case EVENT_HOST:
    case EVENT_CALL:
    case EVENT_WIRE:
    case EVENT_STEP:
    case EVENT_EXPECT:
    case EVENT_OUTPUT:
    case EVENT_LOST:
    case EVENT_KIND_COUNT:
        plain_lab_line(world, event, &line);
        break;
    }
    if (event->kind == EVENT_STEP && event->step.status == STEP_STARTED)
        begin_step(plain, event->step.step, &line);
    if (line.len) {
        begin_line(plain, out);
        buf_printf(out, "%s\n", buf_text(&line));
    }
    buf_free(&line);
}

void plain_again(struct plain *plain, struct buf *out)
{
    const struct event_task *task = &plain->task;
    const struct page *page;
    size_t told = plain->told;

    if (!plain->lesson || plain->page == 0)
        return;
    page = &plain->lesson->pages.items[plain->page - 1];
    begin_paragraph(plain, out);
    buf_printf(out, "Page %u of %zu: %s\n", plain->page, plain->lesson->pages.count,
               page->title);
    plain->told = 0;
    tell_blocks(plain, page, told, out);
    if (task->page != plain->page || task->status == TASK_DONE)
        return;
    begin_paragraph(plain, out);
    tell_wanted(plain, task, out);
}

void plain_free(struct plain *plain)
{
    plain_crowd_forget(&plain->crowd);
    *plain = (struct plain){0};
}
