#include "model/event.h"

#include <stdlib.h>
#include <string.h>

#include "model/event_fields.h"

void event_clear(struct event *event)
{
    const struct event_field *field =
        event->kind < EVENT_KIND_COUNT ? event_fields[event->kind] : NULL;

    for (; field && field->key; field++) {
        switch (field->type) {
        case FIELD_LINE:
        case FIELD_LINES:
        case FIELD_RAW:
        case FIELD_BYTES:
            free(*(char **)event_at(event, field->offset));
            break;
        case FIELD_UNSIGNED:
        case FIELD_SIGNED:
        case FIELD_BOOL:
        case FIELD_NAME:
        case FIELD_THREAD:
        case FIELD_WORD:
        case FIELD_ENUM:
        case FIELD_STATE:
        case FIELD_FAMILY:
        case FIELD_COOKIE:
        case FIELD_ENDPOINT:
        case FIELD_ADDRESSES:
        case FIELD_HOSTS:
        case FIELD_GROUP:
            break;
        }
    }
    memset(event, 0, sizeof(*event));
}

static const char *word_at(const char *const *words, unsigned count, unsigned index)
{
    return index < count && words[index] ? words[index] : "?";
}

const char *event_kind_name(enum event_kind kind)
{
    return word_at(event_kind_words, EVENT_KIND_COUNT, kind);
}

const char *packet_action_name(enum packet_action action)
{
    return word_at(packet_action_words, PACKET_ACTION_COUNT, action);
}

const char *call_status_name(enum call_status status)
{
    return word_at(call_status_words, CALL_STATUS_COUNT, status);
}
