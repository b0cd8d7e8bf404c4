/* options: the options of one command, from one table: reading them, and --help. */
#ifndef SOCKETARIUM_CMD_OPTIONS_H
#define SOCKETARIUM_CMD_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "view/theme.h"

struct option_def {
    const char *name;  /* "--jobs" */
    const char *value; /* "N", or NULL if it takes none */
    const char *help;
    bool *flag;        /* set to true, or NULL */
    const char **text; /* set to the value, or NULL */
};

/* What the commands with a screen have in common; options_screen reads it. */
struct screen_options {
    bool plain, ascii, mono;
    const char *theme;
    enum scheme scheme; /* after options_screen */
};

#define SCREEN_OPTIONS(options)                                                       \
    {"--plain", NULL, "no screen control: each event one line of words",              \
     &(options).plain, NULL},                                                         \
        {"--ascii", NULL, "draw with ASCII characters only", &(options).ascii, NULL}, \
        {"--theme", "NAME", "auto, dark, light, contrast or mono", NULL,              \
         &(options).theme},                                                           \
    {                                                                                 \
        "--mono", NULL, "no colours, as --theme mono", &(options).mono, NULL          \
    }

/* Without a terminal it is told plainly. 0, or -1 after a message on stderr. */
int options_screen(struct screen_options *options);

/* Reads argv[1..]; "--" ends the options. What is no option is gathered in argv[1..] and
 * its number returned. A wrong option prints a message on stderr: -1 (the caller ends
 * with EXIT_WRONG_USE); --help prints help on stdout: -2 (the caller ends with
 * EXIT_DONE). The last def has name NULL. summary: a line or more on what the command
 * does. */
int options_read(int argc, char **argv, const struct option_def *defs, const char *usage,
                 const char *summary);

/* Values. 0, or -1 after a message on stderr that names the option. */
int options_number(const char *name, const char *text, long least, long most, long *out);
/* "500ms", "3s", at most 10 min. */
int options_duration(const char *name, const char *text, int64_t *out_ns);
/* The name of a theme, for the option --theme. */
int options_theme(const char *text, enum scheme *out);

#endif
