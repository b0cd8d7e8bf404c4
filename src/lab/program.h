/* program: a host's process, and its threads that make calls (the actors).
 *
 * program_start forks. The child enters the host's network namespace, gives up every
 * capability, blocks every signal, and from then on its first thread starts actors and
 * answers questions about descriptors; each actor waits in its mailbox for a call, makes
 * it, and tells what came of it. The lab is the only one that knows variables: it sends
 * descriptor numbers. What a program prints goes into a pipe.
 *
 * The lab's side (struct program, program_*) is used by the lab's one thread.
 */
#ifndef SOCKETARIUM_LAB_PROGRAM_H
#define SOCKETARIUM_LAB_PROGRAM_H

#include <sys/types.h>

#include "base/err.h"
#include "model/sock.h"

struct program {
    pid_t pid;
    int control; /* mailbox of the process */
    int output;  /* reading end of what it prints, non-blocking */
};

/* Forks the program of a host. 0, or a negative errno with err. */
int program_start(struct program *program, int netns, struct err *err);

/* Starts a thread; returns the lab's end of its mailbox, or a negative errno. The
 * thread's first message is MAIL_HELLO. */
int program_thread(struct program *program, const char *name);

/* Asks the program what its descriptor fd is (SO_COOKIE, getsockname, TCP_INFO). 0;
 * sock->proto is PROTO_NONE if it is no TCP or UDP socket. A negative errno when the
 * program is gone. */
int program_query(struct program *program, int fd, struct sock *sock);

/* SIGKILL; it is reaped by whoever waits for children. */
void program_kill(const struct program *program);
void program_close(struct program *program); /* the lab's descriptors */

#endif
