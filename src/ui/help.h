/* help: the help screen and the footer's words, from actions.def. */
#ifndef SOCKETARIUM_UI_HELP_H
#define SOCKETARIUM_UI_HELP_H

#include "base/buf.h"
#include "ui/keys.h"
#include "view/canvas.h"

/* All keys, on the whole canvas, in as many pages as its height asks for; the first is
 * page 0. */
int help_pages(const struct canvas *canvas);
void help_draw(struct canvas *canvas, int page);

/* Appends "KEY words" to a footer (view/lesson_screen.h says how keys are marked). words
 * NULL: those of actions.def. */
void footer_add(struct buf *footer, enum action action, const char *words);
/* As footer_add, with another name for the key: "1-3". */
void footer_add_key(struct buf *footer, const char *key, const char *words);

#endif
