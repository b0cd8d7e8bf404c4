#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "model/world_parts.h"

int world_host_check(const struct world *world, const struct event *event,
                     struct err *err)
{
    const struct event_host *host = &event->host;
    bool known = world_host_find(world, host->host) >= 0;

    if (!known && host->change != HOST_ADDED)
        return world_need_host(world, host->host, err);
    if (!known && world->host_count == HOSTS_MAX)
        return err_set(err, -EINVAL, "host '%s': a lab has at most %d hosts", host->host,
                       HOSTS_MAX);
    if (host->addresses.address_count > HOST_ADDRESSES_MAX)
        return err_set(err, -EINVAL, "host '%s': at most %d addresses", host->host,
                       HOST_ADDRESSES_MAX);
    switch (host->change) {
    case HOST_DEMO:
    case HOST_ENDED:
    case HOST_FORKED:
        if (world_thread_host(world, host->thread) < 0)
            return err_set(err, -EINVAL, "unknown thread '%s'", host->thread);
        return 0;
    case HOST_ADDED:
    case HOST_STARTED:
    case HOST_EXITED:
    case HOST_CRASHED:
    case HOST_BOOTED:
    case HOST_UNPLUGGED:
    case HOST_PLUGGED:
        return 0;
    case HOST_CHANGE_COUNT:
        break;
    }
    return err_set(err, -EINVAL, "host '%s': unknown change", host->host);
}

static struct world_host *host_append(struct world *world, const char *name)
{
    struct world_host *host = &world->hosts[world->host_count++];

    *host = (struct world_host){0};
    snprintf(host->name, sizeof(host->name), "%s", name);
    return host;
}

static void set_addresses(struct world_host *host, const struct event_lab_host *from)
{
    memcpy(host->addresses, from->addresses, sizeof(host->addresses));
    host->address_count = from->address_count;
}

static void take_source(struct world_source *source, const struct event_lab *lab)
{
    world_replace(&source->program, lab->program);
    world_replace(&source->kernel, lab->kernel);
    world_replace(&source->time, lab->time);
    world_replace(&source->lesson, lab->lesson);
    world_replace(&source->text, lab->text);
}

void world_lab_apply(struct world *world, const struct event *event)
{
    const struct event_lab *lab = &event->lab;
    struct world_lesson lesson = world->lesson;
    struct world_source source = world->source;
    world_log log = world->log;

    /* Without a text it is a `reset`: where the lesson stands, stays. */
    if (!lab->text) {
        memset(&world->lesson, 0, sizeof(world->lesson));
        memset(&world->source, 0, sizeof(world->source));
        memset(&world->log, 0, sizeof(world->log));
    }
    world_free(world);
    if (!lab->text) {
        world->lesson = lesson;
        world->source = source;
        world->log = log;
    } else {
        take_source(&world->source, lab);
    }
    for (unsigned i = 0; i < lab->host_count && i < HOSTS_MAX; i++)
        set_addresses(host_append(world, lab->hosts[i].name), &lab->hosts[i]);
}

static void add_host_row(struct world *world, const struct event *event, unsigned host,
                         const char *text)
{
    struct world_row *row = world_row_add(world, event, ROW_HOST, host);

    row->text = mem_strdup(text);
    snprintf(row->thread, sizeof(row->thread), "%s", event->host.thread);
}

static void demo_began(struct world *world, const struct event_host *host)
{
    struct world_thread *thread = world_thread_need(world, host->thread);

    world_replace(&thread->demo, host->demo ? host->demo : "");
    world_replace(&thread->source, host->source);
    thread->source_line = 0;
}

static void demo_ended(struct world *world, const struct event_host *host)
{
    struct world_thread *thread = world_thread_need(world, host->thread);

    /* Its text stays to be read, until the thread makes a call of the lesson's. */
    world_replace(&thread->demo, NULL);
    thread->source_line = 0;
}

void world_host_apply(struct world *world, const struct event *event)
{
    const struct event_host *change = &event->host;
    int found = world_host_find(world, change->host);
    struct world_host *host =
        found >= 0 ? &world->hosts[found] : host_append(world, change->host);
    unsigned index = (unsigned)(host - world->hosts);

    switch (change->change) {
    case HOST_ADDED:
        if (change->addresses.address_count)
            set_addresses(host, &change->addresses);
        host->up = host->plugged = true;
        break;
    case HOST_STARTED:
        host->running = true;
        world_children_forget(world, index);
        break;
    case HOST_EXITED:
        if (change->thread[0] && strcmp(change->thread, change->host) != 0) {
            world_process_end(world, change->thread);
        } else {
            world_process_end(world, change->host);
            host->running = false;
        }
        add_host_row(world, event, index, change->text ? change->text : "exited");
        break;
    case HOST_DEMO:
        demo_began(world, change);
        break;
    case HOST_ENDED:
        demo_ended(world, change);
        break;
    case HOST_FORKED:
        world_fork(world, change->thread);
        break;
    case HOST_CRASHED:
        world_host_end(world, index);
        world_socks_lose(world, index, event->seq);
        host->up = host->running = false;
        add_host_row(world, event, index, "crashed");
        break;
    case HOST_BOOTED: /* its cable is as it was */
        host->up = true;
        add_host_row(world, event, index, "booted");
        break;
    case HOST_UNPLUGGED:
        host->plugged = false;
        add_host_row(world, event, index, "unplugged");
        break;
    case HOST_PLUGGED:
        host->plugged = true;
        add_host_row(world, event, index, "plugged in");
        break;
    case HOST_CHANGE_COUNT:
        break;
    }
}

void world_output_apply(struct world *world, const struct event *event)
{
    int host = world_host_find(world, event->output.host);

    world_row_add(world, event, ROW_OUTPUT, (unsigned)host)->text =
        mem_strdup(event->output.text ? event->output.text : "");
}
