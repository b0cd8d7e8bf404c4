#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "export/export.h"
#include "lesson/markdown.h"
#include "model/journal.h"

static const char lesson_text[] =
    "# Two *hosts*\n\nA summary.\n\nPart: Opening\nLevel: core\nTime: 5 min\n\n"
    "## The wire\n\n<!-- note: nobody reads this -->\n\n"
    "```lab setup\nhost a 10.0.0.1\nhost b 10.0.0.2\nwire hold\n```\n\n"
    "Two hosts.\n\n"
    "```lab\na: u = socket(AF_INET, SOCK_DGRAM, 0)\na: sendto(u, \"x\", "
    "10.0.0.2:9)\n```\n\n"
    "Where is it?\n\n- [ ] At b\n- [x] On the *wire*\n- [x] Not at b\n\n> It is "
    "held.\n\n"
    "## It arrives\n\n```lab\ndeliver\n```\n\nNow it is there.\n\n"
    "## Your turn\n\nSend one more.\n\n"
    "```lab task\nexpect wire UDP a->b\n```\n\n"
    "```lab solution\na: sendto(u, \"y\", 10.0.0.2:9)\n```\n";

static const char *const journal_lines[] = {
    "\"event\":\"page\",\"page\":1,\"pages\":3,\"shown\":3,\"title\":\"The wire\"",
    "\"event\":\"host\",\"host\":\"a\",\"change\":\"added\",\"addresses\":[\"10.0.0."
    "1\"]",
    "\"event\":\"host\",\"host\":\"b\",\"change\":\"added\",\"addresses\":[\"10.0.0."
    "2\"]",
    "\"event\":\"wire\",\"mode\":\"hold\"",
    "\"event\":\"call\",\"thread\":\"a\",\"call\":\"sendto\",\"args\":\"u, x, "
    "10.0.0.2:9\",\"status\":\"started\"",
    "\"event\":\"packet\",\"id\":1,\"action\":\"held\",\"from\":\"a\",\"to\":\"b\","
    "\"proto\":\"udp\",\"flags\":\"UDP\",\"len\":1,\"summary\":\"UDP len=1\"",
    "\"event\":\"page\",\"page\":2,\"pages\":3,\"shown\":1,\"title\":\"It arrives\"",
    "\"event\":\"packet\",\"id\":1,\"action\":\"delivered\",\"from\":\"a\",\"to\":\"b\","
    "\"proto\":\"udp\",\"flags\":\"UDP\",\"len\":1",
    "\"event\":\"output\",\"host\":\"b\",\"text\":\"got x\"",
};

#define LINES (sizeof(journal_lines) / sizeof(journal_lines[0]))

struct run {
    struct lesson *lesson;
    struct journal journal;
};

static void run_make(struct run *run)
{
    static const char lab[] =
        "{\"event\":\"lab\",\"format\":1,\"kernel\":\"6.18\",\"text\":"
        "\"# T\",\"lesson\":\"09-x\",\"hosts\":[{\"name\":\"a\"},"
        "{\"name\":\"b\"}]}\n";
    lesson_error_list errors = {0};
    struct err err = {""};

    memset(run, 0, sizeof(*run));
    run->lesson = markdown_parse("x.md", lesson_text, strlen(lesson_text), &errors);
    lesson_error_list_free(&errors);
    assert_int_equal(journal_feed(&run->journal, lab, strlen(lab), &err), 0);
    for (size_t i = 0; i < LINES; i++) {
        char *line =
            mem_printf("{\"seq\":%zu,\"t\":%zu.5,%s}\n", i + 1, i, journal_lines[i]);

        if (journal_feed(&run->journal, line, strlen(line), &err) != 0)
            fail_msg("%s\n%s", err.text, line);
        free(line);
    }
}

static void run_free(struct run *run)
{
    lesson_free(run->lesson);
    journal_free(&run->journal);
}

#define HEAD                                                \
    "# Two hosts\n\nA summary.\n\n"                         \
    "Opening, core, 5 min\n\n## The wire\n\nTwo hosts.\n\n" \
    "**Question 1.** Where is it?\n\n"                      \
    "- [ ] At b\n- [ ] On the *wire*\n- [ ] Not at b\n\n"
#define TABLE                                                              \
    "   HOST   STATE        LOCAL               REMOTE              NOW\n" \
    " Listening: none\n Connections: none\n Connectionless: none\n```\n\n"
#define HEADS                                                             \
    "```\n"                                                               \
    "               a                                                b\n" \
    "           10.0.0.1                                         10.0.0.2\n"
#define PICTURE_1                                                             \
    HEADS                                                                     \
    "               │ sendto(u, x, 10.0.0.2:9)                       │\n" \
    "               ├───────── UDP ─────────▶ HELD                   │\n\n" TABLE
#define PICTURE_2                                                                                                                                                   \
    HEADS                                                                                                                                                           \
    "               ├───────────────────── UDP ─────────────────────▶│\n" \
    "               │                                        “got x” │\n\n" TABLE
#define REST                                                  \
    "## Your turn\n\nSend one more.\n\n"                      \
    "**Task 1.** Do it by hand, until all of this holds:\n\n" \
    "```\nexpect wire UDP a->b\n```\n\n"
#define ANSWERS                                                                \
    "## Answers\n\n**Question 1** (page 1)\n\n- On the *wire*\n- Not at b\n\n" \
    "It is held.\n\n**Task 1** (page 3)\n\n"                                   \
    "```\na: sendto(u, \"y\", 10.0.0.2:9)\n```\n\n"
#define END "---\n\nThis was recorded on Linux 6.18.\n"

static void assert_handout(size_t count, bool answers, const char *expected)
{
    const struct handout_look look = {.answers = answers};
    struct err err = {""};
    struct buf out = {0};
    struct run run;
    size_t failed;

    run_make(&run);
    assert_int_equal(export_handout(run.lesson, run.journal.events.items, count, &look,
                                    &out, &failed, &err),
                     0);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
    run_free(&run);
}

static void a_lesson_and_its_run(void **state)
{
    (void)state;
    assert_handout(LINES + 1, true,
                   HEAD PICTURE_1
                   "## It arrives\n\nNow it is there.\n\n" PICTURE_2 REST ANSWERS END);
}

static void without_answers(void **state)
{
    (void)state;
    assert_handout(LINES + 1, false,
                   HEAD PICTURE_1
                   "## It arrives\n\nNow it is there.\n\n" PICTURE_2 REST END);
}

/* What was not recorded is there to be read, without pictures. */
static void a_run_that_ended_early(void **state)
{
    (void)state;
    assert_handout(7, true,
                   HEAD PICTURE_1
                   "## It arrives\n\nNow it is there.\n\n" REST ANSWERS END);
    assert_handout(1, true,
                   HEAD "## It arrives\n\nNow it is there.\n\n" REST ANSWERS END);
}

static void an_event_that_fits_nowhere_is_named(void **state)
{
    const struct handout_look look = {.answers = true};
    struct err err = {""};
    struct buf out = {0};
    struct run run;
    size_t failed;

    (void)state;
    run_make(&run);
    run.journal.events.items[6].packet.of = 9;
    assert_true(export_handout(run.lesson, run.journal.events.items, LINES + 1, &look,
                               &out, &failed, &err) < 0);
    assert_int_equal(failed, 6);
    assert_string_equal(err.text, "unknown packet 9");
    buf_free(&out);
    run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_and_its_run),
        cmocka_unit_test(without_answers),
        cmocka_unit_test(a_run_that_ended_early),
        cmocka_unit_test(an_event_that_fits_nowhere_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
