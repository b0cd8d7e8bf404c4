/* A socket's queues over time: for each a graph of block elements, two lines high. */
#include <inttypes.h>

#include "base/clock.h"
#include "view/details_parts.h"

#define LEVELS 8 /* of one line */
#define HEIGHT 2 /* lines */
#define COLUMNS_MOST 60

struct graph {
    const struct world_sock *sock;
    bool send; /* SEND-Q, else RECV-Q */
    bool ascii;
    int columns;
    int64_t from_ns, to_ns;
    uint32_t most;
};

static uint32_t value_of(const struct graph *graph, const struct world_queues *queues)
{
    return graph->send ? queues->sendq : queues->recvq;
}

/* The most that the queue held in column x's part of the time: what stood there when it
 * began, or came later. So no short peak is lost. */
static uint32_t column_value(const struct graph *graph, int x)
{
    int64_t span = graph->to_ns - graph->from_ns;
    int64_t begin = graph->from_ns + span * x / graph->columns;
    int64_t end = graph->from_ns + span * (x + 1) / graph->columns;
    bool last = x + 1 == graph->columns;
    uint32_t most = 0;

    vec_each (queues, &graph->sock->queues) {
        uint32_t value = value_of(graph, queues);

        if (queues->t_ns >= end && !last)
            break;
        if (queues->t_ns <= begin || value > most)
            most = value;
    }
    return most;
}

/* How many of all levels are filled: one at least, if there is anything. */
static int level_of(const struct graph *graph, uint32_t value)
{
    int most = LEVELS * HEIGHT;

    if (!value)
        return 0;
    return 1 + (int)((uint64_t)value * (uint64_t)(most - 1) / graph->most);
}

static const char *level_cell(int level, bool ascii)
{
    static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

    if (level < 0)
        level = 0;
    if (level > LEVELS)
        level = LEVELS;
    if (ascii)
        return level == 0 ? " " : level <= LEVELS / 2 ? "." : "#";
    return blocks[level];
}

static void draw_graph(struct facts *facts, const struct graph *graph)
{
    for (int y = HEIGHT - 1; y >= 0; y--) {
        struct buf text = {0};
        char *label = mem_printf("%s%u", y ? graph->send ? "SEND-Q " : "RECV-Q " : "",
                                 y ? graph->most : 0);

        buf_puts(&text, "│");
        for (int x = 0; x < graph->columns; x++)
            buf_puts(&text,
                     level_cell(level_of(graph, column_value(graph, x)) - y * LEVELS,
                                graph->ascii));
        facts_line(facts, y ? label : "", buf_text(&text), NULL);
        free(label);
        buf_free(&text);
    }
}

/* "└────" with the time that it spans. */
static void draw_axis(struct facts *facts, const struct graph *graph)
{
    int64_t tenths = (graph->to_ns - graph->from_ns) / (NS_PER_S / 10);
    struct buf text = {0};

    buf_puts(&text, "└");
    for (int x = 0; x < graph->columns; x++)
        buf_puts(&text, "─");
    facts_line(facts, "", buf_text(&text), NULL);
    buf_clear(&text);
    buf_printf(&text, " %" PRId64 ".%" PRId64 " s ago", tenths / 10, tenths % 10);
    while ((int)text.len < graph->columns - 2)
        buf_putc(&text, ' ');
    buf_puts(&text, "now");
    facts_line(facts, "", buf_text(&text), NULL);
    buf_free(&text);
}

void details_graph(struct facts *facts, const struct world_sock *sock, int64_t now_ns,
                   bool ascii)
{
    struct graph graph = {.sock = sock, .ascii = ascii, .to_ns = now_ns};
    bool some = false;

    if (!sock->queues.count)
        return;
    graph.from_ns = sock->queues.items[0].t_ns;
    graph.columns = facts_room(facts) - 1;
    if (graph.columns > COLUMNS_MOST)
        graph.columns = COLUMNS_MOST;
    if (graph.to_ns <= graph.from_ns || graph.columns < 12)
        return;
    facts_head(facts, "Queues over time");
    /* A listener's SEND-Q is its backlog: a setting, no queue. */
    for (int send = 0; send <= (sock->sock.state != STATE_LISTEN); send++) {
        graph.send = send;
        graph.most = 0;
        vec_each (queues, &sock->queues)
            if (value_of(&graph, queues) > graph.most)
                graph.most = value_of(&graph, queues);
        if (!graph.most)
            facts_pair(facts, send ? "SEND-Q" : "RECV-Q", "0 all the time");
        else
            draw_graph(facts, &graph);
        some |= graph.most > 0;
    }
    if (some)
        draw_axis(facts, &graph);
}
