/* netns_refusal: why namespaces are refused here, in words. Part of netns: it reads the
 * settings into facts, and says what follows from them; the second half is pure, so that
 * it can be tried without the machines that refuse. Any thread may call.
 */
#ifndef SOCKETARIUM_KERNEL_NETNS_REFUSAL_H
#define SOCKETARIUM_KERNEL_NETNS_REFUSAL_H

#include <stdbool.h>

#include "base/err.h"

/* A setting that this kernel does not have, or that cannot be read. */
#define REFUSAL_UNKNOWN (-1L)

struct refusal_facts {
    long apparmor_restrict;  /* kernel.apparmor_restrict_unprivileged_userns */
    long unprivileged_clone; /* kernel.unprivileged_userns_clone (Debian, Arch) */
    long max_user, max_net, max_pid; /* user.max_*_namespaces */
    long seccomp;                    /* "Seccomp:" of /proc/self/status: 2 is a filter */
    bool admin;                      /* CAP_SYS_ADMIN is effective */
    bool read_only_sysctl; /* /proc/sys is mounted read-only, as in a container */
    char release[128];     /* kernel.osrelease */
    char program[512];     /* /proc/self/exe; "" when it is longer or unknown */
};

void netns_refusal_read(struct refusal_facts *facts);

/* As netns_explain_refusal, from these facts alone. */
void netns_refusal_say(const struct refusal_facts *facts, const char *step, int code,
                       struct err *err);

#endif
