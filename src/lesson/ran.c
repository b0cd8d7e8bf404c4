#include "lesson/ran.h"

#include <string.h>

size_t ran_first(const struct event *events, size_t count)
{
    size_t first = 0;

    for (size_t i = 0; i < count; i++)
        if (events[i].kind == EVENT_LAB && events[i].lab.text)
            first = i;
    return first;
}

bool ran_is_claim(const char *text)
{
    const char *rest = text + strcspn(text, ": ");

    if (strncmp(text, "expect", 6) == 0 && strchr(" \t", text[6]))
        return true;
    rest += strspn(rest, " \t");
    if (*rest != ':')
        return false;
    rest++;
    rest += strspn(rest, " \t");
    return strncmp(rest, "=>", 2) == 0;
}

bool ran_acted(const struct ran_line *line)
{
    return !ran_is_claim(line->text) && (!line->failed || line->called);
}

static bool is_its_call(const struct ran_line *line, const struct event_call *call)
{
    size_t len = strlen(call->thread);

    return strncmp(line->text, call->thread, len) == 0 &&
           strchr(": \t", line->text[len]) && call->status != CALL_PENDING;
}

struct reading {
    ran_list *list;
    bool running, began; /* a step runs; none of its lines has begun */
    bool open;           /* the last line is not over */
};

static void over(struct reading *reading, size_t at)
{
    if (reading->open)
        vec_last(reading->list)->done = at;
    reading->open = false;
}

static void begin_line(struct reading *reading, const struct event_step *step, size_t at)
{
    struct ran_line *line;

    over(reading, at);
    if (reading->list->count)
        vec_last(reading->list)->end = at;
    line = vec_push(reading->list);
    line->text = step->text;
    line->typed = step->line == 0;
    line->setup = !line->typed && step->step == 0;
    line->joins = !reading->began;
    line->begin = at;
    reading->began = false;
    reading->open = true;
}

static void read_step(struct reading *reading, const struct event_step *step, size_t at)
{
    switch (step->status) {
    case STEP_STARTED:
        reading->running = reading->began = true;
        break;
    case STEP_LINE:
        if (step->text)
            begin_line(reading, step, at);
        break;
    case STEP_REFUSED:
    case STEP_FAILED:
        if (reading->running && reading->open)
            vec_last(reading->list)->failed = true;
        over(reading, at);
        break;
    case STEP_DONE:
        over(reading, at);
        reading->running = false;
        break;
    case STEP_WAITING:
    case STEP_STATUS_COUNT:
        break;
    }
}

void ran_lines(const struct event *events, size_t count, ran_list *list)
{
    struct reading reading = {.list = list};

    for (size_t i = ran_first(events, count); i < count; i++) {
        const struct event *event = &events[i];

        if (event->kind == EVENT_STEP)
            read_step(&reading, &event->step, i);
        else if (event->kind == EVENT_CALL && reading.open &&
                 event->call.status == CALL_STARTED &&
                 is_its_call(vec_last(list), &event->call))
            vec_last(list)->called = true;
    }
    over(&reading, count);
    if (list->count)
        vec_last(list)->end = count;
}
