/* runner_private: the runner's insides, shared by runner.c (pages, gates, what the
 * reader does), runner_lines.c (the lines of a step) and runner_tell.c (its events).
 * Nobody else includes it. */
#ifndef SOCKETARIUM_LESSON_RUNNER_PRIVATE_H
#define SOCKETARIUM_LESSON_RUNNER_PRIVATE_H

#include "lesson/line.h"
#include "lesson/runner.h"
#include "model/world.h"

/* What the runner is at. */
enum phase {
    PHASE_NEW,
    PHASE_READY,    /* at a gate or at the page's end: Next, an answer, a typed line */
    PHASE_RUNNING,  /* lines of `first` to `last` */
    PHASE_FINISHED, /* the last page's end */
    PHASE_FAILED,
};

struct runner {
    struct lab *lab;
    const struct lesson *lesson;
    const struct script *script;
    struct runner_options options;
    struct world world;

    enum phase phase;
    size_t page;      /* from 0 */
    size_t gate;      /* the block at which the page stops; blocks.count at its end */
    size_t next;      /* a lab gate's next command, in script->commands */
    enum task_status task; /* of the task at the gate */
    unsigned holds;   /* the task's lines that hold, as they were told */
    int64_t ready_ns; /* since when it is READY */

    /* The lines that run: [first, last), or the typed one. */
    size_t first, last;
    unsigned step; /* of the page; 0 for setup, solutions and typed lines */
    bool begun;    /* line `first` has begun */
    bool waiting_told;
    bool next_remembered;
    struct line line;
    bool typing; /* the typed line runs */
    struct command typed;
    struct script_names *names;
    size_t named; /* commands that names has learnt */
};

/* runner_tell.c: what happens, as events. */
void tell_page(struct runner *runner, size_t shown, bool finished);
void tell_step(struct runner *runner, enum step_status status, unsigned line,
               const char *text);
void tell_expect(struct runner *runner, enum expect_status status,
                 const struct command *command, const char *found);
void tell_question(struct runner *runner, enum question_status status, unsigned answers,
                   bool right);
void tell_task(struct runner *runner, enum task_status status);

/* runner.c */
const struct page *runner_page(const struct runner *runner);
/* The block at which the page stops; NULL at its end. */
const struct block *runner_gate(const struct runner *runner);
/* Runs the commands [first, last) of the script as one step; its number is for the
 * reader. */
void runner_run(struct runner *runner, size_t first, size_t last, unsigned step);
void runner_become_ready(struct runner *runner);

/* runner_lines.c */
/* One turn of the lines that run. True when they are over (or one has failed); else
 * *deadline says when to be called again. */
bool runner_turn_lines(struct runner *runner, int64_t *deadline);
/* The line that runs is over, or is skipped. */
void runner_line_over(struct runner *runner);
void runner_lesson_failed(struct runner *runner, const char *why);

#endif
