#include "view/canvas.h"
#include "view/prose_layout.h"

#define TABLE_GAP 2    /* columns between two cells */
#define CELL_NARROW 4  /* a cell is not made narrower than this */
#define TABLE_CELLS 16 /* cells of a row that are drawn */

struct widths {
    size_t count;
    int of[TABLE_CELLS];
};

static int total_width(const struct widths *widths)
{
    int total = TABLE_GAP * ((int)widths->count - 1);

    for (size_t i = 0; i < widths->count; i++)
        total += widths->of[i];
    return total;
}

/* The widest cell of each column; then the widest column gives way until all fit. */
static struct widths find_widths(const struct para *table, int columns)
{
    size_t in_row = (size_t)table->columns;
    struct widths widths = {.count = in_row < TABLE_CELLS ? in_row : TABLE_CELLS};

    for (size_t i = 0; i < table->spans.count; i++) {
        int width = text_width(table->spans.items[i].text);

        if (i % in_row < widths.count && width > widths.of[i % in_row])
            widths.of[i % in_row] = width;
    }
    while (total_width(&widths) > columns) {
        int *widest = widths.of;

        for (size_t i = 1; i < widths.count; i++) {
            if (widths.of[i] > *widest)
                widest = &widths.of[i];
        }
        if (*widest <= CELL_NARROW)
            break;
        (*widest)--;
    }
    return widths;
}

static void lay_cell(struct prose_layout *layout, int y, int x, int columns,
                     enum element base, const struct span *cell)
{
    struct prose_styled styled = {0};
    span_list one = {.items = (struct span *)cell, .count = 1};

    prose_styled_add_spans(&styled, base, &one);
    prose_layout_wrap(layout, y, x, columns, &styled);
    prose_styled_free(&styled);
}

static void lay_head_rule(struct prose_layout *layout, int x,
                          const struct widths *widths)
{
    int y = layout->height;

    for (size_t column = 0; column < widths->count; column++) {
        struct buf rule = {0};

        for (int i = 0; i < widths->of[column]; i++)
            buf_puts(&rule, "─");
        if (rule.len)
            prose_layout_put(layout, y, x, ELEMENT_BORDER, buf_text(&rule));
        buf_free(&rule);
        x += widths->of[column] + TABLE_GAP;
    }
}

void prose_layout_table(struct prose_layout *layout, int x, const struct para *table)
{
    struct widths widths;

    if (table->columns < 1)
        return;
    widths = find_widths(table, layout->columns - x);
    for (size_t row = 0; row < table->spans.count; row += (size_t)table->columns) {
        int y = layout->height, at = x;

        for (size_t i = 0; i < widths.count && row + i < table->spans.count; i++) {
            lay_cell(layout, y, at, widths.of[i], row ? ELEMENT_TEXT : ELEMENT_TITLE,
                     &table->spans.items[row + i]);
            at += widths.of[i] + TABLE_GAP;
        }
        if (row == 0)
            lay_head_rule(layout, x, &widths);
    }
}
