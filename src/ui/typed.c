#include "ui/typed.h"

#include "ui/terminal.h"

static void add_character(struct buf *line, unsigned code)
{
    if (code < 0x80) {
        buf_putc(line, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_putc(line, (char)(0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buf_putc(line, (char)(0xe0 | code >> 12));
        } else {
            buf_putc(line, (char)(0xf0 | code >> 18));
            buf_putc(line, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buf_putc(line, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_putc(line, (char)(0x80 | (code & 0x3f)));
}

static void drop_last_character(struct buf *line)
{
    while (line->len && (line->data[line->len - 1] & 0xc0) == 0x80)
        line->data[--line->len] = '\0';
    if (line->len)
        line->data[--line->len] = '\0';
}

bool typed_key(struct buf *line, int key, size_t most)
{
    if (key == KEY_IS_BACKSPACE) {
        drop_last_character(line);
        return true;
    }
    if ((key < ' ' || key >= 0x7f) && (key < 0xa0 || key >= KEY_IS_UP))
        return false;
    if (line->len < most)
        add_character(line, (unsigned)key);
    return true;
}
