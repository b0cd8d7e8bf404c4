/* tell: lessons in plain lines, without screen control. */
#ifndef SOCKETARIUM_CMD_TELL_H
#define SOCKETARIUM_CMD_TELL_H

#include <stdbool.h>

#include "lesson/library.h"

/* Tells the whole lesson as it runs. With a reader (a terminal on standard input) it
 * waits for Enter before each step, and takes numbers as answers, `q`, and lab lines
 * after `:`. Gives the exit status. */
int tell_lesson(const struct loaded *loaded, bool with_reader);

/* Prints the list of lessons. */
int tell_list(void);

#endif
