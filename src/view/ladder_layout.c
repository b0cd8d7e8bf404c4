#include "view/ladder_layout.h"

#include <string.h>

#include "base/buf.h"
#include "view/canvas.h"
#include "view/ladder_call.h"

/* clang-format off */
/*  margin       gap          margin
 * |------|--------------|----------|
 *         name           name
 *  STATE │ call()        │ STATE          calls of the first host stand right of its
 *        │        call() │ STATE          line, those of the others left of theirs
 *        ├─ LABEL ─▶ HELD│
 */
/* clang-format on */
#define MARGIN_LEAST 7  /* "CLOSED" or "LISTEN" and a space */
#define MARGIN_USUAL 13 /* "SYN-RECEIVED" and a space */
#define GAP_LEAST 14    /* "SYN-RECEIVED" between two spaces; " ─SYN+ACK▶ HELD" */
#define GAP_MOST 48     /* a summary and " HELD"; longer arrows only tire the eye */

void ladder_layout_make(const struct world *world, int columns,
                        struct ladder_layout *layout)
{
    int hosts = world->host_count ? (int)world->host_count : 1;
    int gaps = hosts - 1, left = MARGIN_USUAL, right = MARGIN_USUAL, gap = 0, rest;

    if (gaps) {
        gap = (columns - left - right - hosts) / gaps;
        if (gap < GAP_LEAST) {
            gap = GAP_LEAST;
            left = (columns - hosts - gaps * gap) / 2;
            if (left < MARGIN_LEAST)
                left = MARGIN_LEAST;
            right = left;
        }
        if (gap > GAP_MOST)
            gap = GAP_MOST;
    }
    rest = columns - left - right - hosts - gaps * gap;
    if (rest > 0) {
        left += gap == GAP_MOST ? rest / 2 : 0;
        right += gap == GAP_MOST ? rest - rest / 2 : rest;
    }
    layout->hosts = hosts;
    for (int i = 0; i < hosts; i++)
        layout->x[i] = left + i * (gap + 1);
    layout->width = left + hosts + gaps * gap + right;
}

static struct ladder_place left_of(const struct ladder_layout *layout, unsigned host)
{
    int from = host ? layout->x[host - 1] + 2 : 0;

    return (struct ladder_place){from, layout->x[host] - 1 - from, true, false};
}

static struct ladder_place right_of(const struct ladder_layout *layout, unsigned host)
{
    bool last = (int)host == layout->hosts - 1;
    int from = layout->x[host] + 2;
    int to = last ? layout->width : layout->x[host + 1] - 1;

    return (struct ladder_place){from, to - from, false, false};
}

struct ladder_place ladder_state_place(const struct ladder_layout *layout, unsigned host,
                                       int width)
{
    struct ladder_place outer = host ? right_of(layout, host) : left_of(layout, host);
    struct ladder_place inner = host ? left_of(layout, host) : right_of(layout, host);

    inner.inner = true;
    return width <= outer.columns || inner.columns <= outer.columns ? outer : inner;
}

struct ladder_place ladder_call_place(const struct ladder_layout *layout, unsigned host)
{
    return host ? left_of(layout, host) : right_of(layout, host);
}

static const struct world_packet *row_packet(const struct world *world,
                                             const struct world_row *row)
{
    if (row->kind != ROW_PACKET && row->kind != ROW_ARRIVAL)
        return NULL;
    return row->packet < world->packets.count ? &world->packets.items[row->packet]
                                              : NULL;
}

static int call_height(const struct ladder_layout *layout, const struct world_row *row)
{
    struct buf first = {0}, second = {0};
    int height;

    if (!row->result)
        return 1;
    ladder_call_words(row, ladder_call_place(layout, row->host).columns, &first,
                      &second);
    height = second.len ? 2 : 1;
    buf_free(&first);
    buf_free(&second);
    return height;
}

int ladder_row_height(const struct world *world, const struct ladder_layout *layout,
                      const struct world_row *row)
{
    const struct world_packet *packet = row_packet(world, row);

    switch (row->kind) {
    case ROW_PACKET:
    case ROW_ARRIVAL:
        if (!packet || packet->joined)
            return 0;
        if (strcmp(packet->from, packet->to) == 0 &&
            world_host_find(world, packet->from) >= 0)
            return row->kind == ROW_PACKET ? 2 : 0;
        return 1;
    case ROW_STATE:
        return row->host < world->host_count && row->state != STATE_NONE;
    case ROW_CALL:
        return row->host < world->host_count && row->text ? call_height(layout, row) : 0;
    case ROW_RETURN:
    case ROW_HOST:
    case ROW_OUTPUT:
        break;
    }
    return row->host < world->host_count && row->text;
}

/* What the next row may share a line with. */
struct joint {
    uint64_t call_cookie; /* the row before is a call about this socket; or 0 */
    int call_host, call_line;
    int state_host; /* the row before is this host's state, alone on the last line; or -1
                     */
    int arrival_host; /* the last arrow has just reached this host; or -1 */
    int arrival_line;
    bool arrival_from_left;
};

static void note_arrival(const struct world *world, const struct ladder_layout *layout,
                         const struct world_row *row, bool late, int line,
                         struct joint *joint)
{
    const struct world_packet *packet = row_packet(world, row);
    int from = world_host_find(world, packet->from);

    if (packet->status != ON_WIRE_DELIVERED || from < 0 ||
        (late && row->kind == ROW_PACKET) || ladder_row_height(world, layout, row) != 1)
        return;
    joint->arrival_host = world_host_find(world, packet->to);
    joint->arrival_line = line;
    joint->arrival_from_left = from < joint->arrival_host;
}

/* A state stands beside the arrow that brought it, when only other hosts' states came
 * between (a state that a host takes when it sends stands below the arrow), and on its
 * own side there is nothing of the arrow. */
static bool joins_arrival(const struct ladder_layout *layout,
                          const struct world_row *row, const struct joint *joint)
{
    int host = (int)row->host;
    int width = text_width(tcp_state_name(row->state));

    if (row->kind != ROW_STATE || host != joint->arrival_host)
        return false;
    if (host > 0 && !joint->arrival_from_left)
        return false;
    return !ladder_state_place(layout, row->host, width).inner;
}

/* "CLOSED │ socket()": a state stands on the line of the call that has just brought it.
 */
static bool joins_call(const struct ladder_layout *layout, const struct world_row *row,
                       const struct joint *joint)
{
    int width = text_width(tcp_state_name(row->state));

    return row->kind == ROW_STATE && row->cookie && row->cookie == joint->call_cookie &&
           (int)row->host == joint->call_host &&
           !ladder_state_place(layout, row->host, width).inner;
}

/* "CLOSED │ connect()": a call stands on the line of its host's state. */
static bool joins_state(const struct world_row *row, const struct joint *joint)
{
    return (row->kind == ROW_CALL || row->kind == ROW_RETURN) &&
           (int)row->host == joint->state_host;
}

/* The line that the row shares with one before it, or -1. */
static int shared_line(const struct ladder_layout *layout, const struct world_row *row,
                       const struct ladder_plan *plan, const struct joint *joint)
{
    if (joins_arrival(layout, row, joint))
        return joint->arrival_line;
    if (joins_call(layout, row, joint))
        return joint->call_line;
    return joins_state(row, joint) ? plan->lines - 1 : -1;
}

/* What the row, which has a line of its own, offers to the next one. */
static void offer_line(const struct world *world, const struct ladder_layout *layout,
                       const struct world_row *row, const struct ladder_plan *plan,
                       int line, struct joint *joint)
{
    int arrival_host = joint->arrival_host, width;

    joint->call_cookie = 0;
    joint->state_host = joint->arrival_host = -1;
    switch (row->kind) {
    case ROW_STATE:
        width = text_width(tcp_state_name(row->state));
        if (!ladder_state_place(layout, row->host, width).inner)
            joint->state_host = (int)row->host;
        if ((int)row->host != arrival_host) /* else its next state is never above this */
            joint->arrival_host = arrival_host;
        break;
    case ROW_CALL:
        joint->call_cookie = row->cookie;
        joint->call_host = (int)row->host;
        joint->call_line = line;
        break;
    case ROW_PACKET:
    case ROW_ARRIVAL:
        note_arrival(world, layout, row, plan->late[row->packet], line, joint);
        break;
    case ROW_RETURN:
    case ROW_HOST:
    case ROW_OUTPUT:
        break;
    }
}

static void place_row(const struct world *world, const struct ladder_layout *layout,
                      size_t i, struct ladder_plan *plan, struct joint *joint)
{
    const struct world_row *row = &world->rows.items[i];
    int height = ladder_row_height(world, layout, row);
    int line = height ? shared_line(layout, row, plan, joint) : -1;

    plan->line[i] = line;
    if (!height)
        return;
    if (line < 0) {
        plan->line[i] = plan->lines;
        plan->lines += height;
        offer_line(world, layout, row, plan, plan->line[i], joint);
        return;
    }
    if (plan->lines < line + height)
        plan->lines = line + height;
    joint->call_cookie = 0;
    joint->arrival_host = joint->state_host = -1;
}

void ladder_plan_make(const struct world *world, const struct ladder_layout *layout,
                      struct ladder_plan *plan)
{
    struct joint joint = {.state_host = -1, .arrival_host = -1};

    plan->line = mem_new(world->rows.count + 1, sizeof(*plan->line));
    plan->late = mem_new(world->packets.count + 1, sizeof(*plan->late));
    plan->lines = 0;
    vec_each (row, &world->rows)
        if (row->kind == ROW_ARRIVAL && row->packet < world->packets.count)
            plan->late[row->packet] = true;
    for (size_t i = 0; i < world->rows.count; i++)
        place_row(world, layout, i, plan, &joint);
}

void ladder_plan_free(struct ladder_plan *plan)
{
    free(plan->line);
    free(plan->late);
    plan->line = NULL;
    plan->late = NULL;
}
