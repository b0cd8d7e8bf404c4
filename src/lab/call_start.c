/* Where calls begin: those of a lesson's lines, and those before which a demo program
 * waits. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab/lab_private.h"

int lab_call(struct lab *lab, const struct lab_call *call, struct err *err)
{
    struct thread *thread = thread_start(lab, call->thread, err);
    struct mail mail = {.kind = MAIL_CALL, .data_len = call->request->data_len};
    struct lab_var *var;
    int result, passed;

    if (!thread)
        return -ECHILD;
    if (thread->shown.status != THREAD_IDLE && thread->shown.status != THREAD_STARTING)
        return err_set(err, -EBUSY, "%s is not idle", call->thread);
    mail.request = *call->request;
    mail.request.fd = -1;
    if (call->descriptor[0]) {
        var = var_find(thread->process, call->descriptor);
        if (!var)
            return err_set(err, -EBADF, "variable %s is not set", call->descriptor);
        mail.request.fd = var->fd;
    }
    result = spawned_check(lab, thread, call, err);
    if (result < 0)
        return result;
    thread_remember_call(thread, &call_defs[mail.request.id], call->args,
                         mail.request.line, mail.request.fd);
    snprintf(thread->var, sizeof(thread->var), "%s", call->var);
    thread->shown.status = THREAD_RUNNING;
    /* The process ends: it has not settled before it is reaped. */
    thread->process->dying |= mail.request.id == CALL_EXIT;
    thread_tell_call(lab, thread, CALL_STARTED);
    passed = spawned_prepare(lab, thread);
    result = mail_send(thread->box, &mail, call->data, passed);
    if (passed >= 0)
        close(passed);
    if (result < 0)
        return err_sys(err, result, "%s has ended", call->thread);
    return 0;
}

void thread_tell_demo(struct lab *lab, const struct thread *thread)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_DEMO}};

    snprintf(event.host.host, NAME_TEXT, "%s", lab->hosts[thread->shown.host].name);
    snprintf(event.host.thread, THREAD_TEXT, "%s", thread->shown.name);
    event.host.demo = mem_strdup(thread->demo->name);
    event.host.source = mem_strdup(thread->demo->source);
    lab_happened(lab, &event);
}

int lab_demo(struct lab *lab, const char *name, char *const argv[], struct err *err)
{
    const struct demo_program *program = demo_find(argv[0]);
    struct thread *thread = program ? thread_start(lab, name, err) : NULL;
    struct mail mail = {.kind = MAIL_DEMO};
    struct buf words = {0};
    int result;

    if (!program)
        return err_set(err, -ENOENT, "no demo program %s", argv[0]);
    if (!thread)
        return -ECHILD;
    if (thread->shown.status != THREAD_IDLE && thread->shown.status != THREAD_STARTING)
        return err_set(err, -EBUSY, "%s is not idle", name);
    for (int i = 0; argv[i]; i++)
        buf_add(&words, argv[i], strlen(argv[i]) + 1);
    thread->shown.demo = true;
    thread->shown.status = THREAD_RUNNING;
    thread->shown.def = NULL;
    thread->demo = program;
    thread_tell_demo(lab, thread);
    mail.data_len = (uint32_t)words.len;
    result = mail_send(thread->box, &mail, words.data, -1);
    buf_free(&words);
    return result;
}

void lab_pace(struct lab *lab, bool each_call)
{
    lab->pace_call = each_call;
    lab_unsettle(lab);
}

static int go(struct lab *lab, struct thread *thread)
{
    struct mail mail = {.kind = MAIL_GO};
    int passed, result;

    thread->shown.status = THREAD_RUNNING;
    /* As in lab_call. */
    thread->process->dying |= call_id_of(thread->shown.def) == CALL_EXIT;
    thread_tell_call(lab, thread, CALL_STARTED);
    passed = spawned_prepare(lab, thread);
    result = mail_send(thread->box, &mail, NULL, passed);
    if (passed >= 0)
        close(passed);
    return result;
}

bool threads_go(struct lab *lab)
{
    struct thread *first = NULL;

    vec_each (thread, &lab->threads)
        if ((*thread)->shown.status == THREAD_PENDING &&
            (!first || (*thread)->go_order < first->go_order))
            first = *thread;
    return first && go(lab, first) == 0;
}

int lab_step(struct lab *lab, const char *name)
{
    struct thread *thread = thread_find(lab, name);

    if (!thread)
        return -ENOENT;
    return thread->shown.status == THREAD_PENDING ? go(lab, thread) : -EAGAIN;
}
