#include "view/plain_now.h"

#include <string.h>

#include "view/plain_crowd.h"
#include "view/table.h"
#include "view/table_columns.h"

/* A cell is never longer: nothing is cut. */
#define CELL_COLUMNS 200

/* ----------------------------------------------------------- sockets */

static void add_cell(const struct world *world, const struct world_sock *sock,
                     int64_t now_ns, enum table_column_key key, const char *label,
                     struct buf *out)
{
    struct table_layout layout = {.brief = false};
    struct buf text = {0};

    layout.width[key] = CELL_COLUMNS;
    table_column_text(world, sock, now_ns, &layout, key, &text);
    if (text.len && strcmp(buf_text(&text), "-") != 0)
        buf_printf(out, ", %s%s", label, buf_text(&text));
    buf_free(&text);
}

static void add_mark(enum world_mark mark, struct buf *out)
{
    switch (mark) {
    case MARK_NONE:
        break;
    case MARK_NEW:
        buf_puts(out, ", new");
        break;
    case MARK_CHANGED:
        buf_puts(out, ", changed");
        break;
    case MARK_GONE:
        buf_puts(out, ", gone");
        break;
    }
}

/* The rest of a socket's line: the row of the table, read aloud. */
static void add_row(const struct world *world, const struct world_sock *sock,
                    int64_t now_ns, struct buf *out)
{
    add_cell(world, sock, now_ns, COLUMN_STATE, "", out);
    add_cell(world, sock, now_ns, COLUMN_OWNER, "owner ", out);
    add_cell(world, sock, now_ns, COLUMN_LOCAL, "local ", out);
    add_cell(world, sock, now_ns, COLUMN_REMOTE, "remote ", out);
    add_cell(world, sock, now_ns, COLUMN_NOW, "", out);
    add_mark(world_sock_mark(world, sock), out);
    buf_putc(out, '.');
}

void plain_now_sockets(const struct world *world, int64_t now_ns, struct buf *out)
{
    struct plain_crowd crowd = {0};
    int count = table_count(world);

    if (count == 0)
        buf_puts(out, "There is no socket.\n");
    for (int i = 0; i < count; i++) {
        const struct world_sock *sock = table_at(world, i);
        const char *host = world->hosts[sock->host].name;
        const char *proto = sock_proto_name(sock->sock.proto);
        struct buf line = {0}, many = {0};

        buf_printf(&line, "%s: %s socket", host, proto);
        add_row(world, sock, now_ns, &line);
        buf_printf(&many, "%s: %c %s sockets, such as this", host, PLAIN_COUNT, proto);
        add_row(world, sock, now_ns, &many);
        plain_crowd_add(&crowd, buf_text(&line), buf_text(&many), false);
        buf_free(&line);
        buf_free(&many);
    }
    plain_crowd_flush(&crowd, out);
    plain_crowd_forget(&crowd);
}

/* ----------------------------------------------------------- wire */

static void hold(const struct world_packet *packet, struct plain_crowd *crowd)
{
    struct buf line = {0}, many = {0};

    buf_printf(&line, "Packet %u, %s", packet->id, packet->label);
    if (packet->seqno >= 0)
        buf_printf(&line, " with seq %lld", (long long)packet->seqno);
    if (packet->ackno >= 0)
        buf_printf(&line, " and ack %lld", (long long)packet->ackno);
    buf_printf(&line, ", from %s to %s, is held", packet->from, packet->to);
    if (packet->copies > 1)
        buf_printf(&line, ", in %u copies", packet->copies);
    buf_puts(&line, packet->corrupted ? ", damaged." : ".");
    buf_printf(&many, "%c packets, such as %s, from %s to %s, are held.", PLAIN_COUNT,
               packet->label, packet->from, packet->to);
    plain_crowd_add(crowd, buf_text(&line), buf_text(&many), false);
    buf_free(&line);
    buf_free(&many);
}

void plain_now_wire(const struct world *world, struct buf *out)
{
    struct plain_crowd crowd = {0};

    if (world_held_count(world) == 0)
        buf_puts(out, "Nothing is held on the wire.\n");
    vec_each (packet, &world->packets)
        if (packet->status == ON_WIRE_HELD && !packet->joined)
            hold(packet, &crowd);
    plain_crowd_flush(&crowd, out);
    plain_crowd_forget(&crowd);
}

/* ----------------------------------------------------------- programs */

/* "Line 40 of tcp-echo-server: listen(listener, 5);" */
static void add_source(const struct world_thread *thread, struct buf *out)
{
    const char *line = thread->source;

    if (!thread->demo || !line || thread->source_line == 0)
        return;
    for (unsigned i = 1; i < thread->source_line && line; i++) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    if (!line)
        return;
    line += strspn(line, " ");
    buf_printf(out, " It is at line %u of %s: %.*s", thread->source_line, thread->demo,
               (int)strcspn(line, "\n"), line);
}

static void add_program(const struct world_thread *thread, struct buf *out)
{
    const char *call = thread->call ? thread->call : "";

    buf_puts(out, thread->name);
    if (!thread->called) {
        buf_puts(out, " has made no call yet.");
    } else {
        switch (thread->status) {
        case CALL_PENDING:
            buf_printf(out, " will next call %s().", call);
            break;
        case CALL_STARTED:
            buf_printf(out, " is in %s().", call);
            break;
        case CALL_BLOCKED:
            buf_printf(out, " waits in %s().", call);
            break;
        case CALL_RETURNED:
            buf_printf(out, " waits in no call; the last one was %s().", call);
            break;
        case CALL_STATUS_COUNT:
            break;
        }
    }
    add_source(thread, out);
    buf_putc(out, '\n');
}

void plain_now_programs(const struct world *world, struct buf *out)
{
    bool some = false;

    vec_each (thread, &world->threads) {
        if (!thread->alive)
            continue;
        add_program(thread, out);
        some = true;
    }
    if (!some)
        buf_puts(out, "No program runs.\n");
}
