#include "cmd/doctor_lab.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "kernel/link.h"
#include "kernel/netns.h"
#include "kernel/sock_diag.h"
#include "kernel/tap.h"
#include "kernel/thread_state.h"

#define PATIENCE_MS 2000
/* The port of the one datagram that goes over the wire: 9 is discard (RFC 863). */
#define DISCARD 9

/* The lab as far as it came. */
struct small_lab {
    int home, host, tap; /* namespaces; the wire's end of the cable. -1: none */
    struct link *wire, *inside;
    int refused;
};

/* Counts and prints a refusal. */
static void refuse(struct small_lab *lab, const char *item, const char *text)
{
    lab->refused++;
    doctor_line(DOCTOR_REFUSED, item, text);
}

static void explain(struct small_lab *lab, const char *step, int code)
{
    struct err err = {""};

    netns_explain_refusal(step, code, &err);
    refuse(lab, step, err.text);
}

static void check_user(unsigned long outside)
{
    struct stat info;

    if (stat("/proc/self/ns/user", &info) == 0 && info.st_ino == outside)
        doctor_line(DOCTOR_NOTE, "user namespace",
                    "refused; the lab does without one, because CAP_SYS_ADMIN is here");
    else
        doctor_linef(DOCTOR_OK, "user namespace", "user %u and group %u are mapped",
                     geteuid(), getegid());
}

static void check_network(struct small_lab *lab)
{
    struct err err = {""};

    lab->home = netns_current();
    lab->host = lab->home < 0 ? lab->home : netns_new(lab->home, &err);
    if (lab->host < 0)
        refuse(lab, "network namespace", *err.text ? err.text : strerror(-lab->host));
    else
        doctor_line(DOCTOR_OK, "network namespace",
                    "one for the wire, one for each host");
    if (getpid() == 1)
        doctor_line(DOCTOR_OK, "PID namespace",
                    "when the lab ends, nothing in it goes on");
    else
        refuse(lab, "PID namespace", "the lab is not process 1 of its own");
}

/* The settings without which lessons do not wait for a class. */
static void check_settings(struct small_lab *lab)
{
    int failed = netns_sysctl("net.ipv4.tcp_syn_retries", "127");

    if (failed) {
        explain(lab, "sysctl", failed);
        return;
    }
    if (netns_sysctl("net.ipv4.tcp_rto_max_ms", "120000") == -ENOENT)
        doctor_line(DOCTOR_NOTE, "network settings",
                    "writable; no tcp_rto_max_ms (Linux 6.15): after long pauses "
                    "TCP resends late");
    else
        doctor_line(DOCTOR_OK, "network settings", "writable in each host");
}

/* The host's end, with an address and a route to everywhere. */
static int set_up_inside(struct link *link, struct err *err)
{
    struct address address;
    int failed = link_offloads_off("eth0", err);

    address_parse("192.0.2.1", &address); /* TEST-NET-1 (RFC 5737) */
    if (!failed)
        failed = link_up(link, "eth0", true, err);
    if (!failed)
        failed = link_add_address(link, "eth0", &address, 24, err);
    if (!failed)
        failed = link_add_route(link, "eth0", AF_INET, NULL, 0, 200, true, err);
    return failed;
}

/* A host's cable, and its end in the host set up. The thread is in the host after it. */
static int check_veth(struct small_lab *lab)
{
    struct err err = {""};
    int failed;

    lab->wire = link_open(&err);
    failed = lab->wire ? link_add_veth(lab->wire, "h0", "eth0", lab->host, &err) : -EIO;
    if (failed) {
        explain(lab, "veth", failed);
        return failed;
    }
    failed = link_up(lab->wire, "h0", true, &err);
    if (!failed)
        failed = netns_enter(lab->host);
    if (!failed)
        lab->inside = link_open(&err);
    if (!failed)
        failed = lab->inside ? set_up_inside(lab->inside, &err) : -EIO;
    if (failed)
        refuse(lab, "veth", *err.text ? err.text : strerror(-failed));
    else
        doctor_line(DOCTOR_OK, "veth", "a cable, an address and a route");
    return failed;
}

/* Is it the IPv4 datagram to DISCARD? */
static bool is_our_datagram(const uint8_t *frame, ssize_t len)
{
    return len >= 14 + 20 + 8 && frame[12] == 0x08 && frame[13] == 0x00 &&
           frame[14] == 0x45 && frame[23] == IPPROTO_UDP && frame[36] == 0 &&
           frame[37] == DISCARD;
}

static int wait_for_datagram(int tap)
{
    int64_t end = clock_now_ns() + PATIENCE_MS * NS_PER_MS;
    uint8_t frame[2048];

    do {
        struct pollfd ready = {.fd = tap, .events = POLLIN};
        ssize_t got = tap_read(tap, frame, sizeof(frame), NULL);

        if (is_our_datagram(frame, got))
            return 0;
        if (got < 0)
            return (int)got;
        if (got == 0)
            poll(&ready, 1, PATIENCE_MS);
    } while (clock_now_ns() < end);
    return -ETIMEDOUT;
}

static void check_packets(struct small_lab *lab)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(DISCARD)};
    struct err err = {""};
    int fd, failed = netns_enter(lab->home);

    lab->tap = failed ? failed : tap_open("h0", &err);
    if (lab->tap < 0) {
        explain(lab, "packet socket", lab->tap);
        return;
    }
    netns_enter(lab->host);
    inet_pton(AF_INET, "192.0.2.2", &to.sin_addr);
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
        failed = -errno;
    if (!failed)
        failed = wait_for_datagram(lab->tap);
    if (failed)
        doctor_linef(DOCTOR_REFUSED, "packet socket", "no frame came over the cable: %s",
                     strerror(-failed));
    else
        doctor_line(DOCTOR_OK, "packet socket", "a frame came over the cable");
    lab->refused += failed != 0;
    if (fd >= 0)
        close(fd);
}

/* A socket that a dump shows: bound, and for TCP listening; with its cookie. */
static int open_bound(enum sock_proto proto, int family, bool listening,
                      uint64_t *cookie)
{
    struct sockaddr_storage any = {.ss_family = (sa_family_t)family};
    socklen_t len = sizeof(*cookie);
    int type = proto == PROTO_TCP ? SOCK_STREAM : SOCK_DGRAM;
    int fd = socket(family, type | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -errno;
    if (bind(fd, (struct sockaddr *)&any,
             family == AF_INET ? sizeof(struct sockaddr_in)
                               : sizeof(struct sockaddr_in6)) < 0 ||
        (listening && listen(fd, 1) < 0) ||
        getsockopt(fd, SOL_SOCKET, SO_COOKIE, cookie, &len) < 0) {
        int code = -errno;

        close(fd);
        return code;
    }
    return fd;
}

/* 1: a dump shows the socket, and found is what it says; 0: it does not. */
static int dump_shows(struct sock_diag *diag, enum sock_proto proto, int family,
                      uint64_t cookie, struct sock *found)
{
    sock_list list = {0};
    int result = sock_diag_dump(diag, proto, family, &list);

    vec_each (sock, &list) {
        if (sock->cookie == cookie) {
            *found = *sock;
            result = 1;
        }
    }
    vec_free(&list);
    return result;
}

static void check_dump(struct small_lab *lab, struct sock_diag *diag,
                       enum sock_proto proto, int family, uint32_t *info_size)
{
    const char *digit = family == AF_INET ? "4" : "6";
    uint64_t cookie = 0;
    struct sock found = {0};
    char item[32];
    int fd = open_bound(proto, family, proto == PROTO_TCP, &cookie), result;

    snprintf(item, sizeof(item), "sock_diag %s%s", sock_proto_name(proto), digit);
    if (fd < 0 && family == AF_INET6) {
        doctor_linef(DOCTOR_NOTE, item, "no IPv6 here (%s): lessons with IPv6 fail",
                     strerror(-fd));
        return;
    }
    result = fd < 0 ? fd : dump_shows(diag, proto, family, cookie, &found);
    if (result == 1) {
        doctor_line(DOCTOR_OK, item, "shows a socket under its own cookie");
    } else if (result == 0) {
        refuse(lab, item, "a socket that is there is not in the dump");
    } else {
        struct err err = {""};

        netns_explain_refusal("sock_diag", result, &err);
        refuse(lab, item, err.text);
    }
    if (found.info.size)
        *info_size = found.info.size;
    if (fd >= 0)
        close(fd);
}

static void check_bound(struct sock_diag *diag)
{
    uint64_t cookie = 0;
    struct sock found;
    int fd = open_bound(PROTO_TCP, AF_INET, false, &cookie);

    if (fd < 0)
        return;
    if (dump_shows(diag, PROTO_TCP, AF_INET, cookie, &found) == 1)
        doctor_line(DOCTOR_OK, "bound sockets", "a dump shows TCP sockets only bound");
    else
        doctor_line(DOCTOR_NOTE, "bound sockets",
                    "no dump shows a TCP socket that is only bound (Linux 6.8 and later "
                    "do): a lab's own are asked through their descriptors");
    close(fd);
}

static void check_sock_diag(struct small_lab *lab)
{
    uint32_t info_size = 0;
    struct err err = {""};
    struct sock_diag *diag = sock_diag_open(&err);

    if (!diag) {
        refuse(lab, "sock_diag", err.text);
        return;
    }
    check_dump(lab, diag, PROTO_TCP, AF_INET, &info_size);
    check_dump(lab, diag, PROTO_TCP, AF_INET6, &info_size);
    check_dump(lab, diag, PROTO_UDP, AF_INET, &info_size);
    check_dump(lab, diag, PROTO_UDP, AF_INET6, &info_size);
    check_bound(diag);
    sock_diag_close(diag);
    if (info_size >= 232) /* up to tcpi_snd_wnd (Linux 5.4) */
        doctor_linef(DOCTOR_OK, "tcp_info", "%u bytes", info_size);
    else
        doctor_linef(DOCTOR_NOTE, "tcp_info",
                     "%u bytes: the details leave out what this kernel does not say",
                     info_size);
}

/* A program of the lab: no capabilities, and soon asleep in accept. */
static _Noreturn void sleep_in_accept(int out)
{
    uint64_t cookie;
    pid_t self = thread_state_self();
    int fd = open_bound(PROTO_TCP, AF_INET, true, &cookie);
    int failed = fd < 0 ? fd : netns_drop_capabilities();

    if (failed)
        self = failed;
    if (write(out, &self, sizeof(self)) == (ssize_t)sizeof(self) && self > 0)
        accept(fd, NULL, NULL);
    _exit(70);
}

static int watch_thread(pid_t tid)
{
    const long call = SYS_accept;
    int64_t end = clock_now_ns() + PATIENCE_MS * NS_PER_MS;
    struct thread_state state;
    int asleep = thread_state_open(&state, tid);

    if (asleep)
        return asleep;
    while ((asleep = thread_state_sleeps_in(&state, &call, 1)) == 0 &&
           clock_now_ns() < end)
        nanosleep(&(struct timespec){.tv_nsec = NS_PER_MS}, NULL);
    thread_state_close(&state);
    return asleep;
}

static void check_thread(struct small_lab *lab)
{
    pid_t tid = -EIO, child;
    int out[2], asleep;

    if (pipe(out) < 0) {
        refuse(lab, "thread state", strerror(errno));
        return;
    }
    child = fork();
    if (child == 0)
        sleep_in_accept(out[1]);
    close(out[1]);
    if (child > 0 && read(out[0], &tid, sizeof(tid)) != (ssize_t)sizeof(tid))
        tid = -EIO;
    close(out[0]);
    asleep = tid < 0 ? tid : watch_thread(tid);
    if (asleep == 1)
        doctor_line(DOCTOR_OK, "thread state",
                    "/proc shows that a program sleeps in accept");
    else if (asleep == -EACCES || asleep == -EPERM)
        refuse(
            lab, "thread state",
            "/proc/TID/syscall may not be read, as with kernel.yama.ptrace_scope=3 or a "
            "container's filter. Fix: kernel.yama.ptrace_scope=1 in /etc/sysctl.d, "
            "reboot");
    else if (asleep == -ESRCH)
        refuse(lab, "thread state",
               "no /proc/TID/syscall: the kernel lacks CONFIG_HAVE_ARCH_TRACEHOOK, or "
               "/proc "
               "is mounted with hidepid. Fix: sudo mount -o remount,hidepid=0 /proc");
    else
        refuse(lab, "thread state",
               asleep ? strerror(-asleep) : "a program in accept never looks asleep");
    if (child > 0) {
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
}

int doctor_lab(void *context)
{
    struct small_lab lab = {.home = -1, .host = -1, .tap = -1};

    check_user(*(const unsigned long *)context);
    check_network(&lab);
    if (lab.host >= 0 && !check_veth(&lab)) {
        check_settings(&lab);
        check_packets(&lab);
    }
    /* Without a host: what can be asked in the wire's own namespace. */
    check_sock_diag(&lab);
    check_thread(&lab);
    fflush(stdout);
    link_close(lab.wire);
    link_close(lab.inside);
    return lab.refused; /* the namespaces go with the process */
}
