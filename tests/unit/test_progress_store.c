/* progress_store: the file of what a reader has done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "lesson/progress_store.h"

#define FILE_IN_HOME ".local/state/socketarium/progress.json"

static char home[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(home, "/tmp/progress.XXXXXX");
    if (!mkdtemp(home) || chdir(home) < 0)
        return -1;
    unsetenv("XDG_STATE_HOME");
    return setenv("HOME", home, 1);
}

static int tear_down(void **state)
{
    char *command = mem_printf("rm -rf '%s'", home);
    int result = chdir("/") < 0 || system(command) != 0;

    (void)state;
    free(command);
    return result;
}

static void write_file(const char *path, const char *text, size_t len)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    fclose(file);
}

static void read_text(const char *path, struct buf *text)
{
    struct err err;

    buf_clear(text);
    if (file_read(path, PROGRESS_FILE_MAX, text, &err) < 0)
        fail_msg("%s", err.text);
}

static void add(struct progress *progress, const char *name, unsigned page)
{
    struct progress raw = {.now = NULL};
    struct progress_lesson *lesson = vec_push(&raw.lessons);

    lesson->name = mem_strdup(name);
    lesson->page = page;
    lesson->pages = 7;
    lesson->questions = 5;
    lesson->tasks = 1;
    lesson->begun_s = 1795248000;
    lesson->last_s = 1795248060;
    *vec_push(&lesson->answers) =
        (struct progress_result){1, 2, RESULT_FIRST, 1795248010};
    *vec_push(&lesson->answers) =
        (struct progress_result){2, 2, RESULT_TRIED, 1795248020};
    *vec_push(&lesson->solutions) =
        (struct progress_result){1, 6, RESULT_SOLVED, 1795248030};
    progress_merge(progress, &raw);
    progress_free(&raw);
}

static const char whole[] =
    "{\"format\":1,\"program\":\"socketarium " VERSION "\",\"lessons\":[\n"
    "{\"lesson\":\"09-the-three-way-handshake\",\"page\":3,\"pages\":7,\"questions\":5,"
    "\"tasks\":1,\"begun\":\"2026-11-21T08:00:00Z\",\"last\":\"2026-11-21T08:01:00Z\","
    "\"finished\":null,\"answers\":["
    "{\"question\":1,\"page\":2,\"result\":\"first\",\"time\":\"2026-11-21T08:00:10Z\"},"
    "{\"question\":2,\"page\":2,\"result\":\"tried\",\"time\":\"2026-11-21T08:00:20Z\"}]"
    ","
    "\"solutions\":["
    "{\"task\":1,\"page\":6,\"result\":\"solved\",\"time\":\"2026-11-21T08:00:30Z\"}]}\n"
    "]}\n";

/* ----------------------------------------------------------- the text */

static void writes(void **state)
{
    struct progress progress = {.now = NULL};
    struct buf text = {0};

    (void)state;
    progress_write(&progress, NULL, &text);
    assert_string_equal(buf_text(&text),
                        "{\"format\":1,\"program\":\"socketarium " VERSION "\","
                        "\"lessons\":[\n]}\n");
    buf_clear(&text);
    add(&progress, "09-the-three-way-handshake", 3);
    progress_write(&progress, NULL, &text);
    assert_string_equal(buf_text(&text), whole);
    buf_clear(&text);
    progress_write(&progress, "A \"B\"\x1b\n", &text);
    assert_non_null(strstr(buf_text(&text), "\"name\":\"A \\\"B\\\"\\\\x1b\\\\n\","));
    progress_free(&progress);
    buf_free(&text);
}

static void reads(void **state)
{
    struct progress progress = {.now = NULL};
    struct buf text = {0};
    struct err err = {.text = ""};

    (void)state;
    assert_int_equal(progress_parse(whole, sizeof(whole) - 1, &progress, &err), 0);
    progress_write(&progress, NULL, &text);
    assert_string_equal(buf_text(&text), whole);
    progress_free(&progress);
    buf_free(&text);
}

/* Every beginning of a file is refused, with a reason, and leaves nothing. */
static void truncated(void **state)
{
    struct progress progress = {.now = NULL};
    struct err err;

    (void)state;
    for (size_t len = 0; len < sizeof(whole) - 2; len++) {
        err.text[0] = '\0';
        assert_int_equal(progress_parse(whole, len, &progress, &err), -EINVAL);
        assert_true(err.text[0]);
        assert_int_equal(progress.lessons.count, 0);
    }
}

/* A changed byte is refused, or read as something that can be written and read again. */
static void changed_bytes(void **state)
{
    char bytes[sizeof(whole)];

    (void)state;
    for (size_t at = 0; at + 1 < sizeof(whole); at++) {
        static const char with[] = {'\0', '"', '9', '}', '[', '\\', '\xff', '-'};

        for (size_t i = 0; i < sizeof(with); i++) {
            struct progress progress = {.now = NULL}, again = {.now = NULL};
            struct buf text = {0};
            struct err err;

            memcpy(bytes, whole, sizeof(whole));
            bytes[at] = with[i];
            if (progress_parse(bytes, sizeof(whole) - 1, &progress, &err) == 0) {
                progress_write(&progress, NULL, &text);
                assert_int_equal(progress_parse(text.data, text.len, &again, &err), 0);
            }
            progress_free(&progress);
            progress_free(&again);
            buf_free(&text);
        }
    }
}

#define LESSON(rest) "{\"format\":1,\"lessons\":[{\"lesson\":\"a\"" rest "}]}"
#define ANSWER(inner) LESSON(",\"answers\":[{" inner "}]")

static void refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "{}",
        "[]",
        "null",
        "{\"format\":1}",
        "{\"format\":2,\"lessons\":[]}",
        "{\"format\":\"1\",\"lessons\":[]}",
        "{\"format\":1,\"lessons\":{}}",
        "{\"format\":1,\"lessons\":[]} x",
        "{\"format\":1,\"lessons\":[1]}",
        "{\"format\":1,\"lessons\":[{}]}",
        "{\"format\":1,\"lessons\":[{\"lesson\":\"\"}]}",
        LESSON(",\"page\":-1"),
        LESSON(",\"page\":10001"),
        LESSON(",\"page\":\"1\""),
        LESSON(",\"page\":1,\"page\":1"),
        LESSON(",\"begun\":1"),
        LESSON(",\"begun\":\"yesterday\""),
        LESSON(",\"begun\":\"2026-02-30T00:00:00Z\""),
        LESSON(",\"begun\":\"2026-11-21T08:00:00Z \""),
        LESSON(",\"answers\":{}"),
        ANSWER(""),
        ANSWER("\"question\":1"),
        ANSWER("\"question\":0,\"result\":\"first\""),
        ANSWER("\"question\":1,\"result\":\"solved\""),
        ANSWER("\"question\":1,\"result\":\"best\""),
        LESSON(",\"solutions\":[{\"task\":1,\"result\":\"first\"}]"),
    };
    struct progress progress = {.now = NULL};
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        err.text[0] = '\0';
        if (progress_parse(wrong[i], strlen(wrong[i]), &progress, &err) != -EINVAL ||
            !err.text[0])
            fail_msg("accepted: %s", wrong[i]);
        assert_int_equal(progress.lessons.count, 0);
    }
}

/* What another program might have left out or added; and no order. */
static void tolerated(void **state)
{
    static const char text[] =
        "{\"format\":1,\"more\":[],\"lessons\":[{\"lesson\":\"b\",\"new\":1},"
        "{\"lesson\":\"a\\u001b\",\"answers\":[{\"question\":2,\"result\":\"first\"},"
        "{\"question\":1,\"result\":\"wrong\"}]}]}";
    struct progress progress = {.now = NULL};
    struct err err;

    (void)state;
    assert_int_equal(progress_parse(text, sizeof(text) - 1, &progress, &err), 0);
    assert_int_equal(progress.lessons.count, 2);
    assert_string_equal(progress.lessons.items[0].name, "a\\x1b");
    assert_int_equal(progress.lessons.items[0].answers.items[0].number, 1);
    progress_free(&progress);
}

static void too_many(void **state)
{
    struct progress progress = {.now = NULL};
    struct buf text = {0};
    struct err err;

    (void)state;
    buf_puts(&text, "{\"format\":1,\"lessons\":[");
    for (int i = 0; i <= PROGRESS_LESSONS_MAX; i++)
        buf_printf(&text, "%s{\"lesson\":\"l%d\"}", i ? "," : "", i);
    buf_puts(&text, "]}");
    assert_int_equal(progress_parse(text.data, text.len, &progress, &err), -EINVAL);
    buf_free(&text);
}

static void times(void **state)
{
    char text[PROGRESS_TIME_TEXT];

    (void)state;
    assert_string_equal(progress_time(1795248000, text), "2026-11-21T08:00:00Z");
    assert_string_equal(progress_time(1, text), "1970-01-01T00:00:01Z");
    assert_string_equal(progress_time(0, text), "");
    assert_string_equal(progress_time(-1, text), "");
    assert_string_equal(progress_time(INT64_MAX, text), "");
}

/* ----------------------------------------------------------- the file */

static void saves(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};
    struct buf text = {0};
    struct stat info;

    (void)state;
    assert_int_equal(progress_open(&store, true, &err), 0);
    add(&store.progress, "09-the-three-way-handshake", 3);
    assert_int_equal(progress_save(&store, &err), 0);
    assert_string_equal(err.text, "");
    progress_close(&store);
    read_text(FILE_IN_HOME, &text);
    assert_string_equal(buf_text(&text), whole);
    assert_int_equal(stat(FILE_IN_HOME, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(".local/state/socketarium", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(access(FILE_IN_HOME ".new", F_OK), -1);
    assert_int_equal(progress_open(&store, false, &err), 0);
    assert_int_equal(progress_page(&store.progress, "09-the-three-way-handshake"), 3);
    progress_close(&store);
    buf_free(&text);
}

static void state_home(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};
    char *folder = mem_printf("%s/x/y", home);

    (void)state;
    setenv("XDG_STATE_HOME", folder, 1);
    progress_open(&store, true, &err);
    add(&store.progress, "a", 3);
    assert_int_equal(progress_save(&store, &err), 0);
    progress_close(&store);
    assert_int_equal(access("x/y/socketarium/progress.json", F_OK), 0);
    /* One that is not absolute counts for nothing. */
    setenv("XDG_STATE_HOME", "z", 1);
    progress_open(&store, true, &err);
    assert_int_equal(store.progress.lessons.count, 0);
    assert_int_equal(progress_save(&store, &err), 0);
    progress_close(&store);
    assert_int_equal(access(FILE_IN_HOME, F_OK), 0);
    assert_string_equal(err.text, "");
    free(folder);
}

/* Who only reads makes nothing. */
static void only_reading(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};

    (void)state;
    assert_int_equal(progress_open(&store, false, &err), 0);
    assert_string_equal(err.text, "");
    assert_int_equal(access(".local", F_OK), -1);
    progress_close(&store);
}

/* Two programs, each with something of its own. */
static void two_at_once(void **state)
{
    struct progress_store one, two;
    struct err err = {.text = ""};

    (void)state;
    progress_open(&one, true, &err);
    progress_open(&two, true, &err);
    add(&one.progress, "a", 3);
    add(&two.progress, "a", 2);
    add(&two.progress, "b", 4);
    assert_int_equal(progress_save(&one, &err), 0);
    assert_int_equal(progress_save(&two, &err), 0);
    assert_int_equal(progress_page(&two.progress, "a"), 3);
    progress_close(&one);
    progress_close(&two);
    progress_open(&one, true, &err);
    assert_int_equal(progress_page(&one.progress, "a"), 3);
    assert_int_equal(progress_page(&one.progress, "b"), 4);
    progress_close(&one);
    assert_string_equal(err.text, "");
}

#define WRITERS 4
#define WRITES 20

/* Many at the same time, each a process: nothing is lost, and what is read is whole. */
static void many_at_once(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};
    int status;

    (void)state;
    for (int writer = 0; writer < WRITERS; writer++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < WRITES; i++) {
            char *name = mem_printf("%d-%d", writer, i);

            if (progress_open(&store, true, &err) < 0)
                _exit(1);
            add(&store.progress, name, 2);
            if (progress_save(&store, &err) < 0)
                _exit(1);
            progress_close(&store);
            free(name);
        }
        _exit(0);
    }
    for (int writer = 0; writer < WRITERS; writer++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(progress_open(&store, false, &err), 0);
    assert_int_equal(store.progress.lessons.count, WRITERS * WRITES);
    progress_close(&store);
}

static void damage(const char *text)
{
    write_file(FILE_IN_HOME, text, strlen(text));
}

static void damaged(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};
    struct buf text = {0};

    (void)state;
    progress_open(&store, true, &err);
    damage("{\"format\":1,");
    progress_close(&store);
    assert_int_equal(progress_open(&store, true, &err), -EINVAL);
    assert_non_null(strstr(err.text, "/progress.json: damaged at line 1; it is now "
                                     "progress.json.damaged, and progress begins anew"));
    assert_int_equal(store.progress.lessons.count, 0);
    read_text(FILE_IN_HOME ".damaged", &text);
    assert_string_equal(buf_text(&text), "{\"format\":1,");
    add(&store.progress, "a", 3);
    err.text[0] = '\0';
    assert_int_equal(progress_save(&store, &err), 0);
    progress_close(&store);
    assert_string_equal(err.text, "");

    /* Once more, now while a program runs: what it knows is kept. */
    progress_open(&store, true, &err);
    damage("{\"format\":2,\"lessons\":[]}");
    assert_int_equal(progress_save(&store, &err), 0);
    assert_non_null(strstr(err.text, "written by a newer socketarium; it is now "
                                     "progress.json.damaged.2,"));
    progress_close(&store);
    read_text(FILE_IN_HOME ".damaged", &text);
    assert_string_equal(buf_text(&text), "{\"format\":1,");
    read_text(FILE_IN_HOME ".damaged.2", &text);
    assert_string_equal(buf_text(&text), "{\"format\":2,\"lessons\":[]}");
    err.text[0] = '\0';
    assert_int_equal(progress_open(&store, true, &err), 0);
    assert_int_equal(progress_page(&store.progress, "a"), 3);
    progress_close(&store);
    buf_free(&text);
}

/* Nothing of it stops the program, and it is said once. */
static void nowhere_to_keep(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};
    char *path = mem_printf("%s/none", home);

    (void)state;
    unsetenv("HOME");
    assert_true(progress_open(&store, true, &err) < 0);
    assert_string_equal(err.text, "progress is not kept: HOME is not set");
    err.text[0] = '\0';
    add(&store.progress, "a", 3);
    assert_true(progress_save(&store, &err) < 0);
    assert_string_equal(err.text, "");
    assert_int_equal(progress_page(&store.progress, "a"), 3);
    progress_close(&store);

    /* A home that does not exist is not made. */
    setenv("HOME", path, 1);
    assert_int_equal(progress_open(&store, true, &err), -ENOENT);
    assert_non_null(strstr(err.text, "progress is not kept: /tmp/"));
    err.text[0] = '\0';
    assert_true(progress_save(&store, &err) < 0);
    assert_string_equal(err.text, "");
    progress_close(&store);
    assert_int_equal(access(path, F_OK), -1);
    free(path);
}

/* A folder stands where the file should be; root may write everywhere else. */
static void cannot_write(void **state)
{
    struct progress_store store;
    struct err err = {.text = ""};

    (void)state;
    progress_open(&store, true, &err);
    assert_int_equal(mkdir(FILE_IN_HOME ".new", 0700), 0);
    add(&store.progress, "a", 3);
    assert_int_equal(progress_save(&store, &err), -EISDIR);
    assert_non_null(strstr(err.text, "progress is not kept: "));
    err.text[0] = '\0';
    assert_int_equal(progress_save(&store, &err), -EISDIR);
    assert_string_equal(err.text, "");
    assert_int_equal(rmdir(FILE_IN_HOME ".new"), 0);
    assert_int_equal(progress_save(&store, &err), 0);
    progress_close(&store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(writes),       TEST(reads),      TEST(truncated),       TEST(changed_bytes),
        TEST(refused),      TEST(tolerated),  TEST(too_many),        TEST(times),
        TEST(saves),        TEST(state_home), TEST(only_reading),    TEST(two_at_once),
        TEST(many_at_once), TEST(damaged),    TEST(nowhere_to_keep), TEST(cannot_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
