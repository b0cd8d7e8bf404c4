#include "ui/help.h"

#include <stdio.h>

#define KEYS_COLUMN 22

void help_draw(struct canvas *canvas)
{
    struct area all = canvas_all(canvas);
    int y = 2;

    canvas_put(canvas, all, 1, 0, ELEMENT_TITLE, "Keys");
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++, y++) {
        canvas_put(canvas, all, 1, y, ELEMENT_KEY, action_rows[action].keys);
        canvas_put_cut(canvas, all, KEYS_COLUMN, y, canvas->width - KEYS_COLUMN - 1,
                       ELEMENT_TEXT, action_rows[action].help);
    }
    canvas_put(canvas, all, 1, canvas->height - 1, ELEMENT_TEXT, "Any key goes back.");
}

void footer_add_key(struct buf *footer, const char *key, const char *words)
{
    buf_printf(footer, "%s\1%s\2 %s", footer->len ? "   " : "", key, words);
}

void footer_add(struct buf *footer, enum action action, const char *words)
{
    char key[16];

    footer_add_key(footer, action_key(action, key, sizeof(key)),
                   words ? words : action_rows[action].footer);
}
