/* ladder_call: the words of a call in the ladder, and of what it gave. Only for
 * ladder*.c. Pure; the texts go to the caller's bufs.
 */
#ifndef SOCKETARIUM_VIEW_LADDER_CALL_H
#define SOCKETARIUM_VIEW_LADDER_CALL_H

#include "model/world.h"

/* The fullest words for a ROW_CALL or ROW_RETURN in so many columns; `second` is for the
 * line below: what the call gave, when that has no room beside its name. Both are
 * replaced. */
void ladder_call_words(const struct world_row *row, int columns, struct buf *first,
                       struct buf *second);

/* Appends "web: " when the thread is not its host's first one ("server/web"). */
void ladder_call_thread(const struct world_row *row, struct buf *out);

/* Appends the text between quotes, cut within them. */
void ladder_call_quote(const char *text, int columns, struct buf *out);

#endif
