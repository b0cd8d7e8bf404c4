#include "lesson_text.h"

#include <glob.h>
#include <stdlib.h>

#include "base/file.h"
#include "export/markdown_out.h"
#include "lesson/markdown.h"

static void assert_text(const char *text, const char *expected)
{
    struct buf out = {0};

    markdown_out_text(text, &out);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void what_means_something_is_escaped(void **state)
{
    (void)state;
    assert_text("plain, (text): 1.2.3.4!", "plain, (text): 1.2.3.4!");
    assert_text("*a* _b_ `c` [d](e)", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e)");
    assert_text("SYN_SENT, _x", "SYN_SENT, \\_x");
    assert_text("<b> &lt; R & D &#1;", "\\<b> \\&lt; R & D \\&#1;");
    assert_text("a|b ~c~ $d$ \\n", "a\\|b \\~c\\~ \\$d\\$ \\\\n");
}

/* Markdown as the body of a lesson's only page. The caller frees. */
static struct lesson *lesson_of(const char *markdown)
{
    char *text = mem_printf("# T\n\nS\n\n## P\n\n%s", markdown);
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("test.md", text, strlen(text), &errors);

    lesson_error_list_free(&errors);
    free(text);
    return lesson;
}

/* Written and read again, the paragraphs are as they were. */
static void assert_survives(const para_list *paras, const char *where)
{
    struct buf written = {0}, before = {0}, after = {0};
    struct lesson *again;

    markdown_out_paras(paras, NULL, &written);
    again = lesson_of(buf_text(&written));
    paras_text(paras, "", &before);
    assert_int_equal(again->pages.count, 1);
    vec_each (block, &again->pages.items[0].blocks)
        paras_text(&block->text, "", &after);
    if (strcmp(buf_text(&before), buf_text(&after)) != 0)
        fail_msg("%s: was\n%swritten as\n%sis read as\n%s", where, buf_text(&before),
                 buf_text(&written), buf_text(&after));
    lesson_free(again);
    buf_free(&written);
    buf_free(&before);
    buf_free(&after);
}

static void assert_markdown_survives(const char *markdown)
{
    struct lesson *lesson = lesson_of(markdown);

    assert_int_equal(lesson->pages.items[0].blocks.count, 1);
    assert_survives(&lesson->pages.items[0].blocks.items[0].text, markdown);
    lesson_free(lesson);
}

static void all_kinds_of_paragraphs_survive(void **state)
{
    (void)state;
    assert_markdown_survives("One *two* **three** `four` ***five*** six.\n");
    assert_markdown_survives("hard\\\nbreak\n\nnext\n");
    assert_markdown_survives("- one\n- two *three*\n\n  more of two\n- four\n");
    assert_markdown_survives("1. one\n2. two\n\nthen\n");
    assert_markdown_survives("- one\n  1. inner\n  2. inner too\n- two\n");
    assert_markdown_survives("> quoted\n>\n> and more\n\nafter\n");
    assert_markdown_survives("> quoted\n>\n> - a list\n> - in it\n");
    assert_markdown_survives("```c\nint a = 1;\n\n    b();\n```\n");
    assert_markdown_survives("````\n```\n````\n");
    assert_markdown_survives("- item\n\n  ```\n  code\n  ```\n");
    assert_markdown_survives("### Heading with `code`\n\ntext\n\n---\n\ntext\n");
    assert_markdown_survives("| a | `b` |\n|---|---|\n| *d* | e\\|f |\n| g | |\n");
    assert_markdown_survives("``a ` b`` and `` `c` ``\n");
}

static void text_that_looks_like_markup_survives(void **state)
{
    (void)state;
    assert_markdown_survives("\\- no item\n\n\\# no heading\n\n1\\. no list\n");
    assert_markdown_survives("\\> no quotation\n\n\\+ no item\n\n\\=\\=\\=\n\n\\---\n");
    assert_markdown_survives("\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\&amp; \\\\n\n");
    assert_markdown_survives("a\\\n\\- no item\n");
    assert_markdown_survives("\\[ \\] no box\n");
}

/* GitHub ends a cell at a bar also within code, unless it is escaped. */
static void a_bar_in_a_tables_code_is_escaped(void **state)
{
    struct lesson *lesson = lesson_of("| `a|b` | c |\n|---|---|\n");
    struct buf out = {0};

    (void)state;
    markdown_out_paras(&lesson->pages.items[0].blocks.items[0].text, NULL, &out);
    assert_string_equal(buf_text(&out), "| `a\\|b` | c |\n|---|---|\n\n");
    buf_free(&out);
    lesson_free(lesson);
}

/* A line is never broken where the next one would begin something else. */
static void wrapping_begins_nothing(void **state)
{
    static const char *const words[] = {"- a", "+ a",   "1. a",  "12) a", "# a",
                                        "> a", "=== a", "--- a", "`- a`", "`a - b`"};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        for (int len = 60; len < 100; len++) {
            char *markdown = mem_printf("%0*d %s and so on.\n", len, 7, words[i]);

            assert_markdown_survives(markdown);
            free(markdown);
        }
}

static void lines_are_short_and_code_stays_whole(void **state)
{
    struct lesson *lesson = lesson_of(
        "One two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen `a command with spaces`, and what is behind it.\n");
    struct buf out = {0};

    (void)state;
    markdown_out_paras(&lesson->pages.items[0].blocks.items[0].text, "**Lead.** ", &out);
    assert_string_equal(
        buf_text(&out),
        "**Lead.** One two three four five six seven eight nine ten eleven twelve "
        "thirteen\nfourteen `a command with spaces`, and what is behind it.\n\n");
    buf_free(&out);
    lesson_free(lesson);
}

static void items_have_their_marker(void **state)
{
    struct lesson *lesson = lesson_of("First.\n\n    code\n");
    struct buf out = {0};

    (void)state;
    markdown_out_item("- [ ] ", &lesson->pages.items[0].blocks.items[0].text, &out);
    assert_string_equal(buf_text(&out), "- [ ] First.\n\n  ```\n  code\n  ```\n");
    buf_free(&out);
    lesson_free(lesson);
}

/* All that the lessons make use of. */
static void every_lessons_prose_survives(void **state)
{
    glob_t files = {0};

    (void)state;
    assert_int_equal(glob(LESSONS_BUILD_DIR "/[0-9]*.md", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        lesson_error_list errors = {0};
        struct buf text = {0};
        struct lesson *lesson;

        assert_int_equal(file_read(files.gl_pathv[i], 1 << 20, &text, NULL), 0);
        lesson = markdown_parse(files.gl_pathv[i], text.data, text.len, &errors);
        vec_each (page, &lesson->pages)
            vec_each (block, &page->blocks)
                assert_survives(&block->text, files.gl_pathv[i]);
        lesson_error_list_free(&errors);
        lesson_free(lesson);
        buf_free(&text);
    }
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_means_something_is_escaped),
        cmocka_unit_test(all_kinds_of_paragraphs_survive),
        cmocka_unit_test(text_that_looks_like_markup_survives),
        cmocka_unit_test(a_bar_in_a_tables_code_is_escaped),
        cmocka_unit_test(wrapping_begins_nothing),
        cmocka_unit_test(lines_are_short_and_code_stays_whole),
        cmocka_unit_test(items_have_their_marker),
        cmocka_unit_test(every_lessons_prose_survives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
