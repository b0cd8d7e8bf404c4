#include "lesson/progress_words.h"

void progress_add_where(const struct progress_lesson *lesson, struct buf *out)
{
    if (!lesson)
        return;
    if (lesson->finished_s)
        buf_puts(out, "done");
    else if (lesson->page)
        buf_printf(out, "page %u of %u",
                   lesson->page < lesson->pages ? lesson->page : lesson->pages,
                   lesson->pages);
}

struct kind_words {
    enum progress_result_kind kind;
    const char *words;
};

/* "2 of 5 questions answered: 2 at the first try"; of all that the lesson has. */
static void add_results(const progress_result_list *results, unsigned of,
                        const char *what, const char *done,
                        const struct kind_words *kinds, size_t kind_count,
                        struct buf *out)
{
    unsigned ended = (unsigned)results->count - progress_count(results, RESULT_TRIED);
    const char *before = ": ";

    /* A lesson that has become shorter since. */
    if (of < results->count)
        of = (unsigned)results->count;
    if (of == 0)
        return;
    buf_printf(out, "%u of %u %s%s %s", ended, of, what, of == 1 ? "" : "s", done);
    for (size_t i = 0; i < kind_count; i++) {
        unsigned count = progress_count(results, kinds[i].kind);

        if (count == 0)
            continue;
        buf_printf(out, "%s%u %s", before, count, kinds[i].words);
        before = ", ";
    }
}

void progress_add_answers(const struct progress_lesson *lesson, struct buf *out)
{
    static const struct kind_words kinds[] = {{RESULT_FIRST, "at the first try"},
                                              {RESULT_SECOND, "at the second"},
                                              {RESULT_WRONG, "wrong"},
                                              {RESULT_SHOWN, "shown"}};

    add_results(&lesson->answers, lesson->questions, "question", "answered", kinds,
                sizeof(kinds) / sizeof(kinds[0]), out);
}

void progress_add_tasks(const struct progress_lesson *lesson, struct buf *out)
{
    static const struct kind_words kinds[] = {{RESULT_SOLVED, "by hand"},
                                              {RESULT_SHOWN, "shown"}};

    add_results(&lesson->solutions, lesson->tasks, "task", "done", kinds,
                sizeof(kinds) / sizeof(kinds[0]), out);
}
