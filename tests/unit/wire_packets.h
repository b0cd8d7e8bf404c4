/* Helpers of the wire's tests: segments of one connection enter it, and leave. Each test
 * program is one thread. */
#ifndef SOCKETARIUM_TESTS_WIRE_PACKETS_H
#define SOCKETARIUM_TESTS_WIRE_PACKETS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lab/wire.h"
#include "model/packet_build.h"

#define CLIENT 0
#define SERVER 1
#define CLIENT_ISN 4294967295u /* the numbers wrap around right behind the SYN */
#define SERVER_ISN 1000u

static const char *const names[] = {"client", "server"};
static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1};
static const char zeros[100];

static inline struct endpoint endpoint(const char *text)
{
    struct endpoint out;

    assert_int_equal(endpoint_parse(text, &out), 0);
    return out;
}

static inline struct match match(const char *word)
{
    struct match out = {0};
    char *words = mem_strdup(word), *rest = words, *one;

    while ((one = strsep(&rest, " ")))
        assert_int_equal(match_word(&out, one, NULL, NULL, NULL), 0);
    free(words);
    return out;
}

/* A segment enters; seq and ack count from the initial ones. */
static inline size_t enter(struct wire *wire, int from, uint8_t flags, uint32_t seq,
                           uint32_t ack, size_t len)
{
    struct tcp_segment segment = {.flags = flags, .data = zeros, .data_len = len};
    struct buf frame = {0};
    size_t number;

    segment.from = endpoint(from == CLIENT ? "10.0.0.1:5000" : "10.0.0.2:80");
    segment.to = endpoint(from == CLIENT ? "10.0.0.2:80" : "10.0.0.1:5000");
    segment.seq = seq + (from == CLIENT ? CLIENT_ISN : SERVER_ISN);
    segment.ack = flags & TCP_ACK ? ack + (from == CLIENT ? SERVER_ISN : CLIENT_ISN) : 0;
    assert_int_equal(packet_build_tcp(&segment, mac, &frame), 0);
    number = wire_enter(wire, frame.data, frame.len, from, !from, 7, 100);
    buf_free(&frame);
    return number;
}

static inline size_t syn(struct wire *wire)
{
    return enter(wire, CLIENT, TCP_SYN, 0, 0, 0);
}

static inline size_t syn_ack(struct wire *wire)
{
    return enter(wire, SERVER, TCP_SYN | TCP_ACK, 0, 1, 0);
}

static inline size_t data(struct wire *wire, uint32_t seq)
{
    return enter(wire, CLIENT, TCP_ACK | TCP_PSH, seq, 1, 10);
}

static inline enum wire_status status(const struct wire *wire, size_t number)
{
    return wire->packets.items[number].status;
}

/* What wire_leave told: numbers, in order. */
struct changes {
    size_t numbers[8];
    size_t count;
};

static inline void changed(void *context, size_t number)
{
    struct changes *changes = context;

    assert_true(changes->count < 8);
    changes->numbers[changes->count++] = number;
}

static inline struct changes leave(struct wire *wire, size_t number, bool arrived)
{
    struct changes changes = {0};

    wire_leave(wire, number, arrived, changed, &changes);
    return changes;
}

static inline long held(const struct wire *wire, const char *words)
{
    struct match wanted = match(words);

    return wire_find_held(wire, &wanted, names);
}

static inline long past(const struct wire *wire, const char *words)
{
    struct match wanted = match(words);

    return wire_find_past(wire, &wanted, names);
}

#endif
