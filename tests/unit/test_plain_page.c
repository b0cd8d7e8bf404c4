/* The lesson in plain lines: its pages, questions and tasks; what many do; how things
 * are now. */
#include "plain_told.h"

#include "view/plain_now.h"
#include "view/plain_prose.h"

/* What stands below the setup is told when the setup has run. */
static void a_page_is_told_in_its_order(void **state)
{
    (void)state;
    two_hosts();
    happens(PAGE("1", "4"));
    assert_told("\nPage 1 of 2: The page\n\nBefore the setup.\n");
    happens("\"event\":\"wire\",\"mode\":\"hold\"");
    happens(PAGE("1", "4"));
    assert_told("\nThe wire holds every packet until it is let go.\n"
                "\n"
                "After it, connect() waits. Which is right?\n"
                "\n"
                "  1  Neither\n"
                "  2  The second\n"
                "  3  The third\n");
    happens(QUESTION("open", ""));
    assert_told("");
    happens(QUESTION("shown", ""));
    assert_told("\nThe answer is number 2: The second\n"
                "and number 3: The third\n"
                "\n"
                "Because it is so.\n");
    happens(PAGE("1", "4"));
    happens("\"event\":\"step\",\"page\":1,\"block\":4,\"step\":1,\"steps\":1,"
            "\"status\":\"started\"");
    happens(PAGE("1", "6"));
    assert_told("\nStep 1 of 1.\n\nThe end of the page.\n");
}

static void an_answer_is_judged(void **state)
{
    (void)state;
    happens(PAGE("1", "4"));
    happens(PAGE("1", "4"));
    buf_clear(&told);
    happens(QUESTION("answered", ",\"answers\":1,\"right\":false"));
    assert_told("\nYou said number 1: Neither\n"
                "Not quite.\n"
                "The answer is number 2: The second\n"
                "and number 3: The third\n"
                "\n"
                "Because it is so.\n");
    happens(QUESTION("answered", ",\"answers\":6,\"right\":true"));
    assert_told("\nYou said number 2: The second\n"
                "and number 3: The third\n"
                "Right.\n"
                "\n"
                "Because it is so.\n");
}

static void a_task_comes_after_its_prose_and_before_its_solution(void **state)
{
    (void)state;
    happens(PAGE("2", "2"));
    happens(PAGE("2", "2"));
    happens(TASK("open"));
    assert_told("\nPage 2 of 2: The page\n"
                "\n"
                "Do it.\n"
                "\n"
                "Your turn: do it by hand, until this page goes on.\n"
                "It is done when this holds:\n"
                "  wire empty\n");
    happens(TASK("shown"));
    happens("\"event\":\"wire\",\"mode\":\"flow\"");
    happens(TASK("done"));
    happens(PAGE("2", "5"));
    assert_told("\nOne way to do it:\n"
                "\n"
                "  wire flow\n"
                "  deliver all\n"
                "\n"
                "The wire lets every packet through.\n"
                "\n"
                "The task is done.\n"
                "\n"
                "Done.\n");
}

/* Of a task the goals that hold are told as they change. */
static void goals_are_told_as_they_change(void **state)
{
    (void)state;
    happens(PAGE("2", "2"));
    happens(PAGE("2", "2"));
    happens(TASK("open"));
    buf_clear(&told);
    happens(TASK("open") ",\"holds\":1");
    assert_told("Holds now: wire empty\n");
    happens(TASK("open"));
    assert_told("Holds no more: wire empty\n");
}

static void a_page_is_read_again_as_far_as_it_was_told(void **state)
{
    (void)state;
    plain_again(&plain, &told);
    assert_told("");
    happens(PAGE("1", "4"));
    happens(PAGE("1", "4"));
    buf_clear(&told);
    plain_again(&plain, &told);
    assert_told("\nPage 1 of 2: First\n"
                "\n"
                "Before the setup.\n"
                "\n"
                "After it, connect() waits. Which is right?\n"
                "\n"
                "  1  Neither\n"
                "  2  The second\n"
                "  3  The third\n");
    happens(PAGE("2", "2"));
    happens(PAGE("2", "2"));
    happens(TASK("open"));
    buf_clear(&told);
    plain_again(&plain, &told);
    assert_told("\nPage 2 of 2: Second\n"
                "\n"
                "Do it.\n"
                "\n"
                "It is done when this holds:\n"
                "  wire empty\n");
}

/* ----------------------------------------------------------- many of a kind */

static void sends(unsigned first, unsigned count, const char *action)
{
    for (unsigned i = first; i < first + count; i++) {
        char *fields = mem_printf(
            "\"event\":\"packet\",\"id\":%u,\"action\":\"%s\",\"from\":\"client\","
            "\"to\":\"server\",\"flags\":\"SYN\",\"proto\":\"tcp\",\"seqno\":0",
            i, action);

        happens(fields);
        free(fields);
    }
}

#define STEP(status)                                                    \
    "\"event\":\"step\",\"page\":1,\"block\":1,\"step\":1,\"steps\":5," \
    "\"status\":\"" status "\""

static void a_few_packets_are_told_one_by_one(void **state)
{
    (void)state;
    two_hosts();
    happens(STEP("started"));
    buf_clear(&told);
    sends(1, 8, "held");
    assert_true(buf_text(&told)[0] == '\0');
    plain_flush(&plain, &told);
    assert_non_null(strstr(buf_text(&told), "Packet 1, SYN with seq 0, from client"));
    assert_non_null(strstr(buf_text(&told), "Packet 8, SYN with seq 0, from client"));
    buf_clear(&told);
}

static void many_packets_are_told_as_one(void **state)
{
    (void)state;
    two_hosts();
    happens(STEP("started"));
    buf_clear(&told);
    sends(1, 100, "injected");
    sends(1, 100, "delivered");
    sends(101, 9, "sent");
    happens("\"event\":\"wire\",\"mode\":\"hold\"");
    assert_told("100 packets SYN, from client to server, are forged.\n"
                "100 packets SYN, from client to server, arrive.\n"
                "9 packets SYN, from client to server, are on their way.\n"
                "The wire holds every packet until it is let go.\n");
}

static void many_sockets_are_told_as_one(void **state)
{
    (void)state;
    two_hosts();
    happens(STEP("started"));
    buf_clear(&told);
    for (unsigned i = 1; i <= 20; i++) {
        char *fields = mem_printf(
            "\"event\":\"socket\",\"host\":\"server\",\"id\":\"%u\","
            "\"change\":\"appeared\",\"recvq\":0,\"sendq\":0,\"family\":4,"
            "\"proto\":\"tcp\",\"local\":\"10.0.0.2:80\",\"remote\":\"10.0.0.%u:9\","
            "\"from\":\"LISTEN\",\"state\":\"SYN-RECEIVED\",\"owner\":\"kernel\"",
            i, i);

        happens(fields);
        free(fields);
    }
    assert_told("server: 20 sockets are new, in SYN-RECEIVED; no program has them "
                "yet.\n");
    plain_now_sockets(&world, 0, &told);
    assert_told("server: 20 tcp sockets, such as this, SYN-RECEIVED, owner kernel, "
                "local 10.0.0.2:80, remote 10.0.0.1:9, half open, new.\n");
}

/* While nothing runs: at the first time, the second, the fourth, the eighth. */
static void a_resend_is_told_less_and_less_often(void **state)
{
    unsigned lines = 0;

    (void)state;
    two_hosts();
    happens(PACKET("1", "held", "SYN", TCP(",\"seqno\":0")));
    plain_flush(&plain, &told);
    buf_clear(&told);
    for (unsigned i = 2; i < 102; i++) {
        char *fields = mem_printf(
            "\"event\":\"packet\",\"id\":%u,\"action\":\"held\",\"from\":\"client\","
            "\"to\":\"server\",\"flags\":\"SYN\",\"proto\":\"tcp\",\"seqno\":0,"
            "\"of\":1,\"joins\":1,\"copies\":%u",
            i, i);

        happens(fields);
        free(fields);
        plain_flush(&plain, &told);
    }
    for (const char *c = buf_text(&told); *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 7);
    assert_non_null(strstr(buf_text(&told),
                           "Packet 65, SYN with seq 0, from client to server, is sent "
                           "again: it joins packet 1, which is still held, 65 copies by "
                           "now.\n"));
    buf_clear(&told);
    plain_now_wire(&world, &told);
    assert_told("Packet 1, SYN with seq 0, from client to server, is held, in 101 "
                "copies.\n");
}

/* A typed line bears the number of the step before it. */
static void a_step_is_told_once(void **state)
{
    (void)state;
    happens(STEP("started"));
    happens(STEP("done"));
    assert_told("\nStep 1 of 5.\n");
    happens(STEP("started"));
    happens("\"event\":\"wire\",\"mode\":\"hold\"");
    happens(STEP("done"));
    assert_told("The wire holds every packet until it is let go.\n");
}

/* ----------------------------------------------------------- now */

static void how_things_are_now(void **state)
{
    (void)state;
    plain_now_sockets(&world, 0, &told);
    plain_now_wire(&world, &told);
    plain_now_programs(&world, &told);
    assert_told("There is no socket.\nNothing is held on the wire.\nNo program runs.\n");
    two_hosts();
    happens(CALL("connect", "c, 10.0.0.2:80", "started", ""));
    happens(CALL("connect", "c, 10.0.0.2:80", "blocked", ""));
    happens(SOCKET("appeared", ",\"proto\":\"tcp\",\"local\":\"10.0.0.1:9\",\"remote\":"
                               "\"10.0.0.2:80\",\"from\":\"CLOSED\",\"state\":"
                               "\"SYN-SENT\",\"owner\":\"client c\""));
    plain_flush(&plain, &told);
    buf_clear(&told);
    plain_now_sockets(&world, 0, &told);
    plain_now_programs(&world, &told);
    assert_told("client: tcp socket, SYN-SENT, owner client c, local 10.0.0.1:9, remote "
                "10.0.0.2:80, new.\n"
                "client waits in connect().\n");
}

/* ----------------------------------------------------------- prose */

/* No columns, no frames, no arrows. */
static void prose_is_read_aloud(void **state)
{
    static const char prose[] = "# T\n\nS.\n\n## One\n\n"
                                "The key ← goes back.\n\n"
                                "| State | Means |\n|---|---|\n"
                                "| LISTEN | `it` waits |\n| CLOSED | over |\n\n"
                                "```text\nA      B\n  SYN →\n```\n\n"
                                "> It is so.\n";
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("t.md", prose, strlen(prose), &errors);

    (void)state;
    plain_prose(&lesson->pages.items[0].blocks.items[0].text, &told);
    assert_told("The key left arrow goes back.\n"
                "\n"
                "State: LISTEN, Means: it waits.\n"
                "State: CLOSED, Means: over.\n"
                "\n"
                "  A, B\n"
                "    SYN right arrow\n"
                "\n"
                "It is so.\n");
    lesson_error_list_free(&errors);
    lesson_free(lesson);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_page_is_told_in_its_order),
        TEST(an_answer_is_judged),
        TEST(a_task_comes_after_its_prose_and_before_its_solution),
        TEST(goals_are_told_as_they_change),
        TEST(a_page_is_read_again_as_far_as_it_was_told),
        TEST(a_few_packets_are_told_one_by_one),
        TEST(many_packets_are_told_as_one),
        TEST(many_sockets_are_told_as_one),
        TEST(a_resend_is_told_less_and_less_often),
        TEST(a_step_is_told_once),
        TEST(how_things_are_now),
        TEST(prose_is_read_aloud),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
