#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "ui/lesson_ui.h"

bool lesson_ui_live(const struct lesson_ui *ui)
{
    return ui->at == ui->journal.events.count;
}

static void take_events(struct lesson_ui *ui, size_t until)
{
    for (; ui->at < until; ui->at++) {
        const struct event *event = &ui->journal.events.items[ui->at];

        if (world_apply(&ui->world, event, &ui->problem) < 0)
            ui->ended = true;
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

/* An event with which something begins that Back goes to before. */
static bool begins_step(const struct lesson_ui *ui, size_t at)
{
    const struct event *event = &ui->journal.events.items[at];

    if (event->kind == EVENT_STEP)
        return event->step.status == STEP_STARTED;
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

    while (at < ui->journal.events.count && !begins_step(ui, at))
        at++;
    lesson_ui_go_to(ui, at);
}

void lesson_ui_read(void *context)
{
    struct lesson_ui *ui = context;
    bool live = lesson_ui_live(ui);
    char piece[65536];
    ssize_t got = read(ui->session.fd, piece, sizeof(piece));

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0 || journal_feed(&ui->journal, piece, (size_t)got, &ui->problem) < 0) {
        ui->ended = true;
        return;
    }
    if (ui->journal.events.count > 0) {
        int64_t offset = clock_now_ns() - vec_last(&ui->journal.events)->t_ns;

        /* The least delay seen tells best where the journal's time began. */
        if (ui->offset_ns == 0 || offset < ui->offset_ns)
            ui->offset_ns = offset;
    }
    ui->sent = false;
    if (live)
        take_events(ui, ui->journal.events.count);
}

int64_t lesson_ui_now(const struct lesson_ui *ui)
{
    return lesson_ui_live(ui) && ui->offset_ns ? clock_now_ns() - ui->offset_ns
                                               : ui->world.t_ns;
}
