#include "ui/screen_lesson.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/app.h"
#include "ui/help.h"
#include "ui/keys.h"
#include "ui/lesson_ui.h"
#include "ui/terminal.h"
#include "view/table.h"

/* ----------------------------------------------------------- starting */

static int start(struct lesson_ui *ui, unsigned until_page, struct err *err)
{
    struct session_plan plan = {.lesson = ui->loaded->lesson,
                                .script = &ui->loaded->script,
                                .text = ui->loaded->text,
                                .name = ui->loaded->name,
                                .runner = {.until_page = until_page}};

    world_init(&ui->world);
    ui->offset_ns = 0;
    ui->at = 0;
    ui->seen = (struct lesson_seen){0};
    ui->sent = false;
    ui->look.toggled = 0;
    return session_start(&ui->session, &plan, err);
}

static void stop(struct lesson_ui *ui)
{
    session_end(&ui->session);
    journal_free(&ui->journal);
    world_free(&ui->world);
}

static void restart(struct lesson_ui *ui)
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

static void draw(void *context, struct canvas *canvas)
{
    struct lesson_ui *ui = context;

    if (ui->blank)
        return;
    ui->help_pages = help_pages(canvas);
    if (ui->help) {
        help_draw(canvas, ui->help - 1);
        return;
    }
    lesson_ui_make_message(ui);
    ui->look.review = !lesson_ui_live(ui);
    ui->look.now_ns = lesson_ui_now(ui);
    ui->look.input = ui->typing ? buf_text(&ui->input) : NULL;
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
}

/* Countdowns on the screen run in tenths of a second when they are short. */
static int redraw_ms(void *context)
{
    const struct lesson_ui *ui = context;
    int64_t now = lesson_ui_now(ui);
    int wait = -1;

    if (!lesson_ui_live(ui) || ui->help || ui->blank)
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

/* ----------------------------------------------------------- keys */

/* Until the lab has taken it, no second one is sent: it would meet the next question. */
static void send_answer(struct lesson_ui *ui, const struct world_question *question,
                        unsigned answers)
{
    if (answers == question->tried) {
        lesson_ui_say(ui, "That you have tried; it is another one.");
        return;
    }
    ui->look.toggled = 0;
    ui->touched = ui->sent = true;
    session_answer(&ui->session, answers);
}

static void answer(struct lesson_ui *ui, unsigned number)
{
    const struct world_question *question = lesson_ui_question(ui);
    const struct block *block = question ? lesson_ui_question_block(ui, question) : NULL;

    if (!block || !lesson_ui_live(ui) || ui->sent || number > block->answer_count)
        return;
    if (lesson_ui_unread(ui) > 0) {
        lesson_ui_read_on(ui);
        lesson_ui_say(ui, "The question goes on here: read first, then answer.");
    } else if (question_right_count(block) > 1) {
        ui->look.toggled ^= 1u << (number - 1);
    } else {
        send_answer(ui, question, 1u << (number - 1));
    }
}

static void submit(struct lesson_ui *ui)
{
    const struct world_question *question = lesson_ui_question(ui);

    if (!question || !lesson_ui_live(ui) || ui->sent)
        return;
    if (ui->look.toggled)
        send_answer(ui, question, ui->look.toggled);
}

static void next_pane(struct lesson_ui *ui)
{
    /* Where one pane has the screen, all of them can take it. */
    for (int i = 1; i <= PANE_COUNT; i++) {
        enum pane pane = (enum pane)((ui->look.focus + i) % PANE_COUNT);

        if (ui->look.zoom || ui->drawn.pane_there[pane]) {
            ui->look.focus = pane;
            return;
        }
    }
}

static void send_next(struct lesson_ui *ui)
{
    /* At a question or a task the press shows something, which must be seen before the
     * next one counts. A step may be asked for while another runs. */
    ui->sent = lesson_ui_question(ui) || lesson_ui_task(ui);
    ui->touched = true;
    ui->look.toggled = 0;
    ui->look.wire_up = 0;
    session_next(&ui->session);
}

/* A task's solution is not shown by a slip of the finger. */
static bool asks_for_solution(const struct lesson_ui *ui)
{
    const struct world_task *task = lesson_ui_task(ui);

    return task && task->status == TASK_OPEN && !ui->world.lesson.running;
}

static void next(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui)) {
        lesson_ui_forward(ui);
        return;
    }
    if (lesson_ui_unread(ui) > 0) {
        lesson_ui_read_on(ui);
        return;
    }
    if (ui->sent)
        return;
    if (asks_for_solution(ui)) {
        ui->asking = ASKING_SOLUTION;
        return;
    }
    send_next(ui);
}

static void drop(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui))
        lesson_ui_say(ui, "You are looking back: End goes to now.");
    else if (world_held_count(&ui->world) == 0)
        lesson_ui_say(ui, "No packet is held.");
    else if (!ui->sent)
        ui->sent = session_line(&ui->session, "drop") == 0;
}

static void act(struct lesson_ui *ui, enum action action, int key)
{
    switch (action) {
    case ACTION_NEXT:
        next(ui);
        break;
    case ACTION_BACK:
        lesson_ui_back(ui);
        break;
    case ACTION_LIVE:
        lesson_ui_go_to(ui, ui->journal.events.count);
        break;
    case ACTION_DROP:
        drop(ui);
        break;
    case ACTION_ANSWER:
        answer(ui, (unsigned)(key - '0'));
        break;
    case ACTION_SUBMIT:
        submit(ui);
        break;
    case ACTION_LINE:
        lesson_ui_begin_typing(ui);
        break;
    case ACTION_PANE:
        next_pane(ui);
        break;
    case ACTION_ZOOM:
        ui->look.zoom = !ui->look.zoom;
        break;
    case ACTION_UP:
        lesson_ui_scroll(ui, -1, 0);
        break;
    case ACTION_DOWN:
        lesson_ui_scroll(ui, 1, 0);
        break;
    case ACTION_SCROLL_LEFT:
        lesson_ui_scroll(ui, 0, -1);
        break;
    case ACTION_SCROLL_RIGHT:
        lesson_ui_scroll(ui, 0, 1);
        break;
    case ACTION_RESTART:
        ui->asking = ASKING_RESTART;
        break;
    case ACTION_BLANK:
        ui->blank = true;
        break;
    case ACTION_HELP:
        ui->help = 1;
        break;
    case ACTION_LEAVE:
        ui->asking = ASKING_LEAVE;
        break;
    case ACTION_SEARCH:
    case ACTION_CORE:
    case ACTION_FIRST:
    case ACTION_NONE:
    case ACTION_COUNT:
        break;
    }
}

/* The key after "Leave?" or "Run again?". False: leave. */
static bool answer_asking(struct lesson_ui *ui, int key)
{
    enum asking asked = ui->asking;

    ui->asking = ASKING_NOTHING;
    if (asked == ASKING_RESTART && key == 'r')
        restart(ui);
    if (asked == ASKING_SOLUTION && key_action(key) == ACTION_NEXT)
        send_next(ui);
    return !(asked == ASKING_LEAVE && key == 'q');
}

static bool take_key(void *context, int key)
{
    struct lesson_ui *ui = context;

    buf_clear(&ui->notice);
    if (ui->ended)
        return false;
    if (ui->blank)
        ui->blank = false;
    else if (ui->help)
        ui->help = ui->help < ui->help_pages ? ui->help + 1 : 0;
    else if (ui->typing)
        lesson_ui_type(ui, key);
    else if (ui->asking != ASKING_NOTHING)
        return answer_asking(ui, key);
    else
        act(ui, key_action(key), key);
    return true;
}

/* ----------------------------------------------------------- running */

static int session_fd(void *context)
{
    const struct lesson_ui *ui = context;

    return ui->ended ? -1 : ui->session.fd;
}

static void take_number(struct lesson_ui *ui)
{
    const char *name = ui->loaded->name;

    if (isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]))
        snprintf(ui->number, sizeof(ui->number), "%d",
                 (name[0] - '0') * 10 + name[1] - '0');
    ui->look.number = ui->number;
}

static void end_message(struct lesson_ui *ui, struct err *err)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    const char *why = lesson->failed && lesson->text ? lesson->text : ui->problem.text;

    if (ui->ended)
        err_set(err, -EIO, "the lab has ended unexpectedly%s%s", why[0] ? ": " : "",
                why);
}

int screen_lesson(const struct loaded *loaded, int *signal_number, struct err *err)
{
    struct lesson_ui ui = {.loaded = loaded, .look = {.sockets_selected = 0}};
    const struct screen screen = {.context = &ui,
                                  .draw = draw,
                                  .key = take_key,
                                  .fd = session_fd,
                                  .readable = lesson_ui_read,
                                  .redraw_ms = redraw_ms};
    int result;

    take_number(&ui);
    result = start(&ui, 0, err);
    if (result == 0) {
        *signal_number = app_run(&screen);
        end_message(&ui, err);
        result = ui.ended ? -EIO : 0;
    }
    stop(&ui);
    buf_free(&ui.input);
    buf_free(&ui.last_input);
    buf_free(&ui.notice);
    buf_free(&ui.footer);
    buf_free(&ui.message);
    return result;
}
