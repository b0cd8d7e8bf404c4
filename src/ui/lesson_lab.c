#include "ui/lesson_ui.h"

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
