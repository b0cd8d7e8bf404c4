/* progress: what a reader has done: pages reached, questions answered, tasks solved.
 *
 * A pure fold over the events of lessons that are being learned; no I/O, no clock. The
 * file is lesson/progress_store's. What was told first stands: a second reading changes
 * no answer, but a task that was shown may still be solved. Owned by the struct;
 * progress_free frees all. One thread at a time.
 *
 * Who shows a lesson calls progress_begin whenever a session starts, also when it starts
 * anew, progress_take once for each event as it comes (not again when looking back), and
 * progress_save (lesson/progress_store.h) when that says true.
 */
#ifndef SOCKETARIUM_LESSON_PROGRESS_H
#define SOCKETARIUM_LESSON_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"
#include "model/event.h"
#include "model/page.h"

/* More than these are not taken in. */
#define PROGRESS_LESSONS_MAX 1000
#define PROGRESS_RESULTS_MAX 200 /* of one lesson: questions, and tasks */
#define PROGRESS_NUMBER_MAX 10000
#define PROGRESS_NAME_MAX 1024 /* bytes */

enum progress_result_kind {
    RESULT_FIRST,  /* question: right at the first try */
    RESULT_SECOND, /* right at the second */
    RESULT_WRONG,  /* wrong at the last try there was */
    RESULT_SHOWN,  /* question and task: the answer was shown */
    RESULT_TRIED,  /* question: one wrong answer so far, and it is still open */
    RESULT_SOLVED, /* task: by hand */
    RESULT_KIND_COUNT
};

struct progress_result {
    unsigned number; /* of the question, or of the task, in the lesson; from 1 */
    unsigned page;   /* where it stands, from 1 */
    enum progress_result_kind kind;
    int64_t time_s; /* when; seconds since 1970, UTC */
};

typedef VEC(struct progress_result) progress_result_list;

struct progress_lesson {
    char *name;    /* (owned) "09-the-three-way-handshake"; printable */
    unsigned page; /* the furthest one that was opened, from 1; 0: none */
    unsigned pages, questions, tasks; /* that the lesson has */
    int64_t begun_s, last_s;
    int64_t finished_s; /* the first time; 0: not yet */
    progress_result_list answers, solutions;
};

struct progress {
    VEC(struct progress_lesson) lessons; /* by name */
    /* The lesson that is being learned. */
    char *now;                   /* (owned) its name, or NULL: nothing is taken in */
    const struct lesson *lesson; /* borrowed, until the next progress_begin or _end */
    unsigned until_page; /* pages before it run by themselves: they do not count */
    unsigned task_shown; /* the task whose solution was shown in this session, or 0 */
};

void progress_free(struct progress *progress);

/* The lesson `name` (as struct loaded has it) is started; until_page as its runner has
 * it (0: from the start). progress may be NULL here and below: then nothing is kept. */
void progress_begin(struct progress *progress, const char *name,
                    const struct lesson *lesson, unsigned until_page, int64_t now_s);

/* Takes the next event of that lesson in. True: something was new, and is worth saving.
 * now_s: time(NULL). */
bool progress_take(struct progress *progress, const struct event *event, int64_t now_s);

/* The lesson was left: it may be freed. */
void progress_end(struct progress *progress);

/* The page at which to resume the lesson (session_plan.runner.until_page): the furthest
 * one that was opened; 0 when it is new, was left on its first page, or is finished. */
unsigned progress_page(const struct progress *progress, const char *name);

/* What is known of the lesson, or NULL. Valid until the next change. */
const struct progress_lesson *progress_find(const struct progress *progress,
                                            const char *name);

/* How many of the lesson's results are of that kind. */
unsigned progress_count(const progress_result_list *results,
                        enum progress_result_kind kind);

/* Takes in what `from` knows and progress does not. In whatever order two are merged,
 * the result is the same. */
void progress_merge(struct progress *progress, const struct progress *from);

/* "first", "solved". */
const char *progress_result_name(enum progress_result_kind kind);

#endif
