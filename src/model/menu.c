#include "model/menu.h"

#include <stdlib.h>

#include "base/buf.h"

struct menu *menu_new(const char *title)
{
    struct menu *menu = mem_new(1, sizeof(*menu));

    menu->title = mem_strdup(title);
    return menu;
}

void menu_free(struct menu *menu)
{
    if (!menu)
        return;
    vec_each (item, &menu->items) {
        free(item->title);
        free(item->line);
        free(item->why);
        menu_free(item->more);
    }
    vec_free(&menu->items);
    free(menu->title);
    free(menu);
}

static struct menu_item *add(struct menu *menu, enum menu_does does, const char *title,
                             const char *why)
{
    struct menu_item *item = vec_push(&menu->items);

    item->does = does;
    item->title = mem_strdup(title);
    item->why = why ? mem_strdup(why) : NULL;
    return item;
}

void menu_add_line(struct menu *menu, const char *title, char *line, const char *why)
{
    add(menu, MENU_LINE, title, why)->line = line;
}

void menu_add_act(struct menu *menu, enum menu_does does, const char *title,
                  const char *why)
{
    add(menu, does, title, why);
}

struct menu *menu_add_more(struct menu *menu, const char *title, const char *why)
{
    struct menu_item *item = add(menu, MENU_MORE, title, why);

    item->more = menu_new(title);
    return item->more;
}

/* ----------------------------------------------------------- where one stands */

static size_t first_possible(const struct menu *menu)
{
    for (size_t i = 0; i < menu->items.count; i++)
        if (!menu->items.items[i].why)
            return i;
    return 0;
}

void menu_place_init(struct menu_place *place, const struct menu *root)
{
    *place = (struct menu_place){.root = root};
    place->at[0] = first_possible(root);
}

const struct menu *menu_place_menu(const struct menu_place *place)
{
    const struct menu *menu = place->root;

    for (unsigned i = 0; i < place->depth; i++)
        menu = menu->items.items[place->at[i]].more;
    return menu;
}

const struct menu_item *menu_place_item(const struct menu_place *place)
{
    const struct menu *menu = menu_place_menu(place);
    size_t at = place->at[place->depth];

    return at < menu->items.count ? &menu->items.items[at] : NULL;
}

void menu_place_move(struct menu_place *place, int by)
{
    size_t count = menu_place_menu(place)->items.count;
    size_t *at = &place->at[place->depth];
    size_t far = by < 0 ? (size_t) - (long)by : (size_t)by;

    if (by < 0)
        *at -= far < *at ? far : *at;
    else if (count)
        *at = far < count - *at ? *at + far : count - 1;
}

bool menu_place_open(struct menu_place *place)
{
    const struct menu_item *item = menu_place_item(place);

    if (!item || !item->more || item->why || place->depth + 1 == MENU_DEPTH)
        return false;
    place->at[++place->depth] = first_possible(item->more);
    return true;
}

bool menu_place_back(struct menu_place *place)
{
    if (!place->depth)
        return false;
    place->depth--;
    return true;
}
