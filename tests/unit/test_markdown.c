/* A lesson's Markdown as pages, prose, questions and lab blocks, with their places. */
#include "lesson_text.h"

static void test_head(void **state)
{
    static const char text[] = "# The *first* one\n\nA short\nsummary with `code`.\n\n"
                               "Part: Opening & closing\nLevel: more\nTime: 10 min\n\n"
                               "## One\n\nProse.\n\n## Two\n";
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("a.md", text, strlen(text), &errors);

    (void)state;
    assert_int_equal(errors.count, 0);
    assert_string_equal(lesson->path, "a.md");
    assert_string_equal(lesson->title, "The first one");
    assert_string_equal(lesson->summary, "A short summary with code.");
    assert_string_equal(lesson->part, "Opening & closing");
    assert_string_equal(lesson->level, "more");
    assert_string_equal(lesson->time, "10 min");
    assert_int_equal(lesson->pages.count, 2);
    assert_string_equal(lesson->pages.items[0].title, "One");
    assert_int_equal(lesson->pages.items[0].line, 10);
    assert_int_equal(lesson->pages.items[1].line, 14);
    assert_int_equal(lesson->pages.items[1].blocks.count, 0);
    lesson_free(lesson);
    lesson_error_list_free(&errors);
}

static void test_head_is_optional(void **state)
{
    (void)state;
    check_lesson("# T\n\n## P\n", "3 PAGE P\n");
    check_lesson("# T\n\nLevel: core\n\n## P\n", "5 PAGE P\n");
    check_lesson("# T\n\n<!-- a remark -->\n\nSummary\n\n## P\n", "7 PAGE P\n");
}

static void test_head_errors(void **state)
{
    (void)state;
    check_lesson("", "1:1: expected '# Title' before anything else\n"
                     "1:1: a lesson needs a page: expected a '## Heading'\n");
    check_lesson("# T\n", "2:1: a lesson needs a page: expected a '## Heading'\n");
    check_lesson("Hello\n\n# T\n\n## P\n",
                 "5 PAGE P\n1:1: expected '# Title' before anything else\n");
    check_lesson("## P\n", "1 PAGE P\n1:4: expected '# Title' before anything else\n");
    check_lesson("# T\n\n## P\n\n# Again\n",
                 "3 PAGE P\n5:3: a second title: expected '# Title' once, at the top\n");
    check_lesson("# T\n\nS\n\nLevel: easy\nTime: long\nPart:\n\n## P\n",
                 "9 PAGE P\n5:1: unknown level 'easy': expected core, more or deep\n"
                 "6:1: unknown time 'long': expected minutes, such as 10 min\n"
                 "7:1: nothing stands after 'Part:'\n");
    check_lesson("# T\n\nS\n\nLevel: core\nLevel: more\nWho: me\n\n## P\n",
                 "9 PAGE P\n6:1: 'Level:' for the second time: expected it once\n"
                 "7:1: expected 'Part:', 'Level:' or 'Time:'\n");
    check_lesson("# T\n\nS\nPart: x\n\n## P\n",
                 "6 PAGE P\n4:1: expected 'Part:' in a paragraph below the summary\n");
    check_lesson(
        "# T\n\nS\n\nMore\n\n- a\n\n> q\n\n### h\n\n## P\n",
        "13 PAGE P\n"
        "5:1: this stands before the first page: expected a '## Heading' above "
        "it\n"
        "7:3: this stands before the first page: expected a '## Heading' above "
        "it\n"
        "9:3: this stands before the first page: expected a '## Heading' above "
        "it\n"
        "11:5: this stands before the first page: expected a '## Heading' above "
        "it\n");
    check_lesson("# T\n\n##\n", "3 PAGE \n3:1: a heading without text\n");
}

static void test_prose(void **state)
{
    (void)state;
    check_body("One *two* **three** `four` [five](x)\nsix  \nseven\n\n### Deeper\n\n"
               "Next.\n\n***\n",
               "5 PROSE\n"
               "  text 0: [One ] /[two] [ ] *[three] [ ] `[four] [ ] @[five] "
               "[ six\\nseven]\n"
               "  heading 0: [Deeper]\n"
               "  text 0: [Next.]\n"
               "  rule 0:\n");
    check_body("a &amp; b &lt;&gt; &quot;c&quot; d&nbsp;e &mdash; f\n",
               "5 PROSE\n  text 0: [a & b <> \"c\" d\u00a0e &mdash; f]\n");
    check_body("a\x1b[31m b\n", "5 PROSE\n  text 0: [a\\x1b[31m b]\n");
    check_body("a <b> c\n\n<div>\nx\n</div>\n",
               "5 PROSE\n  text 0: [a <b> c]\n  text 0: [<div>\\nx\\n</div>\\n]\n");
}

static void test_lists(void **state)
{
    (void)state;
    check_body("- a\n- b\n  - c\n\n    more\n3. x\n4. y\n",
               "5 PROSE\n  item 0 '-': [a]\n  item 0 '-': [b]\n  item 1 '-': [c]\n"
               "  item 1 '': [more]\n  item 0 '3.': [x]\n  item 0 '4.': [y]\n");
    check_body("- a\n\n  ```\n  code\n  ```\n\n> q\n>\n> - i\n",
               "5 PROSE\n  item 0 '-': [a]\n  code 1: [code]\n  quote 0: [q]\n"
               "  item 1 '-': [i]\n");
}

static void test_code_and_tables(void **state)
{
    (void)state;
    check_body("```c\nint x;\n\n  y\n```\n\n    indented\n",
               "5 PROSE\n  code 0: [int x;\\n\\n  y]\n  code 0: [indented]\n");
    check_body("```Lab\nwait 1s\n```\n\n```labs\nwait 1s\n```\n",
               "5 PROSE\n  code 0: [wait 1s]\n  code 0: [wait 1s]\n");
    check_body("| a | b |\n|---|---|\n| *c* d | `e` |\n| f |\n",
               "5 PROSE\n  table 0 x2: [a] [b] /[c d] `[e] [f] []\n");
}

static void test_lab_blocks(void **state)
{
    (void)state;
    check_body("```lab setup\nhost a 10.0.0.1\n\n\twait 1s   \n```\n\nText.\n\n"
               "~~~lab\n  # hello\n  é: x\n~~~\n\n```lab task\nexpect a\n```\n\n"
               "```lab solution\nwait 2s\n```\n\n```lab\n```\n",
               "5 SETUP\n  6:1 host a 10.0.0.1\n  8:2 wait 1s\n"
               "11 PROSE\n  text 0: [Text.]\n"
               "13 LAB\n  14:3 # hello\n  15:3 é: x\n"
               "18 TASK\n  19:1 expect a\n"
               "22 SOLUTION\n  23:1 wait 2s\n"
               "26 LAB\n");
}

static void test_lab_block_errors(void **state)
{
    (void)state;
    check_body("```lab tsk\nwait 1s\n```\n",
               "5:8: unknown word 'tsk' after 'lab': expected 'setup', 'task' or "
               "'solution'\n");
    check_body("```lab setup now\nwait 1s\n```\n",
               "5:14: 'now' is not expected here: expected nothing more on this line\n");
    check_body("- a\n\n  ```lab\n  wait 1s\n  ```\n",
               "5 PROSE\n  item 0 '-': [a]\n"
               "7:6: a lab block inside a list or quote: expected it at top level\n");
    check_body("> ```lab\n> wait 1s\n> ```\n",
               "5:6: a lab block inside a list or quote: expected it at top level\n");
    check_lesson("# T\n\n```lab\nwait 1s\n```\n\n## P\n",
                 "7 PAGE P\n3:4: a lab block before the first page: expected it below a "
                 "'## Heading'\n");
    check_body("```lab\nwait 1s\n\n## Next\n",
               "5 LAB\n  6:1 wait 1s\n  8:1 ## Next\n"
               "5:4: the fence that begins here is not closed: expected a line ```\n");
    check_body("~~~\nx\n```\n",
               "5 PROSE\n  code 0: [x\\n```]\n"
               "5:1: the fence that begins here is not closed: expected a line ~~~\n");
    check_body("```Lab\nwait 1s\n```\n\n```\n```lab\nwait 1s\n```\n",
               "5 PROSE\n  code 0: [wait 1s]\n  code 0: [```lab\\nwait 1s]\n"
               "10:1: a lab block inside the fence of line 9: expected that one to be "
               "closed before, or to be longer\n");
    check_body("````\n```lab\nwait 1s\n```\n````\n\n~~~\n```lab\n~~~\n\n"
               "```\n```labs\n```\n",
               "5 PROSE\n  code 0: [```lab\\nwait 1s\\n```]\n  code 0: [```lab]\n"
               "  code 0: [```labs]\n");
    /* A shorter one does not close it, nor one with a word behind it. */
    check_body("````\nx\n```\n",
               "5 PROSE\n  code 0: [x\\n```]\n"
               "5:1: the fence that begins here is not closed: expected a line ````\n");
    check_body("```\nx\n``` y\n",
               "5 PROSE\n  code 0: [x\\n``` y]\n"
               "5:1: the fence that begins here is not closed: expected a line ```\n");
    check_body("````lab\n```\n````  \n\n~~~~~c\n~~~~\n~~~~~~\n",
               "5 LAB\n  6:1 ```\n9 PROSE\n  code 0: [~~~~]\n");
}

static void test_crlf(void **state)
{
    (void)state;
    check_lesson("# T\r\n\r\nS one\r\ntwo\r\n\r\nLevel: core\r\nTime: 5 min\r\n\r\n"
                 "## P\r\n\r\nHello\r\nyou\r\n\r\n```lab\r\n  wait 1s\r\n\r\nwait 2s\r\n"
                 "```\r\n\r\nAsk?\r\n\r\n- [x] a\r\n- [ ] b\r\n\r\n> why\r\n",
                 "9 PAGE P\n11 PROSE\n  text 0: [Hello you]\n"
                 "14 LAB\n  15:3 wait 1s\n  17:1 wait 2s\n"
                 "20 PROSE\n  text 0: [Ask?]\n"
                 "22 QUESTION\n  1 right\n    text 0: [a]\n  2\n    text 0: [b]\n"
                 "  text 0: [why]\n");
}

static void test_question(void **state)
{
    (void)state;
    check_body("Which?\n\n- [ ] one\n- [x] **two**\n- [X] three\n\n> Be*cause*.\n>\n"
               "> More.\n\n> Not the explanation.\n",
               "5 PROSE\n  text 0: [Which?]\n"
               "7 QUESTION\n  1\n    text 0: [one]\n  2 right\n    text 0: *[two]\n"
               "  3 right\n    text 0: [three]\n"
               "  text 0: [Be] /[cause] [.]\n  text 0: [More.]\n"
               "15 PROSE\n  quote 0: [Not the explanation.]\n");
    check_body("Which?\n\n- [x] one\n\n  more\n\n  - deep\n- [ ] two\n\nText.\n\n> q\n",
               "5 PROSE\n  text 0: [Which?]\n"
               "7 QUESTION\n  1 right\n    text 0: [one]\n    text 0: [more]\n"
               "    item 0 '-': [deep]\n  2\n    text 0: [two]\n"
               "14 PROSE\n  text 0: [Text.]\n  quote 0: [q]\n");
}

static void test_question_errors(void **state)
{
    (void)state;
    check_body("Q?\n\n- [ ] a\n- [ ] b\n",
               "5 PROSE\n  text 0: [Q?]\n7 QUESTION\n  1\n    text 0: [a]\n  2\n"
               "    text 0: [b]\n"
               "7:4: no answer of this question is right: mark one [x]\n");
    check_body(
        "Q?\n\n- [x] a\n- b\n",
        "5 PROSE\n  text 0: [Q?]\n  item 0 '-': [a]\n  item 0 '-': [b]\n"
        "8:3: an item without a box in a list that has boxes: expected [ ] or [x] "
        "on every item\n");
    check_body("- [x] a\n",
               "5 QUESTION\n  1 right\n    text 0: [a]\n"
               "5:4: a question needs a paragraph before it that asks it\n");
    check_body("Q?\n\n- [x] a\n- [ ]\n",
               "5 PROSE\n  text 0: [Q?]\n7 QUESTION\n  1 right\n    text 0: [a]\n  2\n"
               "8:4: an answer without text\n");
    check_body("> Q?\n>\n> - [x] a\n> - [ ] b\n",
               "5 PROSE\n  quote 0: [Q?]\n  item 1 '-': [a]\n  item 1 '-': [b]\n"
               "7:6: a question inside a list or quote: expected it at top level\n");
    check_body("Q?\n\n- [x] 1\n- [ ] 2\n- [ ] 3\n- [ ] 4\n- [ ] 5\n- [ ] 6\n- [ ] 7\n"
               "- [ ] 8\n- [ ] 9\n- [ ] 10\n",
               "5 PROSE\n  text 0: [Q?]\n7 QUESTION\n  1 right\n    text 0: [1]\n"
               "  2\n    text 0: [2]\n  3\n    text 0: [3]\n  4\n    text 0: [4]\n"
               "  5\n    text 0: [5]\n  6\n    text 0: [6]\n  7\n    text 0: [7]\n"
               "  8\n    text 0: [8]\n  9\n    text 0: [9]\n"
               "16:4: answer 10 of a question: it may have at most 9\n");
}

static void test_notes(void **state)
{
    (void)state;
    check_body("Text <!-- note: inline --> here. <!-- gone -->\n\n"
               "<!-- note: Ask the\nclass.\n\nWait. -->\n\n<!-- nothing -->\n",
               "5 NOTE\n  text 0: [inline]\n"
               "5 PROSE\n  text 0: [Text  here. ]\n"
               "7 NOTE\n  text 0: [Ask the class.]\n  text 0: [Wait.]\n");
    check_body("Q?\n\n<!-- note: n -->\n\n- [x] a\n\n<!-- note: m -->\n\n> why\n",
               "5 PROSE\n  text 0: [Q?]\n7 NOTE\n  text 0: [n]\n"
               "9 QUESTION\n  1 right\n    text 0: [a]\n  text 0: [why]\n"
               "11 NOTE\n  text 0: [m]\n");
}

static void test_not_text(void **state)
{
    static const char *const bad[] = {"# \xff", "# \xc0\xaf", "# \xed\xa0\x80",
                                      "# \xf4\x90\x80\x80", "# \xe2\x82"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        check_lesson(bad[i], "0:0: not a text file: expected UTF-8\n");
    char *found = lesson_text("# T\0\n", 5);
    assert_string_equal(found, "0:0: not a text file: expected UTF-8\n");
    free(found);
    check_lesson("\xef\xbb\xbf# T\n\n## P €\U0001f41f\n", "3 PAGE P €\U0001f41f\n");
}

static void test_error_list(void **state)
{
    lesson_error_list errors = {0};

    (void)state;
    lesson_error_add(&errors, 2, 5, "c\x1b%d", 7);
    lesson_error_add(&errors, 2, 1, "b");
    lesson_error_add(&errors, 1, 9, "a");
    lesson_error_add(&errors, 2, 1, "b again");
    lesson_error_list_sort(&errors);
    assert_string_equal(errors.items[0].text, "a");
    assert_string_equal(errors.items[1].text, "b");
    assert_string_equal(errors.items[2].text, "b again");
    assert_string_equal(errors.items[3].text, "c\\x1b7");
    lesson_error_list_free(&errors);
}

/* Every beginning of a lesson, from a block of just its size, so that ASan sees what
 * reads past the end. */
static void test_every_prefix(void **state)
{
    static const char text[] =
        "# T\n\nS &amp; *x*\n\nLevel: core\n\n## P\n\nText <!-- note: a --> **b** "
        "`c`\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\nQ?\n\n- [ ] x\n- [x] y\n\n> z\n\n"
        "```lab setup\nhost a 10.0.0.1\n```\n\n1. q\n   - r\n\n     ```\n     s\n     "
        "```\n";

    (void)state;
    for (size_t len = 0; len < sizeof(text); len++) {
        char *copy = mem_new(len ? len : 1, 1);

        memcpy(copy, text, len);
        free(lesson_text(copy, len));
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_head_is_optional),
        cmocka_unit_test(test_head_errors),
        cmocka_unit_test(test_prose),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_code_and_tables),
        cmocka_unit_test(test_lab_blocks),
        cmocka_unit_test(test_lab_block_errors),
        cmocka_unit_test(test_crlf),
        cmocka_unit_test(test_question),
        cmocka_unit_test(test_question_errors),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_not_text),
        cmocka_unit_test(test_error_list),
        cmocka_unit_test(test_every_prefix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
