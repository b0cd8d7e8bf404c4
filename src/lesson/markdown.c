#include "lesson/markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/markdown_parts.h"

#define LESSON_MAX ((size_t)16 << 20) /* bytes; md4c counts them in an unsigned */

static size_t place(struct markdown *md, const char *text)
{
    size_t at;

    if (text < md->text || text > md->text + md->len)
        return NO_PLACE;
    at = (size_t)(text - md->text);
    if (at > md->at)
        md->at = at;
    return at;
}

static void list_enter(struct markdown *md, bool ordered, unsigned start)
{
    struct list_level *list = vec_push(&md->lists);

    list->ordered = ordered;
    list->next = start;
}

static void item_enter(struct markdown *md, const MD_BLOCK_LI_DETAIL *detail)
{
    struct list_level *list = vec_last(&md->lists);
    struct container *container;

    if (detail->is_task && detail->task_mark_offset > md->at)
        md->at = detail->task_mark_offset;
    if (detail->is_task && md->containers.count && !list->boxes_told) {
        markdown_error(md, md->at,
                       "a question inside a list or quote: expected it at top level");
        list->boxes_told = true;
    }
    if (!md->containers.count) {
        struct item *item = vec_push(&md->items);

        item->box = detail->is_task;
        item->right = detail->is_task && detail->task_mark != ' ';
        item->at = detail->is_task ? md->at : NO_PLACE;
    }
    container = vec_push(&md->containers);
    if (list->ordered)
        snprintf(container->marker, sizeof(container->marker), "%u.",
                 list->next++ % 100000);
    else
        strcpy(container->marker, "-");
}

static void container_leave(struct markdown *md)
{
    markdown_para_close(md);
    md->containers.count--;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *md = context;

    markdown_html_flush(md);
    /* A tight item's text has no paragraph of its own: what comes next ends it. */
    if (type != MD_BLOCK_TR && type != MD_BLOCK_THEAD && type != MD_BLOCK_TBODY &&
        type != MD_BLOCK_TH && type != MD_BLOCK_TD)
        markdown_para_close(md);
    switch (type) {
    case MD_BLOCK_QUOTE:
        vec_push(&md->containers)->quote = true;
        if (md->containers.count == 1)
            md->quote_at = NO_PLACE;
        break;
    case MD_BLOCK_UL:
        list_enter(md, false, 0);
        break;
    case MD_BLOCK_OL:
        list_enter(md, true, ((MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI:
        item_enter(md, detail);
        break;
    case MD_BLOCK_HR:
        md->at = markdown_next_place(md);
        markdown_para_open(md, PARA_RULE);
        markdown_para_close(md);
        break;
    case MD_BLOCK_H:
        markdown_para_open(md, PARA_HEADING);
        md->heading_level = ((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_CODE:
        markdown_code_begin(md, detail);
        break;
    case MD_BLOCK_P:
        markdown_para_open(md, markdown_para_kind(md));
        break;
    case MD_BLOCK_TABLE:
        markdown_para_open(md, PARA_TABLE);
        md->para.columns = (int)((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        markdown_cell_open(md);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
        break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *md = context;

    (void)detail;
    markdown_html_flush(md);
    switch (type) {
    case MD_BLOCK_QUOTE:
        container_leave(md);
        if (!md->containers.count)
            markdown_quote_end(md);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        md->lists.count--;
        if (!md->containers.count)
            markdown_list_end(md);
        break;
    case MD_BLOCK_LI:
        container_leave(md);
        break;
    case MD_BLOCK_H:
        if (md->heading_level <= 2 && !md->containers.count)
            markdown_head_heading(md);
        else
            markdown_para_close(md);
        md->heading_level = 0;
        break;
    case MD_BLOCK_CODE:
        markdown_code_end(md);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        markdown_cell_close(md);
        break;
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
        markdown_para_close(md);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HR:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
        break;
    }
    return 0;
}

/* Which of markdown.styles a span counts in; -1 for none. Its bit is 1 << that. */
static int style_index(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM:
        return 0;
    case MD_SPAN_STRONG:
        return 1;
    case MD_SPAN_CODE:
        return 2;
    case MD_SPAN_A:
        return 3;
    default:
        return -1;
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct markdown *md = context;
    int index = style_index(type);

    (void)detail;
    markdown_html_flush(md);
    if (index >= 0)
        md->styles[index]++;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct markdown *md = context;
    int index = style_index(type);

    (void)detail;
    markdown_html_flush(md);
    if (index >= 0)
        md->styles[index]--;
    return 0;
}

/* The common entities; others stay as they were written. */
static void entity_text(struct markdown *md, const char *text, size_t len, size_t at)
{
    static const char *const entities[][2] = {{"&amp;", "&"},
                                              {"&lt;", "<"},
                                              {"&gt;", ">"},
                                              {"&quot;", "\""},
                                              {"&nbsp;", "\u00a0"}};

    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (strlen(entities[i][0]) == len && memcmp(entities[i][0], text, len) == 0) {
            markdown_para_text(md, entities[i][1], strlen(entities[i][1]), at);
            return;
        }
    }
    markdown_para_text(md, text, len, at);
}

/* The first text of a top-level item or quote tells where that begins. */
static void note_place(struct markdown *md, size_t at)
{
    if (at == NO_PLACE || !md->containers.count)
        return;
    if (md->containers.items[0].quote) {
        if (md->quote_at == NO_PLACE)
            md->quote_at = at;
    } else if (vec_last(&md->items)->at == NO_PLACE) {
        vec_last(&md->items)->at = at;
    }
}

static int add_text(MD_TEXTTYPE type, const char *words, MD_SIZE len, void *context)
{
    struct markdown *md = context;
    size_t at = place(md, words);

    note_place(md, at);
    if (type == MD_TEXT_HTML) {
        if (!md->html.len)
            md->html_at = at == NO_PLACE ? md->at : at;
        buf_add(&md->html, words, len);
        return 0;
    }
    markdown_html_flush(md);
    switch (type) {
    case MD_TEXT_BR:
        markdown_para_break(md, '\n');
        break;
    case MD_TEXT_SOFTBR:
        markdown_para_break(md, ' ');
        break;
    case MD_TEXT_ENTITY:
        entity_text(md, words, len, at);
        break;
    case MD_TEXT_CODE:
        markdown_code_text(md, words, len, at);
        break;
    default:
        markdown_para_text(md, words, len, at);
        break;
    }
    return 0;
}

static void markdown_free(struct markdown *md)
{
    vec_each (item, &md->items)
        para_list_free(&item->text);
    vec_each (line, &md->lab_lines)
        free(line->text);
    para_list_free(&md->quote);
    vec_free(&md->items);
    vec_free(&md->lab_lines);
    vec_free(&md->starts);
    vec_free(&md->containers);
    vec_free(&md->lists);
    vec_free(&md->head_lines);
    buf_free(&md->run);
    buf_free(&md->head);
    buf_free(&md->html);
}

static void parse(struct markdown *md)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_TASKLISTS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };

    markdown_find_lines(md);
    if (md_parse(md->text, (MD_SIZE)md->len, &parser, md) != 0)
        lesson_error_add(md->errors, 0, 0, "cannot be read as Markdown");
    markdown_head_end(md);
}

struct lesson *markdown_parse(const char *path, const char *text, size_t len,
                              lesson_error_list *errors)
{
    struct lesson *lesson = mem_new(1, sizeof(*lesson));
    struct markdown md = {.text = text, .len = len, .errors = errors, .lesson = lesson};

    lesson->path = mem_strdup(path);
    lesson->title = mem_strdup("");
    lesson->summary = mem_strdup("");
    lesson->part = mem_strdup("");
    lesson->level = mem_strdup("");
    lesson->time = mem_strdup("");
    if (len > LESSON_MAX) {
        lesson_error_add(errors, 0, 0, "too long: a lesson has at most 16 MiB");
        return lesson;
    }
    if (!markdown_is_text(text, len)) {
        lesson_error_add(errors, 0, 0, "not a text file: expected UTF-8");
        return lesson;
    }
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        md.text += 3; /* a byte order mark */
        md.len -= 3;
    }
    parse(&md);
    markdown_free(&md);
    return lesson;
}
