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

/* ----------------------------------------------------------- hosts */

struct host *host_find(struct lab *lab, const char *name)
{
    for (unsigned i = 0; i < lab->host_count; i++)
        if (strcmp(lab->hosts[i].name, name) == 0)
            return &lab->hosts[i];
    return NULL;
}

/* The settings of every host (doc/KERNEL-FACTS.md): a class may pause for as long as it
 * likes. What a kernel does not have, it does not need. */
static void apply_settings(int64_t rto_ns)
{
    static const char *const settings[][2] = {
        {"net.ipv4.tcp_syn_retries", "127"},
        {"net.ipv4.tcp_synack_retries", "255"},
        {"net.ipv4.tcp_retries2", "255"},
        {"net.ipv4.tcp_orphan_retries", "255"},
        {"net.ipv4.tcp_fin_timeout", "3600"},
        {"net.ipv4.tcp_no_metrics_save", "1"},
        {"net.ipv4.tcp_early_retrans", "0"},
        {"net.ipv4.tcp_retrans_collapse", "0"},
        {"net.ipv4.tcp_congestion_control", "reno"},
        {"net.ipv4.conf.all.rp_filter", "0"},
        {"net.ipv4.conf.default.rp_filter", "0"},
        {"net.ipv4.conf.eth0.rp_filter", "0"},
        {"net.ipv6.conf.all.accept_ra", "0"},
        {"net.ipv6.conf.eth0.accept_ra", "0"},
        {"net.ipv6.conf.eth0.router_solicitations", "0"},
    };
    int64_t rto_ms = rto_ns / NS_PER_MS;
    char rto_max[24];

    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        netns_sysctl(settings[i][0], settings[i][1]);
    snprintf(rto_max, sizeof(rto_max), "%lld",
             (long long)(rto_ms > 1000 ? rto_ms : 1000));
    netns_sysctl("net.ipv4.tcp_rto_max_ms", rto_max);
}

static int add_addresses(struct link *link, const struct event_lab_host *addresses,
                         const struct lab_host_options *options, struct err *err)
{
    unsigned rto_ms = (unsigned)(options->rto_ns / NS_PER_MS);
    bool quick = !options->ack_delayed;
    int result = 0;

    for (unsigned i = 0; i < addresses->address_count && result == 0; i++) {
        const struct address *address = &addresses->addresses[i];

        result = link_add_address(link, "eth0", address, options->prefixes[i], err);
        if (result == 0)
            result = link_add_route(link, "eth0", address->family, address,
                                    options->prefixes[i], rto_ms, quick, err);
        if (result == -EEXIST) /* a second address of the same network */
            result = 0;
    }
    /* Answers to forged and foreign addresses need a route too. A kernel without IPv6
     * refuses its route, and needs none. */
    if (result == 0)
        result = link_add_route(link, "eth0", AF_INET, NULL, 0, rto_ms, quick, err);
    if (result == 0)
        link_add_route(link, "eth0", AF_INET6, NULL, 0, rto_ms, quick, NULL);
    return result;
}

/* Inside the host's namespace. */
static int furnish(struct host *host, const struct lab_host_options *options,
                   struct err *err)
{
    struct link *link = link_open(err);
    int result = -EIO;

    if (!link)
        return result;
    apply_settings(options->rto_ns);
    result = link_offloads_off("eth0", err);
    if (result == 0)
        result = link_up(link, "lo", false, err);
    if (result == 0)
        result = link_up(link, "eth0", true, err);
    if (result == 0)
        result = add_addresses(link, &host->addresses, options, err);
    link_close(link);
    if (result < 0)
        return result;
    host->diag = sock_diag_open(err);
    return host->diag ? 0 : -EIO;
}

static void cable_name(const struct lab *lab, const struct host *host, char name[16])
{
    snprintf(name, 16, "wire%u", (unsigned)(host - lab->hosts));
}

/* The wire's end of the cable, and the tap on it. */
static int lay_cable(struct lab *lab, struct host *host, struct err *err)
{
    struct link *link = link_open(err);
    char name[16];
    int result;

    if (!link)
        return -EIO;
    cable_name(lab, host, name);
    result = link_add_veth(link, name, "eth0", host->netns, err);
    if (result == 0) {
        host->tap = tap_open(name, err);
        result = host->tap < 0 ? host->tap : link_up(link, name, true, err);
    }
    link_close(link);
    return result;
}

/* Namespaces die when the last of their processes is gone, some time later; the cable
 * must be gone now, for the next host may have its name. */
static void cut_cable(const struct lab *lab, const struct host *host)
{
    struct link *link = link_open(NULL);
    char name[16];

    if (!link)
        return;
    cable_name(lab, host, name);
    link_delete(link, name, NULL);
    link_close(link);
}

static void host_close(struct lab *lab, struct host *host)
{
    program_kill(&host->program);
    threads_close(lab, host);
    program_close(&host->program);
    sock_diag_close(host->diag);
    if (host->tap >= 0) {
        cut_cable(lab, host);
        close(host->tap);
    }
    if (host->netns >= 0)
        close(host->netns);
    free(host->frame);
    buf_free(&host->output);
    vec_free(&host->known);
    vec_free(&host->owners);
    vec_free(&host->vars);
    *host = (struct host){.netns = -1, .tap = -1, .program = {.pid = -1}};
}

int lab_host_add(struct lab *lab, const char *name,
                 const struct event_lab_host *addresses,
                 const struct lab_host_options *options, struct err *err)
{
    struct host *host = &lab->hosts[lab->host_count];
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_ADDED}};
    int result;

    if (lab->host_count == HOSTS_MAX)
        return err_set(err, -ENOSPC, "a lab has at most %d hosts", HOSTS_MAX);
    if (host_find(lab, name))
        return err_set(err, -EEXIST, "host %s is there already", name);
    *host = (struct host){.netns = -1,
                          .tap = -1,
                          .plugged = true,
                          .addresses = *addresses,
                          .program = {.pid = -1, .control = -1, .output = -1}};
    snprintf(host->name, sizeof(host->name), "%s", name);
    host->frame = mem_new(TAP_FRAME_MAX, 1);
    host->netns = netns_new(lab->home, err);
    result = host->netns < 0 ? host->netns : lay_cable(lab, host, err);
    if (result == 0)
        result = netns_enter(host->netns);
    if (result == 0)
        result = furnish(host, options, err);
    netns_enter(lab->home);
    if (result < 0) {
        host_close(lab, host);
        return result;
    }
    lab->host_count++;
    lab_watch(lab, host->tap);
    snprintf(event.host.host, sizeof(event.host.host), "%s", name);
    event.host.addresses = *addresses;
    lab_happened(lab, &event);
    return 0;
}

int lab_sysctl(struct lab *lab, const char *host_name, const char *key,
               const char *value, struct err *err)
{
    struct host *host = host_find(lab, host_name);
    int result;

    if (!host)
        return err_set(err, -ENOENT, "no host %s", host_name);
    result = netns_enter(host->netns);
    if (result == 0)
        result = netns_sysctl(key, value);
    netns_enter(lab->home);
    if (result == -ENOENT)
        return err_set(err, result, "this kernel has no setting %s", key);
    if (result < 0)
        return err_sys(err, result, "cannot set %s to %s", key, value);
    return 0;
}

/* All that the lab has, without a word in the journal. */
static void forget_all(struct lab *lab)
{
    while (lab->host_count > 0)
        host_close(lab, &lab->hosts[--lab->host_count]);
    wire_free(&lab->wire);
    lab->wire = (struct wire){.mode = WIRE_FLOW};
    lab->pace_call = false;
    lab->quiet = 0;
}

void lab_reset(struct lab *lab)
{
    struct event event = {.kind = EVENT_LAB, .lab = {.format = 1}};

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
