#include "view/table_columns.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "view/canvas.h"

struct question {
    const struct world *world;
    const struct world_sock *sock;
    int64_t now_ns;
    bool brief;
};

struct column {
    const char *title;
    /* Columns: it may be cut down to `least`, has `usual` even when its texts are
     * shorter (so that it does not move with every row), and never more than `most`. */
    int least, usual, most;
    bool essential; /* shown even when it must be cut; the others come whole or not at
                       all */
    bool number;
    void (*get)(const struct question *question, struct buf *out);
};

static void get_host(const struct question *q, struct buf *out)
{
    if (q->sock->host < q->world->host_count)
        buf_puts(out, q->world->hosts[q->sock->host].name);
}

/* UDP has no state: "-" (tcp_state_name of STATE_NONE). */
static void get_state(const struct question *q, struct buf *out)
{
    enum tcp_state state = q->sock->sock.state;

    buf_puts(out, tcp_state_name(q->sock->sock.proto == PROTO_UDP ? STATE_NONE : state));
}

static bool endpoint_unset(const struct endpoint *endpoint)
{
    return !endpoint->address.family ||
           (!endpoint->port && address_is_any(&endpoint->address));
}

static void get_local(const struct question *q, struct buf *out)
{
    char text[ENDPOINT_TEXT];

    if (endpoint_unset(&q->sock->sock.local))
        buf_puts(out, "not bound yet");
    else
        buf_puts(out, endpoint_print(&q->sock->sock.local, text));
}

static void get_remote(const struct question *q, struct buf *out)
{
    char text[ENDPOINT_TEXT];

    if (!endpoint_unset(&q->sock->sock.remote))
        buf_puts(out, endpoint_print(&q->sock->sock.remote, text));
}

static void get_now(const struct question *q, struct buf *out)
{
    world_sock_now(q->world, q->sock, q->now_ns, q->brief, out);
}

static void get_proto(const struct question *q, struct buf *out)
{
    buf_puts(out, sock_proto_name(q->sock->sock.proto));
}

static void get_owner(const struct question *q, struct buf *out)
{
    if (q->sock->owner)
        buf_puts(out, q->sock->owner);
}

static void get_recvq(const struct question *q, struct buf *out)
{
    buf_printf(out, "%" PRIu32, q->sock->sock.recvq);
}

static void get_sendq(const struct question *q, struct buf *out)
{
    buf_printf(out, "%" PRIu32, q->sock->sock.sendq);
}

static void get_timer(const struct question *q, struct buf *out)
{
    const struct world_sock *sock = q->sock;
    int64_t tenths;

    if (sock->gone || sock->sock.timer == TIMER_NONE)
        return;
    buf_puts(out, sock_timer_name(sock->sock.timer));
    if (sock->deadline_ns < 0)
        return;
    /* Rounded as in NOW (world_sock_now). */
    tenths = (sock->deadline_ns - q->now_ns + NS_PER_S / 20) / (NS_PER_S / 10);
    if (sock->deadline_ns <= q->now_ns)
        buf_puts(out, " now");
    else if (tenths < 100)
        buf_printf(out, " %d.%d s", (int)(tenths / 10), (int)(tenths % 10));
    else
        buf_printf(out, " %" PRId64 " s", (tenths + 5) / 10);
}

/* With the usual widths HOST to NOW take exactly 80 columns. 12 is SYN-RECEIVED, 19 is
 * 192.168.0.110:41900, 33 holds an IPv6 address made from a MAC address and a port. */
static const struct column columns[COLUMN_COUNT] = {
    [COLUMN_HOST] = {"HOST", 6, 6, NAME_TEXT - 1, true, false, get_host},
    [COLUMN_STATE] = {"STATE", 12, 12, 12, true, false, get_state},
    [COLUMN_LOCAL] = {"LOCAL", 16, 19, 47, true, false, get_local},
    [COLUMN_REMOTE] = {"REMOTE", 16, 19, 47, true, false, get_remote},
    [COLUMN_NOW] = {"NOW", 15, 17, 32, true, false, get_now},
    [COLUMN_PROTO] = {"PROTO", 5, 5, 5, false, false, get_proto},
    [COLUMN_OWNER] = {"OWNER", 8, 10, 24, false, false, get_owner},
    [COLUMN_RECVQ] = {"RECV-Q", 6, 6, 10, false, true, get_recvq},
    [COLUMN_SENDQ] = {"SEND-Q", 6, 6, 10, false, true, get_sendq},
    [COLUMN_TIMER] = {"TIMER", 10, 14, 20, false, false, get_timer},
};

/* What NOW has when it uses full words: "0 waiting, room for 6" and a little. */
#define NOW_FULL_USUAL 24

const char *table_column_title(enum table_column_key key)
{
    return columns[key].title;
}

bool table_column_is_number(enum table_column_key key)
{
    return columns[key].number;
}

/* The columns of a column's longest text, or of its title. Of NOW's facts ("sends again
 * in 0.4 s, SYN not yet acknowledged") only the first counts when `first_fact`. */
static int content_width(const struct world *world, int64_t now_ns,
                         enum table_column_key key, bool brief, bool first_fact)
{
    struct buf text = {0};
    int width = text_width(columns[key].title);

    vec_each (sock, &world->socks) {
        struct question question = {world, sock, now_ns, brief};
        int used;

        buf_clear(&text);
        columns[key].get(&question, &text);
        if (text.len && first_fact && key == COLUMN_NOW)
            text.data[strcspn(text.data, ",")] = '\0';
        used = text_width(buf_text(&text));
        if (used > width)
            width = used;
    }
    buf_free(&text);
    return width;
}

/* What the column should have: its texts' width within its limits. */
static int wanted_width(enum table_column_key key, int content)
{
    if (content < columns[key].usual)
        return columns[key].usual;
    return content < columns[key].most ? content : columns[key].most;
}

/* What the chosen columns take, with one space between each two. */
static int sum_widths(const struct table_layout *layout)
{
    int sum = -1;

    for (int i = 0; i < COLUMN_COUNT; i++)
        if (layout->width[i])
            sum += layout->width[i] + 1;
    return sum < 0 ? 0 : sum;
}

/* Takes from the widest, but from none beyond its floor, until the columns fit. */
static void shrink(struct table_layout *layout, int room, const int floor[COLUMN_COUNT])
{
    for (int over = sum_widths(layout) - room; over > 0; over--) {
        int widest = -1;

        for (int i = 0; i < COLUMN_COUNT; i++) {
            if (layout->width[i] <= floor[i])
                continue;
            if (widest < 0 || layout->width[i] > layout->width[widest])
                widest = i;
        }
        if (widest < 0)
            return;
        layout->width[widest]--;
    }
}

/* Unused space goes first, then texts are cut. */
static void shrink_all(struct table_layout *layout, int room,
                       const int content[COLUMN_COUNT])
{
    int floor[COLUMN_COUNT];

    for (int i = 0; i < COLUMN_COUNT; i++)
        floor[i] = content[i] > columns[i].least ? content[i] : columns[i].least;
    shrink(layout, room, floor);
    for (int i = 0; i < COLUMN_COUNT; i++)
        floor[i] = columns[i].least;
    shrink(layout, room, floor);
}

/* Essential columns, as many as can be shown at all; the first one always is. */
static void fit_essential(int room, const int content[COLUMN_COUNT],
                          struct table_layout *layout)
{
    int least = -1;

    for (int i = 0; i < COLUMN_COUNT && columns[i].essential; i++) {
        least += columns[i].least + 1;
        if (i > 0 && least > room)
            return;
        layout->width[i] = wanted_width(i, content[i]);
    }
}

/* The other columns, while there is room. */
static void fit_others(int room, const int content[COLUMN_COUNT],
                       struct table_layout *layout)
{
    for (int i = COLUMN_NOW + 1; i < COLUMN_COUNT; i++) {
        layout->width[i] = wanted_width(i, content[i]);
        if (sum_widths(layout) > room) {
            layout->width[i] = 0;
            return;
        }
    }
}

/* NOW in full words, when its first fact has room. */
static void fit_full_words(const struct world *world, int64_t now_ns, int room,
                           struct table_layout *layout)
{
    int brief_width = layout->width[COLUMN_NOW];
    int full = content_width(world, now_ns, COLUMN_NOW, false, true);

    if (full < NOW_FULL_USUAL)
        full = NOW_FULL_USUAL;
    layout->width[COLUMN_NOW] = wanted_width(COLUMN_NOW, full);
    layout->brief = sum_widths(layout) > room;
    if (layout->brief)
        layout->width[COLUMN_NOW] = brief_width;
}

void table_columns_fit(const struct world *world, int64_t now_ns, int width,
                       struct table_layout *layout)
{
    int content[COLUMN_COUNT], room = width - TABLE_INDENT, more;

    for (int i = 0; i < COLUMN_COUNT; i++)
        content[i] = content_width(world, now_ns, i, true, true);
    memset(layout, 0, sizeof(*layout));
    layout->brief = true;
    fit_essential(room, content, layout);
    if (sum_widths(layout) > room || !layout->width[COLUMN_NOW]) {
        shrink_all(layout, room, content);
        return;
    }
    fit_full_words(world, now_ns, room, layout);
    fit_others(room, content, layout);
    more = content_width(world, now_ns, COLUMN_NOW, layout->brief, false) -
           layout->width[COLUMN_NOW];
    if (more > room - sum_widths(layout))
        more = room - sum_widths(layout);
    if (more > 0) /* what is left is for NOW's other facts */
        layout->width[COLUMN_NOW] += more;
}

/* NOW is a list of facts, the most telling first: rather one less than half of one. */
static void cut_facts(const char *text, int width, struct buf *out)
{
    int used;
    size_t len = text_prefix(text, width, &used);

    for (size_t i = len; i > 0; i--) {
        if (text[i] == ',') {
            buf_add(out, text, i);
            return;
        }
    }
    buf_add(out, text, text_prefix(text, width - 1, &used));
    buf_puts(out, "…");
}

void table_column_text(const struct world *world, const struct world_sock *sock,
                       int64_t now_ns, const struct table_layout *layout,
                       enum table_column_key key, struct buf *out)
{
    struct question question = {world, sock, now_ns, layout->brief};
    int width = layout->width[key];
    struct buf text = {0};

    columns[key].get(&question, &text);
    if (text_width(buf_text(&text)) <= width)
        buf_puts(out, buf_text(&text));
    else if (key == COLUMN_LOCAL || key == COLUMN_REMOTE)
        text_cut_endpoint(buf_text(&text), width, out);
    else /* no other text has a comma in it */
        cut_facts(buf_text(&text), width, out);
    buf_free(&text);
}
