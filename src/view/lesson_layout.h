/* lesson_layout: where on the lesson screen each pane stands. Pure; for lesson_screen
 * and for whoever finds out what a mouse has hit.
 *
 *  Narrow:                          Wide (from 110 columns):
 *   title                            title
 *  ─ page ──────┬─ Wire ─────       ┌─ page ─────┬─ Wire ──────┬─ Programs ─┐
 *   prose       │  ladder           │ prose      │ ladder      │ source     │
 *  ─ Sockets ───┴────────────       ├─ Sockets ──┴─────────────┴────────────┤
 *   table                           │ table                                 │
 *   footer                          └───────────────────────────────────────┘
 *                                    footer
 *
 * Very wide (from 190 by 44): the state map stands beside the table. With three hosts or
 * more, and narrow, the prose is a strip above a wire of full width. Without the text
 * the wire takes its room.
 */
#ifndef SOCKETARIUM_VIEW_LESSON_LAYOUT_H
#define SOCKETARIUM_VIEW_LESSON_LAYOUT_H

#include "view/lesson_screen.h"

struct lesson_layout {
    bool boxes;
    struct area panes[PANE_COUNT]; /* height 0: not there */
    int titles[PANE_COUNT];        /* columns where their titles begin */
    int top, middle, bottom;       /* rows of the lines; bottom is -1 without boxes */
    int split[2];                  /* columns of the upright lines above; -1: none */
    int low_split;                 /* of the one beside the table; -1: none */
};

void lesson_layout_make(const struct canvas *canvas, const struct world *world,
                        const struct lesson_look *look, struct lesson_layout *layout);

#endif
