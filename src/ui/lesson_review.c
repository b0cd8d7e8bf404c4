#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#include "base/clock.h"
#include "ui/lesson_ui.h"

bool lesson_ui_live(const struct lesson_ui *ui)
{
    return ui->at == ui->journal.events.count;
}

bool lesson_ui_looks_back(const struct lesson_ui *ui)
{
    return ui->at < ui->told;
}

/* A recording holds its lessons' texts; a teacher's may go on with another one. */
static void take_text(struct lesson_ui *ui, const struct event_lab *lab)
{
    char *path;

    if (lesson_feed_is_lab(&ui->feed) || !lab->text)
        return;
    if (ui->loaded && strcmp(ui->loaded->text, lab->text) == 0)
        return;
    path = mem_printf("%s.md", lab->lesson ? lab->lesson : "lesson");
    loaded_free(&ui->replayed);
    library_load_text(path, lab->text, strlen(lab->text), &ui->replayed);
    ui->loaded = &ui->replayed;
    lesson_ui_progress_begin(ui, 0);
    ui->seen = (struct lesson_seen){0};
    free(path);
}

/* The reader of a recording has answered by himself: how it went then does not count. */
static bool answered_otherwise(const struct lesson_ui *ui, const struct event *event)
{
    const struct world_question *question;

    if (lesson_feed_is_lab(&ui->feed) || event->kind != EVENT_QUESTION)
        return false;
    question =
        world_question_find(&ui->world, event->question.page, event->question.block);
    return question && question->status != QUESTION_OPEN;
}

static void take_events(struct lesson_ui *ui, size_t until)
{
    for (; ui->at < until; ui->at++) {
        const struct event *event = &ui->journal.events.items[ui->at];

        if (event->kind == EVENT_LAB)
            take_text(ui, &event->lab);
        if (answered_otherwise(ui, event))
            continue;
        if (world_apply(&ui->world, event, &ui->problem) < 0)
            ui->ended = true;
        if (ui->at >= ui->told) {
            ui->told = ui->at + 1;
            lesson_ui_progress_take(ui, event);
        }
        if (event->kind == EVENT_STEP && event->step.status == STEP_REFUSED) {
            lesson_ui_say(ui, event->step.text ? event->step.text : "not possible");
            ui->notice_is_error = true;
        }
    }
}

void lesson_ui_go_to(struct lesson_ui *ui, size_t at)
{
    if (at < ui->at) {
        world_free(&ui->world);
        world_init(&ui->world);
        ui->at = 0;
    }
    take_events(ui, at);
    buf_clear(&ui->notice);
}

/* A page is told once when it opens, and again each time it unfolds. */
static bool begins_page(const struct lesson_ui *ui, size_t at)
{
    const struct event *events = ui->journal.events.items;

    for (size_t before = at; before-- > 0;)
        if (events[before].kind == EVENT_PAGE)
            return events[before].page.page != events[at].page.page;
    return true;
}

/* A page's setup runs as the page opens: nobody pressed a key for it. */
static bool is_setup(const struct lesson_ui *ui, const struct event_step *step)
{
    const struct block *block =
        lesson_block(ui->loaded->lesson, step->page, step->block);

    return block && block->kind == BLOCK_SETUP;
}

/* An event with which something begins that Back goes to before. */
static bool begins_step(const struct lesson_ui *ui, size_t at)
{
    const struct event *event = &ui->journal.events.items[at];

    if (event->kind == EVENT_STEP)
        return event->step.status == STEP_STARTED && !is_setup(ui, &event->step);
    if (event->kind == EVENT_QUESTION)
        return event->question.status != QUESTION_OPEN;
    if (event->kind == EVENT_TASK)
        return event->task.status == TASK_SHOWN;
    return event->kind == EVENT_PAGE && begins_page(ui, at);
}

void lesson_ui_back(struct lesson_ui *ui)
{
    for (size_t at = ui->at; at-- > 1;) {
        if (begins_step(ui, at) && ui->world.lesson.page > 0) {
            lesson_ui_go_to(ui, at);
            if (ui->world.lesson.page > 0)
                return;
        }
    }
}

void lesson_ui_forward(struct lesson_ui *ui)
{
    size_t at = ui->at + 1;

    if (lesson_ui_live(ui))
        return;
    while (at < ui->journal.events.count && !begins_step(ui, at))
        at++;
    lesson_ui_go_to(ui, at);
}

static void note_offset(struct lesson_ui *ui)
{
    int64_t offset;

    if (ui->journal.events.count == 0)
        return;
    offset = clock_now_ns() - vec_last(&ui->journal.events)->t_ns;
    /* The least delay seen tells best where the journal's time began. */
    if (ui->offset_ns == 0 || offset < ui->offset_ns)
        ui->offset_ns = offset;
}

/* The lesson goes on, though nobody can read along any more. */
static void write_journal(struct lesson_ui *ui, const char *piece, size_t len)
{
    if (ui->plan->journal < 0 || ui->journal_failed)
        return;
    if (file_write_all(ui->plan->journal, piece, len) == 0)
        return;
    ui->journal_failed = true;
    lesson_ui_say(ui, "The journal cannot be written any more.");
    ui->notice_is_error = true;
}

/* False: no more for now, or never. */
static bool read_piece(struct lesson_ui *ui)
{
    char piece[65536];
    ssize_t got = lesson_feed_read(&ui->feed, piece, sizeof(piece));

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (got <= 0) {
        ui->ended = ui->ended || got < 0 || lesson_feed_is_lab(&ui->feed);
        return false;
    }
    write_journal(ui, piece, (size_t)got);
    if (journal_feed(&ui->journal, piece, (size_t)got, &ui->problem) < 0)
        ui->ended = true;
    return !ui->ended;
}

void lesson_ui_read(void *context)
{
    struct lesson_ui *ui = context;
    bool live = lesson_ui_live(ui);
    size_t known = ui->journal.events.count;

    /* A lab tells when there is more; of a file all is read that is there. */
    while (read_piece(ui) && !lesson_feed_is_lab(&ui->feed))
        ;
    /* A run that begins has a clock of its own. */
    for (; known < ui->journal.events.count; known++)
        if (ui->journal.events.items[known].kind == EVENT_LAB &&
            ui->journal.events.items[known].lab.text)
            ui->offset_ns = 0;
    note_offset(ui);
    ui->sent = false;
    if (live)
        take_events(ui, ui->journal.events.count);
    /* Why it has ended is said where all see it. */
    if (ui->ended) {
        ui->typing = ui->blank = false;
        ui->help = 0;
    }
}

int64_t lesson_ui_now(const struct lesson_ui *ui)
{
    bool goes_on = lesson_feed_is_lab(&ui->feed) || ui->plan->follow;

    return goes_on && lesson_ui_live(ui) && ui->offset_ns
               ? clock_now_ns() - ui->offset_ns
               : ui->world.t_ns;
}
