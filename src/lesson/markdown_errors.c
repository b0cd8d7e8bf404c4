#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/printable.h"
#include "lesson/markdown.h"

void lesson_error_add(lesson_error_list *errors, unsigned line, unsigned column,
                      const char *format, ...)
{
    struct lesson_error *error = vec_push(errors);
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    error->line = line;
    error->column = column;
    error->text = printable_line(buf_text(&text));
    buf_free(&text);
}

void lesson_error_list_free(lesson_error_list *errors)
{
    vec_each (error, errors)
        free(error->text);
    vec_free(errors);
}

static bool before(const struct lesson_error *a, const struct lesson_error *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* By insertion: it is stable, and what is read in order is sorted already. */
void lesson_error_list_sort(lesson_error_list *errors)
{
    for (size_t i = 1; i < errors->count; i++) {
        struct lesson_error error = errors->items[i];
        size_t k = i;

        for (; k > 0 && before(&error, &errors->items[k - 1]); k--)
            errors->items[k] = errors->items[k - 1];
        errors->items[k] = error;
    }
}
