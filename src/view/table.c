#include "view/table.h"

#include <stdlib.h>

#include "view/table_columns.h"

struct entry {
    enum sock_group group;
    const struct world_sock *sock;
};

typedef VEC(struct entry) entry_list;

/* In the order drawn. The names stand in the table for as long as it is shown, so the
 * group that comes and goes is the last. */
static const struct {
    enum sock_group group;
    const char *name;
    bool always;
} groups[] = {
    {GROUP_LISTENING, "Listening", true},
    {GROUP_CONNECTIONS, "Connections", true},
    {GROUP_CONNECTIONLESS, "Connectionless", true},
    {GROUP_NEW, "New or bound", false},
};
#define GROUP_COUNT (sizeof(groups) / sizeof(groups[0]))

static int group_rank(enum sock_group group)
{
    for (size_t i = 0; i < GROUP_COUNT; i++)
        if (groups[i].group == group)
            return (int)i;
    return GROUP_COUNT;
}

/* The row of a socket that has gone (its state is CLOSED) stays where it was. */
static enum sock_group group_of(const struct world_sock *sock)
{
    struct sock before = sock->sock;

    if (sock->gone && before.proto == PROTO_TCP && before.state == STATE_CLOSED) {
        before.state = sock->from;
        if (before.state == STATE_NONE || before.state == STATE_CLOSED)
            before.state = before.remote.port ? STATE_ESTABLISHED : STATE_CLOSED;
    }
    return sock_group(&before);
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int by_group = group_rank(a->group) - group_rank(b->group);

    if (by_group)
        return by_group;
    if (a->sock->host != b->sock->host)
        return a->sock->host < b->sock->host ? -1 : 1;
    if (a->sock->born != b->sock->born)
        return a->sock->born < b->sock->born ? -1 : 1;
    return a->sock < b->sock ? -1 : a->sock > b->sock; /* both are items of one array */
}

static void sort_sockets(const struct world *world, entry_list *list)
{
    vec_each (sock, &world->socks)
        *vec_push(list) = (struct entry){group_of(sock), sock};
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), compare_entries);
}

const struct world_sock *table_at(const struct world *world, int selected)
{
    const struct world_sock *sock = NULL;
    entry_list list = {0};

    if (selected < 0 || (size_t)selected >= world->socks.count)
        return NULL;
    sort_sockets(world, &list);
    sock = list.items[selected].sock;
    vec_free(&list);
    return sock;
}

int table_count(const struct world *world)
{
    return (int)world->socks.count;
}

/* A line below the heading: a socket's row, or (sock is -1) a group's name. */
struct line {
    int sock; /* index in the order drawn */
    const char *group;
    bool empty;
};

typedef VEC(struct line) line_list;

static void lay_out_lines(const entry_list *list, line_list *lines)
{
    size_t next = 0;

    for (size_t i = 0; i < GROUP_COUNT; i++) {
        bool empty = next >= list->count || list->items[next].group != groups[i].group;

        if (empty && !groups[i].always)
            continue;
        *vec_push(lines) = (struct line){-1, groups[i].name, empty};
        for (; next < list->count && list->items[next].group == groups[i].group; next++)
            *vec_push(lines) = (struct line){(int)next, NULL, false};
    }
}

/* Lines that are above the area: as asked for, but within the table, and with the
 * selected row in sight. */
static int first_line(const line_list *lines, const struct table_look *look, int height)
{
    int first = look->scroll;

    if (first > (int)lines->count - height)
        first = (int)lines->count - height;
    if (first < 0)
        first = 0;
    for (int i = 0; look->selected >= 0 && i < (int)lines->count; i++) {
        if (lines->items[i].sock != look->selected)
            continue;
        if (i < first)
            first = i;
        else if (height > 0 && i >= first + height)
            first = i - height + 1;
    }
    return first;
}

int table_line(const struct world *world, int index)
{
    entry_list list = {0};
    line_list lines = {0};
    int found = -1;

    sort_sockets(world, &list);
    lay_out_lines(&list, &lines);
    for (int i = 0; index >= 0 && i < (int)lines.count; i++)
        if (lines.items[i].sock == index)
            found = i;
    vec_free(&list);
    vec_free(&lines);
    return found;
}

int table_index_at(const struct world *world, int line)
{
    int count = table_count(world);

    for (int i = 0; i < count; i++)
        if (table_line(world, i) == line)
            return i;
    return -1;
}

int table_news(const struct world *world)
{
    entry_list list = {0};
    int fresh = -1, changed = -1;

    sort_sockets(world, &list);
    for (int i = 0; i < (int)list.count; i++) {
        enum world_mark mark = world_sock_mark(world, list.items[i].sock);

        if (mark == MARK_NEW)
            fresh = i;
        else if (mark != MARK_NONE)
            changed = i;
    }
    vec_free(&list);
    return fresh >= 0 ? fresh : changed;
}

int table_pinned(const struct world *world, int line)
{
    entry_list list = {0};
    line_list lines = {0};
    int names = 0, connections = 0, pinned = 0;
    bool changed = false;

    sort_sockets(world, &list);
    lay_out_lines(&list, &lines);
    for (int i = 0; i < (int)lines.count && i <= line; i++) {
        const struct line *at = &lines.items[i];

        if (at->sock < 0 && names++ == 1)
            connections = i;
        else if (at->sock >= 0 && names == 1)
            changed |= world_sock_mark(world, list.items[at->sock].sock) != MARK_NONE;
    }
    if (changed && connections > 0)
        pinned = connections + (names == 2 && line > connections);
    vec_free(&list);
    vec_free(&lines);
    return pinned;
}

static void draw_heading(const struct table_layout *layout, struct canvas *canvas,
                         struct area area)
{
    int x = TABLE_INDENT;

    for (int i = 0; i < COLUMN_COUNT; i++) {
        const char *title = table_column_title(i);
        int shift = table_column_is_number(i) ? layout->width[i] - text_width(title) : 0;

        if (!layout->width[i])
            continue;
        canvas_put_cut(canvas, area, x + shift, 0, layout->width[i] - shift,
                       ELEMENT_TITLE, title);
        x += layout->width[i] + 1;
    }
}

static const struct {
    const char *mark;
    enum element element;
} marks[] = {
    [MARK_NONE] = {"", ELEMENT_TEXT},
    [MARK_NEW] = {"+", ELEMENT_NEW},
    [MARK_CHANGED] = {"~", ELEMENT_CHANGED},
    [MARK_GONE] = {"-", ELEMENT_GONE},
};

static void draw_socket(const struct world *world, const struct world_sock *sock,
                        const struct table_layout *layout, int64_t now_ns,
                        struct canvas *canvas, struct area area, int y)
{
    enum world_mark mark = world_sock_mark(world, sock);
    struct buf text = {0};
    int x = TABLE_INDENT;

    canvas_put(canvas, area, 1, y, marks[mark].element, marks[mark].mark);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum element element = marks[mark].element;
        int shift = 0;

        if (!layout->width[i])
            continue;
        buf_clear(&text);
        table_column_text(world, sock, now_ns, layout, i, &text);
        if (table_column_is_number(i))
            shift = layout->width[i] - text_width(buf_text(&text));
        if (i == COLUMN_STATE && mark == MARK_NONE && sock->sock.proto == PROTO_TCP)
            element = ELEMENT_STATE;
        canvas_put(canvas, area, x + shift, y, element, buf_text(&text));
        x += layout->width[i] + 1;
    }
    buf_free(&text);
}

static void draw_lines(const struct world *world, const struct table_look *look,
                       const entry_list *list, const line_list *lines,
                       struct canvas *canvas, struct area area)
{
    struct table_layout layout;
    int first = first_line(lines, look, area.height - 1);

    table_columns_fit(world, look->now_ns, area.width, &layout);
    draw_heading(&layout, canvas, area);
    for (int y = 1; y < area.height && first + y - 1 < (int)lines->count; y++) {
        int above = y - 1 < look->pinned ? 0 : first;
        const struct line *line = &lines->items[above + y - 1];

        if (line->sock < 0) {
            canvas_putf(canvas, area, 1, y, ELEMENT_GROUP, "%s%s", line->group,
                        line->empty ? ": none" : "");
            continue;
        }
        draw_socket(world, list->items[line->sock].sock, &layout, look->now_ns, canvas,
                    area, y);
        if (line->sock == look->selected) {
            canvas_reverse_row(canvas, area, y);
            canvas->cursor_x = area.x + 1;
            canvas->cursor_y = area.y + y;
        }
    }
}

int table_draw(const struct world *world, const struct table_look *look,
               struct canvas *canvas, struct area area)
{
    entry_list list = {0};
    line_list lines = {0};
    int count;

    sort_sockets(world, &list);
    lay_out_lines(&list, &lines);
    if (area.width > 0 && area.height > 0)
        draw_lines(world, look, &list, &lines, canvas, area);
    count = (int)lines.count + 1;
    vec_free(&list);
    vec_free(&lines);
    return count;
}
