#include <stdio.h>

#include "ui/help.h"
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
    const struct lesson *lesson = ui->loaded->lesson;
    const struct page *page;

    if (question->page == 0 || question->page > lesson->pages.count)
        return NULL;
    page = &lesson->pages.items[question->page - 1];
    return question->block < page->blocks.count ? &page->blocks.items[question->block]
                                                : NULL;
}

static bool several_right(const struct lesson_ui *ui,
                          const struct world_question *question)
{
    const struct block *block = lesson_ui_question_block(ui, question);

    return block && question_right_count(block) > 1;
}

void lesson_ui_say(struct lesson_ui *ui, const char *words)
{
    buf_clear(&ui->message);
    buf_puts(&ui->message, words);
    ui->message_is_error = false;
}

static void footer_question(struct lesson_ui *ui, const struct world_question *question)
{
    const struct block *block = lesson_ui_question_block(ui, question);
    char keys[8];

    snprintf(keys, sizeof(keys), "1-%zu", block ? block->answer_count : 9);
    if (several_right(ui, question)) {
        footer_add_key(&ui->footer, keys, "choose");
        footer_add(&ui->footer, ACTION_SUBMIT, "send");
    } else {
        footer_add_key(&ui->footer, keys, "answer");
    }
    footer_add(&ui->footer, ACTION_NEXT, "show answer");
}

int lesson_ui_unread(const struct lesson_ui *ui)
{
    if (!ui->drawn.pane_there[PANE_PROSE])
        return 0;
    return ui->drawn.prose_lines - ui->look.prose_scroll - ui->drawn.prose_height;
}

static void footer_gate(struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    const struct world_question *question = lesson_ui_question(ui);
    const struct world_task *task = lesson_ui_task(ui);

    if (!lesson_ui_live(ui)) {
        footer_add(&ui->footer, ACTION_NEXT, "forward");
        footer_add(&ui->footer, ACTION_BACK, "back");
        footer_add(&ui->footer, ACTION_LIVE, "now");
    } else if (lesson_ui_unread(ui) > 0) {
        footer_add(&ui->footer, ACTION_NEXT, "read on");
    } else if (question) {
        footer_question(ui, question);
    } else if (task) {
        footer_add(&ui->footer, ACTION_LINE, "do it");
        footer_add(&ui->footer, ACTION_NEXT,
                   task->status == TASK_OPEN ? "show one way" : "run it");
    } else if (!lesson->page_finished) {
        footer_add(&ui->footer, ACTION_NEXT, "next step");
    } else if (lesson->page < lesson->pages) {
        footer_add(&ui->footer, ACTION_NEXT, "next page");
    } else {
        buf_puts(&ui->footer, "The end.");
    }
}

void lesson_ui_make_footer(struct lesson_ui *ui)
{
    buf_clear(&ui->footer);
    footer_gate(ui);
    if (world_held_count(&ui->world) > 0 && lesson_ui_live(ui))
        footer_add(&ui->footer, ACTION_DROP, NULL);
    footer_add(&ui->footer, ACTION_ZOOM, ui->look.zoom ? "all panes" : "one pane");
    footer_add(&ui->footer, ACTION_HELP, NULL);
    footer_add(&ui->footer, ACTION_LEAVE, NULL);
    ui->look.footer = buf_text(&ui->footer);
}

/* What must be said instead of the keys; the look keeps the words. */
void lesson_ui_make_message(struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;

    ui->look.message_is_error = ui->message_is_error;
    if (ui->asking == ASKING_LEAVE) {
        lesson_ui_say(ui, "Leave this lesson? q: yes   any other key: no");
    } else if (ui->asking == ASKING_RESTART) {
        lesson_ui_say(
            ui, "Run the lesson again, up to this page? r: yes   any other key: no");
    } else if (lesson->failed) {
        buf_clear(&ui->message);
        buf_printf(&ui->message, "This step did not work: %s.   r: run again   q: leave",
                   lesson->text ? lesson->text : "");
        ui->message_is_error = ui->look.message_is_error = true;
    } else if (lesson->running && lesson->status == STEP_WAITING) {
        buf_clear(&ui->message);
        buf_printf(&ui->message, "Waiting: %s.   Space: skip",
                   lesson->text ? lesson->text : "");
        ui->message_is_error = ui->look.message_is_error = false;
    }
    ui->look.message = ui->message.len ? buf_text(&ui->message) : NULL;
}
