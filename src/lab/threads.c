/* The actors as the lab sees them: what each does, its calls as events, and whether all
 * are quiet. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/printable.h"
#include "demo/programs.h"
#include "lab/lab_private.h"

struct thread *thread_find(const struct lab *lab, const char *name)
{
    vec_each (thread, &lab->threads)
        if (strcmp((*thread)->shown.name, name) == 0)
            return *thread;
    return NULL;
}

const struct lab_thread *lab_thread(const struct lab *lab, const char *name)
{
    struct thread *thread = thread_find(lab, name);

    return thread ? &thread->shown : NULL;
}

bool lab_var_awaited(const struct lab *lab, const char *thread, const char *name)
{
    struct host *host = host_of_thread((struct lab *)lab, thread);
    struct process *process = host ? process_find(host, thread) : NULL;
    bool child = process && strcmp(process->name, host->name) != 0;

    if (!host || host->netns < 0)
        return false;
    if (!child)
        process = process_find(host, host->name);
    if (process && process->program.pid > 0)
        return !var_find(process, name);
    return !child; /* the program that will be started has no variables */
}

/* ----------------------------------------------------------- starting and ending */

struct thread *thread_add(struct lab *lab, struct host *host, struct process *process,
                          const char *name, int box)
{
    struct thread *thread = mem_new(1, sizeof(*thread));

    *vec_push(&lab->threads) = thread;
    snprintf(thread->shown.name, sizeof(thread->shown.name), "%s", name);
    thread->shown.host = (unsigned)(host - lab->hosts);
    thread->shown.status = THREAD_STARTING;
    thread->process = process;
    thread->state = (struct thread_state){-1, -1};
    thread->box = box;
    lab_watch(lab, box);
    lab_unsettle(lab);
    return thread;
}

struct thread *thread_start(struct lab *lab, const char *name, struct err *err)
{
    struct thread *thread = thread_find(lab, name);
    struct host *host = host_of_thread(lab, name);
    struct process *process;
    int box;

    if (thread)
        return thread;
    if (!host) {
        err_set(err, -ENOENT, "no host for thread %s", name);
        return NULL;
    }
    process = process_of_thread(lab, host, name, err);
    if (!process)
        return NULL;
    box = program_thread(&process->program, name);
    if (box < 0) {
        err_sys(err, box, "cannot start thread %s", name);
        return NULL;
    }
    return thread_add(lab, host, process, name, box);
}

static void thread_free(struct thread *thread)
{
    close(thread->box);
    thread_state_close(&thread->state);
    mail_reader_free(&thread->reader);
    buf_free(&thread->shown.data);
    free(thread->args);
    free(thread);
}

void threads_close(struct lab *lab, struct host *host, const struct process *process)
{
    for (size_t i = lab->threads.count; i > 0; i--) {
        struct thread *thread = lab->threads.items[i - 1];

        if (thread->shown.host == (unsigned)(host - lab->hosts) &&
            (!process || thread->process == process)) {
            thread_free(thread);
            vec_remove(&lab->threads, i - 1);
        }
    }
}

/* ----------------------------------------------------------- calls as events */

static char *error_text(int error)
{
    const char *name = errno_name(error);

    return name ? mem_strdup(name) : mem_printf("errno %d", error);
}

/* What the call gave, into the event. */
static void add_outcome(const struct thread *thread, struct event_call *event)
{
    const struct call_reply *reply = &thread->shown.reply;
    enum call_gives gives = thread->shown.def->gives;
    char endpoint[ENDPOINT_TEXT];

    if (reply->error) {
        event->result = mem_strdup("-1");
        event->error = error_text(reply->error);
    } else if (gives == GIVES_ENDPOINT) {
        event->result = mem_strdup(endpoint_print(&reply->endpoint, endpoint));
    } else if (reply->so_error) {
        event->result = error_text(reply->so_error);
    } else {
        event->result = mem_printf("%lld", (long long)reply->result);
    }
    if (gives == GIVES_DATA || gives == GIVES_DATA_FROM)
        event->data =
            printable_bytes(buf_text(&thread->shown.data), thread->shown.data.len);
    if (gives == GIVES_DATA_FROM && !reply->error)
        event->from = mem_strdup(endpoint_print(&reply->endpoint, endpoint));
}

void thread_tell_call(struct lab *lab, struct thread *thread, enum call_status status)
{
    const struct lab_thread *shown = &thread->shown;
    struct event event = {
        .kind = EVENT_CALL,
        .call = {.status = status, .line = thread->line, .socket = thread->cookie}};

    snprintf(event.call.thread, THREAD_TEXT, "%s", shown->name);
    snprintf(event.call.var, NAME_TEXT, "%s", thread->var);
    event.call.call = mem_strdup(shown->def->name);
    event.call.args = mem_strdup(thread->args ? thread->args : "");
    if (status == CALL_RETURNED)
        add_outcome(thread, &event.call);
    lab_happened(lab, &event);
}

/* Variables follow what a call that succeeded did. */
static void follow(struct lab *lab, struct thread *thread)
{
    struct process *process = thread->process;
    const struct call_def *def = thread->shown.def;
    const struct call_reply *reply = &thread->shown.reply;

    if (thread->forking) {
        spawned_forked(lab, thread, reply->error ? -1 : (pid_t)reply->result);
        return;
    }
    if (reply->error)
        return;
    if (def->var_is_sock) {
        struct sock sock;

        /* A demo program does not say which socket it got. */
        if (!reply->cookie &&
            program_query(&process->program, (int)reply->result, &sock) == 0)
            thread->cookie = sock.cookie;
        else
            thread->cookie = reply->cookie;
        var_set(process, thread->var, (int)reply->result, thread->cookie);
    } else if (call_id_of(def) == CALL_CLOSE) {
        vars_closed(process, thread->fd);
    } else if (thread->var[0]) {
        var_set(process, thread->var, -1, 0);
    }
}

static void call_returned(struct lab *lab, struct thread *thread)
{
    struct host *host = &lab->hosts[thread->shown.host];

    thread->shown.returned = true;
    thread->shown.status = thread->shown.demo ? THREAD_RUNNING : THREAD_IDLE;
    follow(lab, thread);
    thread_tell_call(lab, thread, CALL_RETURNED);
    sockets_dump(lab, host);
}

/* ----------------------------------------------------------- mail */

void thread_remember_call(struct thread *thread, const struct call_def *def,
                          const char *args, unsigned line, int fd)
{
    struct lab_var *var = fd >= 0 ? var_of_fd(thread->process, fd) : NULL;
    char *copy = mem_strdup(args);

    free(thread->args);
    thread->args = copy;
    thread->line = line;
    thread->fd = fd;
    thread->cookie = var ? var->cookie : 0;
    thread->shown.def = def;
    thread->shown.returned = false;
    memset(&thread->shown.reply, 0, sizeof(thread->shown.reply));
    buf_clear(&thread->shown.data);
}

/* A demo program wants to make a call. Only calls of the table are traced. */
static void call_pending(struct lab *lab, struct thread *thread)
{
    const struct mail *mail = &thread->reader.mail;
    const char *name = buf_text(&thread->reader.data);
    const char *args = name + strlen(name) + 1;
    const struct call_def *def = call_find(name);

    if (!def || thread->reader.data.len < strlen(name) + 2)
        return;
    thread_remember_call(thread, def, args, (unsigned)mail->number, mail->fd);
    var_in_source(thread->demo ? thread->demo->source : NULL, thread->line, def->name,
                  thread->var);
    thread->shown.status = THREAD_PENDING;
    thread->go_order = ++lab->go_count;
    thread_tell_call(lab, thread, CALL_PENDING);
}

static void demo_ended(struct lab *lab, struct thread *thread, int64_t value)
{
    struct event event = {.kind = EVENT_HOST, .host = {.change = HOST_ENDED}};

    thread->shown.demo = false;
    thread->shown.status = THREAD_IDLE;
    thread->demo = NULL;
    snprintf(event.host.host, NAME_TEXT, "%s", lab->hosts[thread->shown.host].name);
    snprintf(event.host.thread, THREAD_TEXT, "%s", thread->shown.name);
    event.host.text = mem_printf("%lld", (long long)value);
    lab_happened(lab, &event);
}

static void take_mail(struct lab *lab, struct thread *thread)
{
    const struct mail *mail = &thread->reader.mail;

    switch (mail->kind) {
    case MAIL_HELLO:
        thread_state_open(&thread->state, (pid_t)mail->number);
        if (thread->shown.status == THREAD_STARTING)
            thread->shown.status = thread->shown.demo ? THREAD_RUNNING : THREAD_IDLE;
        lab_unsettle(lab);
        break;
    case MAIL_REPLY:
        thread->shown.reply = mail->reply;
        buf_add(&thread->shown.data, buf_text(&thread->reader.data),
                thread->reader.data.len);
        if (thread->shown.def)
            call_returned(lab, thread);
        break;
    case MAIL_PENDING:
        call_pending(lab, thread);
        break;
    case MAIL_ENDED:
        demo_ended(lab, thread, mail->number);
        break;
    case MAIL_THREAD:
    case MAIL_QUERY:
    case MAIL_SOCK:
    case MAIL_CALL:
    case MAIL_DEMO:
    case MAIL_GO:
        break; /* never from a thread */
    }
}

/* The mailbox has ended: by return(), or with the whole process (then it is reaped). */
static void thread_ended(struct lab *lab, size_t number)
{
    struct thread *thread = lab->threads.items[number];

    if (thread->shown.def && call_id_of(thread->shown.def) == CALL_RETURN &&
        !thread->shown.returned) {
        thread->shown.returned = true;
        thread_tell_call(lab, thread, CALL_RETURNED);
    }
    thread_free(thread);
    vec_remove(&lab->threads, number);
    lab_unsettle(lab);
}

void threads_read(struct lab *lab)
{
    for (size_t i = 0; i < lab->threads.count; i++) {
        struct thread *thread = lab->threads.items[i];
        int result;

        while ((result = mail_poll(thread->box, &thread->reader)) == 1) {
            /* What the call sent is on the wire already: it comes before its return. */
            while (frames_take_one(lab))
                ;
            take_mail(lab, thread);
        }
        if (result < 0)
            thread_ended(lab, i--);
    }
}

/* ----------------------------------------------------------- quiet */

/* In this order a thread that has just returned cannot look asleep: its call's number,
 * its sleep, and then its mailbox is empty. */
static bool is_asleep(struct thread *thread)
{
    const struct call_def *def = thread->shown.def;

    return def && !thread->shown.returned &&
           thread_state_sleeps_in(&thread->state, def->numbers, def->number_count) ==
               1 &&
           mail_empty(thread->box);
}

static bool thread_quiet(struct lab *lab, struct thread *thread)
{
    switch (thread->shown.status) {
    case THREAD_IDLE:
    case THREAD_PENDING:
        return true;
    case THREAD_BLOCKED:
        return is_asleep(thread);
    case THREAD_RUNNING:
        if (!is_asleep(thread))
            return false;
        /* What it sent before it fell asleep comes first, and may have woken it. */
        while (frames_take_one(lab))
            ;
        if (is_asleep(thread)) {
            thread->shown.status = THREAD_BLOCKED;
            thread_tell_call(lab, thread, CALL_BLOCKED);
        }
        return false;
    case THREAD_STARTING:
        break;
    }
    return false;
}

bool threads_quiet(struct lab *lab)
{
    bool quiet = true;

    for (unsigned i = 0; i < lab->host_count; i++)
        vec_each (process, &lab->hosts[i].processes)
            quiet = quiet && !(*process)->dying;
    vec_each (thread, &lab->threads)
        if (!thread_quiet(lab, *thread))
            quiet = false;
    return quiet;
}

void threads_explain(struct lab *lab, struct buf *why)
{
    vec_each (slot, &lab->threads) {
        struct thread *thread = *slot;
        enum thread_status status = thread->shown.status;

        if (status == THREAD_IDLE || status == THREAD_PENDING || is_asleep(thread))
            continue;
        buf_printf(why, "%s%s %s %s", why->len ? "; " : "", thread->shown.name,
                   status == THREAD_STARTING ? "does not start"
                                             : "neither sleeps nor returns",
                   thread->shown.def ? thread->shown.def->name : "");
        if (thread->state.syscall_fd < 0)
            buf_puts(why, " (/proc does not tell what it does)");
    }
    if (why->len == 0)
        buf_puts(why, "the sockets keep changing");
}
