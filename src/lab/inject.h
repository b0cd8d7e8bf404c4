/* inject: forged TCP segments: blind resets, floods of SYN. */
#ifndef SOCKETARIUM_LAB_INJECT_H
#define SOCKETARIUM_LAB_INJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/endpoint.h"

#define INJECT_TIMES_MAX 1000

/* A sequence or acknowledgment number: as given, or `next`, what the receiver's socket
 * expects, plus so many. */
struct inject_number {
    bool next;
    uint32_t value;
};

struct injection {
    struct endpoint from, to; /* from need not be a host's */
    uint8_t flags;            /* enum tcp_flag */
    struct inject_number seq, ack;
    char *data; /* (owned by the command) */
    size_t data_len;
    unsigned times; /* from's port counts up */
};

#endif
