#include "view/prose_layout.h"

#include <stdio.h>
#include <string.h>

#include "view/canvas.h"

#define LEVELS_MAX                                                      \
    8 /* of lists, one in another; deeper ones are not indented further \
       */

void prose_styled_add(struct prose_styled *styled, enum element element,
                      const char *text)
{
    buf_puts(&styled->text, text);
    while (styled->elements.len < styled->text.len)
        buf_putc(&styled->elements, (char)element);
}

static enum element span_element(unsigned style, enum element base)
{
    if (style & SPAN_STRONG)
        return ELEMENT_TERM;
    if (style & SPAN_CODE)
        return ELEMENT_CODE;
    if (style & SPAN_EMPHASIS)
        return ELEMENT_EMPHASIS;
    return base;
}

void prose_styled_add_spans(struct prose_styled *styled, enum element base,
                            const span_list *spans)
{
    vec_each (span, spans)
        prose_styled_add(styled, span_element(span->style, base), span->text);
}

void prose_styled_free(struct prose_styled *styled)
{
    buf_free(&styled->text);
    buf_free(&styled->elements);
}

static enum element element_at(const struct prose_styled *styled, size_t at)
{
    return (enum element)styled->elements.data[at];
}

void prose_layout_free(struct prose_layout *layout)
{
    buf_free(&layout->text);
    vec_free(&layout->pieces);
}

const char *prose_piece_text(const struct prose_layout *layout,
                             const struct prose_piece *piece)
{
    return layout->text.data + piece->text;
}

void prose_layout_gap(struct prose_layout *layout)
{
    if (!layout->tight && !layout->compact && layout->height > 0)
        layout->height++;
    layout->tight = false;
}

static struct prose_piece *put_bytes(struct prose_layout *layout, int y, int x,
                                     enum element element, const char *text, size_t len)
{
    struct prose_piece *piece = vec_push(&layout->pieces);

    *piece = (struct prose_piece){
        .y = y, .x = x, .element = element, .text = layout->text.len};
    buf_add(&layout->text, text, len);
    buf_putc(&layout->text, '\0');
    if (layout->height <= y)
        layout->height = y + 1;
    return piece;
}

void prose_layout_put(struct prose_layout *layout, int y, int x, enum element element,
                      const char *text)
{
    put_bytes(layout, y, x, element, text, strlen(text));
}

/* Where a line ends, and where the next begins. */
struct line_end {
    size_t stop, next;
};

/* The words of a verdict ("not this") stay together. */
static bool is_break(const struct prose_styled *styled, size_t at)
{
    return styled->text.data[at] == ' ' && element_at(styled, at) != ELEMENT_RIGHT &&
           element_at(styled, at) != ELEMENT_WRONG;
}

/* Between two wide characters (Chinese, Japanese, Korean), which have no spaces, a line
 * may break, but not before what closes (UAX 14, class CL). */
static bool closes(const char *cluster, size_t len)
{
    static const char *const closing[] = {"、", "。", "，", "．", "！", "？",
                                          "：", "；", "）", "」", "』", "】"};

    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
        if (strlen(closing[i]) == len && memcmp(closing[i], cluster, len) == 0)
            return true;
    }
    return false;
}

/* A word that fills a line by itself ("net.ipv4.ip_local_port_range") may break behind
 * what joins its parts. */
static bool joins_parts(char c)
{
    return c == '.' || c == '/' || c == '_';
}

/* The line that begins at `from` and takes at most `columns`. */
static struct line_end find_line_end(const struct prose_styled *styled, size_t from,
                                     int columns)
{
    const char *text = styled->text.data;
    struct line_end word = {
        0}; /* the last place to break at; next is 0 if there is none */
    int used = 0, width = 0, before = 0;
    size_t at = from, part = from, len;

    for (; (len = text_cluster(text + at, &width));
         at += len, used += width, before = width) {
        if (text[at] == '\n')
            return (struct line_end){at, at + 1};
        if (is_break(styled, at)) {
            if (word.next != at || !word.next)
                word.stop = at;
            word.next = at + 1;
            continue;
        }
        if (at > from && before == 2 && width == 2 && !closes(text + at, len))
            word = (struct line_end){at, at};
        if (at > from && joins_parts(text[at - 1]))
            part = at;
        if (used + width > columns && word.next)
            return word;
        if (used + width > columns && part > from)
            return (struct line_end){part, part};
        if (used + width > columns && at > from)
            return (struct line_end){at, at};
    }
    return (struct line_end){at, at};
}

/* Puts one line: a piece for each run of one element. A cluster belongs to the element
 * that it begins in. */
static void put_line(struct prose_layout *layout, int y, int x,
                     const struct prose_styled *styled, size_t at, size_t stop)
{
    const char *text = styled->text.data;

    while (at < stop) {
        enum element element = element_at(styled, at);
        size_t end = at;
        int width = 0;

        while (end < stop && element_at(styled, end) == element) {
            int more;

            end += text_cluster(text + end, &more);
            width += more;
        }
        put_bytes(layout, y, x, element, text + at, (end < stop ? end : stop) - at);
        x += width;
        at = end;
    }
}

int prose_layout_wrap(struct prose_layout *layout, int y, int x, int columns,
                      const struct prose_styled *styled)
{
    const char *text = buf_text(&styled->text);
    size_t at = 0;
    int lines = 0;

    while (text[at]) {
        struct line_end end;
        size_t stop;

        while (is_break(styled, at))
            at++;
        end = find_line_end(styled, at, columns);
        for (stop = end.stop; stop > at && text[stop - 1] == ' ';)
            stop--;
        put_line(layout, y + lines, x, styled, at, stop);
        lines++;
        at = end.next;
    }
    if (layout->height < y + lines)
        layout->height = y + lines;
    return lines;
}

void prose_layout_hang(struct prose_layout *layout, int x, enum element element,
                       const char *prefix, const struct prose_styled *styled)
{
    int width = text_width(prefix), y = layout->height;

    if (width)
        prose_layout_put(layout, y, x, element, prefix);
    prose_layout_wrap(layout, y, x + width, layout->columns - x - width, styled);
}

/* The last line of code has no end of line, or an empty line after it. */
void prose_layout_code(struct prose_layout *layout, int x, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");

        put_bytes(layout, layout->height, x, ELEMENT_CODE, text, len)->verbatim = true;
        text += len + (text[len] == '\n');
    }
}

static int code_width(const char *text)
{
    int widest = 0;

    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = mem_strndup(text, len);
        int width = text_width(line);

        if (width > widest)
            widest = width;
        free(line);
        text += len + (text[len] == '\n');
    }
    return widest;
}

/* Code stands two columns to the right, unless these would be missing at its end. */
static void lay_code(struct prose_layout *layout, int x, const struct para *para)
{
    struct buf text = {0};

    vec_each (span, &para->spans)
        buf_puts(&text, span->text);
    if (x + 2 + code_width(buf_text(&text)) <= layout->columns)
        x += 2;
    prose_layout_code(layout, x, buf_text(&text));
    buf_free(&text);
}

static void lay_rule(struct prose_layout *layout, int x)
{
    struct buf rule = {0};

    for (int i = x; i < layout->columns; i++)
        buf_puts(&rule, "─");
    prose_layout_put(layout, layout->height, x, ELEMENT_BORDER, buf_text(&rule));
    buf_free(&rule);
}

/* A bar in front of each line, also between two paragraphs of one quotation. */
static void lay_quote(struct prose_layout *layout, int x,
                      const struct prose_styled *styled, bool goes_on)
{
    int y = layout->height;

    prose_layout_wrap(layout, y, x + 2, layout->columns - x - 2, styled);
    for (int bar = goes_on && y > 0 ? y - 1 : y; bar < layout->height; bar++)
        prose_layout_put(layout, bar, x, ELEMENT_BORDER, "│");
}

/* Where the text begins inside that many lists and quotations. */
struct levels {
    int x[LEVELS_MAX + 1];
};

/* The lists and quotations around a paragraph, without the one that its kind names. */
static int level_of(const struct para *para)
{
    if (para->depth < 0)
        return 0;
    return para->depth < LEVELS_MAX ? para->depth : LEVELS_MAX - 1;
}

/* What comes further inside, at this level of lists and quotations, begins at x. */
static void set_inner(struct levels *levels, int level, int x)
{
    for (int inner = level + 1; inner <= LEVELS_MAX; inner++)
        levels->x[inner] = x;
}

static void lay_item(struct prose_layout *layout, struct levels *levels,
                     const struct para *para, const struct prose_styled *styled)
{
    int level = level_of(para);
    char prefix[sizeof(para->marker) + 1];

    if (!para->marker[0]) {
        prose_layout_hang(layout, levels->x[level + 1], ELEMENT_TEXT, "", styled);
        return;
    }
    snprintf(prefix, sizeof(prefix), "%s ", para->marker);
    set_inner(levels, level, levels->x[level] + text_width(prefix));
    prose_layout_hang(layout, levels->x[level], ELEMENT_TEXT, prefix, styled);
}

static void lay_para(struct prose_layout *layout, struct levels *levels,
                     const struct para *before, const struct para *para, bool asks)
{
    struct prose_styled styled = {0};
    int x = levels->x[level_of(para)];

    if (para->kind != PARA_TABLE && para->kind != PARA_CODE)
        prose_styled_add_spans(&styled,
                               asks                         ? ELEMENT_QUESTION
                               : para->kind == PARA_HEADING ? ELEMENT_TITLE
                                                            : ELEMENT_TEXT,
                               &para->spans);
    switch (para->kind) {
    case PARA_TEXT:
    case PARA_HEADING:
        prose_layout_hang(layout, x, ELEMENT_QUESTION, asks ? "? " : "", &styled);
        break;
    case PARA_ITEM:
        lay_item(layout, levels, para, &styled);
        break;
    case PARA_QUOTE:
        lay_quote(layout, x, &styled, before && before->kind == PARA_QUOTE);
        set_inner(levels, level_of(para), x + 2);
        break;
    case PARA_CODE:
        lay_code(layout, x, para);
        break;
    case PARA_TABLE:
        prose_layout_table(layout, x, para);
        break;
    case PARA_RULE:
        lay_rule(layout, x);
        break;
    }
    prose_styled_free(&styled);
}

void prose_layout_paras(struct prose_layout *layout, const para_list *paras, bool asks)
{
    struct levels levels = {0};
    const struct para *before = NULL;

    vec_each (para, paras) {
        if (before &&
            (before->kind == PARA_HEADING ||
             (before->kind == PARA_ITEM && para->kind == PARA_ITEM && para->marker[0])))
            layout->tight = true;
        prose_layout_gap(layout);
        lay_para(layout, &levels, before, para, asks && para == vec_last(paras));
        before = para;
    }
}

void prose_layout_draw(const struct prose_layout *layout, int scroll,
                       struct canvas *canvas, struct area area)
{
    int most = layout->height > area.height ? layout->height - area.height : 0;

    if (scroll < 0 || scroll > most)
        scroll = most;
    vec_each (piece, &layout->pieces) {
        const char *text = prose_piece_text(layout, piece);
        int y = piece->y - scroll;

        if (y < 0 || y >= area.height)
            continue;
        if (piece->verbatim)
            canvas_put_cut(canvas, area, piece->x, y, area.width - piece->x,
                           piece->element, text);
        else
            canvas_put(canvas, area, piece->x, y, piece->element, text);
    }
}
