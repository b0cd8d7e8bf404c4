/* The program's side: what runs in a host's process. */
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
#include "lab/program.h"

#define ACTOR_STACK (256 * 1024)
/* Mailboxes stand from here on: below the usual limit of 1024, and far from a program's
 * own descriptors. */
#define FIRST_BOX 512

/* A forked child's first thread waits here for the mailbox that the lab gives it. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t given;
    bool wanted;
    int box;
} adoption = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, -1};

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

static int start_pthread(void *(*body)(void *), int descriptor)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int failed;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, ACTOR_STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    failed = pthread_create(&thread, &attributes, body, (void *)(intptr_t)descriptor);
    pthread_attr_destroy(&attributes);
    return -failed;
}

int program_keep(int box)
{
    int kept = fcntl(box, F_DUPFD_CLOEXEC, FIRST_BOX);

    if (kept < 0)
        return box; /* a low limit of descriptors: it stays where it is */
    close(box);
    return kept;
}

/* A new mailbox: for the child's first thread if it waits for one, else for a new actor.
 */
static void take_box(int box)
{
    bool adopted;

    pthread_mutex_lock(&adoption.mutex);
    adopted = adoption.wanted;
    if (adopted) {
        adoption.box = box;
        adoption.wanted = false;
        pthread_cond_signal(&adoption.given);
    }
    pthread_mutex_unlock(&adoption.mutex);
    if (!adopted && start_pthread(actor_main, box) < 0)
        close(box); /* the lab sees the end of the mailbox */
}

/* The process's own thread: it never calls anything that could block on the lab's
 * network. */
static void serve(int control)
{
    struct buf data = {0};
    struct mail mail;
    int passed;

    while (mail_wait(control, &mail, &data, &passed) == 0) {
        if (mail.kind == MAIL_THREAD && passed >= 0) {
            take_box(program_keep(passed));
        } else if (mail.kind == MAIL_QUERY) {
            struct mail answer = {.kind = MAIL_SOCK};

            query(mail.fd, &answer.sock);
            mail_send(control, &answer, NULL, -1);
        }
    }
    buf_free(&data);
}

/* ----------------------------------------------------------- starting */

/* Signals must not end or stop a program from outside: the lab decides when it dies. */
static void block_signals(void)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    /* The kernel reaps the children that a program forks; the lab sees their mailbox
     * end. */
    signal(SIGCHLD, SIG_IGN);
}

/* Keeps 0, 1, 2 (nothing, the pipe, the pipe) and the control mailbox, which moves up.
 */
static int keep_descriptors(int *control, int output)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (null < 0 || dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        return -errno;
    *control = program_keep(*control);
    if ((*control > 3 && close_range(3, (unsigned)*control - 1, 0) < 0) ||
        close_range((unsigned)*control + 1, ~0U, 0) < 0)
        return -errno;
    return 0;
}

void program_main(int netns, int control, int output)
{
    int failed;

    block_signals();
    failed = netns_enter(netns);
    if (!failed)
        failed = keep_descriptors(&control, output);
    if (!failed)
        failed = netns_drop_capabilities();
    if (failed) {
        dprintf(2, "the program could not start: %s\n", strerror(-failed));
        _exit(70);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    serve(control);
    _exit(0);
}

void program_exec(int netns, int output, const char *command)
{
    sigset_t none;
    int failed = netns_enter(netns), control = output;

    setpgid(0, 0); /* it is killed with all that it starts */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (!failed)
        failed = keep_descriptors(&control, output);
    if (!failed)
        failed = netns_drop_capabilities();
    if (!failed) {
        close(control);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        failed = -errno;
    }
    dprintf(2, "cannot run it: %s\n", strerror(-failed));
    _exit(127);
}

/* ----------------------------------------------------------- forked children */

/* The mailboxes of the parent are none of the child's business: their ends must be seen.
 */
static void forget_boxes(int control)
{
    if (control > FIRST_BOX)
        close_range(FIRST_BOX, (unsigned)control - 1, 0);
    close_range((unsigned)control + 1, ~0U, 0);
}

void program_serve_child(int control)
{
    forget_boxes(control);
    serve(control);
    _exit(0);
}

static void *serve_thread(void *argument)
{
    serve((int)(intptr_t)argument);
    _exit(0);
}

int program_adopt_child(int control)
{
    int box;

    forget_boxes(control);
    pthread_mutex_lock(&adoption.mutex);
    adoption.wanted = true;
    adoption.box = -1;
    if (start_pthread(serve_thread, control) < 0)
        adoption.wanted = false;
    while (adoption.wanted)
        pthread_cond_wait(&adoption.given, &adoption.mutex);
    box = adoption.box;
    pthread_mutex_unlock(&adoption.mutex);
    return box >= 0 ? box : -EAGAIN;
}
