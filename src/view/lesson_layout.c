#include "view/lesson_layout.h"

#define WIDE 110
#define VERY_WIDE 190 /* and VERY_HIGH: room for the state map */
#define VERY_HIGH 44
#define MAP_WIDTH 76
#define MAP_HEIGHT 21
#define STRIP_LINES 4 /* of prose, with three hosts or more */

static int sockets_height(int body)
{
    int height = body * 2 / 5;

    return height < 5 ? 5 : height > 16 ? 16 : height;
}

static void lay_out_strip(const struct canvas *canvas, struct lesson_layout *layout)
{
    int strip = STRIP_LINES < layout->middle - 5 ? STRIP_LINES : layout->middle - 5;

    layout->panes[PANE_PROSE] = (struct area){1, 2, canvas->width - 2, strip};
    layout->panes[PANE_WIRE] =
        (struct area){1, strip + 3, canvas->width - 2, layout->middle - strip - 3};
}

static void lay_out_narrow(const struct canvas *canvas, const struct world *world,
                           bool text, struct lesson_layout *layout)
{
    int width = canvas->width, left = width * 31 / 80;
    int body = canvas->height - 4; /* title, two lines, footer */
    int low = sockets_height(body);

    layout->top = 1;
    layout->middle = 2 + body - low;
    layout->bottom = -1;
    layout->panes[PANE_SOCKETS] = (struct area){0, layout->middle + 1, width, low};
    if (!text) {
        layout->panes[PANE_WIRE] = (struct area){1, 2, width - 2, body - low};
        return;
    }
    if (world->host_count > 2) {
        lay_out_strip(canvas, layout);
        return;
    }
    layout->split[0] = left;
    layout->panes[PANE_PROSE] = (struct area){1, 2, left - 2, body - low};
    layout->panes[PANE_WIRE] = (struct area){left + 1, 2, width - left - 1, body - low};
}

/* The prose's columns with its margin; -1 without it. With three hosts it is narrower
 * than a strip (view/prose.c), also in a very wide window. */
static int prose_width(int width, int wire, unsigned hosts, bool text)
{
    int left = (width - wire - 4) / 2, most = hosts > 2 ? 59 : 72;

    if (!text)
        return -1;
    return left < 30 ? 30 : left > most ? most : left;
}

static void lay_out_low(const struct canvas *canvas, int low,
                        struct lesson_layout *layout)
{
    int y = layout->middle + 1, width = canvas->width - 2;

    if (low < MAP_HEIGHT) {
        layout->panes[PANE_SOCKETS] = (struct area){1, y, width, low};
        return;
    }
    layout->low_split = canvas->width - MAP_WIDTH - 3;
    layout->panes[PANE_SOCKETS] = (struct area){1, y, layout->low_split - 1, low};
    layout->panes[PANE_MAP] = (struct area){layout->low_split + 2, y, MAP_WIDTH, low};
}

static void lay_out_wide(const struct canvas *canvas, const struct world *world,
                         bool text, struct lesson_layout *layout)
{
    int width = canvas->width;
    int body = canvas->height - 5; /* title, three lines, footer */
    int low = width >= VERY_WIDE && canvas->height >= VERY_HIGH ? MAP_HEIGHT
                                                                : sockets_height(body);
    int wire = world->host_count > 2 ? (int)world->host_count * 22 : 50;
    int left = prose_width(width, wire, world->host_count, text);

    if (!text)
        wire = width * 3 / 5;
    if (wire > width - left - 4 - 24)
        wire = width - left - 4 - 24;
    layout->boxes = true;
    layout->top = 1;
    layout->middle = 2 + body - low;
    layout->bottom = canvas->height - 2;
    if (text) {
        layout->split[0] = left + 1;
        layout->panes[PANE_PROSE] = (struct area){2, 2, left - 2, body - low};
    }
    layout->split[1] = left + wire + 2;
    layout->panes[PANE_WIRE] = (struct area){left + 2, 2, wire, body - low};
    layout->panes[PANE_SOURCE] =
        (struct area){left + wire + 4, 2, width - left - wire - 6, body - low};
    lay_out_low(canvas, low, layout);
}

static void lay_out_zoom(const struct canvas *canvas, enum pane focus,
                         struct lesson_layout *layout)
{
    layout->top = 1;
    layout->middle = layout->bottom = -1;
    layout->panes[focus] = (struct area){1, 2, canvas->width - 2, canvas->height - 3};
    if (focus == PANE_SOCKETS) /* it has a margin of its own */
        layout->panes[focus] = (struct area){0, 2, canvas->width, canvas->height - 3};
}

/* A pane's title begins two columns behind the line on its left. */
static void place_titles(struct lesson_layout *layout)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        int line = 0;

        for (int j = 0; j < 2; j++)
            if (layout->split[j] > line && layout->split[j] < layout->panes[i].x)
                line = layout->split[j];
        if (i == PANE_MAP && layout->low_split > 0)
            line = layout->low_split;
        layout->titles[i] = line + (layout->boxes || line ? 3 : 2);
    }
}

void lesson_layout_make(const struct canvas *canvas, const struct world *world,
                        const struct lesson_look *look, struct lesson_layout *layout)
{
    *layout = (struct lesson_layout){.split = {-1, -1}, .low_split = -1};
    if (look->sheet != SHEET_NONE)
        lay_out_zoom(canvas, PANE_SHEET, layout);
    else if (look->zoom)
        lay_out_zoom(canvas, look->focus, layout);
    else if (canvas->width >= WIDE)
        lay_out_wide(canvas, world, !look->without_text, layout);
    else
        lay_out_narrow(canvas, world, !look->without_text, layout);
    place_titles(layout);
}
