/* log: the lines that have run, and what came of each: what the free lab shows instead
 * of a lesson's text. Pure.
 */
#ifndef SOCKETARIUM_VIEW_LOG_H
#define SOCKETARIUM_VIEW_LOG_H

#include "model/world.h"
#include "view/canvas.h"

/* Draws from line `scroll` on (-1: so that the end is seen). Returns the lines that it
 * would take in all. */
int log_draw(const struct world *world, int scroll, struct canvas *canvas,
             struct area area);

#endif
