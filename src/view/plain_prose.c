#include "view/plain_prose.h"

#include <string.h>

#include "view/prose.h"

#define PLAIN_COLUMNS 78
/* So many spaces within a line of code are a gap between two columns. */
#define GAP_LEAST 3

static const struct {
    const char *sign, *words;
} signs[] = {
    {"→", "right arrow"}, {"←", "left arrow"}, {"↑", "up arrow"}, {"↓", "down arrow"},
    {"✓", "a tick"},      {"✗", "a cross"},    {"│ ", ""},
};

void plain_signs(const char *text, struct buf *out)
{
    while (*text) {
        size_t i = 0, count = sizeof(signs) / sizeof(signs[0]);

        while (i < count && strncmp(text, signs[i].sign, strlen(signs[i].sign)) != 0)
            i++;
        if (i == count) {
            buf_putc(out, *text++);
            continue;
        }
        buf_puts(out, signs[i].words);
        text += strlen(signs[i].sign);
    }
}

/* A line of code keeps its indentation, but what stands side by side is listed. */
static void tell_code_line(const char *line, size_t len, struct buf *out)
{
    size_t i = strspn(line, " ");
    struct buf text = {0};

    if (i > len)
        i = len;
    buf_add(&text, line, i);
    while (i < len) {
        size_t gap = strspn(line + i, " ");

        if (gap >= len - i)
            break;
        if (gap >= GAP_LEAST)
            buf_puts(&text, ", ");
        else
            buf_add(&text, line + i, gap);
        buf_putc(&text, line[i + gap]);
        i += gap + 1;
    }
    buf_puts(out, "  ");
    plain_signs(buf_text(&text), out);
    buf_putc(out, '\n');
    buf_free(&text);
}

static void tell_code(const struct para *para, struct buf *out)
{
    struct buf text = {0};
    const char *line;

    span_list_text(&para->spans, &text);
    for (line = buf_text(&text); *line;) {
        size_t len = strcspn(line, "\n");

        tell_code_line(line, len, out);
        line += len + (line[len] == '\n');
    }
    buf_free(&text);
}

/* "STATE: LISTEN, MEANING: it waits." */
static void tell_table(const struct para *para, struct buf *out)
{
    size_t columns = (size_t)para->columns;
    struct buf text = {0};

    for (size_t i = columns; columns && i < para->spans.count; i++) {
        buf_printf(&text, "%s%s: %s", i % columns ? ", " : "",
                   para->spans.items[i % columns].text, para->spans.items[i].text);
        if (i % columns == columns - 1)
            buf_puts(&text, ".\n");
    }
    plain_signs(buf_text(&text), out);
    buf_free(&text);
}

static bool is_laid_out(const struct para *para)
{
    return para->kind != PARA_CODE && para->kind != PARA_TABLE &&
           para->kind != PARA_RULE;
}

/* Paragraphs [from, returned) of the same sort. */
static size_t tell_laid_out(const para_list *text, size_t from, struct buf *out)
{
    size_t to = from;
    struct buf lines = {0};

    while (to < text->count && is_laid_out(&text->items[to]))
        to++;
    prose_text(&(para_list){.items = text->items + from, .count = to - from},
               PLAIN_COLUMNS, &lines);
    plain_signs(buf_text(&lines), out);
    buf_free(&lines);
    return to;
}

void plain_prose(const para_list *text, struct buf *out)
{
    size_t at = 0;

    while (at < text->count) {
        const struct para *para = &text->items[at];

        if (at && para->kind != PARA_RULE)
            buf_putc(out, '\n');
        if (is_laid_out(para)) {
            at = tell_laid_out(text, at, out);
            continue;
        }
        if (para->kind == PARA_CODE)
            tell_code(para, out);
        else if (para->kind == PARA_TABLE)
            tell_table(para, out);
        at++;
    }
}
