#include "lesson/runner_private.h"

#include <string.h>

void tell_page(struct runner *runner, size_t shown, bool finished)
{
    struct event event = {.kind = EVENT_PAGE,
                          .page = {.page = (unsigned)runner->page + 1,
                                   .pages = (unsigned)runner->lesson->pages.count,
                                   .shown = (unsigned)shown,
                                   .finished = finished,
                                   .title = mem_strdup(runner_page(runner)->title)}};

    lab_tell(runner->lab, &event);
}

void tell_step(struct runner *runner, enum step_status status, unsigned line,
               const char *text)
{
    struct event event = {.kind = EVENT_STEP,
                          .step = {.page = (unsigned)runner->page + 1,
                                   .block = (unsigned)runner->gate,
                                   .step = runner->step,
                                   .steps = runner->script->steps[runner->page],
                                   .status = status,
                                   .line = line,
                                   .text = text ? mem_strdup(text) : NULL}};

    lab_tell(runner->lab, &event);
}

void tell_expect(struct runner *runner, enum expect_status status,
                 const struct command *command, const char *found)
{
    struct event event = {.kind = EVENT_EXPECT,
                          .expect = {.status = status,
                                     .line = command->line,
                                     .text = mem_strdup(command->text),
                                     .found = found[0] ? mem_strdup(found) : NULL}};

    lab_tell(runner->lab, &event);
}

void tell_question(struct runner *runner, enum question_status status, unsigned answers,
                   bool right)
{
    struct event event = {.kind = EVENT_QUESTION,
                          .question = {.page = (unsigned)runner->page + 1,
                                       .block = (unsigned)runner->gate,
                                       .status = status,
                                       .answers = answers,
                                       .right = right}};

    lab_tell(runner->lab, &event);
}

void tell_task(struct runner *runner, enum task_status status)
{
    struct event event = {.kind = EVENT_TASK,
                          .task = {.page = (unsigned)runner->page + 1,
                                   .block = (unsigned)runner->gate,
                                   .status = status,
                                   .holds = runner->holds}};

    runner->task = status;
    lab_tell(runner->lab, &event);
}
