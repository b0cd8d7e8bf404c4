/* How long a reader waits: for a lab of three hosts, and for each step of the lessons.
 * What the screen does with a session, without the terminal. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench.h"
#include "lesson/library.h"
#include "lesson/session.h"
#include "model/journal.h"
#include "model/world.h"
#include "view/lesson_screen.h"

#define LABS 40
#define ROUNDS 5
#define LAB_GOAL_MS 40
#define STEP_GOAL_MS 15

struct reader {
    struct loaded loaded;
    struct session session;
    struct journal journal;
    struct world world;
    size_t at;
    bool answered; /* since the last press: a page, a step done, a question, a task */
    bool ran;      /* ... and commands ran in the lab */
    struct lesson_look look;
    struct lesson_drawn drawn;
    struct canvas canvas;
};

static void load_text(struct loaded *loaded, const char *text)
{
    *loaded = (struct loaded){.path = mem_strdup("three-hosts.md"),
                              .name = mem_strdup("three-hosts"),
                              .text = mem_strdup(text)};
    loaded->lesson = markdown_parse(loaded->path, text, strlen(text), &loaded->errors);
    script_compile(loaded->lesson, &loaded->script, &loaded->errors);
}

static void load_called(struct loaded *loaded, const char *called)
{
    struct err err;
    char *path = library_find(called, &err);

    if (!path || library_load(path, loaded, &err) < 0)
        bench_give_up(1, "%s", err.text);
    free(path);
}

static void reader_open(struct reader *reader)
{
    struct session_plan plan = {.lesson = reader->loaded.lesson,
                                .script = &reader->loaded.script,
                                .text = reader->loaded.text,
                                .name = reader->loaded.name};
    struct err err;

    if (reader->loaded.errors.count)
        bench_give_up(1, "%s", reader->loaded.errors.items[0].text);
    reader->look.number = "";
    canvas_init(&reader->canvas, 120, 36);
    world_init(&reader->world);
    if (session_start(&reader->session, &plan, &err) < 0)
        bench_give_up(77, "%s", err.text);
}

static void reader_close(struct reader *reader)
{
    session_end(&reader->session);
    journal_free(&reader->journal);
    world_free(&reader->world);
    canvas_free(&reader->canvas);
    loaded_free(&reader->loaded);
}

static void take(struct reader *reader, const struct event *event)
{
    struct err err;

    if (world_apply(&reader->world, event, &err) < 0)
        bench_give_up(1, "%s", err.text);
    if (event->kind == EVENT_PAGE || event->kind == EVENT_QUESTION ||
        event->kind == EVENT_TASK ||
        (event->kind == EVENT_STEP && event->step.status == STEP_DONE))
        reader->answered = true;
    if (event->kind == EVENT_STEP && event->step.status == STEP_LINE)
        reader->ran = true;
}

static void read_journal(struct reader *reader)
{
    char piece[65536];
    ssize_t got = read(reader->session.fd, piece, sizeof(piece));
    struct err err;

    if (got <= 0)
        bench_give_up(1, "the lab has ended");
    if (journal_feed(&reader->journal, piece, (size_t)got, &err) < 0)
        bench_give_up(1, "%s", err.text);
    for (; reader->at < reader->journal.events.count; reader->at++)
        take(reader, &reader->journal.events.items[reader->at]);
}

/* Twice, as the lesson screen does: the first time tells what there is to scroll. */
static void draw(struct reader *reader)
{
    canvas_clear(&reader->canvas);
    reader->look.now_ns = reader->world.t_ns;
    for (int i = 0; i < 2; i++)
        lesson_screen_draw(reader->loaded.lesson, &reader->world, &reader->look,
                           &reader->canvas, &reader->drawn);
}

/* Until what was asked for is done, and drawn as often as news came. */
static void settle(struct reader *reader, unsigned hosts)
{
    while (!reader->answered || reader->world.lesson.running ||
           reader->world.host_count < hosts) {
        struct pollfd readable = {.fd = reader->session.fd, .events = POLLIN};

        if (poll(&readable, 1, 20000) <= 0)
            bench_give_up(1, "page %u: nothing happens", reader->world.lesson.page);
        read_journal(reader);
        draw(reader);
    }
    if (reader->world.lesson.failed)
        bench_give_up(1, "page %u: %s", reader->world.lesson.page,
                      reader->world.lesson.text);
}

/* ----------------------------------------------------------- what is measured */

static void measure_labs(void)
{
    sample_list times = {0};

    for (int i = 0; i < LABS; i++) {
        struct reader reader = {.at = 0};
        int64_t begun;

        load_text(&reader.loaded, bench_three_hosts);
        begun = clock_now_ns();
        reader_open(&reader);
        settle(&reader, 3);
        samples_add(&times, begun);
        reader_close(&reader);
    }
    samples_print("lab of three hosts, up and drawn", &times, LAB_GOAL_MS);
    vec_free(&times);
}

static bool at_the_end(const struct world *world)
{
    return world->lesson.page == world->lesson.pages && world->lesson.page_finished;
}

static void press(struct reader *reader, sample_list *steps, sample_list *pages)
{
    const struct world_lesson *lesson = &reader->world.lesson;
    int64_t begun = clock_now_ns();

    reader->answered = reader->ran = false;
    session_next(&reader->session);
    settle(reader, 0);
    samples_add(reader->ran ? steps : pages, begun);
    if (reader->ran && *vec_last(steps) > STEP_GOAL_MS)
        printf("    page %u step %u took %.1f ms\n", lesson->page, lesson->step,
               *vec_last(steps));
}

static void measure_lesson(const char *called)
{
    sample_list steps = {0}, pages = {0};
    char *name = NULL, *what;

    for (int i = 0; i < ROUNDS; i++) {
        struct reader reader = {.at = 0};

        load_called(&reader.loaded, called);
        reader_open(&reader);
        settle(&reader, 1);
        while (!at_the_end(&reader.world))
            press(&reader, &steps, &pages);
        if (!name)
            name = mem_strdup(reader.loaded.name);
        reader_close(&reader);
    }
    what = mem_printf("%s, steps", name);
    samples_print(what, &steps, STEP_GOAL_MS);
    free(what);
    what = mem_printf("%s, other presses", name);
    samples_print(what, &pages, STEP_GOAL_MS);
    free(what);
    free(name);
    vec_free(&steps);
    vec_free(&pages);
}

int main(int argc, char **argv)
{
    static const char *const all[] = {"2", "6", "9"};

    setvbuf(stdout, NULL, _IOLBF, 0);
    measure_labs();
    for (int i = 1; i < argc; i++)
        measure_lesson(argv[i]);
    for (size_t i = 0; argc == 1 && i < sizeof(all) / sizeof(all[0]); i++)
        measure_lesson(all[i]);
    return 0;
}
