#include "lab/lab.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "kernel/link.h"
#include "kernel/netns.h"
#include "lab/lab_private.h"

/* Two rounds of dumps without news: DESIGN, "Settled". */
#define QUIET_ROUNDS 2
#define STUCK_NS (2 * NS_PER_S)

/* ----------------------------------------------------------- the journal */

int64_t lab_time(const struct lab *lab)
{
    return clock_now_ns() - lab->epoch_ns;
}

void lab_tell(struct lab *lab, struct event *event)
{
    if (event->kind == EVENT_LAB && event->lab.text) {
        lab->epoch_ns = clock_now_ns();
        lab->busy_ns = 0;
        event->seq = lab->seq = 0;
        event->t_ns = 0;
    } else {
        event->seq = ++lab->seq;
        event->t_ns = lab_time(lab);
    }
    lab->journal(lab->context, event);
    event_clear(event);
}

void lab_happened(struct lab *lab, struct event *event)
{
    lab_tell(lab, event);
    lab->happened = true;
    lab_unsettle(lab);
}

void lab_unsettle(struct lab *lab)
{
    lab->quiet = 0;
    lab->backoff_ns = 0;
    lab->busy_ns = lab_time(lab);
}

/* ----------------------------------------------------------- opening */

pid_t lab_spawn(int (*body)(void *context), void *context, struct err *err)
{
    return netns_spawn_sealed(body, context, err);
}

void lab_watch(struct lab *lab, int fd)
{
    struct epoll_event readable = {.events = EPOLLIN};

    epoll_ctl(lab->epoll, EPOLL_CTL_ADD, fd, &readable);
}

/* The wire's namespace, before the hosts are made: small tables make dumps cheap. */
static void make_tables_small(void)
{
    netns_sysctl("net.ipv4.tcp_child_ehash_entries", "64");
    netns_sysctl("net.ipv4.udp_child_hash_entries", "128");
}

struct lab *lab_open(lab_journal *journal, void *context, struct err *err)
{
    struct lab *lab = mem_new(1, sizeof(*lab));
    sigset_t child;

    lab->journal = journal;
    lab->context = context;
    lab->epoch_ns = clock_now_ns();
    lab->home = netns_current();
    lab->epoll = epoll_create1(EPOLL_CLOEXEC);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    lab->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (lab->home < 0 || lab->epoll < 0 || lab->children < 0) {
        err_sys(err, -errno, "cannot open the lab");
        lab_close(lab);
        return NULL;
    }
    lab_watch(lab, lab->children);
    make_tables_small();
    return lab;
}

/* ----------------------------------------------------------- closing */

/* All that the lab has, without a word in the journal. */
static void forget_all(struct lab *lab)
{
    while (lab->host_count > 0)
        host_close(lab, &lab->hosts[--lab->host_count]);
    wire_free(&lab->wire);
    vec_free(&lab->firewall);
    lab->wire = (struct wire){.mode = WIRE_FLOW};
    lab->pace_call = false;
    lab_unsettle(lab);
}

void lab_reset(struct lab *lab, const struct event_lab_host *hosts, unsigned count)
{
    struct event event = {.kind = EVENT_LAB, .lab = {.format = 1, .host_count = count}};

    if (count)
        memcpy(event.lab.hosts, hosts, count * sizeof(*hosts));
    forget_all(lab);
    lab_happened(lab, &event);
}

void lab_close(struct lab *lab)
{
    if (!lab)
        return;
    forget_all(lab);
    vec_free(&lab->threads);
    vec_free(&lab->dump);
    vec_each (tap, &lab->old_taps)
        close(*tap);
    vec_free(&lab->old_taps);
    if (lab->home >= 0)
        close(lab->home);
    if (lab->epoll >= 0)
        close(lab->epoll);
    if (lab->children >= 0)
        close(lab->children);
    free(lab);
}

/* ----------------------------------------------------------- turns */

int lab_fd(const struct lab *lab)
{
    return lab->epoll;
}

bool lab_settled(const struct lab *lab)
{
    return lab->quiet >= QUIET_ROUNDS;
}

bool lab_stuck(const struct lab *lab, struct buf *why)
{
    if (lab_settled(lab) || lab->wire.crossing > 0 ||
        lab_time(lab) - lab->busy_ns < STUCK_NS)
        return false;
    threads_explain((struct lab *)lab, why);
    return true;
}

/* Dumps the hosts of which a timer has run out. */
static void dump_due(struct lab *lab)
{
    int64_t now = lab_time(lab);

    for (unsigned i = 0; i < lab->host_count; i++) {
        int64_t due = sockets_deadline(&lab->hosts[i], now);

        if (due >= 0 && due <= now)
            sockets_dump(lab, &lab->hosts[i]);
    }
}

static int64_t next_deadline(const struct lab *lab)
{
    int64_t next = wire_next_deadline(&lab->wire);

    for (unsigned i = 0; i < lab->host_count; i++) {
        int64_t due = sockets_deadline(&lab->hosts[i], lab_time(lab));

        if (due >= 0 && (next < 0 || due < next))
            next = due;
    }
    return next;
}

/* A thread is on its way into its call, or out of it: the kernel tells of the second,
 * not of the first, so look again soon, and less often the longer it takes. */
static int64_t look_again(struct lab *lab)
{
    int64_t next = lab->backoff_ns ? lab->backoff_ns * 2 : 20000;

    lab->backoff_ns = next < NS_PER_MS ? next : NS_PER_MS;
    return lab_time(lab) + lab->backoff_ns;
}

int64_t lab_turn(struct lab *lab)
{
    lab->happened = false;
    while (frames_take_one(lab))
        ;
    threads_read(lab);
    programs_read_output(lab);
    programs_reap(lab);
    while (frames_deliver_due(lab))
        ;
    dump_due(lab);
    if (lab->happened)
        return lab_time(lab);
    if (lab_settled(lab))
        return next_deadline(lab);
    if (!threads_quiet(lab))
        return lab->happened ? lab_time(lab) : look_again(lab);
    if (lab->wire.crossing > 0)
        return next_deadline(lab);
    for (unsigned i = 0; i < lab->host_count; i++)
        sockets_dump(lab, &lab->hosts[i]);
    if (!lab->happened)
        lab->quiet++;
    if (lab_settled(lab) && !lab->pace_call)
        threads_go(lab);
    return lab_settled(lab) ? next_deadline(lab) : lab_time(lab);
}
