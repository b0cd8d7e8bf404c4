#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "lesson/markdown_parts.h"

enum para_kind markdown_para_kind(const struct markdown *md)
{
    if (!md->containers.count)
        return PARA_TEXT;
    return vec_last(&md->containers)->quote ? PARA_QUOTE : PARA_ITEM;
}

void markdown_para_open(struct markdown *md, enum para_kind kind)
{
    int depth = (int)md->containers.count;

    if (md->open)
        markdown_para_close(md);
    md->para = (struct para){.kind = kind};
    /* The kind itself says the innermost of the lists and quotes. */
    md->para.depth = kind == PARA_ITEM || kind == PARA_QUOTE ? depth - 1 : depth;
    if (kind == PARA_ITEM && !vec_last(&md->containers)->marked) {
        struct container *item = vec_last(&md->containers);

        memcpy(md->para.marker, item->marker, sizeof(md->para.marker));
        item->marked = true;
    }
    md->open = true;
    md->para_at = NO_PLACE;
    buf_clear(&md->run);
    buf_clear(&md->head);
    md->head_lines.count = 0;
    md->head_break = true;
}

void markdown_para_need(struct markdown *md)
{
    if (!md->open)
        markdown_para_open(md, markdown_para_kind(md));
}

static unsigned current_style(const struct markdown *md)
{
    unsigned style = 0;

    for (unsigned i = 0; i < 4; i++)
        style |= md->styles[i] ? 1u << i : 0;
    return style;
}

/* The text read so far becomes a span. */
static void run_flush(struct markdown *md)
{
    struct buf text = {0};
    struct span *span;

    if (!md->run.len)
        return;
    if (md->para.kind != PARA_CODE)
        for (size_t i = 0; i < md->run.len; i++)
            if (md->run.data[i] == '\t')
                md->run.data[i] = ' ';
    printable_add(&text, md->run.data, md->run.len, PRINTABLE_TEXT);
    span = vec_push(&md->para.spans);
    span->style = md->run_style;
    span->text = buf_take(&text);
    buf_clear(&md->run);
}

/* Keeps a paragraph before the first page line by line, for `Part:` and its like. */
static void head_text(struct markdown *md, const char *text, size_t len, size_t at)
{
    if (md->head_break) {
        struct head_line *line = vec_push(&md->head_lines);

        if (md->head.len)
            buf_putc(&md->head, '\n');
        line->at = at == NO_PLACE ? md->at : at;
        line->text_at = md->head.len;
        md->head_break = false;
    }
    buf_add(&md->head, text, len);
}

void markdown_para_text(struct markdown *md, const char *text, size_t len, size_t at)
{
    unsigned style = current_style(md);

    markdown_para_need(md);
    if (md->para_at == NO_PLACE)
        md->para_at = at;
    /* A cell is one span: the first style holds. */
    if (!md->in_cell && style != md->run_style)
        run_flush(md);
    if (!md->run.len)
        md->run_style = style;
    buf_add(&md->run, text, len);
    if (!md->lesson->pages.count && md->para.kind == PARA_TEXT)
        head_text(md, text, len, at);
}

void markdown_para_break(struct markdown *md, char c)
{
    unsigned style = current_style(md);

    markdown_para_need(md);
    if (!md->in_cell && style != md->run_style)
        run_flush(md);
    if (!md->run.len)
        md->run_style = style;
    if (md->run.len || md->para.spans.count)
        buf_putc(&md->run, c);
    md->head_break = true;
}

void markdown_cell_open(struct markdown *md)
{
    buf_clear(&md->run);
    md->in_cell = true;
}

void markdown_cell_close(struct markdown *md)
{
    if (md->run.len) {
        run_flush(md);
    } else {
        vec_push(&md->para.spans)->text = mem_strdup("");
    }
    md->in_cell = false;
}

char *markdown_para_take(struct markdown *md)
{
    struct buf text = {0};
    para_list list = {0};

    run_flush(md);
    span_list_text(&md->para.spans, &text);
    *vec_push(&list) = md->para;
    para_list_free(&list);
    md->para = (struct para){0};
    md->open = false;
    return buf_take(&text);
}

void markdown_para_close(struct markdown *md)
{
    size_t at = md->para_at == NO_PLACE ? md->at : md->para_at;
    para_list *sink;

    if (!md->open)
        return;
    run_flush(md);
    if (!md->lesson->pages.count && !md->containers.count &&
        md->para.kind == PARA_TEXT) {
        if (md->para.spans.count)
            markdown_head_para(md);
        free(markdown_para_take(md));
        return;
    }
    if (md->para.kind == PARA_CODE && md->para.spans.count) {
        char *text = md->para.spans.items[0].text;
        size_t len = strlen(text);

        if (len && text[len - 1] == '\n')
            text[len - 1] = '\0';
    }
    sink = md->para.spans.count || md->para.kind == PARA_RULE ? markdown_sink(md, at)
                                                              : NULL;
    if (!sink) {
        if (md->para.spans.count || md->para.kind == PARA_RULE)
            markdown_head_other(md, at);
        free(markdown_para_take(md));
        return;
    }
    *vec_push(sink) = md->para;
    md->para = (struct para){0};
    md->open = false;
}

static void html_text(struct markdown *md, const char *text, size_t len)
{
    if (!len)
        return;
    if (!md->open && strspn(text, " \t\r\n") >= len)
        return; /* what is left of an HTML block around a comment */
    markdown_para_text(md, text, len, md->html_at);
}

/* A comment is never shown; one that begins with "note:" is for the speaker. */
static void html_comment(struct markdown *md, const char *text, size_t len, size_t at)
{
    size_t i = 0;

    while (i < len && strchr(" \t\r\n", text[i]))
        i++;
    if (len - i >= 5 && memcmp(text + i, "note:", 5) == 0)
        markdown_note_add(md, text + i + 5, len - i - 5, at);
}

void markdown_html_flush(struct markdown *md)
{
    struct buf html = md->html;
    const char *at = buf_text(&html), *end = at + html.len, *open;

    if (!html.len)
        return;
    md->html = (struct buf){0};
    while ((open = strstr(at, "<!--"))) {
        const char *close = strstr(open + 4, "-->");

        html_text(md, at, (size_t)(open - at));
        html_comment(md, open + 4, (size_t)((close ? close : end) - open - 4),
                     md->html_at);
        at = close ? close + 3 : end;
    }
    html_text(md, at, (size_t)(end - at));
    buf_free(&html);
}
