#include "ui/help.h"

#include <stdio.h>

#define KEYS_COLUMN 22

/* Rows that are not keys: title, empty, and at the end empty, what to press. */
#define OTHER_ROWS 4

static int rows_on_page(const struct canvas *canvas)
{
    return canvas->height > OTHER_ROWS ? canvas->height - OTHER_ROWS : 1;
}

int help_pages(const struct canvas *canvas)
{
    int rows = rows_on_page(canvas);

    return (ACTION_COUNT - 1 + rows - 1) / rows;
}

void help_draw(struct canvas *canvas, int page)
{
    struct area all = canvas_all(canvas);
    int rows = rows_on_page(canvas), first = ACTION_NONE + 1 + page * rows;

    canvas_put(canvas, all, 1, 0, ELEMENT_TITLE, "Keys");
    for (int i = 0; i < rows && first + i < ACTION_COUNT; i++) {
        const struct action_row *row = &action_rows[first + i];

        canvas_put(canvas, all, 1, 2 + i, ELEMENT_KEY, row->keys);
        canvas_put_cut(canvas, all, KEYS_COLUMN, 2 + i, canvas->width - KEYS_COLUMN - 1,
                       ELEMENT_TEXT, row->help);
    }
    canvas_put(canvas, all, 1, canvas->height - 1, ELEMENT_TEXT,
               page + 1 < help_pages(canvas) ? "Any key shows more; Esc goes back."
                                             : "Any key goes back.");
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
