#include "view/footer.h"

#include <stdlib.h>
#include <string.h>

#define MARKS "\1\2"

void footer_draw(struct canvas *canvas, const char *text)
{
    struct area all = canvas_all(canvas);
    int x = 1;

    while (*text) {
        size_t len = strcspn(text, MARKS);
        char *piece = mem_strndup(text, len);
        bool key = text[len] == '\2';

        x += canvas_put(canvas, all, x, canvas->height - 1,
                        key ? ELEMENT_KEY : ELEMENT_TEXT, piece);
        free(piece);
        text += len + (text[len] != '\0');
    }
}

int footer_width(const char *text)
{
    int width = 1;

    while (*text) {
        size_t len = strcspn(text, MARKS);
        char *piece = mem_strndup(text, len);

        width += text_width(piece);
        free(piece);
        text += len + (text[len] != '\0');
    }
    return width;
}
