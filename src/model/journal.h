/* journal: events in order, from lines of JSON (NDJSON). Pure; one thread at a time.
 *
 * A reader is fed bytes as they come; a line may arrive in pieces and the last one may
 * still be growing. The events are kept, so that a screen can go back.
 */
#ifndef SOCKETARIUM_MODEL_JOURNAL_H
#define SOCKETARIUM_MODEL_JOURNAL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/event.h"

struct journal {
    VEC(struct event) events; /* (owned) each */
    struct buf partial;       /* the bytes after the last newline */
    unsigned line;            /* complete lines read so far */
    bool failed;              /* a line was refused: nothing more is read */
    bool keep_text;           /* also keep the raw lines in `text` */
    struct buf text;
};

/* Adds bytes; complete lines become events. 0, or -EINVAL with err "LINE: what" for the
 * first line that is malformed or out of order (the first must be a lab; seq without
 * gaps); nothing after it is read, also later. */
int journal_feed(struct journal *journal, const void *data, size_t len, struct err *err);
void journal_free(struct journal *journal); /* and it is empty again */

#endif
