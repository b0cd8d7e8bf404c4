/* lesson_scene: a lesson and the journal of its run, drawn by lesson_screen_draw, for
 * the tests of view/lesson_screen. */
#ifndef SOCKETARIUM_TESTS_LESSON_SCENE_H
#define SOCKETARIUM_TESTS_LESSON_SCENE_H

#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "lesson/markdown.h"
#include "view/lesson_screen.h"

static const char scene_text[] =
    "# The handshake\n"
    "\n"
    "## The client calls\n"
    "\n"
    "The client's program calls `connect()`.\n"
    "\n"
    "```lab\n"
    "client: connect(c, 192.168.0.101:6666)\n"
    "```\n"
    "\n"
    "The SYN is HELD. What does the server's kernel know?\n"
    "\n"
    "- [x] Nothing\n"
    "- [ ] A half-open connection\n"
    "\n"
    "> It is still on the wire.\n"
    "\n"
    "And the client? Its `connect()` waits for an answer. The program sleeps, and the\n"
    "kernel sends the SYN again when no answer comes in time. That goes on for a long\n"
    "while, for nobody told the client that its SYN is held.\n";

struct lesson_scene {
    struct lesson *lesson;
    struct world world;
    struct lesson_look look;
    struct lesson_drawn drawn;
    struct canvas canvas;
    uint64_t seq;
};

/* One line of the journal, without seq and t. */
static inline void scene_event(struct lesson_scene *scene, const char *fields)
{
    char *line = mem_printf("{\"seq\":%llu,\"t\":1.0,%s}",
                            (unsigned long long)++scene->seq, fields);
    struct err err = {""};
    struct event event;

    if (event_read(line, strlen(line), &event, &err) != 0)
        fail_msg("%s\n%s", err.text, line);
    if (world_apply(&scene->world, &event, &err) != 0)
        fail_msg("%s\n%s", err.text, line);
    event_clear(&event);
    free(line);
}

#define SCENE_HOST(name, address)                                                  \
    "\"event\":\"host\",\"host\":\"" name "\",\"change\":\"added\",\"addresses\":" \
    "[\"" address "\"]"
#define SCENE_CALL(thread, call, args, status, more)                \
    "\"event\":\"call\",\"thread\":\"" thread "\",\"call\":\"" call \
    "\",\"args\":\"" args "\",\"status\":\"" status "\"" more
#define SCENE_SOCKET(host, id, local, remote, from, state, more)               \
    "\"event\":\"socket\",\"host\":\"" host "\",\"id\":\"" id "\",\"change\":" \
    "\"appeared\",\"proto\":\"tcp\",\"family\":4,\"local\":\"" local           \
    "\",\"remote\":\"" remote "\",\"from\":\"" from "\",\"state\":\"" state "\"" more
#define SCENE_PAGE(shown)                                            \
    "\"event\":\"page\",\"page\":1,\"pages\":3,\"shown\":" shown "," \
    "\"title\":\"The client calls\""

/* A server that listens, a client whose SYN is held, and the question about it. */
static inline void scene_play(struct lesson_scene *scene)
{
    scene_event(scene, SCENE_HOST("client", "192.168.0.110"));
    scene_event(scene, SCENE_HOST("server", "192.168.0.101"));
    scene_event(scene, "\"event\":\"wire\",\"mode\":\"hold\"");
    scene_event(scene, SCENE_CALL("server", "listen", "s, 5", "started", ",\"line\":3"));
    scene_event(scene, SCENE_CALL("server", "listen", "s, 5", "returned",
                                  ",\"line\":3,\"result\":\"0\""));
    scene_event(scene, SCENE_SOCKET("server", "a", "0.0.0.0:6666", "0.0.0.0:*", "CLOSED",
                                    "LISTEN",
                                    ",\"recvq\":0,\"sendq\":5,"
                                    "\"owner\":\"server s\""));
    scene_event(scene, SCENE_CALL("server", "accept", "s", "started", ",\"line\":4"));
    scene_event(scene, SCENE_CALL("server", "accept", "s", "blocked", ",\"line\":4"));
    scene_event(scene, SCENE_PAGE("1"));
    scene_event(scene, "\"event\":\"step\",\"page\":1,\"block\":1,\"step\":1,"
                       "\"steps\":2,\"status\":\"started\"");
    scene_event(scene, SCENE_CALL("client", "connect", "c, 192.168.0.101:6666",
                                  "started", ",\"line\":2"));
    scene_event(scene, "\"event\":\"packet\",\"id\":1,\"action\":\"held\","
                       "\"from\":\"client\",\"to\":\"server\",\"proto\":\"tcp\","
                       "\"flags\":\"SYN\",\"seqno\":0,\"len\":0,"
                       "\"summary\":\"SYN seq=0 win=64240\"");
    scene_event(scene, SCENE_SOCKET("client", "b", "192.168.0.110:41900",
                                    "192.168.0.101:6666", "CLOSED", "SYN-SENT",
                                    ",\"recvq\":0,\"sendq\":1,\"owner\":\"client c\","
                                    "\"timer\":\"resend\",\"deadline_ns\":3000000000"));
    scene_event(scene, SCENE_CALL("client", "connect", "c, 192.168.0.101:6666",
                                  "blocked", ",\"line\":2"));
    scene_event(scene, "\"event\":\"step\",\"page\":1,\"block\":1,\"step\":1,"
                       "\"steps\":2,\"status\":\"done\"");
    scene_event(scene, SCENE_PAGE("4"));
    scene_event(scene, "\"event\":\"question\",\"page\":1,\"block\":3,"
                       "\"status\":\"open\"");
}

static inline struct lesson_scene *scene_new(void)
{
    struct lesson_scene *scene = mem_new(1, sizeof(*scene));
    lesson_error_list errors = {0};

    scene->lesson = markdown_parse("test.md", scene_text, strlen(scene_text), &errors);
    lesson_error_list_free(&errors);
    world_init(&scene->world);
    scene->look.number = "9";
    scene->look.standing = "live";
    scene->look.now_ns = 2600000000;
    scene->look.sockets_selected = -1;
    scene->look.footer =
        "\0011-2\002 answer   \001Space\002 show answer   \001q\002 leave";
    return scene;
}

static inline struct lesson_scene *played(void)
{
    struct lesson_scene *scene = scene_new();

    scene_play(scene);
    return scene;
}

static inline void scene_free(struct lesson_scene *scene)
{
    canvas_free(&scene->canvas);
    world_free(&scene->world);
    lesson_free(scene->lesson);
    free(scene);
}

static inline void scene_draw(struct lesson_scene *scene, int width, int height)
{
    canvas_free(&scene->canvas);
    canvas_init(&scene->canvas, width, height);
    lesson_screen_draw(scene->lesson, &scene->world, &scene->look, &scene->canvas,
                       &scene->drawn);
}

/* Compares, and frees the scene. */
static inline void assert_screen(struct lesson_scene *scene, int width, int height,
                                 const char *picture)
{
    scene_draw(scene, width, height);
    assert_picture(&scene->canvas, picture);
    scene_free(scene);
}

#endif
