/* picture: a view of the world on a canvas of its own, as large as the view needs. Pure;
 * one thread at a time. The caller frees the canvas.
 */
#ifndef SOCKETARIUM_EXPORT_PICTURE_H
#define SOCKETARIUM_EXPORT_PICTURE_H

#include "model/page.h"
#include "model/world.h"
#include "view/canvas.h"

enum picture_view {
    PICTURE_SCREEN, /* as a reader sees it */
    PICTURE_LADDER, /* all of it, not only what fits a screen */
    PICTURE_TABLE,
    PICTURE_STATES, /* the map of the states */
    PICTURE_BOTH,   /* the ladder, and the table below it */
    PICTURE_COUNT
};

struct picture_look {
    enum picture_view view;
    int width, height; /* the height counts for screen and states only */
    bool ascii;
};

/* The view of that name, as --view takes it, or -1; and the name of one, NULL when it
 * cannot be asked for by name. */
int picture_view_find(const char *name);
const char *picture_view_name(enum picture_view view);

/* "recorded 2026-11-20T20:00:00Z on Linux 6.18 by socketarium 0.1", as far as it is
 * known: what a reader of a picture cannot see. A new string (the caller frees). */
char *picture_origin(const struct world *world);

/* Draws the view, at the world's own time. */
void picture_draw(const struct lesson *lesson, const struct world *world,
                  const struct picture_look *look, struct canvas *canvas);

#endif
