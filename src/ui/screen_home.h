/* screen_home: the list of lessons. */
#ifndef SOCKETARIUM_UI_SCREEN_HOME_H
#define SOCKETARIUM_UI_SCREEN_HOME_H

#include "lesson/library.h"

/* The terminal is open. Returns the index of the lesson that was picked, or -1: leave.
 * selected: where to begin. A signal's number is put in *signal_number. */
int screen_home(const library_list *lessons, int selected, int *signal_number);

#endif
