/* world: what is, after event k. A fold over the journal; every view and every
 * expectation reads it. Pure; one thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_WORLD_H
#define SOCKETARIUM_MODEL_WORLD_H

#include "base/vec.h"
#include "model/event.h"
#include "model/packet.h"
#include "model/page.h"

struct world_host {
    char name[NAME_TEXT];
    struct address addresses[HOST_ADDRESSES_MAX];
    unsigned address_count;
    bool up; /* it was made, and has not crashed since */
    bool plugged;
    bool running; /* its program runs */
};

/* What a socket's queues held from a moment on. */
struct world_queues {
    int64_t t_ns;
    uint32_t recvq, sendq;
};
#define WORLD_QUEUES_MOST 256 /* of one socket; then the oldest go */

struct world_sock {
    unsigned host; /* index into hosts */
    struct sock sock;
    enum tcp_state from;    /* the state before the last change of state */
    int64_t deadline_ns;    /* -1: no timer */
    char *owner;            /* (owned) */
    uint64_t born, changed; /* seq of the event; new tcp_info alone is no change */
    bool gone;              /* stays until the next step begins */
    VEC(struct world_queues) queues; /* each change, oldest first */
};

/* The mark of a row: since the last step began. */
enum world_mark { MARK_NONE, MARK_NEW, MARK_CHANGED, MARK_GONE };

enum world_packet_status {
    ON_WIRE_HELD,
    ON_WIRE_CROSSING,
    ON_WIRE_BACKGROUND,
    ON_WIRE_DELIVERED,
    ON_WIRE_DROPPED,
};

struct world_packet {
    uint32_t id;
    char from[NAME_TEXT], to[NAME_TEXT];
    enum world_packet_status status;
    enum packet_action
        origin; /* SENT (also when held), DUPLICATED, REPLAYED, INJECTED */
    struct packet decoded;
    char *label;          /* (owned) "SYN", "DATA 5 bytes": what stands on the arrow */
    char *summary;        /* (owned) */
    char *why;            /* (owned) of a dropped one, or NULL */
    uint32_t of;          /* it is a copy of that id */
    uint32_t joined;      /* it went into that id's copies and is not drawn, or 0 */
    uint32_t copies;      /* at least 1 */
    int64_t seqno, ackno; /* relative to the connection's first ones; -1: none */
    bool corrupted;
    bool resend; /* the same segment was on the wire before */
    int64_t sent_ns, ended_ns;
    char *frame; /* (owned) */
    uint32_t frame_len;
};

struct world_thread {
    char name[THREAD_TEXT]; /* "server", "server/web" */
    unsigned host;
    bool alive;
    bool process;            /* it began as a forked child: a process of its own */
    bool called;             /* it has made a call: the rest is its last one */
    enum call_status status; /* RETURNED is idle */
    char *call, *args, *result, *error, *data; /* (owned) or NULL */
    char var[NAME_TEXT];
    unsigned line;
    int64_t since_ns; /* when it got this status */
    char *demo;       /* (owned) the demo program it runs, or NULL */
    char *source;     /* (owned) the text of that, or the lesson's lines it ran so far */
    unsigned source_line; /* the current line within source, from 1; 0 if none */
};

struct world_var {
    char process[THREAD_TEXT]; /* "host", or "host/child" */
    char name[NAME_TEXT];
    uint64_t cookie; /* of its socket, 0 if it holds a number */
    bool open;       /* the descriptor is open */
};

/* What the ladder draws, from top to bottom. */
enum world_row_kind {
    ROW_CALL,    /* thread, text: `connect(c, 1.2.3.4:80)` */
    ROW_RETURN,  /* thread, text: `connect = 0`; only of calls that had blocked or failed
                  */
    ROW_PACKET,  /* packet: index into packets; drawn as it is now */
    ROW_ARRIVAL, /* packet, delivered after one that was sent later */
    ROW_STATE,   /* sock: host, from, state, cookie; text: which of several, or NULL */
    ROW_HOST,    /* host, text: "crashed", "unplugged" */
    ROW_OUTPUT,  /* host, text: what its program printed */
};

struct world_row {
    enum world_row_kind kind;
    uint64_t seq;
    int64_t t_ns;
    unsigned host;   /* index */
    size_t packet;   /* ROW_PACKET, ROW_ARRIVAL: index into packets */
    uint64_t cookie; /* ROW_STATE; ROW_CALL: of the socket it was about or made, or 0 */
    enum tcp_state from, state;
    bool failed; /* ROW_RETURN: with an errno */
    char *text;  /* (owned) or NULL */
    /* ROW_RETURN, and ROW_CALL when it returned at once: what the call gave, where only
     * its result tells. (owned) or NULL */
    char *result;        /* "12", "192.168.0.110:41900" */
    char *data, *sender; /* what it received, and from whom */
    char thread[THREAD_TEXT];
};

struct world_question {
    unsigned page, block;
    enum question_status status; /* never AGAIN: then it is OPEN, and has been tried */
    unsigned answers;
    unsigned tried; /* what was chosen before, and wrong */
    bool right;
};

struct world_task {
    unsigned page, block;
    enum task_status status;
    unsigned holds; /* model/event.h */
};

/* A line of the lesson's, or one that was typed, that has run; and what came of it. */
struct world_log_line {
    char *text;   /* (owned) */
    char *result; /* (owned) "0", "blocks", "ECONNREFUSED"; NULL: nothing to tell yet */
    bool typed, blocked, returned, failed;
    char thread[THREAD_TEXT]; /* whose call it is, or "" */
};
typedef VEC(struct world_log_line) world_log;

/* Where the lesson stands. */
struct world_lesson {
    unsigned page, pages, shown; /* page 0: none open yet */
    bool page_finished;
    unsigned step, steps;
    bool running; /* a step has started and is not done */
    enum step_status status;
    unsigned line; /* of the last step event */
    char *text;    /* (owned) of the last step event: the line, or why it failed */
    char *waiting; /* (owned) what an expectation waits for, or NULL */
    bool failed;
    bool left_path; /* a typed line has run where no task asked for one */
    VEC(struct world_question) questions;
    VEC(struct world_task) tasks;
    unsigned passed, failures, skipped; /* expectations so far */
};

/* Where the journal comes from: its lab line. (owned) each, or NULL. */
struct world_source {
    char *program, *kernel, *time;
    char *lesson, *text; /* the lesson's name, and its whole text */
};

struct world {
    uint64_t seq; /* of the last event */
    int64_t t_ns;
    uint64_t step_seq; /* of the last step's beginning: marks count from here */
    struct world_host hosts[HOSTS_MAX]; /* in the order of the lifelines */
    unsigned host_count;
    VEC(struct world_sock) socks;
    VEC(struct world_packet) packets; /* oldest first, all that ever were */
    VEC(struct world_thread) threads;
    VEC(struct world_var) vars;
    VEC(struct world_row) rows;
    enum wire_mode wire;
    int64_t wire_delay_ns;
    struct world_lesson lesson;
    struct world_source source;
    world_log log; /* since the lesson began, over every reset */
    uint32_t lost; /* frames */
};

void world_init(struct world *world);
void world_free(struct world *world);

/* Takes the next event in. A journal that names what does not exist (an unknown host, a
 * ninth one) gives -EINVAL and err; the world is then as after the event before. */
int world_apply(struct world *world, const struct event *event, struct err *err);

/* Index of the host, or -1. */
int world_host_find(const struct world *world, const char *name);
struct world_sock *world_sock_find(const struct world *world, unsigned host,
                                   uint64_t cookie);
struct world_thread *world_thread_find(const struct world *world, const char *name);
const struct world_packet *world_packet_find(const struct world *world, uint32_t id);
/* The variable of a process ("host" or "host/child"), or NULL. */
const struct world_var *world_var_find(const struct world *world, const char *process,
                                       const char *name);
const struct world_question *world_question_find(const struct world *world,
                                                 unsigned page, unsigned block);
/* The answer to an open question as an event, judged: where no runner does it, in a
 * recording. block is the question's. */
struct event world_judge_answer(const struct world *world,
                                const struct world_question *question,
                                const struct block *block, unsigned answers);
const struct world_task *world_task_find(const struct world *world, unsigned page,
                                         unsigned block);

enum world_mark world_sock_mark(const struct world *world,
                                const struct world_sock *sock);

/* The NOW column, in words: "0 waiting, room for 6", "sends again in 0.4 s". now_ns is
 * in the journal's time. With `brief`, for a narrow column: "0 waiting, room 6". */
void world_sock_now(const struct world *world, const struct world_sock *sock,
                    int64_t now_ns, bool brief, struct buf *out);

/* How many packets are held now. */
size_t world_held_count(const struct world *world);

#endif
