/* Checksums: of frames written down byte by byte, changed in every byte, and cut short.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "packet_frames.h"

#include "model/checksum.h"

static bool complete(const struct packet *packet)
{
    return packet->transport_offset && !packet->fragment && !packet->cut &&
           packet->proto != PACKET_OTHER;
}

static void frames_are_right(void **state)
{
    unsigned checked = 0;

    (void)state;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        const struct frame_case *frame = &frame_cases[i];
        struct packet packet;

        packet_decode(frame->bytes, frame->len, &packet);
        if (!complete(&packet))
            continue;
        checked++;
        if (checksum_check_transport(frame->bytes, frame->len, &packet) !=
            CHECKSUM_RIGHT)
            fail_msg("%s is not right", frame->name);
        assert_int_equal(checksum_check_ip(frame->bytes, frame->len, &packet),
                         packet.family == AF_INET ? CHECKSUM_RIGHT : CHECKSUM_NONE);
    }
    assert_true(checked > 8);
}

/* A changed byte of the payload or the header is seen; padding does not count. */
static void changes_are_seen(void **state)
{
    uint8_t copy[sizeof(data_frame)], padded[sizeof(ackpad_frame)];
    struct packet packet;

    (void)state;
    for (size_t at = 34; at < sizeof(data_frame); at++) {
        memcpy(copy, data_frame, sizeof(copy));
        packet_decode(copy, sizeof(copy), &packet);
        copy[at] ^= 0x10;
        if (at < packet.transport_offset)
            assert_int_equal(checksum_check_ip(copy, sizeof(copy), &packet),
                             CHECKSUM_WRONG);
        else
            assert_int_equal(checksum_check_transport(copy, sizeof(copy), &packet),
                             CHECKSUM_WRONG);
    }
    memcpy(padded, ackpad_frame, sizeof(padded));
    padded[sizeof(padded) - 1] ^= 1;
    packet_decode(padded, sizeof(padded), &packet);
    assert_int_equal(checksum_check_transport(padded, sizeof(padded), &packet),
                     CHECKSUM_RIGHT);
}

static void udp_may_have_none(void **state)
{
    uint8_t copy[sizeof(udp4_frame)];
    struct packet packet;

    (void)state;
    memcpy(copy, udp4_frame, sizeof(copy));
    copy[40] = copy[41] = 0;
    packet_decode(copy, sizeof(copy), &packet);
    assert_int_equal(checksum_check_transport(copy, sizeof(copy), &packet),
                     CHECKSUM_NONE);
}

/* The checksum of a fragmented datagram is about all fragments. */
static void fragments_are_unknown(void **state)
{
    struct packet packet;

    (void)state;
    packet_decode(data_frame, sizeof(data_frame), &packet);
    packet.fragment = true;
    assert_int_equal(checksum_check_transport(data_frame, sizeof(data_frame), &packet),
                     CHECKSUM_UNKNOWN);
    packet_decode(frag1_frame, sizeof(frag1_frame), &packet);
    assert_true(packet.fragment && packet.transport_offset);
    assert_int_equal(checksum_check_transport(frag1_frame, sizeof(frag1_frame), &packet),
                     CHECKSUM_UNKNOWN);
}

/* Nothing beyond the end is read: the copies are as long as the prefix. */
static void cut_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        for (size_t len = 0; len < frame_cases[i].len; len++) {
            uint8_t *copy = malloc(len + !len);
            struct packet packet;

            memcpy(copy, frame_cases[i].bytes, len);
            packet_decode(copy, len, &packet);
            checksum_check_ip(copy, len, &packet);
            if (packet.cut)
                assert_int_not_equal(checksum_check_transport(copy, len, &packet),
                                     CHECKSUM_RIGHT);
            free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_right),  cmocka_unit_test(changes_are_seen),
        cmocka_unit_test(udp_may_have_none), cmocka_unit_test(fragments_are_unknown),
        cmocka_unit_test(cut_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
