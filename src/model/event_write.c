#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"
#include "model/event_fields.h"

/* Enough digits for whole nanoseconds up to EVENT_TIME_MAX_S. */
#define WRITE_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(15))

/* A string; bytes that are not UTF-8, which JSON cannot hold, as escapes. */
static json_t *json_text(const char *text)
{
    json_t *value = json_string(text);
    char *readable;

    if (value)
        return value;
    readable = printable_bytes(text, strlen(text));
    value = json_string(readable);
    free(readable);
    return value;
}

/* RFC 4648 section 4. */
static json_t *json_base64(const unsigned char *bytes, size_t len)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buf text = {0};
    json_t *value;

    for (size_t i = 0; i < len; i += 3) {
        uint32_t bits = (uint32_t)bytes[i] << 16;
        char four[4];

        if (i + 1 < len)
            bits |= (uint32_t)bytes[i + 1] << 8;
        if (i + 2 < len)
            bits |= bytes[i + 2];
        four[0] = digits[bits >> 18];
        four[1] = digits[bits >> 12 & 63];
        four[2] = i + 1 < len ? digits[bits >> 6 & 63] : '=';
        four[3] = i + 2 < len ? digits[bits & 63] : '=';
        buf_add(&text, four, 4);
    }
    value = json_string(buf_text(&text));
    buf_free(&text);
    return value;
}

static json_t *json_addresses(const struct event_lab_host *host)
{
    json_t *list = json_array();
    char text[ADDRESS_TEXT];

    for (unsigned i = 0; i < host->address_count && i < HOST_ADDRESSES_MAX; i++)
        json_array_append_new(list,
                              json_string(address_print(&host->addresses[i], text)));
    return list;
}

static json_t *json_hosts(const struct event_lab_host *hosts, unsigned count)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < count && i < HOSTS_MAX; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o}", "name", json_text(hosts[i].name),
                                        "addresses", json_addresses(&hosts[i])));
    return list;
}

static json_t *json_cookie(uint64_t cookie)
{
    return json_sprintf("%" PRIx64, cookie);
}

static uint64_t unsigned_at(const void *at, size_t size)
{
    switch (size) {
    case 1:
        return *(const uint8_t *)at;
    case 2:
        return *(const uint16_t *)at;
    case 4:
        return *(const uint32_t *)at;
    default:
        return *(const uint64_t *)at;
    }
}

/* True when the field is as if its key were missing: then it need not be written. */
static bool is_absent(const struct event_field *field, const struct event *event)
{
    const void *at = event_at_const(event, field->offset);

    switch (field->type) {
    case FIELD_UNSIGNED:
    case FIELD_ENUM:
    case FIELD_STATE:
    case FIELD_FAMILY:
    case FIELD_COOKIE:
        return unsigned_at(at, field->size) == (uint64_t)field->absent;
    case FIELD_SIGNED:
        return *(const int64_t *)at <= field->absent;
    case FIELD_BOOL:
        return *(const bool *)at == (bool)field->absent;
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
        return !*(char *const *)at;
    case FIELD_BYTES:
        return !*(char *const *)at ||
               *(const uint32_t *)event_at_const(event, field->extra) == 0;
    case FIELD_NAME:
    case FIELD_THREAD:
    case FIELD_WORD:
        return !*(const char *)at;
    case FIELD_ENDPOINT:
        return ((const struct endpoint *)at)->address.family == 0;
    case FIELD_ADDRESSES:
        return ((const struct event_lab_host *)at)->address_count == 0;
    case FIELD_HOSTS:
        return *(const unsigned *)event_at_const(event, field->extra) == 0;
    case FIELD_GROUP:
        return field->extra ? !*(const bool *)event_at_const(event, field->extra)
                            : is_absent(field->group, event);
    }
    return true;
}

static void add_fields(json_t *object, const struct event_field *field,
                       const struct event *event);

static json_t *json_group(const struct event_field *group, const struct event *event)
{
    json_t *object = json_object();

    add_fields(object, group, event);
    return object;
}

static json_t *json_word(const struct event_field *field, uint64_t number)
{
    return json_text(
        number < field->word_count && field->words[number] ? field->words[number] : "?");
}

static json_t *json_value(const struct event_field *field, const struct event *event)
{
    const void *at = event_at_const(event, field->offset);
    char text[ENDPOINT_TEXT];

    switch (field->type) {
    case FIELD_UNSIGNED:
        return json_integer((json_int_t)unsigned_at(at, field->size));
    case FIELD_SIGNED:
        return json_integer(*(const int64_t *)at);
    case FIELD_BOOL:
        return json_boolean(*(const bool *)at);
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
        return json_text(*(char *const *)at ? *(char *const *)at : "");
    case FIELD_NAME:
    case FIELD_THREAD:
    case FIELD_WORD:
        return json_text(at);
    case FIELD_ENUM:
        return json_word(field, unsigned_at(at, field->size));
    case FIELD_STATE:
        return json_text(tcp_state_name((enum tcp_state)unsigned_at(at, field->size)));
    case FIELD_FAMILY:
        return json_integer(*(const int *)at == AF_INET6 ? 6 : 4);
    case FIELD_COOKIE:
        return json_cookie(*(const uint64_t *)at);
    case FIELD_ENDPOINT:
        return json_text(endpoint_print(at, text));
    case FIELD_BYTES:
        return json_base64(*(unsigned char *const *)at,
                           *(const uint32_t *)event_at_const(event, field->extra));
    case FIELD_ADDRESSES:
        return json_addresses(at);
    case FIELD_HOSTS:
        return json_hosts(at, *(const unsigned *)event_at_const(event, field->extra));
    case FIELD_GROUP:
        return json_group(field->group, event);
    }
    return json_null();
}

static void add_fields(json_t *object, const struct event_field *field,
                       const struct event *event)
{
    for (; field->key; field++)
        if ((field->flags & (FIELD_REQUIRED | FIELD_ALWAYS)) || !is_absent(field, event))
            json_object_set_new(object, field->key, json_value(field, event));
}

static int add_piece(const char *piece, size_t len, void *out)
{
    buf_add(out, piece, len);
    return 0;
}

void event_write(const struct event *event, struct buf *out)
{
    json_t *object = json_object();

    if (event->seq > 0) { /* a lesson's lab line is 0: they count from it */
        json_object_set_new(object, "seq", json_integer((json_int_t)event->seq));
        json_object_set_new(
            object, "t",
            json_real((double)(event->t_ns > 0 ? event->t_ns : 0) / (double)NS_PER_S));
    }
    json_object_set_new(object, "event", json_text(event_kind_name(event->kind)));
    if (event->kind < EVENT_KIND_COUNT)
        add_fields(object, event_fields[event->kind], event);
    json_dump_callback(object, add_piece, out, WRITE_FLAGS);
    buf_putc(out, '\n');
    json_decref(object);
}
