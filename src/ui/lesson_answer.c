#include "ui/lesson_ui.h"

const struct world_question *lesson_ui_question(const struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;

    vec_each (question, &lesson->questions)
        if (question->page == lesson->page && question->status == QUESTION_OPEN)
            return question;
    return NULL;
}

const struct world_task *lesson_ui_task(const struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;

    vec_each (task, &lesson->tasks)
        if (task->page == lesson->page && task->status != TASK_DONE &&
            !lesson->page_finished)
            return task;
    return NULL;
}

const struct block *lesson_ui_question_block(const struct lesson_ui *ui,
                                             const struct world_question *question)
{
    return lesson_block(ui->loaded->lesson, question->page, question->block);
}

bool lesson_ui_several_right(const struct lesson_ui *ui,
                             const struct world_question *question)
{
    const struct block *block = question ? lesson_ui_question_block(ui, question) : NULL;

    return block && question_right_count(block) > 1;
}

/* In a recording nobody but the reader judges; the recording goes on as if it had been
 * answered so (lesson_review.c leaves its own answer out). */
static void answer_recording(struct lesson_ui *ui, const struct world_question *question,
                             const struct block *block, unsigned answers)
{
    struct event event = world_judge_answer(&ui->world, question, block, answers);

    world_apply(&ui->world, &event, &ui->problem);
    lesson_ui_progress_take(ui, &event);
    if (event.question.status != QUESTION_AGAIN)
        lesson_ui_forward(ui);
}

/* Until the lab has taken it, no second one is sent: it would meet the next question. */
static void send_answer(struct lesson_ui *ui, const struct world_question *question,
                        unsigned answers)
{
    const struct block *block = lesson_ui_question_block(ui, question);

    if (answers == question->tried) {
        lesson_ui_say(ui, "That you have tried; it is another one.");
        return;
    }
    ui->look.toggled = 0;
    ui->touched = true;
    if (!lesson_feed_is_lab(&ui->feed)) {
        answer_recording(ui, question, block, answers);
        return;
    }
    ui->sent = true;
    session_answer(&ui->feed.session, answers);
}

/* Looking back at a lab's journal, a question has been answered already. */
static bool may_answer(const struct lesson_ui *ui)
{
    return !ui->sent && (lesson_ui_acts(ui) || !lesson_feed_is_lab(&ui->feed));
}

void lesson_ui_answer(struct lesson_ui *ui, unsigned number)
{
    const struct world_question *question = lesson_ui_question(ui);
    const struct block *block = question ? lesson_ui_question_block(ui, question) : NULL;

    if (!block || !may_answer(ui) || number > block->answer_count)
        return;
    if (lesson_ui_uncover(ui)) {
        lesson_ui_say(ui, "Here is the question: read first, then answer.");
    } else if (lesson_ui_unread(ui) > 0) {
        lesson_ui_read_on(ui);
        lesson_ui_say(ui, "The question goes on here: read first, then answer.");
    } else if (lesson_ui_several_right(ui, question)) {
        ui->look.toggled ^= 1u << (number - 1);
    } else {
        send_answer(ui, question, 1u << (number - 1));
    }
}

bool lesson_ui_submit(struct lesson_ui *ui)
{
    const struct world_question *question = lesson_ui_question(ui);

    if (!question || !ui->look.toggled || !may_answer(ui))
        return false;
    send_answer(ui, question, ui->look.toggled);
    return true;
}
