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
    buf_clear(&ui->notice);
    buf_puts(&ui->notice, words);
    ui->notice_is_error = false;
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

/* The footer, without some of what can be spared: the help has it all. What leads back
 * from a single pane is spared last. */
static void compose_footer(struct lesson_ui *ui, int without)
{
    bool drop = world_held_count(&ui->world) > 0 && lesson_ui_live(ui);

    buf_clear(&ui->footer);
    footer_gate(ui);
    if (drop && without < (ui->look.zoom ? 1 : 2))
        footer_add(&ui->footer, ACTION_DROP, NULL);
    if (without < (ui->look.zoom ? 2 : 1))
        footer_add(&ui->footer, ACTION_ZOOM, ui->look.zoom ? "all panes" : "one pane");
    footer_add(&ui->footer, ACTION_HELP, NULL);
    footer_add(&ui->footer, ACTION_LEAVE, NULL);
}

/* Without the marks around keys, which take no column. */
static int footer_width(const struct lesson_ui *ui)
{
    struct buf words = {0};
    int width;

    for (size_t i = 0; i < ui->footer.len; i++)
        if (ui->footer.data[i] != '\1' && ui->footer.data[i] != '\2')
            buf_putc(&words, ui->footer.data[i]);
    width = text_width(buf_text(&words));
    buf_free(&words);
    return width;
}

void lesson_ui_make_footer(struct lesson_ui *ui, int columns)
{
    for (int without = 0; without <= 2; without++) {
        compose_footer(ui, without);
        if (footer_width(ui) <= columns - 1)
            break;
    }
    ui->look.footer = buf_text(&ui->footer);
}

/* What stands in the way now, which is not over with the next key. */
static bool lasting_message(const struct lesson_ui *ui, struct buf *out)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    const char *why = lesson->text ? lesson->text : "";

    if (ui->asking == ASKING_LEAVE)
        buf_puts(out, "Leave this lesson? q: yes   any other key: no");
    else if (ui->asking == ASKING_RESTART)
        buf_puts(out,
                 "Run the lesson again, up to this page? r: yes   any other key: no");
    else if (ui->asking == ASKING_SOLUTION)
        buf_puts(out, "Show one way to do it? Space: yes   any other key: not yet");
    else if (ui->ended)
        buf_printf(out, "The lab has ended%s%s.   Any key: leave",
                   lesson->failed ? ": " : " unexpectedly", lesson->failed ? why : "");
    else if (lesson->failed)
        buf_printf(out, "This step did not work: %s.%s   r: run again   q: leave", why,
                   lesson->left_path ? " You have left the lesson's path." : "");
    else if (ui->notice.len)
        return false;
    else if (lesson->running && lesson->waiting && lesson_ui_live(ui))
        buf_printf(out, "Waiting: %s.   Space: skip", lesson->waiting);
    return out->len > 0;
}

/* What must be said instead of the keys; the look keeps the words. */
void lesson_ui_make_message(struct lesson_ui *ui)
{
    bool lasting, asking = ui->asking != ASKING_NOTHING;

    buf_clear(&ui->message);
    lasting = lasting_message(ui, &ui->message);
    if (!lasting)
        buf_puts(&ui->message, buf_text(&ui->notice));
    ui->look.message_is_error = lasting
                                    ? !asking && (ui->ended || ui->world.lesson.failed)
                                    : ui->notice_is_error;
    ui->look.message = ui->message.len ? buf_text(&ui->message) : NULL;
}
