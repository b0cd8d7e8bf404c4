#include "cmd/export_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/printable.h"
#include "cmd/check_report.h"
#include "cmd/cmd.h"
#include "lesson/session.h"

/* ----------------------------------------------------------- a journal */

static int damaged(const struct export_source *source, const struct err *err)
{
    char *path = printable_line(source->path);
    int status = cmd_wrong_use("%s:%s", path, err->text);

    free(path);
    return status;
}

/* To the end. What follows the last newline may still be growing: it is left alone. */
static int read_all(struct export_source *source, int fd)
{
    char piece[65536];
    struct err err;
    ssize_t got;

    while ((got = read(fd, piece, sizeof(piece))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cmd_wrong_use("%s: %s", source->path, strerror(errno));
        if (journal_feed(&source->journal, piece, (size_t)got, &err) < 0)
            return damaged(source, &err);
    }
    if (source->journal.events.count == 0)
        return cmd_wrong_use("%s:1: it has no line; expected a journal, as check "
                             "--journal writes it",
                             source->path);
    return EXIT_DONE;
}

static int read_journal(struct export_source *source, const char *file)
{
    bool standard_input = strcmp(file, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    int status;

    source->path = standard_input ? mem_strdup("standard input") : printable_line(file);
    if (fd < 0)
        return cmd_wrong_use("%s: %s", source->path, strerror(errno));
    status = read_all(source, fd);
    if (!standard_input)
        close(fd);
    return status;
}

/* ----------------------------------------------------------- a lesson */

static int cannot_run(const struct loaded *loaded, bool allow_run)
{
    struct buf text = {0};
    bool runs = loaded->script.runs_programs && !allow_run;

    if (loaded->errors.count) {
        loaded_error_text(loaded, &text);
    } else if (runs) {
        loaded_runs_text(loaded, &text);
        buf_puts(&text, "socketarium: a lesson that runs programs of yours is run only "
                        "with --allow-run\n");
    }
    fputs(buf_text(&text), stderr);
    buf_free(&text);
    return loaded->errors.count || runs ? EXIT_WRONG_USE : EXIT_DONE;
}

static int read_session(struct export_source *source, struct session *session)
{
    char piece[65536];
    struct err err;
    ssize_t got;

    while ((got = read(session->fd, piece, sizeof(piece))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        if (journal_feed(&source->journal, piece, (size_t)got, &err) < 0) {
            fprintf(stderr, "socketarium: journal line %s\n", err.text);
            session_end(session);
            return EXIT_INTERNAL;
        }
    }
    return session_wait(session) == 0 ? EXIT_DONE : EXIT_CHECK_FAILED;
}

static void tell_failure(const struct export_source *source, const struct loaded *loaded)
{
    struct buf text = {0};

    vec_each (event, &source->journal.events)
        if (event->kind == EVENT_STEP && event->step.status == STEP_FAILED)
            report_failure(loaded, &event->step, &text);
    report_last_events(&source->journal, &text);
    fprintf(stderr, "socketarium: the lesson failed:\n%s", buf_text(&text));
    buf_free(&text);
}

static int run(struct export_source *source, const struct loaded *loaded)
{
    struct session_plan plan = {.lesson = loaded->lesson,
                                .script = &loaded->script,
                                .text = loaded->text,
                                .name = loaded->name,
                                .runner = {.automatic = true, .limits = true}};
    struct session session;
    struct err err;
    int status;

    if (session_start(&session, &plan, &err) < 0) {
        fprintf(stderr, "socketarium: %s\n", err.text);
        return EXIT_NOT_ALLOWED;
    }
    status = read_session(source, &session);
    if (status == EXIT_CHECK_FAILED)
        tell_failure(source, loaded);
    return status;
}

static int run_lesson(struct export_source *source, const char *called, bool allow_run)
{
    struct loaded loaded;
    struct err err;
    char *path = library_find(called, &err);
    int status;

    if (!path || library_load(path, &loaded, &err) < 0) {
        free(path);
        return cmd_wrong_use("%s", err.text);
    }
    source->path = printable_line(path);
    free(path);
    status = cannot_run(&loaded, allow_run);
    if (status == EXIT_DONE)
        status = run(source, &loaded);
    loaded_free(&loaded);
    return status;
}

/* ----------------------------------------------------------- one of its lessons */

static bool begins_lesson(const struct event *event)
{
    return event->kind == EVENT_LAB && event->lab.text;
}

/* By number, by name, or by name without the number. */
static bool is_called(const char *lesson, const char *called)
{
    size_t digits = strspn(lesson, "0123456789");

    if (called[0] && called[strspn(called, "0123456789")] == '\0')
        return digits && strtoul(lesson, NULL, 10) == strtoul(called, NULL, 10);
    return strcmp(lesson, called) == 0 ||
           (digits && lesson[digits] == '-' && strcmp(lesson + digits + 1, called) == 0);
}

static int no_such_lesson(const struct export_source *source, const char *wanted)
{
    struct buf known = {0};
    char *printable = printable_line(wanted);

    vec_each (event, &source->journal.events)
        if (begins_lesson(event))
            buf_printf(&known, "%s%s", known.len ? ", " : "",
                       event->lab.lesson ? event->lab.lesson : "");
    cmd_wrong_use("%s: option --lesson: '%s' is not in it; expected %s", source->path,
                  printable, buf_text(&known));
    buf_free(&known);
    free(printable);
    return EXIT_WRONG_USE;
}

static size_t end_of_run(const struct event *all, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && !begins_lesson(&all[end]))
        end++;
    return end;
}

static int choose(struct export_source *source, const char *wanted)
{
    const struct event *all = source->journal.events.items;
    size_t count = source->journal.events.count, first = 0, end;
    char *path;

    while (first < count &&
           !(begins_lesson(&all[first]) &&
             (!wanted ||
              is_called(all[first].lab.lesson ? all[first].lab.lesson : "", wanted))))
        first++;
    if (first == count && wanted)
        return no_such_lesson(source, wanted);
    if (first == count)
        return cmd_wrong_use("%s:1: the lab line has no text of a lesson", source->path);
    end = end_of_run(all, count, first);
    while (end < count && strcmp(all[first].lab.text, all[end].lab.text) == 0) {
        first = end; /* the same page was run again: the last run counts */
        end = end_of_run(all, count, first);
    }
    source->events = all + first;
    source->count = end - first;
    source->line = (unsigned)first + 1;
    path = mem_printf("%s.md", all[first].lab.lesson ? all[first].lab.lesson : "lesson");
    library_load_text(path, all[first].lab.text, strlen(all[first].lab.text),
                      &source->lesson);
    free(path);
    return EXIT_DONE;
}

/* A lesson's file ends in .md; any other file that is there is a journal. */
static bool is_journal(const char *called)
{
    size_t len = strlen(called);
    struct stat info;

    if (strcmp(called, "-") == 0)
        return true;
    return stat(called, &info) == 0 && !S_ISDIR(info.st_mode) &&
           !(len > 3 && strcmp(called + len - 3, ".md") == 0);
}

int export_source_open(struct export_source *source, const char *called,
                       const char *wanted, bool allow_run)
{
    int status;

    *source = (struct export_source){0};
    status = is_journal(called) ? read_journal(source, called)
                                : run_lesson(source, called, allow_run);
    return status == EXIT_DONE ? choose(source, wanted) : status;
}

void export_source_free(struct export_source *source)
{
    loaded_free(&source->lesson);
    journal_free(&source->journal);
    free(source->path);
    source->path = NULL;
}
