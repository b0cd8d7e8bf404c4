#include "view/menu_box.h"

#include <stdio.h>
#include <stdlib.h>

/* Rows of the box that are no choices: its two edges, the rule above the line, and the
 * line. */
#define FRAME_ROWS 4
#define FRAME_COLUMNS 4 /* an edge and a space on each side */
#define COLUMNS_LEAST 28
#define PATH_MARK " → "

/* "Socket sXXBind it to a port" */
static void put_path(const struct menu_place *place, struct buf *out)
{
    struct menu_place at = *place;

    for (at.depth = 0; at.depth <= place->depth; at.depth++)
        buf_printf(out, "%s%s", at.depth ? PATH_MARK : "", menu_place_menu(&at)->title);
}

/* As a row shows it: "Send 5 bytes (it is not connected)", "Set an option ▶". */
static void put_choice(const struct menu_item *item, struct buf *out)
{
    buf_puts(out, item->title);
    if (item->why)
        buf_printf(out, " (%s)", item->why);
    else if (item->more)
        buf_puts(out, " ▶");
}

/* What stands below the choices. */
static const char *below(const struct menu_item *item)
{
    if (!item)
        return "nothing can be done here";
    if (item->line)
        return item->line;
    return item->more ? "Enter opens more choices" : "shown on the screen: no line";
}

static int at_least(int width, const char *text)
{
    int own = text_width(text);

    return own > width ? own : width;
}

/* Columns that the menu takes inside its frame: those of the widest text in it, so that
 * the box stays as it is while the selection moves. */
static int wanted_columns(const struct menu_place *place)
{
    const struct menu *menu = menu_place_menu(place);
    struct buf text = {0};
    int width = COLUMNS_LEAST;

    put_path(place, &text);
    width = at_least(width, buf_text(&text));
    vec_each (item, &menu->items) {
        buf_clear(&text);
        put_choice(item, &text);
        width = at_least(at_least(width, buf_text(&text)), below(item));
    }
    buf_free(&text);
    return width;
}

static int rows_of(const struct menu_place *place)
{
    return (int)menu_place_menu(place)->items.count;
}

/* Below the row y if the box fits there, else above it, else where there is room. */
static int box_top(int y, int height, struct area area)
{
    if (y + 1 + height <= area.height)
        return y + 1;
    if (y - height >= 0)
        return y - height;
    return area.height > height ? area.height - height : 0;
}

static struct area box_place(const struct menu_place *place, int x, int y,
                             struct area area)
{
    struct area box = {.width = wanted_columns(place) + FRAME_COLUMNS,
                       .height = rows_of(place) + FRAME_ROWS};

    if (box.width > area.width)
        box.width = area.width;
    if (box.height > area.height)
        box.height = area.height;
    box.x = x + box.width > area.width ? area.width - box.width : x;
    box.x = area.x + (box.x < 0 ? 0 : box.x);
    box.y = area.y + box_top(y, box.height, area);
    return box;
}

/* How many choices are above the first that is shown: the selected one is in sight, as
 * near the middle as may be. */
static int scrolled(const struct menu_place *place, struct area box)
{
    int room = box.height - FRAME_ROWS, rows = rows_of(place);
    int first = (int)place->at[place->depth] - room / 2;

    if (first > rows - room)
        first = rows - room;
    return first < 0 ? 0 : first;
}

/* An edge or the rule, with a text in it. */
static void draw_edge(struct canvas *canvas, struct area box, int y, const char *left,
                      const char *right, const char *text)
{
    canvas_fill(canvas, box, 0, y, box.width, ELEMENT_BORDER, "─");
    canvas_put(canvas, box, 0, y, ELEMENT_BORDER, left);
    canvas_put(canvas, box, box.width - 1, y, ELEMENT_BORDER, right);
    if (*text) {
        char *spaced = mem_printf(" %s ", text);

        canvas_put_cut(canvas, box, 1, y, box.width - 2, ELEMENT_FOCUS, spaced);
        free(spaced);
    }
}

static void draw_row(struct canvas *canvas, struct area box, int y, enum element element,
                     const char *text)
{
    canvas_fill(canvas, box, 0, y, box.width, ELEMENT_TEXT, " ");
    canvas_put(canvas, box, 0, y, ELEMENT_BORDER, "│");
    canvas_put(canvas, box, box.width - 1, y, ELEMENT_BORDER, "│");
    canvas_put_cut(canvas, box, 2, y, box.width - FRAME_COLUMNS, element, text);
}

static void draw_choices(const struct menu_place *place, struct canvas *canvas,
                         struct area box, int first)
{
    const struct menu *menu = menu_place_menu(place);
    int room = box.height - FRAME_ROWS;
    struct buf text = {0};

    for (int i = 0; i < room && first + i < rows_of(place); i++) {
        size_t number = (size_t)(first + i);
        const struct menu_item *item = &menu->items.items[number];
        struct area inside = {box.x + 1, box.y, box.width - 2, box.height};

        buf_clear(&text);
        put_choice(item, &text);
        draw_row(canvas, box, 1 + i, item->why ? ELEMENT_FAINT : ELEMENT_TEXT,
                 buf_text(&text));
        if (number == place->at[place->depth])
            canvas_reverse_row(canvas, inside, 1 + i);
    }
    buf_free(&text);
}

/* "3-12 of 17" where not all are in sight. */
static void draw_rule(const struct menu_place *place, struct canvas *canvas,
                      struct area box, int first)
{
    int room = box.height - FRAME_ROWS, rows = rows_of(place);
    char text[64] = "";

    if (rows > room)
        snprintf(text, sizeof(text), "%d-%d of %d", first + 1, first + room, rows);
    draw_edge(canvas, box, box.height - 3, "├", "┤", text);
}

struct area menu_box_draw(const struct menu_place *place, int x, int y,
                          struct canvas *canvas, struct area area)
{
    struct area box = box_place(place, x, y, area);
    int first = scrolled(place, box);
    const struct menu_item *item = menu_place_item(place);
    struct buf path = {0};

    put_path(place, &path);
    draw_edge(canvas, box, 0, "┌", "┐", buf_text(&path));
    buf_free(&path);
    draw_choices(place, canvas, box, first);
    draw_rule(place, canvas, box, first);
    draw_row(canvas, box, box.height - 2,
             item && item->line ? ELEMENT_CODE : ELEMENT_FAINT, below(item));
    draw_edge(canvas, box, box.height - 1, "└", "┘", "");
    return box;
}

int menu_box_item_at(const struct menu_place *place, struct area box, int x, int y)
{
    int row = y - box.y - 1, item = scrolled(place, box) + row;

    if (x <= box.x || x >= box.x + box.width - 1 || row < 0 ||
        row >= box.height - FRAME_ROWS || item >= rows_of(place))
        return -1;
    return item;
}
