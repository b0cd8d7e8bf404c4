#include "lesson/undo.h"

#include <stdlib.h>

#include "base/buf.h"
#include "lesson/ran.h"

bool undo_lines(const struct event *events, size_t count, undo_list *lines)
{
    ran_list ran = {0};
    size_t last;

    ran_lines(events, count, &ran);
    for (last = ran.count; last > 0; last--)
        if (ran.items[last - 1].typed && ran_acted(&ran.items[last - 1]))
            break;
    for (size_t i = 0; i + 1 < last; i++) {
        const struct ran_line *line = &ran.items[i];

        if (line->typed && (ran_acted(line) || !line->failed))
            *vec_push(lines) = mem_strdup(line->text);
    }
    vec_free(&ran);
    return last > 0;
}

void undo_list_free(undo_list *lines)
{
    vec_each (line, lines)
        free(*line);
    vec_free(lines);
}
