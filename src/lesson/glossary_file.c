#include "lesson/glossary_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "lesson/library.h"
#include "lesson/markdown.h"

/* The paragraph moves over. */
static void take(struct para *para, struct glossary *out)
{
    struct glossary_entry *entry;

    if (para->kind != PARA_TEXT || para->spans.count == 0 ||
        !(para->spans.items[0].style & SPAN_STRONG))
        return;
    entry = vec_push(&out->entries);
    entry->term = mem_strdup(para->spans.items[0].text);
    entry->text = *para;
    memset(&para->spans, 0, sizeof(para->spans));
}

void glossary_read(const char *text, size_t len, struct glossary *out)
{
    /* A lesson's prose stands on pages: this is one. */
    static const char head[] = "# Glossary\n\nTerms.\n\n## Terms\n\n";
    lesson_error_list errors = {0};
    const char *end = text + len, *line = memchr(text, '\n', len);
    struct buf whole = {0};
    struct lesson *lesson;

    buf_puts(&whole, head);
    if (len && text[0] == '#') /* its own title */
        text = line ? line + 1 : end;
    buf_add(&whole, text, (size_t)(end - text));
    lesson = markdown_parse("glossary.md", buf_text(&whole), whole.len, &errors);
    vec_each (page, &lesson->pages)
        vec_each (block, &page->blocks)
            vec_each (para, &block->text)
                take(para, out);
    lesson_free(lesson);
    lesson_error_list_free(&errors);
    buf_free(&whole);
}

int glossary_load(struct glossary *out, struct err *err)
{
    char *directory = library_directory(err), *path;
    struct buf text = {0};
    int result;

    if (!directory)
        return -ENOENT;
    path = mem_printf("%s/glossary.md", directory);
    result = file_read(path, LESSON_FILE_MAX, &text, err);
    if (result >= 0)
        glossary_read(buf_text(&text), text.len, out);
    buf_free(&text);
    free(path);
    free(directory);
    return result < 0 ? result : 0;
}
