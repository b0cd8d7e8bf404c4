/* save_parts: shared by save.c (pages, blocks, the lines in order), save_line.c (one
 * line as it is written) and save_claims.c (what came of it). Nobody else includes it.
 */
#ifndef SOCKETARIUM_LESSON_SAVE_PARTS_H
#define SOCKETARIUM_LESSON_SAVE_PARTS_H

#include "lesson/ran.h"
#include "lesson/script.h"
#include "model/world.h"

/* What came so long after its line came by itself (a timer's doing): where it is run
 * again, at another pace, it is waited for. What came sooner is there within the 2 s
 * that every expectation has. */
#define SAVE_LATE_NS (500 * NS_PER_MS)
#define SAVE_WITHIN "120s" /* longer than TIME-WAIT, and than most timers of TCP */

/* The state of a variable that was written last. */
struct save_told {
    char process[THREAD_TEXT], name[NAME_TEXT];
    uint64_t cookie;
    char state[32];
};

struct save {
    const struct event *events;
    struct world world;         /* after the events taken in so far */
    size_t taken;               /* events taken in */
    struct script_names *names; /* of the lines written so far */
    struct script_names *read;  /* of all lines that were typed so far */
    VEC(struct save_told) told;
    VEC(uint16_t) ports; /* that lines name: not chosen by the kernel, or to be kept */
    struct buf *out;
    struct buf block;     /* of the page's lab block, so far */
    unsigned pages, acts; /* acts: acting lines of the page */
    bool setup;           /* the page's setup block is being written */
};

/* save.c */
/* Writes one line, if script_line reads it. With `joins`, as "+ LINE". */
void save_put(struct save *save, bool joins, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Takes in the events before the index end. */
void save_take(struct save *save, size_t end);
bool save_port_is_named(const struct save *save, unsigned port);

/* save_line.c: writes the line, and takes in its events, up to ran->end. */
void save_line(struct save *save, const struct ran_line *ran,
               const struct command *command, bool joins);

/* save_claims.c */
/* Whether the thread ran a demo program at the event `at`: its calls are no lines. */
bool save_is_demo(const struct save *save, const char *name, size_t at);
/* "192.168.0.110:41900" with `*` for a port that the kernel chose. */
void save_endpoint(const struct save *save, const char *text, struct buf *out);
/* What a call gave, as a RESULT; false if nothing is to be said of it. */
bool save_result(const struct save *save, const struct event_call *call,
                 struct buf *out);
/* Blocked calls that came back between these events: "THREAD: => RESULT". `but` is the
 * thread whose own call the line is ("" for none). */
void save_returns(struct save *save, size_t begin, size_t end, const char *but,
                  int64_t base_ns);
/* What is new since the event `begin`: states of variables, packets held. */
void save_states(struct save *save, size_t begin, int64_t base_ns);
/* The MATCH that means this held packet, now. */
void save_match(const struct save *save, const struct world_packet *packet,
                struct buf *out);

#endif
