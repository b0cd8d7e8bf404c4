#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "export/export.h"

#define MAGIC_NANOSECONDS 0xa1b23c4d /* pcap-savefile(5) */
#define FILE_HEADER 24
#define RECORD_HEADER 16

/* Two frames; a capture does not look into them. */
static char syn[] = "a frame of some length", udp[] = "another";

static uint32_t word_at(const struct buf *capture, size_t at)
{
    uint32_t word;

    assert_true(at + sizeof(word) <= capture->len);
    memcpy(&word, capture->data + at, sizeof(word));
    return word;
}

struct record {
    uint32_t seconds, nanoseconds;
    const void *frame;
    uint32_t len;
};

/* The packets of a capture, as its format has them. */
static void assert_capture(const struct event *events, size_t count,
                           const struct record *records, size_t record_count)
{
    struct buf capture = {0};
    struct err err = {""};
    size_t at = FILE_HEADER;

    assert_int_equal(export_pcap(events, count, &capture, &err), 0);
    assert_int_equal(word_at(&capture, 0), MAGIC_NANOSECONDS);
    assert_int_equal(word_at(&capture, 20), 1); /* Ethernet */
    for (size_t i = 0; i < record_count; i++) {
        assert_int_equal(word_at(&capture, at), records[i].seconds);
        assert_int_equal(word_at(&capture, at + 4), records[i].nanoseconds);
        assert_int_equal(word_at(&capture, at + 8), records[i].len);
        assert_int_equal(word_at(&capture, at + 12), records[i].len);
        at += RECORD_HEADER;
        assert_true(at + records[i].len <= capture.len);
        assert_memory_equal(capture.data + at, records[i].frame, records[i].len);
        at += records[i].len;
    }
    assert_int_equal(at, capture.len);
    buf_free(&capture);
}

static struct event packet(int64_t t_ns, enum packet_action action, char *frame,
                           uint32_t len, int64_t received_ns)
{
    return (struct event){.t_ns = t_ns,
                          .kind = EVENT_PACKET,
                          .packet = {.id = 1,
                                     .action = action,
                                     .frame = frame,
                                     .frame_len = len,
                                     .received_ns = received_ns}};
}

static void each_packet_once_at_the_kernels_time(void **state)
{
    const struct event events[] = {
        packet(2 * NS_PER_S, PACKET_HELD, syn, sizeof(syn), 1795241146569041785),
        packet(3 * NS_PER_S, PACKET_DELIVERED, NULL, 0, 1795241146569041785),
        packet(4 * NS_PER_S, PACKET_SENT, udp, sizeof(udp), 1795241148500000000),
        packet(5 * NS_PER_S, PACKET_CORRUPTED, udp, sizeof(udp), 1795241148500000000),
    };
    const struct record records[] = {{1795241146, 569041785, syn, sizeof(syn)},
                                     {1795241148, 500000000, udp, sizeof(udp)}};

    (void)state;
    assert_capture(events, 4, records, 2);
}

/* The copy has its original's receive time; it entered the wire later. */
static void a_copy_made_on_purpose_has_a_time_of_its_own(void **state)
{
    const struct event events[] = {
        packet(2 * NS_PER_S, PACKET_HELD, syn, sizeof(syn), 1000 * NS_PER_S),
        packet(5 * NS_PER_S, PACKET_DUPLICATED, syn, sizeof(syn), 1000 * NS_PER_S),
        packet(6 * NS_PER_S, PACKET_REPLAYED, syn, sizeof(syn), 1000 * NS_PER_S),
        packet(7 * NS_PER_S, PACKET_INJECTED, udp, sizeof(udp), 0),
    };
    const struct record records[] = {{1000, 0, syn, sizeof(syn)},
                                     {1003, 0, syn, sizeof(syn)},
                                     {1004, 0, syn, sizeof(syn)},
                                     {1005, 0, udp, sizeof(udp)}};

    (void)state;
    assert_capture(events, 4, records, 4);
}

static void without_the_kernels_time_the_labs_is_taken(void **state)
{
    char time[] = "1970-01-02T00:00:01Z", wrong[] = "yesterday",
         far[] = "9999-01-01T00:00:00Z";
    struct event events[] = {
        {.kind = EVENT_LAB, .lab.time = time},
        packet(1500000000, PACKET_SENT, udp, sizeof(udp), 0),
    };
    const struct record known = {86402, 500000000, udp, sizeof(udp)};
    const struct record unknown = {1, 500000000, udp, sizeof(udp)};

    (void)state;
    assert_capture(events, 2, &known, 1);
    events[0].lab.time = wrong;
    assert_capture(events, 2, &unknown, 1);
    events[0].lab.time = far;
    assert_capture(events, 2, &unknown, 1);
    events[0].lab.time = NULL;
    assert_capture(events, 2, &unknown, 1);
    events[1].packet.received_ns = INT64_MAX; /* no time that a file could hold */
    assert_capture(events, 2, &unknown, 1);
}

static void nothing_on_the_wire_is_a_capture_too(void **state)
{
    const struct event event = {.kind = EVENT_LAB};

    (void)state;
    assert_capture(&event, 1, NULL, 0);
    assert_capture(NULL, 0, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_packet_once_at_the_kernels_time),
        cmocka_unit_test(a_copy_made_on_purpose_has_a_time_of_its_own),
        cmocka_unit_test(without_the_kernels_time_the_labs_is_taken),
        cmocka_unit_test(nothing_on_the_wire_is_a_capture_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
