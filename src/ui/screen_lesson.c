#include "ui/screen_lesson.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>

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
    ui->page_seen = 0;
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

/* When a page has unfolded further: what is new begins in sight, and ends in sight if
 * there is room for it. */
static void scroll_to_new(struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    int end = ui->drawn.prose_lines - ui->drawn.prose_height;
    bool answered = ui->drawn.prose_lines != ui->lines_seen;

    if (lesson->page != ui->page_seen)
        ui->look.prose_scroll = 0;
    else if (lesson->shown > ui->shown_seen || answered)
        ui->look.prose_scroll = end < ui->lines_seen ? end : ui->lines_seen;
    if (ui->look.prose_scroll > end)
        ui->look.prose_scroll = end;
    if (ui->look.prose_scroll < 0)
        ui->look.prose_scroll = 0;
    ui->page_seen = lesson->page;
    ui->shown_seen = lesson->shown;
    ui->lines_seen = ui->drawn.prose_lines;
}

static void draw(void *context, struct canvas *canvas)
{
    struct lesson_ui *ui = context;

    if (ui->blank)
        return;
    if (ui->help) {
        help_draw(canvas);
        return;
    }
    lesson_ui_make_message(ui);
    ui->look.review = !lesson_ui_live(ui);
    ui->look.now_ns = lesson_ui_now(ui);
    ui->look.input = ui->typing ? buf_text(&ui->input) : NULL;
    /* What there is to read, and so the keys, is known only after the page was laid out.
     */
    lesson_screen_draw(ui->loaded->lesson, &ui->world, &ui->look, canvas, &ui->drawn);
    if (ui->drawn.pane_there[PANE_PROSE])
        scroll_to_new(ui);
    lesson_ui_make_footer(ui);
    lesson_screen_draw(ui->loaded->lesson, &ui->world, &ui->look, canvas, &ui->drawn);
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
            return 200;
        wait = 1000;
    }
    vec_each (thread, &ui->world.threads)
        if (thread->alive && thread->called && thread->status == CALL_BLOCKED)
            wait = 1000;
    return wait;
}

/* ----------------------------------------------------------- keys */

static void answer(struct lesson_ui *ui, unsigned number)
{
    const struct world_question *question = lesson_ui_question(ui);
    const struct block *block = question ? lesson_ui_question_block(ui, question) : NULL;

    if (!block || !lesson_ui_live(ui) || number > block->answer_count)
        return;
    if (question_right_count(block) > 1)
        ui->look.toggled ^= 1u << (number - 1);
    else
        session_answer(&ui->session, 1u << (number - 1));
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

static int within(int value, int most)
{
    return value > most ? (most < 0 ? 0 : most) : value < 0 ? 0 : value;
}

static void scroll_prose(struct lesson_ui *ui, int down)
{
    ui->look.prose_scroll = within(ui->look.prose_scroll + down,
                                   ui->drawn.prose_lines - ui->drawn.prose_height);
}

static void scroll(struct lesson_ui *ui, int down, int right)
{
    struct lesson_look *look = &ui->look;

    switch (look->focus) {
    case PANE_PROSE:
        scroll_prose(ui, down);
        break;
    case PANE_WIRE:
        look->wire_up = within(look->wire_up - down,
                               ui->drawn.wire_lines - ui->drawn.wire_height + 2);
        look->wire_right = within(look->wire_right + 8 * right, 200);
        break;
    case PANE_SOURCE:
        look->source_scroll = within(look->source_scroll + down, 15);
        break;
    case PANE_SOCKETS:
        look->sockets_selected =
            within(look->sockets_selected + down, table_count(&ui->world) - 1);
        break;
    case PANE_COUNT:
        break;
    }
}

static void next(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui)) {
        lesson_ui_forward(ui);
        return;
    }
    if (lesson_ui_unread(ui) > 0) {
        scroll_prose(ui, ui->drawn.prose_height - 1);
        return;
    }
    ui->look.toggled = 0;
    ui->look.wire_up = 0;
    session_next(&ui->session);
}

static void drop(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui))
        lesson_ui_say(ui, "You are looking back: End goes to now.");
    else if (world_held_count(&ui->world) == 0)
        lesson_ui_say(ui, "No packet is held.");
    else
        session_line(&ui->session, "drop");
}

static void begin_typing(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui)) {
        lesson_ui_say(ui, "You are looking back: End goes to now.");
        return;
    }
    ui->typing = true;
    buf_clear(&ui->input);
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
        if (lesson_ui_question(ui) && ui->look.toggled && lesson_ui_live(ui))
            session_answer(&ui->session, ui->look.toggled);
        break;
    case ACTION_LINE:
        begin_typing(ui);
        break;
    case ACTION_PANE:
        next_pane(ui);
        break;
    case ACTION_ZOOM:
        ui->look.zoom = !ui->look.zoom;
        break;
    case ACTION_UP:
        scroll(ui, -1, 0);
        break;
    case ACTION_DOWN:
        scroll(ui, 1, 0);
        break;
    case ACTION_SCROLL_LEFT:
        scroll(ui, 0, -1);
        break;
    case ACTION_SCROLL_RIGHT:
        scroll(ui, 0, 1);
        break;
    case ACTION_RESTART:
        ui->asking = ASKING_RESTART;
        break;
    case ACTION_BLANK:
        ui->blank = true;
        break;
    case ACTION_HELP:
        ui->help = true;
        break;
    case ACTION_LEAVE:
        ui->asking = ASKING_LEAVE;
        break;
    case ACTION_NONE:
    case ACTION_COUNT:
        break;
    }
}

/* One key of a line that is typed. */
static void type(struct lesson_ui *ui, int key)
{
    if (key == KEY_IS_ESCAPE) {
        ui->typing = false;
    } else if (key == KEY_IS_ENTER) {
        ui->typing = false;
        if (ui->input.len)
            session_line(&ui->session, buf_text(&ui->input));
    } else if (key == KEY_IS_BACKSPACE) {
        while (ui->input.len && (ui->input.data[ui->input.len - 1] & 0xc0) == 0x80)
            ui->input.data[--ui->input.len] = '\0';
        if (ui->input.len)
            ui->input.data[--ui->input.len] = '\0';
    } else if (key >= ' ' && key < 0x7f) {
        buf_putc(&ui->input, (char)key);
    }
}

/* The key after "Leave?" or "Run again?". False: leave. */
static bool answer_asking(struct lesson_ui *ui, int key)
{
    enum asking asked = ui->asking;

    ui->asking = ASKING_NOTHING;
    if (asked == ASKING_RESTART && key == 'r')
        restart(ui);
    return !(asked == ASKING_LEAVE && key == 'q');
}

static bool take_key(void *context, int key)
{
    struct lesson_ui *ui = context;

    buf_clear(&ui->message);
    if (ui->ended)
        return false;
    if (ui->blank || ui->help)
        ui->blank = ui->help = false;
    else if (ui->typing)
        type(ui, key);
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
    if (ui->ended)
        err_set(err, -EIO, "the lab has ended unexpectedly%s%s",
                ui->problem.text[0] ? ": " : "", ui->problem.text);
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
    buf_free(&ui.footer);
    buf_free(&ui.message);
    return result;
}
