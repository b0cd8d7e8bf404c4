#include "ui/lesson_ui.h"

/* ----------------------------------------------------------- Next, and what acts */

static void send_next(struct lesson_ui *ui)
{
    /* At a question or a task the press shows something, which must be seen before the
     * next one counts. A step may be asked for while another runs. */
    ui->sent = lesson_ui_question(ui) || lesson_ui_task(ui);
    ui->touched = true;
    ui->look.toggled = 0;
    ui->look.wire_up = 0;
    ui->look.wire_selected = 0;
    session_next(&ui->feed.session);
}

/* A task's solution is not shown by a slip of the finger. */
static bool asks_for_solution(const struct lesson_ui *ui)
{
    const struct world_task *task = lesson_ui_task(ui);

    return task && task->status == TASK_OPEN && !ui->world.lesson.running;
}

void lesson_ui_next(struct lesson_ui *ui)
{
    if (lesson_ui_uncover(ui))
        return;
    if (lesson_ui_unread(ui) > 0 && !lesson_ui_looks_back(ui)) {
        lesson_ui_read_on(ui);
        return;
    }
    if (lesson_ui_live(ui) && !lesson_feed_is_lab(&ui->feed)) {
        lesson_ui_say(ui, lesson_feed_fd(&ui->feed) >= 0
                              ? "This is as far as it has come."
                              : "The recording ends here.");
        return;
    }
    if (!lesson_ui_live(ui)) {
        ui->touched = true;
        lesson_ui_forward(ui);
        return;
    }
    if (ui->plan->lab) {
        lesson_ui_lab_next(ui);
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
    if (!lesson_feed_is_lab(&ui->feed))
        lesson_ui_say(ui, "This is a recording: it goes as it went.");
    else if (!lesson_ui_live(ui))
        lesson_ui_say(ui, "You are looking back: End goes to now.");
    else if (world_held_count(&ui->world) == 0)
        lesson_ui_say(ui, "No packet is held.");
    else if (!ui->sent)
        ui->sent = session_line(&ui->feed.session, "drop") == 0;
}

/* ----------------------------------------------------------- panes */

static void next_pane(struct lesson_ui *ui)
{
    ui->look.sheet = SHEET_NONE;
    /* Where one pane has the screen, all of them can take it. */
    for (int i = 1; i <= PANE_SHEET; i++) {
        enum pane pane = (enum pane)((ui->look.focus + i) % PANE_SHEET);

        if ((ui->look.zoom && pane != PANE_MAP) || lesson_pane_there(&ui->drawn, pane)) {
            ui->look.focus = pane;
            return;
        }
    }
}

static void to_the_end(struct lesson_ui *ui)
{
    if (!lesson_feed_is_lab(&ui->feed)) /* what is passed over was not done */
        ui->told = ui->journal.events.count;
    lesson_ui_go_to(ui, ui->journal.events.count);
}

static void single_event(struct lesson_ui *ui, bool forward)
{
    size_t at = ui->at;

    if (forward && at < ui->journal.events.count)
        lesson_ui_go_to(ui, at + 1);
    else if (!forward && at > 1)
        lesson_ui_go_to(ui, at - 1);
    if (ui->world.lesson.page == 0) /* before the first page there is nothing to see */
        lesson_ui_go_to(ui, at);
}

static void restart(struct lesson_ui *ui)
{
    if (lesson_feed_is_lab(&ui->feed))
        ui->asking = ASKING_RESTART;
    else
        lesson_ui_say(ui, "This is a recording: PgUp goes back.");
}

static void without_text(struct lesson_ui *ui)
{
    ui->without_text = !ui->without_text;
    if (ui->without_text && (lesson_ui_question(ui) || lesson_ui_task(ui)))
        lesson_ui_say(ui, "The text goes when what it asks for is done.");
    ui->look.zoom = false;
    ui->look.sheet = SHEET_NONE;
}

static void zoom(struct lesson_ui *ui)
{
    ui->look.sheet = SHEET_NONE;
    ui->look.zoom = !ui->look.zoom;
}

/* ----------------------------------------------------------- keys */

static void scroll(struct lesson_ui *ui, int down, int right)
{
    if (ui->look.sheet != SHEET_NONE)
        ui->look.sheet_scroll += down; /* held within bounds at the next drawing */
    else
        lesson_ui_scroll(ui, down, right);
}

/* What looks, and changes nothing but the picture. */
static void look(struct lesson_ui *ui, enum action action)
{
    switch ((int)action) {
    case ACTION_BACK:
        lesson_ui_back(ui);
        break;
    case ACTION_LIVE:
        to_the_end(ui);
        break;
    case ACTION_EVENT_BACK:
        single_event(ui, false);
        break;
    case ACTION_EVENT_FORWARD:
        single_event(ui, true);
        break;
    case ACTION_PANE:
        next_pane(ui);
        break;
    case ACTION_ZOOM:
        zoom(ui);
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
    case ACTION_MAP:
        lesson_ui_sheet(ui, SHEET_MAP);
        break;
    case ACTION_GLOSSARY:
        lesson_ui_sheet(ui, SHEET_GLOSSARY);
        break;
    case ACTION_NOTES:
        lesson_ui_sheet(ui, SHEET_NOTES);
        break;
    case ACTION_CLOSE:
        ui->look.sheet = SHEET_NONE;
        ui->look.zoom = false;
        break;
    case ACTION_TEXT:
        without_text(ui);
        break;
    case ACTION_NUMBERS:
        ui->look.absolute = !ui->look.absolute;
        break;
    case ACTION_BLANK:
        ui->blank = true;
        break;
    case ACTION_HELP:
        ui->help = 1;
        break;
    default:
        break;
    }
}

/* A key that means something else than to go on stops what goes on by itself. */
static bool stops_playing(enum action action)
{
    return action == ACTION_BACK || action == ACTION_LIVE || action == ACTION_LINE ||
           action == ACTION_EVENT_BACK || action == ACTION_EVENT_FORWARD ||
           action == ACTION_RESTART || action == ACTION_LEAVE || action == ACTION_DROP;
}

static void act(struct lesson_ui *ui, enum action action, int key)
{
    struct mouse mouse;

    if (stops_playing(action))
        ui->playing = false;
    switch ((int)action) {
    case ACTION_NEXT:
        lesson_ui_next(ui);
        break;
    case ACTION_DROP:
        drop(ui);
        break;
    case ACTION_ANSWER:
        lesson_ui_answer(ui, (unsigned)(key - '0'));
        break;
    case ACTION_OPEN:
        if (ui->plan->lab && ui->look.sheet == SHEET_NONE)
            lesson_ui_menu_open(ui);
        else if (!lesson_ui_submit(ui))
            lesson_ui_open(ui);
        break;
    case ACTION_LINE:
        lesson_ui_begin_typing(ui);
        break;
    case ACTION_PLAY:
        lesson_ui_play(ui);
        break;
    case ACTION_FASTER:
        lesson_ui_play_speed(ui, 1);
        break;
    case ACTION_SLOWER:
        lesson_ui_play_speed(ui, -1);
        break;
    case ACTION_UNDO:
        if (ui->plan->lab)
            lesson_ui_lab_undo(ui);
        break;
    case ACTION_RESTART:
        restart(ui);
        break;
    case ACTION_SAVE:
        lesson_ui_save(ui);
        break;
    case ACTION_MOUSE:
        if (terminal_mouse(&mouse))
            lesson_ui_mouse(ui, &mouse);
        break;
    case ACTION_LEAVE:
        ui->asking = ASKING_LEAVE;
        break;
    default:
        look(ui, action);
        break;
    }
}

/* The key after "Leave?" or the like. False: leave. */
static bool answer_asking(struct lesson_ui *ui, int key)
{
    enum asking asked = ui->asking;

    ui->asking = ASKING_NOTHING;
    if (asked == ASKING_RESTART && key == 'r')
        lesson_ui_restart(ui);
    if (asked == ASKING_SOLUTION && key_action(key, WHERE_LESSON) == ACTION_NEXT)
        send_next(ui);
    return !(asked == ASKING_LEAVE && key == 'q');
}

/* In what is longer than the screen, PgUp and PgDn turn pages; on the map, which is not,
 * they step the lesson. */
static bool pages_sheet(struct lesson_ui *ui, int key)
{
    int height = ui->drawn.sheet_height;

    if (ui->look.sheet == SHEET_NONE || ui->drawn.sheet_lines <= height ||
        (key != KEY_IS_PAGE_UP && key != KEY_IS_PAGE_DOWN))
        return false;
    ui->look.sheet_scroll += key == KEY_IS_PAGE_DOWN ? height - 1 : 1 - height;
    return true;
}

bool lesson_ui_key(void *context, int key)
{
    struct lesson_ui *ui = context;

    buf_clear(&ui->notice);
    if (ui->ended)
        return false;
    if (ui->blank)
        ui->blank = false;
    else if (ui->help)
        ui->help = key != KEY_IS_ESCAPE && ui->help < ui->help_pages ? ui->help + 1 : 0;
    else if (ui->typing)
        lesson_ui_type(ui, key);
    else if (ui->menu)
        lesson_ui_menu_key(ui, key);
    else if (ui->asking != ASKING_NOTHING)
        return answer_asking(ui, key);
    else if (!pages_sheet(ui, key))
        act(ui, key_action(key, WHERE_LESSON), key);
    return true;
}
