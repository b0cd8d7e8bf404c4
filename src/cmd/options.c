#include "cmd/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/printable.h"
#include "cmd/cmd.h"

static void print_help(const struct option_def *defs, const char *usage,
                       const char *summary)
{
    printf("Usage: socketarium %s\n\n%s\n", usage, summary);
    if (defs->name)
        printf("\nOptions:\n");
    for (; defs->name; defs++) {
        char *name = mem_printf("%s%s%s", defs->name, defs->value ? " " : "",
                                defs->value ? defs->value : "");

        printf("  %-20s %s\n", name, defs->help);
        free(name);
    }
}

static int unknown(const struct option_def *defs, const char *name)
{
    char *printable = printable_line(name);
    struct buf known = {0};

    for (; defs->name; defs++)
        buf_printf(&known, "%s, ", defs->name);
    cmd_wrong_use("unknown option '%s'; expected %s--help", printable, buf_text(&known));
    buf_free(&known);
    free(printable);
    return -1;
}

static const struct option_def *find(const struct option_def *defs, const char *name,
                                     size_t len)
{
    for (; defs->name; defs++)
        if (strlen(defs->name) == len && strncmp(defs->name, name, len) == 0)
            return defs;
    return NULL;
}

/* One option at argv[*at], and its value, which may follow. 0 or -1. */
static int read_one(int argc, char **argv, int *at, const struct option_def *defs)
{
    const char *name = argv[*at];
    const char *equals = strchr(name, '=');
    const struct option_def *def =
        find(defs, name, equals ? (size_t)(equals - name) : strlen(name));

    if (!def)
        return unknown(defs, name);
    if (!def->value) {
        if (equals) {
            cmd_wrong_use("option %s takes no value", def->name);
            return -1;
        }
        *def->flag = true;
        return 0;
    }
    if (!equals && *at + 1 >= argc) {
        cmd_wrong_use("option %s: expected %s after it", def->name, def->value);
        return -1;
    }
    *def->text = equals ? equals + 1 : argv[++*at];
    return 0;
}

int options_read(int argc, char **argv, const struct option_def *defs, const char *usage,
                 const char *summary)
{
    bool options = true;
    int kept = 0;

    for (int at = 1; at < argc; at++) {
        if (options && strcmp(argv[at], "--") == 0) {
            options = false;
        } else if (options &&
                   (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0)) {
            print_help(defs, usage, summary);
            return -2;
        } else if (options && argv[at][0] == '-' && argv[at][1]) {
            if (read_one(argc, argv, &at, defs) < 0)
                return -1;
        } else {
            argv[++kept] = argv[at];
        }
    }
    return kept;
}

int options_number(const char *name, const char *text, long least, long most, long *out)
{
    char *end;

    errno = 0;
    *out = strtol(text, &end, 10);
    if (errno || end == text || *end || *out < least || *out > most) {
        char *printable = printable_line(text);

        cmd_wrong_use("option %s: '%s'; expected a number from %ld to %ld", name,
                      printable, least, most);
        free(printable);
        return -1;
    }
    return 0;
}

int options_duration(const char *name, const char *text, int64_t *out_ns)
{
    char *end;
    long number = strtol(text, &end, 10);
    int64_t unit = strcmp(end, "ms") == 0  ? NS_PER_MS
                   : strcmp(end, "s") == 0 ? NS_PER_S
                                           : 0;

    if (end == text || unit == 0 || number < 0 || number > 600000 ||
        number * unit > 600 * NS_PER_S) {
        char *printable = printable_line(text);

        cmd_wrong_use(
            "option %s: '%s'; expected a duration like 500ms or 3s, at most 600s", name,
            printable);
        free(printable);
        return -1;
    }
    *out_ns = number * unit;
    return 0;
}

int options_theme(const char *text, enum scheme *out)
{
    int found = theme_scheme(text);
    struct buf known = {0};
    char *printable;

    if (found >= 0) {
        *out = (enum scheme)found;
        return 0;
    }
    for (int i = 0; i < SCHEME_COUNT; i++)
        buf_printf(&known, "%s%s", i ? ", " : "", theme_scheme_name((enum scheme)i));
    printable = printable_line(text);
    cmd_wrong_use("option --theme: '%s'; expected one of %s", printable,
                  buf_text(&known));
    free(printable);
    buf_free(&known);
    return -1;
}

int options_screen(struct screen_options *options)
{
    if (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO))
        options->plain = true;
    if (!options->theme)
        options->theme = theme_scheme_name(SCHEME_AUTO);
    return options_theme(options->mono ? "mono" : options->theme, &options->scheme);
}
