/* session: a lesson running in a sealed process of its own, seen from outside.
 *
 * The parent (ui, check) gets journal lines and nothing else; it sends what the reader
 * does. The child is pid 1 of its own namespaces: the lab, the runner, and a loop.
 */
#ifndef SOCKETARIUM_LESSON_SESSION_H
#define SOCKETARIUM_LESSON_SESSION_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "lesson/runner.h"
#include "lesson/script.h"

struct session {
    pid_t pid;
    int fd; /* reads journal lines; the session_ functions below write to it */
};

struct session_plan {
    const struct lesson *lesson;
    const struct script *script;
    const char *text; /* the lesson's whole text */
    const char *name; /* "09-the-three-way-handshake" */
    struct runner_options runner;
};

/* Starts it; the caller has one thread only. 0, or a negative errno with err (the cause
 * and the least fix where namespaces are refused). An automatic one ends by itself: with
 * exit status 0 or, when the lesson failed, 1. */
int session_start(struct session *session, const struct session_plan *plan,
                  struct err *err);

/* What the reader does. 0 or a negative errno (-EAGAIN: the lab is too busy to listen).
 */
int session_next(struct session *session);
int session_answer(struct session *session, unsigned answers);
int session_line(struct session *session, const char *line);

/* Ends it at once, if it still runs, and gives its exit status (70 if it died of a
 * signal that was not ours). */
int session_end(struct session *session);
/* Waits for it to end by itself. */
int session_wait(struct session *session);

#endif
