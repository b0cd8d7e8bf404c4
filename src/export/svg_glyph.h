/* svg_glyph: the characters that a picture draws as lines and shapes, so that they join
 * whatever font the reader has. Only for export/svg*.c. Pure.
 */
#ifndef SOCKETARIUM_EXPORT_SVG_GLYPH_H
#define SOCKETARIUM_EXPORT_SVG_GLYPH_H

#include <stdbool.h>

/* A cell's size and its middle, in pixels. Both sizes are odd: a line of one pixel
 * through the middle is sharp. */
#define CELL_WIDTH 9
#define CELL_HEIGHT 19

/* From the middle of the cell to an edge. Bits. */
enum svg_arm {
    ARM_UP = 1,
    ARM_DOWN = 2,
    ARM_LEFT = 4,
    ARM_RIGHT = 8,
    ARMS_DOWN = ARM_UP | ARM_DOWN,
    ARMS_ACROSS = ARM_LEFT | ARM_RIGHT,
};

struct svg_glyph {
    const char *cluster;
    unsigned arms; /* enum svg_arm; 0: it is a shape */
    bool dashed;
    bool filled;      /* the shape is filled, else it is a line */
    bool thin;        /* the shape is a thin line also where its look is bold */
    int towards;      /* the head of an arrow to the right (1) or left (-1); else 0 */
    const char *path; /* the shape, from the cell's upper left corner on */
};

/* NULL: an ordinary character, to be written. */
const struct svg_glyph *svg_glyph_find(const char *cluster);

#endif
