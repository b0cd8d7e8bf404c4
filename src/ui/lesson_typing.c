#include "ui/lesson_ui.h"
#include "ui/terminal.h"
#include "ui/typed.h"

void lesson_ui_begin_typing(struct lesson_ui *ui)
{
    if (!lesson_feed_is_lab(&ui->feed)) {
        lesson_ui_say(ui, "This is a recording: no line can be typed.");
        return;
    }
    if (!lesson_ui_live(ui)) {
        lesson_ui_say(ui, "You are looking back: End goes to now.");
        return;
    }
    ui->typing = true;
    buf_clear(&ui->input);
}

static void send_line(struct lesson_ui *ui)
{
    ui->typing = false;
    if (ui->input.len == 0)
        return;
    buf_clear(&ui->last_input);
    buf_puts(&ui->last_input, buf_text(&ui->input));
    ui->touched = true;
    session_line(&ui->feed.session, buf_text(&ui->input));
}

void lesson_ui_type(struct lesson_ui *ui, int key)
{
    if (key == KEY_IS_ESCAPE) {
        ui->typing = false;
    } else if (key == KEY_IS_ENTER) {
        send_line(ui);
    } else if (key == KEY_IS_UP) {
        /* A slip of the finger should not cost the whole line. */
        buf_clear(&ui->input);
        buf_puts(&ui->input, buf_text(&ui->last_input));
    } else {
        typed_key(&ui->input, key, INPUT_MOST);
    }
}
