/* tell: lessons in plain lines, without screen control. */
#ifndef SOCKETARIUM_CMD_TELL_H
#define SOCKETARIUM_CMD_TELL_H

#include <stdbool.h>

#include "lesson/library.h"

/* Tells the whole lesson as it runs. With a reader (a terminal on standard input) it
 * waits for Enter before each step, and takes numbers as answers, `q`, and lab lines
 * after `:`. What happens is written to the descriptor journal, too, unless it is -1.
 * Where no lab can be made, the lesson's recording is told. Gives the exit status. */
int tell_lesson(const struct loaded *loaded, int journal, bool with_reader);

/* Tells a recording, read from fd to its end; path is for messages. why: said first, or
 * NULL. Gives the exit status. */
int tell_recording(int fd, const char *path, const char *why);

/* Prints the list of lessons. */
int tell_list(void);

#endif
