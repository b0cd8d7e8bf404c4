/* lesson_sheet: what has the lesson's screen for a while instead of the panes: the state
 * map, the details of a socket, a packet field by field, the glossary, the speaker's
 * notes. Pure.
 */
#ifndef SOCKETARIUM_VIEW_LESSON_SHEET_H
#define SOCKETARIUM_VIEW_LESSON_SHEET_H

#include "view/lesson_screen.h"
#include "view/statemap.h"

/* Draws look->sheet from its line look->sheet_scroll on. Returns the lines that it would
 * take in all. */
int lesson_sheet_draw(const struct lesson *lesson, const struct world *world,
                      const struct lesson_look *look, struct canvas *canvas,
                      struct area area);

/* How the state map is looked at: with the focus on the sockets, only the selected one's
 * way is bright. */
struct statemap_look lesson_sheet_map(const struct world *world,
                                      const struct lesson_look *look);

const char *lesson_sheet_title(enum lesson_sheet sheet);

#endif
