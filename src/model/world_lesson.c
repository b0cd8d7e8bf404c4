#include <stdlib.h>

#include "model/world_parts.h"

const struct world_question *world_question_find(const struct world *world,
                                                 unsigned page, unsigned block)
{
    vec_each (question, &world->lesson.questions)
        if (question->page == page && question->block == block)
            return question;
    return NULL;
}

struct event world_judge_answer(const struct world *world,
                                const struct world_question *question,
                                const struct block *block, unsigned answers)
{
    bool right = answers == question_right_set(block);
    bool again = !right && question_second_try(block, question->tried);

    return (struct event){
        .seq = world->seq,
        .t_ns = world->t_ns,
        .kind = EVENT_QUESTION,
        .question = {.page = question->page,
                     .block = question->block,
                     .status = again ? QUESTION_AGAIN : QUESTION_ANSWERED,
                     .answers = answers,
                     .right = right}};
}

const struct world_task *world_task_find(const struct world *world, unsigned page,
                                         unsigned block)
{
    vec_each (task, &world->lesson.tasks)
        if (task->page == page && task->block == block)
            return task;
    return NULL;
}

/* A line that is in no lesson was typed. On a page with a task that is what the page
 * asks for. */
static bool leaves_path(const struct world_lesson *lesson, const struct event_step *step)
{
    if (step->status != STEP_LINE || step->line)
        return false;
    vec_each (task, &lesson->tasks)
        if (task->page == lesson->page)
            return false;
    return true;
}

void world_step_apply(struct world *world, const struct event *event)
{
    const struct event_step *step = &event->step;
    struct world_lesson *lesson = &world->lesson;

    if (step->status == STEP_STARTED) {
        world->step_seq = event->seq;
        world_socks_forget(world);
        lesson->failed = false;
    }
    world_log_step(world, step);
    if (leaves_path(lesson, step))
        lesson->left_path = true;
    if (step->step)
        lesson->step = step->step;
    if (step->steps)
        lesson->steps = step->steps;
    if (step->line)
        lesson->line = step->line;
    lesson->status = step->status;
    world_replace(&lesson->waiting, NULL);
    switch (step->status) {
    case STEP_STARTED:
    case STEP_LINE:
        lesson->running = true;
        world_replace(&lesson->text, step->text);
        break;
    case STEP_WAITING: /* the line stays; `waiting` says what for */
        lesson->running = true;
        world_replace(&lesson->waiting, step->text ? step->text : "");
        break;
    case STEP_DONE:
        lesson->running = false;
        if (step->text)
            world_replace(&lesson->text, step->text);
        break;
    case STEP_FAILED:
        lesson->failed = true;
        lesson->running = false;
        world_replace(&lesson->text, step->text);
        break;
    case STEP_REFUSED: /* a typed line: what runs, runs on */
        world_replace(&lesson->text, step->text);
        break;
    case STEP_STATUS_COUNT:
        break;
    }
}

void world_page_apply(struct world *world, const struct event *event)
{
    struct world_lesson *lesson = &world->lesson;

    if (lesson->page != event->page.page)
        lesson->step = lesson->steps = 0; /* they are counted on each page */
    lesson->page = event->page.page;
    lesson->pages = event->page.pages;
    lesson->shown = event->page.shown;
    lesson->page_finished = event->page.finished;
}

void world_expect_apply(struct world *world, const struct event *event)
{
    const struct event_expect *expect = &event->expect;
    struct world_lesson *lesson = &world->lesson;

    world_replace(&lesson->waiting, NULL);
    switch (expect->status) {
    case EXPECT_PASSED:
        lesson->passed++;
        break;
    case EXPECT_FAILED:
        lesson->failures++;
        break;
    case EXPECT_SKIPPED:
        lesson->skipped++;
        break;
    case EXPECT_WAITING:
        world_replace(&lesson->waiting, expect->found  ? expect->found
                                        : expect->text ? expect->text
                                                       : "");
        break;
    case EXPECT_STATUS_COUNT:
        break;
    }
}

void world_question_apply(struct world *world, const struct event *event)
{
    const struct event_question *from = &event->question;
    struct world_question *question = NULL;

    vec_each (known, &world->lesson.questions)
        if (known->page == from->page && known->block == from->block)
            question = known;
    if (!question)
        question = vec_push(&world->lesson.questions);
    question->page = from->page;
    question->block = from->block;
    if (from->status == QUESTION_AGAIN)
        question->tried |= from->answers;
    question->status = from->status == QUESTION_AGAIN ? QUESTION_OPEN : from->status;
    question->answers = from->answers;
    question->right = from->right;
}

void world_task_apply(struct world *world, const struct event *event)
{
    const struct event_task *from = &event->task;
    struct world_task *task = NULL;

    vec_each (known, &world->lesson.tasks)
        if (known->page == from->page && known->block == from->block)
            task = known;
    if (!task)
        task = vec_push(&world->lesson.tasks);
    task->page = from->page;
    task->block = from->block;
    task->status = from->status;
    task->holds = from->holds;
}
