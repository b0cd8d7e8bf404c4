/* screen_home: the list of lessons on the screen: keys to the list, the list to the
 * picture. Single-threaded; the terminal is open while it runs. */
#ifndef SOCKETARIUM_UI_SCREEN_HOME_H
#define SOCKETARIUM_UI_SCREEN_HOME_H

#include <stdbool.h>

#include "lesson/library.h"
#include "lesson/progress.h"

struct screen_home;

/* Borrows both for as long as it lives. What is searched and selected stays from one
 * run to the next. */
struct screen_home *screen_home_new(const library_list *lessons,
                                    const struct progress *progress);
void screen_home_free(struct screen_home *home);

struct home_choice {
    int lesson;    /* an index, or -1: leave */
    unsigned page; /* to resume at; 0: from the start */
};

/* Runs until something is picked, or a signal comes (its number in *signal_number).
 * notice: what to say first, or NULL. */
struct home_choice screen_home_run(struct screen_home *home, const char *notice,
                                   int *signal_number);

#endif
