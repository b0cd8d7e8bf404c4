/* plain_notes: what a speaker wants beside the screen, in plain lines: a page's notes,
 * the right answers, one way to solve a task. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_NOTES_H
#define SOCKETARIUM_VIEW_PLAIN_NOTES_H

#include "base/buf.h"
#include "model/page.h"

/* Pages count from 1, blocks from 0; both must be there. */

/* The page's title, and its notes. */
void plain_notes_page(const struct lesson *lesson, unsigned page, struct buf *out);

/* A question with its right answer and the reason, or a task with its goals and its
 * solution; nothing for other blocks. */
void plain_notes_block(const struct lesson *lesson, unsigned page, size_t block,
                       struct buf *out);

/* All of the lesson, in its order. */
void plain_notes_lesson(const struct lesson *lesson, struct buf *out);

#endif
