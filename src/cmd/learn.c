/* learn: a lesson, on the screen or told in plain lines. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/tell.h"
#include "lesson/library.h"
#include "ui/ui.h"

static int load(const char *called, struct loaded *loaded)
{
    struct buf text = {0};
    struct err err;
    char *path = library_find(called, &err);

    if (!path || library_load(path, loaded, &err) < 0) {
        free(path);
        return cmd_wrong_use("%s", err.text);
    }
    free(path);
    if (loaded->errors.count == 0)
        return EXIT_DONE;
    loaded_error_text(loaded, &text);
    fputs(buf_text(&text), stderr);
    buf_free(&text);
    loaded_free(loaded);
    return EXIT_WRONG_USE;
}

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

static int learn(const char *called, bool plain, bool allow_run,
                 const struct ui_options *ui)
{
    struct loaded loaded;
    struct err err = {.text = ""};
    int status = load(called, &loaded);

    if (status != EXIT_DONE)
        return status;
    if (!may_run(&loaded, allow_run)) {
        loaded_free(&loaded);
        return EXIT_WRONG_USE;
    }
    if (plain) {
        status = tell_lesson(&loaded, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
    } else {
        struct lesson_plan plan = lesson_plan_live(&loaded);

        status = ui_learn(&plan, ui, &err);
        if (err.text[0])
            fprintf(stderr, "socketarium: %s\n", err.text);
    }
    loaded_free(&loaded);
    return status;
}

static int home(bool plain, const struct ui_options *ui)
{
    struct err err = {.text = ""};
    int status;

    if (plain)
        return tell_list();
    status = ui_home(ui, &err);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    return status;
}

static int learn_or_home(int argc, char **argv, const char *usage, const char *summary,
                         int most)
{
    struct ui_options ui = {0};
    bool plain = false, allow_run = false, mono = false;
    const char *theme = "auto";
    const struct option_def defs[] = {
        {"--plain", NULL, "no screen control: each event one line of words", &plain,
         NULL},
        {"--ascii", NULL, "draw with ASCII characters only", &ui.ascii, NULL},
        {"--theme", "NAME", "auto, dark, light, contrast or mono", NULL, &theme},
        {"--mono", NULL, "no colours, as --theme mono", &mono, NULL},
        {"--allow-run", NULL, "do not ask before `run` lines start programs", &allow_run,
         NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    int count = options_read(argc, argv, defs, usage, summary);

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count > most)
        return cmd_wrong_use("%s: too many arguments; expected at most one LESSON",
                             argv[0]);
    if (options_theme(mono ? "mono" : theme, &ui.scheme) < 0)
        return EXIT_WRONG_USE;
    plain = plain || !isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO);
    return count == 0 ? home(plain, &ui) : learn(argv[1], plain, allow_run, &ui);
}

int learn_main(int argc, char **argv)
{
    return learn_or_home(
        argc, argv, "learn [OPTIONS] [LESSON]",
        "Steps through a lesson: its number, its name or a file. Without "
        "LESSON: the list.\nWithout a terminal it is told in plain lines.",
        1);
}

int home_main(int argc, char **argv)
{
    return learn_or_home(
        argc, argv, "[OPTIONS] [COMMAND]",
        "Shows the list of lessons. socketarium --help lists the commands.", 0);
}
