#include <stdio.h>
#include <string.h>

#include "ui/help.h"
#include "ui/lesson_ui.h"
#include "view/footer.h"

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
    if (lesson_ui_several_right(ui, question)) {
        footer_add_key(&ui->footer, keys, "choose");
        if (ui->look.toggled)
            footer_add(&ui->footer, ACTION_OPEN, "send");
    } else {
        footer_add_key(&ui->footer, keys, "answer");
    }
    footer_add(&ui->footer, ACTION_NEXT, "show answer");
}

/* A question or a task is open, and something stands in front of it. */
static bool covers_question(const struct lesson_ui *ui)
{
    return (lesson_ui_question(ui) || lesson_ui_task(ui)) &&
           !lesson_pane_there(&ui->drawn, PANE_PROSE) &&
           (ui->look.zoom || ui->look.sheet != SHEET_NONE);
}

/* What a recording can still do, when nothing of it is left or more may come. */
static void footer_recording(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui))
        footer_add(&ui->footer, ACTION_NEXT, NULL);
    else
        buf_puts(&ui->footer,
                 lesson_feed_fd(&ui->feed) >= 0 ? "Following." : "The recording ends.");
    footer_add(&ui->footer, ACTION_BACK, "back");
    if (!lesson_ui_live(ui))
        footer_add(&ui->footer, ACTION_LIVE, "its end");
}

static void footer_lab(struct lesson_ui *ui)
{
    if (!lesson_ui_lab_ready(ui))
        buf_puts(&ui->footer, "The lab is being built.");
    if (ui->look.sheet == SHEET_NONE) {
        footer_add(&ui->footer, ACTION_OPEN, "menu");
        footer_add(&ui->footer, ACTION_LINE, "a line");
    }
    if (world_held_count(&ui->world) > 0)
        footer_add(&ui->footer, ACTION_NEXT, "deliver");
}

static void footer_gate(struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    const struct world_question *question = lesson_ui_question(ui);
    const struct world_task *task = lesson_ui_task(ui);

    bool recording = !lesson_feed_is_lab(&ui->feed);

    if (ui->plan->lab && lesson_ui_live(ui)) {
        footer_lab(ui);
        return;
    }
    if (!lesson_ui_live(ui) && !recording) {
        footer_add(&ui->footer, ACTION_NEXT, "forward");
        footer_add(&ui->footer, ACTION_BACK, "back");
        footer_add(&ui->footer, ACTION_LIVE, "now");
    } else if (covers_question(ui)) {
        footer_add(&ui->footer, ACTION_NEXT, task ? "to the task" : "to the question");
    } else if (lesson_ui_unread(ui) > 0 && !lesson_ui_looks_back(ui)) {
        footer_add(&ui->footer, ACTION_NEXT, "read on");
    } else if (question) {
        footer_question(ui, question);
    } else if (recording) {
        footer_recording(ui);
    } else if (task) {
        footer_add(&ui->footer, ACTION_LINE, "do it");
        footer_add(&ui->footer, ACTION_NEXT,
                   task->status == TASK_OPEN    ? "show one way"
                   : task->status == TASK_SHOWN ? "run it"
                                                : "go on without");
    } else if (!lesson->page_finished) {
        footer_add(&ui->footer, ACTION_NEXT, "next step");
    } else if (lesson->page < lesson->pages) {
        footer_add(&ui->footer, ACTION_NEXT, "next page");
    } else {
        buf_puts(&ui->footer, "The end.");
        footer_add(&ui->footer, ACTION_LINE, "try it");
    }
}

static bool opens_something(const struct lesson_ui *ui)
{
    if (ui->look.sheet != SHEET_NONE || ui->look.toggled)
        return false;
    return (ui->look.focus == PANE_SOCKETS && ui->world.socks.count > 0) ||
           (ui->look.focus == PANE_WIRE && ui->world.packets.count > 0);
}

static void footer_menu(struct lesson_ui *ui)
{
    footer_add_key(&ui->footer, "Enter", "choose");
    footer_add_key(&ui->footer, "Space", "the next one");
    footer_add_key(&ui->footer, "Esc", "back");
}

static bool sheet_has_more(const struct lesson_ui *ui)
{
    return ui->look.sheet != SHEET_NONE &&
           ui->look.sheet_scroll + ui->drawn.sheet_height < ui->drawn.sheet_lines;
}

#define FOOTER_SPARES 5

/* The footer, without some of what can be spared: the help has it all. What leads back
 * from a single pane is spared last. */
static void compose_footer(struct lesson_ui *ui, int without)
{
    bool drop = world_held_count(&ui->world) > 0 && lesson_ui_acts(ui);
    bool sheet = ui->look.sheet != SHEET_NONE, alone = ui->look.zoom || sheet;

    buf_clear(&ui->footer);
    if (ui->menu) {
        footer_menu(ui);
        return;
    }
    if (ui->playing)
        footer_add(&ui->footer, ACTION_PLAY, "stop");
    footer_gate(ui);
    if (drop && without < (alone ? 1 : 3))
        footer_add(&ui->footer, ACTION_DROP, NULL);
    if (sheet_has_more(ui) && without < 3)
        footer_add_key(&ui->footer, "PgDn", "more");
    if (sheet && without < FOOTER_SPARES)
        footer_add(&ui->footer, ACTION_CLOSE, "all panes");
    else if (!sheet && without < (alone ? FOOTER_SPARES : 1))
        footer_add(&ui->footer, ACTION_ZOOM, alone ? "all panes" : "one pane");
    if (opens_something(ui) && without < 2)
        footer_add(&ui->footer, ACTION_OPEN, "details");
    footer_add(&ui->footer, ACTION_HELP, NULL);
    if (without < 4)
        footer_add(&ui->footer, ACTION_LEAVE, NULL);
}

void lesson_ui_make_footer(struct lesson_ui *ui, int columns)
{
    for (int without = 0; without <= FOOTER_SPARES; without++) {
        compose_footer(ui, without);
        if (footer_width(buf_text(&ui->footer)) <= columns)
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
        buf_puts(out, ui->plan->lab
                          ? "Leave the lab? What was not saved is gone. q: yes   any "
                            "other key: no"
                          : "Leave this lesson? q: yes   any other key: no");
    else if (ui->asking == ASKING_RESTART)
        buf_puts(out, ui->plan->lab
                          ? "Begin anew, with a fresh lab? r: yes   any other key: no"
                          : "Run the lesson again, up to this page? r: yes   any other "
                            "key: no");
    else if (ui->asking == ASKING_SOLUTION)
        buf_puts(out, "Show one way to do it? Space: yes   any other key: not yet");
    else if (ui->ended && ui->plan->recording >= 0)
        buf_printf(out, "The recording is damaged: %s.   Any key: leave",
                   ui->problem.text);
    else if (ui->ended)
        buf_printf(out, "The lab has ended%s%s.   Any key: leave",
                   lesson->failed ? ": " : " unexpectedly", lesson->failed ? why : "");
    else if (ui->notice.len)
        return false;
    else if (lesson->failed && lesson_feed_is_lab(&ui->feed))
        buf_printf(out, "This step did not work: %s.%s   r: run again   q: leave", why,
                   lesson->left_path ? " You have left the lesson's path." : "");
    else if (lesson->running && lesson->waiting && lesson_ui_live(ui))
        buf_printf(out, "Waiting: %s.   Space: skip", lesson->waiting);
    return out->len > 0;
}

/* Where the reader is, beside the wire's mode. */
void lesson_ui_make_standing(struct lesson_ui *ui)
{
    bool recording = !lesson_feed_is_lab(&ui->feed), live = lesson_ui_live(ui);
    const char *words = "live";

    buf_clear(&ui->standing);
    if (recording)
        words = ui->plan->follow ? (live ? "follows" : "review") : "recorded";
    else if (!live)
        words = "review";
    else if (ui->world.lesson.left_path && !ui->plan->lab)
        words = "by hand";
    buf_puts(&ui->standing, ui->playing ? "plays" : words);
    ui->look.standing = buf_text(&ui->standing);
    ui->look.standing_marked = strcmp(words, "live") != 0 || ui->playing;
}

/* What must be said instead of the keys; the look keeps the words. */
void lesson_ui_make_message(struct lesson_ui *ui)
{
    bool lasting, asking = ui->asking != ASKING_NOTHING;

    buf_clear(&ui->message);
    /* While a line is typed, only what its keys led to stands above it. */
    lasting = (!ui->typing || ui->ended) && lasting_message(ui, &ui->message);
    if (!lasting)
        buf_puts(&ui->message, buf_text(&ui->notice));
    ui->look.message_is_error = lasting
                                    ? !asking && (ui->ended || ui->world.lesson.failed)
                                    : ui->notice_is_error;
    ui->look.message = ui->message.len ? buf_text(&ui->message) : NULL;
}
