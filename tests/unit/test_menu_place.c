/* Menus as data: items, and where somebody stands in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/menu.h"

static struct menu *three_with_more(void)
{
    struct menu *menu = menu_new("server s"), *more;

    menu_add_line(menu, "Send 5 bytes", mem_strdup("server: send(s, \"hello\")"),
                  "it is not connected");
    more = menu_add_more(menu, "Bind it", NULL);
    menu_add_line(more, "Port 6666", mem_strdup("server: bind(s, *:6666)"), NULL);
    menu_add_act(menu, MENU_DETAILS, "Details", NULL);
    return menu;
}

static void moves_within(void **state)
{
    struct menu *menu = three_with_more();
    struct menu_place place;

    (void)state;
    menu_place_init(&place, menu);
    assert_string_equal(menu_place_item(&place)->title, "Bind it");
    menu_place_move(&place, 5);
    assert_string_equal(menu_place_item(&place)->title, "Details");
    menu_place_move(&place, -1);
    assert_string_equal(menu_place_item(&place)->title, "Bind it");
    menu_place_move(&place, -9);
    assert_string_equal(menu_place_item(&place)->title, "Send 5 bytes");
    menu_free(menu);
}

static void opens_and_closes(void **state)
{
    struct menu *menu = three_with_more();
    struct menu_place place;

    (void)state;
    menu_place_init(&place, menu);
    assert_false(menu_place_back(&place));
    assert_true(menu_place_open(&place));
    assert_string_equal(menu_place_menu(&place)->title, "Bind it");
    assert_string_equal(menu_place_item(&place)->line, "server: bind(s, *:6666)");
    assert_false(menu_place_open(&place));
    assert_true(menu_place_back(&place));
    assert_string_equal(menu_place_item(&place)->title, "Bind it");
    menu_free(menu);
}

/* What is not possible does not open; an empty menu has nothing to select. */
static void nothing_to_open(void **state)
{
    struct menu *menu = menu_new("empty");
    struct menu_place place;

    (void)state;
    menu_place_init(&place, menu);
    menu_place_move(&place, 1);
    menu_place_move(&place, -1);
    assert_null(menu_place_item(&place));
    assert_false(menu_place_open(&place));
    menu_add_more(menu, "Bind it", "it has a port");
    assert_non_null(menu_place_item(&place));
    assert_false(menu_place_open(&place));
    menu_free(menu);
    menu_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_within),
        cmocka_unit_test(opens_and_closes),
        cmocka_unit_test(nothing_to_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
