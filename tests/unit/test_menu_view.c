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

/* On a screen of dots, of 60 columns and 14 rows. */
static struct area draw(const struct menu_place *place, int x, int y, bool ascii)
{
    canvas_init(&canvas, 60, 14);
    canvas.ascii = ascii;
    for (int row = 0; row < canvas.height; row++)
        canvas_fill(&canvas, canvas_all(&canvas), 0, row, 60, ELEMENT_TEXT, ".");
    return menu_box_draw(place, x, y, &canvas, canvas_all(&canvas));
}

static int tear_down(void **state)
{
    (void)state;
    canvas_free(&canvas);
    return 0;
}

static bool is_reversed(int x, int y)
{
    return canvas.cells[y * canvas.width + x].reverse;
}

static void below_its_place(void **state)
{
    struct menu *menu = sock_menu();
    struct menu_place place;
    struct area box;

    (void)state;
    menu_place_init(&place, menu);
    menu_place_move(&place, 2);
    box = draw(&place, 3, 1, false);
    assert_picture(&canvas,
                   "............................................................\n"
                   "............................................................\n"
                   "...┌ client c: CLOSED ──────────────────┐...................\n"
                   "...│ Bind it to a port ▶                │...................\n"
                   "...│ Listen for clients (bind it first) │...................\n"
                   "...│ Close it                           │...................\n"
                   "...│ All that the kernel knows of it    │...................\n"
                   "...├────────────────────────────────────┤...................\n"
                   "...│ client: close(c)                   │...................\n"
                   "...└────────────────────────────────────┘...................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n");
    assert_true(is_reversed(5, 5));
    assert_false(is_reversed(5, 4));
    assert_int_equal(element_at(&canvas, 5, 4), ELEMENT_FAINT);
    assert_int_equal(menu_box_item_at(&place, box, 10, 5), 2);
    assert_int_equal(menu_box_item_at(&place, box, 10, 2), -1);
    assert_int_equal(menu_box_item_at(&place, box, 10, 7), -1);
    assert_int_equal(menu_box_item_at(&place, box, 3, 5), -1);
    menu_free(menu);
}

static void a_menu_in_a_menu(void **state)
{
    struct menu *menu = sock_menu();
    struct menu_place place;

    (void)state;
    menu_place_init(&place, menu);
    assert_true(menu_place_open(&place));
    draw(&place, 50, 12, true);
    assert_picture(&canvas,
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "............................................................\n"
                   "....................+ client c: CLOSED > Bind it to a port +\n"
                   "....................| Port 6666 of any of its addresses    |\n"
                   "....................+--------------------------------------+\n"
                   "....................| client: bind(c, *:6666)              |\n"
                   "....................+--------------------------------------+\n"
                   "............................................................\n"
                   "............................................................\n");
    menu_free(menu);
}

/* More than there are rows: it scrolls, and says so. */
static void a_long_menu(void **state)
{
    struct menu *menu = menu_new("The lab");
    struct menu_place place;
    struct area box;

    (void)state;
    for (int i = 1; i <= 20; i++) {
        char *title = mem_printf("Choice %d", i);

        menu_add_line(menu, title, mem_printf("wait %ds", i), NULL);
        free(title);
    }
    menu_place_init(&place, menu);
    menu_place_move(&place, 11);
    box = draw(&place, 0, 0, false);
    assert_picture(&canvas,
                   "┌ The lab ─────────────────────┐............................\n"
                   "│ Choice 7                     │............................\n"
                   "│ Choice 8                     │............................\n"
                   "│ Choice 9                     │............................\n"
                   "│ Choice 10                    │............................\n"
                   "│ Choice 11                    │............................\n"
                   "│ Choice 12                    │............................\n"
                   "│ Choice 13                    │............................\n"
                   "│ Choice 14                    │............................\n"
                   "│ Choice 15                    │............................\n"
                   "│ Choice 16                    │............................\n"
                   "├ 7-16 of 20 ──────────────────┤............................\n"
                   "│ wait 12s                     │............................\n"
                   "└──────────────────────────────┘............................\n");
    assert_int_equal(menu_box_item_at(&place, box, 4, 1), 6);
    menu_free(menu);
}

/* Nothing is drawn beyond the canvas, however small. */
static void where_there_is_no_room(void **state)
{
    struct menu *menu = sock_menu();
    struct menu_place place;

    (void)state;
    menu_place_init(&place, menu);
    for (int size = 0; size < 14; size++) {
        canvas_init(&canvas, 2 * size, size);
        menu_box_draw(&place, size, size, &canvas, canvas_all(&canvas));
        canvas_free(&canvas);
    }
    canvas_init(&canvas, 1, 1);
    menu_free(menu);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(below_its_place, tear_down),
        cmocka_unit_test_teardown(a_menu_in_a_menu, tear_down),
        cmocka_unit_test_teardown(a_long_menu, tear_down),
        cmocka_unit_test_teardown(where_there_is_no_room, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
