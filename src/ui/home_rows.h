/* home_rows: the rows of the list, from the lessons and what the reader has done.
 * Single-threaded. */
#ifndef SOCKETARIUM_UI_HOME_ROWS_H
#define SOCKETARIUM_UI_HOME_ROWS_H

#include "lesson/library.h"
#include "lesson/progress.h"
#include "view/home.h"

/* One for each lesson, in their order; the caller frees them with home_rows_free. They
 * borrow from lessons. */
struct home_row *home_rows_new(const library_list *lessons,
                               const struct progress *progress);
void home_rows_free(struct home_row *rows, size_t count);

/* The lesson with which a reader should go on: the one that was read last, if it is not
 * done; else the next one that is not done; else the first. */
size_t home_rows_next(const library_list *lessons, const struct progress *progress);

#endif
