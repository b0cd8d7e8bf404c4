/* canvas: a grid of styled cells. Every picture is one; ncurses, text files and tests
 * show it. A cell is one grapheme cluster, one or two columns wide by utf8proc's tables,
 * never by the locale. Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_VIEW_CANVAS_H
#define SOCKETARIUM_VIEW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "view/theme.h"

#define CELL_BYTES 27

struct cell {
    char text[CELL_BYTES]; /* one cluster, NUL-terminated; "" is the right half of a wide
                              one */
    unsigned char width;   /* 1 or 2; 0 for a right half */
    unsigned char element; /* enum element */
    bool reverse;          /* on top of the element: a selection */
};

struct canvas {
    int width, height;
    struct cell *cells; /* (owned) height * width */
    bool ascii; /* canvas_put writes ASCII stand-ins for line drawing and marks, and
                   '?' for other characters that are not ASCII */
    int cursor_x, cursor_y; /* where the hardware cursor belongs; -1: nowhere */
};

/* A part of a canvas, in its cells. Drawing is cut at its edges. */
struct area {
    int x, y, width, height;
};

void canvas_init(struct canvas *canvas, int width, int height); /* blank */
void canvas_free(struct canvas *canvas);
void canvas_clear(struct canvas *canvas);
/* Resizes and blanks. */
void canvas_resize(struct canvas *canvas, int width, int height);

static inline struct area canvas_all(const struct canvas *canvas)
{
    return (struct area){0, 0, canvas->width, canvas->height};
}

/* Writes text (UTF-8, already printable) at x, y of the area, cut at the area's edges: a
 * wide cluster that would cross the edge is left out. x may be negative. Returns the
 * columns the whole text takes, cut or not. */
int canvas_put(struct canvas *canvas, struct area area, int x, int y,
               enum element element, const char *text);
int canvas_putf(struct canvas *canvas, struct area area, int x, int y,
                enum element element, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Fills a run of columns with one one-column cluster. */
void canvas_fill(struct canvas *canvas, struct area area, int x, int y, int columns,
                 enum element element, const char *cluster);
/* Writes text cut to `columns`, with an ellipsis (…) when it does not fit. Returns the
 * columns of what is left, at most `columns`. */
int canvas_put_cut(struct canvas *canvas, struct area area, int x, int y, int columns,
                   enum element element, const char *text);
/* Reverses what stands in the area's row y. */
void canvas_reverse_row(struct canvas *canvas, struct area area, int y);

/* Columns that text takes. */
int text_width(const char *text);
/* Whether it takes at most that many: of a long text only so much is looked at. */
bool text_fits(const char *text, int columns);
/* Bytes of the longest prefix of text that takes at most `columns`; *width says how many
 * it takes. Never cuts a cluster. */
size_t text_prefix(const char *text, int columns, int *width);
/* The next grapheme cluster: its bytes (0 at the end), and its columns (0, 1 or 2). */
size_t text_cluster(const char *text, int *columns);

/* Wraps text at spaces, and at each \n, into at most `most` lines of `columns`,
 * appended to out with a NUL after each; what is longer than that stays in the last
 * line. Returns how many. */
int text_wrap(const char *text, int columns, int most, struct buf *out);

/* Appends an endpoint that takes at most `columns`. Of an address that is too long the
 * middle is left out, for the port says more than its end: "[fd00::12…]:6666". */
void text_cut_endpoint(const char *text, int columns, struct buf *out);

/* The canvas as text, one line a row, without trailing spaces. */
void canvas_text(const struct canvas *canvas, struct buf *out);

#endif
