/* menu: what can be chosen at one place, and where in it somebody stands. Pure data; one
 * thread at a time.
 *
 * An item stands for a line of the lesson language, so that the menu teaches it; or for
 * something that the screen does; or it has items of its own. One that is not possible
 * now says why not, and is shown all the same.
 */
#ifndef SOCKETARIUM_MODEL_MENU_H
#define SOCKETARIUM_MODEL_MENU_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

enum menu_does {
    MENU_LINE,    /* runs the line */
    MENU_MORE,    /* opens its own menu */
    MENU_DETAILS, /* what the kernel knows of the socket */
    MENU_DECODE,  /* the packet, field by field */
    MENU_SAVE,    /* writes what was done as a lesson */
    MENU_UNDO,    /* takes back the last line */
};

struct menu_item {
    enum menu_does does;
    char *title;       /* (owned) in plain words, printable: "Send 5 bytes" */
    char *line;        /* (owned) MENU_LINE: `client: send(c, "hello")`; else NULL */
    char *why;         /* (owned) why it is not possible now; NULL: it is */
    struct menu *more; /* (owned) MENU_MORE; else NULL */
};

struct menu {
    char *title; /* (owned) printable */
    VEC(struct menu_item) items;
};

struct menu *menu_new(const char *title);
void menu_free(struct menu *menu); /* with all below */

/* Each adds an item. why: NULL, or why it is not possible. The line is given away. */
void menu_add_line(struct menu *menu, const char *title, char *line, const char *why);
void menu_add_act(struct menu *menu, enum menu_does does, const char *title,
                  const char *why);
/* Returns the new menu, which its item owns. Adding to `menu` does not move it. */
struct menu *menu_add_more(struct menu *menu, const char *title, const char *why);

/* Where somebody stands: an item of the root, of a menu in it, and so on. */
#define MENU_DEPTH 4

struct menu_place {
    const struct menu *root; /* borrowed */
    size_t at[MENU_DEPTH];   /* in each open menu the selected item */
    unsigned depth;          /* how many menus below the root are open */
};

/* On the first item that is possible. */
void menu_place_init(struct menu_place *place, const struct menu *root);
/* The innermost open menu. */
const struct menu *menu_place_menu(const struct menu_place *place);
/* Its selected item; NULL if it has none. */
const struct menu_item *menu_place_item(const struct menu_place *place);
/* Selects the next item, by 1 or -1 (or more), as far as there are any. */
void menu_place_move(struct menu_place *place, int by);
/* Opens the selected item's menu. False if it has none, or it is not possible. */
bool menu_place_open(struct menu_place *place);
/* Closes the innermost menu. False at the root. */
bool menu_place_back(struct menu_place *place);

#endif
