/* lab: the sealed network: hosts, the wire between them, their programs, and when all of
 * it has settled.
 *
 * Runs in the process that netns_spawn_sealed made, in its one thread. Nothing in it
 * waits: lab_turn does what is ready and says when it wants to be called again. All that
 * happens is told as events, in order, to the one journal.
 *
 * Hosts and threads are named as in the lesson language; unknown ones are -ENOENT.
 */
#ifndef SOCKETARIUM_LAB_LAB_H
#define SOCKETARIUM_LAB_LAB_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "lab/calls.h"
#include "lab/firewall.h"
#include "lab/inject.h"
#include "model/event.h"
#include "model/match.h"

struct lab;

/* Forks the sealed process, in which a lab can be opened, and runs body there; its value
 * is the exit status. Returns its pid, or a negative errno with err: the cause and the
 * least fix. The caller has one thread only. (kernel/netns.h, netns_spawn_sealed) */
pid_t lab_spawn(int (*body)(void *context), void *context, struct err *err);

/* Takes each event; seq and t_ns are filled. It may take what the event owns (and then
 * zero it): the lab clears it afterwards. */
typedef void lab_journal(void *context, struct event *event);

/* Without hosts; the wire flows. NULL with err. */
struct lab *lab_open(lab_journal *journal, void *context, struct err *err);
void lab_close(struct lab *lab);
/* Kills all programs and forgets all hosts, packets and variables. hosts: those that
 * will come, in the order of their lifelines, for the journal. */
void lab_reset(struct lab *lab, const struct event_lab_host *hosts, unsigned count);

/* Adds an event of someone else's (lesson, page, expectation) to the journal, and clears
 * it. A lab event with a text starts seq and time anew. */
void lab_tell(struct lab *lab, struct event *event);
int64_t lab_time(const struct lab *lab); /* the journal's time now */

struct lab_host_options {
    unsigned prefixes[HOST_ADDRESSES_MAX];
    int64_t rto_ns;   /* smallest retransmission time of data */
    bool ack_delayed; /* the kernel's own delayed ACKs */
};
int lab_host_add(struct lab *lab, const char *name,
                 const struct event_lab_host *addresses,
                 const struct lab_host_options *options, struct err *err);
int lab_sysctl(struct lab *lab, const char *host, const char *key, const char *value,
               struct err *err);

void lab_wire(struct lab *lab, enum wire_mode mode, int64_t delay_ns);
/* PACKET_DELIVERED, DROPPED, DUPLICATED, CORRUPTED: a held packet; REPLAYED: an earlier
 * one. 1 when done, 0 when none matches, a negative errno with err. */
int lab_packet(struct lab *lab, enum packet_action action, const struct match *match,
               struct err *err);
bool lab_wire_holds(const struct lab *lab); /* something is held */
int lab_plug(struct lab *lab, const char *host, bool plugged);
/* Adds a rule; NULL takes all of them away. */
void lab_firewall(struct lab *lab, const struct firewall_rule *rule);
/* Puts forged segments on the wire. 0 or a negative errno with err. */
int lab_inject(struct lab *lab, const struct injection *injection, struct err *err);

/* Power loss: nothing more is sent, what was sent stays on the wire. -EALREADY when it
 * has crashed before. */
int lab_crash(struct lab *lab, const char *host);
/* It comes back with the same addresses and settings, and no memory. -EALREADY when it
 * runs. */
int lab_boot(struct lab *lab, const char *host, struct err *err);
/* SOCK_DESTROY for the socket that a variable names. */
int lab_destroy(struct lab *lab, const char *process, const char *var, struct err *err);

/* What a thread does. */
enum thread_status {
    THREAD_STARTING,
    THREAD_IDLE,    /* waits for a command */
    THREAD_RUNNING, /* makes a call, or a demo program runs between calls */
    THREAD_BLOCKED, /* sleeps in its call */
    THREAD_PENDING, /* a demo program waits before a call */
};

struct lab_thread {
    char name[THREAD_TEXT];
    unsigned host;
    enum thread_status status;
    bool demo;                  /* a demo program runs on it */
    const struct call_def *def; /* of the last call, or NULL */
    bool returned;              /* that call has returned: reply and data say what */
    struct call_reply reply;
    struct buf data;
};

/* The thread, or NULL when it was not started or has ended. Valid until the next turn.
 */
const struct lab_thread *lab_thread(const struct lab *lab, const char *name);

/* A variable of the process to which that thread belongs is not set yet, but may still
 * be. False also where no call can be made: lab_call says why. */
bool lab_var_awaited(const struct lab *lab, const char *thread, const char *name);

struct lab_call {
    const char *thread;
    const char *var;        /* to set, or "" */
    const char *descriptor; /* the variable that ARG_DESCRIPTOR names, or "" */
    const char *args;       /* as written, printable */
    const char *data;       /* request->data_len bytes */
    const struct call_request *request;
};
/* Starts the thread (and the host's program) if need be, and the call. -EBUSY when the
 * thread is not idle, -EBADF when descriptor is not set, -EEXIST when the name of a
 * child is in use. */
int lab_call(struct lab *lab, const struct lab_call *call, struct err *err);

/* argv[0] is the demo program's name; NULL-terminated. */
int lab_demo(struct lab *lab, const char *thread, char *const argv[], struct err *err);
/* Demo programs wait before each call for lab_step (or run). */
void lab_pace(struct lab *lab, bool each_call);
/* Lets the pending call of a demo program be made. -EAGAIN when none is pending. */
int lab_step(struct lab *lab, const char *thread);

/* SIGKILL to a process: "host", or "host/child". -ESRCH when it does not run. */
int lab_kill(struct lab *lab, const char *process);

/* Starts a shell command of the user's inside a host, without any privilege. It is no
 * actor: its packets are seen, its calls are not. */
int lab_run(struct lab *lab, const char *host, const char *command, struct err *err);

/* Does what is ready. Returns when to be called again if nothing becomes readable before
 * (the journal's time; -1: never; in the past: at once). */
int64_t lab_turn(struct lab *lab);
/* Becomes readable when a turn is due. */
int lab_fd(const struct lab *lab);

/* Nothing is under way: no frame is readable or crossing, each thread waits or is
 * blocked, and two rounds of dumps brought nothing new. */
bool lab_settled(const struct lab *lab);
/* Nothing has happened for 2 s and it has not settled: says in words why not. */
bool lab_stuck(const struct lab *lab, struct buf *why);

#endif
