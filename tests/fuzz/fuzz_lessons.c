/* A stranger's lesson: read, its lab lines compiled, its errors told, drawn page by
 * page, and handed out. */
#include <stdlib.h>
#include <string.h>

#include "../unit/journal_viewer.h"
#include "lesson/glossary_file.h"
#include "lesson/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void draw_pages(const struct lesson *lesson, uint32_t seed)
{
    struct world world;

    world_init(&world);
    for (size_t i = 0; i < lesson->pages.count && i < 20; i++) {
        world.lesson.page = (unsigned)i + 1;
        world.lesson.pages = (unsigned)lesson->pages.count;
        world.lesson.shown = (unsigned)lesson->pages.items[i].blocks.count;
        viewer_draw(lesson, &world, &seed);
        viewer_point(lesson, &world, &seed);
    }
    viewer_export(lesson, &world, NULL, 0);
    world_free(&world);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct glossary glossary = {0};
    struct loaded loaded;
    struct buf text = {0};

    buf_add(&text, data, size);
    library_load_text("01-a.md", buf_text(&text), size, &loaded);
    glossary_read(buf_text(&text), size, &glossary);
    draw_pages(loaded.lesson, (uint32_t)size);
    buf_clear(&text);
    loaded_error_text(&loaded, &text);
    loaded_runs_text(&loaded, &text);
    glossary_clear(&glossary);
    loaded_free(&loaded);
    buf_free(&text);
    return 0;
}
