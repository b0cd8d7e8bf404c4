#include <stdio.h>

#include "base/clock.h"
#include "ui/lesson_ui.h"

static const int speeds_ms[] = {500, 1000, 2000, 3000, 5000, 8000, 15000};
#define SPEED_COUNT ((int)(sizeof(speeds_ms) / sizeof(speeds_ms[0])))

static void say_speed(struct lesson_ui *ui)
{
    char words[80];
    int ms = speeds_ms[ui->play_speed];

    snprintf(words, sizeof(words), "A step each %d%s s.   p: stop   + and -: speed",
             ms / 1000, ms % 1000 ? ".5" : "");
    lesson_ui_say(ui, words);
}

static void wait_one_step(struct lesson_ui *ui)
{
    ui->play_due_ns = clock_now_ns() + speeds_ms[ui->play_speed] * NS_PER_MS;
}

void lesson_ui_play(struct lesson_ui *ui)
{
    ui->playing = !ui->playing;
    if (!ui->playing)
        return;
    wait_one_step(ui);
    say_speed(ui);
}

void lesson_ui_play_speed(struct lesson_ui *ui, int faster)
{
    int speed = ui->play_speed - faster;

    ui->play_speed = speed < 0 ? 0 : speed >= SPEED_COUNT ? SPEED_COUNT - 1 : speed;
    if (ui->playing)
        wait_one_step(ui);
    say_speed(ui);
}

static bool at_the_end(const struct lesson_ui *ui)
{
    const struct world_lesson *lesson = &ui->world.lesson;

    if (!lesson_ui_live(ui))
        return false;
    return !lesson_feed_is_lab(&ui->feed) ||
           (lesson->page == lesson->pages && lesson->page_finished);
}

/* What a class must answer or do is not passed by; what it has done is, when it looks
 * back, and the tasks of a recording. */
static const char *reason_to_stop(const struct lesson_ui *ui)
{
    bool lab = lesson_feed_is_lab(&ui->feed);

    if (ui->ended || (lab && ui->world.lesson.failed))
        return ""; /* the screen says why */
    if (lesson_ui_unread(ui) > 0 && !lesson_ui_looks_back(ui))
        return NULL;
    if (at_the_end(ui))
        return "Playing ends here.";
    if (ui->asking != ASKING_NOTHING || ui->typing)
        return "";
    if (lesson_ui_question(ui) && (!lab || lesson_ui_live(ui)))
        return "Playing stops here, at a question: answer it with a number.";
    return lesson_ui_task(ui) && lesson_ui_acts(ui)
               ? "Playing stops here, at a task: do it with a : and a line."
               : NULL;
}

void lesson_ui_play_tick(struct lesson_ui *ui)
{
    const char *why;

    if (!ui->playing || clock_now_ns() < ui->play_due_ns)
        return;
    /* A step that takes its time, or help on the screen: it goes on afterwards. */
    if ((lesson_ui_live(ui) && ui->world.lesson.running) || ui->help || ui->blank) {
        wait_one_step(ui);
        return;
    }
    why = reason_to_stop(ui);
    if (why) {
        ui->playing = false;
        lesson_ui_uncover(ui);
        lesson_ui_say(ui, why);
        return;
    }
    lesson_ui_next(ui);
    wait_one_step(ui);
}

int lesson_ui_play_ms(const struct lesson_ui *ui)
{
    int64_t left = ui->play_due_ns - clock_now_ns();

    if (!ui->playing)
        return -1;
    return left > 0 ? (int)(left / NS_PER_MS) + 1 : 0;
}
