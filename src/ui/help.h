/* help: the help screen and the footer's words, from actions.def. */
#ifndef SOCKETARIUM_UI_HELP_H
#define SOCKETARIUM_UI_HELP_H

#include "base/buf.h"
#include "ui/keys.h"
#include "view/canvas.h"

/* The keys that work on one screen, on the whole canvas: in columns where that spares
 * pages, and in as many pages as are left to fill. The first one is page 0. */
int help_pages(const struct canvas *canvas, enum where where);
void help_draw(struct canvas *canvas, enum where where, int page);

/* Appends "KEY words" to a footer (view/lesson_screen.h says how keys are marked). words
 * NULL: those of actions.def. */
void footer_add(struct buf *footer, enum action action, const char *words);
/* As footer_add, with another name for the key: "1-3". */
void footer_add_key(struct buf *footer, const char *key, const char *words);

#endif
