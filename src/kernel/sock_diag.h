/* sock_diag: asks the kernel what every socket of a network namespace is
 * (sock_diag(7), NETLINK_SOCK_DIAG), over libmnl.
 *
 * A handle belongs to the namespace in which it was opened and is used by one thread.
 * All functions return 0 or a negative errno.
 */
#ifndef SOCKETARIUM_KERNEL_SOCK_DIAG_H
#define SOCKETARIUM_KERNEL_SOCK_DIAG_H

#include <stddef.h>

#include "base/err.h"
#include "model/sock.h"
#include "model/sock_diff.h"

struct sock_diag;

/* Opens a handle in the calling thread's network namespace. NULL with err on failure. */
struct sock_diag *sock_diag_open(struct err *err);
void sock_diag_close(struct sock_diag *diag);

/* Appends all sockets of one protocol and family (AF_INET, AF_INET6) to out. A dump that
 * the kernel interrupted (NLM_F_DUMP_INTR) or cut (MSG_TRUNC) is taken again, up to 8
 * times, then -EINTR. A missing handler is -ENOENT (the error inside NLMSG_DONE). */
int sock_diag_dump(struct sock_diag *diag, enum sock_proto proto, int family,
                   sock_list *out);

/* TCP and UDP, IPv4 and IPv6: four dumps. out is emptied first. IPv6 that the kernel
 * does not have counts as empty. */
int sock_diag_dump_all(struct sock_diag *diag, sock_list *out);

/* Parses the bytes of a recorded dump of one protocol: what sock_diag_dump does with
 * what it received. 0 when it ended well, 1 when more is expected, or a negative errno.
 */
int sock_diag_parse(const void *bytes, size_t len, enum sock_proto proto,
                    sock_list *out);

/* SOCK_DESTROY (CONFIG_INET_DIAG_DESTROY). */
int sock_diag_destroy(struct sock_diag *diag, const struct sock *sock);

#endif
