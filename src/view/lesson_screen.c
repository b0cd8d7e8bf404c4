#include "view/lesson_screen.h"

#include <string.h>

#include "view/ladder.h"
#include "view/prose.h"
#include "view/source.h"
#include "view/table.h"

#define WIDE 110
#define STRIP_LINES 4 /* of prose, with three hosts or more */
#define SOURCES_MAX 4
#define MESSAGE_LINES 4

/*  Narrow:                          Wide:
 *   title                            title
 *  ─ page ──────┬─ Wire ─────       ┌─ page ─────┬─ Wire ──────┬─ Programs ─┐
 *   prose       │  ladder           │ prose      │ ladder      │ source     │
 *  ─ Sockets ───┴────────────       ├─ Sockets ──┴─────────────┴────────────┤
 *   table                           │ table                                 │
 *   footer                          └───────────────────────────────────────┘
 *                                    footer
 */
struct layout {
    bool boxes;
    struct area panes[PANE_COUNT]; /* height 0: not there */
    int titles[PANE_COUNT];        /* columns where their titles begin */
    int top, middle, bottom;       /* rows of the lines; bottom is -1 without boxes */
    int split[2];                  /* columns of the upright lines; -1: none */
};

bool screen_too_small(const struct canvas *canvas)
{
    return canvas->width < SCREEN_LEAST_WIDTH || canvas->height < SCREEN_LEAST_HEIGHT;
}

void screen_draw_too_small(struct canvas *canvas)
{
    struct area all = canvas_all(canvas);

    canvas_put(canvas, all, 0, 0, ELEMENT_TITLE, "Please make this window larger.");
    canvas_putf(canvas, all, 0, 1, ELEMENT_TEXT, "It is %dx%d; Socketarium",
                canvas->width, canvas->height);
    canvas_putf(canvas, all, 0, 2, ELEMENT_TEXT, "needs at least %dx%d.",
                SCREEN_LEAST_WIDTH, SCREEN_LEAST_HEIGHT);
    canvas_put(canvas, all, 0, 3, ELEMENT_TEXT, "q leaves.");
}

/* ----------------------------------------------------------- layout */

static int sockets_height(int body)
{
    int height = body * 2 / 5;

    return height < 5 ? 5 : height > 16 ? 16 : height;
}

static void lay_out_strip(const struct canvas *canvas, struct layout *layout)
{
    int strip = STRIP_LINES < layout->middle - 5 ? STRIP_LINES : layout->middle - 5;

    layout->panes[PANE_PROSE] = (struct area){1, 2, canvas->width - 2, strip};
    layout->panes[PANE_WIRE] =
        (struct area){1, strip + 3, canvas->width - 2, layout->middle - strip - 3};
}

static void lay_out_narrow(const struct canvas *canvas, const struct world *world,
                           struct layout *layout)
{
    int width = canvas->width, left = width * 31 / 80;
    int body = canvas->height - 4; /* title, two lines, footer */
    int low = sockets_height(body);

    layout->top = 1;
    layout->middle = 2 + body - low;
    layout->bottom = -1;
    layout->panes[PANE_SOCKETS] = (struct area){0, layout->middle + 1, width, low};
    if (world->host_count > 2) {
        lay_out_strip(canvas, layout);
        return;
    }
    layout->split[0] = left;
    layout->panes[PANE_PROSE] = (struct area){1, 2, left - 2, body - low};
    layout->panes[PANE_WIRE] = (struct area){left + 1, 2, width - left - 1, body - low};
}

static void lay_out_wide(const struct canvas *canvas, const struct world *world,
                         struct layout *layout)
{
    int width = canvas->width;
    int body = canvas->height - 5; /* title, three lines, footer */
    int low = sockets_height(body);
    int wire = world->host_count > 2 ? (int)world->host_count * 22 : 50;
    int left = (width - wire - 4) / 2;

    if (left < 30)
        left = 30;
    if (left > 72)
        left = 72;
    if (wire > width - left - 4 - 24)
        wire = width - left - 4 - 24;
    layout->boxes = true;
    layout->top = 1;
    layout->middle = 2 + body - low;
    layout->bottom = canvas->height - 2;
    layout->split[0] = left + 1;
    layout->split[1] = left + wire + 2;
    layout->panes[PANE_PROSE] = (struct area){2, 2, left - 2, body - low};
    layout->panes[PANE_WIRE] = (struct area){left + 2, 2, wire, body - low};
    layout->panes[PANE_SOURCE] =
        (struct area){left + wire + 4, 2, width - left - wire - 6, body - low};
    layout->panes[PANE_SOCKETS] = (struct area){1, layout->middle + 1, width - 2, low};
}

static void lay_out_zoom(const struct canvas *canvas, enum pane focus,
                         struct layout *layout)
{
    layout->top = 1;
    layout->middle = layout->bottom = -1;
    layout->panes[focus] = (struct area){1, 2, canvas->width - 2, canvas->height - 3};
    if (focus == PANE_SOCKETS) /* it has a margin of its own */
        layout->panes[focus] = (struct area){0, 2, canvas->width, canvas->height - 3};
}

/* A pane's title begins two columns behind the line on its left. */
static void place_titles(struct layout *layout)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        int line = 0;

        for (int j = 0; j < 2; j++)
            if (layout->split[j] > line && layout->split[j] < layout->panes[i].x)
                line = layout->split[j];
        layout->titles[i] = line + (layout->boxes || line ? 3 : 2);
    }
}

static void lay_out(const struct canvas *canvas, const struct world *world,
                    const struct lesson_look *look, struct layout *layout)
{
    *layout = (struct layout){.split = {-1, -1}};
    if (look->zoom)
        lay_out_zoom(canvas, look->focus, layout);
    else if (canvas->width >= WIDE)
        lay_out_wide(canvas, world, layout);
    else
        lay_out_narrow(canvas, world, layout);
    place_titles(layout);
}

/* ----------------------------------------------------------- lines and titles */

static void draw_line(struct canvas *canvas, const struct layout *layout, int y,
                      const char *left, const char *crossing, const char *right)
{
    struct area all = canvas_all(canvas);

    if (y < 0)
        return;
    canvas_fill(canvas, all, 0, y, canvas->width, ELEMENT_BORDER, "─");
    for (int i = 0; i < 2; i++)
        if (layout->split[i] >= 0)
            canvas_put(canvas, all, layout->split[i], y, ELEMENT_BORDER, crossing);
    if (layout->boxes) {
        canvas_put(canvas, all, 0, y, ELEMENT_BORDER, left);
        canvas_put(canvas, all, canvas->width - 1, y, ELEMENT_BORDER, right);
    }
}

static void draw_uprights(struct canvas *canvas, const struct layout *layout)
{
    struct area all = canvas_all(canvas);
    int end = layout->middle < 0 ? canvas->height - 1 : layout->middle;

    for (int y = layout->top + 1; y < end; y++)
        for (int i = 0; i < 2; i++)
            if (layout->split[i] >= 0)
                canvas_put(canvas, all, layout->split[i], y, ELEMENT_BORDER, "│");
    for (int y = layout->top + 1; layout->boxes && y < layout->bottom; y++) {
        canvas_put(canvas, all, 0, y, ELEMENT_BORDER, "│");
        canvas_put(canvas, all, canvas->width - 1, y, ELEMENT_BORDER, "│");
    }
}

/* A pane's title stands in the line above it; `more` says that there is more to see. */
static void draw_pane_title(struct canvas *canvas, const struct layout *layout,
                            const struct lesson_look *look, enum pane pane,
                            const char *title, bool more)
{
    struct area area = layout->panes[pane];
    bool focused = look->focus == pane;
    int x = layout->titles[pane];
    int room = area.x + area.width - x - 2 - (more ? 9 : 0), used;

    if (area.height == 0 || room < 4)
        return;
    used = text_width(title) > room ? room : text_width(title);
    canvas_putf(canvas, canvas_all(canvas), x - 1, area.y - 1, ELEMENT_BORDER, " %*s ",
                used, "");
    canvas_put_cut(canvas, canvas_all(canvas), x, area.y - 1, room,
                   focused ? ELEMENT_FOCUS : ELEMENT_TITLE, title);
    if (more)
        canvas_put(canvas, canvas_all(canvas), area.x + area.width - 8, area.y - 1,
                   ELEMENT_KEY, " more ↓ ");
}

static const char *wire_word(const struct world *world)
{
    switch (world->wire) {
    case WIRE_HOLD:
        return "wire HOLD";
    case WIRE_SLOW:
        return "wire SLOW";
    case WIRE_FLOW:
    case WIRE_MODE_COUNT:
        break;
    }
    return "wire FLOW";
}

static void draw_title(struct canvas *canvas, const struct lesson *lesson,
                       const struct world *world, const struct lesson_look *look)
{
    const struct world_lesson *at = &world->lesson;
    struct area all = canvas_all(canvas);
    struct buf right = {0};
    int width, left = 1;

    buf_printf(&right, "page %u/%u", at->page, at->pages);
    if (at->steps && at->step)
        buf_printf(&right, "   step %u of %u", at->step, at->steps);
    buf_printf(&right, "   %s   ", wire_word(world));
    width = text_width(buf_text(&right)) + 7;
    if (look->number[0])
        left += canvas_putf(canvas, all, 1, 0, ELEMENT_TITLE, "%s ", look->number);
    canvas_put_cut(canvas, all, left, 0, canvas->width - width - left - 1, ELEMENT_TITLE,
                   lesson->title ? lesson->title : "");
    canvas_put(canvas, all, canvas->width - width, 0, ELEMENT_TEXT, buf_text(&right));
    canvas_put(canvas, all, canvas->width - 7, 0,
               look->review ? ELEMENT_HELD : ELEMENT_TEXT,
               look->review ? "review" : "live");
    buf_free(&right);
}

/* Keys stand between \1 and \2. */
static void draw_footer(struct canvas *canvas, const char *text)
{
    struct area all = canvas_all(canvas);
    int x = 1;

    while (*text) {
        size_t len = strcspn(text, "\1\2");
        char *piece = mem_strndup(text, len);
        bool key = text[len] == '\2';

        x += canvas_put(canvas, all, x, canvas->height - 1,
                        key ? ELEMENT_KEY : ELEMENT_TEXT, piece);
        free(piece);
        text += len + (text[len] != '\0');
    }
}

/* Wrapped at word borders, and growing upwards from the last row: an error message says
 * at its end what was expected. */
static void draw_message(struct canvas *canvas, const struct lesson_look *look)
{
    enum element element = look->message_is_error ? ELEMENT_ERROR : ELEMENT_HELD;
    struct area all = canvas_all(canvas);
    struct buf lines = {0};
    int count = text_wrap(look->message, canvas->width - 2, MESSAGE_LINES, &lines);
    const char *line = buf_text(&lines);

    for (int y = canvas->height - count; y < canvas->height; y++) {
        canvas_fill(canvas, all, 0, y, canvas->width, ELEMENT_TEXT, " ");
        canvas_put_cut(canvas, all, 1, y, canvas->width - 2, element, line);
        line += strlen(line) + 1;
    }
    buf_free(&lines);
}

static void draw_last_row(struct canvas *canvas, const struct lesson_look *look)
{
    struct area all = canvas_all(canvas);
    int room = canvas->width - 3, skip = 0;

    if (look->input) {
        /* The end of a long line is what is being typed. */
        skip = text_width(look->input) - room;
        canvas_put(canvas, (struct area){2, canvas->height - 1, room + 1, 1},
                   skip > 0 ? -skip : 0, 0, ELEMENT_TEXT, look->input);
        canvas_put(canvas, all, 1, canvas->height - 1, ELEMENT_KEY, ":");
        canvas->cursor_x = 2 + text_width(look->input) - (skip > 0 ? skip : 0);
        canvas->cursor_y = canvas->height - 1;
    } else if (look->message) {
        draw_message(canvas, look);
    } else {
        draw_footer(canvas, look->footer ? look->footer : "");
    }
}

/* ----------------------------------------------------------- panes */

static const char *page_title(const struct lesson *lesson, const struct world *world)
{
    unsigned page = world->lesson.page;

    return page > 0 && page <= lesson->pages.count ? lesson->pages.items[page - 1].title
                                                   : "";
}

static void draw_prose(struct canvas *canvas, const struct layout *layout,
                       const struct lesson *lesson, const struct world *world,
                       const struct lesson_look *look, struct lesson_drawn *drawn)
{
    struct prose_look prose = {look->prose_scroll, look->toggled};
    struct area area = layout->panes[PANE_PROSE];

    drawn->prose_lines = prose_draw(lesson, world, &prose, canvas, area);
    drawn->prose_height = area.height;
    drawn->answers_line = prose_answers_line(lesson, world, area.width);
    draw_pane_title(canvas, layout, look, PANE_PROSE, page_title(lesson, world),
                    look->prose_scroll >= 0 &&
                        look->prose_scroll + area.height < drawn->prose_lines);
}

static void draw_wire(struct canvas *canvas, const struct layout *layout,
                      const struct world *world, const struct lesson_look *look,
                      struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_WIRE];
    struct ladder_look ladder = {.now_ns = look->now_ns,
                                 .scroll_up = look->wire_up,
                                 .scroll_right = look->wire_right,
                                 .relative = true};

    drawn->wire_lines = ladder_draw(world, &ladder, canvas, area);
    drawn->wire_height = area.height;
    draw_pane_title(canvas, layout, look, PANE_WIRE, "Wire", look->wire_up > 0);
}

/* Each thread that is alive, one below the other. */
static void draw_sources(struct canvas *canvas, const struct layout *layout,
                         const struct world *world, const struct lesson_look *look)
{
    struct area area = layout->panes[PANE_SOURCE];
    const struct world_thread *threads[SOURCES_MAX];
    int count = 0, skipped = 0, height;

    draw_pane_title(canvas, layout, look, PANE_SOURCE, "Programs", false);
    vec_each (thread, &world->threads)
        if (thread->alive && thread->called && skipped++ >= look->source_scroll &&
            count < SOURCES_MAX)
            threads[count++] = thread;
    if (count == 0) {
        canvas_put(canvas, area, 0, 0, ELEMENT_TEXT, "No program runs yet.");
        return;
    }
    while (count > 1 && area.height / count < 5)
        count--;
    height = area.height / count;
    for (int i = 0; i < count; i++)
        source_draw(threads[i], look->now_ns, canvas,
                    (struct area){area.x, area.y + i * height, area.width,
                                  height - (i + 1 < count)});
}

static void draw_sockets(struct canvas *canvas, const struct layout *layout,
                         const struct world *world, const struct lesson_look *look,
                         struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_SOCKETS];
    struct table_look table = {
        look->now_ns, 0, look->focus == PANE_SOCKETS ? look->sockets_selected : -1};
    int line =
        table_line(world, table.selected >= 0 ? table.selected : table_news(world));

    /* What was chosen, or what the step has brought, is in sight. */
    if (line > area.height - 2)
        table.scroll = line - (area.height - 2);
    drawn->sockets_lines = table_draw(world, &table, canvas, area);
    drawn->sockets_height = area.height;
    draw_pane_title(canvas, layout, look, PANE_SOCKETS, "Sockets in the kernel",
                    table.scroll + area.height < drawn->sockets_lines);
}

void lesson_screen_draw(const struct lesson *lesson, const struct world *world,
                        const struct lesson_look *look, struct canvas *canvas,
                        struct lesson_drawn *drawn)
{
    struct layout layout;

    memset(drawn, 0, sizeof(*drawn));
    canvas_clear(canvas);
    if (screen_too_small(canvas)) {
        screen_draw_too_small(canvas);
        return;
    }
    lay_out(canvas, world, look, &layout);
    for (int i = 0; i < PANE_COUNT; i++)
        drawn->pane_there[i] = layout.panes[i].height > 0;
    draw_uprights(canvas, &layout);
    draw_line(canvas, &layout, layout.top, "┌", "┬", "┐");
    draw_line(canvas, &layout, layout.middle, "├", "┴", "┤");
    draw_line(canvas, &layout, layout.bottom, "└", "─", "┘");
    if (layout.panes[PANE_PROSE].height && layout.panes[PANE_WIRE].y > layout.top + 1)
        draw_line(canvas, &layout, layout.panes[PANE_WIRE].y - 1, "├", "─", "┤");
    draw_title(canvas, lesson, world, look);
    if (drawn->pane_there[PANE_PROSE])
        draw_prose(canvas, &layout, lesson, world, look, drawn);
    if (drawn->pane_there[PANE_WIRE])
        draw_wire(canvas, &layout, world, look, drawn);
    if (drawn->pane_there[PANE_SOURCE])
        draw_sources(canvas, &layout, world, look);
    if (drawn->pane_there[PANE_SOCKETS])
        draw_sockets(canvas, &layout, world, look, drawn);
    draw_last_row(canvas, look);
}
