/* netns: user, network and PID namespaces, sysctls, capabilities
 * (user_namespaces(7), network_namespaces(7), pid_namespaces(7), capabilities(7)).
 */
#ifndef SOCKETARIUM_KERNEL_NETNS_H
#define SOCKETARIUM_KERNEL_NETNS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Forks a child that is pid 1 of its own user, network and PID namespaces, with
 * PR_SET_PDEATHSIG SIGKILL, and runs body(context) there; its return value is the exit
 * status. Returns the child's pid, or a negative errno with err naming the cause and the
 * least fix. Success means that the whole chain was walked: namespaces made, uid and
 * gid mapped. The caller must have one thread only. As root a refused user namespace is
 * done without, if CAP_SYS_ADMIN is there. The child ends with _exit: body flushes its
 * own stdio, and what the caller had not flushed is not written twice. */
pid_t netns_spawn_sealed(int (*body)(void *context), void *context, struct err *err);

/* A descriptor of the calling thread's network namespace (O_CLOEXEC), or a negative
 * errno. */
int netns_current(void);

/* Makes a new network namespace, its lo up, and returns a descriptor of it; the calling
 * thread stays in the one it was in (`home`). A negative errno on failure. */
int netns_new(int home, struct err *err);

/* The calling thread enters. 0 or a negative errno. */
int netns_enter(int netns);

/* Writes a net.* setting of the calling thread's network namespace. key must match
 * net(.[A-Za-z0-9_-]+)+ (or with slashes for dots) and is opened below /proc/sys with
 * RESOLVE_BENEATH. 0 or a negative errno: -EINVAL for a bad key, -ENOENT when this
 * kernel has no such setting. */
int netns_sysctl(const char *key, const char *value);
bool netns_sysctl_key_ok(const char *key);

/* The calling thread gives up every capability for good (capset(2), and
 * PR_SET_NO_NEW_PRIVS). 0 or a negative errno. */
int netns_drop_capabilities(void);

/* Says in words why user or network namespaces are refused here, and the least fix,
 * ready to paste; reads the settings that commonly cause it. code is the negative
 * errno seen at `step` ("unshare", "uid_map", "veth", ...). */
void netns_explain_refusal(const char *step, int code, struct err *err);

#endif
