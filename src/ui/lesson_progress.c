#include <time.h>

#include "ui/lesson_ui.h"

static struct progress *progress_of(const struct lesson_ui *ui)
{
    return ui->plan->progress ? &ui->plan->progress->progress : NULL;
}

void lesson_ui_progress_begin(struct lesson_ui *ui, unsigned until_page)
{
    progress_begin(progress_of(ui), ui->loaded->name, ui->loaded->lesson, until_page,
                   time(NULL));
}

void lesson_ui_progress_take(struct lesson_ui *ui, const struct event *event)
{
    if (progress_of(ui) && progress_take(progress_of(ui), event, time(NULL)))
        ui->unsaved = true;
}

/* Where it cannot be kept, that is said once, and the lesson goes on. */
void lesson_ui_progress_save(struct lesson_ui *ui)
{
    struct err err = {.text = ""};

    if (!ui->unsaved)
        return;
    ui->unsaved = false;
    if (progress_save(ui->plan->progress, &err) < 0 && err.text[0])
        lesson_ui_say(ui, err.text);
}

void lesson_ui_progress_end(struct lesson_ui *ui)
{
    lesson_ui_progress_save(ui);
    if (progress_of(ui))
        progress_end(progress_of(ui));
}
