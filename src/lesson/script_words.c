#include <stdarg.h>
#include <string.h>

#include "lesson/script_parts.h"

static unsigned column_of(const struct script_text *line, size_t at)
{
    unsigned column = line->column;

    for (size_t i = 0; i < at; i++)
        column += ((unsigned char)line->text[i] & 0xc0) != 0x80;
    return column;
}

void script_error(struct script_text *line, size_t at, const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    lesson_error_add(line->errors, line->number, column_of(line, at), "%s",
                     buf_text(&text));
    buf_free(&text);
    line->failed = true;
}

void script_skip(struct script_text *line)
{
    line->at += strspn(line->text + line->at, " \t");
}

void known_add(known_words *known, const char *word)
{
    *vec_push(known) = word;
}

void known_add_list(known_words *known, const struct named *list)
{
    for (; list->name; list++)
        known_add(known, list->name);
}

#define NEAR_MAX 24 /* longer words are not compared */

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Edit distance, case aside, where two exchanged neighbours count once (optimal string
 * alignment). */
static unsigned distance(const char *a, const char *b)
{
    size_t alen = strlen(a), blen = strlen(b);
    unsigned d[NEAR_MAX + 1][NEAR_MAX + 1];

    if (alen > NEAR_MAX || blen > NEAR_MAX)
        return NEAR_MAX + 1;
    for (size_t i = 0; i <= alen; i++) {
        for (size_t k = 0; k <= blen; k++) {
            char x = i ? upper(a[i - 1]) : 0;
            char y = k ? upper(b[k - 1]) : 0;

            if (!i || !k) {
                d[i][k] = (unsigned)(i + k);
                continue;
            }
            d[i][k] =
                least(d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + (x != y));
            if (i > 1 && k > 1 && x == upper(b[k - 2]) && y == upper(a[i - 2]) &&
                d[i - 2][k - 2] + 1 < d[i][k])
                d[i][k] = d[i - 2][k - 2] + 1;
        }
    }
    return d[alen][blen];
}

const char *nearest_word(const char *word, const known_words *known)
{
    size_t len = strlen(word);
    unsigned best = len < 5 ? 1 : len < 8 ? 2 : 3; /* and a letter must be right */
    const char *found = NULL;

    if (best >= len && len)
        best = (unsigned)len - 1;
    best++;
    vec_each (candidate, known) {
        unsigned far = distance(word, *candidate);

        if (far < best) {
            best = far;
            found = *candidate;
        }
    }
    return found;
}

void script_unknown(struct script_text *line, size_t at, const char *what,
                    const char *word, const known_words *known, const char *hint)
{
    const char *near = nearest_word(word, known);

    if (near)
        script_error(line, at, "unknown %s '%s'; did you mean '%s'?", what, word, near);
    else
        script_error(line, at, "unknown %s '%s': expected %s", what, word, hint);
}

long script_length(const char *text, size_t len, size_t *quote)
{
    bool open = false;

    for (size_t i = 0; i < len; i++) {
        if (open && text[i] == '\\') {
            i++;
        } else if (text[i] == '"') {
            open = !open;
            *quote = i;
        } else if (!open && text[i] == '#' &&
                   (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t') &&
                   (i + 1 == len || !is_digit(text[i + 1]))) {
            len = i;
        }
    }
    if (open)
        return -1;
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    return (long)len;
}

void script_words(struct script_text *line, word_list *words)
{
    const char *text = line->text;
    size_t i = line->at;

    for (;;) {
        struct word *word;
        size_t start;
        bool open = false;

        while (text[i] == ' ' || text[i] == '\t')
            i++;
        if (!text[i])
            break;
        start = i;
        for (; text[i] && (open || (text[i] != ' ' && text[i] != '\t')); i++) {
            if (open && text[i] == '\\' && text[i + 1])
                i++;
            else if (text[i] == '"')
                open = !open;
        }
        word = vec_push(words);
        word->at = start;
        word->text = mem_strndup(text + start, i - start);
    }
}

void word_list_free(word_list *words)
{
    vec_each (word, words)
        free(word->text);
    vec_free(words);
}

void script_missing(struct script_text *line, const char *expected)
{
    script_error(line, strlen(line->text), "the line ends too early: expected %s",
                 expected);
}

const struct word *word_need(struct script_text *line, const word_list *words,
                             size_t index, const char *expected)
{
    if (index < words->count)
        return &words->items[index];
    script_missing(line, expected);
    return NULL;
}

void word_none(struct script_text *line, const word_list *words, size_t index)
{
    if (index < words->count)
        script_error(line, words->items[index].at,
                     "'%s' is not expected here: expected the end of the line",
                     words->items[index].text);
}
