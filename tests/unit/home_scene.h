/* home_scene: a list of lessons, some of them begun, as the tests of its pictures have
 * it. */
#ifndef SOCKETARIUM_TESTS_HOME_SCENE_H
#define SOCKETARIUM_TESTS_HOME_SCENE_H

#include "picture.h"
#include "view/home.h"

static const struct home_row scene_rows[] = {
    {.number = "0",
     .title = "First look",
     .part = "Start",
     .summary = "The screen in three minutes.",
     .level = "core",
     .time = "3 min",
     .mark = "✓ done",
     .pages = "The screen\nOne step",
     .page = 2,
     .results = "Questions: 1 of 1 answered: 1 at the first try",
     .words = "0 first look start the screen in three minutes. core wire",
     .lesson = true,
     .done = true,
     .core = true},
    {.number = "8",
     .title = "Connected UDP, and nobody home",
     .part = "UDP, without connections",
     .summary = "connect() on a UDP socket sends nothing.",
     .level = "more",
     .time = "12 min",
     .mark = "",
     .pages = "Nothing is sent",
     .results = "1 question",
     .words = "8 connected udp, and nobody home udp, without connections datagram",
     .lesson = true},
    {.number = "9",
     .title = "The three-way handshake",
     .part = "Opening a TCP connection",
     .summary = "Before TCP carries the first byte, three packets cross the wire: SYN, "
                "SYN+ACK, ACK. We stop each of them and look at both ends.",
     .level = "core",
     .time = "15 min",
     .mark = "page 2 of 3",
     .pages = "The server waits\nThe client calls\nThe server answers",
     .page = 2,
     .results =
         "Questions: 2 of 5 answered: 1 at the first try, 1 shown\nNo task solved",
     .words = "9 the three-way handshake opening a tcp connection syn core",
     .lesson = true,
     .core = true},
    {.number = "10",
     .title = "Demultiplexing by four-tuple",
     .part = "Opening a TCP connection",
     .summary = "Each segment finds its own socket.",
     .level = "core",
     .time = "15 min",
     .mark = "",
     .pages = "A web server",
     .results = "",
     .words = "10 demultiplexing by four-tuple opening a tcp connection core",
     .lesson = true,
     .core = true},
    {.number = "",
     .title = "The free lab",
     .part = "Without a lesson",
     .summary = "Hosts, wire and calls of your own.",
     .level = "",
     .time = "",
     .mark = "",
     .pages = "",
     .results = "",
     .words = "the free lab without a lesson"},
};

#define SCENE_FOOTER "\1Enter\2 resume at page 2   \1q\2 leave"

static inline struct home scene_home(void)
{
    struct home home = {.rows = scene_rows,
                        .row_count = sizeof(scene_rows) / sizeof(scene_rows[0]),
                        .footer = SCENE_FOOTER};

    home_filter(&home);
    return home;
}

static inline void assert_home(struct home *home, int width, int height, bool ascii,
                               const char *picture)
{
    struct canvas canvas;

    canvas_init(&canvas, width, height);
    canvas.ascii = ascii;
    home_draw(home, &canvas);
    assert_picture(&canvas, picture);
    canvas_free(&canvas);
}

#endif
