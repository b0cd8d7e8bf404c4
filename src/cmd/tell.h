/* tell: lessons in plain lines, without screen control. */
#ifndef SOCKETARIUM_CMD_TELL_H
#define SOCKETARIUM_CMD_TELL_H

#include <stdbool.h>

#include "lesson/library.h"

/* Tells the whole lesson as it runs. With a reader (a terminal on standard input) it
 * waits for Enter before each step, takes numbers as answers, lab lines after `:`, and
 * the commands that `?` lists, and keeps the reader's progress. What happens is written
 * to the descriptor journal, too, unless it is -1. Where no lab can be made, the
 * lesson's recording is told. Gives the exit status. */
int tell_lesson(const struct loaded *loaded, int journal, bool with_reader);

/* Tells a recording, read from fd to its end; path is for messages, and is watched when
 * it is followed: it still grows. With a reader it waits before each step, and lets the
 * questions be answered anew. Gives the exit status. */
int tell_recording(int fd, const char *path, bool follow, bool with_reader);

/* Prints the list of lessons. */
int tell_list(void);

#endif
