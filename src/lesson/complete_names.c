/* Hosts, threads, variables, addresses and packets, as they are now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/complete_parts.h"
#include "lesson/expect_words.h"

/* ----------------------------------------------------------- hosts and threads */

static bool is_one_of(const struct world_host *host, enum complete_hosts which)
{
    switch (which) {
    case HOSTS_ANY:
        return true;
    case HOSTS_UP:
        return host->up;
    case HOSTS_DOWN:
        return !host->up;
    case HOSTS_PLUGGED:
        return host->up && host->plugged;
    case HOSTS_UNPLUGGED:
        return host->up && !host->plugged;
    }
    return false;
}

static const char *host_help(const struct world_host *host, char text[ADDRESS_TEXT])
{
    return host->address_count ? address_print(&host->addresses[0], text) : "";
}

void complete_hosts(struct completing *at, enum complete_hosts which, const char *after)
{
    for (unsigned i = 0; i < at->world->host_count; i++) {
        const struct world_host *host = &at->world->hosts[i];
        char text[ADDRESS_TEXT];

        if (is_one_of(host, which))
            complete_offer(at, host->name, after, host_help(host, text));
    }
}

static char *thread_help(const struct world_thread *thread)
{
    const char *call = thread->call ? thread->call : "a call";

    if (thread->demo)
        return mem_printf("runs %s", thread->demo);
    if (thread->called && thread->status != CALL_RETURNED)
        return mem_printf("is in %s()", call);
    return mem_strdup(thread->process ? "a child process" : "a thread that waits");
}

static void offer_thread(struct completing *at, const char *name, const char *colon,
                         const char *after, const char *help)
{
    char *text = mem_printf("%s%s", name, colon);

    complete_offer(at, text, after, help);
    free(text);
}

void complete_threads(struct completing *at, bool demo, const char *colon,
                      const char *after)
{
    vec_each (thread, &at->world->threads) {
        char *help;

        /* A number behind a dot: a demo program has started it. */
        if (!thread->alive || (strchr(thread->name, '.') && !demo) ||
            (demo && !thread->demo && !strchr(thread->name, '.')))
            continue;
        help = thread_help(thread);
        offer_thread(at, thread->name, colon, after, help);
        free(help);
    }
    for (unsigned i = 0; i < at->world->host_count && !demo; i++) {
        const struct world_host *host = &at->world->hosts[i];
        char text[ADDRESS_TEXT];

        if (host->up)
            offer_thread(at, host->name, colon, after, host_help(host, text));
    }
}

void complete_processes(struct completing *at)
{
    complete_hosts(at, HOSTS_UP, "");
    vec_each (thread, &at->world->threads)
        if (thread->alive && thread->process)
            complete_offer(at, thread->name, "", "a child process");
}

/* ----------------------------------------------------------- variables */

/* The process in which a thread runs. */
static void process_of(const struct completing *at, const char *thread,
                       char process[THREAD_TEXT])
{
    const struct world_thread *found = NULL;

    vec_each (known, &at->world->threads)
        if (strcmp(known->name, thread) == 0)
            found = known;
    if (found && found->process)
        snprintf(process, THREAD_TEXT, "%s", thread);
    else
        thread_host(thread, process);
}

static const struct world_sock *var_sock(const struct completing *at,
                                         const struct world_var *var)
{
    char host[NAME_TEXT];
    int index;

    thread_host(var->process, host);
    index = world_host_find(at->world, host);
    vec_each (sock, &at->world->socks)
        if (var->cookie && (int)sock->host == index && sock->sock.cookie == var->cookie)
            return sock;
    return NULL;
}

static void offer_var(struct completing *at, const char *name,
                      const struct world_var *var, const char *after)
{
    const struct world_sock *sock = var_sock(at, var);
    struct buf help = {0};

    if (sock)
        expect_words_sock(sock, &help);
    complete_offer(at, name, after, buf_text(&help));
    buf_free(&help);
}

void complete_vars(struct completing *at, const char *thread, const char *after)
{
    char process[THREAD_TEXT];

    process_of(at, thread, process);
    vec_each (var, &at->world->vars)
        if (var->cookie && var->open && strcmp(var->process, process) == 0)
            offer_var(at, var->name, var, after);
}

void complete_host_vars(struct completing *at)
{
    vec_each (var, &at->world->vars) {
        char *name = mem_printf("%s.%s", var->process, var->name);

        if (var->cookie)
            offer_var(at, name, var, " ");
        free(name);
    }
}

const struct world_sock *complete_sock(const struct completing *at, const char *thread,
                                       const char *name)
{
    char process[THREAD_TEXT];

    process_of(at, thread, process);
    vec_each (var, &at->world->vars)
        if (strcmp(var->process, process) == 0 && strcmp(var->name, name) == 0)
            return var_sock(at, var);
    return NULL;
}

/* ----------------------------------------------------------- addresses */

static bool waits(const struct world_sock *sock, enum sock_proto proto)
{
    if (sock->gone || !sock->sock.local.port ||
        (proto != PROTO_NONE && sock->sock.proto != proto))
        return false;
    return sock->sock.proto == PROTO_UDP ? !sock->sock.connected
                                         : sock->sock.state == STATE_LISTEN;
}

static void offer_server(struct completing *at, const struct world_sock *sock,
                         const char *after)
{
    const struct world_host *host = &at->world->hosts[sock->host];
    struct endpoint end = sock->sock.local;
    bool any = address_is_any(&end.address);
    int family = end.address.family;
    char text[ENDPOINT_TEXT];
    char *help = mem_printf(
        "%s on %s", sock->sock.proto == PROTO_UDP ? "UDP" : "listens", host->name);

    for (unsigned i = 0; any && i < host->address_count; i++) {
        end.address = host->addresses[i];
        if (end.address.family == family)
            complete_offer(at, endpoint_print(&end, text), after, help);
    }
    if (!any)
        complete_offer(at, endpoint_print(&end, text), after, help);
    free(help);
}

/* "192.168.0.101:", and the port is still to come. */
static void offer_addresses(struct completing *at, const struct world_host *host)
{
    for (unsigned i = 0; i < host->address_count; i++) {
        bool v6 = host->addresses[i].family == AF_INET6;
        char text[ADDRESS_TEXT];
        char *start;

        address_print(&host->addresses[i], text);
        start = mem_printf("%s%s%s:", v6 ? "[" : "", text, v6 ? "]" : "");
        complete_offer(at, start, "", host->name);
        free(start);
    }
}

void complete_servers(struct completing *at, enum sock_proto proto, const char *after)
{
    size_t before = at->out->candidates.count;

    complete_expect(at, "an address and port, like 192.168.0.101:6666");
    vec_each (sock, &at->world->socks)
        if (waits(sock, proto))
            offer_server(at, sock, after);
    /* An address alone would only hide that a whole one is there. */
    for (unsigned i = 0; i < at->world->host_count; i++)
        if (at->out->candidates.count == before)
            offer_addresses(at, &at->world->hosts[i]);
}

void complete_own_addresses(struct completing *at, const char *thread)
{
    char name[NAME_TEXT];
    int host;

    complete_expect(at, "an address and port of this host, like *:6666");
    thread_host(thread, name);
    host = world_host_find(at->world, name);
    complete_offer(at, "*:", "", "any address of this host, and a port");
    if (host >= 0)
        offer_addresses(at, &at->world->hosts[host]);
}

void complete_ends(struct completing *at, int host, bool remote)
{
    vec_each (sock, &at->world->socks) {
        const struct endpoint *end = remote ? &sock->sock.remote : &sock->sock.local;
        char text[ENDPOINT_TEXT];
        struct buf help = {0};

        if ((host >= 0 && (int)sock->host != host) || sock->gone || !end->port)
            continue;
        expect_words_sock(sock, &help);
        complete_offer(at, endpoint_print(end, text), " ", buf_text(&help));
        buf_free(&help);
    }
}

void complete_host_ports(struct completing *at)
{
    complete_hosts(at, HOSTS_ANY, "");
    vec_each (sock, &at->world->socks) {
        char *text;

        if (!waits(sock, PROTO_NONE))
            continue;
        text = mem_printf("%s:%u", at->world->hosts[sock->host].name,
                          sock->sock.local.port);
        complete_offer(at, text, "", "somebody waits there");
        free(text);
    }
}

/* ----------------------------------------------------------- packets */

static bool is_sent(const struct world_packet *packet)
{
    return packet->status == ON_WIRE_DELIVERED || packet->status == ON_WIRE_DROPPED;
}

static void offer_arrow(struct completing *at, const struct world_packet *packet)
{
    char *text = mem_printf("%s->%s", packet->from, packet->to);

    complete_offer(at, text, " ", packet->label ? packet->label : "a packet");
    free(text);
}

/* The words that this packet, which fits so far, would fit still. */
static void offer_words(struct completing *at, const struct match *match,
                        const struct world_packet *packet)
{
    char *help = mem_printf("%s %s->%s", packet->label ? packet->label : "a packet",
                            packet->from, packet->to);

    for (const struct named *kind = match_kinds; kind->name; kind++) {
        struct match one = {.kind = (enum match_kind)kind->value};

        if (match->kind == MATCH_ANY &&
            match_fits(&one, &packet->decoded, packet->from, packet->to))
            complete_offer(at, kind->name, " ", help);
    }
    if (!match->from[0] && !match->to[0])
        offer_arrow(at, packet);
    free(help);
}

void complete_match(struct completing *at, size_t first, bool sent)
{
    struct match match = {0};
    size_t found = 0;
    struct err err;

    complete_expect(at, sent ? "words of a packet that was on the wire, like SYN"
                             : "words of a held packet, like SYN or client->server");
    for (size_t i = first; i < at->words.count; i++)
        match_word(&match, at->words.items[i].text, NULL, NULL, &err);
    vec_each (packet, &at->world->packets) {
        if (packet->joined || !(sent ? is_sent(packet) : expect_words_is_held(packet)) ||
            !match_fits(&match, &packet->decoded, packet->from, packet->to))
            continue;
        offer_words(at, &match, packet);
        found++;
    }
    if (found > 1 && !match.last && !match.number) {
        char *number = mem_printf("#%zu", found);

        complete_offer(at, "last", " ", "the newest of them");
        complete_offer(at, "#2", " ", "the second of them");
        complete_offer(at, number, " ", "the newest of them");
        free(number);
    }
}
