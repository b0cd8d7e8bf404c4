/* screen_lesson: a lesson on the screen: keys to the session, its journal to the
 * picture. */
#ifndef SOCKETARIUM_UI_SCREEN_LESSON_H
#define SOCKETARIUM_UI_SCREEN_LESSON_H

#include "base/err.h"
#include "lesson/library.h"

/* The terminal is open. Runs until the reader leaves, or a signal comes (its number in
 * *signal_number). 0, or a negative errno with err: no lab can be made here, or the lab
 * has ended by itself. */
int screen_lesson(const struct loaded *loaded, int *signal_number, struct err *err);

#endif
