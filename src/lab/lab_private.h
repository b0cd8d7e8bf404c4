/* lab_private: the lab's insides, shared by lab.c (journal, turns), hosts.c, frames.c
 * (the one path of frames), threads.c (calls), programs.c, variables.c and sockets.c
 * (dumps). Nobody else includes it. */
#ifndef SOCKETARIUM_LAB_LAB_PRIVATE_H
#define SOCKETARIUM_LAB_LAB_PRIVATE_H

#include "base/vec.h"
#include "demo/programs.h"
#include "kernel/sock_diag.h"
#include "kernel/tap.h"
#include "kernel/thread_state.h"
#include "lab/firewall.h"
#include "lab/lab.h"
#include "lab/mail.h"
#include "lab/program.h"
#include "lab/wire.h"
#include "model/sock_diff.h"

/* A variable, or a nameless descriptor, of a process. */
struct lab_var {
    char name[NAME_TEXT]; /* "" if the program gave it none */
    int fd;               /* -1: it holds a number */
    uint64_t cookie;
    bool open;
};

/* The owner last told for a socket. */
struct told_owner {
    uint64_t cookie;
    char owner[THREAD_TEXT + NAME_TEXT];
};

/* A process of a host: its program, or a child that was forked. */
struct process {
    char name[THREAD_TEXT]; /* "server", "server/child" */
    struct program program; /* pid -1: it has not started, or has ended */
    bool dying;             /* it was killed or exits, and its end was not seen yet */
    bool killed;            /* by the lesson */
    VEC(struct lab_var) vars;
};

struct thread {
    struct lab_thread shown;
    struct process *process;
    int box;
    struct mail_reader reader;
    struct thread_state state;
    uint64_t go_order; /* PENDING: who came first */
    /* The call under way. */
    char var[NAME_TEXT];
    char *args; /* (owned) */
    unsigned line;
    int fd; /* it is about, or -1 */
    uint64_t cookie;
    unsigned started;        /* threads and children that its demo program started */
    struct process *forking; /* the child that its fork() makes */
    const struct demo_program *demo; /* it runs, or NULL */
};

struct host {
    char name[NAME_TEXT];
    struct event_lab_host addresses;
    struct lab_host_options options;
    int netns; /* -1: it has crashed */
    int tap;
    bool plugged;
    struct sock_diag *diag;
    sock_known_list known;
    VEC(struct told_owner) owners;
    int64_t dumped_ns;
    VEC(struct process *) processes; /* (owned) each; the host's own is named like it */
    int output[2]; /* the pipe of what its programs print: reading end, writing end */
    struct buf partial; /* a printed line that is not complete */
    VEC(pid_t) runs;    /* process groups of `run` */
    /* A frame that was read and waits for its turn. */
    char *frame; /* (owned) TAP_FRAME_MAX bytes */
    size_t frame_len;
    int64_t frame_ns;
};

struct lab {
    lab_journal *journal;
    void *context;
    uint64_t seq;
    int64_t epoch_ns; /* CLOCK_MONOTONIC when the journal's time was 0 */
    int home;         /* the wire's network namespace */
    int epoll;
    int children; /* signalfd for SIGCHLD */
    struct host hosts[HOSTS_MAX];
    unsigned host_count;
    unsigned cable_count;         /* that were ever laid */
    VEC(int) old_taps;            /* of cables that are cut */
    VEC(struct thread *) threads; /* (owned) each */
    struct wire wire;
    firewall_rules firewall;
    sock_list dump; /* reused by each dump */
    bool pace_call;
    uint64_t go_count;
    bool happened;      /* since the turn began */
    unsigned quiet;     /* rounds in a row that brought nothing */
    int64_t busy_ns;    /* when something last happened */
    int64_t backoff_ns; /* how long to wait for a thread to fall asleep */
};

/* hosts.c */
struct host *host_find(struct lab *lab, const char *name);
/* Of a thread or process: "server" for "server/web". */
struct host *host_of_thread(struct lab *lab, const char *name);
void host_close(struct lab *lab, struct host *host);

/* lab.c */
void lab_happened(struct lab *lab, struct event *event); /* journals it, and clears it */
/* It has to settle again, and is given the time for that. */
void lab_unsettle(struct lab *lab);
void lab_watch(struct lab *lab, int fd);

/* sockets.c: what the kernel says of a host's sockets, as events. */
void sockets_dump(struct lab *lab, struct host *host);
/* When the host should be dumped again because a timer has run out, or -1. */
int64_t sockets_deadline(const struct host *host, int64_t now_ns);

/* frames.c */
/* True if there was one. While a program is being killed, frames wait. */
bool frames_take_one(struct lab *lab);
bool frames_deliver_due(struct lab *lab);
/* Puts a forged frame on the wire, which no host sent. */
void frames_inject(struct lab *lab, const void *frame, size_t len);

/* variables.c: what a process's variables hold. */
struct lab_var *var_find(struct process *process, const char *name);
/* Sets a variable to a descriptor and its cookie, or to a number (fd -1). */
void var_set(struct process *process, const char *name, int fd, uint64_t cookie);
struct lab_var *var_of_fd(struct process *process, int fd); /* an open one, or NULL */
void vars_closed(struct process *process, int fd);          /* fd -1: all of them */
/* The name that a line of a demo program's source gives to a call's result: "conn" for
 * `conn = accept(listener, ...)`; "" if none. */
void var_in_source(const char *source, unsigned line, const char *call,
                   char name[NAME_TEXT]);

/* programs.c */
struct process *process_find(struct host *host, const char *name);
struct process *process_add(struct host *host, const char *name);
/* The process of a thread: a forked child's, or the host's own, which is started if it
 * does not run. NULL with err. */
struct process *process_of_thread(struct lab *lab, struct host *host, const char *thread,
                                  struct err *err);
void runs_close(struct host *host);
void processes_close(struct host *host); /* SIGKILL to all, and forgets them */
/* A child of `parent` has this pid now: it has a copy of its variables. */
void process_forked(struct lab *lab, struct host *host, const struct process *parent,
                    struct process *child, pid_t pid);
int programs_open_output(struct lab *lab, struct host *host);
void programs_read_output(struct lab *lab);
void programs_reap(struct lab *lab);
/* A lesson has killed one, and its end was not seen yet. */
bool programs_being_killed(const struct lab *lab);

/* spawned.c: what a call starts: forked children, and threads of demo programs. */
/* A child's name must be free: -EEXIST with err if something of that name runs. */
int spawned_check(struct lab *lab, const struct thread *thread,
                  const struct lab_call *call, struct err *err);
/* Before the call is made: what is to be passed to whoever makes it (a descriptor, to be
 * closed after sending), or -1 if the call starts nothing. */
int spawned_prepare(struct lab *lab, struct thread *thread);
/* fork() has returned in the parent: pid, or an error. */
void spawned_forked(struct lab *lab, struct thread *thread, pid_t pid);

/* threads.c */
struct thread *thread_add(struct lab *lab, struct host *host, struct process *process,
                          const char *name, int box);
struct thread *thread_find(const struct lab *lab, const char *name);
/* The thread; it and its process are started if need be. NULL with err. */
struct thread *thread_start(struct lab *lab, const char *name, struct err *err);
/* The call that begins now, and its event. */
void thread_remember_call(struct thread *thread, const struct call_def *def,
                          const char *args, unsigned line, int fd);
void thread_tell_call(struct lab *lab, struct thread *thread, enum call_status status);

/* call_start.c */
/* Says that a demo program runs on the thread. */
void thread_tell_demo(struct lab *lab, const struct thread *thread);
bool threads_go(struct lab *lab); /* lets one pending call go; true if there was one */

/* threads.c */
void threads_read(struct lab *lab); /* all mailboxes */
bool threads_quiet(
    struct lab *lab); /* each waits or is blocked; tells who has blocked */
/* Closes the threads of a process, or of all processes of the host (NULL). */
void threads_close(struct lab *lab, struct host *host, const struct process *process);
/* Which of the threads is not quiet, in words. */
void threads_explain(struct lab *lab, struct buf *why);

#endif
