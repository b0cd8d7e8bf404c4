/* What the kernel says of a host's sockets, as events. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "lab/lab_private.h"

/* A timer that has run out acts a little later: the kernel's timers may be late by an
 * eighth of their length (kernel/time/timer.c), so it is asked again now and then. */
#define OVERDUE_NS (2 * NS_PER_MS)
#define ASK_AGAIN_NS (100 * NS_PER_MS)

static bool in_dump(const sock_list *dump, uint64_t cookie)
{
    vec_each (sock, dump)
        if (sock->cookie == cookie)
            return true;
    return false;
}

static void ask_process(struct lab *lab, struct process *process)
{
    vec_each (var, &process->vars) {
        struct sock sock;

        if (!var->open || var->fd < 0 || in_dump(&lab->dump, var->cookie))
            continue;
        if (program_query(&process->program, var->fd, &sock) == 0 &&
            sock.cookie == var->cookie && sock.proto != PROTO_NONE)
            *vec_push(&lab->dump) = sock;
    }
}

/* Sockets that no dump shows (not bound, refused, reset) but a program has open. */
static void add_open_descriptors(struct lab *lab, struct host *host)
{
    vec_each (process, &host->processes)
        if ((*process)->program.pid > 0)
            ask_process(lab, *process);
}

static void owner_of(const struct host *host, const struct sock *sock, char *out,
                     size_t room)
{
    vec_each (process, &host->processes) {
        vec_each (var, &(*process)->vars) {
            if (var->cookie == sock->cookie && var->open) {
                /* A program may have used the name again: the socket has none then. */
                snprintf(out, room, "%s%s%s", (*process)->name, var->name[0] ? " " : "",
                         var->name);
                return;
            }
        }
    }
    /* Half-open, orphaned and TIME-WAIT sockets belong to no descriptor. */
    if (sock->inode == 0 && sock->listed &&
        (sock->state == STATE_ESTABLISHED || sock->state == STATE_CLOSE_WAIT))
        snprintf(out, room, "not accepted yet");
    else if (sock->inode == 0 && sock->listed)
        snprintf(out, room, "kernel");
    else
        snprintf(out, room, "%s", host->name);
}

static struct told_owner *told(struct host *host, uint64_t cookie)
{
    vec_each (owner, &host->owners)
        if (owner->cookie == cookie)
            return owner;
    return NULL;
}

struct finding {
    struct lab *lab;
    struct host *host;
};

static void tell(void *context, enum socket_change change, enum tcp_state from,
                 const struct sock *sock, int64_t deadline_ns)
{
    struct finding *finding = context;
    struct host *host = finding->host;
    struct told_owner *owner = told(host, sock->cookie);
    struct event event = {
        .kind = EVENT_SOCKET,
        .socket = {
            .change = change, .from = from, .sock = *sock, .deadline_ns = deadline_ns}};

    if (!owner) {
        owner = vec_push(&host->owners);
        owner->cookie = sock->cookie;
    }
    owner_of(host, sock, owner->owner, sizeof(owner->owner));
    snprintf(event.socket.host, sizeof(event.socket.host), "%s", host->name);
    event.socket.owner = mem_strdup(owner->owner);
    if (change == SOCKET_VANISHED)
        vec_remove(&host->owners, (size_t)(owner - host->owners.items));
    lab_happened(finding->lab, &event);
}

/* A socket may get an owner without any other change: accept() took it. */
static void tell_new_owners(struct finding *finding)
{
    struct host *host = finding->host;

    vec_each (known, &host->known) {
        struct told_owner *before = told(host, known->sock.cookie);
        char now[sizeof(before->owner)];

        owner_of(host, &known->sock, now, sizeof(now));
        if (before && strcmp(before->owner, now) != 0)
            tell(finding, SOCKET_INFO, known->sock.state, &known->sock,
                 known->deadline_ns);
    }
}

void sockets_dump(struct lab *lab, struct host *host)
{
    struct finding finding = {lab, host};

    /* A dump that the kernel keeps interrupting says nothing: the next one will. */
    if (!host->diag || sock_diag_dump_all(host->diag, &lab->dump) < 0)
        return;
    host->dumped_ns = lab_time(lab);
    add_open_descriptors(lab, host);
    sock_diff(&host->known, &lab->dump, host->dumped_ns, tell, &finding);
    tell_new_owners(&finding);
}

int64_t sockets_deadline(const struct host *host, int64_t now_ns)
{
    int64_t due = sock_known_next_deadline(&host->known);

    if (due < 0)
        return -1;
    due += OVERDUE_NS;
    if (due > now_ns || host->dumped_ns < due)
        return due;
    return host->dumped_ns + ASK_AGAIN_NS;
}

int lab_destroy(struct lab *lab, const char *process, const char *name, struct err *err)
{
    struct host *host = host_of_thread(lab, process);
    struct process *owner = host ? process_find(host, process) : NULL;
    struct lab_var *var = owner ? var_find(owner, name) : NULL;
    int result;

    if (!var)
        return err_set(err, -ENOENT, "variable %s of %s is not set", name, process);
    vec_each (known, &host->known) {
        if (known->sock.cookie != var->cookie || !known->sock.listed)
            continue;
        result = sock_diag_destroy(host->diag, &known->sock);
        if (result < 0)
            return err_sys(err, result, "the kernel does not destroy %s.%s", process,
                           name);
        sockets_dump(lab, host);
        return 0;
    }
    return err_set(err, -ENOENT, "the kernel has no socket for %s.%s any more", process,
                   name);
}
