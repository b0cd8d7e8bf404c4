/* lesson_screen: the whole screen of a lesson: title, panes, footer (DESIGN section 4).
 * Pure.
 *
 * Narrow (below 110 columns): prose and wire side by side, the sockets below. With three
 * hosts or more the prose is a strip above a wire of full width. Wide: boxes, and the
 * source that each thread runs beside the wire.
 */
#ifndef SOCKETARIUM_VIEW_LESSON_SCREEN_H
#define SOCKETARIUM_VIEW_LESSON_SCREEN_H

#include <stdbool.h>

#include "model/page.h"
#include "model/world.h"
#include "view/canvas.h"

#define SCREEN_LEAST_WIDTH 60
#define SCREEN_LEAST_HEIGHT 15

enum pane { PANE_PROSE, PANE_WIRE, PANE_SOURCE, PANE_SOCKETS, PANE_COUNT };

struct lesson_look {
    const char *number; /* "9", or "" */
    enum pane focus;
    bool zoom;        /* the focused pane has the screen */
    bool review;      /* looking back */
    int prose_scroll; /* lines above the pane */
    int wire_up, wire_right;
    int source_scroll;    /* threads above the pane */
    int sockets_selected; /* -1: none */
    unsigned toggled;     /* answers chosen and not yet sent */
    int64_t now_ns;       /* journal's time */
    const char
        *footer; /* the last row: keys; with \1 before and \2 after what is a key */
    const char *message; /* instead of the footer, or NULL; it may grow upwards */
    bool message_is_error;
    const char *input; /* the line being typed, or NULL */
};

/* What the drawing found out, for whoever scrolls. */
struct lesson_drawn {
    int prose_lines, prose_height;
    int answers_line; /* view/prose.h: prose_answers_line */
    int wire_lines, wire_height;
    int sockets_lines, sockets_height;
    bool pane_there[PANE_COUNT];
};

void lesson_screen_draw(const struct lesson *lesson, const struct world *world,
                        const struct lesson_look *look, struct canvas *canvas,
                        struct lesson_drawn *drawn);

/* Below the least size, a screen asks for a larger window instead. */
bool screen_too_small(const struct canvas *canvas);
void screen_draw_too_small(struct canvas *canvas);

#endif
