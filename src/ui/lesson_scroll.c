#include "ui/lesson_ui.h"
#include "view/table.h"

static int within(int value, int most)
{
    return value > most ? (most < 0 ? 0 : most) : value < 0 ? 0 : value;
}

static int prose_end(const struct lesson_ui *ui)
{
    return within(ui->drawn.prose_lines - ui->drawn.prose_height, ui->drawn.prose_lines);
}

int lesson_ui_unread(const struct lesson_ui *ui)
{
    if (ui->plan->lab) /* what was done need not be read */
        return 0;
    if (!lesson_pane_there(&ui->drawn, PANE_PROSE))
        return 0;
    return prose_end(ui) - ui->look.prose_scroll;
}

void lesson_ui_scroll_prose(struct lesson_ui *ui, int down)
{
    ui->touched = true;
    ui->look.prose_scroll = within(ui->look.prose_scroll + down, prose_end(ui));
}

void lesson_ui_read_on(struct lesson_ui *ui)
{
    lesson_ui_scroll_prose(ui,
                           ui->drawn.prose_height > 1 ? ui->drawn.prose_height - 1 : 1);
}

/* The line that is selected moves, and takes the pane along where it would leave it. */
static void select_in_wire(struct lesson_ui *ui, int down)
{
    struct lesson_look *look = &ui->look;
    int height = ui->drawn.wire_height - 2, lines = ui->drawn.wire_lines;
    int bottom = lines - look->wire_up; /* the last line that is seen */

    if (look->wire_selected == 0)
        look->wire_selected = bottom - (down > 0 ? 0 : -1);
    look->wire_selected = within(look->wire_selected + down, lines);
    if (look->wire_selected == 0)
        look->wire_selected = lines > 0;
    if (look->wire_selected > bottom)
        look->wire_up = lines - look->wire_selected;
    else if (look->wire_selected <= bottom - height)
        look->wire_up = lines - height + 1 - look->wire_selected;
}

void lesson_ui_scroll_pane(struct lesson_ui *ui, enum pane pane, int down)
{
    enum pane focus = ui->look.focus;

    ui->look.focus = pane;
    if (pane == PANE_WIRE)
        ui->look.wire_up -= down; /* held within bounds at the next drawing */
    else
        lesson_ui_scroll(ui, down, 0);
    ui->look.focus = focus;
}

void lesson_ui_scroll(struct lesson_ui *ui, int down, int right)
{
    struct lesson_look *look = &ui->look;

    switch (look->focus) {
    case PANE_PROSE:
        lesson_ui_scroll_prose(ui, down);
        break;
    case PANE_WIRE:
        if (down)
            select_in_wire(ui, down);
        look->wire_right = within(look->wire_right + 8 * right, 200);
        break;
    case PANE_SOURCE:
        look->source_scroll =
            within(look->source_scroll + down, (int)ui->world.threads.count - 1);
        break;
    case PANE_SOCKETS:
        look->sockets_selected =
            within(look->sockets_selected + down, table_count(&ui->world) - 1);
        break;
    case PANE_MAP:
    case PANE_SHEET:
    case PANE_COUNT:
        break;
    }
}

/* How much of the page's questions and tasks is behind the reader. */
static unsigned answered(const struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    unsigned count = 0;

    vec_each (question, &lesson->questions)
        if (question->page == lesson->page)
            count += question->status != QUESTION_OPEN ? 2 : question->tried != 0;
    vec_each (task, &lesson->tasks)
        if (task->page == lesson->page)
            count += task->status == TASK_DONE ? 2 : task->status == TASK_SHOWN;
    return count;
}

/* Where the news begin: an explanation with its answers, so that the reader sees which
 * was right; else what was unfolded, behind its empty line. */
static int news_line(const struct lesson_ui *ui, unsigned answered_now)
{
    bool was_answered = ui->seen.question_open && answered_now > ui->seen.answered;

    return was_answered && ui->drawn.answers_line >= 0 ? ui->drawn.answers_line
                                                       : ui->seen.lines + 1;
}

/* Another width or height: about the same lines stay in sight. */
static int same_place(const struct lesson_ui *ui, int end)
{
    int scroll = ui->look.prose_scroll;

    if (ui->drawn.prose_lines == ui->seen.lines && end == ui->seen.end)
        return scroll;
    if (scroll >= ui->seen.end && ui->touched)
        return end;
    return ui->seen.lines > 0 ? scroll * ui->drawn.prose_lines / ui->seen.lines : 0;
}

static int prose_scroll(const struct lesson_ui *ui, int end, unsigned answered_now)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    bool other_page = lesson->page != ui->seen.page;
    bool news = lesson->shown != ui->seen.shown || answered_now != ui->seen.answered;
    int line;

    if (ui->plan->lab)
        return ui->drawn.prose_lines != ui->seen.lines ? end : ui->look.prose_scroll;
    /* Who looks back has read the page, and looks for what was new at that time. */
    if ((other_page || news) && (lesson_ui_looks_back(ui) || ui->seen.review))
        return end;
    /* A page that its setup unfolds begins at its top. */
    if (other_page || (news && !ui->touched))
        return 0;
    if (!news)
        return same_place(ui, end);
    line = news_line(ui, answered_now);
    return end < line ? end : line;
}

void lesson_ui_place_prose(struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;
    unsigned answered_now = answered(ui);
    int end = prose_end(ui);

    if (!lesson_pane_there(&ui->drawn, PANE_PROSE))
        return;
    if (lesson->page != ui->seen.page)
        ui->touched = false;
    ui->look.prose_scroll = within(prose_scroll(ui, end, answered_now), end);
    ui->seen = (struct lesson_seen){.page = lesson->page,
                                    .shown = lesson->shown,
                                    .answered = answered_now,
                                    .question_open = lesson_ui_question(ui) != NULL,
                                    .review = lesson_ui_looks_back(ui),
                                    .lines = ui->drawn.prose_lines,
                                    .end = end};
}

void lesson_ui_place_panes(struct lesson_ui *ui)
{
    struct lesson_look *look = &ui->look;

    /* The window has become smaller, or zoom showed a pane that has no place otherwise.
     */
    look->sheet_scroll =
        within(look->sheet_scroll, ui->drawn.sheet_lines - ui->drawn.sheet_height);
    if (look->sheet != SHEET_NONE)
        return;
    if (!lesson_pane_there(&ui->drawn, look->focus))
        look->focus = lesson_pane_there(&ui->drawn, PANE_PROSE) ? PANE_PROSE : PANE_WIRE;
    look->wire_selected = within(look->wire_selected, ui->drawn.wire_lines);
    if (lesson_pane_there(&ui->drawn,
                          PANE_WIRE)) /* two of its lines are the hosts' heads */
        look->wire_up =
            within(look->wire_up, ui->drawn.wire_lines - (ui->drawn.wire_height - 2));
    look->source_scroll = within(look->source_scroll, (int)ui->world.threads.count - 1);
    look->sockets_selected = within(look->sockets_selected, table_count(&ui->world) - 1);
    look->sockets_scroll = ui->drawn.sockets_scroll;
    lesson_ui_place_prose(ui);
}
