/* markdown: a lesson's file becomes a struct lesson (model/page.h), by md4c.
 *
 * The contract is doc/LESSON-FORMAT.md, "The page". All errors of a file are gathered,
 * not only the first. One thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_MARKDOWN_H
#define SOCKETARIUM_LESSON_MARKDOWN_H

#include <stddef.h>

#include "base/vec.h"
#include "model/page.h"

struct lesson_error {
    unsigned line, column; /* from 1; 0 when it is about the whole file */
    char *text;            /* (owned) printable: what was wrong, and what was expected */
};
typedef VEC(struct lesson_error) lesson_error_list;

void lesson_error_add(lesson_error_list *errors, unsigned line, unsigned column,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));
void lesson_error_list_free(lesson_error_list *errors);
/* Sorts by line and column. */
void lesson_error_list_sort(lesson_error_list *errors);

/* Parses len bytes of Markdown. path is for messages. Always returns a lesson (the
 * caller frees it); it is fit to run only if nothing was added to errors. Text that is
 * not UTF-8, or has a NUL byte, is one error ("not a text file"). */
struct lesson *markdown_parse(const char *path, const char *text, size_t len,
                              lesson_error_list *errors);

#endif
