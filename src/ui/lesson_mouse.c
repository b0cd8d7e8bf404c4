#include "ui/lesson_ui.h"
#include "view/prose.h"
#include "view/table.h"

static bool within(struct area area, int x, int y)
{
    return x >= area.x && x < area.x + area.width && y >= area.y &&
           y < area.y + area.height;
}

static enum pane pane_at(const struct lesson_ui *ui, int x, int y)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (within(ui->drawn.panes[i], x, y))
            return (enum pane)i;
    return PANE_COUNT;
}

static void click_prose(struct lesson_ui *ui, int line)
{
    int number = prose_answer_at(ui->loaded->lesson, &ui->world,
                                 ui->drawn.panes[PANE_PROSE].width, line);

    if (number > 0)
        lesson_ui_answer(ui, (unsigned)number);
}

/* The first line of the ladder that is seen; two lines above it are the hosts' names. */
static int first_wire_line(const struct lesson_ui *ui)
{
    int height = ui->drawn.wire_height - 2;
    int most = ui->drawn.wire_lines > height ? ui->drawn.wire_lines - height : 0;

    return most - ui->look.wire_up;
}

static void click_wire(struct lesson_ui *ui, int line)
{
    int selected = first_wire_line(ui) + line - 2 + 1;

    if (line < 2 || selected > ui->drawn.wire_lines)
        return;
    if (ui->look.wire_selected == selected)
        lesson_ui_open(ui);
    ui->look.wire_selected = selected;
}

static void click_sockets(struct lesson_ui *ui, int line)
{
    bool pinned = line - 1 < ui->drawn.sockets_pinned;
    int scroll = pinned ? 0 : ui->drawn.sockets_scroll;
    int index = table_index_at(&ui->world, line - 1 + scroll);

    if (index < 0)
        return;
    if (ui->look.sockets_selected == index)
        lesson_ui_open(ui);
    ui->look.sockets_selected = index;
}

static void click(struct lesson_ui *ui, enum pane pane, int line)
{
    bool had_focus = ui->look.focus == pane;

    if (pane != PANE_SHEET)
        ui->look.focus = pane;
    switch (pane) {
    case PANE_PROSE:
        click_prose(ui, line + ui->look.prose_scroll);
        break;
    case PANE_WIRE:
        if (!had_focus)
            ui->look.wire_selected = 0;
        click_wire(ui, line);
        break;
    case PANE_SOCKETS:
        if (!had_focus)
            ui->look.sockets_selected = -1;
        click_sockets(ui, line);
        break;
    case PANE_MAP:
        lesson_ui_sheet(ui, SHEET_MAP);
        break;
    case PANE_SOURCE:
    case PANE_SHEET:
    case PANE_COUNT:
        break;
    }
}

void lesson_ui_mouse(struct lesson_ui *ui, const struct mouse *mouse)
{
    enum pane pane = pane_at(ui, mouse->x, mouse->y);

    if (pane == PANE_COUNT)
        return;
    /* There the selection moves, which is seen only where the keys are. */
    if (mouse->wheel && pane == PANE_SOCKETS)
        ui->look.focus = pane;
    if (mouse->wheel && pane == PANE_SHEET)
        ui->look.sheet_scroll += 3 * mouse->wheel;
    else if (mouse->wheel)
        lesson_ui_scroll_pane(ui, pane, 3 * mouse->wheel);
    else
        click(ui, pane, mouse->y - ui->drawn.panes[pane].y);
}
