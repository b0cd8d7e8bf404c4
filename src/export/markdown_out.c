#include "export/markdown_out.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "view/canvas.h"

#define LEVELS_MAX 8 /* of lists and quotations, one inside the other */
#define PREFIX_MAX (LEVELS_MAX * 8)

/* ----------------------------------------------------------- within a line */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Does this character mean something here? At a line's start more do: see begins_block.
 */
static bool needs_escape(const char *text, size_t at)
{
    char before = at ? text[at - 1] : ' ', next = text[at + 1];

    if (text[at] == '_') /* inside a word it is a letter: SYN_SENT */
        return !is_word(before) || !is_word(next);
    if (text[at] == '&')
        return is_word(next) || next == '#';
    return text[at] && strchr("\\`*[]<~$|", text[at]);
}

void markdown_out_text(const char *text, struct buf *out)
{
    for (size_t at = 0; text[at]; at++) {
        if (needs_escape(text, at))
            buf_putc(out, '\\');
        buf_putc(out, text[at]);
    }
}

/* The longest run of backticks in text. */
static int backticks(const char *text)
{
    int longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == '`' ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

static void add_times(struct buf *out, char c, int times)
{
    while (times-- > 0)
        buf_putc(out, c);
}

/* `code`; a bar would end the cell of a table. */
static void add_code(const char *text, bool in_table, struct buf *out)
{
    int fence = backticks(text) + 1;
    size_t len = strlen(text);
    const char *space = len && (text[0] == '`' || text[len - 1] == '`') ? " " : "";

    add_times(out, '`', fence);
    buf_puts(out, space);
    for (; *text; text++) {
        if (*text == '|' && in_table)
            buf_putc(out, '\\');
        buf_putc(out, *text == '\n' ? ' ' : *text);
    }
    buf_puts(out, space);
    add_times(out, '`', fence);
}

/* What marks emphasis must touch the words: spaces stand outside. */
static void add_span(const struct span *span, bool in_table, struct buf *out)
{
    int stars =
        (span->style & SPAN_EMPHASIS ? 1 : 0) + (span->style & SPAN_STRONG ? 2 : 0);
    const char *text = span->text;
    size_t first = strspn(text, " \n"), end = strlen(text);
    char *words;

    while (end > first && (text[end - 1] == ' ' || text[end - 1] == '\n'))
        end--;
    words = mem_strndup(text + first, end - first);
    buf_add(out, text, first);
    if (words[0]) {
        add_times(out, '*', stars);
        if (span->style & SPAN_CODE)
            add_code(words, in_table, out);
        else
            markdown_out_text(words, out);
        add_times(out, '*', stars);
    }
    buf_puts(out, text + (end > first ? end : first));
    free(words);
}

/* ----------------------------------------------------------- lines */

/* Would this word, first in a line, begin a list, a heading, a quotation, ...? */
static bool begins_block(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    if (digits)
        return word[digits] == '.' || word[digits] == ')';
    return *word && strchr("#>+-=:", *word);
}

/* A word at the start of a paragraph, so that it begins nothing else. */
static void add_first_word(const char *text, size_t len, struct buf *out)
{
    size_t digits = strspn(text, "0123456789");

    if (begins_block(text)) {
        buf_add(out, text, digits);
        buf_putc(out, '\\');
        text += digits;
        len -= digits;
    }
    buf_add(out, text, len);
}

struct wrapping {
    const char *rest; /* before each line but the first */
    int column;
    bool starts; /* the line has no word yet */
    struct buf *out;
};

static void add_word(struct wrapping *line, const char *word, size_t len)
{
    char *alone = mem_strndup(word, len);
    int width = text_width(alone);

    if (!line->starts && line->column + 1 + width > MARKDOWN_COLUMNS &&
        !begins_block(word)) {
        buf_printf(line->out, "\n%s", line->rest);
        line->column = text_width(line->rest);
        line->starts = true;
    } else if (!line->starts) {
        buf_putc(line->out, ' ');
        line->column++;
    }
    if (line->starts)
        add_first_word(word, len, line->out);
    else
        buf_add(line->out, word, len);
    line->column += width;
    line->starts = false;
    free(alone);
}

/* Bytes up to the next place to break at: a space, but not one in `code`. */
static size_t word_len(const char *text)
{
    size_t at = 0;

    while (text[at] && text[at] != ' ' && text[at] != '\n') {
        size_t fence = strspn(text + at, "`");
        const char *end = text + at + fence;

        if (text[at] == '\\' && text[at + 1]) {
            at += 2;
            continue;
        }
        while (fence && (end = strchr(end, '`')) && strspn(end, "`") != fence)
            end += strspn(end, "`");
        at = !fence ? at + 1 : end ? (size_t)(end - text) + fence : at + fence;
    }
    return at;
}

/* Markdown within a line, wrapped; "\n" in it is a hard line break. */
static void add_wrapped(const char *first, const char *rest, const char *text,
                        struct buf *out)
{
    struct wrapping line = {rest, text_width(first), true, out};

    buf_puts(out, first);
    while (*text) {
        size_t len = word_len(text);

        if (len)
            add_word(&line, text, len);
        text += len;
        if (*text == '\n' && text[strspn(text, " \n")] && !line.starts) {
            buf_printf(out, "\\\n%s", rest);
            line.column = text_width(rest);
            line.starts = true;
        }
        text += *text != '\0';
    }
    buf_putc(out, '\n');
}

void markdown_out_para(const char *text, struct buf *out)
{
    struct buf escaped = {0};

    markdown_out_text(text, &escaped);
    add_wrapped("", "", buf_text(&escaped), out);
    buf_putc(out, '\n');
    buf_free(&escaped);
}

/* Code, each line of it behind the prefix. */
static void add_fence(const char *first, const char *rest, const char *text,
                      struct buf *out)
{
    int fence = backticks(text) + 1 > 3 ? backticks(text) + 1 : 3;

    buf_puts(out, first);
    add_times(out, '`', fence);
    buf_putc(out, '\n');
    while (*text) {
        size_t len = strcspn(text, "\n");

        if (len)
            buf_puts(out, rest);
        buf_add(out, text, len);
        buf_putc(out, '\n');
        text += len + (text[len] == '\n');
    }
    buf_puts(out, rest);
    add_times(out, '`', fence);
    buf_putc(out, '\n');
}

void markdown_out_fence(const char *text, struct buf *out)
{
    add_fence("", "", text, out);
}

/* ----------------------------------------------------------- paragraphs */

/* What stands before the lines inside so many lists and quotations. */
struct levels {
    char rest[LEVELS_MAX + 1][PREFIX_MAX];
};

static int level_of(const struct para *para)
{
    if (para->depth < 0)
        return 0;
    return para->depth < LEVELS_MAX ? para->depth : LEVELS_MAX - 1;
}

/* What is inside of `level` stands behind its prefix and `more`. */
static void set_inner(struct levels *levels, int level, const char *more)
{
    char prefix[PREFIX_MAX];

    snprintf(prefix, sizeof(prefix), "%s", levels->rest[level]);
    for (int inner = level + 1; inner <= LEVELS_MAX; inner++)
        snprintf(levels->rest[inner], PREFIX_MAX, "%.*s%s",
                 (int)(PREFIX_MAX - 1 - strlen(more)), prefix, more);
}

static void add_table(const char *rest, const struct para *para, struct buf *out)
{
    int columns = para->columns > 0 ? para->columns : 1, column = 0, row = 0;

    vec_each (cell, &para->spans) {
        if (column == 0)
            buf_puts(out, rest);
        buf_puts(out, "| ");
        add_span(cell, true, out);
        buf_putc(out, ' ');
        if (++column < columns)
            continue;
        buf_puts(out, "|\n");
        column = 0;
        if (row++ == 0) {
            buf_puts(out, rest);
            for (int i = 0; i < columns; i++)
                buf_puts(out, "|---");
            buf_puts(out, "|\n");
        }
    }
    if (column)
        buf_puts(out, "|\n");
}

/* The prefix of a paragraph's first line, and what it means for the next ones. */
static const char *open_para(struct levels *levels, const struct para *para,
                             char first[PREFIX_MAX], const char **rest)
{
    static const char spaces[] = "        ";
    int level = level_of(para);

    snprintf(first, PREFIX_MAX, "%s", levels->rest[level]);
    *rest = levels->rest[level];
    if (para->kind == PARA_QUOTE) {
        snprintf(first, PREFIX_MAX, "%.*s> ", PREFIX_MAX - 3, levels->rest[level]);
        set_inner(levels, level, "> ");
        *rest = levels->rest[level + 1];
    } else if (para->kind == PARA_ITEM && para->marker[0]) {
        snprintf(first, PREFIX_MAX, "%.*s%s ", PREFIX_MAX - 9, levels->rest[level],
                 para->marker);
        set_inner(levels, level,
                  spaces + sizeof(spaces) - 1 - (strlen(para->marker) + 1));
        *rest = levels->rest[level + 1];
    } else if (para->kind == PARA_ITEM) {
        *rest = levels->rest[level + 1];
        snprintf(first, PREFIX_MAX, "%s", *rest);
    }
    return first;
}

static void add_para(struct levels *levels, const struct para *para, const char *lead,
                     struct buf *out)
{
    char prefix[PREFIX_MAX];
    const char *rest, *first = open_para(levels, para, prefix, &rest);
    struct buf text = {0};

    buf_puts(&text, lead ? lead : "");
    if (para->kind == PARA_CODE)
        span_list_text(&para->spans, &text);
    else if (para->kind != PARA_TABLE)
        vec_each (span, &para->spans)
            add_span(span, false, &text);
    switch (para->kind) {
    case PARA_TEXT:
    case PARA_ITEM:
    case PARA_QUOTE:
        add_wrapped(first, rest, buf_text(&text), out);
        break;
    case PARA_HEADING:
        buf_printf(out, "%s### %s\n", first, buf_text(&text));
        break;
    case PARA_CODE:
        add_fence(first, rest, buf_text(&text), out);
        break;
    case PARA_TABLE:
        add_table(first, para, out);
        break;
    case PARA_RULE:
        buf_printf(out, "%s---\n", first);
        break;
    }
    buf_free(&text);
}

/* The items of a list follow each other without a gap. */
static bool tight(const struct para *before, const struct para *para)
{
    return before->kind == PARA_ITEM && para->kind == PARA_ITEM && para->marker[0];
}

static void add_paras(struct levels *levels, const para_list *paras, const char *lead,
                      struct buf *out)
{
    const struct para *before = NULL;

    vec_each (para, paras) {
        if (before && !tight(before, para))
            /* A quotation goes on over the gap between its paragraphs. */
            buf_puts(out, before->kind == PARA_QUOTE && para->kind == PARA_QUOTE ? ">\n"
                                                                                 : "\n");
        add_para(levels, para, para == vec_last(paras) ? lead : NULL, out);
        before = para;
    }
}

void markdown_out_paras(const para_list *paras, const char *lead, struct buf *out)
{
    struct levels levels = {0};

    if (!paras->count)
        return;
    add_paras(&levels, paras, lead, out);
    buf_putc(out, '\n');
}

void markdown_out_item(const char *marker, const para_list *paras, struct buf *out)
{
    struct levels levels = {0};
    struct buf text = {0};

    set_inner(&levels, 0, "  ");
    for (int level = 0; level < LEVELS_MAX; level++)
        memcpy(levels.rest[level], levels.rest[level + 1], PREFIX_MAX);
    add_paras(&levels, paras, NULL, &text);
    /* The marker takes the place of the first line's indentation. */
    buf_puts(out, marker);
    buf_puts(out, buf_text(&text) + (text.len >= 2 ? 2 : 0));
    if (!text.len)
        buf_putc(out, '\n');
    buf_free(&text);
}
