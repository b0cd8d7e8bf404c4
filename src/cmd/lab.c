/* lab: the free lab: a scene built by hand, on the real kernel. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "lesson/library.h"
#include "ui/ui.h"

/* What it begins with. Low ports are open: a web server on port 80 is what people try.
 */
static const char opening[] =
    "# The free lab\n"
    "\n"
    "Two computers, and a wire that holds every packet until you let it go.\n"
    "\n"
    "## The lab\n"
    "\n"
    "```lab setup\n"
    "host client 192.168.0.110\n"
    "host server 192.168.0.101\n"
    "sysctl client net.ipv4.ip_unprivileged_port_start 0\n"
    "sysctl server net.ipv4.ip_unprivileged_port_start 0\n"
    "wire hold\n"
    "```\n";

/* The lesson whose lab blocks run first. 0, or an exit status after a message. */
static int load(const char *called, struct loaded *loaded)
{
    if (called)
        return load_lesson(called, loaded);
    library_load_text("free-lab.md", opening, strlen(opening), loaded);
    return EXIT_DONE;
}

static int show(const struct loaded *loaded, const struct screen_options *screen)
{
    const struct ui_options ui = {screen->ascii, screen->scheme};
    struct lesson_plan plan = lesson_plan_live(loaded);
    struct err err = {.text = ""};
    int status;

    plan.lab = true;
    status = ui_learn(&plan, &ui, &err);
    if (err.text[0])
        fprintf(stderr, "socketarium: %s\n", err.text);
    return status;
}

int lab_main(int argc, char **argv)
{
    struct screen_options screen = {0};
    const struct option_def defs[] = {SCREEN_OPTIONS(screen),
                                      {NULL, NULL, NULL, NULL, NULL}};
    int count = options_read(
        argc, argv, defs, "lab [OPTIONS] [FILE]",
        "A lab to play with: type lab lines, and let each packet go by hand. The lab\n"
        "blocks of FILE (a lesson: number, name or file) run first.");
    struct loaded loaded;
    int status;

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count > 1)
        return cmd_wrong_use("lab: too many arguments; expected at most one FILE");
    if (options_screen(&screen) < 0)
        return EXIT_WRONG_USE;
    if (screen.plain)
        return cmd_wrong_use(
            "lab: this needs a terminal; socketarium learn --plain, and "
            "a line after :, does without");
    status = load(count ? argv[1] : NULL, &loaded);
    if (status != EXIT_DONE)
        return status;
    status = show(&loaded, &screen);
    loaded_free(&loaded);
    return status;
}
