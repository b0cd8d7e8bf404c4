/* The programs of the hosts: starting, what they print, how they end. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/printable.h"
#include "lab/lab_private.h"

/* A line longer than this is told in pieces. */
#define OUTPUT_LINE_MAX 4096

struct process *process_find(struct host *host, const char *name)
{
    vec_each (process, &host->processes)
        if (strcmp((*process)->name, name) == 0)
            return *process;
    return NULL;
}

struct process *process_add(struct host *host, const char *name)
{
    struct process *process = process_find(host, name);

    if (process) { /* the name is used again: a new process has no variables */
        vec_free(&process->vars);
        return process;
    }
    process = mem_new(1, sizeof(*process));
    snprintf(process->name, sizeof(process->name), "%s", name);
    process->program = PROGRAM_NONE;
    *vec_push(&host->processes) = process;
    return process;
}

static struct process *start(struct lab *lab, struct host *host, struct err *err)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_STARTED}};
    struct process *process = process_add(host, host->name);

    if (program_start(&process->program, host->netns, host->output[1], err) < 0)
        return NULL;
    lab_watch(lab, process->program.control);
    snprintf(event.host.host, NAME_TEXT, "%s", host->name);
    lab_happened(lab, &event);
    return process;
}

struct process *process_of_thread(struct lab *lab, struct host *host, const char *thread,
                                  struct err *err)
{
    struct process *process = process_find(host, thread);

    if (host->netns < 0) {
        err_set(err, -EHOSTDOWN, "%s has crashed: expected a 'boot' before", host->name);
        return NULL;
    }
    if (process && process->program.pid > 0)
        return process;
    /* A child that has ended does not come back; the host's own program does. */
    if (process && strcmp(process->name, host->name) != 0) {
        err_set(err, -ESRCH, "the process %s has ended", thread);
        return NULL;
    }
    process = process_find(host, host->name);
    return process && process->program.pid > 0 ? process : start(lab, host, err);
}

void processes_close(struct host *host)
{
    vec_each (process, &host->processes) {
        program_kill(&(*process)->program);
        program_close(&(*process)->program);
        vec_free(&(*process)->vars);
        free(*process);
    }
    vec_free(&host->processes);
}

void process_forked(struct lab *lab, struct host *host, const struct process *parent,
                    struct process *child, pid_t pid)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_FORKED}};

    child->program.pid = pid;
    program_watch_end(&child->program);
    if (child->program.end >= 0)
        lab_watch(lab, child->program.end);
    vec_each (var, &parent->vars)
        *vec_push(&child->vars) = *var;
    lab_watch(lab, child->program.control);
    snprintf(event.host.host, NAME_TEXT, "%s", host->name);
    snprintf(event.host.thread, THREAD_TEXT, "%s", child->name);
    lab_happened(lab, &event);
}

/* ----------------------------------------------------------- output */

int programs_open_output(struct lab *lab, struct host *host)
{
    if (pipe2(host->output, O_CLOEXEC) < 0)
        return -errno;
    /* Only the lab's end must not wait: a program that prints a lot does. */
    fcntl(host->output[0], F_SETFL, O_NONBLOCK);
    lab_watch(lab, host->output[0]);
    return 0;
}

static void tell_line(struct lab *lab, struct host *host, size_t len)
{
    struct event event = {.kind = EVENT_OUTPUT};

    snprintf(event.output.host, NAME_TEXT, "%s", host->name);
    event.output.text = printable_bytes(host->partial.data, len);
    lab_happened(lab, &event);
}

static void tell_lines(struct lab *lab, struct host *host, bool at_end)
{
    while (host->partial.len > 0) {
        char *newline = memchr(host->partial.data, '\n', host->partial.len);
        size_t len =
            newline ? (size_t)(newline - host->partial.data) : host->partial.len;

        if (!newline && !at_end && len < OUTPUT_LINE_MAX)
            return;
        tell_line(lab, host, len);
        buf_drop_front(&host->partial, len + (newline ? 1 : 0));
    }
}

static void read_output(struct lab *lab, struct host *host, bool at_end)
{
    char piece[4096];
    ssize_t got;

    if (host->output[0] < 0)
        return;
    while ((got = read(host->output[0], piece, sizeof(piece))) > 0)
        buf_add(&host->partial, piece, (size_t)got);
    tell_lines(lab, host, at_end);
}

void programs_read_output(struct lab *lab)
{
    for (unsigned i = 0; i < lab->host_count; i++)
        read_output(lab, &lab->hosts[i], false);
}

/* ----------------------------------------------------------- ending */

/* How a process ended, in words. */
static char *ending(int status)
{
    if (WIFSIGNALED(status)) {
        const char *name = sigabbrev_np(WTERMSIG(status));

        return name ? mem_printf("SIG%s", name)
                    : mem_printf("signal %d", WTERMSIG(status));
    }
    return mem_printf("exit %d", WEXITSTATUS(status));
}

/* text: how it ended (owned, given away). */
static void process_ended(struct lab *lab, struct host *host, struct process *process,
                          char *text)
{
    struct event event = {.kind = EVENT_HOST,
                          .host = {.change = HOST_EXITED, .text = text}};

    read_output(lab, host, true);
    threads_close(lab, host, process);
    program_close(&process->program);
    vars_closed(process, -1);
    process->dying = process->killed = false;
    snprintf(event.host.host, NAME_TEXT, "%s", host->name);
    if (strcmp(process->name, host->name) != 0)
        snprintf(event.host.thread, THREAD_TEXT, "%s", process->name);
    lab_happened(lab, &event);
    /* What its kernel sent comes before the states that this has brought. */
    while (frames_take_one(lab))
        ;
    sockets_dump(lab, host);
}

/* A pid that is free again must not be killed. */
static void run_ended(struct host *host, pid_t pid)
{
    for (size_t i = 0; i < host->runs.count; i++) {
        if (host->runs.items[i] == pid) {
            vec_remove(&host->runs, i);
            return;
        }
    }
}

/* The host's own programs are the lab's children: as pid 1 of its namespace it gets all
 * orphans too. */
static void reap_children(struct lab *lab)
{
    struct signalfd_siginfo info;
    pid_t pid;
    int status;

    if (read(lab->children, &info, sizeof(info)) < 0)
        return;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (unsigned i = 0; i < lab->host_count; i++) {
            struct host *host = &lab->hosts[i];
            struct process *process = process_find(host, host->name);

            run_ended(host, pid);

            if (process && process->program.pid == pid)
                process_ended(lab, host, process, ending(status));
        }
    }
}

/* Of a forked child, which its parent's kernel reaps, the lab is told in another way. */
static void see_ended_children(struct lab *lab, struct host *host)
{
    vec_each (process, &host->processes) {
        if ((*process)->program.pid > 0 && strcmp((*process)->name, host->name) != 0 &&
            program_has_ended(&(*process)->program))
            process_ended(lab, host, *process,
                          mem_strdup((*process)->killed ? "SIGKILL" : "exit"));
    }
}

void programs_reap(struct lab *lab)
{
    reap_children(lab);
    for (unsigned i = 0; i < lab->host_count; i++)
        see_ended_children(lab, &lab->hosts[i]);
}

bool programs_being_killed(const struct lab *lab)
{
    for (unsigned i = 0; i < lab->host_count; i++)
        vec_each (process, &lab->hosts[i].processes)
            if ((*process)->killed)
                return true;
    return false;
}

int lab_kill(struct lab *lab, const char *name)
{
    struct host *host = host_of_thread(lab, name);
    struct process *process = host ? process_find(host, name) : NULL;

    if (!host)
        return -ENOENT;
    if (!process || process->program.pid < 0)
        return -ESRCH;
    program_kill(&process->program);
    process->dying = process->killed = true;
    lab_unsettle(lab);
    return 0;
}

int lab_run(struct lab *lab, const char *name, const char *command, struct err *err)
{
    struct host *host = host_find(lab, name);
    pid_t pid;

    if (!host)
        return err_set(err, -ENOENT, "no host %s", name);
    if (host->netns < 0)
        return err_set(err, -EHOSTDOWN, "%s has crashed: expected a 'boot' before",
                       name);
    pid = fork();
    if (pid == 0)
        program_exec(host->netns, host->output[1], command);
    if (pid < 0)
        return err_sys(err, -errno, "cannot start a program");
    *vec_push(&host->runs) = pid;
    lab_unsettle(lab);
    return 0;
}

void runs_close(struct host *host)
{
    vec_each (pid, &host->runs) {
        kill(-*pid, SIGKILL);
        kill(*pid, SIGKILL); /* it may not have a group of its own yet */
    }
    vec_free(&host->runs);
}
