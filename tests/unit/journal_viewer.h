/* journal_viewer: what a reader of a recording can ask of a world, all of it: drawn at
 * each size and with each sheet, told in plain lines, exported. For tests and fuzzing
 * that only ask whether it stands.
 */
#ifndef SOCKETARIUM_TESTS_JOURNAL_VIEWER_H
#define SOCKETARIUM_TESTS_JOURNAL_VIEWER_H

#include <stdlib.h>
#include <string.h>

#include "export/export.h"
#include "lesson/markdown.h"
#include "model/glossary.h"
#include "view/ladder.h"
#include "view/lesson_screen.h"
#include "view/plain.h"
#include "view/prose.h"
#include "view/table.h"

static inline uint32_t viewer_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* The lesson whose text the lab line has; it may be broken. The caller frees. */
static inline struct lesson *viewer_lesson(const struct event *lab)
{
    const char *text = lab->kind == EVENT_LAB && lab->lab.text ? lab->lab.text : "";
    lesson_error_list errors = {0};
    struct lesson *lesson = markdown_parse("a.md", text, strlen(text), &errors);

    lesson_error_list_free(&errors);
    return lesson;
}

/* One of the screens that the seed chooses. */
static inline void viewer_draw(const struct lesson *lesson, const struct world *world,
                               uint32_t *seed)
{
    static const struct area sizes[] = {{.width = 60, .height = 15},
                                        {.width = 80, .height = 24},
                                        {.width = 120, .height = 36},
                                        {.width = 200, .height = 50}};
    static const struct glossary none;
    struct area size = sizes[viewer_random(seed) % 4];
    struct lesson_look look = {.number = "9",
                               .glossary = &none,
                               .now_ns = viewer_random(seed) % 4 ? world->t_ns : 0,
                               .focus = viewer_random(seed) % PANE_SHEET,
                               .zoom = viewer_random(seed) % 4 == 0,
                               .without_text = viewer_random(seed) % 4 == 0,
                               .absolute = viewer_random(seed) % 2,
                               .wire_selected = (int)(viewer_random(seed) % 50),
                               .wire_up = (int)(viewer_random(seed) % 50),
                               .sockets_selected = (int)(viewer_random(seed) % 4) - 1};
    struct lesson_drawn drawn;
    struct canvas canvas;

    if (viewer_random(seed) % 2)
        look.sheet = viewer_random(seed) % (SHEET_NOTES + 1);
    if (world->packets.count)
        look.packet =
            world->packets.items[viewer_random(seed) % world->packets.count].id;
    if (world->socks.count) {
        const struct world_sock *sock =
            &world->socks.items[viewer_random(seed) % world->socks.count];

        look.sock_host = sock->host;
        look.cookie = sock->sock.cookie;
    }
    canvas_init(&canvas, size.width, size.height);
    canvas.ascii = viewer_random(seed) % 4 == 0;
    lesson_screen_draw(lesson, world, &look, &canvas, &drawn);
    canvas_free(&canvas);
}

/* What a mouse or a key asks. */
static inline void viewer_point(const struct lesson *lesson, const struct world *world,
                                uint32_t *seed)
{
    int line = (int)(viewer_random(seed) % 60);
    const struct world_sock *sock;

    ladder_at(world, 48, line, &sock);
    table_index_at(world, line);
    table_at(world, line);
    prose_answer_at(lesson, world, 40, line);
    prose_answers_line(lesson, world, 40);
}

/* All that the end of a recording is turned into. */
static inline void viewer_export(const struct lesson *lesson, const struct world *world,
                                 const struct event *events, size_t count)
{
    const struct handout_look look = {.answers = true};
    struct err err = {""};
    struct buf out = {0};
    size_t failed;

    export_json(world, &out);
    export_pcap(events, count, &out, &err);
    export_handout(lesson, events, count, &look, &out, &failed, &err);
    buf_free(&out);
}

#endif
