/* cmd: the commands of the command line. Each takes the arguments after its name and
 * gives the exit status (DESIGN, section 5): 0 done, 1 a check failed, 2 wrong use or a
 * malformed file, 70 an internal error, 77 this machine does not allow it. */
#ifndef SOCKETARIUM_CMD_CMD_H
#define SOCKETARIUM_CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_CHECK_FAILED = 1,
    EXIT_WRONG_USE = 2,
    EXIT_INTERNAL = 70,
    EXIT_NOT_ALLOWED = 77,
};

struct command_def {
    const char *name;
    const char *arguments;              /* "[LESSON]" */
    const char *help;                   /* one line */
    int (*main)(int argc, char **argv); /* argv[0] is the command's name */
};

/* The table; the last has name NULL. */
extern const struct command_def cmd_defs[];

/* Picks the command; argc and argv as main has them. */
int cmd_main(int argc, char **argv);

int home_main(int argc, char **argv);
int learn_main(int argc, char **argv);
int check_main(int argc, char **argv);
int export_main(int argc, char **argv);
int notes_main(int argc, char **argv);
int progress_main(int argc, char **argv);
int lab_main(int argc, char **argv);
int replay_main(int argc, char **argv);
int doctor_main(int argc, char **argv);

/* "socketarium: what" on stderr; returns EXIT_WRONG_USE. */
int cmd_wrong_use(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Output went away (a closed pipe): ends the program quietly with 0. Else 0 is returned.
 */
int cmd_write(const char *data, size_t len);

#endif
