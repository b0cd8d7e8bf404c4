#include "lab/actor.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/programs.h"
#include "kernel/thread_state.h"
#include "lab/calls.h"
#include "lab/mail.h"
#include "lab/program.h"

/* The demo program's calls have no argument that says on which thread they run. */
static _Thread_local int own_box = -1;
/* What came with the permission to make a call: a mailbox for what the call starts. */
static _Thread_local int passed_box = -1;

static uint64_t cookie_of(int fd)
{
    uint64_t cookie = 0;
    socklen_t len = sizeof(cookie);

    if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &len) < 0)
        return 0;
    return cookie;
}

static void make_call(int box, const struct call_request *request, const char *data)
{
    struct mail answer = {.kind = MAIL_REPLY};
    struct buf received = {0};
    uint64_t before = cookie_of(request->fd); /* close() takes the descriptor away */

    call_make(request, data, &answer.reply, &received);
    answer.reply.cookie = before;
    if (call_defs[request->id].var_is_sock && answer.reply.result >= 0)
        answer.reply.cookie = cookie_of((int)answer.reply.result);
    answer.data_len = (uint32_t)received.len;
    mail_send(box, &answer, received.data, -1);
    buf_free(&received);
}

/* A child process with a copy of the descriptors; it answers at the mailbox `control`.
 */
static void make_fork(int box, int control)
{
    struct mail answer = {.kind = MAIL_REPLY};
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0)
        program_serve_child(control);
    answer.reply.result = pid;
    answer.reply.error = pid < 0 ? errno : 0;
    close(control);
    mail_send(box, &answer, NULL, -1);
}

#define DEMO_ARGS_MAX 8

static void run_demo(char *words, size_t len)
{
    struct mail ended = {.kind = MAIL_ENDED, .number = -1};
    const struct demo_program *program;
    char *argv[DEMO_ARGS_MAX + 1] = {NULL};
    int argc = 0;

    for (char *word = words; word < words + len && argc < DEMO_ARGS_MAX;
         word += strlen(word) + 1)
        argv[argc++] = word;
    program = argc ? demo_find(argv[0]) : NULL;
    if (program)
        ended.number = program->main(argc, argv);
    fflush(stdout);
    /* Not the mailbox it began with, if it goes on in a forked child. */
    mail_send(own_box, &ended, NULL, -1);
}

static void say_hello(int box)
{
    struct mail mail = {.kind = MAIL_HELLO, .number = thread_state_self()};

    own_box = box;
    mail_send(box, &mail, NULL, -1);
}

void *actor_main(void *argument)
{
    struct buf data = {0};
    struct mail mail;
    int passed;

    say_hello((int)(intptr_t)argument);
    while (mail_wait(own_box, &mail, &data, &passed) == 0) {
        if (mail.kind == MAIL_DEMO) {
            run_demo(data.data, data.len);
        } else if (mail.kind == MAIL_CALL && mail.request.id == CALL_EXIT) {
            fflush(stdout);
            _exit(0); /* the kernel closes what it owned */
        } else if (mail.kind == MAIL_CALL && mail.request.id == CALL_RETURN) {
            break;
        } else if (mail.kind == MAIL_CALL && mail.request.id == CALL_FORK) {
            make_fork(own_box, program_keep(passed));
        } else if (mail.kind == MAIL_CALL) {
            make_call(own_box, &mail.request, data.data);
        }
    }
    buf_free(&data);
    close(own_box);
    return NULL;
}

/* ----------------------------------------------------------- demo programs */

void demo_call_begin(const char *call, const char *args, int line, int fd)
{
    struct mail mail = {.kind = MAIL_PENDING, .number = line, .fd = fd};
    struct buf words = {0};

    buf_add(&words, call, strlen(call) + 1);
    buf_add(&words, args, strlen(args) + 1);
    mail.data_len = (uint32_t)words.len;
    mail_send(own_box, &mail, words.data, -1);
    buf_clear(&words);
    /* The lab lets one call go at a time, when everything else has settled. */
    mail_wait(own_box, &mail, &words, &passed_box);
    if (passed_box >= 0)
        passed_box = program_keep(passed_box);
    buf_free(&words);
}

void demo_call_end(long result, const void *data, const struct sockaddr *peer,
                   socklen_t peer_len)
{
    int error = errno;
    struct mail mail = {.kind = MAIL_REPLY};
    struct sockaddr_storage address = {0};

    mail.reply.result = result;
    mail.reply.error = result < 0 ? error : 0;
    if (data && result > 0)
        mail.data_len = mail.reply.data_len = (uint32_t)result;
    if (peer && peer_len <= sizeof(address)) {
        memcpy(&address, peer, peer_len);
        endpoint_from_sockaddr(&address, &mail.reply.endpoint);
    }
    /* Which socket it was about, the lab asks the process itself: by descriptor. */
    mail_send(own_box, &mail, data, -1);
    errno = error;
}

pid_t demo_process_fork(void)
{
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        int box = program_adopt_child(passed_box);

        if (box < 0)
            _exit(70);
        say_hello(box);
    } else {
        close(passed_box);
    }
    passed_box = -1;
    return pid;
}

/* What a thread of a demo program needs to begin. */
struct beginning {
    int box;
    void *(*body)(void *);
    void *argument;
};

static void *begin_thread(void *argument)
{
    struct beginning beginning = *(struct beginning *)argument;
    struct mail ended = {.kind = MAIL_ENDED};
    void *value;

    free(argument);
    say_hello(beginning.box);
    value = beginning.body(beginning.argument);
    mail_send(beginning.box, &ended, NULL, -1);
    close(beginning.box);
    return value;
}

int demo_thread_start(pthread_t *thread, const pthread_attr_t *attributes,
                      void *(*body)(void *), void *argument)
{
    struct beginning *beginning = mem_new(1, sizeof(*beginning));
    int failed;

    *beginning = (struct beginning){passed_box, body, argument};
    failed = pthread_create(thread, attributes, begin_thread, beginning);
    if (failed) {
        close(passed_box);
        free(beginning);
    }
    passed_box = -1;
    return failed;
}
