/* app: the one loop that shows a screen: keys in, canvas out, and nothing drawn that has
 * not changed. Single-threaded.
 */
#ifndef SOCKETARIUM_UI_APP_H
#define SOCKETARIUM_UI_APP_H

#include <stdbool.h>

#include "view/canvas.h"

struct screen {
    void *context;
    void (*draw)(void *context, struct canvas *canvas);
    /* A key (ui/terminal.h). False: the screen is over. */
    bool (*key)(void *context, int key);
    /* The descriptor that feeds it, or -1, and what to do when it is readable. */
    int (*fd)(void *context);
    void (*readable)(void *context);
    /* Called before each drawing: what is due by now. */
    void (*tick)(void *context);
    /* Milliseconds until it must be drawn again without any of these, -1: never. */
    int (*redraw_ms)(void *context);
};

/* Runs until the screen is over, or a signal asks the program to end: then that signal's
 * number is returned, else 0. fd, readable, tick and redraw_ms may be NULL. */
int app_run(const struct screen *screen);

#endif
