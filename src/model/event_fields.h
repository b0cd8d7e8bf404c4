/* event_fields: what an event looks like in JSON, as tables. One table for each kind of
 * event; writing, reading and freeing all go by it, so they cannot drift apart. Static
 * data; any thread may read. Used by the event_*.c files only.
 */
#ifndef SOCKETARIUM_MODEL_EVENT_FIELDS_H
#define SOCKETARIUM_MODEL_EVENT_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/event.h"

#define EVENT_LINE_MAX (32u << 20)  /* bytes of one line of a journal */
#define EVENT_STRING_MAX (1u << 20) /* bytes of a string */
#define EVENT_LESSON_MAX (4u << 20) /* bytes of a lesson's text */
#define EVENT_FRAME_MAX 65600u   /* the largest IP packet, its Ethernet header, slack */
#define EVENT_TIME_MAX_S 1000000 /* t, in seconds: 15 digits hold whole nanoseconds */
/* Of a timer: t, and at most UINT32_MAX ms. */
#define EVENT_DEADLINE_MAX_NS (10 * EVENT_TIME_MAX_S * NS_PER_S)

enum field_type {
    FIELD_UNSIGNED, /* of any size; `min` and `max` (0: all that fits) bound it */
    FIELD_SIGNED,   /* int64_t, from `min` */
    FIELD_BOOL,
    FIELD_LINE,      /* (owned) string, made printable, one line */
    FIELD_LINES,     /* (owned) string, made printable, newlines stay */
    FIELD_RAW,       /* (owned) string as it is: whoever shows it makes it printable */
    FIELD_NAME,      /* char[NAME_TEXT]: a letter, then letters, digits, _ and - */
    FIELD_THREAD,    /* char[THREAD_TEXT]: a NAME, or NAME/more, more with dots */
    FIELD_WORD,      /* char array: letters, digits, _ and - */
    FIELD_ENUM,      /* by `words` */
    FIELD_STATE,     /* enum tcp_state; STATE_NONE is absent */
    FIELD_FAMILY,    /* 4 or 6 */
    FIELD_COOKIE,    /* uint64_t as a hexadecimal string; 0 is absent */
    FIELD_ENDPOINT,  /* struct endpoint; family 0 is absent */
    FIELD_BYTES,     /* (owned) bytes, base64; their uint32_t length at `extra` */
    FIELD_ADDRESSES, /* struct event_lab_host, the addresses only */
    FIELD_HOSTS, /* struct event_lab_host[HOSTS_MAX]; their unsigned count at `extra` */
    FIELD_GROUP, /* an object with the fields of `group`; present if the first of them,
                    or the bool at `extra`, is not zero */
};

enum field_flag {
    FIELD_REQUIRED = 1, /* an error when it is missing; always written */
    FIELD_ALWAYS = 2,   /* written also when it has its absent value */
};

struct event_field {
    const char *key;
    enum field_type type;
    unsigned flags;
    size_t offset; /* in struct event */
    size_t size;
    size_t extra;   /* another offset, or 0 */
    int64_t absent; /* the number that a missing key stands for */
    int64_t min, max;
    const char *const *words; /* FIELD_ENUM: word_count of them; NULL is no word */
    unsigned word_count;
    const struct event_field *group;
};

/* A table ends with a NULL key. */
extern const struct event_field *const event_fields[EVENT_KIND_COUNT];
extern const char *const event_kind_words[EVENT_KIND_COUNT];
extern const char *const packet_action_words[PACKET_ACTION_COUNT];
extern const char *const call_status_words[CALL_STATUS_COUNT];

static inline void *event_at(struct event *event, size_t offset)
{
    return (char *)event + offset;
}

static inline const void *event_at_const(const struct event *event, size_t offset)
{
    return (const char *)event + offset;
}

#endif
