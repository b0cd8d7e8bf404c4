#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/world_parts.h"

int world_thread_host(const struct world *world, const char *thread)
{
    size_t len = strcspn(thread, "/.");

    for (unsigned i = 0; i < world->host_count; i++)
        if (strlen(world->hosts[i].name) == len &&
            strncmp(world->hosts[i].name, thread, len) == 0)
            return (int)i;
    return -1;
}

struct world_thread *world_thread_find(const struct world *world, const char *name)
{
    vec_each (thread, &world->threads)
        if (strcmp(thread->name, name) == 0)
            return thread;
    return NULL;
}

const struct world_var *world_var_find(const struct world *world, const char *process,
                                       const char *name)
{
    vec_each (var, &world->vars)
        if (strcmp(var->name, name) == 0 && strcmp(var->process, process) == 0)
            return var;
    return NULL;
}

/* True when name is parent's own, or "parent.more". */
static bool is_below(const char *name, const char *parent)
{
    size_t len = strlen(parent);

    return strncmp(name, parent, len) == 0 && (!name[len] || name[len] == '.');
}

/* "host", or the name of the forked child to which the thread belongs. */
static void process_of(const struct world *world, const char *thread,
                       char out[THREAD_TEXT])
{
    size_t longest = 0;

    snprintf(out, THREAD_TEXT, "%.*s", (int)strcspn(thread, "/."), thread);
    vec_each (child, &world->threads) {
        size_t len = strlen(child->name);

        if (child->process && len > longest && is_below(thread, child->name)) {
            longest = len;
            memcpy(out, child->name, len + 1);
        }
    }
}

void world_thread_clear(struct world_thread *thread)
{
    free(thread->call);
    free(thread->args);
    free(thread->result);
    free(thread->error);
    free(thread->data);
    free(thread->demo);
    free(thread->source);
    *thread = (struct world_thread){0};
}

/* What a demo program starts runs the same text: HOST/THREAD.1 is HOST/THREAD's. */
static void inherit_demo(struct world *world, struct world_thread *thread)
{
    char name[THREAD_TEXT];
    const struct world_thread *parent;
    char *dot;

    memcpy(name, thread->name, sizeof(name));
    dot = strrchr(name, '.');
    if (!dot)
        return;
    *dot = '\0';
    parent = world_thread_find(world, name);
    if (!parent || !parent->demo)
        return;
    world_replace(&thread->demo, parent->demo);
    world_replace(&thread->source, parent->source);
}

struct world_thread *world_thread_need(struct world *world, const char *name)
{
    struct world_thread *thread = world_thread_find(world, name);

    if (thread && thread->alive)
        return thread;
    if (thread)
        world_thread_clear(thread);
    else
        thread = vec_push(&world->threads);
    snprintf(thread->name, sizeof(thread->name), "%s", name);
    thread->host = (unsigned)world_thread_host(world, name);
    thread->alive = true;
    thread->status = CALL_RETURNED;
    inherit_demo(world, thread);
    return thread;
}

static struct world_var *var_need(struct world *world, const char *process,
                                  const char *name)
{
    struct world_var *var;

    vec_each (known, &world->vars)
        if (strcmp(known->name, name) == 0 && strcmp(known->process, process) == 0)
            return known;
    var = vec_push(&world->vars);
    snprintf(var->process, sizeof(var->process), "%s", process);
    snprintf(var->name, sizeof(var->name), "%s", name);
    return var;
}

/* The thread of that host which is in fork() now, else the host's own process. */
static void forking_process(const struct world *world, const char *child,
                            char out[THREAD_TEXT])
{
    int host = world_thread_host(world, child);
    const char *parent = world->hosts[host].name;

    vec_each (thread, &world->threads)
        if (thread->alive && thread->host == (unsigned)host && thread->call &&
            strcmp(thread->call, "fork") == 0 && thread->status != CALL_RETURNED)
            parent = thread->name;
    process_of(world, parent, out);
}

void world_fork(struct world *world, const char *child)
{
    char parent[THREAD_TEXT];
    struct world_thread *thread;
    size_t count = world->vars.count;

    forking_process(world, child, parent);
    thread = world_thread_need(world, child);
    thread->process = true;
    for (size_t i = 0; i < count; i++) {
        struct world_var from = world->vars.items[i]; /* a push may move the items */
        struct world_var *copy;

        if (strcmp(from.process, parent) != 0)
            continue;
        copy = var_need(world, child, from.name);
        copy->cookie = from.cookie;
        copy->open = from.open;
    }
}

void world_process_end(struct world *world, const char *process)
{
    char own[THREAD_TEXT];

    vec_each (thread, &world->threads) {
        process_of(world, thread->name, own);
        if (strcmp(own, process) == 0)
            thread->alive = false;
    }
    vec_each (var, &world->vars)
        if (strcmp(var->process, process) == 0)
            var->open = false;
}

void world_host_end(struct world *world, unsigned host)
{
    vec_each (thread, &world->threads)
        if (thread->host == host)
            thread->alive = false;
    vec_each (var, &world->vars)
        if (world_thread_host(world, var->process) == (int)host)
            var->open = false;
}

void world_children_forget(struct world *world, unsigned host)
{
    vec_each (thread, &world->threads)
        if (thread->host == host && !thread->alive)
            thread->process = false;
}

int world_call_check(const struct world *world, const struct event *event,
                     struct err *err)
{
    if (!event->call.call || event->call.status >= CALL_STATUS_COUNT)
        return err_set(err, -EINVAL, "a call without a name or a status");
    if (world_thread_host(world, event->call.thread) < 0)
        return err_set(err, -EINVAL, "unknown host of thread '%s'", event->call.thread);
    return 0;
}

/* "c = accept(s)" */
static char *call_text(const struct event_call *call)
{
    return mem_printf("%s%s%s(%s)", call->var, call->var[0] ? " = " : "", call->call,
                      call->args ? call->args : "");
}

static bool makes_socket(const char *call)
{
    return strcmp(call, "socket") == 0 || strcmp(call, "accept") == 0 ||
           strcmp(call, "accept4") == 0;
}

/* A demo program's source stands there whole; a lesson's thread gets its line added. */
static void follow_source(struct world_thread *thread, const struct event_call *call)
{
    char *line, *source;

    if (thread->demo) {
        if (call->line)
            thread->source_line = call->line;
        return;
    }
    if (call->status != CALL_STARTED)
        return;
    line = call_text(call);
    source = thread->source && thread->source_line
                 ? mem_printf("%s\n%s", thread->source, line)
                 : mem_strdup(line);
    free(line);
    free(thread->source);
    thread->source = source;
    thread->source_line++;
}

static void follow_vars(struct world *world, const struct event_call *call)
{
    char process[THREAD_TEXT];
    struct world_var *var;

    if (call->error)
        return;
    process_of(world, call->thread, process);
    if (call->var[0]) {
        var = var_need(world, process, call->var);
        var->cookie = makes_socket(call->call) ? call->socket : 0;
        var->open = var->cookie != 0;
    }
    if (strcmp(call->call, "close") != 0 || !call->socket || !call->result ||
        strcmp(call->result, "0") != 0)
        return;
    vec_each (closed, &world->vars)
        if (closed->cookie == call->socket && strcmp(closed->process, process) == 0)
            closed->open = false;
}

/* What came back, in the reader's words: "connect() = ECONNREFUSED", "accept() = c". */
static char *return_text(const struct event_call *call)
{
    const char *what = call->error                                ? call->error
                       : call->var[0] && makes_socket(call->call) ? call->var
                       : call->result                             ? call->result
                                                                  : "done";

    return mem_printf("%s() = %s", call->call, what);
}

/* What a call received, whose address it asked for, an option. That another one gave 0
 * or a descriptor is no news. */
static void take_news(struct world_row *row, const struct event_call *call)
{
    if (call->error || !call->result || makes_socket(call->call))
        return;
    if (!call->data && !strchr(call->result, ':') &&
        strcmp(call->call, "getsockopt") != 0)
        return;
    world_replace(&row->result, call->result);
    world_replace(&row->data, call->data);
    world_replace(&row->sender, call->from);
}

/* The call that has just returned stands on the thread's last such row. */
static struct world_row *last_call(const struct world *world, const char *thread)
{
    for (size_t i = world->rows.count; i > 0; i--) {
        struct world_row *row = &world->rows.items[i - 1];

        if (row->kind == ROW_CALL && strcmp(row->thread, thread) == 0)
            return row;
    }
    return NULL;
}

static void add_return(struct world *world, const struct event *event, unsigned host,
                       enum call_status before)
{
    const struct event_call *call = &event->call;
    struct world_row *row = NULL;

    if (before == CALL_BLOCKED || call->error) {
        row = world_row_add(world, event, ROW_RETURN, host);
        row->text = return_text(call);
        row->failed = call->error != NULL;
        memcpy(row->thread, call->thread, sizeof(row->thread));
    } else if (before == CALL_STARTED) {
        row = last_call(world, call->thread);
    }
    if (!row)
        return;
    row->cookie = call->socket;
    take_news(row, call);
}

void world_call_apply(struct world *world, const struct event *event)
{
    const struct event_call *call = &event->call;
    struct world_thread *thread = world_thread_need(world, call->thread);
    enum call_status before = thread->called ? thread->status : CALL_RETURNED;
    struct world_row *row;

    world_log_call(world, call);
    thread->called = true;
    thread->status = call->status;
    thread->line = call->line;
    thread->since_ns = event->t_ns;
    world_replace(&thread->call, call->call);
    world_replace(&thread->args, call->args);
    world_replace(&thread->result, call->result);
    world_replace(&thread->error, call->error);
    world_replace(&thread->data, call->data);
    memcpy(thread->var, call->var, sizeof(thread->var));
    follow_source(thread, call);
    if (call->status == CALL_STARTED) {
        row = world_row_add(world, event, ROW_CALL, thread->host);
        row->text = call_text(call);
        row->cookie = call->socket;
        memcpy(row->thread, call->thread, sizeof(row->thread));
    } else if (call->status == CALL_RETURNED) {
        follow_vars(world, call);
        add_return(world, event, thread->host, before);
    }
}
