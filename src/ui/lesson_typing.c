#include "ui/lesson_ui.h"
#include "ui/terminal.h"

void lesson_ui_begin_typing(struct lesson_ui *ui)
{
    if (!lesson_ui_live(ui)) {
        lesson_ui_say(ui, "You are looking back: End goes to now.");
        return;
    }
    ui->typing = true;
    buf_clear(&ui->input);
}

static void add_character(struct buf *input, unsigned code)
{
    if (code < 0x80) {
        buf_putc(input, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_putc(input, (char)(0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buf_putc(input, (char)(0xe0 | code >> 12));
        } else {
            buf_putc(input, (char)(0xf0 | code >> 18));
            buf_putc(input, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buf_putc(input, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_putc(input, (char)(0x80 | (code & 0x3f)));
}

static void drop_last_character(struct buf *input)
{
    while (input->len && (input->data[input->len - 1] & 0xc0) == 0x80)
        input->data[--input->len] = '\0';
    if (input->len)
        input->data[--input->len] = '\0';
}

static void send_line(struct lesson_ui *ui)
{
    ui->typing = false;
    if (ui->input.len == 0)
        return;
    buf_clear(&ui->last_input);
    buf_puts(&ui->last_input, buf_text(&ui->input));
    ui->touched = true;
    session_line(&ui->session, buf_text(&ui->input));
}

void lesson_ui_type(struct lesson_ui *ui, int key)
{
    if (key == KEY_IS_ESCAPE) {
        ui->typing = false;
    } else if (key == KEY_IS_ENTER) {
        send_line(ui);
    } else if (key == KEY_IS_BACKSPACE) {
        drop_last_character(&ui->input);
    } else if (key == KEY_IS_UP) {
        /* A slip of the finger should not cost the whole line. */
        buf_clear(&ui->input);
        buf_puts(&ui->input, buf_text(&ui->last_input));
    } else if ((key >= ' ' && key < 0x7f) || (key >= 0xa0 && key < KEY_IS_UP)) {
        if (ui->input.len < INPUT_MOST)
            add_character(&ui->input, (unsigned)key);
    }
}
