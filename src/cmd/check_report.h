/* check_report: what check says of a lesson that failed: the line, what was expected,
 * what was found instead, and what happened last. */
#ifndef SOCKETARIUM_CMD_CHECK_REPORT_H
#define SOCKETARIUM_CMD_CHECK_REPORT_H

#include "base/buf.h"
#include "lesson/library.h"
#include "model/journal.h"

/* "FILE:LINE:COLUMN: " and the words of a failed step. */
void report_failure(const struct loaded *loaded, const struct event_step *step,
                    struct buf *out);

/* The last events of the journal, in words, indented below it. */
void report_last_events(const struct journal *journal, struct buf *out);

#endif
