/* svg_ink: the colours of the SVG pictures. A terminal has colours of its own; a picture
 * must bring them, chosen so that each can be read on its paper (WCAG 2.1, success
 * criterion 1.4.3: a contrast of at least 4.5). Only for export/svg*.c. Pure.
 */
#ifndef SOCKETARIUM_EXPORT_SVG_INK_H
#define SOCKETARIUM_EXPORT_SVG_INK_H

#include <stdbool.h>
#include <stdint.h>

#include "view/theme.h"

enum svg_ink {
    INK_TEXT,
    INK_SOFT, /* borders, lifelines, and what its place says as well */
    INK_RED,
    INK_GREEN,
    INK_MAGENTA,
    INK_CYAN,
    INK_PAPER, /* the background; also what is written on a reversed cell */
    INK_FRAME, /* the picture's edge; nothing is written in it */
    INK_COUNT
};

struct svg_look {
    enum svg_ink ink;
    bool bold, underline;
    bool reverse; /* INK_PAPER on `ink` */
};

/* How a cell looks; `reverse` is the cell's own. */
struct svg_look svg_ink_look(enum element element, bool reverse, enum scheme scheme);

/* 0xRRGGBB. SCHEME_AUTO has the colours of SCHEME_LIGHT. */
uint32_t svg_ink_rgb(enum svg_ink ink, enum scheme scheme);

#endif
