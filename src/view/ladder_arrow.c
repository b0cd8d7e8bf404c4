#include <stdlib.h>
#include <string.h>

#include "view/ladder_rows.h"

/* clang-format off */
/*  sender's lifeline     receiver's       (mirrored when it goes to the left)
 *      ├────── SYN ──────▶│               delivered
 *      ├─ SYN ──▶ HELD    │               held: half of the way, or as its label needs
 *      ├─ SYN ──✗ firewall│               dropped, and why if the lesson did not do it
 *      ├──── SYN ────…    │               crossing (wire slow): three quarters
 *      ├─ SYN ──⋯         │               delivered after later ones: goes on below
 *      │     ⋯── SYN ────▶│               ... where it arrives
 *      ├╌ SYN x2 ╌▶       │               a resend; here one that waits in background
 *      ├─ SYN ─┼─────────▶│               past a host in between
 *      ├─ SYN ────────────┼──▶ nobody     no host has that address
 */
/* clang-format on */
#define NOBODY "nobody"
#define NOBODY_COLUMNS 6
#define HELD "HELD"
#define HELD_COLUMNS 5 /* with a space before it */

/* The points that an arrow passes, from its sender (x[0]) to its receiver. Segment i is
 * between the points i and i + 1; a place in it is counted from point i on, from 0. */
struct route {
    int x[HOSTS_MAX + 2];
    int segments;
    int step;     /* 1: to the right; -1: to the left */
    int from, to; /* hosts, or -1 */
};

enum stop {
    STOP_ARRIVES,
    STOP_HELD,
    STOP_DROPPED,
    STOP_CROSSING,
    STOP_BEHIND,
    STOP_LATE
};

struct arrow {
    struct route route;
    enum stop stop;
    int label_segment, stop_segment;
    int start;   /* place in the stop segment where it begins: 0, but for an arrival */
    int length;  /* columns in the stop segment, with the head */
    bool spaced; /* the label has a space on both sides */
    struct buf label; /* (owned) */
    enum element element;
    const char *dash, *head;
};

/* Where an arrow from or to nobody ends: a space before the word, when there is room. */
static int edge_x(const struct ladder_layout *layout, bool right)
{
    int last = layout->x[layout->hosts - 1];

    if (right)
        return layout->width - NOBODY_COLUMNS -
               (layout->width - NOBODY_COLUMNS - last - 1 >= 3);
    return NOBODY_COLUMNS - 1 + (layout->x[0] - NOBODY_COLUMNS >= 3);
}

/* Nobody is beyond the farther edge: so there is room, and the arrow is seen to miss the
 * others. */
static void route_make(const struct ladder_layout *layout, int from, int to,
                       struct route *route)
{
    int last_host = layout->hosts - 1, points = 0, first, last;
    bool right;

    if (from >= 0 && to >= 0)
        right = from < to;
    else if (from >= 0)
        right = from * 2 < layout->hosts;
    else
        right = to < 0 || to * 2 >= layout->hosts;
    route->step = right ? 1 : -1;
    route->from = from;
    route->to = to;
    first = from >= 0 ? from : right ? 0 : last_host;
    last = to >= 0 ? to : right ? last_host : 0;
    if (from < 0)
        route->x[points++] = edge_x(layout, !right);
    for (int i = first; i != last + route->step; i += route->step)
        route->x[points++] = layout->x[i];
    if (to < 0)
        route->x[points++] = edge_x(layout, right);
    route->segments = points - 1;
}

static int segment_size(const struct route *route, int segment)
{
    return abs(route->x[segment + 1] - route->x[segment]) - 1;
}

/* The left column of what takes `columns` from a place on. */
static int column_of(const struct ladder_pen *pen, const struct route *route,
                     int segment, int place, int columns)
{
    int x = route->x[segment] + route->step * (1 + place) - pen->shift;

    return route->step > 0 ? x : x - columns + 1;
}

static bool dropped_because(const struct world_packet *packet, const char *why)
{
    return packet->status == ON_WIRE_DROPPED && packet->why &&
           strcmp(packet->why, why) == 0;
}

static enum stop stop_of(const struct world_packet *packet, bool late, bool arrival)
{
    bool lost = dropped_because(packet, NOBODY);

    if (arrival)
        return STOP_ARRIVES;
    if (late)
        return STOP_LATE;
    switch (packet->status) {
    case ON_WIRE_HELD:
        return STOP_HELD;
    case ON_WIRE_CROSSING:
        return STOP_CROSSING;
    case ON_WIRE_BACKGROUND:
        return STOP_BEHIND;
    case ON_WIRE_DROPPED:
        /* A copy in the background whose answer has arrived was not lost: nobody needed
         * it any more. It stays as it was drawn. */
        if (dropped_because(packet, "answered"))
            return STOP_BEHIND;
        return lost ? STOP_ARRIVES : STOP_DROPPED;
    case ON_WIRE_DELIVERED:
        break;
    }
    return STOP_ARRIVES;
}

static void choose_look(const struct ladder_pen *pen, const struct world_packet *packet,
                        struct arrow *arrow)
{
    bool behind = arrow->stop == STOP_BEHIND;

    arrow->dash = packet->resend || behind ? "╌" : "─";
    arrow->head = arrow->route.step > 0 ? "▶" : "◀";
    arrow->element = behind ? ELEMENT_FAINT : ELEMENT_PACKET;
    if (packet->status == ON_WIRE_HELD)
        arrow->element = ELEMENT_HELD;
    if (packet->status == ON_WIRE_DROPPED && !behind) {
        arrow->element = ELEMENT_DROPPED;
        arrow->head = "✗";
    }
    if (arrow->stop == STOP_CROSSING)
        arrow->head = "…";
    if (arrow->stop == STOP_LATE)
        arrow->head = pen->canvas->ascii ? "…" : "⋯";
}

/* How far it goes in its last segment, without regard to the label. */
static int stop_length(enum stop stop, int size)
{
    switch (stop) {
    case STOP_ARRIVES:
        return size;
    case STOP_CROSSING:
        return size * 3 / 4;
    default:
        return size / 2;
    }
}

/* The columns of its last segment that a label and its arrow may take. */
static int stop_room(enum stop stop, bool arrival, int size)
{
    if (stop == STOP_HELD)
        return size - HELD_COLUMNS;
    return stop == STOP_ARRIVES && !arrival ? size : size - 1;
}

static void measure(const struct ladder_pen *pen, size_t index, bool arrival,
                    struct arrow *arrow)
{
    const struct route *route = &arrow->route;
    int last = route->segments - 1, size, room, need;

    arrow->label_segment = arrival ? last : 0;
    if (route->from < 0)
        arrow->label_segment = route->to < 0 && last > 0 ? last - 1 : last;
    arrow->stop_segment =
        route->to < 0 && arrow->stop != STOP_ARRIVES ? arrow->label_segment : last;
    size = segment_size(route, arrow->stop_segment);
    arrow->length = stop_length(arrow->stop, size);
    room = stop_room(arrow->stop, arrival, size);
    if (arrow->label_segment != arrow->stop_segment) {
        room = segment_size(route, arrow->label_segment);
        arrow->spaced = ladder_label_fit(pen, index, room, &arrow->label);
        return;
    }
    /* HELD has a space behind it too: it stands on no lifeline. */
    arrow->spaced =
        ladder_label_fit(pen, index, room - (arrow->stop == STOP_HELD), &arrow->label);
    need = text_width(buf_text(&arrow->label)) + (arrow->spaced ? 4 : 1);
    if (need + 2 <= room)
        need++; /* a dash on both sides of the label */
    if (arrival)
        arrow->length = size * 2 / 3;
    if (arrow->length < need)
        arrow->length = need;
    arrow->start = arrival ? size - arrow->length : 0;
}

static void put(const struct ladder_pen *pen, const struct arrow *arrow, int segment,
                int place, const char *text)
{
    int x = column_of(pen, &arrow->route, segment, place, text_width(text));

    canvas_put(pen->canvas, pen->area, x, pen->y, arrow->element, text);
}

static void draw_line(const struct ladder_pen *pen, const struct arrow *arrow,
                      int segment, int place, int columns)
{
    int x = column_of(pen, &arrow->route, segment, place, columns);

    canvas_fill(pen->canvas, pen->area, x, pen->y, columns, arrow->element, arrow->dash);
}

static void draw_label(const struct ladder_pen *pen, const struct arrow *arrow)
{
    bool at_head = arrow->label_segment == arrow->stop_segment;
    int room =
        at_head ? arrow->length - 1 : segment_size(&arrow->route, arrow->label_segment);
    int width = text_width(buf_text(&arrow->label)) + (arrow->spaced ? 2 : 0);
    int before = (room - width) / 2;
    struct buf text = {0};

    if (!buf_text(&arrow->label)[0])
        return;
    if (before < 1)
        before = room > width;
    buf_printf(&text, arrow->spaced ? " %s " : "%s", buf_text(&arrow->label));
    put(pen, arrow, arrow->label_segment, before + (at_head ? arrow->start : 0),
        buf_text(&text));
    buf_free(&text);
}

/* What stands behind the head: HELD, or why the wire dropped it. */
static void draw_word(const struct ladder_pen *pen, const struct world_packet *packet,
                      const struct arrow *arrow)
{
    int size = segment_size(&arrow->route, arrow->stop_segment);
    int rest = size - arrow->length;
    const char *word = arrow->stop == STOP_HELD ? HELD : "";

    if (arrow->stop == STOP_DROPPED && packet->why &&
        strcmp(packet->why, "lesson") != 0 && text_width(packet->why) < rest)
        word = packet->why;
    put(pen, arrow, arrow->stop_segment, arrow->length + (text_width(word) < rest),
        word);
}

static void draw_nobody(const struct ladder_pen *pen, const struct route *route)
{
    int right = pen->layout->width - NOBODY_COLUMNS - pen->shift;
    bool to_right = route->step > 0;

    if (route->from < 0)
        canvas_put(pen->canvas, pen->area, to_right ? -pen->shift : right, pen->y,
                   ELEMENT_FAINT, NOBODY);
    if (route->to < 0)
        canvas_put(pen->canvas, pen->area, to_right ? right : -pen->shift, pen->y,
                   ELEMENT_FAINT, NOBODY);
}

static void draw_arrow(const struct ladder_pen *pen, const struct arrow *arrow,
                       bool arrival)
{
    const struct route *route = &arrow->route;
    int last = arrow->stop_segment;

    for (int i = 0; i < last && !arrival; i++)
        draw_line(pen, arrow, i, 0, segment_size(route, i));
    for (int i = 1; i <= last && !arrival; i++)
        canvas_put(pen->canvas, pen->area, route->x[i] - pen->shift, pen->y,
                   arrow->element, "┼");
    if (route->from >= 0 && !arrival)
        canvas_put(pen->canvas, pen->area, route->x[0] - pen->shift, pen->y,
                   arrow->element, route->step > 0 ? "├" : "┤");
    draw_line(pen, arrow, last, arrow->start, arrow->length - 1);
    if (arrow->length > 0)
        put(pen, arrow, last, arrow->start + arrow->length - 1, arrow->head);
    if (arrival && arrow->start > 0)
        put(pen, arrow, last, arrow->start - 1, pen->canvas->ascii ? "…" : "⋯");
    draw_label(pen, arrow);
}

/* What a host sends to itself leaves and comes back on two lines. */
static void draw_loop(const struct ladder_pen *pen, size_t index, int host)
{
    const struct ladder_layout *layout = pen->layout;
    int x = layout->x[host];
    int end = host + 1 < layout->hosts ? layout->x[host + 1] - 1 : layout->width;
    struct buf label = {0};

    ladder_label_fit(pen, index, end - x, &label);
    canvas_put(pen->canvas, pen->area, x - pen->shift, pen->y, ELEMENT_PACKET, "├─┐");
    canvas_put_cut(pen->canvas, pen->area, x + 4 - pen->shift, pen->y, end - x - 4,
                   ELEMENT_PACKET, buf_text(&label));
    canvas_put(pen->canvas, pen->area, x + 1 - pen->shift, pen->y + 1, ELEMENT_PACKET,
               "◀┘");
    buf_free(&label);
}

void ladder_arrow_draw(const struct ladder_pen *pen, size_t index, bool late,
                       bool arrival)
{
    const struct world_packet *packet = &pen->world->packets.items[index];
    struct arrow arrow = {.stop = stop_of(packet, late, arrival)};
    int from = world_host_find(pen->world, packet->from);
    int to = world_host_find(pen->world, packet->to);

    if (from >= 0 && from == to) {
        draw_loop(pen, index, from);
        return;
    }
    route_make(pen->layout, from, to, &arrow.route);
    choose_look(pen, packet, &arrow);
    measure(pen, index, arrival, &arrow);
    draw_arrow(pen, &arrow, arrival);
    draw_word(pen, packet, &arrow);
    draw_nobody(pen, &arrow.route);
    buf_free(&arrow.label);
}
