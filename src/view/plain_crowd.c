#include "view/plain_crowd.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A name may end in a digit, and is a name; an address is made of numbers. */
static char *mask_of(const char *text)
{
    struct buf mask = {0};

    while (*text) {
        size_t len = strcspn(text, " .,:;[]");

        if (isdigit((unsigned char)*text))
            buf_putc(&mask, '#');
        else
            buf_add(&mask, text, len);
        text += len;
        len = strspn(text, " .,:;[]");
        buf_add(&mask, text, len);
        text += len;
    }
    return buf_take(&mask);
}

static size_t kind_of(struct plain_crowd *crowd, const char *text, const char *many)
{
    char *mask = mask_of(text);
    struct plain_kind *kind;

    vec_each (known, &crowd->kinds) {
        if (mask && strcmp(known->mask, mask) == 0) {
            free(mask);
            return (size_t)(known - crowd->kinds.items);
        }
    }
    kind = vec_push(&crowd->kinds);
    kind->mask = mask ? mask : mem_strdup("");
    kind->many = mem_strdup(many);
    return crowd->kinds.count - 1;
}

void plain_crowd_add(struct plain_crowd *crowd, const char *text, const char *many,
                     bool again)
{
    size_t number = kind_of(crowd, text, many);
    struct plain_kind *kind = &crowd->kinds.items[number];
    struct plain_held *held = vec_push(&crowd->lines);

    kind->count++;
    kind->again = again;
    held->text = mem_strdup(text);
    held->kind = number;
}

static bool is_power_of_two(unsigned number)
{
    return number && !(number & (number - 1));
}

static void tell_many(const struct plain_kind *kind, struct buf *out)
{
    for (const char *c = kind->many; *c; c++) {
        if (*c == PLAIN_COUNT)
            buf_printf(out, "%u", kind->count);
        else
            buf_putc(out, *c);
    }
    buf_putc(out, '\n');
}

static void tell_line(struct plain_kind *kind, const char *text, struct buf *out)
{
    bool first = !kind->told;

    kind->told = true;
    if (kind->again && !is_power_of_two(kind->times))
        return;
    if (kind->count <= PLAIN_SINGLE_MOST)
        buf_printf(out, "%s\n", text);
    else if (first)
        tell_many(kind, out);
}

void plain_crowd_flush(struct plain_crowd *crowd, struct buf *out)
{
    vec_each (kind, &crowd->kinds) {
        kind->told = false;
        if (kind->count)
            kind->times++;
    }
    vec_each (line, &crowd->lines) {
        tell_line(&crowd->kinds.items[line->kind], line->text, out);
        free(line->text);
    }
    crowd->lines.count = 0;
    vec_each (kind, &crowd->kinds)
        kind->count = 0;
}

void plain_crowd_forget(struct plain_crowd *crowd)
{
    vec_each (line, &crowd->lines)
        free(line->text);
    vec_each (kind, &crowd->kinds) {
        free(kind->mask);
        free(kind->many);
    }
    vec_free(&crowd->lines);
    vec_free(&crowd->kinds);
}

void plain_crowd_plural(const char *words, struct buf *out)
{
    static const struct {
        const char *one, *many;
    } rows[] = {
        {"is ", "are "},           {"goes ", "go "},
        {"arrives", "arrive"},     {"has it", "has them"},
        {"it was ", "they were "}, {"its way", "their way"},
        {"holds ", "hold "},       {"it joins ", "they join "},
    };

    for (bool starts = true; *words; starts = *words++ == ' ') {
        size_t i = 0, count = sizeof(rows) / sizeof(rows[0]);

        while (i < count && strncmp(words, rows[i].one, strlen(rows[i].one)) != 0)
            i++;
        if (!starts || i == count) {
            buf_putc(out, *words);
            continue;
        }
        buf_puts(out, rows[i].many);
        words += strlen(rows[i].one) - 1;
    }
}
