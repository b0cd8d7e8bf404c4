/* Menus as pictures. */
#include "picture.h"

#include <stdlib.h>

#include "view/menu_box.h"

static struct canvas canvas;

static struct menu *sock_menu(void)
{
    struct menu *menu = menu_new("client c: CLOSED"), *more;

    more = menu_add_more(menu, "Bind it to a port", NULL);
    menu_add_line(more, "Port 6666 of any of its addresses",
                  mem_strdup("client: bind(c, *:6666)"), NULL);
    menu_add_line(menu, "Listen for clients", mem_strdup("client: listen(c, 5)"),
                  "bind it first");
    menu_add_line(menu, "Close it", mem_strdup("client: close(c)"), NULL);
    menu_add_act(menu, MENU_DETAILS, "All that the kernel knows of it", NULL);
    return menu;
}

static struct area draw(const struct menu_place *place, int x, int y, bool ascii)
{
    canvas_init(&canvas, 60, 14);
    canvas.ascii = ascii;
    for (int row = 0; row < canvas.height; row++)
        canvas_fill(&canvas, canvas_all(&canvas), 0, row, 60, ELEMENT_TEXT, ".");
    return menu_box_draw(place, x, y, &canvas, canvas_all(&canvas));
}

int main(void)
{
    return 0;
}
