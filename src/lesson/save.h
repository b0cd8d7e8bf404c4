/* save: what was done in a lab, as a lesson: the lines that ran, what each call gave,
 * and the states that came of it. What it writes passes check, at every pace.
 *
 * Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_SAVE_H
#define SOCKETARIUM_LESSON_SAVE_H

#include <stddef.h>

#include "base/buf.h"
#include "model/event.h"

/* Appends a lesson (doc/LESSON-FORMAT.md) to out, made from the journal's events since
 * the last lesson began. Lines that failed are left out, but a call that gave an error
 * is a result. Ports that the kernel chose are written as `*`. */
void save_lesson(const struct event *events, size_t count, const char *title,
                 struct buf *out);

#endif
