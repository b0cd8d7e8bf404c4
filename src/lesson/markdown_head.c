/* What stands before the first page: title, summary, Part, Level and Time. */
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "lesson/markdown_parts.h"

static void replace(char **field, char *text)
{
    free(*field);
    *field = text;
}

/* The first thing that stands above the title is told, once. */
static void need_title(struct markdown *md, size_t at)
{
    if (!md->has_title)
        markdown_error(md, at, "expected '# Title' before anything else");
    md->has_title = true;
}

void markdown_head_heading(struct markdown *md)
{
    size_t at = md->para_at == NO_PLACE ? markdown_next_place(md) : md->para_at;
    unsigned level = md->heading_level;
    char *title = markdown_para_take(md);

    if (!*title)
        markdown_error(md, at, "a heading without text");
    if (level == 1) {
        if (*md->lesson->title || md->lesson->pages.count)
            markdown_error(md, at,
                           "a second title: expected '# Title' once, at the top");
        else
            replace(&md->lesson->title, mem_strdup(title));
        md->has_title = true;
        free(title);
    } else {
        struct page *page;

        need_title(md, at);
        page = vec_push(&md->lesson->pages);
        page->line = markdown_line(md, at);
        page->title = title;
    }
}

void markdown_head_other(struct markdown *md, size_t at)
{
    if (!md->has_title)
        need_title(md, at);
    else
        markdown_error(md, at,
                       "this stands before the first page: expected a '## Heading' "
                       "above it");
}

struct meta {
    const char *key;
    char **field;
};

static const struct meta *meta_find(const struct meta *metas, const char *line)
{
    for (; metas->key; metas++)
        if (strncmp(line, metas->key, strlen(metas->key)) == 0)
            return metas;
    return NULL;
}

/* "10 min" */
static bool is_minutes(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits > 0 && digits <= 3 && strcmp(text + digits, " min") == 0;
}

static void meta_set(struct markdown *md, const struct meta *meta, const char *line,
                     size_t at)
{
    const char *value = line + strlen(meta->key);

    value += strspn(value, " \t");
    if (**meta->field)
        markdown_error(md, at, "'%s' for the second time: expected it once", meta->key);
    else if (!*value)
        markdown_error(md, at, "nothing stands after '%s'", meta->key);
    else if (strcmp(meta->key, "Level:") == 0 && strcmp(value, "core") != 0 &&
             strcmp(value, "more") != 0 && strcmp(value, "deep") != 0)
        markdown_error(md, at, "unknown level '%s': expected core, more or deep", value);
    else if (strcmp(meta->key, "Time:") == 0 && !is_minutes(value))
        markdown_error(md, at, "unknown time '%s': expected minutes, such as 10 min",
                       value);
    else
        replace(meta->field, printable_line(value));
}

static void summary_set(struct markdown *md, size_t at)
{
    char *text;

    if (md->has_summary || md->has_meta) {
        markdown_head_other(md, at);
        return;
    }
    text = mem_strdup(buf_text(&md->head));
    for (char *c = text; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    replace(&md->lesson->summary, printable_line(text));
    free(text);
    md->has_summary = true;
}

/* Whether every line is `Part:` and its like, or none; what mixes them is told. */
static bool is_meta(struct markdown *md, const struct meta *metas, char **lines)
{
    bool first = meta_find(metas, lines[0]);

    for (size_t i = 1; i < md->head_lines.count; i++) {
        size_t at = md->head_lines.items[i].at;
        const struct meta *meta = meta_find(metas, lines[i]);

        if (first && !meta)
            markdown_error(md, at, "expected 'Part:', 'Level:' or 'Time:'");
        if (!first && meta)
            markdown_error(md, at, "expected '%s' in a paragraph below the summary",
                           meta->key);
    }
    return first;
}

void markdown_head_para(struct markdown *md)
{
    struct lesson *lesson = md->lesson;
    const struct meta metas[] = {{"Part:", &lesson->part},
                                 {"Level:", &lesson->level},
                                 {"Time:", &lesson->time},
                                 {NULL, NULL}};
    size_t count = md->head_lines.count;
    char **lines;

    if (!md->has_title || !count) {
        need_title(md, md->para_at == NO_PLACE ? md->at : md->para_at);
        return;
    }
    lines = mem_new(count, sizeof(*lines));
    for (size_t i = 0; i < count; i++) {
        size_t from = md->head_lines.items[i].text_at;
        size_t to =
            i + 1 < count ? md->head_lines.items[i + 1].text_at - 1 : md->head.len;

        lines[i] = mem_strndup(md->head.data + from, to - from);
    }
    if (is_meta(md, metas, lines)) {
        if (md->has_meta)
            markdown_head_other(md, md->head_lines.items[0].at);
        md->has_meta = true;
        for (size_t i = 0; i < count; i++) {
            const struct meta *meta = meta_find(metas, lines[i]);

            if (meta)
                meta_set(md, meta, lines[i], md->head_lines.items[i].at);
        }
    } else {
        summary_set(md, md->head_lines.items[0].at);
    }
    for (size_t i = 0; i < count; i++)
        free(lines[i]);
    free(lines);
}

void markdown_head_end(struct markdown *md)
{
    need_title(md, 0);
    if (!md->lesson->pages.count)
        markdown_error(md, md->len, "a lesson needs a page: expected a '## Heading'");
}
