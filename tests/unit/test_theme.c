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
    for (int scheme = 0; scheme < SCHEME_COUNT; scheme++)
        for (int i = 0; i < ELEMENT_COUNT; i++) {
            struct look look = theme_look((enum element)i, (enum scheme)scheme);
            struct look mono = theme_look((enum element)i, SCHEME_MONO);

            if (scheme == SCHEME_CONTRAST)
                continue;
            assert_int_equal(look.bold, mono.bold);
            assert_int_equal(look.underline, mono.underline);
            assert_int_equal(look.reverse, mono.reverse);
        }
}

static void contrast_is_white_on_black_and_says_no_less(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        struct look look = theme_look((enum element)i, SCHEME_CONTRAST);
        struct look mono = theme_look((enum element)i, SCHEME_MONO);

        assert_int_equal(look.colour, COLOUR_WHITE_ON_BLACK);
        assert_true(look.bold >= mono.bold);
        assert_true(look.underline >= mono.underline);
        assert_true(look.reverse >= mono.reverse);
    }
}

/* From the last row one sees what waits, and that something failed. */
static void contrast_reverses_what_calls_for_the_reader(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        enum element element = (enum element)i;
        struct look look = theme_look(element, SCHEME_CONTRAST);

        if (element == ELEMENT_BORDER)
            assert_true(is_plain(look));
        else if (element == ELEMENT_HELD || element == ELEMENT_QUESTION ||
                 element == ELEMENT_ERROR || element == ELEMENT_CURRENT ||
                 element == ELEMENT_SELECTED)
            assert_true(look.reverse);
        else
            assert_true(look.bold && !look.reverse);
    }
}

static void what_is_no_element_is_text(void **state)
{
    struct look look = theme_look((enum element)ELEMENT_COUNT, SCHEME_DARK);

    (void)state;
    assert_int_equal(look.colour, COLOUR_DEFAULT);
    assert_true(is_plain(look));
    look = theme_look((enum element) - 1, SCHEME_CONTRAST);
    assert_int_equal(look.colour, COLOUR_WHITE_ON_BLACK);
}

static void on_white_nothing_is_green_or_cyan(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        enum colour colour = theme_look((enum element)i, SCHEME_LIGHT).colour;

        assert_true(colour == COLOUR_DEFAULT || colour == COLOUR_RED ||
                    colour == COLOUR_MAGENTA);
    }
}

static void schemes_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEME_COUNT; i++)
        assert_int_equal(theme_scheme(theme_scheme_name((enum scheme)i)), i);
    assert_int_equal(theme_scheme("blue"), -1);
    assert_int_equal(theme_scheme(""), -1);
}

static void red_and_green_never_stand_alone(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        struct look look = theme_look((enum element)i, SCHEME_AUTO);

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
    assert_true(is_plain(theme_look(ELEMENT_COUNT, SCHEME_AUTO)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mono_has_no_colour),
        cmocka_unit_test(schemes_differ_in_colour_only),
        cmocka_unit_test(contrast_is_white_on_black_and_says_no_less),
        cmocka_unit_test(contrast_reverses_what_calls_for_the_reader),
        cmocka_unit_test(what_is_no_element_is_text),
        cmocka_unit_test(on_white_nothing_is_green_or_cyan),
        cmocka_unit_test(schemes_have_names),
        cmocka_unit_test(red_and_green_never_stand_alone),
        cmocka_unit_test(what_must_be_seen_is_seen_without_colour),
        cmocka_unit_test(unknown_element_is_plain_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
