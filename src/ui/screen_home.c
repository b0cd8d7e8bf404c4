#include "ui/screen_home.h"

#include <string.h>

#include "ui/app.h"
#include "ui/help.h"
#include "ui/keys.h"
#include "ui/terminal.h"
#include "view/lesson_screen.h"

#define HEAD_LINES 4
#define FOOT_LINES 4
#define SUMMARY_LINES 2

struct home {
    const library_list *lessons;
    int selected, scroll;
    int picked;           /* -1: none */
    int help, help_pages; /* the page of the keys that is shown, from 1; 0: none */
};

/* Lines that lesson `index` takes: a part's name stands above its first. */
static bool begins_part(const struct home *home, int index)
{
    const struct library_entry *entries = home->lessons->items;

    return index == 0 || strcmp(entries[index].part, entries[index - 1].part) != 0;
}

static int line_of(const struct home *home, int index)
{
    int line = 0;

    for (int i = 0; i <= index; i++)
        line += 1 + (begins_part(home, i) ? 1 + (i > 0) : 0);
    return line - 1;
}

static void draw_entry(const struct home *home, int index, struct canvas *canvas,
                       struct area area)
{
    const struct library_entry *entry = &home->lessons->items[index];
    int y = line_of(home, index) - home->scroll;

    if (begins_part(home, index) && y - 1 >= 0 && y - 1 < area.height)
        canvas_put(canvas, area, 1, y - 1, ELEMENT_GROUP,
                   entry->part[0] ? entry->part : "Lessons");
    if (y < 0 || y >= area.height)
        return;
    canvas_putf(canvas, area, 2, y, ELEMENT_TEXT, "%2u  ", entry->number);
    canvas_put_cut(canvas, area, 6, y, area.width - 22, ELEMENT_TITLE, entry->title);
    canvas_putf(canvas, area, area.width - 15, y, ELEMENT_TEXT, "%-6s %s",
                entry->broken ? "broken" : entry->level, entry->time);
    if (index == home->selected) {
        canvas_put(canvas, area, 0, y, ELEMENT_KEY, ">");
        canvas_reverse_row(canvas, area, y);
        canvas->cursor_x = area.x;
        canvas->cursor_y = area.y + y;
    }
}

static void draw_list(struct home *home, struct canvas *canvas, struct area area)
{
    int line;

    if (home->lessons->count == 0) {
        canvas_put(canvas, area, 1, 0, ELEMENT_TEXT, "There are no lessons yet.");
        return;
    }
    line = line_of(home, home->selected);
    if (line - 1 < home->scroll)
        home->scroll = line > 0 ? line - 1 : 0;
    if (line >= home->scroll + area.height)
        home->scroll = line - area.height + 1;
    for (int i = 0; i < (int)home->lessons->count; i++)
        draw_entry(home, i, canvas, area);
}

static void draw_summary(const struct home *home, struct canvas *canvas)
{
    struct area all = canvas_all(canvas);
    struct buf lines = {0};
    const char *line;
    int count;

    if (home->lessons->count == 0)
        return;
    count = text_wrap(home->lessons->items[home->selected].summary, canvas->width - 2,
                      SUMMARY_LINES, &lines);
    line = buf_text(&lines);
    for (int i = 0; i < count; i++) {
        canvas_put_cut(canvas, all, 1, canvas->height - FOOT_LINES + 1 + i,
                       canvas->width - 2, ELEMENT_TEXT, line);
        line += strlen(line) + 1;
    }
    buf_free(&lines);
}

static void draw_keys(struct canvas *canvas)
{
    struct area all = canvas_all(canvas);
    int x = 1;

    static const char *const words[][2] = {
        {"Enter", "begin"}, {"Up Down", "choose"}, {"?", "keys"}, {"q", "leave"}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        x += canvas_put(canvas, all, x, canvas->height - 1, ELEMENT_KEY, words[i][0]);
        x += canvas_putf(canvas, all, x, canvas->height - 1, ELEMENT_TEXT, " %s   ",
                         words[i][1]);
    }
}

static void draw(void *context, struct canvas *canvas)
{
    struct home *home = context;
    struct area all = canvas_all(canvas);

    home->help_pages = help_pages(canvas);
    if (home->help) {
        help_draw(canvas, home->help - 1);
        return;
    }
    if (screen_too_small(canvas)) {
        screen_draw_too_small(canvas);
        return;
    }
    canvas_put(canvas, all, 1, 0, ELEMENT_TITLE, "Socketarium");
    canvas_put(canvas, all, 1, 1, ELEMENT_TEXT,
               "A real network in a box, with packets that you can stop.");
    canvas_fill(canvas, all, 0, 2, canvas->width, ELEMENT_BORDER, "─");
    draw_list(home, canvas,
              (struct area){1, HEAD_LINES - 1, canvas->width - 2,
                            canvas->height - HEAD_LINES - FOOT_LINES + 1});
    canvas_fill(canvas, all, 0, canvas->height - FOOT_LINES, canvas->width,
                ELEMENT_BORDER, "─");
    draw_summary(home, canvas);
    draw_keys(canvas);
}

static void move_to(struct home *home, int index)
{
    int last = (int)home->lessons->count - 1;

    home->selected = index < 0 ? 0 : index > last ? (last < 0 ? 0 : last) : index;
}

static bool take_key(void *context, int key)
{
    struct home *home = context;

    if (home->help) {
        home->help = home->help < home->help_pages ? home->help + 1 : 0;
        return true;
    }
    switch (key_action(key)) {
    case ACTION_UP:
    case ACTION_BACK:
        move_to(home, home->selected - 1);
        return true;
    case ACTION_DOWN:
        move_to(home, home->selected + 1);
        return true;
    case ACTION_LIVE:
        move_to(home, (int)home->lessons->count - 1);
        return true;
    case ACTION_OPEN:
    case ACTION_NEXT:
        home->picked = home->lessons->count ? home->selected : -1;
        return home->picked < 0;
    case ACTION_HELP:
        home->help = 1;
        return true;
    case ACTION_LEAVE:
        return false;
    default:
        return true;
    }
}

int screen_home(const library_list *lessons, int selected, int *signal_number)
{
    struct home home = {.lessons = lessons, .selected = selected, .picked = -1};
    const struct screen screen = {.context = &home, .draw = draw, .key = take_key};

    *signal_number = app_run(&screen);
    return *signal_number ? -1 : home.picked;
}
