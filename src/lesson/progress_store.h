/* progress_store: keeps a reader's progress in a file, as JSON.
 *
 * ${XDG_STATE_HOME:-$HOME/.local/state}/socketarium/progress.json, readable by the owner
 * only. It is replaced as a whole: who reads it finds the old one or the new one. Two
 * programs at once lose nothing: before it writes, each takes in what the other wrote,
 * under a lock on progress.lock. A file that cannot be understood (damaged, or of a
 * newer program) is renamed to progress.json.damaged, with a number if there is one
 * already, never overwritten. One thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_PROGRESS_STORE_H
#define SOCKETARIUM_LESSON_PROGRESS_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "lesson/progress.h"

#define PROGRESS_FILE_MAX (8u << 20)

struct progress_store {
    struct progress progress;
    char *folder; /* (owned) NULL: nothing is kept */
    bool told;    /* that it cannot be saved */
};

/* Reads what is kept. keep: progress_save will be called, and the folder is made. What
 * is wrong (no HOME, a damaged file) is said in err (empty before), once; the program
 * works on with what there is. 0, or a negative errno: -EINVAL for a damaged file. */
int progress_open(struct progress_store *store, bool keep, struct err *err);
void progress_close(struct progress_store *store);

/* Writes it, after it has taken in what others wrote. 0, or a negative errno; err is set
 * only the first time. */
int progress_save(struct progress_store *store, struct err *err);

/* Reads a file's text into progress (empty before). 0, or -EINVAL with err: "what"; then
 * progress is empty again. */
int progress_parse(const char *text, size_t len, struct progress *progress,
                   struct err *err);

/* The file's whole text. name: of the reader, or NULL. */
void progress_write(const struct progress *progress, const char *name, struct buf *out);
/* One lesson as an object on one line, with its newline. */
void progress_write_lesson(const struct progress_lesson *lesson, struct buf *out);

/* "2026-11-21T08:00:00Z"; "" for 0. */
#define PROGRESS_TIME_TEXT 32
const char *progress_time(int64_t time_s, char text[PROGRESS_TIME_TEXT]);

#endif
