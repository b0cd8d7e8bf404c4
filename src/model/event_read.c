#include "model/event_read.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"

/* The line that is read, for the column of an error. */
struct source {
    const char *line;
    size_t len;
};

/* From 1; the first place where "key": stands, else where the object begins. */
static size_t column_of(const struct source *source, const char *key)
{
    const char *next = source->line, *end = source->line + source->len;
    char quoted[32];
    size_t len = (size_t)snprintf(quoted, sizeof(quoted), "\"%s\"", key);

    while ((next = memmem(next, (size_t)(end - next), quoted, len))) {
        const char *after = next + len;

        while (after < end && strchr(" \t\r\n", *after) && *after)
            after++;
        if (after < end && *after == ':')
            return (size_t)(next - source->line) + 1;
        next += len;
    }
    return 1;
}

static int refuse(const struct source *source, const char *key, const char *expected,
                  struct err *err)
{
    return err_set(err, -EINVAL, "column %zu: %s: expected %s", column_of(source, key),
                   key, expected);
}

/* What a missing key means; everything else is zero already. */
static void set_absent(const struct event_field *field, struct event *event)
{
    if (field->type == FIELD_SIGNED)
        *(int64_t *)event_at(event, field->offset) = field->absent;
    else if (field->type == FIELD_BOOL)
        *(bool *)event_at(event, field->offset) = field->absent != 0;
}

static int read_fields(const struct event_field *field, const json_t *object,
                       struct event *event, const struct source *source, struct err *err)
{
    char words[160];

    for (; field->key; field++) {
        const json_t *value = json_object_get(object, field->key);
        const char *wrong;
        int result;

        set_absent(field, event);
        if (!value && (field->flags & FIELD_REQUIRED))
            return err_set(err, -EINVAL, "column 1: expected \"%s\" in this line",
                           field->key);
        if (!value)
            continue;
        if (field->type == FIELD_GROUP) {
            if (!json_is_object(value))
                return refuse(source, field->key, "an object", err);
            result = read_fields(field->group, value, event, source, err);
            if (result != 0)
                return result;
            if (field->extra)
                *(bool *)event_at(event, field->extra) = true;
            continue;
        }
        wrong = event_read_value(field, value, event, words);
        if (wrong)
            return refuse(source, field->key, wrong, err);
    }
    return 0;
}

static int read_seq_and_time(const json_t *object, struct event *event,
                             const struct source *source, struct err *err)
{
    const json_t *seq = json_object_get(object, "seq");
    const json_t *t = json_object_get(object, "t");
    double seconds = json_number_value(t);

    if (!json_is_integer(seq) || json_integer_value(seq) < 1)
        return refuse(source, "seq", "a whole number from 1", err);
    if (!json_is_number(t) || !(seconds >= 0 && seconds <= EVENT_TIME_MAX_S))
        return refuse(source, "t", "seconds since the lab began", err);
    event->seq = (uint64_t)json_integer_value(seq);
    event->t_ns = llround(seconds * (double)NS_PER_S);
    return 0;
}

static int read_object(const json_t *object, struct event *event,
                       const struct source *source, struct err *err)
{
    const char *name = json_string_value(json_object_get(object, "event"));
    int result;

    while (name && event->kind < EVENT_KIND_COUNT &&
           strcmp(event_kind_words[event->kind], name) != 0)
        event->kind++;
    if (!name || event->kind == EVENT_KIND_COUNT)
        return refuse(source, "event", "one of lab, host, call, packet, socket, ...",
                      err);
    if (event->kind != EVENT_LAB || json_object_get(object, "seq")) {
        result = read_seq_and_time(object, event, source, err);
        if (result != 0)
            return result;
    }
    return read_fields(event_fields[event->kind], object, event, source, err);
}

int event_read(const char *line, size_t len, struct event *event, struct err *err)
{
    const struct source source = {line, len};
    json_error_t wrong;
    json_t *object;
    int result;

    memset(event, 0, sizeof(*event));
    if (len > EVENT_LINE_MAX)
        return err_set(err, -EINVAL, "column 1: a line of more than %u bytes",
                       EVENT_LINE_MAX);
    object = json_loadb(line, len, JSON_REJECT_DUPLICATES, &wrong);
    if (!object) {
        char *text = printable_line(wrong.text);

        result = err_set(err, -EINVAL, "column %d: not JSON: %s",
                         wrong.position > 0 ? wrong.position : 1, text);
        free(text);
        return result;
    }
    if (json_is_object(object))
        result = read_object(object, event, &source, err);
    else
        result = err_set(err, -EINVAL, "column 1: expected an object: {...}");
    json_decref(object);
    if (result != 0)
        event_clear(event);
    return result;
}
