/* plain_crowd: lines that may come by the hundred: held back for a moment, so that many
 * of a kind are told as one. Of one kind are lines that differ only in their numbers.
 * For view/plain. Pure.
 */
#ifndef SOCKETARIUM_VIEW_PLAIN_CROWD_H
#define SOCKETARIUM_VIEW_PLAIN_CROWD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"

/* Stands in a text for how many they are. */
#define PLAIN_COUNT '\1'
/* So many of a kind are told one by one. */
#define PLAIN_SINGLE_MOST 8

struct plain_kind {
    char *mask;     /* (owned) the line, each number as one # */
    char *many;     /* (owned) what is said of more than PLAIN_SINGLE_MOST */
    unsigned count; /* held back now */
    unsigned times; /* that it was held back, since the last plain_crowd_forget */
    bool again;     /* it is a repetition: not worth a line each time */
    bool told;      /* while flushing */
};

struct plain_held {
    char *text;  /* (owned) */
    size_t kind; /* index */
};

struct plain_crowd {
    VEC(struct plain_kind) kinds;
    VEC(struct plain_held) lines;
};

/* Holds a line back. many: the text for many of its kind, with PLAIN_COUNT. again: the
 * first time, the second, the fourth, the eighth and so on are enough to hear. */
void plain_crowd_add(struct plain_crowd *crowd, const char *text, const char *many,
                     bool again);

/* Appends what was held back, line by line. */
void plain_crowd_flush(struct plain_crowd *crowd, struct buf *out);

/* What was heard before is new again. What is held back goes unsaid. */
void plain_crowd_forget(struct plain_crowd *crowd);

/* Words on one, put to many: "is held" as "are held". */
void plain_crowd_plural(const char *words, struct buf *out);

#endif
