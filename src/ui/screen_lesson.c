#include "ui/screen_lesson.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/app.h"
#include "ui/help.h"
#include "ui/lesson_ui.h"

#define PLAY_SPEED_USUAL 2 /* a step each two seconds */

/* ----------------------------------------------------------- starting */

static int start_lab(struct lesson_ui *ui, unsigned until_page, struct err *err)
{
    struct session_plan plan = {.lesson = ui->plan->loaded->lesson,
                                .script = &ui->plan->loaded->script,
                                .text = ui->plan->loaded->text,
                                .name = ui->plan->loaded->name,
                                .runner = {.until_page = until_page}};

    /* Nobody answers or solves what stands in a file that opens the free lab. */
    if (ui->plan->lab)
        plan.runner.until_page = (unsigned)plan.lesson->pages.count + 1;

    return lesson_feed_lab(&ui->feed, &plan, err);
}

/* A recording is read as far as it is there; one that grows is shown where it stands, as
 * the class it follows. */
static int start_recording(struct lesson_ui *ui, struct err *err)
{
    int result = lesson_feed_recording(&ui->feed, ui->plan->recording,
                                       ui->plan->recording_path, ui->plan->follow, err);

    if (result < 0)
        return result;
    ui->at = ui->plan->follow ? 0 : 1; /* not live: nothing is taken in yet */
    lesson_ui_read(ui);
    ui->at = ui->plan->follow ? ui->at : 0;
    if (ui->ended || ui->journal.events.count == 0)
        return err_set(
            err, -EINVAL, "%s:%s%s", ui->plan->recording_path, ui->ended ? "" : "1: ",
            ui->ended ? ui->problem.text : "the file is empty; expected a journal");
    while (!ui->plan->follow && ui->world.lesson.page == 0 && !lesson_ui_live(ui))
        lesson_ui_forward(ui);
    return 0;
}

static int start(struct lesson_ui *ui, unsigned until_page, struct err *err)
{
    world_init(&ui->world);
    lesson_feed_none(&ui->feed);
    ui->offset_ns = 0;
    ui->at = ui->told = 0;
    ui->seen = (struct lesson_seen){0};
    ui->sent = ui->playing = false;
    ui->look.toggled = 0;
    ui->look.wire_selected = 0;
    ui->look.sheet = SHEET_NONE;
    ui->loaded = ui->plan->loaded;
    if (ui->plan->recording >= 0)
        return start_recording(ui, err);
    lesson_ui_progress_begin(ui, until_page);
    return start_lab(ui, until_page, err);
}

static void stop(struct lesson_ui *ui)
{
    lesson_ui_progress_end(ui);
    lesson_feed_close(&ui->feed);
    journal_free(&ui->journal);
    world_free(&ui->world);
    loaded_free(&ui->replayed);
}

void lesson_ui_restart(struct lesson_ui *ui)
{
    unsigned page = ui->world.lesson.page;

    stop(ui);
    if (start(ui, page, &ui->problem) < 0)
        ui->ended = true;
}

/* ----------------------------------------------------------- drawing */

/* Places the panes and words the footer by what was drawn. True if that changes the
 * picture. */
static bool look_changes(struct lesson_ui *ui, int width)
{
    struct lesson_look before = ui->look;
    char *footer = mem_strdup(ui->look.footer);
    bool changes;

    lesson_ui_place_panes(ui);
    lesson_ui_make_footer(ui, width);
    changes = strcmp(footer, ui->look.footer) != 0;
    before.footer = ui->look.footer;
    changes = changes || memcmp(&before, &ui->look, sizeof(before)) != 0;
    free(footer);
    return changes;
}

static void prepare_look(struct lesson_ui *ui)
{
    bool asked = !ui->plan->lab && (lesson_ui_question(ui) || lesson_ui_task(ui));

    lesson_ui_make_message(ui);
    lesson_ui_make_standing(ui);
    /* What is asked is shown, also where the text is not wanted. */
    ui->look.without_text = ui->without_text && !asked;
    ui->look.glossary = &ui->glossary;
    ui->look.lab = ui->plan->lab;
    ui->look.now_ns = lesson_ui_now(ui);
    ui->look.input = ui->typing ? buf_text(&ui->input.text) : NULL;
    ui->look.input_cursor = ui->input.cursor;
}

void lesson_ui_draw(struct lesson_ui *ui, struct canvas *canvas)
{
    prepare_look(ui);
    lesson_ui_make_footer(ui, canvas->width);
    lesson_screen_draw(ui->loaded->lesson, &ui->world, &ui->look, canvas, &ui->drawn);
    if (screen_too_small(canvas)) {
        if (ui->asking == ASKING_LEAVE)
            canvas_put(canvas, canvas_all(canvas), 0, 3, ELEMENT_HELD,
                       "q again leaves.");
        return;
    }
    /* What there is to read, and so the scroll and the keys, is known only after the
     * page was laid out; mostly it is as it was. */
    if (look_changes(ui, canvas->width))
        lesson_screen_draw(ui->loaded->lesson, &ui->world, &ui->look, canvas,
                           &ui->drawn);
    if (ui->menu)
        lesson_ui_menu_draw(ui, canvas);
}

static enum where where(const struct lesson_ui *ui)
{
    return lesson_feed_is_lab(&ui->feed) ? WHERE_LAB : WHERE_RECORDING;
}

static void draw(void *context, struct canvas *canvas)
{
    struct lesson_ui *ui = context;

    ui->columns = canvas->width;
    ui->rows = canvas->height;
    ui->help_pages = help_pages(canvas, where(ui));
    if (ui->help > ui->help_pages) /* the window has grown */
        ui->help = ui->help_pages;
    ui->shown = true;
    if (ui->help && !ui->blank)
        help_draw(canvas, where(ui), ui->help - 1);
    else if (!ui->blank)
        lesson_ui_draw(ui, canvas);
}

/* Countdowns on the screen run in tenths of a second when they are short. */
static int countdown_ms(const struct lesson_ui *ui)
{
    int64_t now = lesson_ui_now(ui);
    int wait = -1;

    if (!lesson_ui_live(ui) || lesson_ui_now(ui) == ui->world.t_ns || ui->help ||
        ui->blank)
        return -1;
    vec_each (sock, &ui->world.socks) {
        int64_t left = sock->deadline_ns - now;

        if (sock->gone || sock->deadline_ns < 0 || left <= 0)
            continue;
        if (left < 10 * NS_PER_S)
            return 250;
        wait = 1000;
    }
    vec_each (thread, &ui->world.threads)
        if (thread->alive && thread->called && thread->status == CALL_BLOCKED)
            wait = 1000;
    return wait;
}

static int redraw_ms(void *context)
{
    const struct lesson_ui *ui = context;
    int countdown = countdown_ms(ui), play = lesson_ui_play_ms(ui);

    if (ui->unsaved)
        return 0;
    if (countdown < 0 || play < 0)
        return countdown < 0 ? play : countdown;
    return countdown < play ? countdown : play;
}

static void tick(void *context)
{
    struct lesson_ui *ui = context;

    /* A file takes its time: first what is new is shown, and then it is kept. */
    if (ui->shown)
        lesson_ui_progress_save(ui);
    ui->shown = false;
    if (ui->again.count)
        lesson_ui_lab_turn(ui);
    lesson_ui_play_tick(ui);
}

/* ----------------------------------------------------------- running */

static int feed_fd(void *context)
{
    const struct lesson_ui *ui = context;

    return ui->ended ? -1 : lesson_feed_fd(&ui->feed);
}

static void take_number(struct lesson_ui *ui)
{
    const char *name = ui->loaded ? ui->loaded->name : "";

    if (isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]))
        snprintf(ui->number, sizeof(ui->number), "%d",
                 (name[0] - '0') * 10 + name[1] - '0');
    ui->look.number = ui->number;
}

static void end_message(struct lesson_ui *ui, struct err *err)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    const char *why = lesson->failed && lesson->text ? lesson->text : ui->problem.text;

    if (ui->ended && ui->plan->recording >= 0)
        err_set(err, -EINVAL, "%s:%s", ui->plan->recording_path, ui->problem.text);
    else if (ui->ended)
        err_set(err, -EIO, "the lab has ended unexpectedly%s%s", why[0] ? ": " : "",
                why);
}

static void free_ui(struct lesson_ui *ui)
{
    stop(ui);
    lesson_ui_menu_close(ui);
    lesson_ui_lab_forget(ui);
    glossary_clear(&ui->glossary);
    typed_free(&ui->input);
    buf_free(&ui->notice);
    buf_free(&ui->footer);
    buf_free(&ui->standing);
    buf_free(&ui->message);
}

int screen_lesson(const struct lesson_plan *plan, int *signal_number, struct err *err)
{
    struct lesson_ui ui = {.plan = plan,
                           .without_text = plan->without_text,
                           .play_speed = PLAY_SPEED_USUAL,
                           .look = {.sockets_selected = 0}};
    const struct screen screen = {.context = &ui,
                                  .draw = draw,
                                  .key = lesson_ui_key,
                                  .fd = feed_fd,
                                  .readable = lesson_ui_read,
                                  .tick = tick,
                                  .redraw_ms = redraw_ms};
    int result = start(&ui, plan->page, err);

    if (result == 0) {
        take_number(&ui);
        if (plan->why)
            lesson_ui_say(&ui, plan->why);
        *signal_number = app_run(&screen);
        end_message(&ui, err);
        result = !ui.ended ? 0 : plan->recording >= 0 ? -EINVAL : -EIO;
    }
    free_ui(&ui);
    return result;
}
