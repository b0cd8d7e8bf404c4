/* telling: a lesson that is being told, from a lab or from a recording: the insides of
 * tell.h. tell.c reads and tells, tell_recording.c steps a recording, tell_reader.c does
 * what the reader types. One thread. What is owned is freed by telling_free.
 */
#ifndef SOCKETARIUM_CMD_TELLING_H
#define SOCKETARIUM_CMD_TELLING_H

#include <stdbool.h>

#include "base/buf.h"
#include "lesson/library.h"
#include "lesson/progress_store.h"
#include "model/glossary.h"
#include "model/journal.h"
#include "model/world.h"
#include "ui/lesson_feed.h"
#include "view/plain.h"

struct telling {
    struct lesson_feed feed;
    struct journal journal_lines;
    size_t at; /* events told so far */
    struct world world;
    struct plain plain;
    struct progress_store *progress; /* borrowed, or NULL */
    struct glossary glossary;        /* read when it is first asked for */
    int journal;                     /* lines are written there, too; or -1 */
    const char *path;                /* the recording's, for messages; or NULL */
    struct loaded loaded;            /* the lesson of a recording */
    int64_t offset_ns;               /* the clock at the journal's time 0; 0: unknown */

    bool with_reader;
    struct buf input;  /* the reader's lines that are not obeyed yet */
    struct buf prompt; /* as it was last said */
    bool prompt_due;   /* it is said even if it has not changed */
    bool helped;       /* how to get help was said */
    bool sent;         /* the lab has not yet taken what was sent */
    bool no_more;      /* the reader's input has ended */

    bool follow; /* a recording that still grows */
    bool hushed; /* events are taken in, and not told */
    bool unsaved;
    bool left;   /* the reader has gone */
    bool broken; /* the journal could not be read */
};

/* tell.c */
/* Takes the next event in and tells it; but see plain_flush. */
void telling_event(struct telling *telling, const struct event *event);
/* Tells the journal's events up to that one. */
void telling_until(struct telling *telling, size_t until);
/* Reads some more of the journal; false: no more for now, or never. */
bool telling_read(struct telling *telling);
/* What was held back. */
void telling_flush(struct telling *telling);
/* A lesson's title and summary. */
void telling_head(const struct lesson *lesson);
/* A line of the program's own. */
void telling_say(struct telling *telling, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Reads, tells and obeys until it is over. */
void telling_loop(struct telling *telling);
void telling_free(struct telling *telling);

/* tell_recording.c */
/* Up to where the next step begins. */
void telling_forward(struct telling *telling);
/* Judges an answer: nobody else does. */
void telling_answer(struct telling *telling, const struct world_question *question,
                    unsigned answers);
/* A recording holds the texts of its lessons. */
void telling_take_text(struct telling *telling, const struct event_lab *lab);

/* tell_reader.c */
/* The lines that were typed, as far as the lab is ready for them. */
void telling_obey(struct telling *telling);
/* Takes in what was typed. */
void telling_read_reader(struct telling *telling);
/* Says what Enter does now, and what else can be typed; if that is new. */
void telling_prompt(struct telling *telling);

static inline bool telling_is_lab(const struct telling *telling)
{
    return lesson_feed_is_lab(&telling->feed);
}

/* All that there is has been told. */
static inline bool telling_is_live(const struct telling *telling)
{
    return telling->at == telling->journal_lines.events.count;
}

#endif
