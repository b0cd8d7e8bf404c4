#include "view/lesson_screen.h"

#include <stdio.h>
#include <string.h>

#include "view/footer.h"
#include "view/ladder.h"
#include "view/lesson_layout.h"
#include "view/lesson_sheet.h"
#include "view/log.h"
#include "view/prose.h"
#include "view/source.h"
#include "view/statemap.h"
#include "view/table.h"

#define SOURCES_MAX 4
#define MESSAGE_LINES 6

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

/* ----------------------------------------------------------- lines and titles */

static void draw_line(struct canvas *canvas, const struct lesson_layout *layout, int y,
                      const char *left, const char *crossing, const char *right)
{
    struct area all = canvas_all(canvas);

    if (y < 0)
        return;
    canvas_fill(canvas, all, 0, y, canvas->width, ELEMENT_BORDER, "─");
    for (int i = 0; i < 2 && y != layout->bottom; i++)
        if (layout->split[i] >= 0)
            canvas_put(canvas, all, layout->split[i], y, ELEMENT_BORDER, crossing);
    if (layout->boxes) {
        canvas_put(canvas, all, 0, y, ELEMENT_BORDER, left);
        canvas_put(canvas, all, canvas->width - 1, y, ELEMENT_BORDER, right);
    }
}

static void draw_upright(struct canvas *canvas, int x, int from, int to)
{
    for (int y = from; x >= 0 && y < to; y++)
        canvas_put(canvas, canvas_all(canvas), x, y, ELEMENT_BORDER, "│");
}

static void draw_uprights(struct canvas *canvas, const struct lesson_layout *layout)
{
    int end = layout->middle < 0 ? canvas->height - 1 : layout->middle;

    draw_upright(canvas, layout->split[0], layout->top + 1, end);
    draw_upright(canvas, layout->split[1], layout->top + 1, end);
    draw_upright(canvas, layout->low_split, layout->middle + 1, layout->bottom);
    if (layout->boxes) {
        draw_upright(canvas, 0, layout->top + 1, layout->bottom);
        draw_upright(canvas, canvas->width - 1, layout->top + 1, layout->bottom);
    }
}

/* The lines that lie, and where they meet those that stand. */
static void draw_lines(struct canvas *canvas, const struct lesson_layout *layout)
{
    struct area all = canvas_all(canvas);
    const struct area *wire = &layout->panes[PANE_WIRE];

    draw_line(canvas, layout, layout->top, "┌", "┬", "┐");
    draw_line(canvas, layout, layout->middle, "├", "┴", "┤");
    draw_line(canvas, layout, layout->bottom, "└", "─", "┘");
    if (layout->low_split >= 0) {
        canvas_put(canvas, all, layout->low_split, layout->middle, ELEMENT_BORDER,
                   layout->low_split == layout->split[1] ? "┼" : "┬");
        canvas_put(canvas, all, layout->low_split, layout->bottom, ELEMENT_BORDER, "┴");
    }
    if (layout->panes[PANE_PROSE].height && wire->y > layout->top + 1)
        draw_line(canvas, layout, wire->y - 1, "├", "─", "┤");
}

/* A pane's title stands in the line above it; `more` says that there is more to see. */
static void draw_pane_title(struct canvas *canvas, const struct lesson_layout *layout,
                            const struct lesson_look *look, enum pane pane,
                            const char *title, bool more)
{
    struct area area = layout->panes[pane];
    bool focused = look->focus == pane;
    int x = layout->titles[pane];
    int room = area.x + area.width - x - (more ? 9 : 2), used;

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
    int width, standing, left = 1;
    const char *words;

    if (!look->lab)
        buf_printf(&right, "page %u/%u", at->page, at->pages);
    if (!look->lab && at->steps && at->step)
        buf_printf(&right, "   step %u of %u", at->step, at->steps);
    buf_printf(&right, "   %s   ", wire_word(world));
    words = look->standing ? look->standing : "";
    standing = text_width(words) > 7 ? text_width(words) + 1 : 7;
    width = text_width(buf_text(&right)) + standing;
    if (look->number[0])
        left += canvas_putf(canvas, all, 1, 0, ELEMENT_TITLE, "%s ", look->number);
    canvas_put_cut(canvas, all, left, 0, canvas->width - width - left - 1, ELEMENT_TITLE,
                   lesson->title ? lesson->title : "");
    canvas_put(canvas, all, canvas->width - width, 0, ELEMENT_TEXT, buf_text(&right));
    canvas_put(canvas, all, canvas->width - standing, 0,
               look->standing_marked ? ELEMENT_HELD : ELEMENT_TEXT, words);
    buf_free(&right);
}

/* Wrapped at word borders, and growing upwards from the row above `below`: an error
 * message says at its end what was expected. */
static void draw_message(struct canvas *canvas, const struct lesson_look *look,
                         int below)
{
    enum element element = look->message_is_error ? ELEMENT_ERROR : ELEMENT_HELD;
    struct area all = canvas_all(canvas);
    struct buf lines = {0};
    int count = text_wrap(look->message, canvas->width - 2, MESSAGE_LINES, &lines);
    const char *line = buf_text(&lines);

    for (int y = below - count; y < below; y++) {
        canvas_fill(canvas, all, 0, y, canvas->width, ELEMENT_TEXT, " ");
        canvas_put_cut(canvas, all, 1, y, canvas->width - 2, element, line);
        line += strlen(line) + 1;
    }
    buf_free(&lines);
}

/* Of a long line the part around the cursor is seen. */
static void draw_input(struct canvas *canvas, const struct lesson_look *look, int y)
{
    char *before = mem_strndup(look->input, look->input_cursor);
    int room = canvas->width - 3, cursor = text_width(before);
    int skip = cursor > room ? cursor - room : 0;

    canvas_put(canvas, (struct area){2, y, room + 1, 1}, -skip, 0, ELEMENT_TEXT,
               look->input);
    canvas_put(canvas, canvas_all(canvas), 1, y, ELEMENT_KEY, ":");
    canvas->cursor_x = 2 + cursor - skip;
    canvas->cursor_y = y;
    free(before);
}

static void draw_last_row(struct canvas *canvas, const struct lesson_look *look)
{
    int last = canvas->height - 1;

    if (look->input) {
        draw_input(canvas, look, last);
        if (look->message)
            draw_message(canvas, look, last);
    } else if (look->message) {
        draw_message(canvas, look, last + 1);
    } else {
        footer_draw(canvas, look->footer ? look->footer : "");
    }
}

/* ----------------------------------------------------------- panes */

static const char *page_title(const struct lesson *lesson, const struct world *world)
{
    unsigned page = world->lesson.page;

    return page > 0 && page <= lesson->pages.count ? lesson->pages.items[page - 1].title
                                                   : "";
}

static void draw_log(struct canvas *canvas, const struct lesson_layout *layout,
                     const struct world *world, const struct lesson_look *look,
                     struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_PROSE];

    drawn->prose_lines = log_draw(world, look->prose_scroll, canvas, area);
    drawn->prose_height = area.height;
    drawn->answers_line = -1;
    draw_pane_title(canvas, layout, look, PANE_PROSE, "Done so far",
                    look->prose_scroll + area.height < drawn->prose_lines);
}

static void draw_prose(struct canvas *canvas, const struct lesson_layout *layout,
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

static void draw_wire(struct canvas *canvas, const struct lesson_layout *layout,
                      const struct world *world, const struct lesson_look *look,
                      struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_WIRE];
    struct ladder_look ladder = {.now_ns = look->now_ns,
                                 .scroll_up = look->wire_up,
                                 .scroll_right = look->wire_right,
                                 .selected =
                                     look->focus == PANE_WIRE ? look->wire_selected : 0,
                                 .relative = true,
                                 .absolute = look->absolute};

    drawn->wire_lines = ladder_draw(world, &ladder, canvas, area);
    drawn->wire_height = area.height;
    draw_pane_title(canvas, layout, look, PANE_WIRE, "Wire", look->wire_up > 0);
}

/* Each thread that is alive, one below the other. */
static void draw_sources(struct canvas *canvas, const struct lesson_layout *layout,
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

static void draw_sockets(struct canvas *canvas, const struct lesson_layout *layout,
                         const struct world *world, const struct lesson_look *look,
                         struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_SOCKETS];
    struct table_look table = {
        look->now_ns, 0, look->focus == PANE_SOCKETS ? look->sockets_selected : -1, 0};
    int line =
        table_line(world, table.selected >= 0 ? table.selected : table_news(world));
    int pinned = table.selected < 0 ? table_pinned(world, line) : 0;
    char title[48] = "Sockets in the kernel";

    /* What was chosen, or what the step has brought, is in sight; and with that a
     * listener that has changed too. What was chosen stays where it stands, as long as
     * it can: it may be clicked once more. */
    if (table.selected >= 0)
        table.scroll = look->sockets_scroll < line ? look->sockets_scroll : line - 1;
    if (table.scroll < 0)
        table.scroll = 0;
    if (line > table.scroll + area.height - 2)
        table.scroll = line - (area.height - 2);
    if (table.scroll > 0 && pinned <= area.height / 2)
        table.pinned = pinned;
    drawn->sockets_lines = table_draw(world, &table, canvas, area);
    drawn->sockets_height = area.height;
    drawn->sockets_scroll = table.scroll;
    drawn->sockets_pinned = table.pinned;
    if (drawn->sockets_lines > area.height)
        snprintf(title, sizeof(title), "Sockets in the kernel (%d)", table_count(world));
    draw_pane_title(canvas, layout, look, PANE_SOCKETS, title,
                    table.scroll + area.height < drawn->sockets_lines);
}

static void draw_map(struct canvas *canvas, const struct lesson_layout *layout,
                     const struct world *world, const struct lesson_look *look)
{
    const struct statemap_look map = lesson_sheet_map(world, look);

    statemap_draw(world, &map, canvas, layout->panes[PANE_MAP]);
    draw_pane_title(canvas, layout, look, PANE_MAP, "States", false);
}

static void draw_sheet(struct canvas *canvas, const struct lesson_layout *layout,
                       const struct lesson *lesson, const struct world *world,
                       const struct lesson_look *look, struct lesson_drawn *drawn)
{
    struct area area = layout->panes[PANE_SHEET];

    drawn->sheet_lines = lesson_sheet_draw(lesson, world, look, canvas, area);
    drawn->sheet_height = area.height;
    draw_pane_title(canvas, layout, look, PANE_SHEET, lesson_sheet_title(look->sheet),
                    look->sheet_scroll + area.height < drawn->sheet_lines);
}

void lesson_screen_draw(const struct lesson *lesson, const struct world *world,
                        const struct lesson_look *look, struct canvas *canvas,
                        struct lesson_drawn *drawn)
{
    struct lesson_layout layout;

    memset(drawn, 0, sizeof(*drawn));
    canvas_clear(canvas);
    if (screen_too_small(canvas)) {
        screen_draw_too_small(canvas);
        return;
    }
    lesson_layout_make(canvas, world, look, &layout);
    memcpy(drawn->panes, layout.panes, sizeof(drawn->panes));
    draw_uprights(canvas, &layout);
    draw_lines(canvas, &layout);
    draw_title(canvas, lesson, world, look);
    if (lesson_pane_there(drawn, PANE_PROSE) && look->lab)
        draw_log(canvas, &layout, world, look, drawn);
    else if (lesson_pane_there(drawn, PANE_PROSE))
        draw_prose(canvas, &layout, lesson, world, look, drawn);
    if (lesson_pane_there(drawn, PANE_WIRE))
        draw_wire(canvas, &layout, world, look, drawn);
    if (lesson_pane_there(drawn, PANE_SOURCE))
        draw_sources(canvas, &layout, world, look);
    if (lesson_pane_there(drawn, PANE_SOCKETS))
        draw_sockets(canvas, &layout, world, look, drawn);
    if (lesson_pane_there(drawn, PANE_MAP))
        draw_map(canvas, &layout, world, look);
    if (lesson_pane_there(drawn, PANE_SHEET))
        draw_sheet(canvas, &layout, lesson, world, look, drawn);
    draw_last_row(canvas, look);
}
