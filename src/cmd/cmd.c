#include "cmd/cmd.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"

const struct command_def cmd_defs[] = {
    {"learn", "[LESSON]", "a lesson: its number, its name or a file", learn_main},
    {"lab", "[FILE]", "the free lab: build a scene by hand, on the real kernel",
     lab_main},
    {"check", "FILE...", "run lessons with no screen, and check all they claim",
     check_main},
    {"replay", "JOURNAL", "step through a recorded run, without a lab", replay_main},
    {"export", "JOURNAL", "what happened, as text, as a picture, for other programs",
     export_main},
    {"notes", "LESSON", "the speaker's notes, answers and solutions; or beside a class",
     notes_main},
    {"progress", "", "what you have done: lessons, answers, tasks", progress_main},
    {"doctor", "", "what this machine allows, and the fix", doctor_main},
    {NULL, NULL, NULL, NULL},
};

int cmd_wrong_use(const char *format, ...)
{
    va_list args;

    fputs("socketarium: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return EXIT_WRONG_USE;
}

int cmd_write(const char *data, size_t len)
{
    int result = file_write_all(STDOUT_FILENO, data, len);

    if (result == -EPIPE)
        _exit(EXIT_DONE);
    return result;
}

static int help(void)
{
    printf("Socketarium: a real network in a box, with packets that you can stop.\n\n"
           "  socketarium                    the list of lessons\n");
    for (const struct command_def *def = cmd_defs; def->name; def++)
        printf("  socketarium %-8s %-9s %s\n", def->name, def->arguments, def->help);
    printf("\n  --help, --version; socketarium COMMAND --help tells more.\n");
    return EXIT_DONE;
}

static int unknown_command(const char *name)
{
    char *printable = printable_line(name);
    struct buf known = {0};

    for (const struct command_def *def = cmd_defs; def->name; def++)
        buf_printf(&known, "%s%s", known.len ? ", " : "", def->name);
    cmd_wrong_use("unknown command '%s'; expected %s, --help or --version", printable,
                  buf_text(&known));
    buf_free(&known);
    free(printable);
    return EXIT_WRONG_USE;
}

static int run(int argc, char **argv)
{
    if (argc < 2)
        return home_main(argc, argv);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help();
    if (strcmp(argv[1], "--version") == 0) {
        printf("socketarium %s\n", VERSION);
        return EXIT_DONE;
    }
    for (const struct command_def *def = cmd_defs; def->name; def++)
        if (strcmp(argv[1], def->name) == 0)
            return def->main(argc - 1, argv + 1);
    if (argv[1][0] == '-')
        return home_main(argc, argv);
    return unknown_command(argv[1]);
}

int cmd_main(int argc, char **argv)
{
    int status;

    /* A closed pipe is an errno, not a death: cmd_write ends quietly. */
    signal(SIGPIPE, SIG_IGN);
    status = run(argc, argv);
    if (fflush(stdout) != 0 && errno == EPIPE)
        _exit(EXIT_DONE);
    return status;
}
