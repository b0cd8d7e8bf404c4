#include <string.h>

#include "lesson/complete.h"
#include "ui/lesson_ui.h"
#include "ui/terminal.h"

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
    typed_clear(&ui->input);
}

static void send_line(struct lesson_ui *ui)
{
    ui->typing = false;
    if (ui->input.text.len == 0)
        return;
    typed_keep(&ui->input);
    if (lesson_ui_lab_command(ui, buf_text(&ui->input.text)))
        return;
    ui->touched = true;
    session_line(&ui->feed.session, buf_text(&ui->input.text));
}

/* ----------------------------------------------------------- completion */

/* Beside each other, and with their help where there are few of them. */
#define CANDIDATES_TOLD 3

static void say_candidates(struct lesson_ui *ui, const struct completion *completion)
{
    const char *expected = completion->expected;
    size_t count = completion->candidates.count;
    struct buf words = {0};

    vec_each (candidate, &completion->candidates) {
        buf_printf(&words, "%s%s", words.len ? "   " : "", candidate->text);
        if (count <= CANDIDATES_TOLD && candidate->help[0])
            buf_printf(&words, " (%s)", candidate->help);
    }
    if (!count)
        buf_printf(&words, "Here: %s.", expected ? expected : "the end of the line");
    lesson_ui_say(ui, buf_text(&words));
    buf_free(&words);
}

static void complete(struct lesson_ui *ui)
{
    struct completion completion;
    struct buf more = {0};

    completion_of(buf_text(&ui->input.text), ui->input.cursor, &ui->world, &completion);
    completion_insert(&completion, ui->input.cursor, &more);
    if (ui->input.text.len + more.len <= INPUT_MOST)
        typed_insert(&ui->input, buf_text(&more));
    if (completion.candidates.count != 1)
        say_candidates(ui, &completion);
    buf_free(&more);
    completion_free(&completion);
}

/* An odd number of quotes stands before the cursor: ? is text there. */
static bool in_quotes(const struct typed *input)
{
    const char *text = buf_text(&input->text);
    bool open = false;

    for (size_t i = 0; i < input->cursor; i++) {
        if (open && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            open = !open;
    }
    return open;
}

static void say_help(struct lesson_ui *ui)
{
    struct buf help = {0};

    completion_help(buf_text(&ui->input.text), ui->input.cursor, &ui->world, &help);
    lesson_ui_say(ui, buf_text(&help));
    buf_free(&help);
}

void lesson_ui_type(struct lesson_ui *ui, int key)
{
    if (key == KEY_IS_ESCAPE)
        ui->typing = false;
    else if (key == KEY_IS_ENTER)
        send_line(ui);
    else if (key == KEY_IS_TAB)
        complete(ui);
    else if (key == '?' && !in_quotes(&ui->input))
        say_help(ui);
    else if (!typed_move(&ui->input, key))
        typed_key(&ui->input, key, INPUT_MOST);
}
