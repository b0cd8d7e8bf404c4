#include "cmd/tell.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/telling.h"

/* Of silence, before the reader is asked, or what was held back is said. While a step
 * runs there may be more of a flood to come. */
#define QUIET_MS 100
#define QUIET_RUNNING_MS 1000

/* ----------------------------------------------------------- telling */

static void tell(struct telling *telling, struct buf *text)
{
    if (text->len && !telling->hushed)
        cmd_write(text->data, text->len);
    buf_free(text);
}

void telling_say(struct telling *telling, const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    telling_flush(telling);
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    buf_putc(&text, '\n');
    tell(telling, &text);
}

void telling_flush(struct telling *telling)
{
    struct buf text = {0};

    plain_flush(&telling->plain, &text);
    tell(telling, &text);
}

void telling_head(const struct lesson *lesson)
{
    struct buf text = {0};

    buf_printf(&text, "%s\n\n%s\n", lesson->title, lesson->summary);
    cmd_write(text.data, text.len);
    buf_free(&text);
}

/* The reader of a recording has answered by himself: how it went then is not told. */
static bool answered_otherwise(const struct telling *telling, const struct event *event)
{
    const struct world_question *question;

    if (telling_is_lab(telling) || event->kind != EVENT_QUESTION)
        return false;
    question = world_question_find(&telling->world, event->question.page,
                                   event->question.block);
    return question && question->status != QUESTION_OPEN;
}

void telling_event(struct telling *telling, const struct event *event)
{
    struct buf text = {0};

    if (event->kind == EVENT_LAB && !telling_is_lab(telling))
        telling_take_text(telling, &event->lab);
    if (answered_otherwise(telling, event) ||
        world_apply(&telling->world, event, NULL) < 0)
        return;
    if (telling->progress &&
        progress_take(&telling->progress->progress, event, time(NULL)))
        telling->unsaved = true;
    plain_tell(&telling->plain, &telling->world, event, &text);
    tell(telling, &text);
}

void telling_until(struct telling *telling, size_t until)
{
    while (telling->at < until)
        telling_event(telling, &telling->journal_lines.events.items[telling->at++]);
}

/* ----------------------------------------------------------- reading */

/* The least delay seen tells best where the journal's time began. */
static void note_offset(struct telling *telling)
{
    int64_t offset;

    if (telling->journal_lines.events.count == 0)
        return;
    offset = clock_now_ns() - vec_last(&telling->journal_lines.events)->t_ns;
    if (telling->offset_ns == 0 || offset < telling->offset_ns)
        telling->offset_ns = offset;
}

bool telling_read(struct telling *telling)
{
    char piece[65536];
    struct err err;
    ssize_t got = lesson_feed_read(&telling->feed, piece, sizeof(piece));

    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0)
        return false;
    if (telling->journal >= 0 &&
        file_write_all(telling->journal, piece, (size_t)got) < 0) {
        cmd_wrong_use("the journal cannot be written: %s", strerror(errno));
        telling->journal = -1;
    }
    if (journal_feed(&telling->journal_lines, piece, (size_t)got, &err) < 0) {
        cmd_wrong_use("%s:%s", telling->path ? telling->path : "journal", err.text);
        telling->broken = true;
        return false;
    }
    note_offset(telling);
    telling->sent = false;
    return true;
}

/* Of a lab, or of a recording that grows; false: it has ended. */
static bool read_on(struct telling *telling)
{
    bool live = telling_is_live(telling), more = telling_read(telling);

    if (live)
        telling_until(telling, telling->journal_lines.events.count);
    while (more && !telling_is_lab(telling))
        more = telling_read(telling);
    if (live)
        telling_until(telling, telling->journal_lines.events.count);
    return more || (!telling_is_lab(telling) && telling->feed.watch >= 0);
}

/* Where it cannot be kept, that is said once, and the lesson goes on. */
static void save(struct telling *telling)
{
    struct err err = {.text = ""};

    if (!telling->unsaved)
        return;
    telling->unsaved = false;
    if (progress_save(telling->progress, &err) < 0 && err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
}

/* How long to wait for something to happen; then it is quiet. */
static int quiet_ms(const struct telling *telling)
{
    if (!telling->with_reader)
        return -1;
    return telling->world.lesson.running ? QUIET_RUNNING_MS : QUIET_MS;
}

void telling_loop(struct telling *telling)
{
    bool open = true, quiet = false;

    while (open && !telling->left && !telling->broken) {
        struct pollfd fds[2] = {
            {.fd = lesson_feed_fd(&telling->feed), .events = POLLIN},
            {.fd = telling->with_reader && !telling->no_more ? STDIN_FILENO : -1,
             .events = POLLIN}};
        int ready = poll(fds, 2, quiet ? -1 : quiet_ms(telling));

        if (ready < 0)
            continue;
        quiet = ready == 0;
        if (quiet) {
            telling_flush(telling);
            telling_prompt(telling);
        }
        if (fds[0].revents)
            open = read_on(telling);
        if (fds[1].revents)
            telling_read_reader(telling);
        if (poll(fds, 1, 0) == 0)
            telling_obey(telling);
        save(telling);
    }
    telling_flush(telling);
    save(telling);
}

void telling_free(struct telling *telling)
{
    world_free(&telling->world);
    journal_free(&telling->journal_lines);
    plain_free(&telling->plain);
    glossary_clear(&telling->glossary);
    loaded_free(&telling->loaded);
    buf_free(&telling->input);
    buf_free(&telling->prompt);
}

/* ----------------------------------------------------------- a lesson */

/* No lab can be made here: what a real run looked like. */
static int tell_instead(const struct loaded *loaded, bool with_reader,
                        const struct err *err)
{
    char *path = NULL;
    int fd = library_recording(loaded->name, &path), status;

    if (fd < 0) {
        fprintf(stderr, "socketarium: %s\n", err->text);
        return EXIT_NOT_ALLOWED;
    }
    fprintf(stderr,
            "socketarium: this is a recording, for no lab can be made here: %s\n",
            err->text);
    status = tell_recording(fd, path, false, with_reader);
    close(fd);
    free(path);
    return status;
}

static int end(struct telling *telling)
{
    int status;

    if (telling->broken || telling->left) {
        session_end(&telling->feed.session);
        return telling->broken ? EXIT_INTERNAL : EXIT_DONE;
    }
    status = session_wait(&telling->feed.session);
    return status <= EXIT_CHECK_FAILED ? status : EXIT_INTERNAL;
}

static void open_progress(struct telling *telling, struct progress_store *store,
                          const struct loaded *loaded)
{
    struct err err = {.text = ""};

    progress_open(store, true, &err);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    progress_begin(&store->progress, loaded->name, loaded->lesson, 0, time(NULL));
    telling->progress = store;
}

int tell_lesson(const struct loaded *loaded, int journal, bool with_reader)
{
    struct telling telling = {.plain = {.lesson = loaded->lesson},
                              .journal = journal,
                              .with_reader = with_reader};
    struct session_plan plan = {
        .lesson = loaded->lesson,
        .script = &loaded->script,
        .text = loaded->text,
        .name = loaded->name,
        .runner = {.automatic = !with_reader, .limits = !with_reader}};
    struct progress_store store = {0};
    struct err err;
    int status;

    if (lesson_feed_lab(&telling.feed, &plan, &err) < 0)
        return tell_instead(loaded, with_reader, &err);
    /* Nobody is there to learn when all is told into a pipe. */
    if (with_reader)
        open_progress(&telling, &store, loaded);
    world_init(&telling.world);
    telling_head(loaded->lesson);
    telling_loop(&telling);
    status = end(&telling);
    telling_free(&telling);
    progress_close(&store);
    return status;
}

int tell_list(void)
{
    library_list list = {0};
    struct buf text = {0};
    const char *part = NULL;
    struct err err;

    if (library_list_all(&list, &err) < 0)
        return cmd_wrong_use("%s", err.text);
    buf_puts(&text,
             "Socketarium: a real network in a box, with packets that you can stop.\n");
    vec_each (entry, &list) {
        if (!part || strcmp(part, entry->part) != 0)
            buf_printf(&text, "\n%s\n", entry->part[0] ? entry->part : "Lessons");
        part = entry->part;
        buf_printf(&text, "  %2u  %s%s\n", entry->number, entry->title,
                   entry->broken ? " (has errors: see socketarium check)" : "");
        if (entry->summary[0])
            buf_printf(&text, "      %s\n", entry->summary);
    }
    if (list.count == 0)
        buf_puts(&text, "\nThere are no lessons yet.\n");
    buf_puts(&text,
             "\nsocketarium learn NUMBER tells one; in a terminal you step it.\n");
    cmd_write(text.data, text.len);
    buf_free(&text);
    library_list_free(&list);
    return EXIT_DONE;
}
