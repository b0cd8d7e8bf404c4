/* The names of the eleven states, and the arrows of RFC 9293 figure 5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/tcp_state.h"

static const struct {
    enum tcp_state state;
    int number; /* include/net/tcp_states.h */
    const char *rfc, *ss, *netstat;
} names[] = {
    {STATE_ESTABLISHED, 1, "ESTABLISHED", "ESTAB", "ESTABLISHED"},
    {STATE_SYN_SENT, 2, "SYN-SENT", "SYN-SENT", "SYN_SENT"},
    {STATE_SYN_RECEIVED, 3, "SYN-RECEIVED", "SYN-RECV", "SYN_RECV"},
    {STATE_FIN_WAIT_1, 4, "FIN-WAIT-1", "FIN-WAIT-1", "FIN_WAIT1"},
    {STATE_FIN_WAIT_2, 5, "FIN-WAIT-2", "FIN-WAIT-2", "FIN_WAIT2"},
    {STATE_TIME_WAIT, 6, "TIME-WAIT", "TIME-WAIT", "TIME_WAIT"},
    {STATE_CLOSED, 7, "CLOSED", "UNCONN", "CLOSE"},
    {STATE_CLOSE_WAIT, 8, "CLOSE-WAIT", "CLOSE-WAIT", "CLOSE_WAIT"},
    {STATE_LAST_ACK, 9, "LAST-ACK", "LAST-ACK", "LAST_ACK"},
    {STATE_LISTEN, 10, "LISTEN", "LISTEN", "LISTEN"},
    {STATE_CLOSING, 11, "CLOSING", "CLOSING", "CLOSING"},
};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(NAME_COUNT, STATE_COUNT - 1);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        assert_int_equal(names[i].state, names[i].number);
        assert_string_equal(tcp_state_name(names[i].state), names[i].rfc);
        assert_string_equal(tcp_state_ss_name(names[i].state), names[i].ss);
        assert_string_equal(tcp_state_netstat_name(names[i].state), names[i].netstat);
    }
}

static void test_unknown_numbers(void **state)
{
    static const int numbers[] = {STATE_NONE, STATE_COUNT, 13, -1, 1 << 20};

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        assert_string_equal(tcp_state_name((enum tcp_state)numbers[i]), "-");
        assert_string_equal(tcp_state_ss_name((enum tcp_state)numbers[i]), "-");
        assert_string_equal(tcp_state_netstat_name((enum tcp_state)numbers[i]), "-");
    }
}

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAME_COUNT; i++) {
        assert_int_equal(tcp_state_parse(names[i].rfc), names[i].state);
        assert_int_equal(tcp_state_parse(names[i].ss), names[i].state);
        assert_int_equal(tcp_state_parse(names[i].netstat), names[i].state);
    }
    assert_int_equal(tcp_state_parse("LISTENING"), STATE_LISTEN);
    assert_int_equal(tcp_state_parse("SYN_RECEIVED"), STATE_SYN_RECEIVED);
    assert_int_equal(tcp_state_parse("FIN_WAIT_1"), STATE_FIN_WAIT_1);
    assert_int_equal(tcp_state_parse("FIN_WAIT_2"), STATE_FIN_WAIT_2);
    assert_int_equal(tcp_state_parse("listen"), STATE_LISTEN);
    assert_int_equal(tcp_state_parse("Fin-Wait-1"), STATE_FIN_WAIT_1);
}

static void test_parse_refuses(void **state)
{
    static const char *const words[] = {"",         "-",          "LISTE",
                                        "LISTENIN", "LISTEN ",    "SYN SENT",
                                        "bound",    "SYN-SENT-1", "FIN-WAIT"};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        assert_int_equal(tcp_state_parse(words[i]), STATE_NONE);
    assert_int_equal(tcp_state_parse(NULL), STATE_NONE);
}

/* Figure 5 with its notes, written down from the RFC: "!" where Linux never goes. */
static void test_arrows(void **state)
{
    static const char want[] =
        "CLOSED > LISTEN: passive OPEN / create TCB\n"
        "CLOSED > SYN-SENT: active OPEN / create TCB, snd SYN\n"
        "LISTEN > CLOSED: CLOSE / delete TCB\n"
        "LISTEN > SYN-RECEIVED: rcv SYN / snd SYN,ACK\n"
        "LISTEN > SYN-SENT: SEND / snd SYN!\n"
        "SYN-SENT > CLOSED: CLOSE / delete TCB\n"
        "SYN-SENT > SYN-RECEIVED: rcv SYN / snd SYN,ACK\n"
        "SYN-SENT > ESTABLISHED: rcv SYN,ACK / snd ACK\n"
        "SYN-RECEIVED > LISTEN: rcv RST (note 1)!\n"
        "SYN-RECEIVED > ESTABLISHED: rcv ACK of SYN / x\n"
        "SYN-RECEIVED > FIN-WAIT-1: CLOSE / snd FIN\n"
        "ESTABLISHED > FIN-WAIT-1: CLOSE / snd FIN\n"
        "ESTABLISHED > CLOSE-WAIT: rcv FIN / snd ACK\n"
        "FIN-WAIT-1 > FIN-WAIT-2: rcv ACK of FIN / x\n"
        "FIN-WAIT-1 > CLOSING: rcv FIN / snd ACK\n"
        "CLOSE-WAIT > LAST-ACK: CLOSE / snd FIN\n"
        "FIN-WAIT-2 > TIME-WAIT: rcv FIN / snd ACK\n"
        "CLOSING > TIME-WAIT: rcv ACK of FIN / x\n"
        "LAST-ACK > CLOSED: rcv ACK of FIN / x\n"
        "TIME-WAIT > CLOSED: Timeout=2MSL / delete TCB\n"
        "FIN-WAIT-1 > TIME-WAIT: rcv FIN,ACK of FIN / snd ACK (note 2)\n"
        "SYN-RECEIVED > TIME-WAIT: snd RST (note 3)!\n"
        "ESTABLISHED > TIME-WAIT: snd RST (note 3)!\n"
        "CLOSE-WAIT > TIME-WAIT: snd RST (note 3)!\n"
        "SYN-RECEIVED > CLOSED: rcv RST (note 3)\n"
        "ESTABLISHED > CLOSED: rcv RST (note 3)\n"
        "FIN-WAIT-1 > CLOSED: rcv RST (note 3)\n"
        "FIN-WAIT-2 > CLOSED: rcv RST (note 3)\n"
        "CLOSE-WAIT > CLOSED: rcv RST (note 3)\n"
        "CLOSING > CLOSED: rcv RST (note 3)\n";
    struct buf got = {0};

    (void)state;
    for (size_t i = 0; i < tcp_arrow_count; i++) {
        const struct tcp_arrow *arrow = &tcp_arrows[i];

        buf_printf(&got, "%s > %s: %s%s\n", tcp_state_name(arrow->from),
                   tcp_state_name(arrow->to), arrow->cause, arrow->never ? "!" : "");
    }
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

/* Each pair of states stands once, so that finding it is finding its arrow. */
static void test_arrow_find(void **state)
{
    int found = 0;

    (void)state;
    for (int i = 0; i < (int)tcp_arrow_count; i++)
        assert_int_equal(tcp_arrow_find(tcp_arrows[i].from, tcp_arrows[i].to), i);
    for (int from = -1; from <= STATE_COUNT; from++) {
        for (int to = -1; to <= STATE_COUNT; to++)
            found += tcp_arrow_find((enum tcp_state)from, (enum tcp_state)to) >= 0;
    }
    assert_int_equal(found, tcp_arrow_count);
    assert_int_equal(tcp_arrow_find(STATE_ESTABLISHED, STATE_LISTEN), -1);
    assert_int_equal(tcp_arrow_find(STATE_ESTABLISHED, STATE_LAST_ACK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),  cmocka_unit_test(test_unknown_numbers),
        cmocka_unit_test(test_parse),  cmocka_unit_test(test_parse_refuses),
        cmocka_unit_test(test_arrows), cmocka_unit_test(test_arrow_find),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
