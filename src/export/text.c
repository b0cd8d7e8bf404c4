#include "export/export.h"

void export_text(const struct canvas *canvas, struct buf *out)
{
    size_t start = out->len;

    canvas_text(canvas, out);
    while (out->len > start + 1 && out->data[out->len - 1] == '\n' &&
           out->data[out->len - 2] == '\n')
        out->data[--out->len] = '\0';
    if (out->len == start + 1) /* nothing but an empty line */
        out->data[out->len = start] = '\0';
}
