#include "cmd/tell.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "lesson/session.h"
#include "model/journal.h"
#include "model/world.h"
#include "view/plain.h"

struct telling {
    struct session session;
    struct journal journal_lines;
    struct world world;
    struct plain plain;
    struct buf input;     /* a line of the reader's that is not complete */
    int fd;               /* the session's, or a recording's */
    int journal;          /* lines are written there, too; or -1 */
    const char *path;     /* the recording's, for messages; or NULL */
    struct loaded loaded; /* the lesson of a recording */
    bool with_reader;
    bool prompted; /* the reader was told what to press */
    bool left;     /* the reader has gone */
    bool broken;   /* the journal could not be read */
};

static void tell_head(const struct lesson *lesson)
{
    struct buf text = {0};

    buf_printf(&text, "%s\n\n%s\n", lesson->title, lesson->summary);
    cmd_write(text.data, text.len);
    buf_free(&text);
}

/* A recording holds the texts of its lessons. */
static void take_text(struct telling *telling, const struct event_lab *lab)
{
    if (!lab->text)
        return;
    loaded_free(&telling->loaded);
    library_load_text(telling->path, lab->text, strlen(lab->text), &telling->loaded);
    telling->plain = (struct plain){.lesson = telling->loaded.lesson};
    tell_head(telling->loaded.lesson);
}

static void tell_event(struct telling *telling, const struct event *event)
{
    struct buf text = {0};

    if (event->kind == EVENT_LAB && telling->path)
        take_text(telling, &event->lab);
    if (world_apply(&telling->world, event, NULL) < 0)
        return;
    plain_tell(&telling->plain, &telling->world, event, &text);
    if (text.len)
        telling->prompted = false;
    cmd_write(buf_text(&text), text.len);
    buf_free(&text);
}

/* False at the end. */
static bool read_journal(struct telling *telling)
{
    size_t known = telling->journal_lines.events.count;
    char piece[65536];
    struct err err;
    ssize_t got = read(telling->fd, piece, sizeof(piece));

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
    for (; known < telling->journal_lines.events.count; known++)
        tell_event(telling, &telling->journal_lines.events.items[known]);
    return true;
}

/* ----------------------------------------------------------- the reader */

static bool lesson_over(const struct telling *telling)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    return lesson->failed ||
           (lesson->page > 0 && lesson->page == lesson->pages && lesson->page_finished);
}

static void prompt(struct telling *telling)
{
    static const char words[] =
        "[Enter: next   1-9: answer   :LINE: a lab line   q: leave]\n";
    static const char last[] = "[The end. :LINE: a lab line   q: leave]\n";
    const struct world_lesson *lesson = &telling->world.lesson;

    if (!telling->with_reader || telling->prompted || lesson->running || !lesson->page)
        return;
    telling->prompted = true;
    if (lesson_over(telling))
        cmd_write(last, sizeof(last) - 1);
    else
        cmd_write(words, sizeof(words) - 1);
}

static void obey(struct telling *telling, char *line)
{
    unsigned answers = 0;

    telling->prompted = false;
    while (isspace((unsigned char)*line))
        line++;
    if (*line == 'q') {
        telling->left = true;
    } else if (*line == ':') {
        session_line(&telling->session, line + 1);
    } else if (isdigit((unsigned char)*line)) {
        for (; *line; line++)
            if (*line >= '1' && *line <= '9')
                answers |= 1u << (*line - '1');
        session_answer(&telling->session, answers);
    } else if (*line == '\0' && lesson_over(telling)) {
        telling->left = true;
    } else {
        session_next(&telling->session);
    }
}

static void read_reader(struct telling *telling)
{
    char piece[1024], *newline;
    ssize_t got = read(STDIN_FILENO, piece, sizeof(piece));

    if (got == 0)
        telling->left = true;
    if (got <= 0)
        return;
    buf_add(&telling->input, piece, (size_t)got);
    while ((newline = memchr(telling->input.data, '\n', telling->input.len))) {
        *newline = '\0';
        obey(telling, telling->input.data);
        buf_drop_front(&telling->input, (size_t)(newline - telling->input.data) + 1);
    }
}

/* ----------------------------------------------------------- telling */

static int tell_all(struct telling *telling)
{
    struct pollfd fds[2] = {{.fd = telling->session.fd, .events = POLLIN},
                            {.fd = STDIN_FILENO, .events = POLLIN}};
    bool open = true;
    int status;

    while (open && !telling->left) {
        if (poll(fds, telling->with_reader ? 2 : 1, -1) < 0)
            continue;
        if (fds[0].revents)
            open = read_journal(telling);
        else
            prompt(telling);
        if (telling->with_reader && fds[1].revents)
            read_reader(telling);
        else if (open && poll(fds, 1, 0) == 0)
            prompt(telling);
    }
    if (telling->broken) {
        session_end(&telling->session);
        return EXIT_INTERNAL;
    }
    if (telling->left) {
        session_end(&telling->session);
        return EXIT_DONE;
    }
    status = session_wait(&telling->session);
    return status <= EXIT_CHECK_FAILED ? status : EXIT_INTERNAL;
}

static void telling_free(struct telling *telling)
{
    world_free(&telling->world);
    journal_free(&telling->journal_lines);
    loaded_free(&telling->loaded);
    buf_free(&telling->input);
}

int tell_recording(int fd, const char *path, const char *why)
{
    struct telling telling = {.fd = fd, .journal = -1, .path = path};
    int status;

    if (why)
        fprintf(stderr, "socketarium: %s\n", why);
    world_init(&telling.world);
    while (read_journal(&telling))
        ;
    status = telling.broken ? EXIT_WRONG_USE : EXIT_DONE;
    if (!telling.broken && telling.journal_lines.events.count == 0)
        status = cmd_wrong_use("%s:1: the file is empty; expected a journal", path);
    telling_free(&telling);
    return status;
}

/* No lab can be made here: what a real run looked like. */
static int tell_instead(const struct loaded *loaded, const struct err *err)
{
    char *path = NULL, *why;
    int fd = library_recording(loaded->name, &path), status;

    if (fd < 0) {
        fprintf(stderr, "socketarium: %s\n", err->text);
        return EXIT_NOT_ALLOWED;
    }
    why = mem_printf("this is a recording, for no lab can be made here: %s", err->text);
    status = tell_recording(fd, path, why);
    close(fd);
    free(path);
    free(why);
    return status;
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
    struct err err;
    int status;

    if (session_start(&telling.session, &plan, &err) < 0)
        return tell_instead(loaded, &err);
    telling.fd = telling.session.fd;
    world_init(&telling.world);
    tell_head(loaded->lesson);
    status = tell_all(&telling);
    telling_free(&telling);
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
