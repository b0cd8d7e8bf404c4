/* coverage: which states and arrows lessons have visited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/coverage.h"
#include "model/tcp_state.h"

static const char *const names[] = {"first", "second"};

static void see(struct coverage *coverage, enum socket_change change,
                enum tcp_state from, enum tcp_state to, int lesson)
{
    struct event event = {.kind = EVENT_SOCKET,
                          .socket = {.change = change, .from = from}};

    event.socket.sock.proto = PROTO_TCP;
    event.socket.sock.state = to;
    coverage_see(coverage, &event, lesson);
}

static char *printed(const struct coverage *coverage)
{
    struct buf out = {0};

    coverage_print(coverage, names, &out);
    return buf_take(&out);
}

static void says(const struct coverage *coverage, const char *line)
{
    char *text = printed(coverage);

    if (!strstr(text, line))
        fail_msg("not there: %s\n%s", line, text);
    free(text);
}

static void test_nothing_seen(void **state)
{
    struct coverage coverage;
    char *text;
    unsigned lines = 0;

    (void)state;
    coverage_init(&coverage);
    text = printed(&coverage);
    assert_null(strstr(text, "first"));
    for (char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 2 + 11 + tcp_arrow_count);
    assert_non_null(strstr(text, "never on Linux: "));
    free(text);
}

static void test_seen(void **state)
{
    struct coverage coverage;

    (void)state;
    coverage_init(&coverage);
    see(&coverage, SOCKET_STATE, STATE_CLOSED, STATE_SYN_SENT, 1);
    see(&coverage, SOCKET_APPEARED, STATE_LISTEN, STATE_SYN_RECEIVED, 0);
    see(&coverage, SOCKET_STATE, STATE_CLOSED, STATE_SYN_SENT, 0); /* not the first */
    see(&coverage, SOCKET_VANISHED, STATE_LAST_ACK, STATE_CLOSED, 1);
    says(&coverage, "  SYN-SENT       second\n");
    says(&coverage, "  SYN-RECEIVED   first\n");
    says(&coverage, "  FIN-WAIT-1     not seen\n");
    says(&coverage, "  CLOSED        -> SYN-SENT       second\n");
    says(&coverage, "  LISTEN        -> SYN-RECEIVED   first\n");
    says(&coverage, "  LAST-ACK      -> CLOSED         second\n");
    says(&coverage, "  SYN-SENT      -> ESTABLISHED    not seen\n");
}

/* A state is seen in any event of a socket; an arrow only between two. */
static void test_no_arrow(void **state)
{
    struct coverage coverage;
    struct event other = {.kind = EVENT_CALL};

    (void)state;
    coverage_init(&coverage);
    see(&coverage, SOCKET_INFO, STATE_SYN_SENT, STATE_ESTABLISHED, 0);
    see(&coverage, SOCKET_TIMER, STATE_SYN_SENT, STATE_ESTABLISHED, 0);
    says(&coverage, "  ESTABLISHED    first\n");
    says(&coverage, "  SYN-SENT      -> ESTABLISHED    not seen\n");
    /* No arrow of figure 5: nothing is marked, and nothing breaks. */
    see(&coverage, SOCKET_STATE, STATE_ESTABLISHED, STATE_LISTEN, 0);
    coverage_see(&coverage, &other, 0);
    for (size_t i = 0; i < ARROWS_MAX; i++)
        assert_int_equal(coverage.arrows[i], -1);
}

static void test_udp_has_no_state(void **state)
{
    struct coverage coverage;
    struct event event = {.kind = EVENT_SOCKET, .socket = {.change = SOCKET_APPEARED}};

    (void)state;
    coverage_init(&coverage);
    event.socket.sock.proto = PROTO_UDP;
    event.socket.sock.state = STATE_ESTABLISHED;
    coverage_see(&coverage, &event, 0);
    says(&coverage, "  ESTABLISHED    not seen\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_seen),
        cmocka_unit_test(test_seen),
        cmocka_unit_test(test_no_arrow),
        cmocka_unit_test(test_udp_has_no_state),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
