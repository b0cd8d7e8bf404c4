/* The hosts: their namespaces, cables and settings; power loss, and coming back. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "kernel/link.h"
#include "kernel/netns.h"
#include "lab/lab_private.h"

struct host *host_of_thread(struct lab *lab, const char *name)
{
    char host[THREAD_TEXT];

    snprintf(host, sizeof(host), "%.*s", (int)strcspn(name, "/"), name);
    return host_find(lab, host);
}

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

/* Inside the host's namespace, in which lo is up already. */
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
        result = link_up(link, "eth0", true, err);
    if (result == 0)
        result = add_addresses(link, &host->addresses, options, err);
    link_close(link);
    if (result < 0)
        return result;
    host->diag = sock_diag_open(err);
    return host->diag ? 0 : -EIO;
}

/* The wire's end of the cable, and the tap on it. A name is used only once: the cable of
 * a host that was here before may not be gone yet. */
static int lay_cable(struct lab *lab, struct host *host, struct err *err)
{
    struct link *link = link_open(err);
    char name[16];
    int result;

    if (!link)
        return -EIO;
    snprintf(name, sizeof(name), "wire%u", lab->cable_count++);
    result = link_add_veth(link, name, "eth0", host->netns, err);
    if (result == 0) {
        host->tap = tap_open(name, err);
        result = host->tap < 0 ? host->tap : link_up(link, name, true, err);
    }
    link_close(link);
    return result;
}

/* From now on nothing is taken from the cable, and nothing put into it. It goes with the
 * host's namespace, some time after the last of its processes. To delete it, or to close
 * its tap, would cost 20 ms each: the tap is closed when the lab is. */
static void cut_cable(struct lab *lab, const struct host *host)
{
    epoll_ctl(lab->epoll, EPOLL_CTL_DEL, host->tap, NULL);
    *vec_push(&lab->old_taps) = host->tap;
}

/* All that runs, or is plugged in: what a host has while it has power. */
static void power_off(struct lab *lab, struct host *host)
{
    /* First the cable: the kernel would say goodbye for the programs that die. */
    if (host->tap >= 0)
        cut_cable(lab, host);
    threads_close(lab, host, NULL);
    processes_close(host);
    runs_close(host);
    sock_diag_close(host->diag);
    if (host->netns >= 0)
        close(host->netns);
    for (int i = 0; i < 2; i++)
        if (host->output[i] >= 0)
            close(host->output[i]);
    buf_free(&host->partial);
    vec_free(&host->known);
    vec_free(&host->owners);
    host->tap = host->netns = host->output[0] = host->output[1] = -1;
    host->diag = NULL;
    host->frame_len = 0;
}

static int power_on(struct lab *lab, struct host *host, struct err *err)
{
    int result;

    host->netns = netns_new(lab->home, err);
    result = host->netns < 0 ? host->netns : lay_cable(lab, host, err);
    if (result == 0)
        result = netns_enter(host->netns);
    if (result == 0)
        result = furnish(host, &host->options, err);
    netns_enter(lab->home);
    if (result == 0) {
        result = programs_open_output(lab, host);
        if (result < 0)
            err_sys(err, result, "cannot make a pipe");
    }
    if (result < 0) {
        power_off(lab, host);
        return result;
    }
    lab_watch(lab, host->tap);
    return 0;
}

void host_close(struct lab *lab, struct host *host)
{
    power_off(lab, host);
    free(host->frame);
    host->frame = NULL;
}

static void tell(struct lab *lab, const struct host *host, enum host_change change)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = change}};

    snprintf(event.host.host, sizeof(event.host.host), "%s", host->name);
    if (change == HOST_ADDED)
        event.host.addresses = host->addresses;
    lab_happened(lab, &event);
}

int lab_host_add(struct lab *lab, const char *name,
                 const struct event_lab_host *addresses,
                 const struct lab_host_options *options, struct err *err)
{
    struct host *host = &lab->hosts[lab->host_count];
    int result;

    if (lab->host_count == HOSTS_MAX)
        return err_set(err, -ENOSPC, "a lab has at most %d hosts", HOSTS_MAX);
    if (host_find(lab, name))
        return err_set(err, -EEXIST, "host %s is there already", name);
    *host = (struct host){.netns = -1,
                          .tap = -1,
                          .addresses = *addresses,
                          .options = *options,
                          .plugged = true,
                          .output = {-1, -1}};
    snprintf(host->name, sizeof(host->name), "%s", name);
    host->frame = mem_new(TAP_FRAME_MAX, 1);
    result = power_on(lab, host, err);
    if (result < 0) {
        host_close(lab, host);
        return result;
    }
    lab->host_count++;
    tell(lab, host, HOST_ADDED);
    return 0;
}

int lab_crash(struct lab *lab, const char *name)
{
    struct host *host = host_find(lab, name);

    if (!host)
        return -ENOENT;
    if (host->netns < 0)
        return -EALREADY;
    power_off(lab, host);
    tell(lab, host, HOST_CRASHED);
    return 0;
}

int lab_boot(struct lab *lab, const char *name, struct err *err)
{
    struct host *host = host_find(lab, name);
    int result;

    if (!host)
        return err_set(err, -ENOENT, "no host %s", name);
    if (host->netns >= 0)
        return err_set(err, -EALREADY, "%s runs already: expected a 'crash' before",
                       name);
    result = power_on(lab, host, err);
    if (result == 0)
        tell(lab, host, HOST_BOOTED);
    return result;
}

int lab_plug(struct lab *lab, const char *name, bool plugged)
{
    struct host *host = host_find(lab, name);

    if (!host)
        return -ENOENT;
    host->plugged = plugged;
    tell(lab, host, plugged ? HOST_PLUGGED : HOST_UNPLUGGED);
    return 0;
}

int lab_sysctl(struct lab *lab, const char *host_name, const char *key,
               const char *value, struct err *err)
{
    struct host *host = host_find(lab, host_name);
    int result;

    if (!host)
        return err_set(err, -ENOENT, "no host %s", host_name);
    if (host->netns < 0)
        return err_set(err, -EHOSTDOWN, "%s has crashed: expected a 'boot' before",
                       host_name);
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
