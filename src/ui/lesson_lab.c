#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "lesson/save.h"
#include "ui/lesson_ui.h"

#define SAVE_WORD "save"
#define LESSON_ENDING ".md"

bool lesson_ui_lab_ready(const struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;

    return lesson->page > 0 && lesson->page == lesson->pages && lesson->page_finished &&
           !lesson->running;
}

void lesson_ui_lab_next(struct lesson_ui *ui)
{
    if (!lesson_ui_lab_ready(ui) || ui->sent)
        return;
    if (world_held_count(&ui->world) == 0)
        lesson_ui_say(ui, "No packet is held. Type a line after :, as client: close(c)");
    else
        ui->sent = session_line(&ui->feed.session, "deliver") == 0;
}

/* ----------------------------------------------------------- saving */

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && strcmp(name + len - end, ending) == 0;
}

/* "scene.md" in any folder is called "scene". The caller frees. */
static char *title_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

    return mem_strndup(name, strlen(name) - strlen(LESSON_ENDING));
}

static void write_lesson(struct lesson_ui *ui, const char *path)
{
    char *title = title_of(path), *words;
    struct buf text = {0};
    int result;

    save_lesson(ui->journal.events.items, ui->journal.events.count, title, &text);
    result = file_write_new(path, text.data, text.len);
    words = result == 0 ? mem_printf("Saved as %s. Check it with: socketarium check %s",
                                     path, path)
                        : mem_printf("Not saved: %s: %s", path, strerror(-result));
    lesson_ui_say(ui, words);
    ui->notice_is_error = result < 0;
    free(words);
    free(title);
    buf_free(&text);
}

void lesson_ui_lab_save(struct lesson_ui *ui, const char *name)
{
    if (!name) {
        lesson_ui_begin_typing(ui);
        typed_insert(&ui->input, SAVE_WORD " my-scene" LESSON_ENDING);
        return;
    }
    if (ends_with(name, LESSON_ENDING)) {
        write_lesson(ui, name);
    } else {
        lesson_ui_say(ui, "save: expected a file's name that ends in " LESSON_ENDING
                          ", as save my-scene" LESSON_ENDING);
        ui->notice_is_error = true;
    }
}

bool lesson_ui_lab_command(struct lesson_ui *ui, const char *text)
{
    size_t len = strlen(SAVE_WORD);

    if (!ui->plan->lab || strncmp(text, SAVE_WORD, len) != 0 ||
        (text[len] && text[len] != ' '))
        return false;
    lesson_ui_lab_save(ui, text + len + strspn(text + len, " "));
    return true;
}

/* ----------------------------------------------------------- undo */

void lesson_ui_lab_forget(struct lesson_ui *ui)
{
    undo_list_free(&ui->again);
    ui->again_at = 0;
}

/* A kernel cannot go back: a fresh lab is built, and the lines before it run again. */
void lesson_ui_lab_undo(struct lesson_ui *ui)
{
    if (!lesson_ui_lab_ready(ui) || !lesson_ui_live(ui))
        return;
    lesson_ui_lab_forget(ui);
    if (!undo_lines(ui->journal.events.items, ui->journal.events.count, &ui->again)) {
        lesson_ui_say(ui, "Nothing was done that could be taken back.");
        return;
    }
    lesson_ui_restart(ui);
    lesson_ui_say(ui, "Taken back: a fresh lab, and the lines before it again.");
}

void lesson_ui_lab_turn(struct lesson_ui *ui)
{
    if (ui->again_at == ui->again.count) {
        lesson_ui_lab_forget(ui);
        return;
    }
    if (ui->sent || !lesson_ui_lab_ready(ui))
        return;
    ui->sent = session_line(&ui->feed.session, ui->again.items[ui->again_at]) == 0;
    ui->again_at += ui->sent;
}
