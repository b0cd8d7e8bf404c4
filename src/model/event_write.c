/* Writing goes straight into the buffer, without building a JSON tree first: a lab
 * writes an event for each thing that happens, between two frames. */
#include <inttypes.h>
#include <string.h>
#include <utf8proc.h>

#include "base/clock.h"
#include "model/event_fields.h"

/* A JSON string (RFC 8259 section 7). What is not UTF-8 becomes U+FFFD, so that every
 * line can be read again. */
static void write_string(struct buf *out, const char *text)
{
    const char *plain = text;
    size_t left = strlen(text);

    buf_putc(out, '"');
    while (left) {
        unsigned char c = (unsigned char)*text;
        utf8proc_int32_t point = c;
        utf8proc_ssize_t len = 1;

        if (c >= 0x80)
            len = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                   (utf8proc_ssize_t)left, &point);
        if (len > 0 && point >= 0x20 && point != '"' && point != '\\' && point != 0x7f) {
            text += len;
            left -= (size_t)len;
            continue;
        }
        buf_add(out, plain, (size_t)(text - plain));
        if (len <= 0)
            buf_puts(out, "\xef\xbf\xbd");
        else if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_puts(out, "\\n");
        else
            buf_printf(out, "\\u%04x", c);
        plain = ++text;
        left--;
    }
    buf_add(out, plain, (size_t)(text - plain));
    buf_putc(out, '"');
}

/* RFC 4648 section 4. */
static void write_base64(struct buf *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    buf_putc(out, '"');
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
        buf_add(out, four, 4);
    }
    buf_putc(out, '"');
}

static void write_addresses(struct buf *out, const struct event_lab_host *host)
{
    char text[ADDRESS_TEXT];

    buf_putc(out, '[');
    for (unsigned i = 0; i < host->address_count && i < HOST_ADDRESSES_MAX; i++)
        buf_printf(out, "%s\"%s\"", i ? "," : "",
                   address_print(&host->addresses[i], text));
    buf_putc(out, ']');
}

static void write_hosts(struct buf *out, const struct event_lab_host *hosts,
                        unsigned count)
{
    buf_putc(out, '[');
    for (unsigned i = 0; i < count && i < HOSTS_MAX; i++) {
        buf_puts(out, i ? ",{\"name\":" : "{\"name\":");
        write_string(out, hosts[i].name);
        buf_puts(out, ",\"addresses\":");
        write_addresses(out, &hosts[i]);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
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

static void write_fields(const struct event_field *field, const struct event *event,
                         struct buf *out);

static void write_value(const struct event_field *field, const struct event *event,
                        struct buf *out)
{
    const void *at = event_at_const(event, field->offset);
    char text[ENDPOINT_TEXT];
    uint64_t number;

    switch (field->type) {
    case FIELD_UNSIGNED:
        buf_printf(out, "%" PRIu64, unsigned_at(at, field->size));
        break;
    case FIELD_SIGNED:
        buf_printf(out, "%" PRId64, *(const int64_t *)at);
        break;
    case FIELD_BOOL:
        buf_puts(out, *(const bool *)at ? "true" : "false");
        break;
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
        write_string(out, *(char *const *)at ? *(char *const *)at : "");
        break;
    case FIELD_NAME:
    case FIELD_THREAD:
    case FIELD_WORD:
        write_string(out, at);
        break;
    case FIELD_ENUM:
        number = unsigned_at(at, field->size);
        write_string(out, number < field->word_count && field->words[number]
                              ? field->words[number]
                              : "?");
        break;
    case FIELD_STATE:
        write_string(out, tcp_state_name((enum tcp_state)unsigned_at(at, field->size)));
        break;
    case FIELD_FAMILY:
        buf_putc(out, *(const int *)at == AF_INET6 ? '6' : '4');
        break;
    case FIELD_COOKIE:
        buf_printf(out, "\"%" PRIx64 "\"", *(const uint64_t *)at);
        break;
    case FIELD_ENDPOINT:
        write_string(out, endpoint_print(at, text));
        break;
    case FIELD_BYTES:
        write_base64(out, *(unsigned char *const *)at,
                     *(const uint32_t *)event_at_const(event, field->extra));
        break;
    case FIELD_ADDRESSES:
        write_addresses(out, at);
        break;
    case FIELD_HOSTS:
        write_hosts(out, at, *(const unsigned *)event_at_const(event, field->extra));
        break;
    case FIELD_GROUP:
        buf_putc(out, '{');
        write_fields(field->group, event, out);
        buf_putc(out, '}');
        break;
    }
}

/* `"key":value` with a comma between two. */
static void write_fields(const struct event_field *field, const struct event *event,
                         struct buf *out)
{
    for (; field->key; field++) {
        char before = out->data[out->len - 1];

        if (!(field->flags & (FIELD_REQUIRED | FIELD_ALWAYS)) && is_absent(field, event))
            continue;
        if (before != '{' && before != ',')
            buf_putc(out, ',');
        buf_putc(out, '"');
        buf_puts(out, field->key);
        buf_puts(out, "\":");
        write_value(field, event, out);
    }
}

void event_write(const struct event *event, struct buf *out)
{
    int64_t t_ns = event->t_ns > 0 ? event->t_ns : 0;

    buf_putc(out, '{');
    if (event->seq > 0) /* a lesson's lab line is 0: they count from it */
        buf_printf(out, "\"seq\":%" PRIu64 ",\"t\":%" PRId64 ".%09" PRId64 ",",
                   event->seq, t_ns / NS_PER_S, t_ns % NS_PER_S);
    buf_printf(out, "\"event\":\"%s\"", event_kind_name(event->kind));
    if (event->kind < EVENT_KIND_COUNT)
        write_fields(event_fields[event->kind], event, out);
    buf_puts(out, "}\n");
}
