/* expect: is an expectation true of the world? Pure; one thread at a time. */
#ifndef SOCKETARIUM_LESSON_EXPECT_H
#define SOCKETARIUM_LESSON_EXPECT_H

#include "base/buf.h"
#include "lesson/script.h"
#include "model/world.h"

/* EXPECT_PASSED, EXPECT_FAILED (found says what is there instead: "client.c is
 * SYN-SENT"), or EXPECT_SKIPPED (found names the field that this kernel does not
 * report). */
enum expect_status expect_judge(const struct expectation *expect,
                                const struct world *world, struct buf *found);

/* True when a call's outcome is the RESULT. For RESULT_NONE: it did not fail. data is
 * what it received. Else found says what came: `ECONNREFUSED`, `5`, `"hello"
 * from 10.0.0.1:9`. */
struct call_reply;
bool result_fits(const struct result *result, const struct call_def *def,
                 const struct call_reply *reply, const char *data, struct buf *found);

#endif
