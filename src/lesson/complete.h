/* complete: what may stand at the cursor of a lab line that is being typed.
 *
 * The words are those of the parser's tables; hosts, threads, variables, packets and
 * addresses are those of the world. What is offered goes on as it was typed, letter for
 * letter. Who calls frees the completion. Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_COMPLETE_H
#define SOCKETARIUM_LESSON_COMPLETE_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/world.h"

struct candidate {
    char *text;        /* (owned) stands in place of the word: "bind(" */
    char *help;        /* (owned) in a few words; printable, may be "" */
    const char *after; /* what follows where it alone is meant: " ", ", ", ")" or "" */
};

struct completion {
    size_t begins; /* the byte of the line where the word at the cursor begins */
    VEC(struct candidate) candidates; /* those that the word may become */
    const char *expected; /* what may stand here: "a number of bytes, like 100" */
};

/* cursor: bytes of the line before the cursor; what is behind it does not count. */
void completion_of(const char *line, size_t cursor, const struct world *world,
                   struct completion *out);
void completion_free(struct completion *completion);

/* Adds what Tab puts in at the cursor: what all candidates go on with, and, where there
 * is one only, what follows it. Nothing, if they part here. */
void completion_insert(const struct completion *completion, size_t cursor,
                       struct buf *out);

/* Adds what `?` shows: two lines with a \n between. What may stand here; and how the
 * whole line is written, with an example. */
void completion_help(const char *line, size_t cursor, const struct world *world,
                     struct buf *out);

#endif
