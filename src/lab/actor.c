#include "lab/actor.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h"
#include "kernel/thread_state.h"
#include "lab/calls.h"
#include "lab/mail.h"

#undef close

/* demo_call_begin and _end have no argument that says on which thread they run. */
static _Thread_local int own_box = -1;

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

#define DEMO_ARGS_MAX 8

static void run_demo(int box, char *words, size_t len)
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
    mail_send(box, &ended, NULL, -1);
}

void *actor_main(void *argument)
{
    int box = (int)(intptr_t)argument;
    struct mail mail = {.kind = MAIL_HELLO, .number = thread_state_self()};
    struct buf data = {0};

    own_box = box;
    mail_send(box, &mail, NULL, -1);
    while (mail_wait(box, &mail, &data, NULL) == 0) {
        if (mail.kind == MAIL_DEMO) {
            run_demo(box, data.data, data.len);
        } else if (mail.kind == MAIL_CALL && mail.request.id == CALL_EXIT) {
            fflush(stdout);
            _exit(0); /* the kernel closes what it owned */
        } else if (mail.kind == MAIL_CALL && mail.request.id == CALL_RETURN) {
            break;
        } else if (mail.kind == MAIL_CALL) {
            make_call(box, &mail.request, data.data);
        }
    }
    buf_free(&data);
    close(box);
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
    mail_wait(own_box, &mail, &words, NULL);
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
