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

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "model/sock.h"

struct program {
    pid_t pid;   /* -1: none */
    int control; /* mailbox of the process */
    int end;     /* of a forked child: readable when it has ended; or -1 */
};

#define PROGRAM_NONE ((struct program){.pid = -1, .control = -1, .end = -1})

/* Forks the program of a host; what it prints goes to `output`. 0, or a negative errno
 * with err. */
int program_start(struct program *program, int netns, int output, struct err *err);

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

/* Of a forked child, for which the lab cannot wait: opens `end`. */
void program_watch_end(struct program *program);
/* It has closed its sockets, and is gone. */
bool program_has_ended(const struct program *program);

/* ---- The program's side; called by actors (lab/actor.c) only. ---- */

/* What a new program's process does: enters the namespace, gives up privilege, serves.
 */
void program_main(int netns, int control, int output) __attribute__((noreturn));

/* The same for a shell command of the user's. */
void program_exec(int netns, int output, const char *command) __attribute__((noreturn));

/* Mailboxes live at high descriptors, so that a program's own sockets begin with 3, as
 * anywhere. Moves one there; returns the new descriptor. */
int program_keep(int box);

/* In a child right after fork(): forgets all mailboxes of the parent but control, and
 * answers for this process from now on. Never returns. */
void program_serve_child(int control) __attribute__((noreturn));

/* As program_serve_child, but on a new thread; returns the mailbox of the calling
 * thread, which the lab gives it. A negative errno if that fails. */
int program_adopt_child(int control);

#endif
