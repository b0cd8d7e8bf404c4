/* The part of netns.h that makes the sealed process. */
#include "kernel/netns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>

#include "base/file.h"

/* What the child says before body runs: how far it came. */
struct report {
    char step[24];
    int code; /* 0: all is done */
};

struct pipes {
    int report[2]; /* child to parent: a struct report */
    int go[2];     /* parent to child: one byte, when the report was read */
};

static void pipes_close(struct pipes *pipes)
{
    int *fds[] = {&pipes->report[0], &pipes->report[1], &pipes->go[0], &pipes->go[1]};

    for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
}

static int pipes_open(struct pipes *pipes)
{
    *pipes = (struct pipes){.report = {-1, -1}, .go = {-1, -1}};
    if (pipe2(pipes->report, O_CLOEXEC) < 0 || pipe2(pipes->go, O_CLOEXEC) < 0) {
        int code = -errno;

        pipes_close(pipes);
        return code;
    }
    return 0;
}

static bool has_sys_admin(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};

    return syscall(SYS_capget, &header, data) == 0 &&
           (data[0].effective >> CAP_SYS_ADMIN & 1);
}

/* clone(2) without a stack of its own: it returns twice, as fork(2) does. glibc's fork
 * takes no flags, and keeps the thread's id in memory that fork renews: clone(2) is
 * asked to do so. */
static pid_t clone_like_fork(unsigned long flags)
{
    int *tid = NULL;

    if (prctl(PR_GET_TID_ADDRESS, &tid, 0, 0, 0) == 0 && tid &&
        *tid == (int)syscall(SYS_gettid))
        flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
    flags |= SIGCHLD;
    /* The id's address is the fourth or the fifth argument; the other one is the
     * thread's storage, which counts only with CLONE_SETTLS. */
#ifdef __s390x__
    return (pid_t)syscall(SYS_clone, NULL, flags, NULL, tid, tid);
#else
    return (pid_t)syscall(SYS_clone, flags, NULL, NULL, tid, tid);
#endif
}

static int write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC), failed;

    if (fd < 0)
        return -errno;
    failed = file_write_all(fd, text, strlen(text));
    close(fd);
    return failed;
}

/* An identity map of one user and one group; setgroups first (user_namespaces(7)). */
static void map_ids(uid_t uid, gid_t gid, struct report *report)
{
    char uid_map[64], gid_map[64];
    const struct {
        const char *step, *path, *text;
    } writes[] = {
        {"setgroups", "/proc/self/setgroups", "deny"},
        {"uid_map", "/proc/self/uid_map", uid_map},
        {"gid_map", "/proc/self/gid_map", gid_map},
    };

    snprintf(uid_map, sizeof(uid_map), "%u %u 1", uid, uid);
    snprintf(gid_map, sizeof(gid_map), "%u %u 1", gid, gid);
    for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]) && !report->code; i++) {
        snprintf(report->step, sizeof(report->step), "%s", writes[i].step);
        report->code = write_text(writes[i].path, writes[i].text);
    }
}

static _Noreturn void child_main(struct pipes *pipes, bool user_namespace, uid_t uid,
                                 gid_t gid, int (*body)(void *context), void *context)
{
    struct report report = {.step = "prctl"};
    char go;
    ssize_t got;

    close(pipes->report[0]);
    close(pipes->go[1]);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        report.code = -errno;
    else if (user_namespace)
        map_ids(uid, gid, &report);
    if (file_write_all(pipes->report[1], &report, sizeof(report)) || report.code)
        _exit(70);
    /* A parent that died before the prctl sends no signal, and getppid(2) is 0 here in
     * any case: but it cannot have written this byte, which follows the report. */
    do
        got = read(pipes->go[0], &go, 1);
    while (got < 0 && errno == EINTR);
    if (got != 1)
        _exit(70);
    close(pipes->report[1]);
    close(pipes->go[0]);
    _exit(body(context));
}

static void read_report(int fd, struct report *report)
{
    ssize_t got;

    do
        got = read(fd, report, sizeof(*report)); /* written in one piece: pipe(7) */
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof(*report))
        *report = (struct report){.step = "child", .code = -ECHILD};
}

static void reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* One try. The child's pid, or a negative errno and how far it came. */
static pid_t spawn(bool user_namespace, int (*body)(void *context), void *context,
                   struct report *report)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();
    struct pipes pipes;
    pid_t child;

    *report = (struct report){.step = "pipe"};
    report->code = pipes_open(&pipes);
    if (report->code)
        return report->code;
    child = clone_like_fork(CLONE_NEWNET | CLONE_NEWPID |
                            (user_namespace ? CLONE_NEWUSER : 0));
    if (child == 0)
        child_main(&pipes, user_namespace, uid, gid, body, context);
    if (child < 0) {
        *report = (struct report){.step = "clone", .code = -errno};
    } else {
        close(pipes.report[1]);
        pipes.report[1] = -1;
        read_report(pipes.report[0], report);
        /* go[0] stays open here until then: no SIGPIPE, should the child have been
         * killed. */
        if (!report->code)
            report->code = file_write_all(pipes.go[1], "", 1);
        if (report->code) {
            kill(child, SIGKILL);
            reap(child);
        }
    }
    pipes_close(&pipes);
    return report->code ? report->code : child;
}

pid_t netns_spawn_sealed(int (*body)(void *context), void *context, struct err *err)
{
    struct report report, second;
    pid_t child = spawn(true, body, context, &report);

    if (child < 0 && has_sys_admin()) {
        child = spawn(false, body, context, &second);
        /* EPERM here would only repeat in other words what was said before. */
        if (child < 0 && second.code != -EPERM)
            report = second;
    }
    if (child < 0)
        netns_explain_refusal(report.step, report.code, err);
    return child;
}
