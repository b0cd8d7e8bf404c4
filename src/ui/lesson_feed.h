/* lesson_feed: where the lesson screen's journal comes from: a lab of its own, or a
 * recording, which may still be growing. Single-threaded.
 */
#ifndef SOCKETARIUM_UI_LESSON_FEED_H
#define SOCKETARIUM_UI_LESSON_FEED_H

#include <stdbool.h>

#include "lesson/session.h"

struct lesson_feed {
    struct session session; /* pid -1: it is a recording */
    int file;               /* the recording, or -1 */
    int watch;              /* inotify: it has grown; or -1 */
};

void lesson_feed_none(struct lesson_feed *feed);

/* A lab that steps a lesson: session_start's result. */
int lesson_feed_lab(struct lesson_feed *feed, const struct session_plan *plan,
                    struct err *err);
/* A recording; the descriptor stays the caller's. With `follow` more may come. 0, or a
 * negative errno with err. */
int lesson_feed_recording(struct lesson_feed *feed, int fd, const char *path,
                          bool follow, struct err *err);
/* Ends the lab. */
void lesson_feed_close(struct lesson_feed *feed);

static inline bool lesson_feed_is_lab(const struct lesson_feed *feed)
{
    return feed->session.pid > 0;
}

/* Readable when there may be more; -1: nothing more will come. */
int lesson_feed_fd(const struct lesson_feed *feed);
/* As read(2). 0 of a recording: no more for now; of a lab: it has ended. */
ssize_t lesson_feed_read(struct lesson_feed *feed, void *into, size_t room);

#endif
