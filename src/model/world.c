#include "model/world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/world_parts.h"

void world_init(struct world *world)
{
    memset(world, 0, sizeof(*world));
}

void world_free(struct world *world)
{
    world_socks_free(world);
    vec_each (packet, &world->packets) {
        free(packet->label);
        free(packet->summary);
        free(packet->why);
        free(packet->frame);
    }
    vec_each (thread, &world->threads)
        world_thread_clear(thread);
    vec_each (row, &world->rows) {
        free(row->text);
        free(row->result);
        free(row->data);
        free(row->sender);
    }
    vec_free(&world->packets);
    vec_free(&world->threads);
    vec_free(&world->vars);
    vec_free(&world->rows);
    vec_free(&world->lesson.questions);
    vec_free(&world->lesson.tasks);
    free(world->lesson.text);
    free(world->lesson.waiting);
    world_log_free(&world->log);
    free(world->source.program);
    free(world->source.kernel);
    free(world->source.time);
    free(world->source.lesson);
    free(world->source.text);
    world_init(world);
}

void world_replace(char **slot, const char *text)
{
    char *copy = text ? mem_strdup(text) : NULL;

    free(*slot);
    *slot = copy;
}

struct world_row *world_row_add(struct world *world, const struct event *event,
                                enum world_row_kind kind, unsigned host)
{
    struct world_row *row = vec_push(&world->rows);

    row->kind = kind;
    row->seq = event->seq;
    row->t_ns = event->t_ns;
    row->host = host;
    return row;
}

int world_host_find(const struct world *world, const char *name)
{
    for (unsigned i = 0; i < world->host_count; i++)
        if (strcmp(world->hosts[i].name, name) == 0)
            return (int)i;
    return -1;
}

int world_need_host(const struct world *world, const char *name, struct err *err)
{
    if (world_host_find(world, name) >= 0)
        return 0;
    return err_set(err, -EINVAL, "unknown host '%s'", name);
}

static int check(const struct world *world, const struct event *event, struct err *err)
{
    switch (event->kind) {
    case EVENT_HOST:
        return world_host_check(world, event, err);
    case EVENT_CALL:
        return world_call_check(world, event, err);
    case EVENT_PACKET:
        return world_packet_check(world, event, err);
    case EVENT_SOCKET:
        return world_socket_check(world, event, err);
    case EVENT_OUTPUT:
        return world_need_host(world, event->output.host, err);
    case EVENT_LOST:
        return event->lost.host[0] ? world_need_host(world, event->lost.host, err) : 0;
    case EVENT_LAB:
    case EVENT_WIRE:
    case EVENT_STEP:
    case EVENT_PAGE:
    case EVENT_EXPECT:
    case EVENT_QUESTION:
    case EVENT_TASK:
        return 0;
    case EVENT_KIND_COUNT:
        break;
    }
    return err_set(err, -EINVAL, "unknown kind of event");
}

static void apply(struct world *world, const struct event *event)
{
    switch (event->kind) {
    case EVENT_LAB:
        world_lab_apply(world, event);
        break;
    case EVENT_HOST:
        world_host_apply(world, event);
        break;
    case EVENT_CALL:
        world_call_apply(world, event);
        break;
    case EVENT_PACKET:
        world_packet_apply(world, event);
        break;
    case EVENT_SOCKET:
        world_socket_apply(world, event);
        break;
    case EVENT_WIRE:
        world->wire = event->wire.mode;
        world->wire_delay_ns = event->wire.delay_ns;
        break;
    case EVENT_STEP:
        world_step_apply(world, event);
        break;
    case EVENT_PAGE:
        world_page_apply(world, event);
        break;
    case EVENT_EXPECT:
        world_expect_apply(world, event);
        break;
    case EVENT_QUESTION:
        world_question_apply(world, event);
        break;
    case EVENT_TASK:
        world_task_apply(world, event);
        break;
    case EVENT_OUTPUT:
        world_output_apply(world, event);
        break;
    case EVENT_LOST:
        world->lost += event->lost.count;
        break;
    case EVENT_KIND_COUNT:
        break;
    }
}

int world_apply(struct world *world, const struct event *event, struct err *err)
{
    int result = check(world, event, err);

    if (result != 0)
        return result;
    apply(world, event);
    world->seq = event->seq;
    world->t_ns = event->t_ns;
    return 0;
}
