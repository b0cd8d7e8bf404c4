/* runner: takes a lesson through the lab, page by page and step by step.
 *
 * A state machine: runner_turn is called after each lab_turn. What the reader asks for
 * comes in through runner_next, _answer and _line; what happens goes out as events. It
 * keeps a world of its own, folded from the same events as everybody's, and judges
 * expectations by it. Runs in the lab's process, in its one thread.
 */
#ifndef SOCKETARIUM_LESSON_RUNNER_H
#define SOCKETARIUM_LESSON_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/lab.h"
#include "lesson/script.h"
#include "model/page.h"

struct runner_options {
    bool automatic;      /* runs all of it, solutions too, and nobody answers */
    bool limits;         /* a wait that takes too long is a failure (check) */
    int64_t pause_ns;    /* automatic: before each step */
    unsigned until_page; /* runs by itself up to the opening of that page (from 1) */
};

struct runner;

/* Borrows lab, lesson and script for as long as it lives. */
struct runner *runner_new(struct lab *lab, const struct lesson *lesson,
                          const struct script *script,
                          const struct runner_options *options);
void runner_free(struct runner *runner);

/* Takes an event that was journaled into the runner's world. */
void runner_see(struct runner *runner, const struct event *event);

/* Opens the first page. The lab line was journaled before. */
void runner_start(struct runner *runner);

/* One step; at an open question the answer is shown; at an open task its solution, and
 * then it is run; at a page's end the next page. While a step runs it is remembered
 * once, up to the page's end; or, if it is told that a line waits, that is skipped. */
void runner_next(struct runner *runner);
/* Answers the open question: bit 0 is answer 1. Of three answers or more there is a
 * second try; the same once more does not count. */
void runner_answer(struct runner *runner, unsigned answers);
/* Runs a line that the reader typed. */
void runner_line(struct runner *runner, const char *text);

/* Does what is ready. Returns when to be called again (lab_time), -1: when something
 * happens, in the past: at once. */
int64_t runner_turn(struct runner *runner);

bool runner_finished(
    const struct runner *runner); /* the last page is done, or it failed */
bool runner_failed(const struct runner *runner);

#endif
