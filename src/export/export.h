/* export: a canvas as a file that others can use. Pure; one thread at a time.
 *
 * What is drawn on the screen and what is saved are the same canvas: the pictures in a
 * handout cannot differ from what a class has seen.
 */
#ifndef SOCKETARIUM_EXPORT_EXPORT_H
#define SOCKETARIUM_EXPORT_EXPORT_H

#include "base/buf.h"
#include "view/canvas.h"
#include "view/theme.h"

/* Appends the canvas as plain text: no spaces at the end of a line, no empty lines at
 * the end. */
void export_text(const struct canvas *canvas, struct buf *out);

/* Appends the canvas as a whole SVG file. Each cell stands at its column, whatever font
 * the reader has; lines and arrows are drawn. SCHEME_AUTO follows the reader's own
 * choice of light or dark, and is light where nobody asks. */
void export_svg(const struct canvas *canvas, enum scheme scheme, struct buf *out);

#endif
