#include "view/statemap.h"

#include <stdlib.h>
#include <string.h>

#include "view/statemap_layout.h"
#include "view/statemap_path.h"

#define TOKEN_MARK "● "

struct map_pen {
    const struct world *world;
    const struct statemap_look *look;
    const struct map_layout *layout;
    const map_path *path;
    struct canvas *canvas;
    struct area area;
};

/* A line's characters: those of an arrow that was taken are double, so that they are
 * told from the others without colour; those of one that Linux never takes are dotted.
 */
struct line_style {
    const char *level, *upright;
    const char *corners[2][2]; /* [an arm goes down][an arm goes to the right] */
    enum element element;
};

static const struct line_style taken_style = {
    "═", "║", {{"╝", "╚"}, {"╗", "╔"}}, ELEMENT_CHANGED};
static const struct line_style open_style = {
    "─", "│", {{"┘", "└"}, {"┐", "┌"}}, ELEMENT_TEXT};
static const struct line_style never_style = {
    "╌", "┆", {{"┘", "└"}, {"┐", "┌"}}, ELEMENT_FAINT};

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static struct map_point direction(struct map_point from, struct map_point to)
{
    return (struct map_point){sign(to.x - from.x), sign(to.y - from.y)};
}

/* The way in which a route leaves its node. */
static struct map_point leaving(struct map_point node, struct map_point first)
{
    struct map_point way = direction(node, first);

    if (way.y)
        way.x = 0;
    return way;
}

static const char *bend(const struct line_style *style, struct map_point in,
                        struct map_point out)
{
    if (in.x == out.x && in.y == out.y)
        return out.x ? style->level : style->upright;
    return style->corners[in.y < 0 || out.y > 0][in.x < 0 || out.x > 0];
}

static const char *head(struct map_point way)
{
    if (way.x)
        return way.x > 0 ? "▶" : "◀";
    return way.y > 0 ? "▼" : "▲";
}

static void draw_route(const struct map_pen *pen, struct map_point node,
                       const struct map_point *points, int count,
                       const struct line_style *style)
{
    struct map_point in = leaving(node, points[0]);

    for (int i = 0; i + 1 < count; i++) {
        struct map_point out = direction(points[i], points[i + 1]), at = points[i];

        canvas_put(pen->canvas, pen->area, at.x, at.y, style->element,
                   bend(style, in, out));
        for (at.x += out.x, at.y += out.y;
             at.x != points[i + 1].x || at.y != points[i + 1].y;
             at.x += out.x, at.y += out.y)
            canvas_put(pen->canvas, pen->area, at.x, at.y, style->element,
                       out.x ? style->level : style->upright);
        in = out;
    }
    canvas_put(pen->canvas, pen->area, points[count - 1].x, points[count - 1].y,
               style->element, head(in));
}

static void draw_arrows(const struct map_pen *pen)
{
    struct map_point points[4];

    for (size_t i = 0; i < tcp_arrow_count; i++) {
        const struct tcp_arrow *arrow = &tcp_arrows[i];
        int count = map_route(pen->layout, arrow->from, arrow->to, points);
        const struct line_style *style = arrow->never ? &never_style : &open_style;

        if (map_path_find(pen->path, arrow->from, arrow->to))
            style = &taken_style;
        if (count)
            draw_route(pen, map_node(pen->layout, arrow->from), points, count, style);
    }
}

static void draw_node(const struct map_pen *pen, int node, bool occupied)
{
    int half = pen->layout->half, inside = 2 * half - 1;
    struct map_point at = map_node(pen->layout, node);
    const char *name = tcp_state_name(node == NODE_END ? STATE_CLOSED : node);
    const struct line_style *style = occupied ? &taken_style : &open_style;
    enum element element = occupied ? ELEMENT_STATE : ELEMENT_TEXT;
    bool tall = pen->layout->box > 1;

    for (int side = -1; tall && side <= 1; side += 2) {
        canvas_put(pen->canvas, pen->area, at.x - half, at.y + side, element,
                   style->corners[side < 0][1]);
        canvas_fill(pen->canvas, pen->area, at.x - half + 1, at.y + side, inside,
                    element, style->level);
        canvas_put(pen->canvas, pen->area, at.x + half, at.y + side, element,
                   style->corners[side < 0][0]);
    }
    canvas_put(pen->canvas, pen->area, at.x - half, at.y, element,
               tall ? style->upright : "[");
    canvas_put(pen->canvas, pen->area, at.x - text_width(name) / 2, at.y, element, name);
    canvas_put(pen->canvas, pen->area, at.x + half, at.y, element,
               tall ? style->upright : "]");
}

/* The blank columns from x on, to the right (way 1) or to the left (-1), without the one
 * that is left free before a line. */
static int blank_run(const struct map_pen *pen, int x, int y, int way)
{
    const struct canvas *canvas = pen->canvas;
    int run = 0;

    if (y < 0 || y >= pen->area.height || pen->area.y + y < 0 ||
        pen->area.y + y >= canvas->height)
        return 0;
    for (;; run++, x += way) {
        int column = pen->area.x + x;

        if (x < 0 || x >= pen->area.width || column < 0 || column >= canvas->width)
            return run;
        if (strcmp(canvas->cells[(pen->area.y + y) * canvas->width + column].text,
                   " ") != 0)
            return run > 0 ? run - 1 : 0;
    }
}

static int slot_room(const struct map_pen *pen, const struct map_slot *slot)
{
    int right = blank_run(pen, slot->at.x, slot->at.y, 1);
    int left = blank_run(pen, slot->at.x, slot->at.y, -1);

    switch (slot->align) {
    case MAP_RIGHTWARDS:
        return right;
    case MAP_LEFTWARDS:
        return left;
    case MAP_CENTRED:
        break;
    }
    return 2 * (left < right ? left : right) - 1;
}

/* The first column of a text of that width. */
static int slot_x(const struct map_slot *slot, int width)
{
    switch (slot->align) {
    case MAP_RIGHTWARDS:
        return slot->at.x;
    case MAP_LEFTWARDS:
        return slot->at.x - width + 1;
    case MAP_CENTRED:
        break;
    }
    return slot->at.x - width / 2;
}

/* What is CLOSED after a connection stands where that ended, also while a program still
 * has its descriptor; a listener, and what got no answer, where it began. */
static int node_of(const struct world_sock *sock)
{
    enum tcp_state state = sock->sock.state;

    if ((unsigned)state >= STATE_COUNT || sock->sock.proto != PROTO_TCP)
        return STATE_NONE;
    if (sock->gone)
        state = STATE_CLOSED;
    if (state != STATE_CLOSED || sock->from == STATE_NONE ||
        sock->from == STATE_CLOSED || sock->from == STATE_LISTEN ||
        sock->from == STATE_SYN_SENT)
        return (int)state;
    return NODE_END;
}

/* "client c"; or the host and (not when brief) the port when no variable holds the
 * socket. */
static void token_text(const struct map_pen *pen, const struct world_sock *sock,
                       bool brief, struct buf *out)
{
    const char *host =
        sock->host < pen->world->host_count ? pen->world->hosts[sock->host].name : "";
    size_t len = strlen(host);

    if (sock->owner && strncmp(sock->owner, host, len) == 0 && sock->owner[len])
        buf_puts(out, sock->owner);
    else if (sock->sock.local.port && !brief)
        buf_printf(out, "%s :%u", host, sock->sock.local.port);
    else
        buf_puts(out, host);
}

static enum element token_element(const struct map_pen *pen,
                                  const struct world_sock *sock)
{
    if (sock == pen->look->selected)
        return ELEMENT_SELECTED;
    switch (world_sock_mark(pen->world, sock)) {
    case MARK_NONE:
        return ELEMENT_STATE;
    case MARK_NEW:
        return ELEMENT_NEW;
    case MARK_CHANGED:
        return ELEMENT_CHANGED;
    case MARK_GONE:
        return ELEMENT_GONE;
    }
    return ELEMENT_STATE;
}

/* All tokens of a node one after another from x on; with x -1 they are only measured.
 * Returns the columns. */
static int put_tokens(const struct map_pen *pen, int node, bool brief, int x, int y)
{
    int columns = 0;

    vec_each (sock, &pen->world->socks) {
        struct buf text = {0};

        if (node_of(sock) != node)
            continue;
        buf_printf(&text, "%s" TOKEN_MARK, columns ? "  " : "");
        if (x >= 0)
            canvas_put(pen->canvas, pen->area, x + columns, y, token_element(pen, sock),
                       buf_text(&text));
        columns += text_width(buf_text(&text));
        buf_clear(&text);
        token_text(pen, sock, brief, &text);
        if (x >= 0)
            canvas_put(pen->canvas, pen->area, x + columns, y, token_element(pen, sock),
                       buf_text(&text));
        columns += text_width(buf_text(&text));
        buf_free(&text);
    }
    return columns;
}

/* One that does not fit is cut; of several that do not, their number stands. */
static void draw_tokens(const struct map_pen *pen, int node, int count)
{
    struct map_slot slot = map_token_slot(pen->layout, node);
    int room = slot_room(pen, &slot), columns;
    struct buf text = {0};

    for (int brief = 0; brief <= 1; brief++) {
        columns = put_tokens(pen, node, brief, -1, 0);
        if (columns <= room) {
            put_tokens(pen, node, brief, slot_x(&slot, columns), slot.at.y);
            return;
        }
    }
    if (count > 1) {
        buf_printf(&text, TOKEN_MARK "%d sockets", count);
    } else {
        vec_each (sock, &pen->world->socks)
            if (node_of(sock) == node)
                token_text(pen, sock, false, &text);
    }
    columns = text_width(buf_text(&text));
    if (columns > room)
        columns = room;
    canvas_put_cut(pen->canvas, pen->area, slot_x(&slot, columns), slot.at.y, columns,
                   ELEMENT_STATE, buf_text(&text));
    buf_free(&text);
}

/* A label within the longest level part of a route, or beside it. True if it fits. */
static bool put_label(const struct map_pen *pen, const struct map_taken *between,
                      enum element element, const char *label)
{
    struct map_point points[4];
    int count = map_route(pen->layout, between->from, between->to, points);
    int best = 0, x = 0, y = 0, width = text_width(label);
    struct map_slot slot;

    for (int i = 0; i + 1 < count; i++) {
        int room = abs(points[i + 1].x - points[i].x) - 1;

        if (room <= best)
            continue;
        best = room;
        x = (points[i].x < points[i + 1].x ? points[i].x : points[i + 1].x) + 1;
        y = points[i].y;
    }
    if (best) {
        bool spaced = width + 2 <= best;

        if (width > best)
            return false;
        x += (best - width - 2 * spaced) / 2;
        canvas_putf(pen->canvas, pen->area, x, y, element, spaced ? " %s " : "%s",
                    label);
        return true;
    }
    slot = map_label_slot(pen->layout, between->from, between->to);
    if (width > slot_room(pen, &slot))
        return false;
    canvas_put(pen->canvas, pen->area, slot_x(&slot, width), slot.at.y, element, label);
    return true;
}

/* The whole label, or its first word when there is no room for more. */
static void put_shortened(const struct map_pen *pen, const struct map_taken *between,
                          enum element element, const char *label)
{
    char *word;

    if (put_label(pen, between, element, label))
        return;
    word = mem_strndup(label, strcspn(label, " "));
    put_label(pen, between, element, word);
    free(word);
}

/* What figure 5 says, as much of it as there is room for. */
static void label_open(const struct map_pen *pen, const struct tcp_arrow *arrow)
{
    struct map_taken between = {.from = arrow->from, .to = arrow->to};
    const char *end = strstr(arrow->cause, " / ");
    char *half = mem_strndup(arrow->cause,
                             end ? (size_t)(end - arrow->cause) : strlen(arrow->cause));
    char *word = map_cause_short(arrow);

    if (!put_label(pen, &between, ELEMENT_FAINT, arrow->cause) &&
        !put_label(pen, &between, ELEMENT_FAINT, half))
        put_shortened(pen, &between, ELEMENT_FAINT, word);
    free(half);
    free(word);
}

/* The bright ones first: they get the room. */
static void draw_labels(const struct map_pen *pen)
{
    struct map_point points[4];

    vec_each (taken, pen->path)
        if (map_route(pen->layout, taken->from, taken->to, points))
            put_shortened(pen, taken, ELEMENT_CHANGED, taken->cause);
    for (size_t i = 0; i < tcp_arrow_count; i++) {
        const struct tcp_arrow *arrow = &tcp_arrows[i];

        if (map_route(pen->layout, arrow->from, arrow->to, points) &&
            !map_path_find(pen->path, arrow->from, arrow->to))
            label_open(pen, arrow);
    }
}

/* What has no line in the figure, as a RST that ends a connection: in words, the last
 * one first. */
static void draw_others(const struct map_pen *pen)
{
    struct map_slot slot = map_other_slot(pen->layout);
    struct map_point points[4];
    int last = map_node(pen->layout, STATE_LISTEN).y - pen->layout->box / 2 - 1;

    for (size_t i = pen->path->count; i-- > 0 && slot.at.y < last;) {
        const struct map_taken *taken = &pen->path->items[i];
        struct buf text = {0};

        if (map_route(pen->layout, taken->from, taken->to, points))
            continue;
        buf_printf(&text, "%s ═▶ %s", tcp_state_name(taken->from),
                   tcp_state_name(taken->to));
        canvas_put_cut(pen->canvas, pen->area, slot.at.x, slot.at.y,
                       slot_room(pen, &slot), ELEMENT_CHANGED, buf_text(&text));
        buf_free(&text);
        slot.at.y++;
        canvas_put_cut(pen->canvas, pen->area, slot.at.x + 2, slot.at.y,
                       slot_room(pen, &slot) - 2, ELEMENT_CHANGED, taken->cause);
        slot.at.y++;
    }
}

static void draw_map(const struct map_pen *pen)
{
    int counts[NODE_COUNT] = {0};

    vec_each (sock, &pen->world->socks)
        counts[node_of(sock)]++;
    for (int node = STATE_NONE + 1; node < NODE_COUNT; node++)
        draw_node(pen, node, counts[node] > 0);
    draw_arrows(pen);
    for (int node = STATE_NONE + 1; node < NODE_COUNT; node++)
        if (counts[node])
            draw_tokens(pen, node, counts[node]);
    draw_others(pen);
    draw_labels(pen);
}

static bool has_tcp(const struct world *world)
{
    vec_each (sock, &world->socks)
        if (sock->sock.proto == PROTO_TCP)
            return true;
    vec_each (row, &world->rows)
        if (row->kind == ROW_STATE)
            return true;
    return false;
}

int statemap_draw(const struct world *world, const struct statemap_look *look,
                  struct canvas *canvas, struct area area)
{
    struct map_layout layout;
    map_path path = {0};
    struct map_pen pen = {world, look, &layout, &path, canvas, area};

    if (!has_tcp(world)) {
        canvas_put_cut(canvas, area, 0, 0, area.width, ELEMENT_TEXT,
                       "No TCP socket yet.");
        return 1;
    }
    if (area.width < STATEMAP_COLUMNS || area.height < STATEMAP_LINES) {
        struct buf text = {0};

        buf_printf(&text, "The state map needs %d columns and %d lines.",
                   STATEMAP_COLUMNS, STATEMAP_LINES);
        canvas_put_cut(canvas, area, 0, 0, area.width, ELEMENT_TEXT, buf_text(&text));
        buf_free(&text);
        return STATEMAP_LINES;
    }
    map_layout_make(area.width, area.height, &layout);
    map_path_make(world, look->selected, &path);
    draw_map(&pen);
    map_path_free(&path);
    return layout.lines;
}
