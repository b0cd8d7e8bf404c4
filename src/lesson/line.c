#include "lesson/line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "lesson/expect.h"

/* doc/LESSON-FORMAT.md, "Calls", "The wire" and "Expectations". */
#define WAIT_RESULT_NS (5 * NS_PER_S)
#define WAIT_THREAD_NS (5 * NS_PER_S)
#define WAIT_VARIABLE_NS (2 * NS_PER_S)
#define WAIT_PACKET_NS (2 * NS_PER_S)
#define WAIT_EXPECT_NS (2 * NS_PER_S)

bool line_is_claim(const struct command *command)
{
    return command->kind == COMMAND_EXPECT || command->kind == COMMAND_RESULT ||
           (command->kind == COMMAND_CALL && command->result.kind != RESULT_NONE);
}

void line_begin(struct line *line, const struct command *command, const struct lab *lab)
{
    line_free(line);
    *line = (struct line){.command = command, .since_ns = lab_time(lab), .limit_ns = -1};
}

void line_free(struct line *line)
{
    buf_free(&line->why);
}

/* A wait that may take so long, since the line (or its action) began. */
static enum line_outcome wait_for(struct line *line, int64_t most_ns)
{
    line->limit_ns = line->since_ns + most_ns;
    return LINE_WAITS;
}

static enum line_outcome failed(struct line *line, const struct err *err)
{
    buf_clear(&line->why);
    buf_puts(&line->why, err->text);
    return LINE_FAILED;
}

/* The action is done: what comes of it is waited for from now on. */
static void acted(struct line *line, const struct lab *lab)
{
    line->acted = true;
    line->since_ns = lab_time(lab);
    line->limit_ns = -1;
}

/* ----------------------------------------------------------- calls */

static bool thread_is_free(const struct lab_thread *thread)
{
    return !thread || thread->status == THREAD_IDLE || thread->status == THREAD_STARTING;
}

static enum line_outcome wait_for_thread(struct line *line,
                                         const struct lab_thread *thread)
{
    buf_clear(&line->why);
    if (thread->demo)
        buf_printf(&line->why, "%s still runs a demo program", thread->name);
    else
        buf_printf(&line->why, "%s is still blocked in %s()", thread->name,
                   thread->def ? thread->def->name : "its call");
    return wait_for(line, WAIT_THREAD_NS);
}

static enum line_outcome start_call(struct line *line, struct lab *lab)
{
    const struct call_line *call = &line->command->call;
    const struct lab_thread *thread = lab_thread(lab, call->thread);
    struct err err;
    struct lab_call start = {.thread = call->thread,
                             .var = call->var,
                             .descriptor = call->descriptor,
                             .args = call->args ? call->args : "",
                             .data = call->data,
                             .request = &call->request};

    if (!thread_is_free(thread))
        return wait_for_thread(line, thread);
    if (call->descriptor[0] && lab_var_awaited(lab, call->thread, call->descriptor)) {
        buf_clear(&line->why);
        buf_printf(&line->why, "variable %s of %s is not set", call->descriptor,
                   call->thread);
        return wait_for(line, WAIT_VARIABLE_NS);
    }
    if (lab_call(lab, &start, &err) < 0)
        return failed(line, &err);
    acted(line, lab);
    return LINE_WAITS;
}

/* What came of a thread's last call, held against the line's RESULT. */
static enum line_outcome judge_call(struct line *line, struct lab *lab)
{
    const struct command *command = line->command;
    const struct lab_thread *thread = lab_thread(lab, command->call.thread);
    enum result_kind wanted = command->result.kind;

    buf_clear(&line->why);
    if (!thread) {
        if (command->kind == COMMAND_CALL && (command->call.request.id == CALL_RETURN ||
                                              command->call.request.id == CALL_EXIT))
            return lab_settled(lab) ? LINE_DONE : LINE_WAITS;
        buf_printf(&line->why, "thread %s has ended", command->call.thread);
        return LINE_FAILED;
    }
    if (!thread->def) {
        buf_printf(&line->why, "%s has made no call", thread->name);
        return LINE_FAILED;
    }
    if (thread->returned) {
        if (result_fits(&command->result, thread->def, &thread->reply,
                        buf_text(&thread->data), &line->why))
            return LINE_DONE;
        return LINE_FAILED;
    }
    if (thread->status == THREAD_PENDING)
        buf_printf(&line->why, "%s waits for 'step' before %s()", thread->name,
                   thread->def->name);
    else
        buf_printf(&line->why, "%s() of %s is still blocked", thread->def->name,
                   thread->name);
    if (thread->status != THREAD_PENDING &&
        (wanted == RESULT_BLOCKS || wanted == RESULT_NONE))
        return lab_settled(lab) && thread->status == THREAD_BLOCKED ? LINE_DONE
                                                                    : LINE_WAITS;
    return wait_for(line, command->kind == COMMAND_RESULT && command->duration_ns
                              ? command->duration_ns
                              : WAIT_RESULT_NS);
}

static enum line_outcome turn_call(struct line *line, struct lab *lab)
{
    if (!line->acted)
        return start_call(line, lab);
    return judge_call(line, lab);
}

/* ----------------------------------------------------------- demo programs */

static enum line_outcome turn_demo(struct line *line, struct lab *lab)
{
    const struct command *command = line->command;
    const struct lab_thread *thread = lab_thread(lab, command->call.thread);
    struct err err;

    if (line->acted)
        return lab_settled(lab) ? LINE_DONE : LINE_WAITS;
    if (!thread_is_free(thread))
        return wait_for_thread(line, thread);
    if (lab_demo(lab, command->call.thread, command->demo_args, &err) < 0)
        return failed(line, &err);
    acted(line, lab);
    return LINE_WAITS;
}

/* step THREAD [N]: each call goes when its thread waits before it. */
static enum line_outcome turn_step(struct line *line, struct lab *lab)
{
    const char *name = line->command->call.thread;
    unsigned times = line->command->times ? line->command->times : 1;

    if (!lab_settled(lab))
        return LINE_WAITS;
    if (line->steps_done == times)
        return LINE_DONE;
    if (lab_step(lab, name) == 0) {
        line->steps_done++;
        acted(line, lab);
        return LINE_WAITS;
    }
    buf_clear(&line->why);
    buf_printf(&line->why, "%s does not wait before a call", name);
    return wait_for(line, WAIT_THREAD_NS);
}

/* ----------------------------------------------------------- packets */

static enum packet_action action_of(enum command_kind kind)
{
    switch (kind) {
    case COMMAND_DROP:
        return PACKET_DROPPED;
    case COMMAND_DUPLICATE:
        return PACKET_DUPLICATED;
    case COMMAND_CORRUPT:
        return PACKET_CORRUPTED;
    case COMMAND_REPLAY:
        return PACKET_REPLAYED;
    default:
        return PACKET_DELIVERED;
    }
}

static enum line_outcome turn_deliver_all(struct line *line, struct lab *lab)
{
    struct err err;

    if (!lab_settled(lab))
        return LINE_WAITS;
    if (!lab_wire_holds(lab))
        return LINE_DONE;
    if (lab_packet(lab, PACKET_DELIVERED, &line->command->match, &err) < 0)
        return failed(line, &err);
    return LINE_WAITS;
}

static enum line_outcome turn_packet(struct line *line, struct lab *lab)
{
    const struct command *command = line->command;
    struct err err;
    int result;

    if (command->all)
        return turn_deliver_all(line, lab);
    if (line->acted)
        return LINE_DONE;
    result = lab_packet(lab, action_of(command->kind), &command->match, &err);
    if (result < 0)
        return failed(line, &err);
    if (result > 0) {
        acted(line, lab);
        return LINE_DONE;
    }
    buf_clear(&line->why);
    buf_puts(&line->why, command->kind == COMMAND_REPLAY
                             ? "no such packet was on the wire"
                             : "no such packet is held");
    return wait_for(line, WAIT_PACKET_NS);
}

/* ----------------------------------------------------------- the world */

static enum line_outcome turn_expect(struct line *line, const struct world *world)
{
    const struct expectation *expect = &line->command->expect;

    buf_clear(&line->why);
    switch (expect_judge(expect, world, &line->why)) {
    case EXPECT_PASSED:
        return LINE_DONE;
    case EXPECT_SKIPPED:
        return LINE_SKIPPED;
    case EXPECT_FAILED:
    case EXPECT_WAITING:
    case EXPECT_STATUS_COUNT:
        break;
    }
    return wait_for(line, expect->within_ns ? expect->within_ns : WAIT_EXPECT_NS);
}

static enum line_outcome turn_wait(struct line *line, const struct lab *lab)
{
    int64_t end = line->since_ns + line->command->duration_ns;

    buf_clear(&line->why);
    buf_puts(&line->why, "time passes");
    line->limit_ns = -1;
    return lab_time(lab) >= end ? LINE_DONE : LINE_WAITS;
}

static int make_world(const struct command *command, struct lab *lab, struct err *err)
{
    struct lab_host_options options = {.rto_ns = command->rto_ns,
                                       .ack_delayed = command->ack_delayed};

    switch (command->kind) {
    case COMMAND_HOST:
        memcpy(options.prefixes, command->prefixes, sizeof(options.prefixes));
        return lab_host_add(lab, command->host, &command->addresses, &options, err);
    case COMMAND_SYSCTL:
        return lab_sysctl(lab, command->host, command->key, command->value, err);
    case COMMAND_WIRE:
        lab_wire(lab, command->wire, command->duration_ns);
        return 0;
    case COMMAND_RESET:
        lab_reset(lab, command->lab_hosts, command->lab_host_count);
        return 0;
    case COMMAND_PACE:
        lab_pace(lab, command->pace_call);
        return 0;
    case COMMAND_PLUG:
    case COMMAND_UNPLUG:
        return lab_plug(lab, command->host, command->kind == COMMAND_PLUG);
    case COMMAND_KILL:
        if (lab_kill(lab, command->process) < 0)
            return err_set(err, -ESRCH, "no program runs on %s", command->process);
        return 0;
    case COMMAND_FIREWALL:
        lab_firewall(lab, command->clear ? NULL : &command->rule);
        return 0;
    case COMMAND_INJECT:
        return lab_inject(lab, &command->inject, err);
    case COMMAND_CRASH:
        if (lab_crash(lab, command->host) < 0)
            return err_set(err, -EALREADY, "%s has crashed already", command->host);
        return 0;
    case COMMAND_BOOT:
        return lab_boot(lab, command->host, err);
    case COMMAND_RUN:
        return lab_run(lab, command->host, command->value, err);
    case COMMAND_DESTROY:
        return lab_destroy(lab, command->process, command->var, err);
    default:
        return err_set(err, -ENOSYS, "this line cannot run");
    }
}

static enum line_outcome turn_world(struct line *line, struct lab *lab)
{
    struct err err = {.text = ""};

    if (!line->acted) {
        int result = make_world(line->command, lab, &err);

        if (result < 0)
            failed(line, &err);
        /* An older kernel without a setting behaves in its own way: check says so. */
        if (result == -ENOENT && line->command->kind == COMMAND_SYSCTL)
            return LINE_SKIPPED;
        if (result < 0)
            return LINE_FAILED;
        acted(line, lab);
    }
    /* A setting leaves the lab as settled as it was: nothing would wake the line. */
    return lab_settled(lab) ? LINE_DONE : LINE_WAITS;
}

enum line_outcome line_turn(struct line *line, struct lab *lab,
                            const struct world *world)
{
    switch (line->command->kind) {
    case COMMAND_CALL:
        return turn_call(line, lab);
    case COMMAND_RESULT:
        return judge_call(line, lab);
    case COMMAND_DEMO:
        return turn_demo(line, lab);
    case COMMAND_STEP:
        return turn_step(line, lab);
    case COMMAND_DELIVER:
    case COMMAND_DROP:
    case COMMAND_DUPLICATE:
    case COMMAND_CORRUPT:
    case COMMAND_REPLAY:
        return turn_packet(line, lab);
    case COMMAND_EXPECT:
        return turn_expect(line, world);
    case COMMAND_WAIT:
        return turn_wait(line, lab);
    case COMMAND_HOST:
    case COMMAND_SYSCTL:
    case COMMAND_WIRE:
    case COMMAND_RESET:
    case COMMAND_PACE:
    case COMMAND_UNPLUG:
    case COMMAND_PLUG:
    case COMMAND_KILL:
    case COMMAND_FIREWALL:
    case COMMAND_INJECT:
    case COMMAND_CRASH:
    case COMMAND_BOOT:
    case COMMAND_DESTROY:
    case COMMAND_RUN:
        return turn_world(line, lab);
    case COMMAND_KIND_COUNT:
        break;
    }
    return LINE_DONE;
}
