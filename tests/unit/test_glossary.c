/* The glossary: read from its file, and found by what a lesson calls a term. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/glossary_file.h"
#include "lesson/library.h"

static struct glossary glossary_of(const char *text)
{
    struct glossary glossary = {0};

    glossary_read(text, strlen(text), &glossary);
    return glossary;
}

static void assert_entry(const struct glossary *glossary, size_t i, const char *term,
                         const char *text)
{
    struct buf out = {0};

    assert_true(i < glossary->entries.count);
    assert_string_equal(glossary->entries.items[i].term, term);
    span_list_text(&glossary->entries.items[i].text.spans, &out);
    assert_string_equal(buf_text(&out), text);
    buf_free(&out);
}

static void test_entries(void **state)
{
    struct glossary glossary = glossary_of("# Words\n"
                                           "\n"
                                           "Plain text is no term, and *this* neither.\n"
                                           "\n"
                                           "**segment**: what TCP sends\n"
                                           "at once, see **packet**.\n"
                                           "\n"
                                           "- **item**: a list has no terms.\n"
                                           "\n"
                                           "> **quote**: nor a quotation.\n"
                                           "\n"
                                           "A **term** stands first.\n"
                                           "\n"
                                           "**accept queue**: `accept()` takes from "
                                           "it.\n");

    (void)state;
    assert_int_equal(glossary.entries.count, 2);
    assert_entry(&glossary, 0, "segment",
                 "segment: what TCP sends at once, see packet.");
    assert_entry(&glossary, 1, "accept queue", "accept queue: accept() takes from it.");
    /* What is read later is added. */
    glossary_read("**port**: a number.\n", 20, &glossary);
    assert_int_equal(glossary.entries.count, 3);
    assert_entry(&glossary, 2, "port", "port: a number.");
    glossary_clear(&glossary);
    assert_int_equal(glossary.entries.count, 0);
    glossary_clear(&glossary);
}

/* Read from memory of exactly its size, at each length. */
static void test_cut_anywhere(void **state)
{
    static const char text[] = "# W\n\n**a**: b\n\n**\xc3\xa9t**: d\n";

    (void)state;
    for (size_t len = 0; len < sizeof(text); len++) {
        char *exact = mem_new(len ? len : 1, 1);
        struct glossary glossary = {0};

        memcpy(exact, text, len);
        glossary_read(exact, len, &glossary);
        assert_true(glossary.entries.count <= 2);
        free(exact);
        glossary_clear(&glossary);
    }
}

static void assert_found(const struct glossary *glossary, const char *term,
                         const char *expected)
{
    const struct glossary_entry *entry = glossary_find(glossary, term);

    if (!expected) {
        assert_null(entry);
        return;
    }
    assert_non_null(entry);
    assert_string_equal(entry->term, expected);
}

static void test_find(void **state)
{
    struct glossary glossary = glossary_of("**segment**: a.\n\n**accept queue**: b.\n\n"
                                           "**SYN**: c.\n\n**address**: d.\n\n"
                                           "**retransmission**: e.\n");
    struct glossary none = {0};

    (void)state;
    assert_found(&glossary, "segment", "segment");
    assert_found(&glossary, "Segments", "segment");
    assert_found(&glossary, "ACCEPT QUEUES", "accept queue");
    assert_found(&glossary, "addresses", "address");
    assert_found(&glossary, "syn", "SYN");
    assert_found(&glossary, "SYN+ACK", NULL);
    assert_found(&glossary, "segment header", NULL);
    assert_found(&glossary, "segmented", NULL);
    assert_found(&glossary, "segmentss", NULL);
    assert_found(&glossary, "seg", NULL);
    assert_found(&glossary, "queue", NULL);
    assert_found(&glossary, "", NULL);
    assert_found(&none, "segment", NULL);
    glossary_clear(&glossary);
}

/* Each bold term of each lesson, as the sheet looks it up. */
static void assert_terms_found(const struct glossary *glossary,
                               const struct library_entry *entry)
{
    char *rest = entry->terms, *term;

    while ((term = strsep(&rest, "\n")))
        if (*term && !glossary_find(glossary, term))
            fail_msg("%s: the glossary has no '%s'", entry->name, term);
}

static void test_terms_of_the_lessons(void **state)
{
    struct glossary glossary = {0};
    library_list list = {0};
    struct err err = {""};
    size_t with_terms = 0;

    (void)state;
    assert_int_equal(setenv("SOCKETARIUM_LESSONS", LESSONS_BUILD_DIR, 1), 0);
    if (glossary_load(&glossary, &err) < 0 || library_list_all(&list, &err) < 0)
        fail_msg("%s", err.text);
    vec_each (entry, &list) {
        with_terms += entry->terms[0] != '\0';
        assert_terms_found(&glossary, entry);
    }
    assert_true(with_terms > list.count / 2);
    library_list_free(&list);
    glossary_clear(&glossary);
}

static void test_no_glossary(void **state)
{
    struct glossary glossary = {0};
    struct err err = {""};

    (void)state;
    assert_int_equal(setenv("SOCKETARIUM_LESSONS", "/dev", 1), 0);
    assert_true(glossary_load(&glossary, &err) < 0);
    assert_non_null(strstr(err.text, "/dev/glossary.md"));
    assert_int_equal(glossary.entries.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),     cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_find),        cmocka_unit_test(test_terms_of_the_lessons),
        cmocka_unit_test(test_no_glossary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
