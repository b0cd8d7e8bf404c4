/* A journal from bytes as they come: in pieces, out of order, and still growing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/journal.h"

#define LAB "{\"event\":\"lab\",\"format\":1,\"hosts\":[{\"name\":\"a\"}]}\n"
#define WIRE(seq) "{\"seq\":" seq ",\"t\":0.5,\"event\":\"wire\",\"mode\":\"hold\"}\n"

/* A new lab of the same lesson (`reset`) counts on. */
#define RESET(seq) "{\"seq\":" seq ",\"t\":0.5,\"event\":\"lab\",\"format\":1}\n"

static const char whole[] = LAB WIRE("1") WIRE("2") LAB WIRE("1");

static void test_any_pieces(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < sizeof(whole); piece++) {
        struct journal journal = {.keep_text = true};
        struct err err = {""};

        for (size_t at = 0; at < sizeof(whole) - 1; at += piece) {
            size_t left = sizeof(whole) - 1 - at;

            if (journal_feed(&journal, whole + at, left < piece ? left : piece, &err))
                fail_msg("%s", err.text);
        }
        assert_int_equal(journal.events.count, 5);
        assert_int_equal(journal.line, 5);
        assert_int_equal(journal.events.items[2].seq, 2);
        assert_int_equal(journal.events.items[3].kind, EVENT_LAB);
        assert_int_equal(journal.events.items[4].seq, 1);
        assert_int_equal(journal.partial.len, 0);
        assert_string_equal(buf_text(&journal.text), whole);
        journal_free(&journal);
        assert_int_equal(journal.events.count, 0);
    }
}

static void test_last_line_still_grows(void **state)
{
    struct journal journal = {0};
    struct err err = {""};

    (void)state;
    assert_int_equal(journal_feed(&journal, whole, sizeof(LAB) + 9, &err), 0);
    assert_int_equal(journal.events.count, 1);
    assert_int_equal(journal.partial.len, 10);
    assert_int_equal(journal.text.len, 0);
    assert_int_equal(journal_feed(&journal, whole + sizeof(LAB) + 9,
                                  sizeof(whole) - sizeof(LAB) - 10, &err),
                     0);
    assert_int_equal(journal.events.count, 5);
    journal_free(&journal);
}

static void must_refuse(const char *text, unsigned events, const char *message)
{
    struct journal journal = {0};
    struct err err = {""};

    assert_int_equal(journal_feed(&journal, text, strlen(text), &err), -EINVAL);
    assert_string_equal(err.text, message);
    assert_int_equal(journal.events.count, events);
    /* Nothing after it is read, not even what would fit. */
    assert_int_equal(journal_feed(&journal, LAB, strlen(LAB), &err), -EINVAL);
    assert_int_equal(journal.events.count, events);
    journal_free(&journal);
}

static void test_reset_counts_on(void **state)
{
    static const char text[] = LAB WIRE("1") RESET("2") WIRE("3");
    struct journal journal = {0};
    struct err err = {""};

    (void)state;
    if (journal_feed(&journal, text, strlen(text), &err))
        fail_msg("%s", err.text);
    assert_int_equal(journal.events.count, 4);
    assert_int_equal(journal.events.items[2].seq, 2);
    journal_free(&journal);
}

static void test_refused(void **state)
{
    (void)state;
    must_refuse(LAB WIRE("1") RESET("1"), 2, "3: column 1: seq 1: expected 2");
    must_refuse(LAB WIRE("1") RESET("2") WIRE("1"), 3, "4: column 1: seq 1: expected 3");
    must_refuse(WIRE("1"), 0, "1: column 1: a journal begins with a lab line");
    must_refuse(LAB WIRE("2"), 1, "2: column 1: seq 2: expected 1");
    must_refuse(LAB WIRE("1") WIRE("1"), 2, "3: column 1: seq 1: expected 2");
    must_refuse(LAB WIRE("1") LAB WIRE("2"), 3, "4: column 1: seq 2: expected 1");
    must_refuse(LAB "{\"seq\":1,\"t\":0,\"event\":\"wire\"}\n" WIRE("1"), 1,
                "2: column 1: expected \"mode\" in this line");
}

static void test_blank_lines_are_refused(void **state)
{
    struct journal journal = {0};
    struct err err = {""};

    (void)state;
    assert_int_equal(journal_feed(&journal, "\n", 1, &err), -EINVAL);
    assert_memory_equal(err.text, "1: column 1: not JSON", 21);
    journal_free(&journal);
}

static void test_crlf(void **state)
{
    struct journal journal = {0};
    struct err err = {""};

    (void)state;
    assert_int_equal(
        journal_feed(&journal, "{\"event\":\"lab\",\"format\":1}\r\n", 28, &err), 0);
    assert_int_equal(journal.events.count, 1);
    journal_free(&journal);
}

/* A line that never ends does not fill the memory. */
static void test_endless_line(void **state)
{
    struct journal journal = {0};
    struct err err = {""};
    char *block = malloc(1 << 20);
    int result = 0;
    int blocks = 0;

    (void)state;
    assert_non_null(block);
    memset(block, ' ', 1 << 20);
    while (result == 0 && blocks++ < 64)
        result = journal_feed(&journal, block, 1 << 20, &err);
    free(block);
    assert_int_equal(result, -EINVAL);
    assert_int_equal(blocks, 33);
    journal_free(&journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_pieces),
        cmocka_unit_test(test_last_line_still_grows),
        cmocka_unit_test(test_reset_counts_on),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_blank_lines_are_refused),
        cmocka_unit_test(test_crlf),
        cmocka_unit_test(test_endless_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
