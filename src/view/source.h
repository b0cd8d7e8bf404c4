/* source: the code that a thread runs, its current line marked, and for how long the
 * kernel has kept it waiting. Pure. */
#ifndef SOCKETARIUM_VIEW_SOURCE_H
#define SOCKETARIUM_VIEW_SOURCE_H

#include "model/world.h"
#include "view/canvas.h"

/* Draws a title row (thread, what it does now: "blocked in accept() for 12 s", "idle")
 * and as much of the source around the current line as fits. */
void source_draw(const struct world_thread *thread, int64_t now_ns,
                 struct canvas *canvas, struct area area);

#endif
