#include <stdlib.h>

#include "lesson/menu.h"
#include "ui/lesson_ui.h"
#include "view/ladder.h"
#include "view/menu_box.h"
#include "view/table.h"

#define PACKETS_MOST 12 /* in the menu of the whole lab */

/* ----------------------------------------------------------- what it offers */

/* Takes `more` over. */
static void add_menu(struct menu *menu, char *title, struct menu *more)
{
    *vec_push(&menu->items) =
        (struct menu_item){.does = MENU_MORE, .title = title, .more = more};
}

static struct menu *about_socket(struct lesson_ui *ui, const struct world_sock *sock)
{
    struct menu *menu = menu_of_sock(&ui->world, sock);

    *vec_push(&ui->menu_abouts) = (struct lesson_menu_about){
        .menu = menu, .host = sock->host, .cookie = sock->sock.cookie};
    return menu;
}

static struct menu *about_packet(struct lesson_ui *ui, const struct world_packet *packet)
{
    struct menu *menu = menu_of_packet(&ui->world, packet);

    *vec_push(&ui->menu_abouts) =
        (struct lesson_menu_about){.menu = menu, .packet = packet->id};
    return menu;
}

static void add_sockets(struct lesson_ui *ui, struct menu *menu)
{
    const struct world *world = &ui->world;
    struct menu *sockets;
    int count = table_count(world);

    if (!count)
        return;
    sockets = menu_add_more(menu, "A socket", NULL);
    for (int i = 0; i < count; i++) {
        const struct world_sock *sock = table_at(world, i);
        struct menu *one = sock && !sock->gone ? about_socket(ui, sock) : NULL;

        if (one)
            add_menu(sockets, mem_strdup(one->title), one);
    }
}

static void add_packets(struct lesson_ui *ui, struct menu *menu)
{
    const struct world *world = &ui->world;
    struct menu *packets;
    unsigned count = 0;

    if (!world_held_count(world))
        return;
    packets = menu_add_more(menu, "A packet on the wire", NULL);
    vec_each (packet, &world->packets) {
        struct menu *one;

        if (packet->status != ON_WIRE_HELD || packet->joined || count++ >= PACKETS_MOST)
            continue;
        one = about_packet(ui, packet);
        add_menu(packets, mem_strdup(one->title), one);
    }
}

/* All of it, for who has no more than Space, Enter and Esc. */
static struct menu *whole_menu(struct lesson_ui *ui)
{
    const struct world *world = &ui->world;
    struct menu *menu = menu_new("What shall happen?");

    for (unsigned i = 0; i < world->host_count; i++)
        add_menu(menu, mem_printf("On host %s", world->hosts[i].name),
                 menu_of_host(world, i));
    add_sockets(ui, menu);
    add_packets(ui, menu);
    add_menu(menu, mem_strdup("The wire, and the lab"), menu_of_lab(world));
    return menu;
}

/* Of what is selected in the focused pane. */
static struct menu *menu_here(struct lesson_ui *ui)
{
    const struct world *world = &ui->world;
    const struct world_sock *sock = NULL;
    const struct world_packet *packet = NULL;

    if (ui->look.focus == PANE_SOCKETS)
        sock = table_at(world, ui->look.sockets_selected);
    else if (ui->look.focus == PANE_WIRE && ui->look.wire_selected)
        packet = ladder_at(world, ui->drawn.panes[PANE_WIRE].width,
                           ui->look.wire_selected, &sock);
    if (packet)
        return about_packet(ui, packet);
    return sock && !sock->gone ? about_socket(ui, sock) : whole_menu(ui);
}

/* ----------------------------------------------------------- opening and choosing */

void lesson_ui_menu_open(struct lesson_ui *ui)
{
    if (!lesson_ui_lab_ready(ui) || !lesson_ui_live(ui))
        return;
    lesson_ui_menu_close(ui);
    ui->menu = menu_here(ui);
    menu_place_init(&ui->menu_place, ui->menu);
}

void lesson_ui_menu_close(struct lesson_ui *ui)
{
    menu_free(ui->menu);
    ui->menu = NULL;
    vec_free(&ui->menu_abouts);
}

/* The socket or the packet that the innermost menu is about, or the one around it. */
static void show_sheet(struct lesson_ui *ui, enum lesson_sheet sheet)
{
    const struct menu_place *place = &ui->menu_place;
    const struct menu *menu = place->root;

    for (unsigned depth = 0; menu; depth++) {
        vec_each (about, &ui->menu_abouts) {
            if (about->menu != menu)
                continue;
            ui->look.sock_host = about->host;
            ui->look.cookie = about->cookie;
            ui->look.packet = about->packet;
        }
        menu = depth < place->depth ? menu->items.items[place->at[depth]].more : NULL;
    }
    ui->look.sheet = SHEET_NONE;
    lesson_ui_sheet(ui, sheet);
}

/* The menu, which owns the item, is closed when it is done. */
static void choose(struct lesson_ui *ui)
{
    const struct menu_item *item = menu_place_item(&ui->menu_place);

    if (!item || menu_place_open(&ui->menu_place))
        return;
    if (item->why) {
        lesson_ui_say(ui, item->why);
        return;
    }
    switch (item->does) {
    case MENU_LINE:
        session_line(&ui->feed.session, item->line);
        break;
    case MENU_DETAILS:
        show_sheet(ui, SHEET_DETAILS);
        break;
    case MENU_DECODE:
        show_sheet(ui, SHEET_SEGMENT);
        break;
    case MENU_SAVE:
        lesson_ui_lab_save(ui, NULL);
        break;
    case MENU_UNDO:
        lesson_ui_lab_undo(ui);
        break;
    case MENU_MORE:
        break;
    }
    lesson_ui_menu_close(ui);
}

static void move(struct lesson_ui *ui, int by)
{
    const struct menu *menu = menu_place_menu(&ui->menu_place);
    size_t *at = &ui->menu_place.at[ui->menu_place.depth];

    /* Space alone must reach all of them: it begins again behind the last one. */
    if (by > 0 && menu->items.count && *at + 1 == menu->items.count)
        *at = 0;
    else
        menu_place_move(&ui->menu_place, by);
}

void lesson_ui_menu_key(struct lesson_ui *ui, int key)
{
    if (key == KEY_IS_DOWN || key == 'j' || key == ' ' || key == KEY_IS_PAGE_DOWN) {
        move(ui, 1);
    } else if (key == KEY_IS_UP || key == 'k') {
        move(ui, -1);
    } else if (key == KEY_IS_ENTER || key == KEY_IS_RIGHT) {
        choose(ui);
    } else if (key == KEY_IS_ESCAPE || key == KEY_IS_LEFT || key == KEY_IS_BACKSPACE ||
               key == KEY_IS_PAGE_UP) {
        if (!menu_place_back(&ui->menu_place))
            lesson_ui_menu_close(ui);
    } else if (key == 'q') {
        lesson_ui_menu_close(ui);
    }
}

void lesson_ui_menu_draw(struct lesson_ui *ui, struct canvas *canvas)
{
    struct area area = {0, 1, canvas->width, canvas->height - 2};

    menu_box_draw(&ui->menu_place, 2, 2, canvas, area);
}
