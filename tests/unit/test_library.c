/* library: lessons by number, name and file, from a folder of the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lesson/library.h"

static char folder[] = "/tmp/library.XXXXXX";

static void write_file(const char *name, const char *text, size_t len)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    fclose(file);
}

static void write_lesson(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

#define LESSON(title) \
    "# " title "\n\nOf " title ".\n\nPart: Some\nLevel: more\n\n## One\n\nText.\n"

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return -1;
    setenv("SOCKETARIUM_LESSONS", folder, 1);
    write_lesson("02-a-server.md", LESSON("A server"));
    write_lesson("09-the-handshake.md", LESSON("The handshake"));
    write_lesson("10-a-client.md", LESSON("A client"));
    write_lesson("03-broken.md", "no title\n");
    write_lesson("glossary.md", "# Glossary\n");
    write_lesson("1-short.md", LESSON("Not two digits"));
    write_lesson("04-no-extension", LESSON("Not a lesson"));
    return mkdir("05-folder.md", 0700);
}

static int tear_down(void **state)
{
    static const char *const names[] = {
        "02-a-server.md", "09-the-handshake.md", "10-a-client.md",  "03-broken.md",
        "glossary.md",    "1-short.md",          "04-no-extension", "mine.md"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unlink(names[i]);
    rmdir("05-folder.md");
    return chdir("/") < 0 ? -1 : rmdir(folder);
}

static void test_list(void **state)
{
    library_list list = {0};
    struct err err;

    (void)state;
    assert_int_equal(library_list_all(&list, &err), 0);
    assert_int_equal(list.count, 5);
    assert_int_equal(list.items[0].number, 2);
    assert_string_equal(list.items[0].name, "02-a-server");
    assert_string_equal(list.items[0].title, "A server");
    assert_string_equal(list.items[0].summary, "Of A server.");
    assert_string_equal(list.items[0].part, "Some");
    assert_string_equal(list.items[0].level, "more");
    assert_false(list.items[0].broken);
    assert_string_equal(list.items[0].pages, "One");
    assert_string_equal(list.items[0].terms, "");
    assert_int_equal(list.items[0].page_count, 1);
    assert_int_equal(list.items[1].number, 3);
    assert_true(list.items[1].broken);
    assert_string_equal(list.items[1].title, "03-broken");
    assert_int_equal(list.items[2].number, 5);
    assert_true(list.items[2].broken); /* a folder */
    assert_int_equal(list.items[3].number, 9);
    assert_int_equal(list.items[4].number, 10);
    library_list_free(&list);
}

/* What the list can be searched for, and what it says of a lesson. */
static void test_insides(void **state)
{
    static const char text[] =
        "# T\n\nA **term** of the summary.\n\n## One\n\nA **datagram**.\n\n"
        "Q?\n\n- [x] a\n- [ ] b\n\n> A **segment**.\n\n## Two\n\n- **stream** *no*\n\n"
        "```lab task\nexpect a\n```\n\n```lab solution\na: close(c)\n```\n";
    library_list list = {0};

    (void)state;
    write_lesson("12-insides.md", text);
    assert_int_equal(library_list_all(&list, NULL), 0);
    assert_int_equal(vec_last(&list)->number, 12);
    assert_string_equal(vec_last(&list)->pages, "One\nTwo");
    assert_string_equal(vec_last(&list)->terms, "datagram\nsegment\nstream");
    assert_int_equal(vec_last(&list)->page_count, 2);
    assert_int_equal(vec_last(&list)->questions, 1);
    assert_int_equal(vec_last(&list)->tasks, 1);
    library_list_free(&list);
    unlink("12-insides.md");
}

static void finds(const char *called, const char *path)
{
    struct err err = {.text = ""};
    char *found = library_find(called, &err);
    char *whole = mem_printf("%s/%s", folder, path);

    if (!found)
        fail_msg("%s: %s", called, err.text);
    assert_string_equal(found, whole);
    free(found);
    free(whole);
}

static void finds_none(const char *called, const char *why)
{
    struct err err = {.text = ""};
    char *found = library_find(called, &err);

    if (found)
        fail_msg("'%s' finds %s", called, found);
    if (!strstr(err.text, why))
        fail_msg("'%s': %s", called, err.text);
}

static void test_find(void **state)
{
    char *found;

    (void)state;
    finds("9", "09-the-handshake.md");
    finds("09", "09-the-handshake.md");
    finds("10", "10-a-client.md");
    finds("09-the-handshake", "09-the-handshake.md");
    finds("the-handshake", "09-the-handshake.md");
    finds("shake", "09-the-handshake.md");
    finds_none("1", "2, 3, 5, 9, 10");
    finds_none("99", "no lesson '99'");
    finds_none("-a-", "no lesson '-a-'"); /* two of them */
    finds_none("", "no lesson");
    finds_none("x\033y", "no lesson 'x");
    /* A file: as it is, whether it is there or not. */
    found = library_find("./nothing.md", NULL);
    assert_string_equal(found, "./nothing.md");
    free(found);
    write_lesson("mine.md", LESSON("Mine"));
    found = library_find("mine.md", NULL);
    assert_string_equal(found, "mine.md");
    free(found);
}

/* Scenes stand in a folder of their own, and are no lessons. */
static void test_scenes(void **state)
{
    static const char *const wrong[] = {"", "none", "../02-a-server", ".hidden", "."};
    library_list list = {0};
    struct err err = {.text = ""};
    char *found;

    (void)state;
    assert_int_equal(library_list_scenes(&list, &err), -ENOENT);
    assert_non_null(strstr(err.text, "/scenes"));
    assert_int_equal(mkdir("scenes", 0700), 0);
    write_lesson("scenes/refused.md", LESSON("A refusal"));
    write_lesson("scenes/01-cable.md", LESSON("The cable"));
    write_lesson("scenes/.hidden.md", LESSON("Not a scene"));
    write_lesson("scenes/notes.txt", "Not a scene\n");
    assert_int_equal(library_list_scenes(&list, &err), 0);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].title, "A refusal");
    assert_string_equal(list.items[0].name, "refused");
    assert_int_equal(list.items[0].number, 0);
    assert_string_equal(list.items[1].title, "The cable");
    found = library_find_scene("refused");
    assert_string_equal(found, list.items[0].path);
    free(found);
    library_list_free(&list);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_null(library_find_scene(wrong[i]));
    assert_int_equal(library_list_all(&list, NULL), 0);
    assert_int_equal(list.count, 5);
    library_list_free(&list);
    unlink("scenes/refused.md");
    unlink("scenes/01-cable.md");
    unlink("scenes/.hidden.md");
    unlink("scenes/notes.txt");
    rmdir("scenes");
}

/* A number that no int holds is not another lesson's number. */
static void test_large_numbers(void **state)
{
    (void)state;
    finds_none("4294967305", "no lesson"); /* 2^32 + 9 */
    finds_none("99999999999999999999999", "no lesson");
}

static void test_folder(void **state)
{
    struct err err;
    char *found;

    (void)state;
    setenv("SOCKETARIUM_LESSONS", "/no/such/folder", 1);
    assert_null(library_directory(&err));
    assert_non_null(strstr(err.text, "/no/such/folder"));
    assert_null(library_find("9", &err));
    setenv("SOCKETARIUM_LESSONS", folder, 1);
    found = library_directory(&err);
    assert_string_equal(found, folder);
    free(found);
}

static void test_load(void **state)
{
    struct loaded loaded;
    struct buf text = {0};
    struct err err;

    (void)state;
    assert_int_equal(library_load("09-the-handshake.md", &loaded, &err), 0);
    assert_int_equal(loaded.errors.count, 0);
    assert_string_equal(loaded.name, "09-the-handshake");
    assert_int_equal(loaded.lesson->pages.count, 1);
    loaded_free(&loaded);
    assert_int_equal(library_load("nothing.md", &loaded, &err), -ENOENT);
    assert_non_null(strstr(err.text, "nothing.md"));
    assert_true(library_load("05-folder.md", &loaded, &err) < 0);
    /* Malformed: it is loaded, and says where. */
    write_lesson("mine.md", "# A\n\nB.\n\n## C\n\n```lab\nfrob\n```\n");
    assert_int_equal(library_load("mine.md", &loaded, &err), 0);
    assert_int_equal(loaded.errors.count, 1);
    loaded_error_text(&loaded, &text);
    assert_ptr_equal(strstr(text.data, "mine.md:8:1: "), text.data);
    buf_free(&text);
    loaded_free(&loaded);
    loaded_free(&loaded); /* twice is fine */
}

/* Every beginning of a lesson is read, and refused or not, without harm. */
static void test_truncated(void **state)
{
    static const char whole[] =
        LESSON("T") "\n```lab\nhost a 10.0.0.1\n"
                    "a: s = socket(AF_INET, SOCK_STREAM, 0)\n```\n\n"
                    "Q?\n\n- [x] a\n- [ ] b\n\n> c\n";
    struct loaded loaded;
    struct err err;

    (void)state;
    for (size_t len = 0; len < sizeof(whole); len++) {
        write_file("mine.md", whole, len);
        assert_int_equal(library_load("mine.md", &loaded, &err), 0);
        loaded_free(&loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),      cmocka_unit_test(test_find),
        cmocka_unit_test(test_insides),   cmocka_unit_test(test_large_numbers),
        cmocka_unit_test(test_folder),    cmocka_unit_test(test_load),
        cmocka_unit_test(test_truncated), cmocka_unit_test(test_scenes),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
