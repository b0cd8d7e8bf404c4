/* lesson_screen: the whole screen of a lesson: title, panes, footer (DESIGN section 4).
 * Pure. Where the panes stand, lesson_layout says.
 */
#ifndef SOCKETARIUM_VIEW_LESSON_SCREEN_H
#define SOCKETARIUM_VIEW_LESSON_SCREEN_H

#include <stdbool.h>

#include "model/page.h"
#include "model/world.h"
#include "view/canvas.h"

#define SCREEN_LEAST_WIDTH 60
#define SCREEN_LEAST_HEIGHT 15

/* What Tab goes through; the sheet is none of them. */
enum pane {
    PANE_PROSE,
    PANE_WIRE,
    PANE_SOURCE,
    PANE_SOCKETS,
    PANE_MAP,
    PANE_SHEET,
    PANE_COUNT
};

/* What has the screen for a while, instead of the panes (view/lesson_sheet.h). */
enum lesson_sheet {
    SHEET_NONE,
    SHEET_MAP,
    SHEET_DETAILS, /* of the selected socket */
    SHEET_SEGMENT, /* the selected packet */
    SHEET_GLOSSARY,
    SHEET_NOTES, /* the speaker's, for this page */
};

struct glossary;

struct lesson_look {
    const char *number; /* "9", or "" */
    enum pane focus;
    bool zoom;            /* the focused pane has the screen */
    bool lab;             /* the free lab: the lines that have run instead of a text */
    bool without_text;    /* the wire takes the prose's room */
    const char *standing; /* "live", "review", ...: seven columns */
    bool standing_marked; /* it is not what the reader takes for granted */
    int prose_scroll;     /* lines above the pane */
    int wire_up, wire_right;
    int wire_selected;    /* a line of the ladder, from 1; 0: none */
    bool absolute;        /* sequence numbers as they are on the wire */
    int source_scroll;    /* threads above the pane */
    int sockets_selected; /* -1: none */
    int sockets_scroll;   /* lines above the pane, while the selection is in sight */
    unsigned toggled;     /* answers chosen and not yet sent */
    int64_t now_ns;       /* journal's time */
    const char
        *footer; /* the last row: keys; with \1 before and \2 after what is a key */
    const char *message; /* instead of the footer, or NULL; it may grow upwards */
    bool message_is_error;
    const char *input; /* the line being typed, or NULL; then a message is above it */
    size_t input_cursor; /* bytes of it before the cursor */
    enum lesson_sheet sheet;
    int sheet_scroll;
    uint32_t packet;                 /* SHEET_SEGMENT: its id */
    unsigned sock_host;              /* SHEET_DETAILS: whose socket, */
    uint64_t cookie;                 /* and which */
    const struct glossary *glossary; /* or NULL */
};

/* What the drawing found out, for whoever scrolls. */
struct lesson_drawn {
    int prose_lines, prose_height;
    int answers_line; /* view/prose.h: prose_answers_line */
    int wire_lines, wire_height;
    int sockets_lines, sockets_height, sockets_scroll, sockets_pinned;
    int sheet_lines, sheet_height;
    struct area panes[PANE_COUNT]; /* height 0: not there */
};

void lesson_screen_draw(const struct lesson *lesson, const struct world *world,
                        const struct lesson_look *look, struct canvas *canvas,
                        struct lesson_drawn *drawn);

static inline bool lesson_pane_there(const struct lesson_drawn *drawn, enum pane pane)
{
    return drawn->panes[pane].height > 0;
}

/* Below the least size, a screen asks for a larger window instead. */
bool screen_too_small(const struct canvas *canvas);
void screen_draw_too_small(struct canvas *canvas);

#endif
