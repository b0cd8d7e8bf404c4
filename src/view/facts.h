/* facts: labels with their values, in groups, one line below another; in two columns
 * where there is room. What details and segment are made of. Pure. What facts_begin
 * began is freed by facts_draw.
 */
#ifndef SOCKETARIUM_VIEW_FACTS_H
#define SOCKETARIUM_VIEW_FACTS_H

#include "base/vec.h"
#include "view/canvas.h"

struct facts_line {
    char *label;          /* (owned) or NULL */
    char *text;           /* (owned) */
    char *bright;         /* (owned) what of the text is set off, else spaces; or NULL */
    enum element element; /* of the text */
    bool heading;
};

struct facts {
    int columns; /* of each column of facts */
    bool two;
    VEC(struct facts_line) lines;
};

/* For an area of that width. */
void facts_begin(struct facts *facts, int width);

/* A group begins: an empty line, unless it is the first, and its name. Columns are
 * broken only there. */
void facts_head(struct facts *facts, const char *title);
/* A label and its value, which may take several lines. */
void facts_pair(struct facts *facts, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void facts_pair_as(struct facts *facts, enum element element, const char *label,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Text below the last value, or (wide) as wide as the column. */
void facts_more(struct facts *facts, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void facts_wide(struct facts *facts, enum element element, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* One line that is not wrapped. `bright` may be NULL. */
void facts_line(struct facts *facts, const char *label, const char *text,
                const char *bright);

/* The columns that a value may take. */
int facts_room(const struct facts *facts);

/* Draws them from line `scroll` on, and frees them. Returns the lines in all. */
int facts_draw(struct facts *facts, int scroll, struct canvas *canvas, struct area area);

#endif
