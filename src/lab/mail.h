/* mail: messages between the lab and the threads of a host's program, over
 * SOCK_SEQPACKET pairs: one mailbox for each thread, and one for the process.
 *
 * A message is a struct mail, and data that follows it, in pieces where it is long.
 */
#ifndef SOCKETARIUM_LAB_MAIL_H
#define SOCKETARIUM_LAB_MAIL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "lab/calls.h"
#include "model/event.h"
#include "model/sock.h"

enum mail_kind {
    /* lab -> process */
    MAIL_THREAD, /* start a thread called `thread`; its mailbox comes as a descriptor */
    MAIL_QUERY,  /* what is descriptor `fd`? */
    /* process -> lab */
    MAIL_SOCK, /* answer to MAIL_QUERY: `sock`; its proto is PROTO_NONE if it is none */
    /* lab -> thread */
    MAIL_CALL, /* make `request`, with its data */
    MAIL_DEMO, /* run a demo program; data: its name and arguments, each with a NUL */
    MAIL_GO,   /* the pending call may be made */
    /* thread -> lab */
    MAIL_HELLO, /* `number` is its thread id, as /proc names it */
    MAIL_REPLY, /* to MAIL_CALL, or what came of a demo program's call; data: received */
    MAIL_PENDING, /* a demo program is about to call: data is the call's name and its
                     arguments, each with a NUL; number is the line, fd the descriptor */
    MAIL_ENDED,   /* the demo program returned `number` */
};

struct mail {
    enum mail_kind kind;
    int fd;
    int64_t number;
    uint32_t data_len; /* bytes that follow */
    union {
        char thread[THREAD_TEXT];
        struct call_request request;
        struct call_reply reply;
        struct sock sock;
    };
};

/* Both ends; [0] is the lab's (non-blocking when reading), [1] the program's. 0 or a
 * negative errno. */
int mail_pair(int ends[2]);

/* Sends all of it, waiting for room. pass: a descriptor to hand over, or -1. 0 or a
 * negative errno (-EPIPE: the other end is gone). */
int mail_send(int box, const struct mail *mail, const void *data, int pass);

/* Waits for one message; data (emptied first) gets what follows it. passed: the
 * descriptor handed over, or -1; may be NULL. 0, or a negative errno (-EPIPE at the
 * end). */
int mail_wait(int box, struct mail *mail, struct buf *data, int *passed);

/* A mailbox read without waiting: keeps the pieces of a message that is not complete. */
struct mail_reader {
    struct mail mail;
    struct buf data;
    size_t missing; /* bytes still to come */
};

/* 1 when a message is complete in reader, 0 when there is none yet, or a negative errno
 * (-EPIPE at the end). */
int mail_poll(int box, struct mail_reader *reader);
void mail_reader_free(struct mail_reader *reader);

/* True if nothing waits to be read in the mailbox. */
bool mail_empty(int box);

#endif
