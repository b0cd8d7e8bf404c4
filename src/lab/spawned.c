/* What a call starts: the children of fork(), and the threads of demo programs. Each
 * gets a mailbox before the call is made, so that nothing it does goes unseen. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab/lab_private.h"

/* A thread, or a process that runs, is called so. */
static bool is_taken(struct lab *lab, const char *name)
{
    struct process *process = process_find(host_of_thread(lab, name), name);

    return thread_find(lab, name) || (process && process->program.pid > 0);
}

int spawned_check(struct lab *lab, const struct thread *thread,
                  const struct lab_call *call, struct err *err)
{
    char name[THREAD_TEXT];

    if (call->request->id != CALL_FORK)
        return 0;
    snprintf(name, THREAD_TEXT, "%s/%s", lab->hosts[thread->shown.host].name, call->var);
    if (is_taken(lab, name))
        return err_set(err, -EEXIST,
                       "%s runs already: expected another name for the child", name);
    return 0;
}

/* "HOST/THREAD.1", ".2": a host's first thread is called like the host. A child of an
 * earlier program may have the number still. */
static void name_next(struct lab *lab, struct thread *thread, char name[THREAD_TEXT])
{
    const char *own = thread->shown.name;

    do {
        thread->started++;
        if (strchr(own, '/'))
            snprintf(name, THREAD_TEXT, "%.50s.%u", own, thread->started);
        else
            snprintf(name, THREAD_TEXT, "%.15s/%.15s.%u", own, own, thread->started);
    } while (is_taken(lab, name));
}

/* The child of a lesson's fork is called like its variable. */
static void name_child(struct lab *lab, struct thread *thread,
                       char name[THREAD_TEXT])
{
    if (thread->shown.demo)
        name_next(lab, thread, name);
    else
        snprintf(name, THREAD_TEXT, "%s/%s", lab->hosts[thread->shown.host].name,
                 thread->var[0] ? thread->var : "child");
}

static struct thread *add_demo_thread(struct lab *lab, struct thread *parent,
                                      struct process *process, const char *name, int box)
{
    struct host *host = &lab->hosts[parent->shown.host];
    struct thread *thread = thread_add(lab, host, process, name, box);

    thread->shown.demo = true;
    thread->demo = parent->demo;
    thread_tell_demo(lab, thread);
    return thread;
}

static int prepare_fork(struct lab *lab, struct thread *thread)
{
    struct host *host = &lab->hosts[thread->shown.host];
    char name[THREAD_TEXT];
    int ends[2];

    if (mail_pair(ends) < 0)
        return -1;
    name_child(lab, thread, name);
    thread->forking = process_add(host, name);
    program_close(&thread->forking->program);
    thread->forking->program.control = ends[0];
    return ends[1];
}

static int prepare_thread(struct lab *lab, struct thread *thread)
{
    char name[THREAD_TEXT];
    int ends[2];

    if (mail_pair(ends) < 0)
        return -1;
    name_next(lab, thread, name);
    add_demo_thread(lab, thread, thread->process, name, ends[0]);
    return ends[1];
}

int spawned_prepare(struct lab *lab, struct thread *thread)
{
    switch (call_id_of(thread->shown.def)) {
    case CALL_FORK:
        return prepare_fork(lab, thread);
    case CALL_PTHREAD_CREATE:
        return prepare_thread(lab, thread);
    default:
        return -1;
    }
}

void spawned_forked(struct lab *lab, struct thread *thread, pid_t pid)
{
    struct host *host = &lab->hosts[thread->shown.host];
    struct process *child = thread->forking;
    int box;

    thread->forking = NULL;
    if (pid < 0) {
        program_close(&child->program);
        return;
    }
    process_forked(lab, host, thread->process, child, pid);
    if (!thread->shown.demo)
        return;
    /* The demo program goes on in the child, too: its thread waits for this mailbox. */
    box = program_thread(&child->program, child->name);
    if (box >= 0)
        add_demo_thread(lab, thread, child, child->name, box);
}
