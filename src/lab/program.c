#include "lab/program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab/mail.h"

int program_start(struct program *program, int netns, int output, struct err *err)
{
    int boxes[2];
    int result = mail_pair(boxes);

    *program = PROGRAM_NONE;
    if (result < 0)
        return err_sys(err, result, "cannot make a mailbox");
    program->pid = fork();
    if (program->pid == 0)
        program_main(netns, boxes[1], output);
    close(boxes[1]);
    if (program->pid < 0) {
        result = err_sys(err, -errno, "cannot start a program");
        close(boxes[0]);
        return result;
    }
    program->control = boxes[0];
    return 0;
}

int program_thread(struct program *program, const char *name)
{
    struct mail mail = {.kind = MAIL_THREAD};
    int ends[2];
    int result = mail_pair(ends);

    if (result < 0)
        return result;
    snprintf(mail.thread, sizeof(mail.thread), "%s", name);
    result = mail_send(program->control, &mail, NULL, ends[1]);
    close(ends[1]);
    if (result < 0) {
        close(ends[0]);
        return result;
    }
    return ends[0];
}

int program_query(struct program *program, int fd, struct sock *sock)
{
    struct mail mail = {.kind = MAIL_QUERY, .fd = fd};
    struct buf data = {0};
    int result = mail_send(program->control, &mail, NULL, -1);

    /* The program's first thread does nothing else, so the answer comes at once; when
     * the process dies, the mailbox ends. */
    if (result == 0)
        result = mail_wait(program->control, &mail, &data, NULL);
    buf_free(&data);
    if (result == 0)
        *sock = mail.sock;
    return result;
}

void program_kill(const struct program *program)
{
    if (program->pid > 0)
        kill(program->pid, SIGKILL);
}

void program_close(struct program *program)
{
    if (program->control >= 0)
        close(program->control);
    if (program->end >= 0)
        close(program->end);
    *program = PROGRAM_NONE;
}

void program_watch_end(struct program *program)
{
    program->end = (int)syscall(SYS_pidfd_open, program->pid, 0);
}

/* An ending process closes what it has in no certain order (task_work_run,
 * kernel/task_work.c): the mailbox may go before the sockets. Its pidfd comes after all
 * of them. Where there is none, it has been reaped already. */
bool program_has_ended(const struct program *program)
{
    struct pollfd ends[] = {{.fd = program->control, .events = POLLIN},
                            {.fd = program->end, .events = POLLIN}};

    return poll(ends, 2, 0) > 0 && (ends[0].revents & POLLHUP) &&
           (program->end < 0 || ends[1].revents);
}
