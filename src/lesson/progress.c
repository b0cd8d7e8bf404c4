#include "lesson/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/printable.h"

/* ----------------------------------------------------------- finding */

/* The place of the name among the lessons, or where it would stand. */
static size_t place_of(const struct progress *progress, const char *name)
{
    size_t low = 0, high = progress->lessons.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(progress->lessons.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct progress_lesson *find(const struct progress *progress, const char *name)
{
    size_t place = place_of(progress, name);

    return place < progress->lessons.count &&
                   strcmp(progress->lessons.items[place].name, name) == 0
               ? &progress->lessons.items[place]
               : NULL;
}

/* NULL when there are too many. name is printable. */
static struct progress_lesson *find_or_add(struct progress *progress, const char *name)
{
    struct progress_lesson *found = find(progress, name);
    size_t place = place_of(progress, name), behind;

    if (found || progress->lessons.count >= PROGRESS_LESSONS_MAX ||
        strlen(name) > PROGRESS_NAME_MAX)
        return found;
    behind = progress->lessons.count - place;
    vec_push(&progress->lessons);
    found = &progress->lessons.items[place];
    memmove(found + 1, found, behind * sizeof(*found));
    *found = (struct progress_lesson){.name = mem_strdup(name)};
    return found;
}

const struct progress_lesson *progress_find(const struct progress *progress,
                                            const char *name)
{
    const struct progress_lesson *found;
    char *printable;

    if (!progress)
        return NULL;
    printable = printable_line(name);
    found = find(progress, printable);
    free(printable);
    return found;
}

unsigned progress_page(const struct progress *progress, const char *name)
{
    const struct progress_lesson *lesson = progress_find(progress, name);
    unsigned page;

    if (!lesson || lesson->finished_s)
        return 0;
    page = lesson->page < lesson->pages ? lesson->page : lesson->pages;
    return page > 1 ? page : 0;
}

unsigned progress_count(const progress_result_list *results,
                        enum progress_result_kind kind)
{
    unsigned count = 0;

    vec_each (result, results)
        count += result->kind == kind;
    return count;
}

/* ----------------------------------------------------------- results */

/* The result of that number, made with kind RESULT_KIND_COUNT if there is none; NULL
 * when there are too many. They stand in the order of their numbers. */
static struct progress_result *result_at(progress_result_list *results, unsigned number)
{
    size_t place = 0, behind;
    struct progress_result *found;

    while (place < results->count && results->items[place].number < number)
        place++;
    if (place < results->count && results->items[place].number == number)
        return &results->items[place];
    if (results->count >= PROGRESS_RESULTS_MAX || number > PROGRESS_NUMBER_MAX)
        return NULL;
    behind = results->count - place;
    vec_push(results);
    found = &results->items[place];
    memmove(found + 1, found, behind * sizeof(*found));
    *found =
        (struct progress_result){.number = number, .page = 1, .kind = RESULT_KIND_COUNT};
    return found;
}

/* How much a result says; of two of a rank the earlier one stands. */
static int rank(enum progress_result_kind kind)
{
    switch (kind) {
    case RESULT_FIRST:
    case RESULT_SECOND:
    case RESULT_WRONG:
    case RESULT_SHOWN:
        return 2;
    case RESULT_SOLVED: /* a task that was shown can still be solved */
        return 3;
    case RESULT_TRIED:
        return 1;
    case RESULT_KIND_COUNT:
        break;
    }
    return 0;
}

static bool stands_before(const struct progress_result *a,
                          const struct progress_result *b)
{
    if (rank(a->kind) != rank(b->kind))
        return rank(a->kind) > rank(b->kind);
    if (a->time_s != b->time_s)
        return a->time_s < b->time_s;
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->page < b->page;
}

/* True if it changes what is known. */
static bool take_result(progress_result_list *results,
                        const struct progress_result *result)
{
    struct progress_result *known = result_at(results, result->number);

    if (!known || !stands_before(result, known))
        return false;
    *known = *result;
    return true;
}

static enum progress_result_kind kind_of(const progress_result_list *results,
                                         unsigned number)
{
    vec_each (result, results)
        if (result->number == number)
            return result->kind;
    return RESULT_KIND_COUNT;
}

/* ----------------------------------------------------------- the lesson */

/* How many blocks of that kind the lesson has before that block of that page (from 1),
 * and with it. */
static unsigned blocks_until(const struct lesson *lesson, enum block_kind kind,
                             unsigned page, unsigned last)
{
    unsigned count = 0;

    for (unsigned i = 0; i < lesson->pages.count && i < page; i++)
        vec_each (block, &lesson->pages.items[i].blocks)
            if (block->kind == kind &&
                (i + 1 < page ||
                 block - lesson->pages.items[i].blocks.items <= (ptrdiff_t)last))
                count++;
    return count;
}

static unsigned blocks_of(const struct lesson *lesson, enum block_kind kind)
{
    return blocks_until(lesson, kind, (unsigned)lesson->pages.count + 1, 0);
}

void progress_end(struct progress *progress)
{
    if (!progress)
        return;
    free(progress->now);
    progress->now = NULL;
    progress->lesson = NULL;
}

void progress_begin(struct progress *progress, const char *name,
                    const struct lesson *lesson, unsigned until_page, int64_t now_s)
{
    struct progress_lesson *known;

    if (!progress)
        return;
    progress_end(progress);
    progress->now = printable_line(name);
    known = find_or_add(progress, progress->now);
    if (!known) {
        progress_end(progress);
        return;
    }
    progress->lesson = lesson;
    progress->until_page = until_page;
    progress->task_shown = 0;
    known->pages = (unsigned)lesson->pages.count;
    known->questions = blocks_of(lesson, BLOCK_QUESTION);
    known->tasks = blocks_of(lesson, BLOCK_TASK);
    if (!known->begun_s)
        known->begun_s = now_s;
    known->last_s = now_s;
}

static bool take_page(struct progress_lesson *known, const struct event_page *page,
                      int64_t now_s)
{
    bool changed = false;

    if (page->page > known->page) {
        known->page = page->page;
        changed = true;
    }
    if (page->finished && page->page == known->pages && !known->finished_s) {
        known->finished_s = now_s;
        changed = true;
    }
    return changed;
}

static bool take_question(struct progress_lesson *known, const struct lesson *lesson,
                          const struct event_question *question, int64_t now_s)
{
    struct progress_result result = {
        .number = blocks_until(lesson, BLOCK_QUESTION, question->page, question->block),
        .page = question->page,
        .time_s = now_s};

    switch (question->status) {
    case QUESTION_OPEN:
    case QUESTION_STATUS_COUNT:
        return false;
    case QUESTION_AGAIN:
        result.kind = RESULT_TRIED;
        break;
    case QUESTION_ANSWERED:
        result.kind = !question->right ? RESULT_WRONG
                      : kind_of(&known->answers, result.number) == RESULT_TRIED
                          ? RESULT_SECOND
                          : RESULT_FIRST;
        break;
    case QUESTION_SHOWN:
        result.kind = RESULT_SHOWN;
        break;
    }
    return take_result(&known->answers, &result);
}

static bool take_task(struct progress *progress, struct progress_lesson *known,
                      const struct event_task *task, int64_t now_s)
{
    struct progress_result result = {
        .number = blocks_until(progress->lesson, BLOCK_TASK, task->page, task->block),
        .page = task->page,
        .time_s = now_s};

    switch (task->status) {
    case TASK_OPEN:
    case TASK_STATUS_COUNT:
        return false;
    case TASK_SHOWN:
    case TASK_RUN:
        progress->task_shown = result.number;
        result.kind = RESULT_SHOWN;
        break;
    case TASK_DONE:
        result.kind =
            progress->task_shown == result.number ? RESULT_SHOWN : RESULT_SOLVED;
        break;
    }
    return take_result(&known->solutions, &result);
}

bool progress_take(struct progress *progress, const struct event *event, int64_t now_s)
{
    struct progress_lesson *known;
    bool changed = false;

    if (!progress || !progress->now)
        return false;
    known = find(progress, progress->now);
    if (event->kind == EVENT_PAGE && event->page.page >= progress->until_page)
        changed = take_page(known, &event->page, now_s);
    else if (event->kind == EVENT_QUESTION &&
             event->question.page >= progress->until_page)
        changed = take_question(known, progress->lesson, &event->question, now_s);
    else if (event->kind == EVENT_TASK && event->task.page >= progress->until_page)
        changed = take_task(progress, known, &event->task, now_s);
    if (changed)
        known->last_s = now_s;
    return changed;
}

/* ----------------------------------------------------------- all of it */

static void lesson_clear(struct progress_lesson *lesson)
{
    free(lesson->name);
    vec_free(&lesson->answers);
    vec_free(&lesson->solutions);
}

void progress_free(struct progress *progress)
{
    vec_each (lesson, &progress->lessons)
        lesson_clear(lesson);
    vec_free(&progress->lessons);
    progress_end(progress);
}

static void take_size(unsigned *to, unsigned from, bool newer, bool same)
{
    if (newer || (same && from > *to))
        *to = from;
}

/* The earlier of two times, of which 0 is none. */
static int64_t earlier(int64_t a, int64_t b)
{
    return a && (!b || a < b) ? a : b;
}

static void merge_lesson(struct progress_lesson *to, const struct progress_lesson *from)
{
    /* The lesson may have changed between two readings: the newer one knows its size. */
    bool newer = from->last_s > to->last_s, same = from->last_s == to->last_s;

    take_size(&to->pages, from->pages, newer, same);
    take_size(&to->questions, from->questions, newer, same);
    take_size(&to->tasks, from->tasks, newer, same);
    to->page = from->page > to->page ? from->page : to->page;
    to->begun_s = earlier(to->begun_s, from->begun_s);
    to->finished_s = earlier(to->finished_s, from->finished_s);
    to->last_s = newer ? from->last_s : to->last_s;
    vec_each (result, &from->answers)
        take_result(&to->answers, result);
    vec_each (result, &from->solutions)
        take_result(&to->solutions, result);
}

void progress_merge(struct progress *progress, const struct progress *from)
{
    vec_each (lesson, &from->lessons) {
        struct progress_lesson *to = find_or_add(progress, lesson->name);

        if (to)
            merge_lesson(to, lesson);
    }
}

const char *progress_result_name(enum progress_result_kind kind)
{
    static const char *const names[RESULT_KIND_COUNT] = {
        [RESULT_FIRST] = "first", [RESULT_SECOND] = "second", [RESULT_WRONG] = "wrong",
        [RESULT_SHOWN] = "shown", [RESULT_TRIED] = "tried",   [RESULT_SOLVED] = "solved",
    };

    return names[kind];
}
