/* calls: the table of the system calls that a lesson can make, and how each is made.
 *
 * The lesson parser reads the table to know names and arguments; the lab resolves
 * variables to descriptors; an actor in a program's process makes the call (call_make).
 * See doc/LESSON-FORMAT.md, "Calls".
 */
#ifndef SOCKETARIUM_LAB_CALLS_H
#define SOCKETARIUM_LAB_CALLS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/named.h"
#include "model/endpoint.h"
#include "model/event.h"

enum call_id {
    CALL_SOCKET,
    CALL_BIND,
    CALL_LISTEN,
    CALL_ACCEPT,
    CALL_CONNECT,
    CALL_SEND,
    CALL_RECV,
    CALL_SENDTO,
    CALL_RECVFROM,
    CALL_SHUTDOWN,
    CALL_CLOSE,
    CALL_SETSOCKOPT,
    CALL_GETSOCKOPT,
    CALL_GETSOCKNAME,
    CALL_GETPEERNAME,
    CALL_FORK,
    CALL_RETURN, /* the thread ends */
    CALL_EXIT,   /* the process ends */
    CALL_SELECT, /* this and the next are made by demo programs only */
    CALL_PTHREAD_CREATE,
    CALL_COUNT
};

enum call_arg {
    ARG_NONE,
    ARG_DESCRIPTOR, /* a variable */
    ARG_FAMILY,     /* AF_INET, AF_INET6 */
    ARG_TYPE,       /* SOCK_STREAM, ... | SOCK_NONBLOCK */
    ARG_NUMBER,     /* a decimal number, possibly negative */
    ARG_ENDPOINT,   /* 1.2.3.4:80, [fd00::1]:80, *:80 */
    ARG_DATA,       /* "text" or "text" * times */
    ARG_SIZE,       /* a number of bytes, at most 16 MiB */
    ARG_HOW,        /* SHUT_RD, SHUT_WR, SHUT_RDWR */
    ARG_OPTION,     /* SO_REUSEADDR, ... */
    ARG_VALUE,      /* of that option: a number, or "on,seconds" for SO_LINGER */
};

#define CALL_ARGS_MAX 3
#define CALL_DATA_MAX (16u << 20) /* bytes of one send, one recv */

/* What a call gives, for `=> RESULT` and for the journal. */
enum call_gives {
    GIVES_NUMBER,
    GIVES_DATA,      /* recv: a number or "data" */
    GIVES_DATA_FROM, /* recvfrom: and its sender */
    GIVES_ENDPOINT,  /* accept, getsockname, getpeername */
    GIVES_OPTION,    /* getsockopt: a number; SO_ERROR: 0 or an errno name */
    GIVES_NOTHING,   /* return, exit: they do not come back */
};

struct call_def {
    const char *name;
    const char *help;    /* what it does, in a few words; NULL if demo_only */
    const char *example; /* as a lesson has it; NULL if demo_only */
    enum call_arg args[CALL_ARGS_MAX];
    enum call_gives gives;
    bool sets_var;    /* VAR = is allowed: socket, accept, recv, send, fork */
    bool var_is_sock; /* and VAR is a descriptor: socket, accept */
    bool may_block;
    bool demo_only;  /* no lesson line can make it */
    long numbers[3]; /* the system calls in which it may sleep; 0 ends the list early */
    unsigned number_count;
};

extern const struct call_def call_defs[CALL_COUNT];

/* The call with this name, or NULL. */
const struct call_def *call_find(const char *name);
static inline enum call_id call_id_of(const struct call_def *def)
{
    return (enum call_id)(def - call_defs);
}

/* Words of the arguments' constants. */
extern const struct named call_families[], call_types[], call_hows[];
/* 0 and the value in *out, or -EINVAL. */
int call_family_parse(const char *word, int *out);
int call_type_parse(const char *word,
                    int *out); /* one word of "SOCK_STREAM | SOCK_NONBLOCK" */
int call_how_parse(const char *word, int *out);

struct call_option {
    const char *name;
    int level, option;
    bool linger;       /* its value is a struct linger */
    bool read_only;    /* SO_ERROR */
    const char *help;  /* what it is for, in a few words */
    const char *value; /* what its value is: "a number of bytes, like 4096" */
};
/* NULL if there is none of that name. */
const struct call_option *call_option_find(const char *name);
extern const struct call_option call_options[];
extern const unsigned call_option_count;

/* One call as it goes to an actor. `data` follows it in the message. */
struct call_request {
    enum call_id id;
    unsigned line;    /* of the lesson */
    int fd;           /* ARG_DESCRIPTOR, resolved */
    int family, type; /* socket */
    long number; /* listen's backlog, socket's protocol, recv's size, shutdown's how */
    struct endpoint endpoint;
    unsigned option;     /* index into call_options */
    int value, linger_s; /* of the option */
    uint32_t data_len;   /* bytes of text that follow */
    uint32_t data_times; /* how often it is sent */
};

/* What came of it. `data` follows it in the message, in pieces. */
struct call_reply {
    int64_t result;
    int error;                /* errno, 0 if it did not fail */
    int so_error;             /* the errno that getsockopt(SO_ERROR) has read, or 0 */
    uint64_t cookie;          /* SO_COOKIE of the socket made or used; 0 if none */
    struct endpoint endpoint; /* accept, recvfrom, getsockname, getpeername */
    uint32_t data_len;        /* bytes received, which follow */
};

/* Makes the call, blocking as it does; to be called on the actor's thread only.
 * data is the request's, received (of room bytes) is filled by recv and recvfrom. Not
 * for fork, return and exit, which the program does itself. */
void call_make(const struct call_request *request, const char *data,
               struct call_reply *reply, struct buf *received);

#endif
