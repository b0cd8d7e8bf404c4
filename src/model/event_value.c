#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "model/event_read.h"

static void put_unsigned(void *at, size_t size, uint64_t number)
{
    switch (size) {
    case 1:
        *(uint8_t *)at = (uint8_t)number;
        break;
    case 2:
        *(uint16_t *)at = (uint16_t)number;
        break;
    case 4:
        *(uint32_t *)at = (uint32_t)number;
        break;
    default:
        *(uint64_t *)at = number;
    }
}

static const char *read_unsigned(const struct event_field *field, const json_t *value,
                                 void *at, char words[160])
{
    int64_t max = field->size < 8 ? (INT64_C(1) << (8 * field->size)) - 1 : INT64_MAX;

    if (field->max && field->max < max)
        max = field->max;
    if (!json_is_integer(value) || json_integer_value(value) < field->min ||
        json_integer_value(value) > max) {
        snprintf(words, 160, "a whole number from %" PRId64 " to %" PRId64, field->min,
                 max);
        return words;
    }
    put_unsigned(at, field->size, (uint64_t)json_integer_value(value));
    return NULL;
}

static const char *read_signed(const struct event_field *field, const json_t *value,
                               void *at, char words[160])
{
    int64_t max = field->max ? field->max : INT64_MAX;

    if (!json_is_integer(value) || json_integer_value(value) < field->min ||
        json_integer_value(value) > max) {
        snprintf(words, 160, "a whole number from %" PRId64 " to %" PRId64, field->min,
                 max);
        return words;
    }
    *(int64_t *)at = json_integer_value(value);
    return NULL;
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (*text < 0x20 || *text > 0x7e)
            return false;
    return true;
}

static const char *read_text(const struct event_field *field, const json_t *value,
                             char **at, char words[160])
{
    const char *text = json_string_value(value);
    struct buf shown = {0};

    if (!text || json_string_length(value) > (size_t)field->max) {
        snprintf(words, 160, "a string of at most %" PRId64 " bytes", field->max);
        return words;
    }
    free(*at);
    if (field->type == FIELD_RAW || is_plain(text)) {
        *at = mem_strdup(text);
        return NULL;
    }
    printable_add(&shown, text, strlen(text),
                  field->type == FIELD_LINES ? PRINTABLE_TEXT : PRINTABLE_LINE);
    *at = buf_take(&shown);
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* LESSON-FORMAT, "Lab lines": a letter, then letters, digits, _ and -; at most 15. */
static size_t name_length(const char *text)
{
    size_t len = 0;

    if (!is_letter(*text))
        return 0;
    while (is_name_char(text[len]))
        len++;
    return len < NAME_TEXT ? len : 0;
}

static const char *read_name(const json_t *value, char *at)
{
    const char *text = json_string_value(value);

    if (!text || name_length(text) == 0 || text[name_length(text)])
        return "a name: a letter, then letters, digits, _ or -, at most 15";
    memcpy(at, text, strlen(text) + 1);
    return NULL;
}

static const char *read_thread(const json_t *value, char *at)
{
    static const char expected[] =
        "a thread's name: host, or host/name, at most 63 bytes";
    const char *text = json_string_value(value);
    size_t len;

    if (!text || strlen(text) >= THREAD_TEXT)
        return expected;
    len = name_length(text);
    if (len == 0 || (text[len] && text[len] != '/' && text[len] != '.'))
        return expected;
    while (is_name_char(text[len]) || text[len] == '/' || text[len] == '.')
        len++;
    if (text[len])
        return expected;
    memcpy(at, text, len + 1);
    return NULL;
}

static const char *read_word(const struct event_field *field, const json_t *value,
                             char *at)
{
    const char *text = json_string_value(value);
    size_t len = 0;

    while (text && is_name_char(text[len]))
        len++;
    if (!text || text[len] || len == 0 || len >= field->size)
        return "a short word of letters, digits, _ and -";
    memcpy(at, text, len + 1);
    return NULL;
}

static const char *read_enum(const struct event_field *field, const json_t *value,
                             void *at, char words[160])
{
    const char *text = json_string_value(value);
    size_t used = 0;

    for (unsigned i = 0; text && i < field->word_count; i++) {
        if (field->words[i] && strcmp(field->words[i], text) == 0) {
            put_unsigned(at, field->size, i);
            return NULL;
        }
    }
    used = (size_t)snprintf(words, 160, "one of");
    for (unsigned i = 0; i < field->word_count && used < 140; i++)
        if (field->words[i])
            used += (size_t)snprintf(words + used, 160 - used, " %s", field->words[i]);
    return words;
}

static const char *read_state(const struct event_field *field, const json_t *value,
                              void *at)
{
    const char *text = json_string_value(value);
    enum tcp_state state = text ? tcp_state_parse(text) : STATE_NONE;

    if (state == STATE_NONE)
        return "the name of a TCP state";
    put_unsigned(at, field->size, state);
    return NULL;
}

static const char *read_cookie(const json_t *value, uint64_t *at)
{
    const char *text = json_string_value(value);
    uint64_t cookie = 0;

    for (; text && *text; text++) {
        char c = *text;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0 || cookie >> 60) {
            cookie = 0;
            break;
        }
        cookie = cookie << 4 | (uint64_t)digit;
    }
    if (!cookie)
        return "a cookie: a string of 1 to 16 hexadecimal digits, not 0";
    *at = cookie;
    return NULL;
}

/* As endpoint_print writes: port 0 stands as "*". */
static const char *read_endpoint(const json_t *value, struct endpoint *at)
{
    const char *text = json_string_value(value);
    struct endpoint_match match;

    if (!text || endpoint_match_parse(text, &match) != 0 || match.any_address)
        return "ADDRESS:PORT";
    *at = match.endpoint;
    if (match.any_port)
        at->port = 0;
    return NULL;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 4648 section 4, with its padding. True if all of text was good. */
static bool base64_decode(const char *text, size_t len, unsigned char *out,
                          uint32_t *out_len)
{
    size_t digits = len, used = 0;
    uint32_t bits = 0;

    while (digits && digits + 2 > len && text[digits - 1] == '=')
        digits--;
    if (len % 4 || digits % 4 == 1)
        return false;
    for (size_t i = 0; i < digits; i++) {
        int digit = base64_digit(text[i]);

        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        if (i % 4)
            out[used++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
    }
    *out_len = (uint32_t)used;
    return true;
}

static const char *read_bytes(const struct event_field *field, const json_t *value,
                              char **at, uint32_t *len, char words[160])
{
    const char *text = json_string_value(value);
    size_t text_len = text ? json_string_length(value) : 0;

    if (text_len && text_len <= (size_t)(field->max + 2) / 3 * 4) {
        unsigned char *bytes = mem_new(text_len, 1);

        if (base64_decode(text, text_len, bytes, len) && *len <= field->max) {
            free(*at);
            *at = mem_new(*len, 1); /* of the exact size: a read past it is seen */
            memcpy(*at, bytes, *len);
            free(bytes);
            return NULL;
        }
        free(bytes);
    }
    *len = 0;
    snprintf(words, 160, "base64 of 1 to %" PRId64 " bytes", field->max);
    return words;
}

static const char *read_addresses(const json_t *value, struct event_lab_host *host)
{
    if (!json_is_array(value) || json_array_size(value) > HOST_ADDRESSES_MAX)
        return "an array of at most 8 addresses";
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *text = json_string_value(json_array_get(value, i));

        if (!text || address_parse(text, &host->addresses[i]) != 0)
            return "IPv4 or IPv6 addresses, as strings";
    }
    host->address_count = (unsigned)json_array_size(value);
    return NULL;
}

static const char *read_hosts(const json_t *value, struct event_lab_host *hosts,
                              unsigned *count)
{
    const char *wrong;

    if (!json_is_array(value) || json_array_size(value) > HOSTS_MAX)
        return "an array of at most 8 hosts";
    for (unsigned i = 0; i < json_array_size(value); i++) {
        const json_t *host = json_array_get(value, i);
        const json_t *addresses = json_object_get(host, "addresses");

        wrong = read_name(json_object_get(host, "name"), hosts[i].name);
        if (!wrong && addresses)
            wrong = read_addresses(addresses, &hosts[i]);
        for (unsigned k = 0; !wrong && k < i; k++)
            if (strcmp(hosts[k].name, hosts[i].name) == 0)
                wrong = "each host once";
        if (wrong)
            return wrong;
    }
    *count = (unsigned)json_array_size(value);
    return NULL;
}

const char *event_read_value(const struct event_field *field, const json_t *value,
                             struct event *event, char words[160])
{
    void *at = event_at(event, field->offset);

    switch (field->type) {
    case FIELD_UNSIGNED:
        return read_unsigned(field, value, at, words);
    case FIELD_SIGNED:
        return read_signed(field, value, at, words);
    case FIELD_BOOL:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value) ? NULL : "true or false";
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
        return read_text(field, value, at, words);
    case FIELD_NAME:
        return read_name(value, at);
    case FIELD_THREAD:
        return read_thread(value, at);
    case FIELD_WORD:
        return read_word(field, value, at);
    case FIELD_ENUM:
        return read_enum(field, value, at, words);
    case FIELD_STATE:
        return read_state(field, value, at);
    case FIELD_FAMILY:
        *(int *)at = json_integer_value(value) == 6 ? AF_INET6 : AF_INET;
        return json_integer_value(value) == 4 || json_integer_value(value) == 6
                   ? NULL
                   : "4 or 6";
    case FIELD_COOKIE:
        return read_cookie(value, at);
    case FIELD_ENDPOINT:
        return read_endpoint(value, at);
    case FIELD_BYTES:
        return read_bytes(field, value, at, event_at(event, field->extra), words);
    case FIELD_ADDRESSES:
        return read_addresses(value, at);
    case FIELD_HOSTS:
        return read_hosts(value, at, event_at(event, field->extra));
    case FIELD_GROUP:
        break;
    }
    return "another field";
}
