/* How long a frame takes, and Back, when a class has tried things out for a long while:
 * a real run again and again, until its journal has 10,000 events. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "bench.h"
#include "lesson/library.h"
#include "model/journal.h"
#include "model/world.h"
#include "view/ladder.h"
#include "view/lesson_screen.h"

#define EVENTS 10000
#define RECORDING_MOST (1u << 20)
#define FRAMES 60
#define FOLDS 10
#define FRAME_GOAL_MS 5
#define FOLD_GOAL_MS 50

struct run {
    struct journal recorded;
    struct event *events; /* EVENTS of them; their strings are recorded's */
    struct lesson *lesson;
    struct world world;
};

/* ----------------------------------------------------------- a long run */

/* What is numbered counts on from lab to lab, so that nothing is taken for another. */
struct numbers {
    uint32_t packets, most; /* added to each id; the largest one so far */
    uint64_t cookies;
};

static void renumber(struct event *event, struct numbers *numbers)
{
    switch (event->kind) {
    case EVENT_PACKET:
        event->packet.id += numbers->packets;
        event->packet.of += event->packet.of ? numbers->packets : 0;
        event->packet.joins += event->packet.joins ? numbers->packets : 0;
        if (numbers->most < event->packet.id)
            numbers->most = event->packet.id;
        break;
    case EVENT_SOCKET:
        event->socket.sock.cookie += numbers->cookies;
        break;
    case EVENT_CALL:
        event->call.socket += event->call.socket ? numbers->cookies : 0;
        break;
    case EVENT_LAB:
        numbers->packets = numbers->most;
        numbers->cookies += UINT64_C(1) << 32;
        break;
    case EVENT_HOST:
    case EVENT_WIRE:
    case EVENT_STEP:
    case EVENT_PAGE:
    case EVENT_EXPECT:
    case EVENT_QUESTION:
    case EVENT_TASK:
    case EVENT_OUTPUT:
    case EVENT_LOST:
    case EVENT_KIND_COUNT:
        break;
    }
}

/* A lab line begins anew: only the first one is taken. */
static void repeat(struct run *run)
{
    const struct journal *journal = &run->recorded;
    struct numbers numbers = {0};
    int64_t begun_ns = 0;

    run->events = mem_new(EVENTS, sizeof(*run->events));
    for (size_t count = 0, next = 0; count < EVENTS; next++) {
        struct event *event = &run->events[count];

        if (next == journal->events.count) {
            next = 0;
            begun_ns += vec_last(&journal->events)->t_ns;
        }
        *event = journal->events.items[next];
        renumber(event, &numbers);
        if (event->kind == EVENT_LAB && count)
            continue;
        event->seq = count++;
        event->t_ns += begun_ns;
    }
}

static void run_open(struct run *run, const char *name)
{
    struct buf text = {0};
    lesson_error_list errors = {0};
    const struct event *lab;
    struct err err = {""};
    char *path = NULL;
    int fd = library_recording(name, &path);

    *run = (struct run){.lesson = NULL};
    if (fd < 0)
        bench_give_up(77, "%s: no recording: %s", name, strerror(-fd));
    close(fd);
    if (file_read(path, RECORDING_MOST, &text, &err) < 0 ||
        journal_feed(&run->recorded, text.data, text.len, &err) < 0)
        bench_give_up(1, "%s: %s", path, err.text);
    lab = &run->recorded.events.items[0];
    run->lesson = markdown_parse(path, lab->lab.text, strlen(lab->lab.text), &errors);
    lesson_error_list_free(&errors);
    buf_free(&text);
    free(path);
    repeat(run);
}

static void run_close(struct run *run)
{
    world_free(&run->world);
    free(run->events);
    lesson_free(run->lesson);
    journal_free(&run->recorded);
}

/* ----------------------------------------------------------- what is measured */

static void measure_fold(struct run *run)
{
    sample_list times = {0};
    struct err err = {""};

    for (int i = 0; i < FOLDS; i++) {
        int64_t begun = clock_now_ns();

        world_free(&run->world);
        for (size_t k = 0; k < EVENTS; k++)
            if (world_apply(&run->world, &run->events[k], &err) < 0)
                bench_give_up(1, "event %zu: %s", k, err.text);
        samples_add(&times, begun);
    }
    samples_print("Back: 10,000 events folded", &times, FOLD_GOAL_MS);
    printf("    %zu rows, %zu packets, %zu sockets, %zu threads\n",
           run->world.rows.count, run->world.packets.count, run->world.socks.count,
           run->world.threads.count);
    vec_free(&times);
}

static void measure_frames(const struct run *run, int width, int height, int up)
{
    struct lesson_look look = {.number = "9",
                               .standing = "live",
                               .footer = "\001Space\002 next",
                               .now_ns = run->world.t_ns,
                               .sockets_selected = -1,
                               .wire_up = up};
    struct lesson_drawn drawn;
    sample_list times = {0};
    struct canvas canvas;
    char *what = mem_printf("a frame at %dx%d%s", width, height,
                            up ? ", the wire scrolled back" : "");

    canvas_init(&canvas, width, height);
    for (int i = 0; i < FRAMES; i++) {
        int64_t begun = clock_now_ns();

        lesson_screen_draw(run->lesson, &run->world, &look, &canvas, &drawn);
        samples_add(&times, begun);
    }
    samples_print(what, &times, FRAME_GOAL_MS);
    canvas_free(&canvas);
    vec_free(&times);
    free(what);
}

/* What stands on a line, as a mouse or Enter asks. */
static void measure_finding(const struct run *run)
{
    const struct world_sock *sock;
    sample_list times = {0};

    for (int i = 0; i < FRAMES; i++) {
        int64_t begun = clock_now_ns();

        ladder_at(&run->world, 48, i * 10, &sock);
        samples_add(&times, begun);
    }
    samples_print("what stands on a line of the wire", &times, FRAME_GOAL_MS);
    vec_free(&times);
}

static void measure(const char *name)
{
    struct run run;

    printf("%s, again and again\n", name);
    run_open(&run, name);
    measure_fold(&run);
    measure_frames(&run, 80, 24, 0);
    measure_frames(&run, 120, 36, 0);
    measure_frames(&run, 200, 50, 0);
    measure_frames(&run, 200, 50, 1000);
    measure_finding(&run);
    run_close(&run);
}

int main(int argc, char **argv)
{
    static const char *const all[] = {
        "09-the-three-way-handshake", "15-a-stream-of-bytes", /* long data */
        "31-syn-flood",                                       /* many packets */
    };

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        measure(argv[i]);
    for (size_t i = 0; argc == 1 && i < sizeof(all) / sizeof(all[0]); i++)
        measure(all[i]);
    return 0;
}
