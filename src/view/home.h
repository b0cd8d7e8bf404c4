/* home: the list that the program opens with: lessons by part, and what else can be
 * begun. Pure.
 *
 * The rows and their strings (printable) are the caller's, who also says what each one's
 * marks are. This keeps which of them are shown and which is selected, and draws. From
 * 120 columns on, the selected one is described beside the list, else below it.
 */
#ifndef SOCKETARIUM_VIEW_HOME_H
#define SOCKETARIUM_VIEW_HOME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "view/canvas.h"

struct home_row {
    const char *number; /* "9", or "" */
    const char *title, *part, *summary;
    const char *level, *time; /* "core", "15 min"; or "" */
    const char *mark;         /* "✓ done", "page 3 of 7"; or "" */
    const char *pages;        /* the titles of its pages, one a line; or "" */
    unsigned page;            /* the furthest that was opened, from 1; 0: none */
    const char *results;      /* what was answered and solved, one a line; or "" */
    const char *words;        /* what a search looks at, as home_fold gives it */
    bool lesson;              /* it is counted */
    bool done, core;
};

struct home {
    const struct home_row *rows; /* borrowed */
    size_t row_count;
    bool core_only;
    const char *search; /* what was typed, or NULL: all are shown */
    bool typing;        /* it is being typed */
    const char *footer; /* view/footer.h; or NULL */
    const char *notice; /* instead of the footer, or NULL */
    VEC(size_t) shown;  /* the rows that are shown */
    size_t selected;    /* of them */
    struct area list;   /* where it was last drawn, */
    int scroll;         /* and the lines above it */
};

/* After rows, core_only or search have changed: which are shown. The selected row stays
 * selected if it is shown, else the next one that is. */
void home_filter(struct home *home);
void home_free(struct home *home);

/* The row that is selected, or NULL: none is shown. */
const struct home_row *home_selected(const struct home *home);
void home_select(struct home *home, size_t row);
/* By so many rows, as far as there are any. */
void home_move(struct home *home, int by);
/* By what fits on the screen; forward 1, back -1. */
void home_turn(struct home *home, int direction);

/* The row at that place of the canvas, as an index of `shown`, or -1. */
int home_row_at(const struct home *home, int x, int y);

/* Text as searches compare it: without case and accents. The caller frees. */
char *home_fold(const char *text);

void home_draw(struct home *home, struct canvas *canvas);

#endif
