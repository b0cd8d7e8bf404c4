/* event: one thing that happened. The journal is a list of these; the world is their
 * fold; every screen, text and check reads nothing else.
 *
 * Strings marked (owned) are freed by event_clear; NULL means the field is absent.
 * One thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_EVENT_H
#define SOCKETARIUM_MODEL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/sock.h"

#define HOSTS_MAX 8          /* in one lab */
#define HOST_ADDRESSES_MAX 8 /* of one host */
#define NAME_TEXT 16         /* a NAME of the lesson language, with its NUL */
#define THREAD_TEXT 64       /* "host/name.1.2" */

enum event_kind {
    EVENT_LAB,      /* the first line: makes a journal whole by itself */
    EVENT_HOST,     /* a host or its program changed */
    EVENT_CALL,     /* a thread's system call */
    EVENT_PACKET,   /* something happened to a packet */
    EVENT_SOCKET,   /* the kernel says something new of a socket */
    EVENT_WIRE,     /* how packets cross from now on */
    EVENT_STEP,     /* the lesson runs */
    EVENT_PAGE,     /* the page shown, and how far it is unfolded */
    EVENT_EXPECT,   /* an expectation was judged */
    EVENT_QUESTION, /* asked, answered, shown */
    EVENT_TASK,     /* set, done, its solution shown */
    EVENT_OUTPUT,   /* what a program printed */
    EVENT_LOST,     /* frames that the tap lost: the journal has a hole */
    EVENT_KIND_COUNT
};

struct event_lab_host {
    char name[NAME_TEXT];
    struct address addresses[HOST_ADDRESSES_MAX];
    unsigned address_count;
};

/* A journal may hold several lessons one after another, each begun by a lab line with
 * its text. A lab line without text is a `reset`: all hosts, packets and sockets are
 * gone, packets are numbered anew, and the lesson goes on. */
struct event_lab {
    int format;                    /* 1 */
    char *program, *kernel, *time; /* (owned) */
    char *lesson; /* (owned) the file's name without directory and .md */
    char *text; /* (owned) the lesson's whole text; NULL: a new lab of the same lesson */
    /* The hosts that the lesson names, in the order of their lifelines. */
    struct event_lab_host hosts[HOSTS_MAX];
    unsigned host_count;
};

enum host_change {
    HOST_ADDED,   /* addresses are set */
    HOST_STARTED, /* its program runs */
    HOST_EXITED,  /* its program ended; `text` says how: "exit 0", "SIGKILL" */
    HOST_DEMO,    /* a thread began a demo program: thread, demo, source */
    HOST_ENDED,   /* that demo program's function returned: thread, text (its value) */
    HOST_FORKED,  /* a child process: thread is its name */
    HOST_CRASHED,
    HOST_BOOTED,
    HOST_UNPLUGGED,
    HOST_PLUGGED,
    HOST_CHANGE_COUNT
};

struct event_host {
    char host[NAME_TEXT];
    enum host_change change;
    struct event_lab_host addresses; /* HOST_ADDED; its name is not used */
    char thread[THREAD_TEXT];
    char *demo;   /* (owned) "tcp-echo-server" */
    char *source; /* (owned) its C text */
    char *text;   /* (owned) */
};

enum call_status {
    CALL_PENDING, /* a paced demo program waits for `step` before this call */
    CALL_STARTED,
    CALL_BLOCKED, /* the kernel says that the thread sleeps in it */
    CALL_RETURNED,
    CALL_STATUS_COUNT
};

struct event_call {
    char thread[THREAD_TEXT];
    char *call; /* (owned) "connect" */
    char *args; /* (owned) "c, 192.168.0.101:6666" */
    enum call_status status;
    unsigned line;       /* in the lesson, or in the demo program's source */
    char var[NAME_TEXT]; /* set by this call at its return, or "" */
    char *result;    /* (owned) when returned: "0", "5", "192.168.0.110:41900", "-1" */
    char *error;     /* (owned) errno's name when it failed, else NULL */
    char *data;      /* (owned) printable, what was received */
    char *from;      /* (owned) recvfrom: the sender's address and port */
    uint64_t socket; /* cookie of the socket it was about (or made), 0 if none */
};

enum packet_action {
    PACKET_SENT,       /* entered the wire and crosses (flow, slow) */
    PACKET_HELD,       /* entered the wire and waits; with `joins`, as one more copy */
    PACKET_BACKGROUND, /* a resend of `of`, whose answer is held */
    PACKET_DELIVERED,
    PACKET_DROPPED, /* `why`: "lesson", "nobody", "answered", "unplugged", "firewall" */
    PACKET_DUPLICATED, /* a new packet, made from `of` */
    PACKET_CORRUPTED,
    PACKET_REPLAYED, /* a new packet, made from `of` */
    PACKET_INJECTED,
    PACKET_ACTION_COUNT
};

/* The first event of a packet (any with `frame`) carries everything; later ones the id,
 * what happened, and enough to be read. */
struct event_packet {
    uint32_t id; /* from 1, in order of entry */
    enum packet_action action;
    char from[NAME_TEXT], to[NAME_TEXT]; /* owners of the addresses, or "nobody" */
    char *proto;                         /* (owned) "tcp", "udp", "icmp" */
    char *flags;                         /* (owned) packet_label's word: "SYN+ACK" */
    char *summary;        /* (owned) numbers relative to the connection's first */
    int64_t seqno, ackno; /* relative; -1 where there is none */
    int64_t seq_absolute, ack_absolute; /* as on the wire; -1 where there is none */
    uint32_t len;                       /* payload bytes */
    uint32_t of;                        /* the packet that this one is a copy of, or 0 */
    uint32_t joins;      /* the held packet whose copies this one joins, or 0 */
    uint32_t copies;     /* that packet's copies so far, with the first; 0 if not said */
    char *why;           /* (owned) */
    int64_t received_ns; /* the kernel's receive time (CLOCK_REALTIME), 0 if none */
    char *frame;         /* (owned) the bytes, frame_len of them, or NULL */
    uint32_t frame_len;
};

enum socket_change {
    SOCKET_APPEARED,
    SOCKET_STATE,
    SOCKET_QUEUES,
    SOCKET_TIMER,
    SOCKET_RETRANS,
    SOCKET_INFO,
    SOCKET_VANISHED,
    SOCKET_CHANGE_COUNT
};

struct event_socket {
    char host[NAME_TEXT];
    enum socket_change change;
    enum tcp_state from; /* the state before; for a new half-open one LISTEN */
    struct sock sock;    /* as it is now; for VANISHED as it last was, state CLOSED */
    int64_t
        deadline_ns; /* when its timer runs out, in the journal's time; -1: no timer */
    char *owner;     /* (owned) "client c", "server s", "not accepted yet", "kernel" */
};

enum wire_mode { WIRE_FLOW, WIRE_HOLD, WIRE_SLOW, WIRE_MODE_COUNT };

struct event_wire {
    enum wire_mode mode;
    int64_t delay_ns; /* WIRE_SLOW */
    char *firewall; /* (owned) a rule that is new: "drop tcp to server:80"; or "clear" */
};

enum step_status {
    STEP_STARTED,
    STEP_LINE,    /* one line of it starts */
    STEP_WAITING, /* for what `text` says, longer than check would */
    STEP_DONE,
    STEP_FAILED,  /* `text` says why */
    STEP_REFUSED, /* a typed line that could not run; `text` says why */
    STEP_STATUS_COUNT
};

struct event_step {
    unsigned page, block; /* page from 1; block within the page from 0 */
    unsigned step, steps; /* from 1, of how many on this page */
    enum step_status status;
    unsigned line;
    char *text; /* (owned) */
};

struct event_page {
    unsigned page, pages; /* from 1 */
    unsigned shown;       /* blocks of the page that are unfolded */
    bool finished;        /* nothing is left to do on this page */
    char *title;          /* (owned) */
};

enum expect_status {
    EXPECT_PASSED,
    EXPECT_FAILED,
    EXPECT_SKIPPED, /* this kernel does not report it */
    EXPECT_WAITING, /* not true yet; only where nobody limits the wait */
    EXPECT_STATUS_COUNT
};

struct event_expect {
    enum expect_status status;
    unsigned line;
    char *text;  /* (owned) the line */
    char *found; /* (owned) what was found instead, or what it waits for */
};

enum question_status {
    QUESTION_OPEN,
    QUESTION_AGAIN, /* a wrong first answer: it stays open for a second try */
    QUESTION_ANSWERED,
    QUESTION_SHOWN,
    QUESTION_STATUS_COUNT
};

struct event_question {
    unsigned page, block;
    enum question_status status;
    unsigned answers; /* what was chosen: bit 0 is answer 1 */
    bool right;
};

enum task_status {
    TASK_OPEN,
    TASK_DONE,
    TASK_SHOWN, /* its solution */
    TASK_RUN,   /* the solution has run, and not all that is asked for holds yet */
    TASK_STATUS_COUNT
};

#define TASK_LINES_MAX 32 /* of a task's lines, those of which `holds` tells */

struct event_task {
    unsigned page, block;
    enum task_status status;
    unsigned holds; /* which of its lines hold now: bit 0 is the first */
};

struct event_output {
    char host[NAME_TEXT];
    char *text; /* (owned) printable, one line without its newline */
};

struct event_lost {
    char host[NAME_TEXT];
    uint32_t count; /* frames */
};

struct event {
    uint64_t seq; /* 0 for a lesson's lab line, then from 1 without gaps */
    int64_t t_ns; /* since that lab line */
    enum event_kind kind;
    union {
        struct event_lab lab;
        struct event_host host;
        struct event_call call;
        struct event_packet packet;
        struct event_socket socket;
        struct event_wire wire;
        struct event_step step;
        struct event_page page;
        struct event_expect expect;
        struct event_question question;
        struct event_task task;
        struct event_output output;
        struct event_lost lost;
    };
};

/* Frees what the event owns; the event is then all zero. */
void event_clear(struct event *event);

/* Appends the event as one line of JSON, with its newline. */
void event_write(const struct event *event, struct buf *out);

/* Reads one line (without its newline) into event, which the caller clears. Every field
 * is checked: kinds, names, ranges, sizes. 0, or -EINVAL with err: "column N: what". */
int event_read(const char *line, size_t len, struct event *event, struct err *err);

/* The words of the JSON fields, for messages and plain text. */
const char *event_kind_name(enum event_kind kind);
const char *packet_action_name(enum packet_action action);
const char *call_status_name(enum call_status status);

#endif
