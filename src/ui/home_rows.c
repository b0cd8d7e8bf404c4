#include "ui/home_rows.h"

#include <stdlib.h>
#include <string.h>

#include "lesson/progress_words.h"

/* Where the reader is in it. */
static char *mark_of(const struct library_entry *entry,
                     const struct progress_lesson *known)
{
    struct buf mark = {0};

    if (entry->broken)
        buf_puts(&mark, "✗ broken");
    else if (known && known->finished_s)
        buf_puts(&mark, "✓ ");
    if (!entry->broken)
        progress_add_where(known, &mark);
    return buf_take(&mark);
}

static char *results_of(const struct library_entry *entry,
                        const struct progress_lesson *known)
{
    const struct progress_lesson none = {.questions = entry->questions,
                                         .tasks = entry->tasks};
    struct buf results = {0};

    progress_add_answers(known ? known : &none, &results);
    if (results.len)
        buf_putc(&results, '\n');
    progress_add_tasks(known ? known : &none, &results);
    return buf_take(&results);
}

static char *words_of(const struct library_entry *entry)
{
    char *words =
        mem_printf("%u %s\n%s\n%s\n%s\n%s\n%s", entry->number, entry->title, entry->part,
                   entry->level, entry->summary, entry->pages, entry->terms);
    char *folded = home_fold(words);

    free(words);
    return folded;
}

struct home_row *home_rows_new(const library_list *lessons,
                               const struct progress *progress)
{
    struct home_row *rows = mem_new(lessons->count + 1, sizeof(*rows));

    for (size_t i = 0; i < lessons->count; i++) {
        const struct library_entry *entry = &lessons->items[i];
        const struct progress_lesson *known = progress_find(progress, entry->name);

        rows[i] = (struct home_row){.number = mem_printf("%u", entry->number),
                                    .title = entry->title,
                                    .part = entry->part,
                                    .summary = entry->summary,
                                    .level = entry->level,
                                    .time = entry->time,
                                    .mark = mark_of(entry, known),
                                    .pages = entry->pages,
                                    .page = known ? known->page : 0,
                                    .results = results_of(entry, known),
                                    .words = words_of(entry),
                                    .lesson = true,
                                    .done = known && known->finished_s,
                                    .core = strcmp(entry->level, "core") == 0};
    }
    return rows;
}

void home_rows_free(struct home_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free((char *)rows[i].number);
        free((char *)rows[i].mark);
        free((char *)rows[i].results);
        free((char *)rows[i].words);
    }
    free(rows);
}

size_t home_rows_next(const library_list *lessons, const struct progress *progress)
{
    const struct progress_lesson *known, *latest = NULL;
    size_t from = 0;

    for (size_t i = 0; i < lessons->count; i++) {
        known = progress_find(progress, lessons->items[i].name);
        if (known && (!latest || known->last_s > latest->last_s)) {
            latest = known;
            from = i;
        }
    }
    for (size_t i = 0; i < lessons->count; i++) {
        size_t at = (from + i) % lessons->count; /* what was left out comes at the end */

        known = progress_find(progress, lessons->items[at].name);
        if (!known || !known->finished_s)
            return at;
    }
    return 0;
}
