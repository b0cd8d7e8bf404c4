/* learn: a lesson, on the screen or told in plain lines. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/tell.h"
#include "lesson/library.h"
#include "ui/ui.h"

/* What the command line asks for. */
struct wanted {
    struct screen_options screen;
    bool allow_run, present;
    const char *journal; /* a file, or NULL */
};

/* A lesson may start programs of the reader's own: only if the reader agrees. */
static bool may_run(const struct loaded *loaded, bool allowed)
{
    struct buf text = {0};
    char answer[16];

    if (!loaded->script.runs_programs || allowed)
        return true;
    loaded_runs_text(loaded, &text);
    fputs(buf_text(&text), stderr);
    buf_free(&text);
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
        cmd_wrong_use("this lesson runs programs of yours: expected --allow-run");
        return false;
    }
    fputs("This lesson starts these programs on your machine, in its lab. Go on? [y/N] ",
          stderr);
    return fgets(answer, sizeof(answer), stdin) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

/* The file that the journal goes into: a descriptor, -1 if none is wanted, or -2 after a
 * message. What stood in it is replaced: who follows it begins anew. */
static int open_journal(const char *path)
{
    int fd;

    if (!path)
        return -1;
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (fd >= 0)
        return fd;
    cmd_wrong_use("option --journal: %s: %s", path, strerror(errno));
    return -2;
}

static struct ui_options ui_of(const struct screen_options *screen)
{
    return (struct ui_options){screen->ascii, screen->scheme};
}

static int show(const struct loaded *loaded, const struct wanted *wanted, int journal)
{
    const struct ui_options ui = ui_of(&wanted->screen);
    struct lesson_plan plan = lesson_plan_live(loaded);
    struct err err = {.text = ""};
    struct progress_store progress;
    int status;

    progress_open(&progress, true, &err);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    err = (struct err){.text = ""};
    plan.progress = &progress;
    plan.journal = journal;
    plan.without_text = wanted->present;
    status = ui_learn(&plan, &ui, &err);
    progress_close(&progress);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    return status;
}

static int learn(const char *called, const struct wanted *wanted)
{
    struct loaded loaded;
    int status = load_lesson(called, &loaded), journal;

    if (status != EXIT_DONE)
        return status;
    if (!may_run(&loaded, wanted->allow_run)) {
        loaded_free(&loaded);
        return EXIT_WRONG_USE;
    }
    journal = open_journal(wanted->journal);
    if (journal == -2)
        status = EXIT_WRONG_USE;
    else if (wanted->screen.plain)
        status =
            tell_lesson(&loaded, journal, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
    else
        status = show(&loaded, wanted, journal);
    if (journal >= 0)
        close(journal);
    loaded_free(&loaded);
    return status;
}

static int home(const struct screen_options *screen)
{
    const struct ui_options ui = ui_of(screen);
    struct err err = {.text = ""};
    int status;

    if (screen->plain)
        return tell_list();
    status = ui_home(&ui, &err);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    return status;
}

int learn_main(int argc, char **argv)
{
    struct wanted wanted = {0};
    const struct option_def defs[] = {
        SCREEN_OPTIONS(wanted.screen),
        {"--present", NULL, "for the projector: the wire takes the text's room",
         &wanted.present, NULL},
        {"--journal", "FILE", "write what happens to FILE, for replay and export", NULL,
         &wanted.journal},
        {"--allow-run", NULL, "do not ask before `run` lines start programs",
         &wanted.allow_run, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    int count =
        options_read(argc, argv, defs, "learn [OPTIONS] [LESSON]",
                     "Steps through a lesson: its number, its name or a file. Without "
                     "LESSON: the list.\nWithout a terminal it is told in plain lines.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count > 1)
        return cmd_wrong_use("learn: too many arguments; expected at most one LESSON");
    if (count == 0 && (wanted.journal || wanted.present))
        return cmd_wrong_use("learn: %s expects a LESSON",
                             wanted.journal ? "--journal" : "--present");
    if (options_screen(&wanted.screen) < 0)
        return EXIT_WRONG_USE;
    return count == 0 ? home(&wanted.screen) : learn(argv[1], &wanted);
}

int home_main(int argc, char **argv)
{
    struct screen_options screen = {0};
    const struct option_def defs[] = {SCREEN_OPTIONS(screen),
                                      {NULL, NULL, NULL, NULL, NULL}};
    int count = options_read(
        argc, argv, defs, "[OPTIONS] [COMMAND]",
        "Shows the list of lessons. socketarium --help lists the commands.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count > 0)
        return cmd_wrong_use("too many arguments; expected a command");
    return options_screen(&screen) < 0 ? EXIT_WRONG_USE : home(&screen);
}
