#include "lesson/runner_private.h"

#include <stdlib.h>

#include "lesson/expect.h"

const struct page *runner_page(const struct runner *runner)
{
    return &runner->lesson->pages.items[runner->page];
}

const struct block *runner_gate(const struct runner *runner)
{
    const struct page *page = runner_page(runner);

    return runner->gate < page->blocks.count ? &page->blocks.items[runner->gate] : NULL;
}

/* Goes on by itself: always, or up to the page where the reader was. */
static bool automatic(const struct runner *runner)
{
    return runner->options.automatic || runner->page + 1 < runner->options.until_page;
}

/* ----------------------------------------------------------- commands */

static bool is_of(const struct runner *runner, size_t number, size_t block)
{
    const struct command *command = &runner->script->commands.items[number];

    return command->page == runner->page && command->block == block;
}

/* The commands of a block of this page: [*first, *last). */
static void block_commands(const struct runner *runner, size_t block, size_t *first,
                           size_t *last)
{
    size_t count = runner->script->commands.count;

    for (*first = 0; *first < count && !is_of(runner, *first, block); ++*first)
        ;
    for (*last = *first; *last < count && is_of(runner, *last, block); ++*last)
        ;
}

void runner_run(struct runner *runner, size_t first, size_t last, unsigned step)
{
    runner->phase = PHASE_RUNNING;
    runner->first = first;
    runner->last = last;
    runner->step = step;
    runner->begun = false;
    tell_step(runner, STEP_STARTED, 0, NULL);
}

void runner_become_ready(struct runner *runner)
{
    runner->phase = PHASE_READY;
    runner->ready_ns = lab_time(runner->lab);
}

/* ----------------------------------------------------------- pages and gates */

/* The page is shown up to the first gate at or after block `from`. */
static void unfold(struct runner *runner, size_t from)
{
    const struct block *gate;
    size_t last;

    runner->gate = page_next_gate(runner_page(runner), from);
    runner->task = TASK_OPEN;
    runner->holds = 0;
    gate = runner_gate(runner);
    tell_page(runner, runner->gate + (gate && gate->kind != BLOCK_LAB), !gate);
    runner_become_ready(runner);
    if (!gate) {
        runner->next_remembered = false;
        if (runner->page + 1 == runner->lesson->pages.count)
            runner->phase = PHASE_FINISHED;
        return;
    }
    /* The press that was remembered meant a step: the reader had not seen what is asked,
     * or the end of the page. */
    if (gate->kind != BLOCK_LAB)
        runner->next_remembered = false;
    if (gate->kind == BLOCK_LAB)
        block_commands(runner, runner->gate, &runner->next, &last);
    else if (gate->kind == BLOCK_QUESTION)
        tell_question(runner, QUESTION_OPEN, 0, false);
    else
        tell_task(runner, TASK_OPEN);
}

/* Goes on with the setup blocks after block `from` - 1, and then unfolds the page. */
static void set_up(struct runner *runner, size_t from)
{
    const struct page *page = runner_page(runner);
    size_t first, last;

    for (size_t block = from; block < page->blocks.count; block++) {
        if (page->blocks.items[block].kind != BLOCK_SETUP)
            continue;
        block_commands(runner, block, &first, &last);
        if (first == last)
            continue;
        runner->gate = block;
        runner_run(runner, first, last, 0);
        return;
    }
    unfold(runner, 0);
}

static void open_page(struct runner *runner, size_t page)
{
    runner->page = page;
    runner->gate = 0;
    runner->step = 0;
    tell_page(runner, page_next_gate(runner_page(runner), 0), false);
    set_up(runner, 0);
}

/* The next step of a lab block, or what follows the block. */
static void run_step(struct runner *runner)
{
    const command_list *commands = &runner->script->commands;
    size_t last = runner->next;
    unsigned step;

    if (last >= commands->count || !is_of(runner, last, runner->gate)) {
        unfold(runner, runner->gate + 1);
        return;
    }
    step = commands->items[last].step;
    while (last < commands->count && is_of(runner, last, runner->gate) &&
           commands->items[last].step == step)
        last++;
    runner_run(runner, runner->next, last, step);
}

/* The solution that follows the open task; false if there is none. */
static bool run_solution(struct runner *runner)
{
    const struct page *page = runner_page(runner);
    size_t block = runner->gate + 1, first, last;

    while (block < page->blocks.count && page->blocks.items[block].kind == BLOCK_NOTE)
        block++;
    if (block == page->blocks.count || page->blocks.items[block].kind != BLOCK_SOLUTION)
        return false;
    block_commands(runner, block, &first, &last);
    if (first == last)
        return false;
    runner_run(runner, first, last, 0);
    return true;
}

/* ----------------------------------------------------------- what the reader does */

static void next_at_task(struct runner *runner)
{
    size_t first, last;

    if (runner->task == TASK_OPEN) {
        tell_task(runner, TASK_SHOWN);
        if (!automatic(runner))
            return;
    }
    if (runner->task == TASK_SHOWN && run_solution(runner)) {
        runner->task = TASK_RUN;
        return;
    }
    block_commands(runner, runner->gate, &first, &last);
    if (automatic(runner))
        runner_run(runner, first, last, 0);
    else
        unfold(runner, runner->gate + 1);
}

static void next_when_ready(struct runner *runner)
{
    const struct block *gate = runner_gate(runner);

    if (!gate) {
        open_page(runner, runner->page + 1);
    } else if (gate->kind == BLOCK_LAB) {
        run_step(runner);
    } else if (gate->kind == BLOCK_QUESTION) {
        tell_question(runner, QUESTION_SHOWN, 0, false);
        unfold(runner, runner->gate + 1);
    } else {
        next_at_task(runner);
    }
}

void runner_next(struct runner *runner)
{
    if (runner->phase == PHASE_READY) {
        next_when_ready(runner);
    } else if (runner->phase == PHASE_RUNNING && runner->waiting_told) {
        if (line_is_claim(runner->line.command))
            tell_expect(runner, EXPECT_SKIPPED, runner->line.command,
                        "skipped by the reader");
        runner_line_over(runner);
    } else if (runner->phase == PHASE_RUNNING) {
        runner->next_remembered = true;
    }
}

/* What was answered before at the open question; 0: nothing. */
static unsigned tried(const struct runner *runner)
{
    const struct world_question *question = world_question_find(
        &runner->world, (unsigned)runner->page + 1, (unsigned)runner->gate);

    return question ? question->tried : 0;
}

void runner_answer(struct runner *runner, unsigned answers)
{
    const struct block *gate = runner_gate(runner);
    unsigned all;
    bool right;

    if (runner->phase != PHASE_READY || !gate || gate->kind != BLOCK_QUESTION)
        return;
    all = (1u << gate->answer_count) - 1;
    if (answers == 0 || (answers & ~all) || answers == tried(runner))
        return;
    right = answers == question_right_set(gate);
    if (!right && question_second_try(gate, tried(runner))) {
        tell_question(runner, QUESTION_AGAIN, answers, false);
        return;
    }
    tell_question(runner, QUESTION_ANSWERED, answers, right);
    unfold(runner, runner->gate + 1);
}

/* ----------------------------------------------------------- after a step */

/* Whether all of the task's lines hold; those that do are told when they are others than
 * before. */
static bool task_holds(struct runner *runner)
{
    size_t first, last;
    struct buf found = {0};
    unsigned holds = 0;
    bool all = true;

    block_commands(runner, runner->gate, &first, &last);
    for (size_t i = first; i < last; i++) {
        if (expect_judge(&runner->script->commands.items[i].expect, &runner->world,
                         &found) == EXPECT_FAILED)
            all = false;
        else if (i - first < TASK_LINES_MAX)
            holds |= 1u << (i - first);
    }
    buf_free(&found);
    if (holds != runner->holds) {
        runner->holds = holds;
        tell_task(runner, runner->task);
    }
    return all;
}

static void task_done(struct runner *runner)
{
    tell_task(runner, TASK_DONE);
    unfold(runner, runner->gate + 1);
}

/* The solution: what it was to bring about may take its time. */
static void task_has_run(struct runner *runner)
{
    runner_become_ready(runner);
    if (!task_holds(runner))
        tell_task(runner, TASK_RUN);
}

/* The lines of a step have run, and the lab has settled. */
static void step_over(struct runner *runner)
{
    const struct block *gate = runner_gate(runner);
    size_t task_first, task_last, ran = runner->last;

    tell_step(runner, STEP_DONE, 0, NULL);
    if (runner->first == 0 && runner->last == 0) { /* a typed line */
        runner_become_ready(runner);
        if (!gate && runner->page + 1 == runner->lesson->pages.count)
            runner->phase = PHASE_FINISHED;
        return;
    }
    if (gate && gate->kind == BLOCK_SETUP) {
        set_up(runner, runner->gate + 1);
    } else if (gate && gate->kind == BLOCK_LAB) {
        runner->next = ran;
        runner_become_ready(runner);
        if (ran >= runner->script->commands.count || !is_of(runner, ran, runner->gate))
            unfold(runner, runner->gate + 1);
    } else if (gate && gate->kind == BLOCK_TASK) {
        /* In automatic mode what the task asks for is checked line by line, with limits;
         * a reader's task is judged whenever the lab has settled. */
        block_commands(runner, runner->gate, &task_first, &task_last);
        if (!automatic(runner))
            task_has_run(runner);
        else if (ran != task_last)
            runner_run(runner, task_first, task_last, 0);
        else
            task_done(runner);
    }
}

static void check_task(struct runner *runner)
{
    const struct block *gate = runner_gate(runner);

    if (!automatic(runner) && runner->phase == PHASE_READY && gate &&
        gate->kind == BLOCK_TASK && lab_settled(runner->lab) && task_holds(runner))
        task_done(runner);
}

static int64_t automatic_next(struct runner *runner)
{
    int64_t due = runner->ready_ns + runner->options.pause_ns;

    if (lab_time(runner->lab) < due)
        return due;
    runner_next(runner);
    return 0;
}

int64_t runner_turn(struct runner *runner)
{
    int64_t deadline = -1;
    struct buf why = {0};

    if (runner->phase == PHASE_RUNNING && lab_stuck(runner->lab, &why)) {
        runner_lesson_failed(runner, buf_text(&why));
        buf_free(&why);
        return -1;
    }
    if (runner->phase == PHASE_RUNNING && !runner_turn_lines(runner, &deadline))
        return deadline;
    if (runner->phase == PHASE_RUNNING && lab_settled(runner->lab))
        step_over(runner);
    check_task(runner);
    if (runner->phase != PHASE_READY || !lab_settled(runner->lab))
        return runner->phase == PHASE_RUNNING && lab_settled(runner->lab) ? 0 : -1;
    if (automatic(runner))
        return automatic_next(runner);
    if (runner->next_remembered) {
        runner->next_remembered = false;
        runner_next(runner);
        return 0;
    }
    return -1;
}

/* ----------------------------------------------------------- opening and closing */

struct runner *runner_new(struct lab *lab, const struct lesson *lesson,
                          const struct script *script,
                          const struct runner_options *options)
{
    struct runner *runner = mem_new(1, sizeof(*runner));

    runner->lab = lab;
    runner->lesson = lesson;
    runner->script = script;
    runner->options = *options;
    world_init(&runner->world);
    return runner;
}

void runner_free(struct runner *runner)
{
    if (!runner)
        return;
    line_free(&runner->line);
    command_clear(&runner->typed);
    script_names_free(runner->names);
    world_free(&runner->world);
    free(runner);
}

void runner_see(struct runner *runner, const struct event *event)
{
    world_apply(&runner->world, event, NULL);
}

void runner_start(struct runner *runner)
{
    if (runner->lesson->pages.count > 0)
        open_page(runner, 0);
    else
        runner->phase = PHASE_FINISHED;
}

bool runner_finished(const struct runner *runner)
{
    return runner->phase == PHASE_FINISHED || runner->phase == PHASE_FAILED;
}

bool runner_failed(const struct runner *runner)
{
    return runner->phase == PHASE_FAILED;
}
