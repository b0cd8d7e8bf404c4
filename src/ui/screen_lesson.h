/* screen_lesson: a lesson on the screen: keys to the lab, its journal to the picture; or
 * a recording of one, which is the same without the lab. */
#ifndef SOCKETARIUM_UI_SCREEN_LESSON_H
#define SOCKETARIUM_UI_SCREEN_LESSON_H

#include <stdbool.h>

#include "base/err.h"
#include "lesson/library.h"
#include "lesson/progress_store.h"

struct lesson_plan {
    const struct loaded *loaded; /* the lesson; NULL: the recording has it */
    int recording;               /* a descriptor of the journal to show, or -1: a lab */
    const char *recording_path;  /* for messages */
    bool follow;                 /* the recording may still grow */
    const char *why;             /* said first, or NULL: why it is a recording */
    struct progress_store *progress; /* what the reader does is kept there; or NULL */
    int journal;                     /* what happens is written there too, or -1 */
    unsigned page;                   /* run up to this page first; 0: from the start */
    bool lab; /* the free lab: all of the lesson runs, and then lines are typed */
    bool without_text; /* for the projector: the wire takes the prose's room */
};

/* A lab of its own for a lesson, from its first page on. */
static inline struct lesson_plan lesson_plan_live(const struct loaded *loaded)
{
    return (struct lesson_plan){.loaded = loaded, .recording = -1, .journal = -1};
}

/* The terminal is open. Runs until the reader leaves, or a signal comes (its number in
 * *signal_number). 0, or a negative errno with err: no lab can be made here, the lab has
 * ended by itself (-EIO), or the recording is damaged (-EINVAL). */
int screen_lesson(const struct lesson_plan *plan, int *signal_number, struct err *err);

#endif
