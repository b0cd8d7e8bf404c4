#include "lab/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/netns.h"
#include "lab/actor.h"
#include "lab/mail.h"

#define ACTOR_STACK (256 * 1024)

/* What a descriptor is: the kernel's word where no dump lists the socket. */
static void query(int fd, struct sock *sock)
{
    struct sockaddr_storage name = {0};
    socklen_t len = sizeof(sock->cookie);
    int type = 0;

    memset(sock, 0, sizeof(*sock));
    if (getsockopt(fd, SOL_SOCKET, SO_COOKIE, &sock->cookie, &len) < 0)
        return;
    len = sizeof(int);
    getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &sock->family, &len);
    len = sizeof(int);
    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len);
    len = sizeof(name);
    if (getsockname(fd, (struct sockaddr *)&name, &len) == 0)
        endpoint_from_sockaddr(&name, &sock->local);
    len = sizeof(name);
    if (getpeername(fd, (struct sockaddr *)&name, &len) == 0)
        endpoint_from_sockaddr(&name, &sock->remote);
    if (type == SOCK_DGRAM) {
        sock->proto = PROTO_UDP;
        sock->connected = sock->remote.port != 0;
    } else if (type == SOCK_STREAM) {
        struct tcp_info info = {0};

        len = sizeof(info);
        sock->proto = PROTO_TCP;
        getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len);
        sock->state = (enum tcp_state)info.tcpi_state;
    }
}

static void start_thread(int box)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int failed;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, ACTOR_STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    failed = pthread_create(&thread, &attributes, actor_main, (void *)(intptr_t)box);
    pthread_attr_destroy(&attributes);
    if (failed)
        close(box); /* the lab sees the end of the mailbox */
}

/* The program's first thread: it never calls anything that could block on the lab's
 * network. */
static void serve(int control)
{
    struct buf data = {0};
    struct mail mail;
    int passed;

    while (mail_wait(control, &mail, &data, &passed) == 0) {
        if (mail.kind == MAIL_THREAD && passed >= 0) {
            start_thread(passed);
        } else if (mail.kind == MAIL_QUERY) {
            struct mail answer = {.kind = MAIL_SOCK};

            query(mail.fd, &answer.sock);
            mail_send(control, &answer, NULL, -1);
        }
    }
    buf_free(&data);
}

/* Signals must not end or stop a program from outside: the lab decides when it dies. */
static void block_signals(void)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
}

/* Keeps 0, 1, 2 (nothing, the pipe, the pipe) and the control mailbox, as descriptor 3.
 */
static int keep_descriptors(int control, int output)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (null < 0 || dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        return -errno;
    if (control != 3 && dup3(control, 3, O_CLOEXEC) < 0)
        return -errno;
    if (close_range(4, ~0U, 0) < 0)
        return -errno;
    return 0;
}

static void run_program(int netns, int control, int output)
{
    int failed;

    block_signals();
    failed = netns_enter(netns);
    if (!failed)
        failed = keep_descriptors(control, output);
    if (!failed)
        failed = netns_drop_capabilities();
    if (failed) {
        dprintf(2, "the program could not start: %s\n", strerror(-failed));
        _exit(70);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    serve(3);
    _exit(0);
}

int program_start(struct program *program, int netns, struct err *err)
{
    int boxes[2] = {-1, -1}, pipes[2] = {-1, -1};
    int result;

    *program = (struct program){.pid = -1, .control = -1, .output = -1};
    result = mail_pair(boxes);
    if (result < 0)
        return err_sys(err, result, "cannot make a mailbox");
    if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK) < 0) {
        result = err_sys(err, -errno, "cannot make a pipe");
        goto fail;
    }
    /* Only the lab's end must not wait: a program that prints a lot does. */
    fcntl(pipes[1], F_SETFL, 0);
    program->pid = fork();
    if (program->pid < 0) {
        result = err_sys(err, -errno, "cannot start a program");
        goto fail;
    }
    if (program->pid == 0)
        run_program(netns, boxes[1], pipes[1]);
    close(boxes[1]);
    close(pipes[1]);
    program->control = boxes[0];
    program->output = pipes[0];
    return 0;
fail:
    close(boxes[0]);
    close(boxes[1]);
    if (pipes[0] >= 0) {
        close(pipes[0]);
        close(pipes[1]);
    }
    return result;
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
    if (program->output >= 0)
        close(program->output);
    *program = (struct program){.pid = -1, .control = -1, .output = -1};
}
