/* plain_prose: paragraphs for a listener: lines of words, without columns, frames and
 * arrows. A table is read row by row, each cell with its column's title. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_PROSE_H
#define SOCKETARIUM_VIEW_PLAIN_PROSE_H

#include "base/buf.h"
#include "model/page.h"

void plain_prose(const para_list *text, struct buf *out);

/* Signs that a speech program leaves out or spells, as words: "right arrow". */
void plain_signs(const char *text, struct buf *out);

#endif
