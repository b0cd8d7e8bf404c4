/* picture: compares a canvas with a picture kept as text in the test. */
#ifndef SOCKETARIUM_TESTS_PICTURE_H
#define SOCKETARIUM_TESTS_PICTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/canvas.h"

/* Empty lines at the end of the canvas are not compared. */
#define assert_picture(canvas, picture) \
    picture_compare((canvas), (picture), __FILE__, __LINE__)

static inline void picture_compare(const struct canvas *canvas, const char *picture,
                                   const char *file, int line)
{
    struct buf text = {0};

    canvas_text(canvas, &text);
    while (text.len > 1 && text.data[text.len - 1] == '\n' &&
           text.data[text.len - 2] == '\n')
        text.data[--text.len] = '\0';
    _assert_string_equal(buf_text(&text), picture, file, line);
    buf_free(&text);
}

/* The element of what stands at x, y. */
static inline enum element element_at(const struct canvas *canvas, int x, int y)
{
    return (enum element)canvas->cells[y * canvas->width + x].element;
}

#endif
