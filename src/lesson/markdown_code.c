#include <stdlib.h>
#include <string.h>

#include "lesson/markdown_parts.h"

static bool is_word(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(text, word, len) == 0;
}

/* The next word of a fence's info string, from *at on; its length. */
static size_t info_word(const char *info, size_t len, size_t *at)
{
    size_t start;

    while (*at < len && strchr(" \t", info[*at]))
        ++*at;
    start = *at;
    while (*at < len && !strchr(" \t", info[*at]))
        ++*at;
    return *at - start;
}

/* The words after `lab`. False after an error. */
static bool lab_kind_read(struct markdown *md, const char *info, size_t len, size_t at)
{
    static const struct {
        const char *word;
        enum block_kind kind;
    } kinds[] = {
        {"setup", BLOCK_SETUP}, {"task", BLOCK_TASK}, {"solution", BLOCK_SOLUTION}};
    size_t word_len = info_word(info, len, &at);
    const char *word = info + at - word_len;
    size_t place = md->fence_at + (size_t)(word - info);

    md->lab_kind = BLOCK_LAB;
    if (!word_len)
        return true;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (is_word(word, word_len, kinds[i].word))
            md->lab_kind = kinds[i].kind;
    if (md->lab_kind == BLOCK_LAB) {
        markdown_error(md, place,
                       "unknown word '%.*s' after 'lab': expected 'setup', 'task' or "
                       "'solution'",
                       (int)word_len, word);
        return false;
    }
    word_len = info_word(info, len, &at);
    if (!word_len)
        return true;
    word = info + at - word_len;
    markdown_error(md, md->fence_at + (size_t)(word - info),
                   "'%.*s' is not expected here: expected nothing more on this line",
                   (int)word_len, word);
    return false;
}

static void lab_begin(struct markdown *md, const char *info, size_t len, size_t at)
{
    md->in_lab = true;
    md->lab_refused = true;
    if (md->containers.count)
        markdown_error(md, md->fence_at,
                       "a lab block inside a list or quote: expected it at top level");
    else if (!markdown_page(md))
        markdown_error(md, md->fence_at,
                       "a lab block before the first page: expected it below a "
                       "'## Heading'");
    else
        md->lab_refused = !lab_kind_read(md, info, len, at);
}

void markdown_code_begin(struct markdown *md, const MD_BLOCK_CODE_DETAIL *detail)
{
    const char *info = detail->info.text;
    size_t len = info ? detail->info.size : 0, at = 0, word_len;

    md->in_lab = false;
    md->fence_char = detail->fence_char;
    /* An info string with an escape or an entity is a copy: its place is not known. */
    if (info && info >= md->text && info < md->text + md->len)
        md->fence_at = (size_t)(info - md->text);
    else
        md->fence_at = markdown_next_place(md);
    if (md->fence_at > md->at)
        md->at = md->fence_at;
    word_len = info_word(info, len, &at);
    if (detail->fence_char && word_len &&
        is_word(info + at - word_len, word_len, "lab")) {
        lab_begin(md, info, len, at);
    } else {
        markdown_para_open(md, PARA_CODE);
        md->para_at = md->fence_at;
    }
}

/* A lab fence that the fence around it would have ended, were it not for its `lab`: then
 * that one was meant to be closed before, and the lines would silently be shown only. */
static void check_inner_fence(struct markdown *md, const char *text, size_t len,
                              size_t at)
{
    size_t i, word_len;

    if (!md->fence_char || md->containers.count || at == NO_PLACE ||
        markdown_fence_run(text, len, md->fence_char, &i) < markdown_fence_length(md))
        return;
    word_len = info_word(text, len, &i);
    if (is_word(text + i - word_len, word_len, "lab"))
        markdown_error(md, at,
                       "a lab block inside the fence of line %u: expected that one to "
                       "be closed before, or to be longer",
                       markdown_line(md, md->fence_at));
}

void markdown_code_text(struct markdown *md, const char *text, size_t len, size_t at)
{
    struct lab_line *line;

    if (!md->in_lab) {
        check_inner_fence(md, text, len, at);
        markdown_para_text(md, text, len, at);
        return;
    }
    if (at == NO_PLACE)
        return; /* md4c's own spaces and newlines */
    while (len && strchr(" \t\r\n", text[0])) {
        text++;
        len--;
        at++;
    }
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    if (!len || md->lab_refused)
        return;
    line = vec_push(&md->lab_lines);
    line->line = markdown_line(md, at);
    line->column = markdown_column(md, at);
    line->text = mem_strndup(text, len);
}

static void fence_not_closed(struct markdown *md)
{
    struct buf fence = {0};

    for (size_t i = markdown_fence_length(md); i > 0; i--)
        buf_putc(&fence, md->fence_char);
    markdown_error(md, md->fence_at,
                   "the fence that begins here is not closed: expected a line %s",
                   buf_text(&fence));
    buf_free(&fence);
}

void markdown_code_end(struct markdown *md)
{
    size_t end = NO_PLACE;
    struct block *block;

    if (md->fence_char && !md->containers.count) {
        end = markdown_fence_end(md, md->at);
        if (end == NO_PLACE)
            fence_not_closed(md);
        else
            md->at = end;
    }
    if (!md->in_lab) {
        markdown_para_close(md);
        return;
    }
    md->in_lab = false;
    if (md->lab_refused)
        return;
    block = markdown_block_add(md, md->lab_kind, md->fence_at);
    vec_each (line, &md->lab_lines)
        *vec_push(&block->lines) = *line;
    md->lab_lines.count = 0;
}
