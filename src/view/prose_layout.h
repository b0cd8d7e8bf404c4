/* prose_layout: paragraphs laid out in columns, before they reach a canvas or plain
 * text.
 *
 * `struct prose_layout l = {.columns = 35};` is an empty one; the owner calls
 * prose_layout_free. Used by view/prose and view/lesson_sheet. Pure; one thread at a
 * time.
 */
#ifndef SOCKETARIUM_VIEW_PROSE_LAYOUT_H
#define SOCKETARIUM_VIEW_PROSE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/vec.h"
#include "model/page.h"
#include "view/canvas.h"

/* A run of text in one line. Pieces do not overlap. */
struct prose_piece {
    int y, x;
    enum element element;
    bool verbatim; /* code: cut at the edge when drawn, and never wrapped */
    size_t text;   /* offset in the layout's text, NUL-terminated there */
};

struct prose_layout {
    int columns;
    int height; /* lines so far */
    bool tight;   /* no gap before the next paragraph */
    bool compact; /* no gaps at all */
    struct buf text;
    VEC(struct prose_piece) pieces;
};

/* Text with an element for each byte. Empty is all zero. */
struct prose_styled {
    struct buf text, elements;
};

void prose_styled_add(struct prose_styled *styled, enum element element,
                      const char *text);
void prose_styled_add_spans(struct prose_styled *styled, enum element base,
                            const span_list *spans);
void prose_styled_free(struct prose_styled *styled);

void prose_layout_free(struct prose_layout *layout);
const char *prose_piece_text(const struct prose_layout *layout,
                             const struct prose_piece *piece);

/* One empty line, unless nothing stands above or the layout is tight or compact. */
void prose_layout_gap(struct prose_layout *layout);

void prose_layout_put(struct prose_layout *layout, int y, int x, enum element element,
                      const char *text);

/* Wraps text at word borders into lines of at most `columns` from y on. Returns how many
 * lines; the layout's height grows to hold them. */
int prose_layout_wrap(struct prose_layout *layout, int y, int x, int columns,
                      const struct prose_styled *styled);

/* As prose_layout_wrap below what stands there, with a prefix before the first line and
 * the same indentation for the others. */
void prose_layout_hang(struct prose_layout *layout, int x, enum element element,
                       const char *prefix, const struct prose_styled *styled);

/* Lines of code, each cut at the edge when it is drawn. */
void prose_layout_code(struct prose_layout *layout, int x, const char *text);

/* Paragraphs with their gaps. With `asks`, the last one asks an open question. */
void prose_layout_paras(struct prose_layout *layout, const para_list *paras, bool asks);

/* Draws what lies below line `scroll`; -1: so that the end is seen. */
void prose_layout_draw(const struct prose_layout *layout, int scroll,
                       struct canvas *canvas, struct area area);

/* A table in view/prose_table.c. */
void prose_layout_table(struct prose_layout *layout, int x, const struct para *table);

#endif
