#include "cmd/check_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "model/world.h"
#include "view/plain.h"

#define LAST_EVENTS 8

static const struct command *command_at(const struct loaded *loaded, unsigned line)
{
    vec_each (command, &loaded->script.commands)
        if (command->line == line)
            return command;
    return NULL;
}

void report_failure(const struct loaded *loaded, const struct event_step *step,
                    struct buf *out)
{
    const struct command *command = command_at(loaded, step->line);
    const char *why = step->text ? step->text : "it failed";
    char *path = printable_line(loaded->path);

    buf_printf(out, "     %s:%u:%u: %s\n", path, step->line ? step->line : 1,
               command && command->column ? command->column : 1, why);
    free(path);
}

/* One line of each telling: an event may be told in none or several. */
static void keep_lines(const struct buf *told, char *last[LAST_EVENTS], size_t *count)
{
    const char *line = buf_text(told);

    for (size_t len; *line; line += len + (line[len] != '\0')) {
        len = strcspn(line, "\n");
        if (len == 0)
            continue;
        free(last[*count % LAST_EVENTS]);
        last[(*count)++ % LAST_EVENTS] = mem_strndup(line, len);
    }
}

void report_last_events(const struct journal *journal, struct buf *out)
{
    char *last[LAST_EVENTS] = {NULL};
    struct plain plain = {0};
    struct world world;
    struct buf told = {0};
    size_t count = 0;

    world_init(&world);
    vec_each (event, &journal->events) {
        if (world_apply(&world, event, NULL) < 0)
            break;
        if (event->kind != EVENT_STEP)
            plain_tell(&plain, &world, event, &told);
        keep_lines(&told, last, &count);
        buf_clear(&told);
    }
    plain_flush(&plain, &told);
    keep_lines(&told, last, &count);
    plain_free(&plain);
    buf_free(&told);
    world_free(&world);
    if (count)
        buf_puts(out, "     What happened last:\n");
    for (size_t i = count > LAST_EVENTS ? count - LAST_EVENTS : 0; i < count; i++)
        buf_printf(out, "       %s\n", last[i % LAST_EVENTS]);
    for (size_t i = 0; i < LAST_EVENTS; i++)
        free(last[i]);
}
