#include "view/ladder_rows.h"

#include "view/ladder_call.h"

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

/* "CLOSED conn", "CLOSED :54340", "CLOSED 54340": which one of several it is, where
 * there is room for that. */
static void add_which(const struct world_row *row, int columns, struct buf *out)
{
    const char *which = row->text;
    int room = columns - text_width(buf_text(out)) - 1;

    if (which && which[0] == ':' && text_width(which) > room)
        which++;
    if (which && text_width(which) <= room)
        buf_printf(out, " %s", which);
}

static void draw_state(const struct ladder_pen *pen, const struct world_row *row)
{
    const char *name = tcp_state_name(row->state);
    struct ladder_place place =
        ladder_state_place(pen->layout, row->host, text_width(name));
    struct buf text = {0};

    buf_puts(&text, name);
    add_which(row, place.columns, &text);
    draw_beside(pen, row, place, ELEMENT_STATE, buf_text(&text));
    buf_free(&text);
}

/* Two lines, when what the call gave has no room beside it. */
static void draw_call(const struct ladder_pen *pen, const struct world_row *row)
{
    struct ladder_place place = ladder_call_place(pen->layout, row->host);
    struct ladder_pen below = *pen;
    struct buf first = {0}, second = {0};

    ladder_call_words(row, place.columns, &first, &second);
    draw_beside(pen, row, place, row->failed ? ELEMENT_ERROR : ELEMENT_CALL,
                buf_text(&first));
    below.y++;
    if (second.len)
        draw_beside(&below, row, place, ELEMENT_CALL, buf_text(&second));
    buf_free(&first);
    buf_free(&second);
}

static void draw_output(const struct ladder_pen *pen, const struct world_row *row)
{
    struct ladder_place place = ladder_call_place(pen->layout, row->host);
    struct buf text = {0};

    ladder_call_quote(row->text, place.columns, &text);
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

    buf_puts(&text, "─ ");
    ladder_call_thread(row, &text); /* a child of its own, not the whole host */
    buf_printf(&text, "%s ─", row->text);
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
