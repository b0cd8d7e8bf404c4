/* replay: steps through a recorded run: the same screens, without a kernel. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/printable.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/tell.h"
#include "ui/ui.h"

/* "-" is standard input; the keys then come from the terminal itself, if there is one.
 */
static int open_recording(const char *path)
{
    int fd, terminal;

    if (strcmp(path, "-") != 0)
        return open(path, O_RDONLY | O_CLOEXEC);
    fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC);
    if (terminal >= 0) {
        dup2(terminal, STDIN_FILENO);
        close(terminal);
    }
    return fd;
}

static int show(int fd, const char *path, bool follow,
                const struct screen_options *screen)
{
    const struct ui_options ui = {screen->ascii, screen->scheme};
    const struct lesson_plan plan = {
        .recording = fd, .recording_path = path, .follow = follow, .journal = -1};
    struct err err = {.text = ""};
    int status = ui_learn(&plan, &ui, &err);

    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    return status;
}

static int replay(const char *path, bool follow, struct screen_options *screen)
{
    char *printable = printable_line(path);
    int fd = open_recording(path), status;

    if (fd < 0)
        status = cmd_wrong_use("%s: %s", printable, strerror(errno));
    else if (options_screen(screen) < 0)
        status = EXIT_WRONG_USE;
    else if (screen->plain)
        status = tell_recording(fd, printable, follow,
                                isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
    else
        status = show(fd, printable, follow, screen);
    if (fd >= 0)
        close(fd);
    free(printable);
    return status;
}

int replay_main(int argc, char **argv)
{
    struct screen_options screen = {0};
    bool follow = false;
    const struct option_def defs[] = {
        SCREEN_OPTIONS(screen),
        {"--follow", NULL, "the journal still grows: a class behind its teacher",
         &follow, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    int count = options_read(
        argc, argv, defs, "replay [OPTIONS] JOURNAL",
        "Steps through a recorded run, with no lab. JOURNAL is a file that learn\n"
        "--journal or check --journal wrote; - is standard input.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count != 1)
        return cmd_wrong_use("replay: expected one JOURNAL");
    return replay(argv[1], follow, &screen);
}
