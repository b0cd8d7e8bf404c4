#include "view/ladder.h"

#include "view/ladder_rows.h"

#define HEADS 2

/* The columns a host's head may take: half of the way to its neighbours. */
static struct ladder_place head_place(const struct ladder_layout *layout, int host)
{
    int from = 0, to = layout->width;

    if (host)
        from = (layout->x[host - 1] + layout->x[host]) / 2 + 1;
    if (host + 1 < layout->hosts)
        to = (layout->x[host] + layout->x[host + 1]) / 2;
    return (struct ladder_place){from, to - from, false, false};
}

/* Centred on the lifeline, or as near as it fits. */
static void draw_head(const struct ladder_pen *pen, int host, enum element element,
                      const char *text)
{
    struct ladder_place place = head_place(pen->layout, host);
    int width = text_width(text), end = place.x + place.columns;
    int x = pen->layout->x[host] - width / 2;

    if (x + width > end)
        x = end - width;
    if (x > place.x) {
        place.x = x;
        place.columns = end - x;
    }
    ladder_put_place(pen, place, element, text);
}

static void draw_heads(struct ladder_pen *pen)
{
    char text[ADDRESS_TEXT];

    for (int i = 0; i < pen->layout->hosts; i++) {
        const struct world_host *host = &pen->world->hosts[i];

        pen->y = 0;
        draw_head(pen, i, ELEMENT_TITLE, host->name);
        pen->y = 1;
        if (host->address_count)
            draw_head(pen, i, ELEMENT_FAINT, address_print(&host->addresses[0], text));
    }
}

static void draw_lifelines(const struct ladder_pen *pen)
{
    for (int y = 0; y < pen->area.height; y++)
        for (int i = 0; i < pen->layout->hosts; i++)
            canvas_put(pen->canvas, pen->area, pen->layout->x[i] - pen->shift, y,
                       ELEMENT_FAINT, "│");
}

/* The first line to be seen: the newest is at the bottom, `scroll_up` lines below it. */
static int first_line(int lines, int height, int scroll_up)
{
    int most = lines > height ? lines - height : 0;

    if (scroll_up < 0)
        scroll_up = 0;
    return scroll_up < most ? most - scroll_up : 0;
}

static void draw_rows(struct ladder_pen *pen, const struct ladder_plan *plan)
{
    int first = first_line(plan->lines, pen->area.height, pen->look->scroll_up);

    for (size_t i = 0; i < pen->world->rows.count; i++) {
        int height =
            ladder_row_height(pen->world, pen->layout, &pen->world->rows.items[i]);

        pen->y = plan->line[i] - first;
        if (plan->line[i] < 0 || pen->y + height <= 0 || pen->y >= pen->area.height)
            continue;
        ladder_row_draw(pen, plan, i);
    }
    if (pen->look->selected > 0)
        canvas_reverse_row(pen->canvas, pen->area, pen->look->selected - 1 - first);
}

const struct world_packet *ladder_at(const struct world *world, int columns, int line,
                                     const struct world_sock **sock)
{
    const struct world_packet *packet = NULL;
    struct ladder_layout layout;
    struct ladder_plan plan;

    if (sock)
        *sock = NULL;
    ladder_layout_make(world, columns, &layout);
    ladder_plan_make(world, &layout, &plan);
    for (size_t i = 0; i < world->rows.count; i++) {
        const struct world_row *row = &world->rows.items[i];
        int height = ladder_row_height(world, &layout, row);

        if (plan.line[i] < 0 || line <= plan.line[i] || line > plan.line[i] + height)
            continue;
        if (row->kind == ROW_PACKET || row->kind == ROW_ARRIVAL)
            packet = &world->packets.items[row->packet];
        else if (row->kind == ROW_STATE && sock)
            *sock = world_sock_find(world, row->host, row->cookie);
    }
    ladder_plan_free(&plan);
    return packet;
}

static int clamp_shift(const struct ladder_layout *layout, int shift, int columns)
{
    int most = layout->width > columns ? layout->width - columns : 0;

    if (shift > most)
        return most;
    return shift > 0 ? shift : 0;
}

int ladder_draw(const struct world *world, const struct ladder_look *look,
                struct canvas *canvas, struct area area)
{
    struct ladder_layout layout;
    struct ladder_plan plan;
    struct ladder_pen pen = {world, look, &layout, canvas, area, 0, 0};
    int lines;

    if (!world->host_count) {
        canvas_put_cut(canvas, area, 1, 0, area.width - 1, ELEMENT_TEXT,
                       "The lab has no hosts yet.");
        return 0;
    }
    ladder_layout_make(world, area.width, &layout);
    pen.shift = clamp_shift(&layout, look->scroll_right, area.width);
    draw_heads(&pen);
    ladder_plan_make(world, &layout, &plan);
    lines = plan.lines;
    pen.area.y += HEADS;
    pen.area.height -= HEADS;
    if (pen.area.height > 0) {
        draw_lifelines(&pen);
        draw_rows(&pen, &plan);
    }
    ladder_plan_free(&plan);
    return lines;
}
