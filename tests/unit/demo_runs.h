/* demo_runs: runs demo programs over loopback, with recorders in place of the lab: which
 * calls they make, and on which line of the text that is shown. One test program
 * includes it, in one file: it also gives what src/demo expects of the one who runs it.
 */
#ifndef SOCKETARIUM_TESTS_DEMO_RUNS_H
#define SOCKETARIUM_TESTS_DEMO_RUNS_H

#define DEMO_UNTRACED
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demo/demo.h"
#define CALLS_MAX 64

struct call {
    char name[16], args[128], data[64];
    int line, fd, error;
    long result;
    uint16_t peer_port; /* 0: no peer was told */
};

/* One program on one thread. */
struct run {
    const char *name;
    char *argv[4];
    int argc, status;
    const char *last; /* it ends before the last_number-th call of this name */
    int last_number;
    const char *ready; /* posts `is_ready` when this call has returned */
    sem_t is_ready;
    pthread_t thread;
    struct call calls[CALLS_MAX];
    int count;
    struct run *started; /* room for the threads or children that it starts */
    int started_count;
};

static _Thread_local struct run *own;

#undef fork
#undef pthread_create

/* What a program starts is recorded, too: in memory that a child process shares. */
static inline struct run *start_recorder(const char *ready)
{
    struct run *run = &own->started[own->started_count++];

    run->name = own->name;
    run->ready = ready;
    sem_init(&run->is_ready, 1, 0);
    return run;
}

pid_t demo_process_fork(void)
{
    struct run *child = start_recorder("exit");
    pid_t pid = fork();

    if (pid == 0)
        own = child;
    return pid;
}

struct beginning {
    struct run *run;
    void *(*body)(void *);
    void *argument;
};

static inline void *begin_thread(void *argument)
{
    struct beginning beginning = *(struct beginning *)argument;

    free(argument);
    own = beginning.run;
    return beginning.body(beginning.argument);
}

int demo_thread_start(pthread_t *thread, const pthread_attr_t *attributes,
                      void *(*body)(void *), void *argument)
{
    struct beginning *beginning = malloc(sizeof(*beginning));

    assert_non_null(beginning);
    *beginning = (struct beginning){start_recorder("close"), body, argument};
    return pthread_create(thread, attributes, begin_thread, beginning);
}

void demo_call_begin(const char *call, const char *args, int line, int fd)
{
    struct call *now = &own->calls[own->count];

    if (own->last && strcmp(own->last, call) == 0 && --own->last_number == 0)
        pthread_exit(NULL); /* servers never end by themselves */
    assert_true(own->count < CALLS_MAX);
    snprintf(now->name, sizeof(now->name), "%s", call);
    snprintf(now->args, sizeof(now->args), "%s", args);
    now->line = line;
    now->fd = fd;
    if (strcmp(call, "exit") == 0) { /* it never returns */
        own->count++;
        sem_post(&own->is_ready);
    }
}

void demo_call_end(long result, const void *data, const struct sockaddr *peer,
                   socklen_t peer_len)
{
    struct call *now = &own->calls[own->count++];

    now->result = result;
    now->error = result < 0 ? errno : 0;
    if (data)
        memcpy(now->data, data,
               (size_t)result < sizeof(now->data) ? (size_t)result
                                                  : sizeof(now->data) - 1);
    if (peer && peer_len == sizeof(struct sockaddr_in))
        now->peer_port =
            ntohs(((const struct sockaddr_in *)(const void *)peer)->sin_port);
    if (own->ready && strcmp(own->ready, now->name) == 0)
        sem_post(&own->is_ready);
    errno = EDOM; /* whatever the recorder does to errno, the program must not see it */
}

static inline void *run_body(void *argument)
{
    own = argument;
    own->status = demo_find(own->name)->main(own->argc, own->argv);
    return NULL;
}

static inline void run_start(struct run *run, const char *name, const char *one,
                             const char *two)
{
    run->name = name;
    run->argv[0] = (char *)(uintptr_t)name;
    run->argv[1] = (char *)(uintptr_t)one;
    run->argv[2] = (char *)(uintptr_t)two;
    run->argc = one ? two ? 3 : 2 : 1;
    run->status = -1;
    sem_init(&run->is_ready, 0, 0);
    assert_int_equal(pthread_create(&run->thread, NULL, run_body, run), 0);
}

static inline void run_wait_ready(struct run *run)
{
    while (sem_wait(&run->is_ready) < 0 && errno == EINTR)
        continue;
}

static inline void run_join(struct run *run)
{
    pthread_join(run->thread, NULL);
    sem_destroy(&run->is_ready);
}

/* The text of line `line` of a source, from 1. */
static inline const char *source_line(const char *source, int line, char *out,
                                      size_t room)
{
    while (--line > 0) {
        source = strchr(source, '\n');
        assert_non_null(source);
        source++;
    }
    snprintf(out, room, "%.*s", (int)strcspn(source, "\n"), source);
    return out;
}

/* Compares "call(args) = result" lines; and each stands on its line of the source. */
static inline void assert_calls(const struct run *run, const char *expected)
{
    const char *source = demo_find(run->name)->source;
    char text[8192] = "", line[256], call[32];
    size_t len = 0;

    for (int i = 0; i < run->count; i++) {
        const struct call *now = &run->calls[i];

        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s(%s)%s%s%s\n",
                                now->name, now->args, *now->data ? " \"" : "", now->data,
                                *now->data ? "\"" : "");
        snprintf(call, sizeof(call), "%s(", now->name);
        source_line(source, now->line, line, sizeof(line));
        if (!strstr(line, call))
            fail_msg("%s line %d is \"%s\", not a %s", run->name, now->line, line, call);
    }
    assert_string_equal(text, expected);
}

/* A port that is free, and its name as ADDRESS:PORT. */
static inline unsigned free_port(int type, char *address, char *port)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t len = sizeof(here);
    int fd = socket(AF_INET, type, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&here, sizeof(here)), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &len), 0);
    close(fd);
    snprintf(address, 32, "127.0.0.1:%u", ntohs(here.sin_port));
    snprintf(port, 8, "%u", ntohs(here.sin_port));
    return ntohs(here.sin_port);
}

/* Replaces each PORT in a picture by the number. */
static inline const char *with_port(const char *text, unsigned port)
{
    static char out[4096];
    size_t len = 0;

    for (const char *next; (next = strstr(text, "PORT")); text = next + 4)
        len += (size_t)snprintf(out + len, sizeof(out) - len, "%.*s%u",
                                (int)(next - text), text, port);
    snprintf(out + len, sizeof(out) - len, "%s", text);
    return out;
}

#endif
