#include "lesson/runner_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* A reader who sees nothing happen for longer would wonder, and press again. */
#define TELL_WAITING_NS NS_PER_S

/* ----------------------------------------------------------- typed lines */

/* Of an earlier page, of an earlier block, or of a setup block, which runs as its page
 * opens, wherever it stands. */
static bool has_run(const struct runner *runner, const struct command *command)
{
    const struct page *page = &runner->lesson->pages.items[command->page];

    return command->page < runner->page ||
           (command->page == runner->page &&
            (command->block <= runner->gate ||
             page->blocks.items[command->block].kind == BLOCK_SETUP));
}

/* A typed line may use the names of all lines that have run. */
static void learn_names(struct runner *runner)
{
    const command_list *commands = &runner->script->commands;

    if (!runner->names)
        runner->names = script_names_new();
    for (; runner->named < commands->count; runner->named++) {
        const struct command *done = &commands->items[runner->named];

        if (!has_run(runner, done))
            return;
        script_names_learn(runner->names, done);
    }
}

void runner_line(struct runner *runner, const char *text)
{
    lesson_error_list errors = {0};

    if (runner->phase != PHASE_READY && runner->phase != PHASE_FINISHED) {
        tell_step(runner, STEP_REFUSED, 0, "a step is still running");
        return;
    }
    learn_names(runner);
    command_clear(&runner->typed);
    if (script_line(text, strlen(text), 0, 1, runner->names, &runner->typed, &errors)) {
        runner->typing = true;
        runner_run(runner, 0, 0, runner->step);
    } else if (errors.count) {
        tell_step(runner, STEP_REFUSED, 0, errors.items[0].text);
    }
    lesson_error_list_free(&errors);
}

/* ----------------------------------------------------------- running */

static const struct command *current(const struct runner *runner)
{
    return runner->typing ? &runner->typed
                          : &runner->script->commands.items[runner->first];
}

static bool lines_left(const struct runner *runner)
{
    return runner->typing || runner->first < runner->last;
}

void runner_line_over(struct runner *runner)
{
    runner->begun = false;
    runner->waiting_told = false;
    if (runner->typing)
        runner->typing = false;
    else
        runner->first++;
}

/* What an expect line expects: its text from the subject on. */
static const char *subject(const struct command *command)
{
    const char *text = command->text + strlen("expect");

    return text + strspn(text, " ");
}

/* The same, without the limit, which is check's. */
static const char *claim(const struct command *command)
{
    const char *text = subject(command);

    for (int i = 0; command->expect.within_ns && i < 2; i++) { /* "within 70s" */
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    return text;
}

/* "expected client.c SYN-SENT, but the kernel says ...", "expected a: => 0, but: 5",
 * "deliver ACK: no such packet is held". */
static void failure_words(const struct command *command, const char *why,
                          struct buf *out)
{
    if (command->kind == COMMAND_EXPECT)
        buf_printf(out, "expected %s, but %s", subject(command), why);
    else if (line_is_claim(command))
        buf_printf(out, "expected %s, but: %s", command->text, why);
    else
        buf_printf(out, "%s: %s", command->text, why);
}

void runner_lesson_failed(struct runner *runner, const char *why)
{
    const struct command *command = lines_left(runner) ? current(runner) : NULL;
    struct buf words = {0};

    if (command)
        failure_words(command, why, &words);
    if (command && line_is_claim(command))
        tell_expect(runner, EXPECT_FAILED, command, why);
    tell_step(runner, STEP_FAILED, command ? command->line : 0,
              command ? buf_text(&words) : why);
    runner->phase = PHASE_FAILED;
    buf_free(&words);
}

/* A typed line that fails is the reader's experiment, not the lesson's end. */
static void line_failed(struct runner *runner, const char *why)
{
    struct buf words = {0};

    if (!runner->typing) {
        runner_lesson_failed(runner, why);
        return;
    }
    failure_words(current(runner), why, &words);
    tell_step(runner, STEP_REFUSED, 0, buf_text(&words));
    runner_line_over(runner);
    buf_free(&words);
}

static void tell_waiting(struct runner *runner)
{
    const struct command *command = current(runner);
    const char *why = buf_text(&runner->line.why);

    if (runner->waiting_told)
        return;
    runner->waiting_told = true;
    if (line_is_claim(command))
        tell_expect(runner, EXPECT_WAITING, command, why);
    /* The reader sees on the screen what is; it does not say what is to come. */
    if (command->kind == COMMAND_EXPECT)
        why = claim(command);
    else if (command->kind == COMMAND_WAIT)
        why = "the time that this step takes";
    tell_step(runner, STEP_WAITING, command->line, why);
}

/* The outcome of a line that waits no more. */
static void take_outcome(struct runner *runner, enum line_outcome outcome)
{
    const struct command *command = current(runner);
    const char *why = buf_text(&runner->line.why);

    if (outcome == LINE_FAILED) {
        line_failed(runner, why);
        return;
    }
    if (outcome == LINE_SKIPPED)
        tell_expect(runner, EXPECT_SKIPPED, command, why);
    else if (line_is_claim(command))
        tell_expect(runner, EXPECT_PASSED, command, "");
    runner_line_over(runner);
}

/* The earlier of two times, of which -1 is none. */
static int64_t earlier(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return a < b ? a : b;
}

/* A line that waits. Check gives it so much time and no more; a reader is told what it
 * waits for, as soon as it can be noticed, and may skip it. True if it has ended. */
static bool keep_waiting(struct runner *runner, int64_t *deadline)
{
    const struct command *command = current(runner);
    int64_t limit = runner->line.limit_ns, now = lab_time(runner->lab);
    int64_t told = runner->line.since_ns + TELL_WAITING_NS;
    int64_t end = command->kind == COMMAND_WAIT
                      ? runner->line.since_ns + command->duration_ns
                      : -1;

    *deadline = end;
    if (runner->options.limits || runner->typing) {
        *deadline = earlier(end, limit);
        if (limit < 0 || now < limit)
            return false;
        line_failed(runner, buf_text(&runner->line.why));
        return true;
    }
    if (now >= told)
        tell_waiting(runner);
    else
        *deadline = earlier(end, told);
    return false;
}

/* One turn of the line that runs. True if it is over. */
static bool turn_line(struct runner *runner, int64_t *deadline)
{
    const struct command *command = current(runner);
    enum line_outcome outcome;

    if (!runner->begun) {
        if (!lab_settled(runner->lab))
            return false;
        tell_step(runner, STEP_LINE, command->line, command->text);
        line_begin(&runner->line, command, runner->lab);
        runner->begun = true;
    }
    outcome = line_turn(&runner->line, runner->lab, &runner->world);
    if (outcome == LINE_WAITS)
        return keep_waiting(runner, deadline);
    take_outcome(runner, outcome);
    return true;
}

bool runner_turn_lines(struct runner *runner, int64_t *deadline)
{
    while (runner->phase == PHASE_RUNNING && lines_left(runner))
        if (!turn_line(runner, deadline))
            return false;
    return true;
}
