/* load: the lesson that a command line names, ready to run. */
#ifndef SOCKETARIUM_CMD_LOAD_H
#define SOCKETARIUM_CMD_LOAD_H

#include "lesson/library.h"

/* By number, by name or by file. EXIT_DONE, and the caller frees it with loaded_free; or
 * EXIT_WRONG_USE after a message on stderr: there is none, or all that is wrong in it.
 */
int load_lesson(const char *called, struct loaded *loaded);

#endif
