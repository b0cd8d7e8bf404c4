#include "view/ladder_rows.h"

#include <string.h>

void ladder_put_place(const struct ladder_pen *pen, struct ladder_place place,
                      enum element element, const char *text)
{
    int width = text_width(text), x = place.x - pen->shift;

    if (place.at_right && width < place.columns)
        x += place.columns - width;
    canvas_put_cut(pen->canvas, pen->area, x, pen->y, place.columns, element, text);
}

/* What stands between two lifelines belongs to the one it is next to. Text that fills
 * the place is next to both, and a state may not be where it is looked for: then the
 * lifeline it belongs to has a branch. */
static void draw_beside(const struct ladder_pen *pen, const struct world_row *row,
                        struct ladder_place place, enum element element,
                        const char *text)
{
    bool between = place.x > 0 && place.x + place.columns < pen->layout->width;
    bool full = text_width(text) > place.columns - 2;

    ladder_put_place(pen, place, element, text);
    if (between && (full || place.inner))
        canvas_put(pen->canvas, pen->area, pen->layout->x[row->host] - pen->shift,
                   pen->y, element, place.at_right ? "┤" : "├");
}

static void draw_state(const struct ladder_pen *pen, const struct world_row *row)
{
    const char *name = tcp_state_name(row->state);

    draw_beside(pen, row, ladder_state_place(pen->layout, row->host, text_width(name)),
                ELEMENT_STATE, name);
}

/* "web: " when the thread is not its host's first one ("server/web"), else "". */
static void add_thread(const struct world_row *row, struct buf *out)
{
    const char *slash = strchr(row->thread, '/');

    if (slash)
        buf_printf(out, "%s: ", slash + 1);
}

/* "listener = socket()" without what it sets: the name of the call says more. */
static const char *without_var(const char *text)
{
    const char *equals = strstr(text, " = "), *open = strchr(text, '(');

    return equals && open && equals < open ? equals + 3 : text;
}

/* The call without its arguments: "connect(c, 10.0.0.1:80)" becomes "connect()". */
static void add_short_call(const char *text, struct buf *out)
{
    const char *open = strchr(text, '(');

    if (open) {
        buf_add(out, text, (size_t)(open - text));
        buf_puts(out, "()");
    } else {
        buf_puts(out, text);
    }
}

/* "connect = 0" as "connect() = 0", which reads as a call. */
static void add_return(const char *text, struct buf *out)
{
    const char *equals = strstr(text, " = ");

    if (equals && !memchr(text, '(', (size_t)(equals - text)))
        buf_printf(out, "%.*s()%s", (int)(equals - text), text, equals);
    else
        buf_puts(out, text);
}

/* A failed call's errno is worth more than all before it: "ECONNREFUSED". */
static void add_short_return(const struct world_row *row, struct buf *out)
{
    const char *space = strrchr(row->text, ' ');

    buf_puts(out, row->failed && space && space[1] == 'E' ? space + 1 : row->text);
}

static void word_call(const struct world_row *row, int variant, struct buf *out)
{
    buf_clear(out);
    if (variant < 2)
        add_thread(row, out);
    if (row->kind == ROW_RETURN && variant)
        add_short_return(row, out);
    else if (row->kind == ROW_RETURN)
        add_return(row->text, out);
    else if (variant)
        add_short_call(variant < 3 ? row->text : without_var(row->text), out);
    else
        buf_puts(out, row->text);
}

static void draw_call(const struct ladder_pen *pen, const struct world_row *row)
{
    struct ladder_place place = ladder_call_place(pen->layout, row->host);
    struct buf text = {0};

    for (int variant = 0; variant < 4; variant++) {
        word_call(row, variant, &text);
        if (text_width(buf_text(&text)) <= place.columns)
            break;
    }
    draw_beside(pen, row, place, row->failed ? ELEMENT_ERROR : ELEMENT_CALL,
                buf_text(&text));
    buf_free(&text);
}

static void draw_output(const struct ladder_pen *pen, const struct world_row *row)
{
    struct ladder_place place = ladder_call_place(pen->layout, row->host);
    struct buf text = {0};
    int width;

    if (text_width(row->text) + 2 <= place.columns) {
        buf_printf(&text, "“%s”", row->text);
    } else {
        buf_puts(&text, "“");
        buf_add(&text, row->text, text_prefix(row->text, place.columns - 3, &width));
        buf_puts(&text, "…”");
    }
    draw_beside(pen, row, place, ELEMENT_TEXT, buf_text(&text));
    buf_free(&text);
}

/* "─ crashed ─" across the lifeline, as near to its middle as the neighbours allow. */
static void draw_note(const struct ladder_pen *pen, const struct world_row *row)
{
    const struct ladder_layout *layout = pen->layout;
    int host = (int)row->host;
    int from = host ? layout->x[host - 1] + 2 : 0;
    int to = host + 1 < layout->hosts ? layout->x[host + 1] - 1 : layout->width;
    struct buf text = {0};
    int width, x;

    buf_printf(&text, "─ %s ─", row->text);
    width = text_width(buf_text(&text));
    x = layout->x[host] - width / 2;
    if (x + width > to)
        x = to - width;
    if (x < from)
        x = from;
    canvas_put_cut(pen->canvas, pen->area, x - pen->shift, pen->y, to - x, ELEMENT_TITLE,
                   buf_text(&text));
    buf_free(&text);
}

void ladder_row_draw(const struct ladder_pen *pen, const struct ladder_plan *plan,
                     size_t i)
{
    const struct world_row *row = &pen->world->rows.items[i];

    switch (row->kind) {
    case ROW_CALL:
    case ROW_RETURN:
        draw_call(pen, row);
        break;
    case ROW_PACKET:
        ladder_arrow_draw(pen, row->packet, plan->late[row->packet], false);
        break;
    case ROW_ARRIVAL:
        ladder_arrow_draw(pen, row->packet, false, true);
        break;
    case ROW_STATE:
        draw_state(pen, row);
        break;
    case ROW_HOST:
        draw_note(pen, row);
        break;
    case ROW_OUTPUT:
        draw_output(pen, row);
        break;
    }
}
