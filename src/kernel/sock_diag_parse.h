/* sock_diag_parse: the bytes of an answer of NETLINK_SOCK_DIAG become socks. Part of
 * sock_diag; pure, keeps nothing. One thread at a time for each list.
 */
#ifndef SOCKETARIUM_KERNEL_SOCK_DIAG_PARSE_H
#define SOCKETARIUM_KERNEL_SOCK_DIAG_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/sock_diag.h"

/* What one received buffer said besides its sockets. */
struct sock_diag_answer {
    bool ended;       /* NLMSG_DONE or NLMSG_ERROR was there */
    bool interrupted; /* NLM_F_DUMP_INTR: the table changed, rows may be missing */
    int error;        /* 0, or the negative errno that ended it */
};

/* Reads all messages of one buffer; of messages with another sequence number than seq
 * none, unless seq is 0. 0, or -EBADMSG for bytes that are no netlink messages. */
int sock_diag_parse_buffer(const void *bytes, size_t len, uint32_t seq,
                           enum sock_proto proto, sock_list *out,
                           struct sock_diag_answer *answer);

#endif
