#include "view/log.h"

#include <string.h>

#include "base/printable.h"
#include "view/prose_layout.h"

static void lay_line(struct prose_layout *layout, const struct world_log_line *line)
{
    struct prose_styled styled = {0};
    struct buf text = {0};

    printable_add(&text, line->text, strlen(line->text), PRINTABLE_TEXT);
    prose_styled_add(&styled, ELEMENT_CODE, buf_text(&text));
    buf_clear(&text);
    if (line->result) {
        buf_puts(&text, line->blocked || line->failed ? "  " : "  = ");
        printable_add(&text, line->result, strlen(line->result), PRINTABLE_TEXT);
        prose_styled_add(&styled,
                         line->failed    ? ELEMENT_ERROR
                         : line->blocked ? ELEMENT_EMPHASIS
                                         : ELEMENT_TITLE,
                         buf_text(&text));
    }
    prose_layout_hang(layout, 0, ELEMENT_KEY, line->typed ? ": " : "  ", &styled);
    prose_styled_free(&styled);
    buf_free(&text);
}

int log_draw(const struct world *world, int scroll, struct canvas *canvas,
             struct area area)
{
    struct prose_layout layout = {.columns = area.width > 1 ? area.width : 1};
    int lines;

    vec_each (line, &world->log)
        lay_line(&layout, line);
    prose_layout_draw(&layout, scroll, canvas, area);
    lines = layout.height;
    prose_layout_free(&layout);
    return lines;
}
