/* picture: compares a canvas with a picture kept as text in the test. */
#ifndef SOCKETARIUM_TESTS_PICTURE_H
#define SOCKETARIUM_TESTS_PICTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "view/canvas.h"

/* Empty lines at the end of the canvas are not compared. */
#define assert_picture(canvas, picture) \
    picture_compare((canvas), (picture), __FILE__, __LINE__)

/* As it would stand in a test: to look at, and to paste when it is what is wanted. */
static inline void picture_print(const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        fprintf(stderr, "        \"%.*s\\n\"\n", (int)(end - text), text);
}

static inline void picture_compare(const struct canvas *canvas, const char *picture,
                                   const char *file, int line)
{
    struct buf text = {0};

    canvas_text(canvas, &text);
    while (text.len > 1 && text.data[text.len - 1] == '\n' &&
           text.data[text.len - 2] == '\n')
        text.data[--text.len] = '\0';
    if (strcmp(buf_text(&text), picture) != 0)
        picture_print(buf_text(&text));
    _assert_string_equal(buf_text(&text), picture, file, line);
    buf_free(&text);
}

/* The element of what stands at x, y. */
static inline enum element element_at(const struct canvas *canvas, int x, int y)
{
    return (enum element)canvas->cells[y * canvas->width + x].element;
}

#endif
