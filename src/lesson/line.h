/* line: one command of a lesson, from its start to its outcome. A small state machine
 * that never waits itself: line_turn is called after each turn of the lab.
 *
 * Runs in the lab's process, in its one thread.
 */
#ifndef SOCKETARIUM_LESSON_LINE_H
#define SOCKETARIUM_LESSON_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "lab/lab.h"
#include "lesson/script.h"
#include "model/world.h"

enum line_outcome {
    LINE_WAITS, /* for what `why` says; past limit_ns longer than check would */
    LINE_DONE,
    LINE_FAILED,  /* `why` says what came instead */
    LINE_SKIPPED, /* this kernel has no such field, or no such setting */
};

struct line {
    const struct command *command;
    bool acted;          /* what it does is done; now it waits for what comes of it */
    unsigned steps_done; /* `step THREAD N`: calls that went so far */
    int64_t since_ns;    /* when the present wait began (lab_time) */
    int64_t limit_ns;    /* when the present wait has taken too long, or -1 */
    struct buf why;
};

/* Begins a line; the lab must have settled. */
void line_begin(struct line *line, const struct command *command, const struct lab *lab);
enum line_outcome line_turn(struct line *line, struct lab *lab,
                            const struct world *world);
void line_free(struct line *line);

/* True if the line states something that can hold or not (=> RESULT, expect). */
bool line_is_claim(const struct command *command);

#endif
