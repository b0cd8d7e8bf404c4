/* typed: a line that is being typed. Single-threaded. */
#ifndef SOCKETARIUM_UI_TYPED_H
#define SOCKETARIUM_UI_TYPED_H

#include <stdbool.h>

#include "base/buf.h"

/* Takes a character or Backspace (ui/terminal.h) into the line, which holds at most
 * `most` bytes and a character. False: it is another key. */
bool typed_key(struct buf *line, int key, size_t most);

#endif
