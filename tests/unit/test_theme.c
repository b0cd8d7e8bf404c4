#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/theme.h"

static bool is_plain(struct look look)
{
    return !look.bold && !look.underline && !look.reverse;
}

static void mono_has_no_colour(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++)
        assert_int_equal(theme_look((enum element)i, SCHEME_MONO).colour,
                         COLOUR_DEFAULT);
}

static void schemes_differ_in_colour_only(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        struct look colour = theme_look((enum element)i, SCHEME_COLOUR);
        struct look mono = theme_look((enum element)i, SCHEME_MONO);

        assert_int_equal(colour.bold, mono.bold);
        assert_int_equal(colour.underline, mono.underline);
        assert_int_equal(colour.reverse, mono.reverse);
    }
}

static void red_and_green_never_stand_alone(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        struct look look = theme_look((enum element)i, SCHEME_COLOUR);

        if (look.colour == COLOUR_RED || look.colour == COLOUR_GREEN)
            assert_false(is_plain(look));
    }
}

static void what_must_be_seen_is_seen_without_colour(void **state)
{
    static const enum element marked[] = {
        ELEMENT_TITLE,    ELEMENT_FOCUS,   ELEMENT_KEY,     ELEMENT_TERM,
        ELEMENT_QUESTION, ELEMENT_NEW,     ELEMENT_CHANGED, ELEMENT_GONE,
        ELEMENT_HELD,     ELEMENT_DROPPED, ELEMENT_CURRENT, ELEMENT_SELECTED,
        ELEMENT_EMPHASIS, ELEMENT_ERROR,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(marked) / sizeof(marked[0]); i++)
        assert_false(is_plain(theme_look(marked[i], SCHEME_MONO)));
    assert_true(theme_look(ELEMENT_SELECTED, SCHEME_MONO).reverse);
    assert_true(theme_look(ELEMENT_CURRENT, SCHEME_MONO).reverse);
    assert_true(is_plain(theme_look(ELEMENT_TEXT, SCHEME_MONO)));
}

static void unknown_element_is_plain_text(void **state)
{
    (void)state;
    assert_true(is_plain(theme_look(ELEMENT_COUNT, SCHEME_COLOUR)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mono_has_no_colour),
        cmocka_unit_test(schemes_differ_in_colour_only),
        cmocka_unit_test(red_and_green_never_stand_alone),
        cmocka_unit_test(what_must_be_seen_is_seen_without_colour),
        cmocka_unit_test(unknown_element_is_plain_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
