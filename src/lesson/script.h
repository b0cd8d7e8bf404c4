/* script: one lab line becomes one command; a lesson's lab lines become a script.
 *
 * The contract is doc/LESSON-FORMAT.md. Names (hosts, variables, calls) are checked
 * here, before anything runs, and all errors of a lesson are gathered. Pure; one thread
 * at a time.
 */
#ifndef SOCKETARIUM_LESSON_SCRIPT_H
#define SOCKETARIUM_LESSON_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "lab/calls.h"
#include "lab/firewall.h"
#include "lab/inject.h"
#include "lesson/markdown.h"
#include "model/event.h"
#include "model/match.h"
#include "model/page.h"

enum command_kind {
    COMMAND_HOST,
    COMMAND_SYSCTL,
    COMMAND_WIRE,
    COMMAND_WAIT,
    COMMAND_RESET,
    COMMAND_CALL,   /* THREAD: [VAR =] CALL(ARGS) [=> RESULT] */
    COMMAND_RESULT, /* THREAD: => RESULT [within DURATION] */
    COMMAND_DEMO,
    COMMAND_PACE,
    COMMAND_STEP,
    COMMAND_DELIVER,
    COMMAND_DROP,
    COMMAND_DUPLICATE,
    COMMAND_CORRUPT,
    COMMAND_REPLAY,
    COMMAND_UNPLUG,
    COMMAND_PLUG,
    COMMAND_KILL,
    COMMAND_FIREWALL,
    COMMAND_INJECT,
    COMMAND_CRASH,
    COMMAND_BOOT,
    COMMAND_DESTROY,
    COMMAND_RUN, /* its shell command is `value` */
    COMMAND_EXPECT,
    COMMAND_KIND_COUNT
};

enum result_kind {
    RESULT_NONE, /* no `=>` */
    RESULT_BLOCKS,
    RESULT_NUMBER,
    RESULT_ERRNO,
    RESULT_DATA,
    RESULT_DATA_FROM,
    RESULT_ENDPOINT,
};

struct result {
    enum result_kind kind;
    int64_t number;
    int error;  /* errno */
    char *data; /* (owned) */
    size_t data_len;
    struct endpoint_match endpoint;
};

struct call_line {
    char thread[THREAD_TEXT];
    char var[NAME_TEXT]; /* to set, or "" */
    const struct call_def *def;
    struct call_request request; /* all but fd */
    char descriptor[NAME_TEXT];  /* the variable for ARG_DESCRIPTOR, or "" */
    char *data;                  /* (owned) request.data_len bytes */
    char *args;                  /* (owned) the arguments as written, printable */
};

enum expect_kind {
    EXPECT_VAR,    /* HOST.VAR STATE FIELDS */
    EXPECT_SOCKET, /* HOST LOCAL REMOTE STATE FIELDS */
    EXPECT_NO,     /* no HOST LOCAL REMOTE [STATE] */
    EXPECT_COUNT,  /* count HOST STATE = N */
    EXPECT_WIRE,   /* wire MATCH [copies>=N] [count=N] */
    EXPECT_WIRE_EMPTY,
    EXPECT_BLOCKED, /* THREAD blocked CALL */
    EXPECT_IDLE,    /* THREAD idle */
};

enum compare { COMPARE_EQUAL, COMPARE_AT_LEAST, COMPARE_AT_MOST };

/* What STATE may be: a state of TCP, or one of these words. */
enum expect_state_kind {
    EXPECT_STATE_ANY, /* none given */
    EXPECT_STATE_TCP,
    EXPECT_STATE_BOUND,
    EXPECT_STATE_UNCONNECTED,
    EXPECT_STATE_CONNECTED,
};

enum expect_field {
    FIELD_RECVQ,
    FIELD_SENDQ,
    FIELD_RETRANS,
    FIELD_BACKLOG,
    FIELD_CWND,
    FIELD_SSTHRESH,
    FIELD_RTO, /* ms */
    FIELD_TIMER,
    FIELD_COUNT
};

struct expect_condition {
    enum expect_field field;
    enum compare compare;
    int64_t value;
    enum sock_timer timer; /* FIELD_TIMER */
};

struct expectation {
    enum expect_kind kind;
    int64_t within_ns; /* 0: the default, 2 s */
    char host[NAME_TEXT];
    char process[THREAD_TEXT]; /* EXPECT_VAR: "host" or "host/child" */
    char var[NAME_TEXT];
    char thread[THREAD_TEXT]; /* EXPECT_BLOCKED, EXPECT_IDLE */
    char call[NAME_TEXT];     /* EXPECT_BLOCKED */
    enum sock_proto proto;    /* PROTO_NONE: either */
    struct endpoint_match local, remote;
    enum expect_state_kind state_kind;
    enum tcp_state state;
    VEC(struct expect_condition) conditions;
    struct match match;
    enum compare compare; /* EXPECT_COUNT, and EXPECT_WIRE's count */
    int64_t count;        /* -1: not said */
    enum compare copies_compare;
    int64_t copies; /* -1: not said */
};

struct command {
    enum command_kind kind;
    unsigned line, column;
    unsigned page, block; /* page from 0, block within it */
    unsigned step;        /* of its page, from 1; 0 in setup, task and solution blocks */
    bool joins;           /* began with "+ " */
    char *text;           /* (owned) the line as written, printable, without "+ " */
    char host[NAME_TEXT]; /* HOST, SYSCTL, UNPLUG, PLUG, KILL, CRASH, BOOT, RUN */
    /* HOST */
    struct event_lab_host addresses;
    unsigned prefixes[HOST_ADDRESSES_MAX];
    int64_t rto_ns; /* default 5 s */
    bool ack_delayed;
    /* SYSCTL */
    char *key, *value; /* (owned) */
    /* WIRE, and its delay; WAIT; RESULT's within (0: 5 s) */
    enum wire_mode wire;
    int64_t duration_ns;
    /* CALL, and the thread of RESULT, DEMO, STEP */
    struct call_line call;
    struct result result;
    /* DEMO: the program's name is args[0] */
    char *demo_args[4]; /* (owned) NULL-terminated */
    /* PACE: call or run. STEP: how often */
    bool pace_call;
    unsigned times;
    /* DELIVER ... REPLAY; deliver all */
    struct match match;
    bool all;
    char process[THREAD_TEXT]; /* KILL, DESTROY: "host" or "host/child" */
    char var[NAME_TEXT];       /* DESTROY */
    /* FIREWALL: a rule, or clear */
    struct firewall_rule rule;
    bool clear;
    struct injection inject;          /* INJECT */
    struct event_lab_host *lab_hosts; /* RESET: (owned) those of the new lab, ordered */
    unsigned lab_host_count;
    struct expectation expect;
};

typedef VEC(struct command) command_list;

struct script {
    command_list commands; /* all, page by page; of a page its setup blocks first */
    unsigned *steps;       /* (owned) for each page, how many steps it has */
    struct event_lab_host hosts[HOSTS_MAX]; /* in the order of lifelines: see below */
    unsigned host_count;
    bool runs_programs; /* it has `run` lines: the reader is asked first */
};

/* What a line may refer to: filled as lines are read, in order. A typed line is read
 * with the names of the lesson so far. */
struct script_names;
struct script_names *script_names_new(void);
void script_names_free(struct script_names *names);
/* Takes in what a command that was read defines: its host, variable, thread; a reset. */
void script_names_learn(struct script_names *names, const struct command *command);

/* Reads one line (len bytes, not NUL-terminated) that starts at line:column of the file.
 * Adds errors, and returns false if there were any, or if the line is blank or a
 * comment. names learns what the line defines. */
bool script_line(const char *text, size_t len, unsigned line, unsigned column,
                 struct script_names *names, struct command *out,
                 lesson_error_list *errors);
void command_clear(struct command *command);

/* All lab lines of a lesson. Steps are numbered as LESSON-FORMAT says: one acting line
 * (a call, demo, step, wait, a packet action, what breaks) with the results and
 * expectations that follow; host, sysctl, wire, pace and reset lines, and expectations
 * before the first acting line, go with the step after them, or, at the end of a block,
 * with the step before (a block without any acting line is one step); `+ ` joins the
 * step before. Also checks that a task holds only expect lines and a solution follows a
 * task. hosts: those of the first
 * lab in the order in which they were named, but those that call others before they
 * wait for them come first: clients stand on the left. */
void script_compile(const struct lesson *lesson, struct script *script,
                    lesson_error_list *errors);
void script_free(struct script *script);

#endif
