#include "lesson/glossary_file.h"
#include "ui/lesson_ui.h"
#include "view/ladder.h"
#include "view/table.h"

/* The notes say what is not told in class: whoever shows the screen asks for them. */
void lesson_ui_sheet(struct lesson_ui *ui, enum lesson_sheet sheet)
{
    if (sheet == SHEET_GLOSSARY && ui->glossary.entries.count == 0)
        glossary_load(&ui->glossary, NULL); /* without it, it is empty */
    ui->look.sheet = ui->look.sheet == sheet ? SHEET_NONE : sheet;
    ui->look.sheet_scroll = 0;
}

static void open_socket(struct lesson_ui *ui, const struct world_sock *sock)
{
    if (!sock) {
        lesson_ui_say(ui, "No socket is selected here.");
        return;
    }
    ui->look.sock_host = sock->host;
    ui->look.cookie = sock->sock.cookie;
    lesson_ui_sheet(ui, SHEET_DETAILS);
}

static void open_packet(struct lesson_ui *ui, const struct world_packet *packet)
{
    ui->look.packet = packet->id;
    lesson_ui_sheet(ui, SHEET_SEGMENT);
}

/* What stands on the selected line of the ladder; without one the newest packet. */
static void open_in_wire(struct lesson_ui *ui)
{
    const struct world_sock *sock = NULL;
    const struct world_packet *packet;

    if (ui->look.wire_selected == 0) {
        if (ui->world.packets.count == 0)
            lesson_ui_say(ui, "No packet has been sent yet.");
        else
            open_packet(ui, vec_last(&ui->world.packets));
        return;
    }
    packet = ladder_at(&ui->world, ui->drawn.panes[PANE_WIRE].width,
                       ui->look.wire_selected, &sock);
    if (packet)
        open_packet(ui, packet);
    else if (sock)
        open_socket(ui, sock);
    else
        lesson_ui_say(ui, "Here is no packet and no state to look into.");
}

void lesson_ui_open(struct lesson_ui *ui)
{
    if (ui->look.sheet != SHEET_NONE)
        ui->look.sheet = SHEET_NONE;
    else if (ui->look.focus == PANE_SOCKETS)
        open_socket(ui, table_at(&ui->world, ui->look.sockets_selected));
    else if (ui->look.focus == PANE_WIRE)
        open_in_wire(ui);
    else if (ui->look.focus == PANE_MAP)
        lesson_ui_sheet(ui, SHEET_MAP);
    else if (lesson_ui_several_right(ui, lesson_ui_question(ui)))
        lesson_ui_say(ui, "First choose: each answer that is right, by its number.");
    else
        lesson_ui_say(ui, "Tab goes to the wire and to the sockets; there Enter opens "
                          "what is selected.");
}

bool lesson_ui_uncover(struct lesson_ui *ui)
{
    if (lesson_pane_there(&ui->drawn, PANE_PROSE))
        return false;
    if (!lesson_ui_question(ui) && !lesson_ui_task(ui))
        return false;
    ui->look.sheet = SHEET_NONE;
    ui->look.zoom = false;
    return true;
}
