/* prose: a lesson's page as far as it is unfolded. Pure. */
#ifndef SOCKETARIUM_VIEW_PROSE_H
#define SOCKETARIUM_VIEW_PROSE_H

#include "model/page.h"
#include "model/world.h"
#include "view/canvas.h"

struct prose_look {
    int scroll;       /* lines above the area; -1: so that the end is seen */
    unsigned toggled; /* answers chosen but not yet sent: bit 0 is answer 1 */
};

/* Draws the blocks that world->lesson says are unfolded: prose, questions with numbered
 * answers (after they were answered: which is right, what was chosen, and the
 * explanation), tasks. An answer that is still open is never told. Returns the lines it
 * would take in all. */
int prose_draw(const struct lesson *lesson, const struct world *world,
               const struct prose_look *look, struct canvas *canvas, struct area area);

/* The line on which the answers of the last question begin that is not open any more,
 * when the page is laid out in so many columns; -1 if there is none. */
int prose_answers_line(const struct lesson *lesson, const struct world *world,
                       int columns);

/* The answer of the open question that stands on a line (from 0) of the page laid out in
 * so many columns: from 1; 0 if there is none. */
int prose_answer_at(const struct lesson *lesson, const struct world *world, int columns,
                    int line);

/* A task's line as the reader sees it: without `expect`, and without the limit, which is
 * check's. Points into the line. */
const char *prose_goal(const char *line);

/* Lays paragraphs out in `columns`, appending plain text lines to out: for --plain. */
void prose_text(const para_list *paras, int columns, struct buf *out);

#endif
