/* event_read: one field's value from JSON, checked. Pure; one thread at a time. Used by
 * the event_*.c files only.
 */
#ifndef SOCKETARIUM_MODEL_EVENT_READ_H
#define SOCKETARIUM_MODEL_EVENT_READ_H

#include <jansson.h>

#include "model/event_fields.h"

/* Puts the value where the field says (not FIELD_GROUP). Returns NULL, or what was
 * expected instead: "a number from 1 to 255". That text stands in `words` or is static.
 */
const char *event_read_value(const struct event_field *field, const json_t *value,
                             struct event *event, char words[160]);

#endif
