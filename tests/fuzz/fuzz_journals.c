/* A stranger's recording: read as far as it can be read, drawn now and then, told in
 * plain lines, and exported. */
#include <stdlib.h>
#include <string.h>

#include "../unit/journal_viewer.h"
#include "model/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void view(const struct journal *journal, uint32_t seed)
{
    struct lesson *lesson = viewer_lesson(&journal->events.items[0]);
    struct plain plain = {.lesson = lesson};
    struct buf told = {0};
    struct err err = {""};
    struct world world;

    world_init(&world);
    vec_each (event, &journal->events) {
        if (world_apply(&world, event, &err) == 0)
            plain_tell(&plain, &world, event, &told);
        if (viewer_random(&seed) % 16 == 0)
            viewer_draw(lesson, &world, &seed);
    }
    viewer_draw(lesson, &world, &seed);
    viewer_point(lesson, &world, &seed);
    viewer_export(lesson, &world, journal->events.items, journal->events.count);
    plain_free(&plain);
    lesson_free(lesson);
    world_free(&world);
    buf_free(&told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct journal journal = {0};
    struct err err = {""};

    journal_feed(&journal, data, size, &err);
    if (journal.events.count)
        view(&journal, (uint32_t)size);
    journal_free(&journal);
    return 0;
}
