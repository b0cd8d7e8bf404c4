#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/world_parts.h"

void world_log_free(world_log *log)
{
    vec_each (line, log) {
        free(line->text);
        free(line->result);
    }
    vec_free(log);
}

/* "client/web: send(c, "hi")": the thread whose call it is; "" if it is none. */
static void thread_of(const char *text, char thread[THREAD_TEXT])
{
    size_t len = strcspn(text, ": ");

    if (text[len] != ':' || len >= THREAD_TEXT)
        len = 0;
    snprintf(thread, THREAD_TEXT, "%.*s", (int)len, text);
}

void world_log_step(struct world *world, const struct event_step *step)
{
    struct world_log_line *line;

    if (step->status == STEP_LINE && step->text) {
        line = vec_push(&world->log);
        line->text = mem_strdup(step->text);
        line->typed = step->line == 0;
        thread_of(step->text, line->thread);
    } else if (step->status == STEP_REFUSED && world->lesson.running &&
               world->log.count) {
        line = vec_last(&world->log);
        world_replace(&line->result, step->text);
        line->failed = true;
    }
}

static struct world_log_line *open_call(struct world *world, const char *thread)
{
    for (size_t i = world->log.count; i > 0; i--) {
        struct world_log_line *line = &world->log.items[i - 1];

        if (strcmp(line->thread, thread) == 0)
            return line->returned ? NULL : line;
    }
    return NULL;
}

void world_log_call(struct world *world, const struct event_call *call)
{
    struct world_log_line *line = open_call(world, call->thread);
    char *quoted = NULL;

    if (!line || (call->status != CALL_BLOCKED && call->status != CALL_RETURNED))
        return;
    line->blocked = call->status == CALL_BLOCKED;
    line->returned = call->status == CALL_RETURNED;
    line->failed = call->error != NULL;
    if (call->data && !call->error)
        quoted = mem_printf("\"%s\"", call->data);
    world_replace(&line->result, line->blocked ? "blocks"
                                 : call->error ? call->error
                                 : quoted      ? quoted
                                               : call->result);
    free(quoted);
}
