/* notes: the speaker's notes in a second terminal: of a lesson, or beside a class whose
 * journal still grows. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/printable.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "lesson/library.h"
#include "model/journal.h"
#include "model/world.h"
#include "ui/lesson_feed.h"
#include "view/plain_notes.h"

struct notes {
    struct lesson_feed feed;
    const char *path; /* printable, for messages */
    struct journal journal;
    struct loaded loaded; /* the lesson that the journal is about */
    struct world world;
    size_t taken;        /* events */
    off_t size;          /* bytes read of a file */
    unsigned page;       /* that was told last; 0: none */
    struct buf next;     /* what was told last of what comes next */
    bool broken, silent; /* silent: only the end matters */
};

/* ----------------------------------------------------------- what comes next */

static const struct page *open_page(const struct notes *notes)
{
    const struct lesson *lesson = notes->loaded.lesson;
    unsigned page = notes->world.lesson.page;

    return lesson && page && page <= lesson->pages.count ? &lesson->pages.items[page - 1]
                                                         : NULL;
}

static bool is_done(const struct notes *notes, size_t block)
{
    unsigned page = notes->world.lesson.page, number = (unsigned)block;
    const struct world_question *question =
        world_question_find(&notes->world, page, number);
    const struct world_task *task = world_task_find(&notes->world, page, number);

    return (question && question->status != QUESTION_OPEN) ||
           (task && task->status == TASK_DONE);
}

/* The block at which the page stops; blocks.count at its end. */
static size_t find_gate(const struct notes *notes, const struct page *page)
{
    size_t shown = notes->world.lesson.shown;

    if (shown > page->blocks.count)
        shown = page->blocks.count;
    if (shown && !is_done(notes, shown - 1) &&
        (page->blocks.items[shown - 1].kind == BLOCK_QUESTION ||
         page->blocks.items[shown - 1].kind == BLOCK_TASK))
        return shown - 1;
    return page_next_gate(page, shown);
}

/* The lines of the next step; what only checks them is left out. */
static void add_step(const struct notes *notes, size_t gate, struct buf *out)
{
    const struct world_lesson *lesson = &notes->world.lesson;
    unsigned step = 0;

    vec_each (command, &notes->loaded.script.commands) {
        if (command->page + 1 != lesson->page || command->block != gate ||
            command->step <= lesson->step)
            continue;
        if (step && command->step != step)
            break;
        if (command->kind != COMMAND_EXPECT)
            buf_printf(out, "%s  %s\n", step ? "" : "\nNext step:\n", command->text);
        step = command->step;
    }
}

static void add_next(const struct notes *notes, const struct page *page, struct buf *out)
{
    const struct lesson *lesson = notes->loaded.lesson;
    unsigned number = notes->world.lesson.page;
    size_t gate = find_gate(notes, page);

    if (gate == page->blocks.count && number < lesson->pages.count)
        buf_printf(out, "\nNext page: %s\n", lesson->pages.items[number].title);
    else if (gate == page->blocks.count)
        buf_puts(out, "\nThe lesson ends here.\n");
    else if (page->blocks.items[gate].kind == BLOCK_LAB)
        add_step(notes, gate, out);
    else
        plain_notes_block(lesson, number, gate, out);
}

/* ----------------------------------------------------------- telling */

/* What is new since the last time; between two steps, when there is something to say. */
static void tell(struct notes *notes)
{
    const struct page *page = open_page(notes);
    struct buf text = {0}, next = {0};

    if (!page || notes->silent)
        return;
    if (notes->page != notes->world.lesson.page) {
        notes->page = notes->world.lesson.page;
        buf_clear(&notes->next);
        plain_notes_page(notes->loaded.lesson, notes->page, &text);
    }
    if (!notes->world.lesson.running) {
        add_next(notes, page, &next);
        if (strcmp(buf_text(&next), buf_text(&notes->next)) != 0) {
            buf_puts(&text, buf_text(&next));
            buf_clear(&notes->next);
            buf_puts(&notes->next, buf_text(&next));
        }
    }
    cmd_write(buf_text(&text), text.len);
    buf_free(&text);
    buf_free(&next);
}

static void take_text(struct notes *notes, const struct event_lab *lab)
{
    struct buf title = {0};

    if (!lab->text)
        return;
    loaded_free(&notes->loaded);
    library_load_text(notes->path, lab->text, strlen(lab->text), &notes->loaded);
    notes->page = 0;
    buf_printf(&title, "%s\n", notes->loaded.lesson->title);
    cmd_write(buf_text(&title), title.len);
    buf_free(&title);
}

static void take(struct notes *notes, const struct event *event)
{
    if (event->kind == EVENT_LAB)
        take_text(notes, &event->lab);
    if (world_apply(&notes->world, event, NULL) == 0)
        tell(notes);
}

/* ----------------------------------------------------------- reading */

/* The lesson was begun anew: its journal was emptied, and grows again. */
static void begin_again(struct notes *notes)
{
    struct stat info;

    if (notes->feed.watch < 0 || fstat(notes->feed.file, &info) < 0 ||
        info.st_size >= notes->size)
        return;
    lseek(notes->feed.file, 0, SEEK_SET);
    journal_free(&notes->journal);
    world_free(&notes->world);
    world_init(&notes->world);
    notes->taken = 0;
    notes->size = 0;
}

/* False: no more for now, or never. */
static bool read_piece(struct notes *notes)
{
    char piece[65536];
    struct err err;
    ssize_t got;

    begin_again(notes);
    got = lesson_feed_read(&notes->feed, piece, sizeof(piece));
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0)
        return false;
    notes->size += got;
    if (journal_feed(&notes->journal, piece, (size_t)got, &err) < 0) {
        cmd_wrong_use("%s:%s", notes->path, err.text);
        notes->broken = true;
        return false;
    }
    for (; notes->taken < notes->journal.events.count; notes->taken++)
        take(notes, &notes->journal.events.items[notes->taken]);
    return true;
}

/* Of a class that runs, what was before is not told. */
static void read_all(struct notes *notes, bool follow)
{
    struct pollfd fd = {.events = POLLIN};

    notes->silent = true;
    while (read_piece(notes))
        ;
    notes->silent = false;
    tell(notes);
    fd.fd = lesson_feed_fd(&notes->feed);
    while (follow && !notes->broken && notes->feed.watch >= 0) {
        if (poll(&fd, 1, -1) < 0)
            continue;
        while (read_piece(notes))
            ;
    }
}

static int of_journal(int fd, const char *path, bool follow)
{
    struct notes notes = {.path = path};
    struct err err;
    int status;

    if (lesson_feed_recording(&notes.feed, fd, path, follow, &err) < 0)
        return cmd_wrong_use("%s", err.text);
    world_init(&notes.world);
    read_all(&notes, follow);
    status = notes.broken ? EXIT_WRONG_USE : EXIT_DONE;
    if (!notes.broken && notes.journal.events.count == 0)
        status = cmd_wrong_use("%s:1: the file is empty; expected a journal", path);
    lesson_feed_close(&notes.feed);
    journal_free(&notes.journal);
    world_free(&notes.world);
    loaded_free(&notes.loaded);
    buf_free(&notes.next);
    return status;
}

/* ----------------------------------------------------------- a lesson */

static int of_lesson(const char *called)
{
    struct loaded loaded = {0};
    struct buf text = {0};
    struct err err;
    char *path = library_find(called, &err);
    int result = path ? library_load(path, &loaded, &err) : -1;

    free(path);
    if (result < 0)
        return cmd_wrong_use("%s", err.text);
    plain_notes_lesson(loaded.lesson, &text);
    cmd_write(buf_text(&text), text.len);
    buf_free(&text);
    loaded_free(&loaded);
    return EXIT_DONE;
}

/* A journal's lines are JSON objects; a lesson is Markdown. The descriptor, or -1. */
static int open_journal(const char *path, bool follow)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char first = 0;

    if (fd < 0 || follow)
        return fd;
    if (pread(fd, &first, 1, 0) == 1 && first == '{')
        return fd;
    close(fd);
    return -1;
}

int notes_main(int argc, char **argv)
{
    bool follow = false;
    const struct option_def defs[] = {
        {"--follow", NULL, "the journal still grows: beside a class that runs", &follow,
         NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    int fd, status,
        count = options_read(argc, argv, defs, "notes [OPTIONS] LESSON|JOURNAL",
                             "The speaker's notes, the answers and the solutions: of a "
                             "whole lesson, or of\nthe page at which a JOURNAL of learn "
                             "--journal is.");
    char *path;

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count != 1)
        return cmd_wrong_use("notes: expected one LESSON or JOURNAL");
    path = printable_line(argv[1]);
    fd = open_journal(argv[1], follow);
    if (fd >= 0)
        status = of_journal(fd, path, follow);
    else if (follow)
        status = cmd_wrong_use("%s: %s", path, strerror(errno));
    else
        status = of_lesson(argv[1]);
    if (fd >= 0)
        close(fd);
    free(path);
    return status;
}
