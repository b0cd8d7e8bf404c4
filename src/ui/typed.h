/* typed: a line that is being typed, with a cursor, and the lines before it.
 *
 * Keys are those of ui/terminal.h. The owner calls typed_free; `struct typed t = {0};`
 * is an empty one. Single-threaded. */
#ifndef SOCKETARIUM_UI_TYPED_H
#define SOCKETARIUM_UI_TYPED_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"

#define TYPED_LINES_MOST 100 /* kept; then the oldest go */

struct typed {
    struct buf text;
    size_t cursor;     /* bytes of text before it */
    VEC(char *) lines; /* (owned) oldest first */
    size_t back;       /* how many lines back the text comes from; 0: it is new */
    struct buf unsent; /* the new text, while an older one is shown */
};

void typed_free(struct typed *typed);
/* An empty line; those before it stay. */
void typed_clear(struct typed *typed);
/* Puts text in at the cursor. */
void typed_insert(struct typed *typed, const char *text);
/* Takes a key that changes the line: a character, Backspace, Delete, C-w (the word
 * before the cursor), C-u (all before it). The line holds at most `most` bytes and a
 * character. False: it is another key. */
bool typed_key(struct typed *typed, int key, size_t most);
/* Takes a key that moves: Left, Right, Home, End; Up and Down go through the lines
 * before. False: it is another key. */
bool typed_move(struct typed *typed, int key);
/* Keeps the line among those before, unless it is the same as the last one. */
void typed_keep(struct typed *typed);

#endif
