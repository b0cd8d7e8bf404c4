#include "kernel/thread_state.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

pid_t thread_state_self(void)
{
    char link[64]; /* "PID/task/TID" (proc(5), Linux 3.17) */
    const char *last;
    ssize_t len = readlink("/proc/thread-self", link, sizeof(link) - 1);
    long tid;

    if (len < 0)
        return -errno;
    link[len] = '\0';
    last = strrchr(link, '/');
    tid = last ? strtol(last + 1, NULL, 10) : 0;
    return tid > 0 && tid <= INT_MAX ? (pid_t)tid : -EPROTO;
}

static int open_part(pid_t tid, const char *part)
{
    char path[64];
    int fd;

    /* A thread that does not lead its process has no entry when /proc is listed, but its
     * path works (proc(5)). */
    snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, part);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int thread_state_open(struct thread_state *state, pid_t tid)
{
    state->stat_fd = -1;
    state->syscall_fd = open_part(tid, "syscall");
    if (state->syscall_fd >= 0)
        state->stat_fd = open_part(tid, "stat");
    if (state->syscall_fd < 0 || state->stat_fd < 0) {
        int code = state->syscall_fd < 0 ? state->syscall_fd : state->stat_fd;

        thread_state_close(state);
        return code == -ENOENT ? -ESRCH : code;
    }
    return 0;
}

void thread_state_close(struct thread_state *state)
{
    if (state->syscall_fd >= 0)
        close(state->syscall_fd);
    if (state->stat_fd >= 0)
        close(state->stat_fd);
    state->syscall_fd = state->stat_fd = -1;
}

static int read_text(int fd, char *text, size_t room)
{
    ssize_t got;

    do
        got = pread(fd, text, room - 1, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    text[got] = '\0';
    return got == 0 ? -ESRCH : 0;
}

/* The number of the call it is in, or -1: "running", and "-1 SP PC" outside of any. */
static long call_number(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);

    return end == text || number < 0 ? -1 : number;
}

int thread_state_sleeps_in(const struct thread_state *state, const long *numbers,
                           size_t count)
{
    char call[256], stat[1024];
    const char *close;
    long number;
    int failed = read_text(state->syscall_fd, call, sizeof(call));

    if (!failed)
        failed = read_text(state->stat_fd, stat, sizeof(stat));
    if (failed)
        return failed;
    /* The name in parentheses may itself hold any character. */
    close = strrchr(stat, ')');
    if (!close || close[1] != ' ')
        return -EPROTO;
    if (close[2] == 'Z' || close[2] == 'X')
        return -ESRCH;
    number = call_number(call);
    for (size_t i = 0; i < count; i++) {
        if (number >= 0 && numbers[i] == number)
            return close[2] == 'S';
    }
    return 0;
}
