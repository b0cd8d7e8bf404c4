/* The recordings of the lessons: each lesson has one, of its text as it is now, and it
 * goes to the lesson's end. `make recordings` makes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "lesson/library.h"
#include "model/journal.h"
#include "model/world.h"

#define RECORDING_MOST (1u << 20) /* bytes: they are kept in the repository */

static void assert_at_its_end(const char *name, const struct world *world,
                              const char *text)
{
    const struct world_lesson *lesson = &world->lesson;

    if (!world->source.text || strcmp(world->source.text, text) != 0)
        fail_msg("%s: the recording is of another text; run make recordings", name);
    if (lesson->page != lesson->pages || !lesson->page_finished || lesson->failed ||
        lesson->failures)
        fail_msg("%s: the recording does not go to the lesson's end", name);
    if (world->source.lesson == NULL || strcmp(world->source.lesson, name) != 0)
        fail_msg("%s: the recording has another lesson's name", name);
}

static void read_recording(const char *name, const char *text)
{
    char *path = mem_printf("%s/recordings/%s.ndjson", LESSONS_BUILD_DIR, name);
    struct journal journal = {0};
    struct buf recording = {0};
    struct world world;
    struct err err;

    world_init(&world);
    if (file_read(path, RECORDING_MOST, &recording, &err) < 0)
        fail_msg("%s; run make recordings", err.text);
    if (journal_feed(&journal, recording.data, recording.len, &err) < 0)
        fail_msg("%s:%s", path, err.text);
    vec_each (event, &journal.events)
        if (world_apply(&world, event, &err) < 0)
            fail_msg("%s: %s", path, err.text);
    assert_at_its_end(name, &world, text);
    world_free(&world);
    journal_free(&journal);
    buf_free(&recording);
    free(path);
}

static void each_lesson_has_its_recording(void **state)
{
    library_list list = {0};
    struct err err;

    (void)state;
    assert_int_equal(setenv("SOCKETARIUM_LESSONS", LESSONS_BUILD_DIR, 1), 0);
    assert_int_equal(library_list_all(&list, &err), 0);
    assert_true(list.count > 0);
    vec_each (entry, &list) {
        struct buf text = {0};

        assert_true(file_read(entry->path, LESSON_FILE_MAX, &text, &err) >= 0);
        read_recording(entry->name, buf_text(&text));
        buf_free(&text);
    }
    library_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lesson_has_its_recording),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
