#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/tell.h"
#include "cmd/telling.h"

void telling_take_text(struct telling *telling, const struct event_lab *lab)
{
    if (!lab->text)
        return;
    plain_free(&telling->plain);
    loaded_free(&telling->loaded);
    library_load_text(telling->path, lab->text, strlen(lab->text), &telling->loaded);
    telling->plain.lesson = telling->loaded.lesson;
    if (!telling->hushed)
        telling_head(telling->loaded.lesson);
}

/* ----------------------------------------------------------- steps */

/* A page's setup runs as the page opens: nobody pressed a key for it. */
static bool is_setup(const struct telling *telling, const struct event_step *step)
{
    const struct block *block =
        lesson_block(telling->plain.lesson, step->page, step->block);

    return block && block->kind == BLOCK_SETUP;
}

/* An event before which the reader of a recording is asked. */
static bool begins_step(const struct telling *telling, const struct event *event)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    switch (event->kind) {
    case EVENT_STEP:
        return event->step.status == STEP_STARTED && !is_setup(telling, &event->step);
    case EVENT_QUESTION:
        return event->question.status != QUESTION_OPEN &&
               event->question.page == lesson->page;
    case EVENT_TASK:
        return event->task.status == TASK_SHOWN;
    case EVENT_PAGE:
        return lesson->page > 0 && event->page.page != lesson->page;
    case EVENT_LAB:
        return event->lab.text && lesson->page > 0;
    case EVENT_HOST:
    case EVENT_CALL:
    case EVENT_PACKET:
    case EVENT_SOCKET:
    case EVENT_WIRE:
    case EVENT_EXPECT:
    case EVENT_OUTPUT:
    case EVENT_LOST:
    case EVENT_KIND_COUNT:
        break;
    }
    return false;
}

void telling_forward(struct telling *telling)
{
    size_t count = telling->journal_lines.events.count;

    if (telling->at < count)
        telling_until(telling, telling->at + 1);
    while (telling->at < count &&
           !begins_step(telling, &telling->journal_lines.events.items[telling->at]))
        telling_until(telling, telling->at + 1);
    telling_flush(telling);
}

void telling_answer(struct telling *telling, const struct world_question *question,
                    unsigned answers)
{
    const struct block *block =
        lesson_block(telling->plain.lesson, question->page, question->block);
    struct event event = world_judge_answer(&telling->world, question, block, answers);

    telling_event(telling, &event);
    if (event.question.status != QUESTION_AGAIN)
        telling_forward(telling);
}

/* ----------------------------------------------------------- all of it */

/* Who comes to a running class hears where it is, not all that was before. */
static void join(struct telling *telling)
{
    struct buf text = {0};

    telling->hushed = true;
    telling_until(telling, telling->journal_lines.events.count);
    telling_flush(telling);
    telling->hushed = false;
    plain_again(&telling->plain, &text);
    cmd_write(buf_text(&text), text.len);
    buf_free(&text);
}

static void tell_read(struct telling *telling)
{
    if (telling->broken)
        return;
    if (telling->with_reader && telling->follow)
        join(telling);
    else if (telling->with_reader)
        telling_forward(telling);
    if (telling->with_reader || (telling->follow && telling->feed.watch >= 0))
        telling_loop(telling);
    telling_flush(telling);
}

int tell_recording(int fd, const char *path, bool follow, bool with_reader)
{
    struct telling telling = {
        .journal = -1, .path = path, .follow = follow, .with_reader = with_reader};
    struct err err;
    int status;

    if (lesson_feed_recording(&telling.feed, fd, path, follow, &err) < 0)
        return cmd_wrong_use("%s", err.text);
    world_init(&telling.world);
    while (telling_read(&telling))
        if (!with_reader)
            telling_until(&telling, telling.journal_lines.events.count);
    tell_read(&telling);
    status = telling.broken ? EXIT_WRONG_USE : EXIT_DONE;
    if (!telling.broken && telling.journal_lines.events.count == 0)
        status = cmd_wrong_use("%s:1: the file is empty; expected a journal", path);
    lesson_feed_close(&telling.feed);
    telling_free(&telling);
    return status;
}
