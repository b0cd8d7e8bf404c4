/* progress_words: progress in words, for the list of lessons and the command progress.
 * Pure; one thread at a time. */
#ifndef SOCKETARIUM_LESSON_PROGRESS_WORDS_H
#define SOCKETARIUM_LESSON_PROGRESS_WORDS_H

#include "lesson/progress.h"

/* Appended to out: "done", "page 3 of 7"; nothing for NULL or a lesson that was not
 * opened. */
void progress_add_where(const struct progress_lesson *lesson, struct buf *out);

/* "3 of 5 questions answered: 2 at the first try, 1 shown"; nothing if there are none.
 */
void progress_add_answers(const struct progress_lesson *lesson, struct buf *out);

/* "1 of 2 tasks done: 1 by hand"; nothing if there are none. */
void progress_add_tasks(const struct progress_lesson *lesson, struct buf *out);

#endif
