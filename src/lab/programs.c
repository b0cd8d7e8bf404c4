/* The programs of the hosts: starting, what they print, how they end. */
#include <errno.h>
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

int program_of_host(struct lab *lab, struct host *host, struct err *err)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_STARTED}};
    int result;

    if (host->program.pid > 0)
        return 0;
    if (host->netns < 0)
        return err_set(err, -EHOSTDOWN, "%s has crashed: expected a 'boot' before",
                       host->name);
    result = program_start(&host->program, host->netns, err);
    if (result < 0)
        return result;
    vec_free(&host->vars); /* a new program has no variables */
    lab_watch(lab, host->program.output);
    snprintf(event.host.host, NAME_TEXT, "%s", host->name);
    lab_happened(lab, &event);
    return 0;
}

static void tell_line(struct lab *lab, struct host *host, size_t len)
{
    struct event event = {.kind = EVENT_OUTPUT};

    snprintf(event.output.host, NAME_TEXT, "%s", host->name);
    event.output.text = printable_bytes(host->output.data, len);
    lab_happened(lab, &event);
}

static void tell_lines(struct lab *lab, struct host *host, bool at_end)
{
    while (host->output.len > 0) {
        char *newline = memchr(host->output.data, '\n', host->output.len);
        size_t len = newline ? (size_t)(newline - host->output.data) : host->output.len;

        if (!newline && !at_end && len < OUTPUT_LINE_MAX)
            return;
        tell_line(lab, host, len);
        buf_drop_front(&host->output, len + (newline ? 1 : 0));
    }
}

static void read_output(struct lab *lab, struct host *host, bool at_end)
{
    char piece[4096];
    ssize_t got;

    if (host->program.output < 0)
        return;
    while ((got = read(host->program.output, piece, sizeof(piece))) > 0)
        buf_add(&host->output, piece, (size_t)got);
    tell_lines(lab, host, at_end);
}

void programs_read_output(struct lab *lab)
{
    for (unsigned i = 0; i < lab->host_count; i++)
        read_output(lab, &lab->hosts[i], false);
}

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

static void program_ended(struct lab *lab, struct host *host, int status)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_EXITED}};

    read_output(lab, host, true);
    threads_close(lab, host);
    program_close(&host->program);
    vars_closed(host, -1);
    host->dying = false;
    snprintf(event.host.host, NAME_TEXT, "%s", host->name);
    event.host.text = ending(status);
    lab_happened(lab, &event);
    sockets_dump(lab, host);
}

/* As pid 1 of its namespace the lab gets all orphans too. */
void programs_reap(struct lab *lab)
{
    struct signalfd_siginfo info;
    pid_t pid;
    int status;

    if (read(lab->children, &info, sizeof(info)) < 0)
        return;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (unsigned i = 0; i < lab->host_count; i++)
            if (lab->hosts[i].program.pid == pid)
                program_ended(lab, &lab->hosts[i], status);
}

int lab_kill(struct lab *lab, const char *name)
{
    struct host *host = host_find(lab, name);

    if (!host)
        return -ENOENT;
    if (host->program.pid < 0)
        return -ESRCH;
    program_kill(&host->program);
    host->dying = true;
    lab->quiet = 0;
    return 0;
}
