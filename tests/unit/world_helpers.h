/* world_helpers: for the test_world programs: a world, lines of a journal that go into
 * it, and what the ladder would draw, as text. Included once by each.
 */
#ifndef SOCKETARIUM_TESTS_WORLD_HELPERS_H
#define SOCKETARIUM_TESTS_WORLD_HELPERS_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/world.h"

static struct world world;
static uint64_t seq;

static int setup(void **state)
{
    (void)state;
    world_init(&world);
    seq = 0;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

static int apply(struct event *event, struct err *err)
{
    int result;

    if (event->kind != EVENT_LAB && !event->seq) {
        event->seq = ++seq;
        event->t_ns = (int64_t)seq * NS_PER_MS;
    }
    result = world_apply(&world, event, err);
    event_clear(event);
    return result;
}

/* A line of a journal; seq and t are added. */
static int try_line(const char *fields, struct err *err)
{
    struct event event;
    char *line =
        strncmp(fields, "\"event\":\"lab\"", 13) == 0
            ? mem_printf("{%s}", fields)
            : mem_printf("{\"seq\":%llu,\"t\":%llu.5,%s}", (unsigned long long)seq + 1,
                         (unsigned long long)seq + 1, fields);
    struct err wrong = {""};

    if (event_read(line, strlen(line), &event, &wrong) != 0)
        fail_msg("%s\n%s", wrong.text, line);
    free(line);
    seq = event.seq;
    return apply(&event, err);
}

static void line(const char *fields)
{
    struct err err = {""};

    if (try_line(fields, &err) != 0)
        fail_msg("%s\n%s", err.text, fields);
}

static void two_hosts(void)
{
    line("\"event\":\"lab\",\"format\":1,\"text\":\"# "
         "T\",\"hosts\":[{\"name\":\"client\","
         "\"addresses\":[\"10.0.0.1\"]},{\"name\":\"server\"}]");
    line("\"event\":\"host\",\"host\":\"server\",\"change\":\"added\",\"addresses\":"
         "[\"10.0.0.2\"]");
    line("\"event\":\"host\",\"host\":\"client\",\"change\":\"added\",\"addresses\":"
         "[\"10.0.0.1\"]");
}

#define CALL(thread, call, args, status, more)                      \
    "\"event\":\"call\",\"thread\":\"" thread "\",\"call\":\"" call \
    "\",\"args\":\"" args "\",\"status\":\"" status "\"" more

static const char *const status_words[] = {
    [ON_WIRE_HELD] = "held",
    [ON_WIRE_CROSSING] = "crossing",
    [ON_WIRE_BACKGROUND] = "background",
    [ON_WIRE_DELIVERED] = "delivered",
    [ON_WIRE_DROPPED] = "dropped",
};

static void print_packet(const struct world_row *row, struct buf *out)
{
    const struct world_packet *drawn = &world.packets.items[row->packet];

    buf_printf(out, "%s #%u %s>%s %s %s", row->kind == ROW_PACKET ? "packet" : "arrival",
               drawn->id, drawn->from, drawn->to, drawn->label,
               status_words[drawn->status]);
    if (drawn->copies != 1)
        buf_printf(out, " x%u", drawn->copies);
    if (drawn->resend)
        buf_puts(out, " resend");
    if (drawn->corrupted)
        buf_puts(out, " corrupted");
    if (drawn->origin != PACKET_SENT)
        buf_printf(out, " %s", packet_action_name(drawn->origin));
    if (drawn->why)
        buf_printf(out, " (%s)", drawn->why);
}

/* What the call gave: " = 5 'hello' from 10.0.0.1:80". */
static void print_news(const struct world_row *row, struct buf *out)
{
    if (row->result)
        buf_printf(out, " = %s", row->result);
    if (row->data)
        buf_printf(out, " '%s'", row->data);
    if (row->sender)
        buf_printf(out, " from %s", row->sender);
}

/* The rows of the ladder, one a line, compared with what is expected. */
static void rows_are(const char *expected)
{
    struct buf out = {0};

    vec_each (row, &world.rows) {
        const char *host = world.hosts[row->host].name;

        switch (row->kind) {
        case ROW_CALL:
            buf_printf(&out, "call %s: %s", row->thread, row->text);
            print_news(row, &out);
            break;
        case ROW_RETURN:
            buf_printf(&out, "return %s: %s%s", row->thread, row->text,
                       row->failed ? " failed" : "");
            print_news(row, &out);
            break;
        case ROW_PACKET:
        case ROW_ARRIVAL:
            print_packet(row, &out);
            break;
        case ROW_STATE:
            buf_printf(&out, "state %s %llx %s>%s", host,
                       (unsigned long long)row->cookie, tcp_state_name(row->from),
                       tcp_state_name(row->state));
            if (row->text)
                buf_printf(&out, " %s", row->text);
            break;
        case ROW_HOST:
            buf_printf(&out, "host %s %s", host, row->text);
            break;
        case ROW_OUTPUT:
            buf_printf(&out, "output %s %s", host, row->text);
            break;
        }
        buf_putc(&out, '\n');
    }
    if (strcmp(buf_text(&out), expected) != 0)
        fail_msg("rows are\n%sexpected\n%s", buf_text(&out), expected);
    buf_free(&out);
}

#endif
