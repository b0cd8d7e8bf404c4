#include "view/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "view/footer.h"

#define HEAD_LINES 3 /* title, what this is, a line */
#define SUMMARY_LINES 2
#define NOTICE_LINES 4
#define DETAILS_FROM 120 /* columns */

/* Columns of a row, from its right edge. */
#define TIME_COLUMNS 8
#define LEVEL_COLUMNS 7
#define MARK_COLUMNS 15
#define RIGHT_COLUMNS (TIME_COLUMNS + LEVEL_COLUMNS + MARK_COLUMNS)
#define TITLE_COLUMN 6

/* ----------------------------------------------------------- head */

static void draw_right(struct canvas *canvas, int y, const char *text)
{
    canvas_put(canvas, canvas_all(canvas), canvas->width - 1 - text_width(text), y,
               ELEMENT_TEXT, text);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Whether the row could be shown, if it was searched for. */
static bool is_there(const struct home *home, size_t row)
{
    return home->rows[row].core || !home->core_only;
}

/* "35 lessons, 3 done" */
static void draw_counts(const struct home *home, struct canvas *canvas)
{
    size_t lessons = 0, done = 0;
    char *text;

    for (size_t i = 0; i < home->row_count; i++) {
        const struct home_row *row = &home->rows[i];

        if (row->lesson && is_there(home, i)) {
            lessons++;
            done += row->done;
        }
    }
    text = mem_printf("%s%zu lesson%s, %zu done", home->core_only ? "core path: " : "",
                      lessons, plural(lessons), done);
    draw_right(canvas, 0, text);
    free(text);
}

/* "3 of 35 match" */
static char *matches(const struct home *home)
{
    size_t of = 0;

    if (home->shown.count == 0)
        return mem_strdup("nothing matches");
    for (size_t i = 0; i < home->row_count; i++)
        of += is_there(home, i);
    return mem_printf("%zu of %zu match%s", home->shown.count, of,
                      home->shown.count == 1 ? "es" : "");
}

static void draw_search(const struct home *home, struct canvas *canvas)
{
    struct area all = canvas_all(canvas);
    char *typed = printable_line(home->search), *found = matches(home);
    int room = canvas->width - 5 - text_width(found), width = text_width(typed);
    const char *shown = typed;

    while (width > room && *shown) { /* its end is what is being typed */
        int columns;

        shown += text_cluster(shown, &columns);
        width -= columns;
    }
    canvas_put(canvas, all, 1, 1, ELEMENT_KEY, "/");
    canvas_put(canvas, all, 2, 1, ELEMENT_TITLE, shown);
    draw_right(canvas, 1, found);
    if (home->typing) {
        canvas->cursor_x = 2 + width;
        canvas->cursor_y = 1;
    }
    free(found);
    free(typed);
}

static void draw_head(const struct home *home, struct canvas *canvas)
{
    struct area all = canvas_all(canvas);

    canvas_put(canvas, all, 1, 0, ELEMENT_TITLE, "Socketarium");
    draw_counts(home, canvas);
    if (home->search)
        draw_search(home, canvas);
    else
        canvas_put(canvas, all, 1, 1, ELEMENT_TEXT,
                   "A real network in a box, with packets that you can stop.");
    canvas_fill(canvas, all, 0, HEAD_LINES - 1, canvas->width, ELEMENT_BORDER, "─");
}

/* ----------------------------------------------------------- list */

static const struct home_row *shown_row(const struct home *home, size_t place)
{
    return &home->rows[home->shown.items[place]];
}

/* A part's name stands above its first row. */
static bool begins_part(const struct home *home, size_t place)
{
    return place == 0 ||
           strcmp(shown_row(home, place)->part, shown_row(home, place - 1)->part) != 0;
}

/* Of the list, where the row stands. */
static int line_of(const struct home *home, size_t place)
{
    int line = 0;

    for (size_t i = 0; i <= place; i++)
        line += 1 + (begins_part(home, i) ? 1 + (i > 0) : 0);
    return line - 1;
}

static void draw_row(const struct home *home, size_t place, struct canvas *canvas,
                     struct area area)
{
    const struct home_row *row = shown_row(home, place);
    int y = line_of(home, place) - home->scroll;

    if (begins_part(home, place) && y - 1 >= 0 && y - 1 < area.height)
        canvas_put(canvas, area, 1, y - 1, ELEMENT_GROUP,
                   row->part[0] ? row->part : "Lessons");
    if (y < 0 || y >= area.height)
        return;
    canvas_putf(canvas, area, 2, y, ELEMENT_TEXT, "%2s", row->number);
    canvas_put_cut(canvas, area, TITLE_COLUMN, y,
                   area.width - TITLE_COLUMN - RIGHT_COLUMNS - 1, ELEMENT_TITLE,
                   row->title);
    canvas_put_cut(canvas, area, area.width - RIGHT_COLUMNS, y, MARK_COLUMNS - 1,
                   row->done ? ELEMENT_RIGHT : ELEMENT_TEXT, row->mark);
    canvas_put_cut(canvas, area, area.width - LEVEL_COLUMNS - TIME_COLUMNS, y,
                   LEVEL_COLUMNS - 1, ELEMENT_TEXT, row->level);
    canvas_put_cut(canvas, area, area.width - TIME_COLUMNS, y, TIME_COLUMNS,
                   ELEMENT_TEXT, row->time);
    if (place == home->selected) {
        canvas_put(canvas, area, 0, y, ELEMENT_KEY, ">");
        canvas_reverse_row(canvas, area, y);
        if (!home->typing) {
            canvas->cursor_x = area.x;
            canvas->cursor_y = area.y + y;
        }
    }
}

static void draw_list(struct home *home, struct canvas *canvas, struct area area)
{
    int line, last;

    home->list = area;
    if (home->shown.count == 0) {
        home->scroll = 0;
        canvas_put(canvas, area, 1, 0, ELEMENT_TEXT,
                   home->row_count == 0 ? "There are no lessons yet."
                   : home->search       ? "Nothing matches."
                                        : "There is no core lesson.");
        return;
    }
    line = line_of(home, home->selected);
    last = line_of(home, home->shown.count - 1) - area.height + 1;
    if (home->scroll > last)
        home->scroll = last < 0 ? 0 : last;
    if (line - 1 < home->scroll)
        home->scroll = line > 0 ? line - 1 : 0;
    if (line >= home->scroll + area.height)
        home->scroll = line - area.height + 1;
    for (size_t i = 0; i < home->shown.count; i++)
        draw_row(home, i, canvas, area);
}

int home_row_at(const struct home *home, int x, int y)
{
    struct area area = home->list;

    if (x < area.x || x >= area.x + area.width || y < area.y ||
        y >= area.y + area.height)
        return -1;
    for (size_t i = 0; i < home->shown.count; i++)
        if (line_of(home, i) == y - area.y + home->scroll)
            return (int)i;
    return -1;
}

/* ----------------------------------------------------------- the selected one */

/* Text in lines of its own from y on, at most `most`; returns the line after it. */
static int draw_wrapped(struct canvas *canvas, struct area area, int y, int most,
                        enum element element, const char *text)
{
    struct buf lines = {0};
    int count = text_wrap(text, area.width, most, &lines);
    const char *line = buf_text(&lines);

    for (int i = 0; i < count; i++) {
        canvas_put_cut(canvas, area, 0, y++, area.width, element, line);
        line += strlen(line) + 1;
    }
    buf_free(&lines);
    return y;
}

/* Each line of text; with `page`, numbered, and marked up to that page. */
static int draw_lines(struct canvas *canvas, struct area area, int y, const char *text,
                      const struct home_row *pages)
{
    for (unsigned number = 1; *text; number++) {
        size_t len = strcspn(text, "\n");
        char *line = mem_strndup(text, len);

        if (!pages) {
            y = draw_wrapped(canvas, area, y, SUMMARY_LINES, ELEMENT_TEXT, line);
        } else {
            const char *mark = pages->done || number < pages->page ? "✓"
                               : number == pages->page             ? "▶"
                                                                   : "";

            canvas_put(canvas, area, 1, y, ELEMENT_RIGHT, mark);
            canvas_putf(canvas, area, 3, y, ELEMENT_TEXT, "%2u", number);
            canvas_put_cut(canvas, area, TITLE_COLUMN, y, area.width - TITLE_COLUMN,
                           ELEMENT_TEXT, line);
            y++;
        }
        free(line);
        text += len + (text[len] != '\0');
    }
    return y;
}

static void draw_details(const struct home_row *row, struct canvas *canvas,
                         struct area area)
{
    const char *comma = row->level[0] && row->time[0] ? ", " : "";
    char *facts = mem_printf("%s%s%s%s%s", row->level, comma, row->time,
                             row->mark[0] ? "   " : "", row->mark);
    int y = draw_wrapped(canvas, area, 0, SUMMARY_LINES, ELEMENT_TITLE, row->title);

    canvas_put_cut(canvas, area, 0, y, area.width, ELEMENT_TEXT, facts);
    free(facts);
    y = draw_wrapped(canvas, area, y + 2, area.height, ELEMENT_TEXT, row->summary) + 1;
    if (row->pages[0]) {
        canvas_put(canvas, area, 0, y, ELEMENT_GROUP, "Pages");
        y = draw_lines(canvas, area, y + 1, row->pages, row) + 1;
    }
    draw_lines(canvas, area, y, row->results, NULL);
}

static void draw_foot(const struct home *home, struct canvas *canvas)
{
    struct area all = {1, 0, canvas->width - 2, canvas->height};
    struct buf lines = {0};
    int count;

    if (!home->notice) {
        footer_draw(canvas, home->footer ? home->footer : "");
        return;
    }
    count = text_wrap(home->notice, all.width, NOTICE_LINES, &lines);
    for (int i = 1; i <= count; i++)
        canvas_fill(canvas, canvas_all(canvas), 0, canvas->height - i, canvas->width,
                    ELEMENT_TEXT, " ");
    draw_wrapped(canvas, all, canvas->height - count, NOTICE_LINES, ELEMENT_HELD,
                 home->notice);
    buf_free(&lines);
}

/* ----------------------------------------------------------- all of it */

static void draw_narrow(struct home *home, struct canvas *canvas)
{
    const struct home_row *row = home_selected(home);
    int rule = canvas->height - 2 - SUMMARY_LINES;
    struct area all = canvas_all(canvas);

    draw_list(home, canvas,
              (struct area){1, HEAD_LINES, canvas->width - 2, rule - HEAD_LINES});
    canvas_fill(canvas, all, 0, rule, canvas->width, ELEMENT_BORDER, "─");
    if (row)
        draw_wrapped(canvas,
                     (struct area){1, rule + 1, canvas->width - 2, SUMMARY_LINES}, 0,
                     SUMMARY_LINES, ELEMENT_TEXT, row->summary);
}

static void draw_wide(struct home *home, struct canvas *canvas)
{
    const struct home_row *row = home_selected(home);
    int details = canvas->width * 2 / 5, column = canvas->width - details;
    int rule = canvas->height - 2;
    struct area all = canvas_all(canvas);

    draw_list(home, canvas, (struct area){1, HEAD_LINES, column - 2, rule - HEAD_LINES});
    canvas_fill(canvas, all, 0, rule, canvas->width, ELEMENT_BORDER, "─");
    canvas_put(canvas, all, column, HEAD_LINES - 1, ELEMENT_BORDER, "┬");
    for (int y = HEAD_LINES; y < rule; y++)
        canvas_put(canvas, all, column, y, ELEMENT_BORDER, "│");
    canvas_put(canvas, all, column, rule, ELEMENT_BORDER, "┴");
    if (row)
        draw_details(
            row, canvas,
            (struct area){column + 2, HEAD_LINES, details - 3, rule - HEAD_LINES});
}

void home_draw(struct home *home, struct canvas *canvas)
{
    draw_head(home, canvas);
    if (canvas->width >= DETAILS_FROM)
        draw_wide(home, canvas);
    else
        draw_narrow(home, canvas);
    draw_foot(home, canvas);
}
