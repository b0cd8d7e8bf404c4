/* programs: the demo programs, for whoever runs them: a table, and what the runner must
 * give them. The programs themselves include demo/demo.h, which traces their calls.
 *
 * demo_call_begin and the functions after it are given by the runner (lab/actor.c); on
 * each thread they know which thread it is.
 */
#ifndef SOCKETARIUM_DEMO_PROGRAMS_H
#define SOCKETARIUM_DEMO_PROGRAMS_H

#include <pthread.h>
#include <sys/socket.h>
#include <sys/types.h>

/* A program: like main(), argv[0] is its name; ends with NULL. */
typedef int (*demo_main)(int argc, char **argv);

struct demo_program {
    const char *name;       /* "tcp-echo-server" */
    const char *usage;      /* "PORT" */
    const char *help;       /* what it does, in a few words */
    int min_args, max_args; /* without the name */
    demo_main main;
    const char *source; /* the C text */
};

/* All of them; the last has name NULL. */
extern const struct demo_program demo_programs[];
const struct demo_program *demo_find(const char *name);

/* Before a call: tells name and arguments as text and the line; returns when it may go
 * on. fd is the descriptor it is about, or -1. */
void demo_call_begin(const char *call, const char *args, int line, int fd);
/* After it; error is errno if result is -1. data: what was received (result bytes), or
 * NULL. peer: accept's and recvfrom's, or NULL. Keeps errno. */
void demo_call_end(long result, const void *data, const struct sockaddr *peer,
                   socklen_t peer_len);

/* fork() and pthread_create() themselves, between begin and end: what they start gets
 * a mailbox of its own, so that the lab sees its calls too. Also given by the runner. */
pid_t demo_process_fork(void);
int demo_thread_start(pthread_t *thread, const pthread_attr_t *attributes,
                      void *(*body)(void *), void *argument);

#endif
