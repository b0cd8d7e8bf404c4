#include "model/journal.h"

#include <errno.h>
#include <string.h>

#include "model/event_fields.h"

/* The first must be a lab; after it the numbers go up by one. A lab line with a lesson's
 * text begins anew, with 0. */
static int check_order(const struct journal *journal, const struct event *event,
                       struct err *err)
{
    uint64_t expected;

    if (event->kind == EVENT_LAB && event->seq == 0)
        return 0;
    if (journal->events.count == 0)
        return err_set(err, -EINVAL, "column 1: a journal begins with a lab line");
    expected = vec_last(&journal->events)->seq + 1;
    if (event->seq != expected)
        return err_set(err, -EINVAL, "column 1: seq %llu: expected %llu",
                       (unsigned long long)event->seq, (unsigned long long)expected);
    return 0;
}

static int take_line(struct journal *journal, const char *line, size_t len,
                     struct err *err)
{
    struct err cause = {""};
    struct event event;
    int result = event_read(line, len, &event, &cause);

    journal->line++;
    if (result == 0) {
        result = check_order(journal, &event, &cause);
        if (result != 0)
            event_clear(&event);
    }
    if (result != 0) {
        journal->failed = true;
        return err_set(err, result, "%u: %.1000s", journal->line, cause.text);
    }
    *vec_push(&journal->events) = event;
    if (journal->keep_text) {
        buf_add(&journal->text, line, len);
        buf_putc(&journal->text, '\n');
    }
    return 0;
}

int journal_feed(struct journal *journal, const void *data, size_t len, struct err *err)
{
    const char *next = data, *end = next + len;

    if (journal->failed)
        return err_set(err, -EINVAL, "%u: this line was refused", journal->line);
    while (next < end) {
        const char *newline = memchr(next, '\n', (size_t)(end - next));
        size_t piece = (size_t)((newline ? newline : end) - next);
        int result;

        if (!newline || journal->partial.len) {
            if (journal->partial.len + piece > EVENT_LINE_MAX) {
                journal->failed = true;
                journal->line++;
                return err_set(err, -EINVAL,
                               "%u: column 1: a line of more than %u bytes",
                               journal->line, EVENT_LINE_MAX);
            }
            buf_add(&journal->partial, next, piece);
        }
        if (!newline)
            break;
        if (journal->partial.len) {
            result =
                take_line(journal, journal->partial.data, journal->partial.len, err);
            buf_clear(&journal->partial);
        } else {
            result = take_line(journal, next, piece, err);
        }
        if (result != 0)
            return result;
        next = newline + 1;
    }
    return 0;
}

void journal_free(struct journal *journal)
{
    vec_each (event, &journal->events)
        event_clear(event);
    vec_free(&journal->events);
    buf_free(&journal->partial);
    buf_free(&journal->text);
    *journal = (struct journal){0};
}
