#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "base/clock.h"
#include "lesson/script_parts.h"

#define DURATION_MAX_NS (600 * NS_PER_S)

bool number_parse(const char *text, int64_t *out)
{
    bool negative = *text == '-';
    int64_t value = 0;

    text += negative;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (!is_digit(*text))
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *text - '0', &value))
            return false;
    }
    *out = negative ? -value : value;
    return true;
}

bool read_number(struct script_text *line, size_t at, const char *text, int64_t low,
                 int64_t high, int64_t *out)
{
    bool number = number_parse(text, out);
    const char *wrong = number ? "is out of range" : "is no number";

    if (number && *out >= low && *out <= high)
        return true;
    if (low == INT_MIN)
        script_error(line, at, "'%s' %s: expected a whole number", text, wrong);
    else
        script_error(line, at, "'%s' %s: expected one from %" PRId64 " to %" PRId64,
                     text, wrong, low, high);
    return false;
}

bool read_duration(struct script_text *line, size_t at, const char *text, int64_t *ns)
{
    size_t digits = strspn(text, "0123456789");
    char number[20];
    int64_t value, unit = 0;

    if (strcmp(text + digits, "ms") == 0)
        unit = NS_PER_MS;
    else if (strcmp(text + digits, "s") == 0)
        unit = NS_PER_S;
    if (!unit || !digits) {
        script_error(line, at, "'%s' is no duration: expected one such as 500ms or 2s",
                     text);
        return false;
    }
    if (digits < sizeof(number)) {
        memcpy(number, text, digits);
        number[digits] = '\0';
        if (number_parse(number, &value) && value <= DURATION_MAX_NS / unit &&
            value > 0) {
            *ns = value * unit;
            return true;
        }
    }
    script_error(line, at, "'%s' is out of range: expected 1ms to 600s (10 minutes)",
                 text);
    return false;
}

bool read_name(struct script_text *line, size_t at, const char *text, const char *what)
{
    size_t len = strlen(text);
    bool good = is_letter(text[0]) && len < NAME_TEXT && text[len - 1] != '-';

    for (size_t i = 0; good && i < len; i++)
        good = is_name_char(text[i]);
    if (!good)
        script_error(line, at,
                     "'%s' cannot name a %s: expected a letter, then letters, digits, _ "
                     "or -, at most %d in all, no - at the end",
                     text, what, NAME_TEXT - 1);
    return good;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One C escape after its backslash: how many bytes it takes, 0 if it is none. \x takes
 * at most two digits here, an octal one at most three. */
static size_t escape(const char *text, struct buf *out)
{
    static const char letters[] = "abfnrtv\\\"'?";
    static const char values[] = "\a\b\f\n\r\t\v\\\"'?";
    const char *letter = *text ? strchr(letters, *text) : NULL;
    size_t used = 0;
    int value = 0;

    if (letter) {
        buf_putc(out, values[letter - letters]);
        return 1;
    }
    if (*text == 'x') {
        for (used = 1; used < 3 && hex_digit(text[used]) >= 0; used++)
            value = value * 16 + hex_digit(text[used]);
        if (used == 1)
            return 0;
    } else {
        while (used < 3 && text[used] >= '0' && text[used] <= '7' &&
               value * 8 + text[used] - '0' < 256)
            value = value * 8 + text[used++] - '0';
    }
    if (used)
        buf_putc(out, (char)value);
    return used;
}

bool read_string(struct script_text *line, size_t at, const char *text, struct buf *out,
                 size_t *used)
{
    size_t i = 1;

    if (text[0] != '"') {
        script_error(line, at, "'%s' is no text: expected \"text\" in double quotes",
                     text);
        return false;
    }
    while (text[i] && text[i] != '"') {
        size_t taken;

        if (text[i] != '\\') {
            buf_putc(out, text[i++]);
            continue;
        }
        taken = escape(text + i + 1, out);
        if (!taken) {
            script_error(
                line, at + i,
                "unknown escape '\\%c': expected one of C's, such as \\n, \\x41 "
                "or \\0",
                text[i + 1]);
            return false;
        }
        i += 1 + taken;
    }
    if (text[i] != '"') {
        script_error(line, at, "this text is not closed: expected a second \"");
        return false;
    }
    *used = i + 1;
    return true;
}

bool read_endpoint(struct script_text *line, size_t at, const char *text,
                   struct endpoint *out)
{
    if (endpoint_parse(text, out) == 0)
        return true;
    script_error(line, at,
                 "'%s' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or "
                 "[fd00::1]:80",
                 text);
    return false;
}

bool read_endpoint_match(struct script_text *line, size_t at, const char *text,
                         struct endpoint_match *out)
{
    if (endpoint_match_parse(text, out) == 0)
        return true;
    script_error(line, at,
                 "'%s' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
                 "[fd00::1]:80, 192.168.0.101:* or *:80",
                 text);
    return false;
}
