#include "ui/help.h"

#include <string.h>

#define LEAST_WIDTH 38 /* of a column */
#define KEYS_NARROW 11 /* where there are several: "Space PgDn" */
#define KEYS_WIDE 19
#define ROW_LINES 3

/* Rows that are not keys: title, empty, and at the end empty, what to press. */
#define OTHER_ROWS 4

struct help_layout {
    int columns, width, keys_width; /* width: of one column */
    int height, pages;
};

/* ----------------------------------------------------------- one row */

/* Wraps the keys and the help of a row; the lines that it takes. */
static int wrap_row(const struct help_layout *layout, const struct action_row *row,
                    struct buf *keys, struct buf *help, int counts[2])
{
    counts[0] = text_wrap(row->keys, layout->keys_width - 1, ROW_LINES, keys);
    counts[1] =
        text_wrap(row->help, layout->width - layout->keys_width - 2, ROW_LINES, help);
    return counts[0] > counts[1] ? counts[0] : counts[1];
}

static int row_height(const struct help_layout *layout, const struct action_row *row)
{
    struct buf keys = {0}, help = {0};
    int counts[2], height = wrap_row(layout, row, &keys, &help, counts);

    buf_free(&keys);
    buf_free(&help);
    return height;
}

static void draw_lines(struct canvas *canvas, int x, int y, enum element element,
                       const struct buf *lines, int count)
{
    const char *line = buf_text(lines);

    for (int i = 0; i < count; i++) {
        canvas_put(canvas, canvas_all(canvas), x, y + i, element, line);
        line += strlen(line) + 1;
    }
}

static void draw_row(struct canvas *canvas, const struct help_layout *layout, int x,
                     int y, const struct action_row *row)
{
    struct buf keys = {0}, help = {0};
    int counts[2];

    wrap_row(layout, row, &keys, &help, counts);
    draw_lines(canvas, x, y, ELEMENT_KEY, &keys, counts[0]);
    draw_lines(canvas, x + layout->keys_width, y, ELEMENT_TEXT, &help, counts[1]);
    buf_free(&keys);
    buf_free(&help);
}

/* ----------------------------------------------------------- pages */

/* Sets the rows one below the other, column by column, and page by page; draws those of
 * page `drawn` (-1: none). Returns the pages. */
static int set_rows(struct canvas *canvas, const struct help_layout *layout,
                    enum where where, int drawn)
{
    int column = 0, y = 0;

    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action_row *row = &action_rows[i];
        int height = row_height(layout, row);

        if (!(row->where & where))
            continue;
        if (y > 0 && y + height > layout->height) {
            column++;
            y = 0;
        }
        if (column / layout->columns == drawn)
            draw_row(canvas, layout, 1 + column % layout->columns * layout->width, 2 + y,
                     row);
        y += height;
    }
    return column / layout->columns + 1;
}

/* One column is read best; more of them where they spare pages. */
static struct help_layout layout_of(const struct canvas *canvas, enum where where)
{
    struct help_layout best = {0};
    int most = canvas->width / LEAST_WIDTH;

    for (int columns = 1; columns == 1 || columns <= most; columns++) {
        struct help_layout layout = {.columns = columns,
                                     .width = (canvas->width - 1) / columns,
                                     .keys_width = columns > 1 ? KEYS_NARROW : KEYS_WIDE,
                                     .height = canvas->height - OTHER_ROWS};

        layout.height = layout.height < 1 ? 1 : layout.height;
        layout.pages = set_rows(NULL, &layout, where, -1);
        if (columns == 1 || layout.pages < best.pages)
            best = layout;
    }
    return best;
}

int help_pages(const struct canvas *canvas, enum where where)
{
    return layout_of(canvas, where).pages;
}

void help_draw(struct canvas *canvas, enum where where, int page)
{
    struct help_layout layout = layout_of(canvas, where);
    struct area all = canvas_all(canvas);

    canvas_put(canvas, all, 1, 0, ELEMENT_TITLE, "Keys");
    set_rows(canvas, &layout, where, page);
    canvas_put(canvas, all, 1, canvas->height - 1, ELEMENT_TEXT,
               page + 1 < layout.pages ? "Any key shows more; Esc goes back."
                                       : "Any key goes back.");
}

/* ----------------------------------------------------------- footers */

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
