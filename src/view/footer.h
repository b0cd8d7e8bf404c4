/* footer: the last row of a screen: the keys that work now, and what they do. Pure.
 *
 * A footer's text is words, with \1 before and \2 after what is a key.
 */
#ifndef SOCKETARIUM_VIEW_FOOTER_H
#define SOCKETARIUM_VIEW_FOOTER_H

#include "view/canvas.h"

void footer_draw(struct canvas *canvas, const char *text);

/* Columns that it takes, with the one before it; the marks take none. */
int footer_width(const char *text);

#endif
