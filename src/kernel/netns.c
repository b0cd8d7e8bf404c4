#include "kernel/netns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/openat2.h>

#include "base/buf.h"
#include "kernel/link.h"

int netns_current(void)
{
    /* Not /proc/self: a thread may be elsewhere than the first one. */
    int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);

    return fd < 0 ? -errno : fd;
}

int netns_enter(int netns)
{
    return setns(netns, CLONE_NEWNET) < 0 ? -errno : 0;
}

/* What has to be done inside the new namespace: a descriptor of it, or a negative errno.
 */
static int new_inside(struct err *err)
{
    struct link *link = link_open(err);
    int netns, failed;

    if (!link)
        return -EIO;
    failed = link_up(link, "lo", false, err);
    link_close(link);
    if (failed)
        return failed;
    netns = netns_current();
    return netns < 0 ? err_sys(err, netns, "the new network namespace") : netns;
}

int netns_new(int home, struct err *err)
{
    int netns, back;

    if (unshare(CLONE_NEWNET) < 0) {
        int code = -errno;

        netns_explain_refusal("unshare", code, err);
        return code;
    }
    netns = new_inside(err);
    back = netns_enter(home);
    if (back) {
        if (netns >= 0)
            close(netns);
        return err_sys(err, back, "going back to the first network namespace");
    }
    return netns;
}

/* The length of a name [A-Za-z0-9_-]+ at the start of text. */
static size_t name_span(const char *text)
{
    return strspn(text,
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}

bool netns_sysctl_key_ok(const char *key)
{
    char mark;

    if (strncmp(key, "net", 3) != 0)
        return false;
    key += 3;
    mark = *key;
    if (mark != '.' && mark != '/')
        return false;
    while (*key) {
        size_t span;

        if (*key != mark)
            return false;
        span = name_span(key + 1);
        if (span == 0)
            return false;
        key += 1 + span;
    }
    return true;
}

/* Opens the setting below /proc/sys/net and nowhere else, whatever the path says. */
static int open_setting(const char *path)
{
    struct open_how how = {.flags = O_WRONLY | O_CLOEXEC,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
                                      RESOLVE_NO_MAGICLINKS};
    int root = open("/proc/sys/net", O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

    if (root < 0)
        return -errno;
    fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
    /* Linux 5.6; before it, and where a filter does not know it, the key's own check
     * must do: no name in it is "..", and /proc/sys holds no links. */
    if (fd < 0 && errno == ENOSYS)
        fd = openat(root, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        fd = -errno;
    close(root);
    return fd;
}

int netns_sysctl(const char *key, const char *value)
{
    char *path, *line;
    size_t len;
    ssize_t sent;
    int fd, result = 0;

    if (!netns_sysctl_key_ok(key))
        return -EINVAL;
    path = mem_strdup(key + strlen("net."));
    for (char *mark = path; *mark; mark++) {
        if (*mark == '.')
            *mark = '/';
    }
    fd = open_setting(path);
    free(path);
    if (fd < 0)
        return fd;
    line = mem_printf("%s\n", value);
    len = strlen(line);
    sent = write(fd, line, len); /* a setting is one write (proc_sys(5)) */
    if (sent < 0)
        result = -errno;
    else if ((size_t)sent != len)
        result = -EINVAL; /* the kernel took only a part */
    free(line);
    close(fd);
    return result;
}

int netns_drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return -errno;
    /* For a program that this thread executes as user 0. Not allowed without
     * CAP_SETPCAP, and not needed: with no_new_privs execve gives nothing
     * (capabilities(7)). */
    for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
        prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
    /* Ambient ones go with the permitted ones. */
    return syscall(SYS_capset, &header, none) < 0 ? -errno : 0;
}
