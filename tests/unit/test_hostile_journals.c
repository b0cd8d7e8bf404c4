/* Recordings come from strangers: whatever is in them, a screen that reads them stands.
 * The recordings of the lessons are cut off, changed, and put in another order. The
 * sanitizers see what is wrong; without them these tests see a crash only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "journal_viewer.h"
#include "model/journal.h"

#define RECORDING_MOST (1u << 20)
#define CHANGES 400 /* of each recording */
#define CUTS 200
#define EACH_LINE 3 /* all of them take too long */

/* Together they have each kind of event, of host, of packet and of socket. */
static const char *const recordings[] = {
    "06-no-connection", "17-lost-twice-out-of-order-damaged", "18-many-clients-at-once",
    "30-the-host-comes-back", "32-ipv6-and-both-at-once"};

struct recording {
    struct buf text;
    struct journal journal;
    VEC(const char *) lines; /* borrowed from text; each ends with a newline */
    struct lesson *lesson;
};

static void recording_open(struct recording *recording, const char *name)
{
    char *path = mem_printf("%s/recordings/%s.ndjson", LESSONS_BUILD_DIR, name);
    struct err err = {""};

    *recording = (struct recording){.lesson = NULL};
    if (file_read(path, RECORDING_MOST, &recording->text, &err) < 0)
        fail_msg("%s", err.text);
    if (journal_feed(&recording->journal, recording->text.data, recording->text.len,
                     &err) < 0)
        fail_msg("%s:%s", path, err.text);
    for (const char *at = buf_text(&recording->text); *at; at = strchr(at, '\n') + 1)
        *vec_push(&recording->lines) = at;
    recording->lesson = viewer_lesson(&recording->journal.events.items[0]);
    free(path);
}

static void recording_close(struct recording *recording)
{
    lesson_free(recording->lesson);
    journal_free(&recording->journal);
    vec_free(&recording->lines);
    buf_free(&recording->text);
}

/* Goes on after an event that does not fit, as the screen does. */
static void fold(struct world *world, struct plain *plain, const struct event *event)
{
    struct err err = {""};
    struct buf told = {0};

    if (world_apply(world, event, &err) != 0) {
        assert_true(err.text[0]);
        return;
    }
    plain_tell(plain, world, event, &told);
    buf_free(&told);
}

/* The recording with one event in another's place. */
static void view(const struct recording *recording, size_t place,
                 const struct event *changed, uint32_t *seed)
{
    struct plain plain = {.lesson = recording->lesson};
    struct world world;

    world_init(&world);
    for (size_t i = 0; i < recording->journal.events.count; i++) {
        fold(&world, &plain, i == place ? changed : &recording->journal.events.items[i]);
        if (i == place || i == place + 8) {
            viewer_draw(recording->lesson, &world, seed);
            viewer_point(recording->lesson, &world, seed);
        }
    }
    viewer_draw(recording->lesson, &world, seed);
    if (viewer_random(seed) % 16 == 0)
        viewer_export(recording->lesson, &world, recording->journal.events.items,
                      recording->journal.events.count);
    plain_free(&plain);
    world_free(&world);
}

/* ----------------------------------------------------------- changed lines */

/* The length of the JSON value (a string or a number) at `at`; 0 if it is another. */
static size_t value_length(const char *at)
{
    const char *end = at + 1;

    if (*at != '"')
        return strspn(at, "-+0123456789.eE");
    while (*end != '"' && *end != '\n')
        end += *end == '\\' ? 2 : 1;
    return *end == '"' ? (size_t)(end - at) + 1 : 0;
}

/* A colon behind a key, somewhere in the line; NULL if it was none. */
static const char *some_colon(const char *line, size_t len, uint32_t *seed)
{
    size_t from = viewer_random(seed) % len;
    const char *colon = memmem(line + from, len - from, "\":", 2);

    return colon ? colon + 1 : NULL;
}

/* Another value of the same key, from anywhere in the recording; NULL if there is none.
 */
static const char *other_value(const struct recording *recording, const char *colon,
                               uint32_t *seed)
{
    const char *key = colon - 2, *text = recording->text.data, *found;
    size_t from = viewer_random(seed) % recording->text.len;

    while (*key != '"')
        key--;
    found =
        memmem(text + from, recording->text.len - from, key, (size_t)(colon + 1 - key));
    return found ? found + (colon + 1 - key) : NULL;
}

static const char *const extremes[] = {
    "0",
    "-1",
    "1",
    "2",
    "255",
    "65535",
    "2147483647",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775808",
    "999999.999999999",
    "\"nobody\"",
    "\"client.1\"",
    "\"client/a.1.1\"",
    "\"\"",
    "\"\xc3\xa9\xe2\x80\xae\\u0007\xe5\xad\x97\"",
    "\"ffffffffffffffff\"",
};

static void put_value(struct buf *out, const char *line, const char *at,
                      const char *value, size_t value_len)
{
    const char *end = strchr(line, '\n');
    size_t len = value_length(at);

    buf_add(out, line, (size_t)(at - line));
    buf_add(out, value, value_len);
    buf_add(out, at + len, (size_t)(end - at - (ptrdiff_t)len));
}

static void change_bytes(struct buf *out, const char *line, size_t len, uint32_t *seed)
{
    static const char likely[] = "{}[]\",:0123456789-+.eEtfnAabcdef/= \xff\x80";

    buf_add(out, line, len);
    for (uint32_t n = viewer_random(seed) % 3 + 1; n; n--)
        out->data[viewer_random(seed) % len] =
            likely[viewer_random(seed) % (sizeof(likely) - 1)];
}

/* A line that is like this one, but for a value or some bytes. */
static void change_line(const struct recording *recording, const char *line,
                        struct buf *out, uint32_t *seed)
{
    size_t len = (size_t)(strchr(line, '\n') - line);
    const char *colon = some_colon(line, len, seed), *value = NULL;

    buf_clear(out);
    switch (colon ? viewer_random(seed) % 4 : 0) {
    case 0:
        change_bytes(out, line, len, seed);
        return;
    case 1:
        value = extremes[viewer_random(seed) % (sizeof(extremes) / sizeof(*extremes))];
        put_value(out, line, colon + 1, value, strlen(value));
        return;
    default:
        value = other_value(recording, colon, seed);
        value = value ? value : "7";
        put_value(out, line, colon + 1, value, value_length(value));
    }
}

/* Reads from memory of exactly the line's size, so that an over-read is seen. */
static int read_exact(const struct buf *line, struct event *event)
{
    char *copy = mem_new(line->len ? line->len : 1, 1);
    struct err err = {""};
    int result;

    memcpy(copy, line->data, line->len);
    result = event_read(copy, line->len, event, &err);
    free(copy);
    return result;
}

static unsigned change_recording(const struct recording *recording, uint32_t *seed)
{
    struct buf line = {0};
    unsigned accepted = 0;

    for (int i = 0; i < CHANGES; i++) {
        size_t place = viewer_random(seed) % recording->lines.count;
        struct event event;

        change_line(recording, recording->lines.items[place], &line, seed);
        if (read_exact(&line, &event) != 0)
            continue;
        accepted++;
        view(recording, place, &event, seed);
        event_clear(&event);
    }
    buf_free(&line);
    return accepted;
}

static void changed_recordings_are_shown(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (size_t i = 0; i < sizeof(recordings) / sizeof(*recordings); i++) {
        struct recording recording;

        recording_open(&recording, recordings[i]);
        /* Else the changes are too wild to test much. */
        assert_true(change_recording(&recording, &seed) > CHANGES / 3);
        recording_close(&recording);
    }
}

/* The line with the largest number at `at` that is read there. False if none is. */
static bool read_largest(const char *line, const char *at, struct event *event)
{
    static const char *const largest[] = {"9223372036854775807", "4294967295", "65535"};
    struct buf changed = {0};
    bool read = false;

    for (size_t i = 0; !read && i < sizeof(largest) / sizeof(*largest); i++) {
        buf_clear(&changed);
        put_value(&changed, line, at, largest[i], strlen(largest[i]));
        read = read_exact(&changed, event) == 0;
    }
    buf_free(&changed);
    return read;
}

/* Sums and differences of the largest numbers overflow, if nobody bounds them. */
static void the_largest_numbers_are_shown(void **state)
{
    struct recording recording;
    uint32_t seed = 4;

    (void)state;
    recording_open(&recording, recordings[1]);
    for (size_t i = 0; i < recording.lines.count; i += EACH_LINE) {
        const char *line = recording.lines.items[i], *end = strchr(line, '\n');
        const char *colon = line;

        while ((colon = memmem(colon, (size_t)(end - colon), "\":", 2))) {
            struct event event;

            colon += 2;
            if (*colon < '0' || *colon > '9' || !read_largest(line, colon, &event))
                continue;
            view(&recording, i, &event, &seed);
            event_clear(&event);
        }
    }
    recording_close(&recording);
}

/* ----------------------------------------------------------- other orders */

/* Lines that are left out, or come again, or too early: what they speak of may not be
 * there. */
static void events_in_any_order_are_shown(void **state)
{
    uint32_t seed = 2;

    (void)state;
    for (size_t i = 0; i < sizeof(recordings) / sizeof(*recordings); i++) {
        struct recording recording;
        struct plain plain;
        struct world world;

        recording_open(&recording, recordings[i]);
        plain = (struct plain){.lesson = recording.lesson};
        world_init(&world);
        for (int k = 0; k < 3000; k++) {
            size_t place = viewer_random(&seed) % recording.journal.events.count;

            /* A lab line empties the world: not too often. */
            if (recording.journal.events.items[place].kind != EVENT_LAB ||
                viewer_random(&seed) % 4 == 0)
                fold(&world, &plain, &recording.journal.events.items[place]);
            if (k % 50 == 0)
                viewer_draw(recording.lesson, &world, &seed);
        }
        viewer_point(recording.lesson, &world, &seed);
        viewer_export(recording.lesson, &world, recording.journal.events.items,
                      recording.journal.events.count);
        plain_free(&plain);
        world_free(&world);
        recording_close(&recording);
    }
}

/* ----------------------------------------------------------- cut off */

/* A recording that ends anywhere is one that still grows: all whole lines are there. */
static void truncated_recordings_are_read(void **state)
{
    struct recording recording;

    (void)state;
    recording_open(&recording, recordings[0]);
    for (size_t i = 0; i <= CUTS; i++) {
        size_t len = recording.text.len * i / CUTS, lines = 0;
        char *exact = mem_new(len ? len : 1, 1);
        struct journal journal = {.keep_text = true};
        struct err err = {""};

        memcpy(exact, recording.text.data, len);
        assert_int_equal(journal_feed(&journal, exact, len, &err), 0);
        free(exact);
        while (lines < recording.lines.count &&
               (size_t)(strchr(recording.lines.items[lines], '\n') + 1 -
                        recording.text.data) <= len)
            lines++;
        assert_int_equal(journal.events.count, lines);
        assert_int_equal(journal.text.len + journal.partial.len, len);
        journal_free(&journal);
    }
    recording_close(&recording);
}

/* The screen at each moment of a run, as Back and Next show it. */
static void each_moment_is_shown(void **state)
{
    uint32_t seed = 3;

    (void)state;
    for (size_t i = 0; i < sizeof(recordings) / sizeof(*recordings); i++) {
        struct recording recording;
        struct world world;
        struct err err = {""};

        recording_open(&recording, recordings[i]);
        world_init(&world);
        vec_each (event, &recording.journal.events) {
            assert_int_equal(world_apply(&world, event, &err), 0);
            viewer_draw(recording.lesson, &world, &seed);
        }
        world_free(&world);
        recording_close(&recording);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_recordings_are_shown),
        cmocka_unit_test(the_largest_numbers_are_shown),
        cmocka_unit_test(events_in_any_order_are_shown),
        cmocka_unit_test(truncated_recordings_are_read),
        cmocka_unit_test(each_moment_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
