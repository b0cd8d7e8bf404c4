/* typed: keys to a line, and the lines before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the first four above */
#include <cmocka.h>

#include "ui/terminal.h"
#include "ui/typed.h"

#define MOST 40

static void keys(struct typed *typed, const char *text)
{
    for (; *text; text++)
        assert_true(typed_key(typed, *text, MOST));
}

/* The line, with | for the cursor. */
static void is(const struct typed *typed, const char *expected)
{
    const char *text = buf_text(&typed->text);
    char *shown = mem_printf("%.*s|%s", (int)typed->cursor, text, text + typed->cursor);

    assert_string_equal(shown, expected);
    free(shown);
}

static void test_editing(void **state)
{
    static const struct {
        int key;
        const char *line;
    } steps[] = {
        {KEY_IS_LEFT, "one tw|o"},
        {'x', "one twx|o"},
        {KEY_IS_BACKSPACE, "one tw|o"},
        {KEY_IS_DELETE, "one tw|"},
        {KEY_IS_DELETE, "one tw|"},
        {KEY_IS_HOME, "|one tw"},
        {KEY_IS_BACKSPACE, "|one tw"},
        {KEY_IS_LEFT, "|one tw"},
        {0xe9, "\xc3\xa9|one tw"},
        {0x4e16, "\xc3\xa9\xe4\xb8\x96|one tw"},
        {0x1f600, "\xc3\xa9\xe4\xb8\x96\xf0\x9f\x98\x80|one tw"},
        {KEY_IS_BACKSPACE, "\xc3\xa9\xe4\xb8\x96|one tw"},
        {KEY_IS_LEFT, "\xc3\xa9|\xe4\xb8\x96one tw"},
        {KEY_IS_DELETE, "\xc3\xa9|one tw"},
        {KEY_IS_LEFT, "|\xc3\xa9one tw"},
        {KEY_IS_RIGHT, "\xc3\xa9|one tw"},
        {KEY_IS_DELETE_LINE, "|one tw"},
        {KEY_IS_END, "one tw|"},
        {KEY_IS_RIGHT, "one tw|"},
        {KEY_IS_DELETE_WORD, "one |"},
        {KEY_IS_DELETE_WORD, "|"},
        {KEY_IS_DELETE_WORD, "|"},
        {KEY_IS_DELETE_LINE, "|"},
    };
    struct typed typed = {0};

    (void)state;
    keys(&typed, "one two");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (!typed_move(&typed, steps[i].key))
            assert_true(typed_key(&typed, steps[i].key, MOST));
        is(&typed, steps[i].line);
    }
    assert_false(typed_key(&typed, KEY_IS_TAB, MOST));
    assert_false(typed_key(&typed, KEY_IS_LEFT, MOST));
    assert_false(typed_key(&typed, 1, MOST));
    assert_false(typed_move(&typed, 'a'));
    typed_free(&typed);
}

static void test_most(void **state)
{
    struct typed typed = {0};

    (void)state;
    for (int i = 0; i < MOST + 5; i++)
        typed_key(&typed, 'a', MOST);
    assert_int_equal(typed.text.len, MOST);
    typed_free(&typed);
}

static void enter(struct typed *typed, const char *text)
{
    typed_clear(typed);
    typed_insert(typed, text);
    typed_keep(typed);
}

static void test_history(void **state)
{
    struct typed typed = {0};

    (void)state;
    typed_move(&typed, KEY_IS_UP);
    typed_move(&typed, KEY_IS_DOWN);
    is(&typed, "|");
    enter(&typed, "first");
    enter(&typed, "second");
    enter(&typed, "second");
    enter(&typed, "");
    keys(&typed, "new");
    typed_move(&typed, KEY_IS_UP);
    is(&typed, "second|");
    typed_move(&typed, KEY_IS_UP);
    typed_move(&typed, KEY_IS_UP);
    is(&typed, "first|");
    typed_move(&typed, KEY_IS_DOWN);
    is(&typed, "second|");
    typed_move(&typed, KEY_IS_DOWN);
    typed_move(&typed, KEY_IS_DOWN);
    is(&typed, "new|");
    typed_free(&typed);
}

static void test_history_is_bounded(void **state)
{
    struct typed typed = {0};

    (void)state;
    for (int i = 0; i < TYPED_LINES_MOST + 3; i++) {
        char text[16];

        snprintf(text, sizeof(text), "line %d", i);
        enter(&typed, text);
    }
    assert_int_equal(typed.lines.count, TYPED_LINES_MOST);
    assert_string_equal(typed.lines.items[0], "line 3");
    typed_free(&typed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_editing),
        cmocka_unit_test(test_most),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_history_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
