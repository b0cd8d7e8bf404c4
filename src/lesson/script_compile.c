/* All lab lines of a lesson: the order, the steps, the lifelines. */
#include <string.h>

#include "lesson/script_parts.h"

struct compiler {
    const struct lesson *lesson;
    struct script *script;
    struct script_names *names;
    lesson_error_list *errors;
    unsigned page; /* index */
};

static void read_block(struct compiler *compiler, const struct block *block,
                       command_list *out)
{
    vec_each (line, &block->lines) {
        struct command command;

        if (!script_line(line->text, strlen(line->text), line->line, line->column,
                         compiler->names, &command, compiler->errors))
            continue;
        command.page = compiler->page;
        command.block =
            (unsigned)(block -
                       compiler->lesson->pages.items[compiler->page].blocks.items);
        *vec_push(out) = command;
    }
}

/* What may be a step of its own: it makes something happen. */
static bool is_acting(enum command_kind kind)
{
    switch (kind) {
    case COMMAND_HOST:
    case COMMAND_SYSCTL:
    case COMMAND_WIRE:
    case COMMAND_RESET:
    case COMMAND_PACE:
    case COMMAND_FIREWALL:
    case COMMAND_RESULT:
    case COMMAND_EXPECT:
    case COMMAND_KIND_COUNT:
        return false;
    default:
        return true;
    }
}

/* Lines that wait for a step: [*waiting, to) belong to `step` now. */
static void settle(command_list *commands, size_t *waiting, size_t to, unsigned step)
{
    for (; *waiting < to; ++*waiting)
        commands->items[*waiting].step = step;
}

/* Numbers the steps of one lab block; *steps is how many its page has so far. */
static void number_steps(struct compiler *compiler, command_list *commands,
                         unsigned *steps)
{
    size_t waiting = 0; /* the first line that has no step yet */
    unsigned step = 0;  /* of this block, 0 before its first */

    for (size_t i = 0; i < commands->count; i++) {
        struct command *command = &commands->items[i];
        bool follows =
            command->kind == COMMAND_RESULT || command->kind == COMMAND_EXPECT;

        if (command->joins && !step)
            lesson_error_add(compiler->errors, command->line, command->column,
                             "'+' joins the step before, and there is none in this "
                             "block: expected the line without it");
        if (is_acting(command->kind)) {
            if (!command->joins || !step)
                step = ++*steps;
            settle(commands, &waiting, i + 1, step);
        } else if (step && waiting == i && (follows || command->joins)) {
            settle(commands, &waiting, i + 1, step);
        }
    }
    if (waiting < commands->count)
        settle(commands, &waiting, commands->count, step ? step : ++*steps);
}

static void take(struct compiler *compiler, command_list *commands)
{
    vec_each (command, commands)
        *vec_push(&compiler->script->commands) = *command;
    vec_free(commands);
}

/* The solution of the task in block number i: what follows it, notes aside, or NULL. */
static const struct block *solution_of(const struct page *page, size_t i)
{
    const struct block *block;

    while (++i < page->blocks.count && page->blocks.items[i].kind == BLOCK_NOTE)
        ;
    block = i < page->blocks.count ? &page->blocks.items[i] : NULL;
    return block && block->kind == BLOCK_SOLUTION ? block : NULL;
}

static void check_task(struct compiler *compiler, const struct block *task,
                       const command_list *commands, bool solved)
{
    vec_each (command, commands)
        if (command->kind != COMMAND_EXPECT)
            lesson_error_add(compiler->errors, command->line, command->column,
                             "a task holds only 'expect' lines: expected this one in a "
                             "'lab' or 'lab solution' block");
    if (!task->lines.count)
        lesson_error_add(compiler->errors, task->line, 1,
                         "a task without lines: expected an 'expect' line");
    if (!solved)
        lesson_error_add(
            compiler->errors, task->line, 1,
            "a task without solution: expected a 'lab solution' block right "
            "after it");
}

/* The solution is read first: the task expects what the solution makes. */
static void compile_task(struct compiler *compiler, const struct block *task,
                         const struct block *solution)
{
    command_list made = {0}, expected = {0};

    if (solution)
        read_block(compiler, solution, &made);
    read_block(compiler, task, &expected);
    check_task(compiler, task, &expected, solution);
    take(compiler, &expected);
    take(compiler, &made);
}

static void compile_lab(struct compiler *compiler, const struct block *block,
                        unsigned *steps)
{
    command_list commands = {0};

    read_block(compiler, block, &commands);
    if (block->kind == BLOCK_LAB)
        number_steps(compiler, &commands, steps);
    take(compiler, &commands);
}

static void compile_page(struct compiler *compiler, const struct page *page)
{
    const struct block *solved = NULL;
    unsigned *steps = &compiler->script->steps[compiler->page];

    /* Wherever it stands, it runs as the page opens. */
    vec_each (block, &page->blocks)
        if (block->kind == BLOCK_SETUP)
            compile_lab(compiler, block, steps);
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.items[i];

        if (block->kind == BLOCK_TASK) {
            solved = solution_of(page, i);
            compile_task(compiler, block, solved);
        } else if (block->kind == BLOCK_SOLUTION) {
            if (block != solved)
                lesson_error_add(compiler->errors, block->line, 1,
                                 "a solution without task: expected a 'lab task' block "
                                 "right before it");
        } else if (block->kind == BLOCK_LAB) {
            compile_lab(compiler, block, steps);
        }
    }
}

/* What a call says of its host: 1 a server, 0 a client, -1 nothing. */
static int call_tells(const struct command *command)
{
    if (command->kind == COMMAND_DEMO)
        return strstr(command->demo_args[0], "server") != NULL;
    if (command->kind != COMMAND_CALL)
        return -1;
    switch (command->call.request.id) {
    case CALL_LISTEN:
    case CALL_ACCEPT:
    case CALL_RECV:
    case CALL_RECVFROM:
        return 1;
    case CALL_CONNECT:
    case CALL_SEND:
    case CALL_SENDTO:
        return 0;
    default:
        return -1;
    }
}

/* Whether a host waits for others before it calls anybody, or only binds, in the lab
 * that begins with command number `first`. */
static bool is_server(const struct script *script, size_t first, const char *name)
{
    bool bound = false;

    for (size_t i = first; i < script->commands.count; i++) {
        const struct command *command = &script->commands.items[i];
        char host[NAME_TEXT];

        if (command->kind == COMMAND_RESET)
            break;
        thread_host(command->call.thread, host);
        if (strcmp(host, name) != 0)
            continue;
        if (call_tells(command) >= 0)
            return call_tells(command) == 1;
        bound |= command->kind == COMMAND_CALL && command->call.request.id == CALL_BIND;
    }
    return bound;
}

static void order_hosts(const struct script *script, size_t first,
                        struct event_lab_host hosts[HOSTS_MAX], unsigned *count)
{
    for (int servers = 0; servers < 2; servers++) {
        for (size_t i = first; i < script->commands.count; i++) {
            const struct command *command = &script->commands.items[i];

            if (command->kind == COMMAND_RESET)
                break;
            if (command->kind == COMMAND_HOST && *count < HOSTS_MAX &&
                is_server(script, first, command->host) == servers)
                hosts[(*count)++] = command->addresses;
        }
    }
}

/* The hosts of each lab: the first one's are the script's, later ones' their reset's. */
static void order_all_hosts(struct script *script)
{
    order_hosts(script, 0, script->hosts, &script->host_count);
    for (size_t i = 0; i < script->commands.count; i++) {
        struct command *reset = &script->commands.items[i];

        if (reset->kind != COMMAND_RESET)
            continue;
        reset->lab_hosts = mem_new(HOSTS_MAX, sizeof(*reset->lab_hosts));
        order_hosts(script, i + 1, reset->lab_hosts, &reset->lab_host_count);
    }
}

void script_compile(const struct lesson *lesson, struct script *script,
                    lesson_error_list *errors)
{
    struct compiler compiler = {.lesson = lesson,
                                .script = script,
                                .names = script_names_new(),
                                .errors = errors};

    memset(script, 0, sizeof(*script));
    script->steps = mem_new(lesson->pages.count, sizeof(*script->steps));
    vec_each (page, &lesson->pages) {
        compile_page(&compiler, page);
        compiler.page++;
    }
    script_names_free(compiler.names);
    vec_each (command, &script->commands)
        script->runs_programs |= command->kind == COMMAND_RUN;
    order_all_hosts(script);
}

void script_free(struct script *script)
{
    vec_each (command, &script->commands)
        command_clear(command);
    vec_free(&script->commands);
    free(script->steps);
    memset(script, 0, sizeof(*script));
}
