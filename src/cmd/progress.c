/* progress: what this reader has done, as text, as JSON, and as a file to hand in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/printable.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "lesson/library.h"
#include "lesson/progress_store.h"
#include "lesson/progress_words.h"
#include "view/canvas.h"

#define NAME_MOST 200 /* bytes of --name */

#define TITLE_COLUMNS 40
#define WHERE_COLUMNS 14

/* ----------------------------------------------------------- text */

static void add_padded(struct buf *out, const char *text, int columns)
{
    int width = text_width(text);

    buf_puts(out, text);
    while (width++ < columns)
        buf_putc(out, ' ');
}

/* " 9  The three-way handshake    page 3 of 7    2026-11-21", and below it what was
 * answered and solved. entry: NULL if it is none of the library's. */
static void add_lesson(const struct progress_lesson *lesson,
                       const struct library_entry *entry, struct buf *out)
{
    struct buf where = {0}, answers = {0}, tasks = {0};
    char last[PROGRESS_TIME_TEXT];

    progress_time(lesson->finished_s ? lesson->finished_s : lesson->last_s, last);
    progress_add_where(lesson, &where);
    progress_add_answers(lesson, &answers);
    progress_add_tasks(lesson, &tasks);
    if (entry)
        buf_printf(out, "%2u  ", entry->number);
    else
        buf_puts(out, "    ");
    add_padded(out, entry ? entry->title : lesson->name, TITLE_COLUMNS);
    buf_puts(out, "  ");
    add_padded(out, buf_text(&where), last[0] ? WHERE_COLUMNS : 0);
    buf_printf(out, "%s%.10s\n", last[0] ? "  " : "", last); /* the day */
    if (answers.len)
        buf_printf(out, "      %s\n", buf_text(&answers));
    if (tasks.len)
        buf_printf(out, "      %s\n", buf_text(&tasks));
    buf_free(&where);
    buf_free(&answers);
    buf_free(&tasks);
}

static bool is_of_library(const library_list *library, const char *name)
{
    vec_each (entry, library)
        if (strcmp(entry->name, name) == 0)
            return true;
    return false;
}

/* In the order of the list, and after it lessons of other files. */
static void add_text(const struct progress *progress, const library_list *library,
                     struct buf *out)
{
    size_t done = 0;

    vec_each (lesson, &progress->lessons)
        done += lesson->finished_s != 0;
    buf_printf(out, "%zu lesson%s begun, %zu of them done; there are %zu.\n",
               progress->lessons.count, progress->lessons.count == 1 ? "" : "s", done,
               library->count);
    if (progress->lessons.count)
        buf_putc(out, '\n');
    vec_each (entry, library) {
        const struct progress_lesson *lesson = progress_find(progress, entry->name);

        if (lesson)
            add_lesson(lesson, entry, out);
    }
    vec_each (lesson, &progress->lessons)
        if (!is_of_library(library, lesson->name))
            add_lesson(lesson, NULL, out);
}

static int print_text(const struct progress *progress)
{
    library_list library = {0};
    struct buf out = {0};

    /* Without lessons their names must do. */
    library_list_all(&library, NULL);
    add_text(progress, &library, &out);
    cmd_write(out.data, out.len);
    buf_free(&out);
    library_list_free(&library);
    return EXIT_DONE;
}

/* ----------------------------------------------------------- JSON */

static int print_json(const struct progress *progress)
{
    struct buf out = {0};

    vec_each (lesson, &progress->lessons)
        progress_write_lesson(lesson, &out);
    if (out.len)
        cmd_write(out.data, out.len);
    buf_free(&out);
    return EXIT_DONE;
}

static int export(const struct progress *progress, const char *path, const char *name)
{
    struct buf text = {0};
    struct err err;
    int result;

    progress_write(progress, name, &text);
    result = file_replace(path, text.data, text.len, &err);
    buf_free(&text);
    return result < 0 ? cmd_wrong_use("%s", err.text) : EXIT_DONE;
}

/* ----------------------------------------------------------- the command */

/* EXIT_DONE, or what to end with after it has been said why. */
static int open_store(struct progress_store *store)
{
    struct err err = {.text = ""};
    int result = progress_open(store, false, &err);

    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    if (result == 0)
        return EXIT_DONE;
    progress_close(store);
    return result == -EINVAL ? EXIT_WRONG_USE : EXIT_NOT_ALLOWED;
}

int progress_main(int argc, char **argv)
{
    struct progress_store store;
    bool json = false;
    const char *path = NULL, *name = NULL;
    const struct option_def defs[] = {
        {"--json", NULL, "one object a line", &json, NULL},
        {"--export", "FILE", "write all of it as JSON, to hand in", NULL, &path},
        {"--name", "TEXT", "with --export: whose it is", NULL, &name},
        {NULL, NULL, NULL, NULL, NULL}};
    int status,
        count = options_read(argc, argv, defs, "progress [OPTIONS]",
                             "Shows what you have done: lessons, answers, tasks.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count > 0)
        return cmd_wrong_use("progress: too many arguments; expected options only");
    if (json && path)
        return cmd_wrong_use("progress: expected --json or --export, not both");
    if (name && !path)
        return cmd_wrong_use("option --name: expected --export with it");
    if (name && strlen(name) > NAME_MOST)
        return cmd_wrong_use("option --name: expected at most %d bytes", NAME_MOST);
    status = open_store(&store);
    if (status != EXIT_DONE)
        return status;
    status = path   ? export(&store.progress, path, name)
             : json ? print_json(&store.progress)
                    : print_text(&store.progress);
    progress_close(&store);
    return status;
}
