#include "ui/screen_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/app.h"
#include "ui/help.h"
#include "ui/home_rows.h"
#include "ui/keys.h"
#include "ui/terminal.h"
#include "ui/typed.h"
#include "view/footer.h"
#include "view/home.h"
#include "view/lesson_screen.h"

#define SEARCH_MOST 200 /* bytes */

struct screen_home {
    const library_list *lessons;
    const struct progress *progress;
    struct home_row *rows; /* (owned) */
    struct home home;
    struct typed search;
    struct buf footer;
    const char *notice;
    int help, help_pages; /* the page of the keys that is shown, from 1; 0: none */
    struct home_choice choice;
};

/* ----------------------------------------------------------- what is selected */

/* The index of the selected lesson, or -1. */
static int selected(const struct screen_home *screen)
{
    const struct home_row *row = home_selected(&screen->home);

    return row ? (int)(row - screen->rows) : -1;
}

/* The page at which it would be resumed; 0: it begins. */
static unsigned resume_page(const struct screen_home *screen)
{
    int at = selected(screen);

    return at < 0 ? 0 : progress_page(screen->progress, screen->lessons->items[at].name);
}

/* ----------------------------------------------------------- drawing */

#define FOOTER_SPARES 5

/* Keys that work now, without some of what can be spared. */
static void compose_footer(struct screen_home *screen, int without)
{
    const struct home *home = &screen->home;
    unsigned page = resume_page(screen);
    struct buf *footer = &screen->footer;
    char words[48];

    buf_clear(footer);
    if (home->typing) {
        if (home->shown.count)
            footer_add_key(footer, "Enter", "keep these");
        footer_add(footer, ACTION_ALL, NULL);
        if (home->shown.count > 1)
            footer_add_key(footer, "Up Down", "choose");
        return;
    }
    if (page) {
        snprintf(words, sizeof(words), "resume page %u", page);
        footer_add(footer, ACTION_BEGIN, words);
        if (without < 4)
            footer_add(footer, ACTION_BEGIN_ANEW, NULL);
    } else if (home->shown.count) {
        footer_add(footer, ACTION_BEGIN, NULL);
    }
    if (home->shown.count > 1 && without < 1)
        footer_add_key(footer, "Up Down", "choose");
    if (home->search)
        footer_add(footer, ACTION_ALL, NULL);
    if (home->row_count && without < 3)
        footer_add(footer, ACTION_SEARCH, NULL);
    if (home->row_count && without < 2)
        footer_add(footer, ACTION_CORE, home->core_only ? "all levels" : NULL);
    footer_add(footer, ACTION_HELP, NULL);
    if (without < FOOTER_SPARES)
        footer_add(footer, ACTION_LEAVE, NULL);
}

static void draw(void *context, struct canvas *canvas)
{
    struct screen_home *screen = context;

    screen->help_pages = help_pages(canvas, WHERE_LIST);
    if (screen->help > screen->help_pages) /* the window has grown */
        screen->help = screen->help_pages;
    if (screen->help) {
        help_draw(canvas, WHERE_LIST, screen->help - 1);
        return;
    }
    if (screen_too_small(canvas)) {
        screen_draw_too_small(canvas);
        return;
    }
    for (int without = 0; without <= FOOTER_SPARES; without++) {
        compose_footer(screen, without);
        if (footer_width(buf_text(&screen->footer)) <= canvas->width)
            break;
    }
    screen->home.footer = buf_text(&screen->footer);
    screen->home.notice = screen->notice;
    home_draw(&screen->home, canvas);
}

/* ----------------------------------------------------------- searching */

static void filter(struct screen_home *screen)
{
    struct home *home = &screen->home;

    home->search =
        home->typing || screen->search.text.len ? buf_text(&screen->search.text) : NULL;
    home_filter(home);
}

static void end_search(struct screen_home *screen)
{
    screen->home.typing = false;
    typed_clear(&screen->search);
    filter(screen);
}

/* While the search is typed; the list follows each key. */
static void type(struct screen_home *screen, int key)
{
    struct home *home = &screen->home;

    if (key == KEY_IS_ESCAPE) {
        end_search(screen);
    } else if (key == KEY_IS_ENTER) {
        home->typing = false;
        filter(screen);
    } else if (key == KEY_IS_UP || key == KEY_IS_DOWN) {
        home_move(home, key == KEY_IS_UP ? -1 : 1);
    } else if (typed_key(&screen->search, key, SEARCH_MOST)) {
        filter(screen);
    }
}

/* ----------------------------------------------------------- keys */

/* False: one was picked. */
static bool pick(struct screen_home *screen, unsigned page)
{
    if (selected(screen) < 0)
        return true;
    screen->choice = (struct home_choice){.lesson = selected(screen), .page = page};
    return false;
}

#define WHEEL_ROWS 3

/* A click selects, and once more it picks. False: one was picked. */
static bool take_mouse(struct screen_home *screen)
{
    struct home *home = &screen->home;
    struct mouse mouse;
    int at;

    if (!terminal_mouse(&mouse))
        return true;
    if (mouse.wheel) {
        home_move(home, WHEEL_ROWS * mouse.wheel);
        return true;
    }
    at = home_row_at(home, mouse.x, mouse.y);
    if (at >= 0 && (size_t)at == home->selected)
        return pick(screen, resume_page(screen));
    if (at >= 0)
        home->selected = (size_t)at;
    return true;
}

/* False: the screen is over. */
static bool act(struct screen_home *screen, enum action action)
{
    struct home *home = &screen->home;

    switch (action) {
    case ACTION_UP:
        home_move(home, -1);
        return true;
    case ACTION_DOWN:
        home_move(home, 1);
        return true;
    case ACTION_FIRST:
        home_move(home, -(int)home->shown.count);
        return true;
    case ACTION_LAST:
        home_move(home, (int)home->shown.count);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        home_turn(home, action == ACTION_PAGE_UP ? -1 : 1);
        return true;
    case ACTION_BEGIN:
        return pick(screen, resume_page(screen));
    case ACTION_BEGIN_ANEW:
        return pick(screen, 0);
    case ACTION_SEARCH:
        home->typing = home->row_count > 0;
        typed_clear(&screen->search);
        filter(screen);
        return true;
    case ACTION_ALL:
        end_search(screen);
        return true;
    case ACTION_CORE:
        home->core_only = !home->core_only;
        filter(screen);
        return true;
    case ACTION_MOUSE:
        return take_mouse(screen);
    case ACTION_HELP:
        screen->help = 1;
        return true;
    case ACTION_LEAVE:
        return false;
    default: /* keys of the lesson screen */
        return true;
    }
}

static bool take_key(void *context, int key)
{
    struct screen_home *screen = context;

    screen->notice = NULL;
    if (screen->help) {
        screen->help = screen->help < screen->help_pages ? screen->help + 1 : 0;
        return true;
    }
    if (screen->home.typing && key != KEY_IS_MOUSE) {
        type(screen, key);
        return true;
    }
    return act(screen, key_action(key, WHERE_LIST));
}

/* ----------------------------------------------------------- running */

struct screen_home *screen_home_new(const library_list *lessons,
                                    const struct progress *progress)
{
    struct screen_home *screen = mem_new(1, sizeof(*screen));

    screen->lessons = lessons;
    screen->progress = progress;
    screen->rows = home_rows_new(lessons, progress);
    screen->home.rows = screen->rows;
    screen->home.row_count = lessons->count;
    home_filter(&screen->home);
    home_select(&screen->home, home_rows_next(lessons, progress));
    return screen;
}

void screen_home_free(struct screen_home *screen)
{
    home_rows_free(screen->rows, screen->lessons->count);
    home_free(&screen->home);
    typed_free(&screen->search);
    buf_free(&screen->footer);
    free(screen);
}

struct home_choice screen_home_run(struct screen_home *home, const char *notice,
                                   int *signal_number)
{
    const struct screen screen = {.context = home, .draw = draw, .key = take_key};

    /* A lesson may have been read since. */
    home_rows_free(home->rows, home->lessons->count);
    home->rows = home_rows_new(home->lessons, home->progress);
    home->home.rows = home->rows;
    home_filter(&home->home);
    home->notice = notice;
    home->choice.lesson = -1;
    *signal_number = app_run(&screen);
    if (*signal_number)
        home->choice.lesson = -1;
    return home->choice;
}
