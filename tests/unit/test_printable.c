#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/printable.h"

static void assert_line(const char *text, const char *wanted)
{
    char *made = printable_line(text);

    assert_string_equal(made, wanted);
    free(made);
}

static void assert_text(const char *text, const char *wanted)
{
    struct buf out = {0};

    printable_add(&out, text, strlen(text), PRINTABLE_TEXT);
    assert_string_equal(buf_text(&out), wanted);
    buf_free(&out);
}

static void ordinary_text_stays(void **state)
{
    (void)state;
    assert_line("", "");
    assert_line("GET / HTTP/1.1 \\ \"x\"", "GET / HTTP/1.1 \\ \"x\"");
    assert_line("naïve 日本 e\u0301 ✗ ── \u00a0|", "naïve 日本 e\u0301 ✗ ── \u00a0|");
    /* A family (joined by ZWJ), a heart with a variation selector, a flag. */
    assert_line("👨‍👩‍👧 ❤️ 🇩🇪",
                "👨‍👩‍👧 ❤️ 🇩🇪");
}

static void control_characters_become_escapes(void **state)
{
    (void)state;
    assert_line("a\nb\tc\r", "a\\nb\\tc\\r");
    assert_line("\x1b[2J\x7f", "\\x1b[2J\\x7f");
    assert_line("\xc2\x85\xc2\x9b"
                "31m",
                "\\u0085\\u009b31m");
    assert_line("\u2028\u2029", "\\u2028\\u2029");
}

static void invisible_characters_become_escapes(void **state)
{
    (void)state;
    assert_line("\u202eevil\u202c \u2066x\u2069", "\\u202eevil\\u202c \\u2066x\\u2069");
    assert_line("\u200b\u200e\ufeff\u00ad", "\\u200b\\u200e\\ufeff\\u00ad");
    assert_line("\U000e0067", "\\U000e0067");
    assert_line("\ue000 \u0378 \uffff", "\\ue000 \\u0378 \\uffff");
}

static void bytes_that_are_not_utf8_become_escapes(void **state)
{
    char *made = printable_bytes("a\0b\xff\xe2\x82", 6);

    (void)state;
    assert_string_equal(made, "a\\x00b\\xff\\xe2\\x82");
    free(made);
    assert_line("\xc0\xaf", "\\xc0\\xaf");          /* too long a form of '/' */
    assert_line("\xed\xa0\x80", "\\xed\\xa0\\x80"); /* a surrogate */
}

static void bytes_are_read_no_further_than_len(void **state)
{
    /* The third byte of a euro sign stands behind the end. */
    char *made = printable_bytes("x\xe2\x82\xac", 3);

    (void)state;
    assert_string_equal(made, "x\\xe2\\x82");
    free(made);
}

static void text_keeps_lines_and_widens_tabs(void **state)
{
    (void)state;
    assert_text("a\n\tb", "a\n        b");
    assert_text("ab\tc\td", "ab      c       d");
    assert_text("12345678\tx", "12345678        x");
    assert_text("日本\tx", "日本    x");
    assert_text("a\r\x1b", "a\\r\\x1b");
}

static void tab_stops_count_what_stands_in_the_line(void **state)
{
    struct buf out = {0};

    (void)state;
    printable_add(&out, "one\nabc", 7, PRINTABLE_TEXT);
    printable_add(&out, "d\te\tf", 5, PRINTABLE_TEXT);
    assert_string_equal(buf_text(&out), "one\nabcd    e       f");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_stays),
        cmocka_unit_test(control_characters_become_escapes),
        cmocka_unit_test(invisible_characters_become_escapes),
        cmocka_unit_test(bytes_that_are_not_utf8_become_escapes),
        cmocka_unit_test(bytes_are_read_no_further_than_len),
        cmocka_unit_test(text_keeps_lines_and_widens_tabs),
        cmocka_unit_test(tab_stops_count_what_stands_in_the_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
