#include "prose_scene.h"

static void inline_styles(void **state)
{
    struct scene *scene = scene_new();
    struct para *para = add_para(&add_block(scene, BLOCK_PROSE)->text, PARA_TEXT, "A ");

    (void)state;
    add_span(para, SPAN_STRONG, "listener");
    add_span(para, SPAN_PLAIN, ", in ");
    add_span(para, SPAN_CODE, "LISTEN");
    add_span(para, SPAN_PLAIN, "; ");
    add_span(para, SPAN_EMPHASIS, "waits\nhere");
    add_span(para, SPAN_PLAIN, ".");
    scene_draw(scene, 20, 4);
    assert_picture(&scene->canvas, "A listener, in\nLISTEN; waits\nhere.\n");
    assert_int_equal(element_at(&scene->canvas, 2, 0), ELEMENT_TERM);
    assert_int_equal(element_at(&scene->canvas, 10, 0), ELEMENT_TEXT);
    assert_int_equal(element_at(&scene->canvas, 0, 1), ELEMENT_CODE);
    assert_int_equal(element_at(&scene->canvas, 8, 1), ELEMENT_EMPHASIS);
    assert_int_equal(element_at(&scene->canvas, 0, 2), ELEMENT_EMPHASIS);
    scene_free(scene);
}

static void wrapping_counts_columns(void **state)
{
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_PROSE);

    (void)state;
    add_para(&block->text, PARA_TEXT,
             "ab\u0301c 👨‍👩‍👧 日本語、中文 x");
    add_para(&block->text, PARA_TEXT, "abcdefghijklmn o");
    scene_draw(scene, 6, 10);
    assert_picture(&scene->canvas, "ab\u0301c 👨‍👩‍👧\n"
                                   "日本\n"
                                   "語、中\n"
                                   "文 x\n"
                                   "\n"
                                   "abcdef\n"
                                   "ghijkl\n"
                                   "mn o\n");
    scene_draw(scene, 1, 60);
    scene_draw(scene, 0, 60);
    scene_free(scene);
}

/* A long word breaks at its parts, not inside of them. */
static void long_words_break_at_their_parts(void **state)
{
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_PROSE);

    (void)state;
    add_para(&block->text, PARA_TEXT, "set net.ipv4.ip_local_port_range to 40000");
    scene_draw(scene, 24, 5);
    assert_picture(&scene->canvas, "set\n"
                                   "net.ipv4.ip_local_port_\n"
                                   "range to 40000\n");
    scene_free(scene);
}

static void lists_hang(void **state)
{
    struct scene *scene = scene_new();
    para_list *list = &add_block(scene, BLOCK_PROSE)->text;

    (void)state;
    add_para(list, PARA_TEXT, "Before.");
    add_nested(list, PARA_ITEM, 0, "9.", "the first item wraps");
    add_nested(list, PARA_ITEM, 0, "10.", "the second item");
    add_nested(list, PARA_ITEM, 1, "-", "one inside of it");
    add_nested(list, PARA_ITEM, 0, "", "its second paragraph");
    add_nested(list, PARA_CODE, 1, "", "code;");
    add_nested(list, PARA_ITEM, 0, "11.", "last");
    add_para(list, PARA_TEXT, "After.");
    scene_draw(scene, 18, 30);
    assert_picture(&scene->canvas, "Before.\n"
                                   "\n"
                                   "9. the first item\n"
                                   "   wraps\n"
                                   "10. the second\n"
                                   "    item\n"
                                   "    - one inside\n"
                                   "      of it\n"
                                   "\n"
                                   "    its second\n"
                                   "    paragraph\n"
                                   "\n"
                                   "      code;\n"
                                   "\n"
                                   "11. last\n"
                                   "\n"
                                   "After.\n");
    scene_free(scene);
}

static void headings_quotes_and_rules(void **state)
{
    struct scene *scene = scene_new();
    para_list *list = &add_block(scene, BLOCK_PROSE)->text;

    (void)state;
    add_para(list, PARA_HEADING, "Why");
    add_para(list, PARA_TEXT, "So.");
    add_para(list, PARA_QUOTE, "A connection is defined");
    add_para(list, PARA_QUOTE, "by two sockets.");
    add_para(list, PARA_RULE, "");
    scene_draw(scene, 16, 20);
    assert_picture(&scene->canvas, "Why\n"
                                   "So.\n"
                                   "\n"
                                   "│ A connection\n"
                                   "│ is defined\n"
                                   "│\n"
                                   "│ by two\n"
                                   "│ sockets.\n"
                                   "\n"
                                   "────────────────\n");
    assert_int_equal(element_at(&scene->canvas, 0, 0), ELEMENT_TITLE);
    assert_int_equal(element_at(&scene->canvas, 0, 3), ELEMENT_BORDER);
    scene_free(scene);
}

static void code_is_cut_and_not_wrapped(void **state)
{
    struct scene *scene = scene_new();
    para_list *list = &add_block(scene, BLOCK_PROSE)->text;

    (void)state;
    add_para(list, PARA_CODE, "if (x)\n\n    y  =  1;\n");
    add_para(list, PARA_CODE, "a line that is too long\n");
    scene_draw(scene, 14, 10);
    assert_picture(&scene->canvas, "  if (x)\n"
                                   "\n"
                                   "      y  =  1;\n"
                                   "\n"
                                   "a line that i…\n");
    assert_int_equal(element_at(&scene->canvas, 2, 0), ELEMENT_CODE);
    scene_free(scene);
}

static void add_table(para_list *list)
{
    static const char *const cells[] = {"call",    "what it does",
                                        "bind",    "gives the socket an address",
                                        "connect", "asks"};
    struct para *table = vec_push(list);

    table->kind = PARA_TABLE;
    table->columns = 2;
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
        add_span(table, i > 1 && i % 2 == 0 ? SPAN_CODE : SPAN_PLAIN, cells[i]);
}

static void tables_fit(void **state)
{
    struct scene *scene = scene_new();

    (void)state;
    add_table(&add_block(scene, BLOCK_PROSE)->text);
    scene_draw(scene, 60, 10);
    assert_picture(&scene->canvas, "call     what it does\n"
                                   "───────  ───────────────────────────\n"
                                   "bind     gives the socket an address\n"
                                   "connect  asks\n");
    assert_int_equal(element_at(&scene->canvas, 0, 0), ELEMENT_TITLE);
    assert_int_equal(element_at(&scene->canvas, 0, 2), ELEMENT_CODE);
    assert_int_equal(element_at(&scene->canvas, 9, 2), ELEMENT_TEXT);
    scene_draw(scene, 22, 10);
    assert_picture(&scene->canvas, "call     what it does\n"
                                   "───────  ─────────────\n"
                                   "bind     gives the\n"
                                   "         socket an\n"
                                   "         address\n"
                                   "connect  asks\n");
    scene_draw(scene, 5, 40);
    scene_free(scene);
}

static void plain_text(void **state)
{
    para_list list = {0};
    struct buf out = {0};
    struct para *para = add_para(&list, PARA_TEXT, "The ");

    (void)state;
    add_span(para, SPAN_STRONG, "backlog");
    add_span(para, SPAN_PLAIN, " is full.");
    add_nested(&list, PARA_ITEM, 0, "-", "one two");
    add_table(&list);
    add_para(&list, PARA_CODE, "never cut, however long\n");
    prose_text(&list, 22, &out);
    assert_string_equal(buf_text(&out), "The backlog is full.\n"
                                        "\n"
                                        "- one two\n"
                                        "\n"
                                        "call     what it does\n"
                                        "───────  ─────────────\n"
                                        "bind     gives the\n"
                                        "         socket an\n"
                                        "         address\n"
                                        "connect  asks\n"
                                        "\n"
                                        "never cut, however long\n");
    buf_clear(&out);
    para_list_free(&list);
    prose_text(&list, 22, &out);
    assert_string_equal(buf_text(&out), "");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inline_styles),
        cmocka_unit_test(wrapping_counts_columns),
        cmocka_unit_test(long_words_break_at_their_parts),
        cmocka_unit_test(lists_hang),
        cmocka_unit_test(headings_quotes_and_rules),
        cmocka_unit_test(code_is_cut_and_not_wrapped),
        cmocka_unit_test(tables_fit),
        cmocka_unit_test(plain_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
