#include "lesson/markdown_parts.h"

#include <stdarg.h>
#include <string.h>

/* The length of the UTF-8 character at text, by RFC 3629 section 4; 0 if it is none. */
static size_t utf8_length(const unsigned char *text, size_t len)
{
    static const struct {
        unsigned char first, last, low, high; /* first byte; second byte */
        size_t length;
    } forms[] = {
        {0x01, 0x7f, 0x80, 0xbf, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (text[0] < forms[i].first || text[0] > forms[i].last)
            continue;
        if (forms[i].length > len)
            return 0;
        if (forms[i].length > 1 && (text[1] < forms[i].low || text[1] > forms[i].high))
            return 0;
        for (size_t k = 2; k < forms[i].length; k++)
            if ((text[k] & 0xc0) != 0x80)
                return 0;
        return forms[i].length;
    }
    return 0;
}

bool markdown_is_text(const char *text, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)text;

    for (size_t i = 0; i < len;) {
        size_t length = utf8_length(bytes + i, len - i);

        if (!length)
            return false;
        i += length;
    }
    return true;
}

/* A line ends as CommonMark says: with LF, CR LF, or CR. */
void markdown_find_lines(struct markdown *md)
{
    *vec_push(&md->starts) = 0;
    for (size_t i = 0; i < md->len; i++) {
        bool lf = md->text[i] == '\n';
        bool cr = md->text[i] == '\r' && (i + 1 == md->len || md->text[i + 1] != '\n');

        if (lf || cr)
            *vec_push(&md->starts) = i + 1;
    }
}

static size_t line_index(const struct markdown *md, size_t at)
{
    size_t low = 0, high = md->starts.count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (md->starts.items[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

unsigned markdown_line(const struct markdown *md, size_t at)
{
    return (unsigned)line_index(md, at) + 1;
}

unsigned markdown_column(const struct markdown *md, size_t at)
{
    unsigned column = 1;

    for (size_t i = md->starts.items[line_index(md, at)]; i < at && i < md->len; i++)
        column += ((unsigned char)md->text[i] & 0xc0) != 0x80;
    return column;
}

void markdown_error(struct markdown *md, size_t at, const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    lesson_error_add(md->errors, markdown_line(md, at), markdown_column(md, at), "%s",
                     buf_text(&text));
    buf_free(&text);
}

#define FENCE_MIN 3 /* characters; CommonMark 4.5 */

size_t markdown_fence_run(const char *text, size_t len, char fence_char, size_t *after)
{
    size_t start = 0, i;

    while (start < len && (text[start] == ' ' || text[start] == '\t'))
        start++;
    for (i = start; i < len && text[i] == fence_char; i++)
        ;
    *after = i;
    return i - start;
}

size_t markdown_next_place(const struct markdown *md)
{
    for (size_t i = line_index(md, md->at) + 1; i < md->starts.count; i++) {
        size_t at = md->starts.items[i];

        while (at < md->len && (md->text[at] == ' ' || md->text[at] == '\t'))
            at++;
        if (at < md->len && md->text[at] != '\r' && md->text[at] != '\n')
            return at;
    }
    return md->at;
}

size_t markdown_fence_length(const struct markdown *md)
{
    size_t opening = md->starts.items[line_index(md, md->fence_at)], i;
    size_t run = markdown_fence_run(md->text + opening, md->len - opening,
                                    md->fence_char, &i);

    return run > FENCE_MIN ? run : FENCE_MIN;
}

size_t markdown_fence_end(const struct markdown *md, size_t from)
{
    size_t least = markdown_fence_length(md), i;

    /* At least as long as the opening one, and only spaces behind it: CommonMark 4.5;
     * md4c takes no tabs there. */
    for (size_t line = line_index(md, from) + 1; line < md->starts.count; line++) {
        size_t start = md->starts.items[line];
        const char *text = md->text + start;
        size_t len = md->len - start;

        if (markdown_fence_run(text, len, md->fence_char, &i) < least)
            continue;
        while (i < len && text[i] == ' ')
            i++;
        if (i == len || text[i] == '\r' || text[i] == '\n')
            return start;
    }
    return NO_PLACE;
}
