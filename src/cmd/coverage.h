/* coverage: which states and arrows of RFC 9293 figure 5 lessons have visited live. */
#ifndef SOCKETARIUM_CMD_COVERAGE_H
#define SOCKETARIUM_CMD_COVERAGE_H

#include "base/buf.h"
#include "model/event.h"

#define ARROWS_MAX 40

/* Which states and arrows were seen live, and by which lesson first (its index, or -1).
 */
struct coverage {
    int states[STATE_COUNT];
    int arrows[ARROWS_MAX];
};

void coverage_init(struct coverage *coverage);
/* Takes a socket event of lesson number `lesson`; other events are ignored. */
void coverage_see(struct coverage *coverage, const struct event *event, int lesson);
/* The table, as text. names: of the lessons. */
void coverage_print(const struct coverage *coverage, const char *const *names,
                    struct buf *out);

#endif
