/* wire: what becomes of each packet; LESSON-FORMAT.md, "The wire" and "Copies". */
#include "wire_packets.h"

/* ----------------------------------------------------------- copies that join */

static void test_join(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = syn(&wire), again = syn(&wire), third = syn(&wire), sent;

    (void)state;
    assert_int_equal(status(&wire, first), PACKET_IS_HELD);
    assert_int_equal(status(&wire, again), PACKET_IS_JOINED);
    assert_int_equal(wire.packets.items[again].joins, 1);
    assert_int_equal(wire.packets.items[third].joins, 1);
    assert_int_equal(wire.packets.items[first].copies, 3);
    assert_int_equal(wire.queue.count, 1);
    assert_int_equal(held(&wire, "last"), (long)first);

    /* The others go with it; what comes after it has been lost is new. */
    leave(&wire, first, false);
    assert_int_equal(wire.queue.count, 0);
    sent = syn(&wire);
    assert_int_equal(status(&wire, sent), PACKET_IS_HELD);
    assert_int_equal(wire.packets.items[sent].joins, 0);
    assert_int_equal(past(&wire, "SYN"), (long)first);
    wire_free(&wire);
}

/* Same four-tuple, sequence number, flags and length; else it is another packet. */
static void test_what_does_not_join(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};

    (void)state;
    data(&wire, 1);
    assert_int_equal(status(&wire, data(&wire, 11)), PACKET_IS_HELD);
    assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_ACK, 1, 1, 10)),
                     PACKET_IS_HELD);
    assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_ACK | TCP_PSH, 1, 1, 9)),
                     PACKET_IS_HELD);
    assert_int_equal(status(&wire, enter(&wire, SERVER, TCP_ACK | TCP_PSH, 1, 1, 10)),
                     PACKET_IS_HELD);
    /* A later acknowledgment number makes no difference. */
    assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_ACK | TCP_PSH, 1, 9, 10)),
                     PACKET_IS_JOINED);
    /* FIN joins. */
    assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_FIN | TCP_ACK, 21, 1, 0)),
                     PACKET_IS_HELD);
    assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_FIN | TCP_ACK, 21, 1, 0)),
                     PACKET_IS_JOINED);
    /* Pure ACKs and RST never do. */
    for (int i = 0; i < 2; i++) {
        assert_int_equal(status(&wire, enter(&wire, CLIENT, TCP_ACK, 11, 1, 0)),
                         PACKET_IS_HELD);
        assert_int_equal(status(&wire, enter(&wire, SERVER, TCP_RST, 1, 0, 0)),
                         PACKET_IS_HELD);
    }
    wire_free(&wire);
}

/* What a cable or a firewall stops never was on the wire. */
static void test_lost_as_it_enters(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = syn(&wire);
    const struct wire_packet *held = &wire.packets.items[first];
    char *frame = mem_strndup(held->frame, held->len);
    size_t lost = wire_enter_lost(&wire, frame, held->len, CLIENT, SERVER, 7, 100);

    (void)state;
    assert_int_equal(wire.packets.items[first].copies, 1);
    assert_int_equal(wire.packets.items[lost].joins, 0);
    leave(&wire, lost, false);
    assert_int_equal(status(&wire, lost), PACKET_IS_LOST);
    assert_int_equal(wire.crossing, 0);
    assert_int_equal(wire.queue.count, 1);
    free(frame);
    wire_free(&wire);
}

static void test_copies_on_purpose(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = data(&wire, 1), other = data(&wire, 11), copy, second;

    (void)state;
    copy = wire_copy(&wire, first, 200);
    assert_int_equal(status(&wire, copy), PACKET_IS_HELD);
    assert_int_equal(wire.packets.items[copy].of, first + 1);
    assert_int_equal(wire.packets.items[copy].copies, 1);
    /* Right behind the first. */
    assert_int_equal(wire.queue.items[0], first);
    assert_int_equal(wire.queue.items[1], copy);
    assert_int_equal(wire.queue.items[2], other);
    second = wire_copy(&wire, copy, 200);
    assert_int_equal(wire.queue.items[2], second);
    assert_int_equal(wire.queue.items[3], other);

    /* A retransmission joins the first, never a copy made on purpose. */
    data(&wire, 1);
    assert_int_equal(wire.packets.items[first].copies, 2);
    leave(&wire, first, false);
    assert_int_equal(status(&wire, data(&wire, 1)), PACKET_IS_HELD);

    /* What is no longer held is copied to the end. */
    copy = wire_copy(&wire, first, 200);
    assert_int_equal(wire.queue.items[wire.queue.count - 1], copy);
    wire_free(&wire);
}

/* ----------------------------------------------------------- the background */

/* The SYN has arrived, its answer is held, and the client sends the SYN again. */
static size_t stand_behind(struct wire *wire, size_t *answer)
{
    size_t first = syn(wire), again;

    leave(wire, first, true);
    *answer = syn_ack(wire);
    again = syn(wire);
    assert_int_equal(status(wire, again), PACKET_IS_BACKGROUND);
    assert_int_equal(wire->packets.items[again].of, first + 1);
    assert_int_equal(wire->background, 1);
    return again;
}

static void test_background(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t answer, again = stand_behind(&wire, &answer);

    (void)state;
    /* Not the oldest, and no MATCH sees it. */
    assert_int_equal(held(&wire, "SYN"), -1);
    assert_int_equal(held(&wire, "#2"), -1);
    assert_int_equal(held(&wire, "last"), (long)answer);
    assert_int_equal(wire.queue.count, 1);
    assert_int_equal(past(&wire, "SYN"), 0);
    assert_int_equal(past(&wire, "SYN #2"), -1);
    assert_int_equal(status(&wire, again), PACKET_IS_BACKGROUND);
    wire_free(&wire);
}

static void test_background_answer_arrives(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t answer, again = stand_behind(&wire, &answer);
    struct changes changes = leave(&wire, answer, true);

    (void)state;
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.numbers[0], again);
    assert_int_equal(status(&wire, again), PACKET_WAS_NOT_NEEDED);
    assert_int_equal(wire.background, 0);
    /* Thrown away is neither held nor past. */
    assert_int_equal(wire.queue.count, 0);
    assert_int_equal(past(&wire, "SYN last"), 0);
    wire_free(&wire);
}

static void test_background_answer_dropped(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t answer, again = stand_behind(&wire, &answer);
    struct changes changes = leave(&wire, answer, false);

    (void)state;
    assert_int_equal(changes.count, 1);
    assert_int_equal(status(&wire, again), PACKET_IS_HELD);
    assert_int_equal(held(&wire, "SYN"), (long)again);
    assert_int_equal(wire.background, 0);
    /* An ordinary held packet: the next one joins it. */
    assert_int_equal(status(&wire, syn(&wire)), PACKET_IS_JOINED);
    assert_int_equal(wire.packets.items[again].copies, 2);
    wire_free(&wire);
}

/* Several of them are one held packet. */
static void test_background_copies_become_one(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t answer, again = stand_behind(&wire, &answer), third = syn(&wire);
    struct changes changes;

    (void)state;
    assert_int_equal(status(&wire, third), PACKET_IS_BACKGROUND);
    changes = leave(&wire, answer, false);
    assert_int_equal(changes.count, 2);
    assert_int_equal(status(&wire, again), PACKET_IS_HELD);
    assert_int_equal(status(&wire, third), PACKET_IS_JOINED);
    assert_int_equal(wire.packets.items[third].joins, again + 1);
    assert_int_equal(wire.packets.items[again].copies, 2);
    assert_int_equal(wire.queue.count, 1);
    assert_int_equal(wire.background, 0);
    wire_free(&wire);
}

/* In the flow nothing is held: a copy whose answer was lost goes its way, too. */
static void test_background_answer_lost_in_flow(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t answer, again = stand_behind(&wire, &answer);

    (void)state;
    wire_set_mode(&wire, WIRE_FLOW, 0, 300);
    assert_int_equal(wire_next_due(&wire, 300), (long)answer);
    leave(&wire, answer, false); /* the cable was out */
    assert_int_equal(status(&wire, again), PACKET_IS_CROSSING);
    assert_int_equal(wire.queue.count, 0);
    assert_int_equal(wire_next_due(&wire, 300), (long)again);
    leave(&wire, again, true);
    assert_int_equal(wire.crossing, 0);
    wire_free(&wire);
}

/* Two answers are held: the copy waits for both. */
static void test_background_two_answers(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = data(&wire, 1), ack1, ack2, again;

    (void)state;
    leave(&wire, first, true);
    ack1 = enter(&wire, SERVER, TCP_ACK, 1, 11, 0);
    ack2 = enter(&wire, SERVER, TCP_ACK, 1, 21, 0);
    again = data(&wire, 1);
    assert_int_equal(status(&wire, again), PACKET_IS_BACKGROUND);
    assert_int_equal(leave(&wire, ack1, false).count, 0);
    assert_int_equal(status(&wire, again), PACKET_IS_BACKGROUND);
    assert_int_equal(leave(&wire, ack2, false).count, 1);
    assert_int_equal(status(&wire, again), PACKET_IS_HELD);
    wire_free(&wire);
}

static void test_no_background(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = data(&wire, 1);

    (void)state;
    leave(&wire, first, true);
    /* No answer is held. */
    assert_int_equal(status(&wire, data(&wire, 1)), PACKET_IS_HELD);
    leave(&wire, 1, false);
    /* What is held acknowledges less. */
    enter(&wire, SERVER, TCP_ACK, 1, 10, 0);
    assert_int_equal(status(&wire, data(&wire, 1)), PACKET_IS_HELD);
    leave(&wire, 3, false);
    /* An answer is held, but this one is no copy of what has arrived. */
    enter(&wire, SERVER, TCP_ACK, 1, 50, 0);
    assert_int_equal(status(&wire, data(&wire, 11)), PACKET_IS_HELD);
    /* Dropped before: it has not arrived, though an answer is held. */
    leave(&wire, 5, false);
    assert_int_equal(status(&wire, data(&wire, 11)), PACKET_IS_HELD);
    /* A copy made on purpose of what was answered is held. */
    assert_int_equal(status(&wire, wire_copy(&wire, first, 200)), PACKET_IS_HELD);
    assert_int_equal(wire.background, 0);
    wire_free(&wire);
}

/* ----------------------------------------------------------- which one */

static void test_find(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t a = data(&wire, 1), b = enter(&wire, SERVER, TCP_ACK, 1, 11, 0),
           c = data(&wire, 11), d = data(&wire, 21);

    (void)state;
    assert_int_equal(held(&wire, "DATA"), (long)a);
    assert_int_equal(held(&wire, "DATA last"), (long)d);
    assert_int_equal(held(&wire, "DATA #2"), (long)c);
    assert_int_equal(held(&wire, "#2"), (long)b);
    assert_int_equal(held(&wire, "last #2"), (long)c);
    assert_int_equal(held(&wire, "server->"), (long)b);
    assert_int_equal(held(&wire, "server:80->client:5000 ACK"), (long)b);
    assert_int_equal(held(&wire, "->server:81"), -1);
    assert_int_equal(held(&wire, "nobody->"), -1);
    assert_int_equal(held(&wire, "#5"), -1);

    /* Nothing is past yet; then replay means the newest. */
    assert_int_equal(past(&wire, "DATA"), -1);
    leave(&wire, a, true);
    leave(&wire, d, false);
    assert_int_equal(past(&wire, "DATA"), (long)d);
    leave(&wire, c, true);
    assert_int_equal(past(&wire, "DATA"), (long)d);
    assert_int_equal(past(&wire, "DATA #1"), (long)a);
    assert_int_equal(past(&wire, "DATA last #2"), (long)c);
    assert_int_equal(past(&wire, "ACK"), -1);
    wire_free(&wire);
}

static void test_nobody(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t number = syn(&wire), lost;
    const struct wire_packet *first = &wire.packets.items[number];

    (void)state;
    lost = wire_enter(&wire, first->frame, first->len, CLIENT, -1, 0, 0);
    leave(&wire, number, true);
    assert_int_equal(status(&wire, lost), PACKET_IS_JOINED);
    lost = wire_insert(&wire, wire.packets.items[0].frame, wire.packets.items[0].len, -1,
                       -1, 0);
    assert_true(wire.packets.items[lost].on_purpose);
    assert_int_equal(held(&wire, "nobody->nobody"), (long)lost);
    wire_free(&wire);
}

/* ----------------------------------------------------------- crossing */

static void test_flow_and_slow(void **state)
{
    struct wire wire = {.mode = WIRE_FLOW};
    size_t a = data(&wire, 1), b, c;

    (void)state;
    assert_int_equal(status(&wire, a), PACKET_IS_CROSSING);
    assert_int_equal(wire_next_due(&wire, 99), -1);
    assert_int_equal(wire_next_due(&wire, 100), (long)a);
    assert_int_equal(wire_next_deadline(&wire), 100);
    leave(&wire, a, true);
    assert_int_equal(wire_next_deadline(&wire), -1);

    wire_set_mode(&wire, WIRE_SLOW, 50, 100);
    b = data(&wire, 11);
    /* The same once more, while it crosses: it is not held, so this is a new packet. */
    c = data(&wire, 11);
    assert_int_equal(status(&wire, c), PACKET_IS_CROSSING);
    assert_int_equal(wire_next_deadline(&wire), 150);
    assert_int_equal(wire_next_due(&wire, 149), -1);
    assert_int_equal(wire_next_due(&wire, 150), (long)b);
    leave(&wire, b, true);
    assert_int_equal(wire_next_due(&wire, 150), (long)c);
    wire_free(&wire);
}

/* What is held crosses in order when the mode changes; hold stops only what comes. */
static void test_mode_changes(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t a = data(&wire, 1), b = data(&wire, 11), copy = wire_copy(&wire, a, 0);

    (void)state;
    wire_set_mode(&wire, WIRE_HOLD, 0, 500);
    assert_int_equal(wire.queue.count, 3);
    wire_set_mode(&wire, WIRE_SLOW, 50, 500);
    assert_int_equal(wire.queue.count, 0);
    assert_int_equal(wire.crossing, 3);
    assert_int_equal(wire_next_deadline(&wire), 550);
    wire_set_mode(&wire, WIRE_HOLD, 0, 510);
    assert_int_equal(wire_next_due(&wire, 550), (long)a);
    leave(&wire, a, true);
    assert_int_equal(wire_next_due(&wire, 550), (long)copy); /* right behind the first */
    leave(&wire, copy, true);
    assert_int_equal(wire_next_due(&wire, 550), (long)b);
    leave(&wire, b, true);
    assert_int_equal(wire_next_due(&wire, 10000), -1);
    wire_free(&wire);
}

/* ----------------------------------------------------------- relative numbers */

static void test_isns(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    uint32_t from = 1, to = 1;
    size_t first;

    (void)state;
    first = data(&wire, 1);
    wire_isns(&wire, &wire.packets.items[first].decoded, &from, &to);
    assert_int_equal(from, 0); /* no SYN was seen */
    assert_int_equal(to, 0);
    syn(&wire);
    wire_isns(&wire, &wire.packets.items[first].decoded, &from, &to);
    assert_int_equal(from, CLIENT_ISN);
    assert_int_equal(to, 0);
    first = syn_ack(&wire);
    wire_isns(&wire, &wire.packets.items[first].decoded, &from, &to);
    assert_int_equal(from, SERVER_ISN);
    assert_int_equal(to, CLIENT_ISN);
    /* The same four-tuple again, with another number; and then an old SYN replayed. */
    enter(&wire, CLIENT, TCP_SYN, 5000, 0, 0);
    wire_isns(&wire, &wire.packets.items[first].decoded, &from, &to);
    assert_int_equal(to, CLIENT_ISN + 5000);
    wire_copy(&wire, 1, 0);
    wire_isns(&wire, &wire.packets.items[first].decoded, &from, &to);
    assert_int_equal(to, CLIENT_ISN + 5000);
    wire_free(&wire);
}

/* What the receiver expects is what has arrived; what was sent, also what is held. */
static void test_expected_and_sent(void **state)
{
    struct endpoint client = endpoint("10.0.0.1:5000"), server = endpoint("10.0.0.2:80");
    struct wire wire = {.mode = WIRE_HOLD};
    uint32_t next = 0;

    (void)state;
    assert_false(wire_expected(&wire, &server, &client, &next));
    assert_false(wire_sent(&wire, &server, &client, &next));
    syn_ack(&wire);
    assert_false(wire_expected(&wire, &server, &client, &next));
    assert_true(wire_sent(&wire, &server, &client, &next));
    assert_int_equal(next, SERVER_ISN + 1);
    leave(&wire, 0, true);
    assert_true(wire_expected(&wire, &server, &client, &next));
    assert_int_equal(next, SERVER_ISN + 1);
    enter(&wire, SERVER, TCP_ACK | TCP_PSH, 1, 1, 10);
    assert_true(wire_expected(&wire, &server, &client, &next));
    assert_int_equal(next, SERVER_ISN + 1);
    assert_true(wire_sent(&wire, &server, &client, &next));
    assert_int_equal(next, SERVER_ISN + 11);
    wire_free(&wire);
}

/* A copy is taken of the frame, and a changed frame changes no other. */
static void test_frames_are_copied(void **state)
{
    struct wire wire = {.mode = WIRE_HOLD};
    size_t first = data(&wire, 1), copy = wire_copy(&wire, first, 0);
    size_t at = wire.packets.items[first].decoded.payload_offset;

    (void)state;
    assert_int_equal(wire.packets.items[first].received_ns, 7);
    wire.packets.items[first].frame[at] ^= 1;
    assert_int_equal(wire.packets.items[copy].frame[at], 0);
    wire_free(&wire);
    wire = (struct wire){0};
    wire_free(&wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_what_does_not_join),
        cmocka_unit_test(test_lost_as_it_enters),
        cmocka_unit_test(test_copies_on_purpose),
        cmocka_unit_test(test_background),
        cmocka_unit_test(test_background_answer_arrives),
        cmocka_unit_test(test_background_answer_dropped),
        cmocka_unit_test(test_background_copies_become_one),
        cmocka_unit_test(test_background_answer_lost_in_flow),
        cmocka_unit_test(test_background_two_answers),
        cmocka_unit_test(test_no_background),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_flow_and_slow),
        cmocka_unit_test(test_mode_changes),
        cmocka_unit_test(test_isns),
        cmocka_unit_test(test_expected_and_sent),
        cmocka_unit_test(test_frames_are_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
