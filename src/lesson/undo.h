/* undo: what is to be typed again into a fresh lab, so that the last line is taken back.
 *
 * The kernel cannot go back: a new lab begins with the same lesson, which runs its own
 * lines, and then gets all lines that were typed but the last. Pure; one thread at a
 * time.
 */
#ifndef SOCKETARIUM_LESSON_UNDO_H
#define SOCKETARIUM_LESSON_UNDO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "model/event.h"

typedef VEC(char *) undo_list; /* (owned) each */

/* The typed lines of the events, in order, up to the last one that did something, which
 * is left out, and what was expected of it, too. Lines that could not run are left out;
 * a call that failed is a line like any other. False when there is nothing to take back.
 */
bool undo_lines(const struct event *events, size_t count, undo_list *lines);
void undo_list_free(undo_list *lines);

#endif
