#include "kernel/netns_refusal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <linux/capability.h>

#include "base/file.h"
#include "kernel/netns.h"

#define SETTING_MAX 65536

static long read_setting(const char *path)
{
    struct buf text = {0};
    long value = REFUSAL_UNKNOWN;

    if (!file_read(path, SETTING_MAX, &text, NULL) && text.len > 0)
        value = strtol(buf_text(&text), NULL, 10);
    buf_free(&text);
    return value;
}

/* A line "NAME:\tVALUE" of /proc/self/status (proc(5)). */
static long status_value(const char *status, const char *name, int base)
{
    const char *line = strstr(status, name);

    return line ? (long)strtoull(line + strlen(name), NULL, base) : REFUSAL_UNKNOWN;
}

static void read_status(struct refusal_facts *facts)
{
    struct buf status = {0};
    long effective;

    facts->seccomp = REFUSAL_UNKNOWN;
    if (!file_read("/proc/self/status", SETTING_MAX, &status, NULL)) {
        facts->seccomp = status_value(buf_text(&status), "\nSeccomp:", 10);
        effective = status_value(buf_text(&status), "\nCapEff:", 16);
        facts->admin = effective != REFUSAL_UNKNOWN && (effective >> CAP_SYS_ADMIN & 1);
    }
    buf_free(&status);
}

/* A path that may stand in a shell command and an AppArmor profile as it is. */
static bool path_is_plain(const char *path)
{
    return path[0] == '/' && path[strspn(path, "/._+-0123456789"
                                               "abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static void read_program(struct refusal_facts *facts)
{
    ssize_t len = readlink("/proc/self/exe", facts->program, sizeof(facts->program) - 1);

    if (len < 0 || (size_t)len >= sizeof(facts->program) - 1)
        len = 0;
    facts->program[len] = '\0';
    if (!path_is_plain(facts->program))
        facts->program[0] = '\0';
}

void netns_refusal_read(struct refusal_facts *facts)
{
    struct buf release = {0};
    struct statvfs mount;

    memset(facts, 0, sizeof(*facts));
    facts->apparmor_restrict =
        read_setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
    facts->unprivileged_clone =
        read_setting("/proc/sys/kernel/unprivileged_userns_clone");
    facts->max_user = read_setting("/proc/sys/user/max_user_namespaces");
    facts->max_net = read_setting("/proc/sys/user/max_net_namespaces");
    facts->max_pid = read_setting("/proc/sys/user/max_pid_namespaces");
    facts->read_only_sysctl =
        statvfs("/proc/sys", &mount) == 0 && (mount.f_flag & ST_RDONLY);
    read_status(facts);
    if (!file_read("/proc/sys/kernel/osrelease", SETTING_MAX, &release, NULL))
        snprintf(facts->release, sizeof(facts->release), "%.*s",
                 (int)strcspn(buf_text(&release), "\n"), buf_text(&release));
    buf_free(&release);
    read_program(facts);
}

static void say_apparmor(const struct refusal_facts *facts, struct err *err)
{
    const char *cause = "AppArmor refuses user namespaces to programs without a profile "
                        "(kernel.apparmor_restrict_unprivileged_userns is 1).";
    const char *all = "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0";

    if (!facts->program[0]) {
        err_set(err, -EPERM,
                "%s Fix: install the program below /usr/local and ask again, "
                "or, for every program: %s",
                cause, all);
        return;
    }
    /* The template that Ubuntu ships for its own programs (ubuntu.com, "Restricted
     * unprivileged user namespaces"). */
    err_set(err, -EPERM,
            "%s Fix: a profile for this program:\n"
            "sudo tee /etc/apparmor.d/socketarium <<'END'\n"
            "abi <abi/4.0>,\n"
            "include <tunables/global>\n"
            "profile socketarium %s flags=(unconfined) {\n"
            "  userns,\n"
            "}\n"
            "END\n"
            "sudo apparmor_parser -r /etc/apparmor.d/socketarium\n"
            "Or, for every program: %s",
            cause, facts->program, all);
}

static void say_limit_elsewhere(const struct refusal_facts *facts, struct err *err)
{
    err_set(err, -ENOSPC,
            "No more namespaces: the limit (user.max_user_namespaces is %ld, "
            "max_net_namespaces %ld, max_pid_namespaces %ld) is used up, is 0 in an "
            "enclosing user namespace, or 32 are nested already. Fix: leave the "
            "enclosing namespace or container, or raise the limit there",
            facts->max_user, facts->max_net, facts->max_pid);
}

/* ENOSPC: one of the limits of namespaces(7), here or in an enclosing user namespace. */
static void say_limit(const struct refusal_facts *facts, struct err *err)
{
    const struct {
        long value;
        const char *name;
    } limits[] = {
        {facts->max_user, "user.max_user_namespaces"},
        {facts->max_net, "user.max_net_namespaces"},
        {facts->max_pid, "user.max_pid_namespaces"},
    };
    struct buf names = {0}, fix = {0};

    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        if (limits[i].value == 0) {
            buf_printf(&names, "%s%s", names.len ? " and " : "", limits[i].name);
            buf_printf(&fix, " %s=10000", limits[i].name);
        }
    }
    if (names.len)
        err_set(err, -ENOSPC,
                "Namespaces are refused: the limit %s is 0. "
                "Fix: sudo sysctl%s",
                buf_text(&names), buf_text(&fix));
    else
        say_limit_elsewhere(facts, err);
    buf_free(&names);
    buf_free(&fix);
}

static void say_sock_diag(const struct refusal_facts *facts, int code, struct err *err)
{
    /* WSL 1 says "4.4.0-19041-Microsoft"; WSL 2 "5.15...-microsoft-standard-WSL2". */
    if (strstr(facts->release, "Microsoft"))
        err_set(err, code,
                "WSL 1 has no sock_diag (kernel %s). Fix, in Windows: "
                "wsl --set-version DISTRIBUTION 2",
                facts->release);
    else if (code == -ENOENT)
        err_set(err, code,
                "The kernel has no sock_diag handler for this protocol. "
                "Fix: sudo modprobe -a inet_diag tcp_diag udp_diag");
    else if (code == -EPROTONOSUPPORT || code == -EAFNOSUPPORT)
        err_set(err, code,
                "This kernel (%s) has no sock_diag; gVisor and WSL 1 have none. "
                "Fix: run it on Linux itself, or in a virtual machine or container that "
                "shows Linux's own kernel",
                facts->release);
    else
        err_sys(err, code, "sock_diag is refused");
}

static bool is_permission(int code)
{
    return code == -EPERM || code == -EACCES;
}

/* What refuses after the namespaces were made: true when it had something to say. */
static bool say_later(const struct refusal_facts *facts, const char *step, int code,
                      struct err *err)
{
    if (strcmp(step, "sock_diag") == 0) {
        say_sock_diag(facts, code, err);
    } else if (strcmp(step, "veth") == 0 && code == -EOPNOTSUPP) {
        err_set(err, code, "The kernel has no veth interfaces. Fix: sudo modprobe veth");
    } else if (strcmp(step, "packet socket") == 0 && code == -EAFNOSUPPORT) {
        err_set(err, code,
                "The kernel has no packet sockets. Fix: sudo modprobe af_packet");
    } else if (strcmp(step, "sysctl") == 0 &&
               (code == -EROFS || facts->read_only_sysctl)) {
        err_set(err, code,
                "/proc/sys is mounted read-only, as containers do. Fix: docker "
                "run --security-opt systempaths=unconfined (podman: unmask=/proc/sys)");
    } else {
        return false;
    }
    return true;
}

void netns_refusal_say(const struct refusal_facts *facts, const char *step, int code,
                       struct err *err)
{
    /* AppArmor lets Ubuntu 24.04 make the namespace and refuses to map it; a filter
     * refuses the call itself, also in a container on such a machine. */
    bool filtered = facts->seccomp == 2 &&
                    (strcmp(step, "clone") == 0 || strcmp(step, "unshare") == 0);

    if (say_later(facts, step, code, err))
        return;
    if (is_permission(code) && facts->unprivileged_clone == 0 && !facts->admin)
        err_set(err, code,
                "kernel.unprivileged_userns_clone is 0. Fix: sudo sysctl "
                "kernel.unprivileged_userns_clone=1");
    else if (is_permission(code) && facts->apparmor_restrict > 0 && !filtered)
        say_apparmor(facts, err);
    else if (code == -ENOSPC || code == -EUSERS) /* EUSERS: before Linux 4.9 */
        say_limit(facts, err);
    else if ((is_permission(code) || code == -ENOSYS) && facts->seccomp == 2)
        err_set(err, code,
                "A seccomp filter refuses namespaces (%s: %s), as Docker's and "
                "Podman's do. Fix: docker run --security-opt seccomp=unconfined "
                "--security-opt systempaths=unconfined",
                step, strerror(-code));
    else if (code == -EINVAL || code == -ENOSYS)
        err_set(err, code,
                "This kernel (%s) was built without user, network or PID "
                "namespaces (%s: %s). Fix: a kernel with CONFIG_USER_NS, CONFIG_NET_NS "
                "and CONFIG_PID_NS%s",
                facts->release, step, strerror(-code),
                strstr(facts->release, "Microsoft") ? ": WSL 2" : "");
    else if (is_permission(code))
        err_set(err, code,
                "Namespaces are refused (%s: %s) and no setting known here "
                "says why: perhaps a chroot, a security module or a container. Fix: run "
                "it outside of that, or as root",
                step, strerror(-code));
    else
        err_sys(err, code, "Making the sealed network: %s", step);
}

void netns_explain_refusal(const char *step, int code, struct err *err)
{
    struct refusal_facts facts;

    netns_refusal_read(&facts);
    netns_refusal_say(&facts, step, code, err);
}
