#include "export/moment.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The number in text, which is nothing but digits; 0 if it is none. */
static unsigned number_of(const char *text)
{
    unsigned long number = strtoul(text, NULL, 10);

    if (strspn(text, "0123456789") != strlen(text) || number > INT_MAX)
        return 0;
    return (unsigned)number;
}

int moment_parse(const char *text, struct moment *out)
{
    static const struct {
        const char *word;
        enum moment_kind kind;
    } words[] = {{"page:", MOMENT_PAGE}, {"step:", MOMENT_STEP}};

    *out = (struct moment){.kind = MOMENT_END};
    if (strcmp(text, "end") == 0)
        return 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i].word);

        if (strncmp(text, words[i].word, len) == 0)
            *out = (struct moment){words[i].kind, number_of(text + len)};
    }
    return out->number ? 0 : -EINVAL;
}

static int find_page(const struct event *events, size_t count, unsigned number,
                     size_t *upto, struct err *err)
{
    unsigned last = 0;

    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_PAGE)
            continue;
        if (events[i].page.page > number) {
            *upto = i;
            return 0;
        }
        last = events[i].page.page;
    }
    *upto = count;
    if (last >= number)
        return 0;
    return err_set(err, -ERANGE, "page %u: %u page%s of the lesson %s recorded", number,
                   last, last == 1 ? "" : "s", last == 1 ? "is" : "are");
}

/* A step of the reader's: what a page's opening and a task's solution run has no number.
 */
static bool is_step(const struct event *event)
{
    return event->kind == EVENT_STEP && event->step.status == STEP_STARTED &&
           event->step.step > 0;
}

/* What no longer belongs to a step that is done: the next one, an answer, a new page. */
static bool goes_on(const struct event *event, unsigned page)
{
    switch (event->kind) {
    case EVENT_STEP:
        return event->step.status == STEP_STARTED;
    case EVENT_PAGE:
        return event->page.page != page;
    case EVENT_QUESTION:
        return event->question.status != QUESTION_OPEN;
    case EVENT_TASK:
        return event->task.status != TASK_OPEN;
    case EVENT_LAB:
    case EVENT_HOST:
    case EVENT_CALL:
    case EVENT_PACKET:
    case EVENT_SOCKET:
    case EVENT_WIRE:
    case EVENT_EXPECT:
    case EVENT_OUTPUT:
    case EVENT_LOST:
    case EVENT_KIND_COUNT:
        break;
    }
    return false;
}

static int find_step(const struct event *events, size_t count, unsigned number,
                     size_t *upto, struct err *err)
{
    unsigned found = 0;
    size_t i = 0;

    for (; i < count && found < number; i++)
        found += is_step(&events[i]);
    if (found < number)
        return err_set(err, -ERANGE, "step %u: %u step%s of the lesson %s recorded",
                       number, found, found == 1 ? "" : "s", found == 1 ? "is" : "are");
    for (*upto = i; *upto < count; ++*upto)
        if (goes_on(&events[*upto], events[i - 1].step.page))
            break;
    return 0;
}

int moment_find(const struct event *events, size_t count, const struct moment *moment,
                size_t *upto, struct err *err)
{
    switch (moment->kind) {
    case MOMENT_PAGE:
        return find_page(events, count, moment->number, upto, err);
    case MOMENT_STEP:
        return find_step(events, count, moment->number, upto, err);
    case MOMENT_END:
        break;
    }
    *upto = count;
    return 0;
}

int moment_world(const struct event *events, size_t count, struct world *world,
                 size_t *failed, struct err *err)
{
    world_init(world);
    for (*failed = 0; *failed < count; ++*failed) {
        int result = world_apply(world, &events[*failed], err);

        if (result != 0)
            return result;
    }
    return 0;
}
