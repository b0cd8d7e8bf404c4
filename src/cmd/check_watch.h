/* check_watch: waits until a file is saved. */
#ifndef SOCKETARIUM_CMD_CHECK_WATCH_H
#define SOCKETARIUM_CMD_CHECK_WATCH_H

#include "base/err.h"

struct watch {
    int fd;     /* inotify(7) */
    char *name; /* (owned) the file's name in its directory */
};

/* Watches the file's directory, for many editors save by putting a new file in the old
 * one's place. 0, or a negative errno with err. */
int watch_open(struct watch *watch, const char *path, struct err *err);
/* Waits until the file is saved. 0, or a negative errno. */
int watch_wait(struct watch *watch);
void watch_close(struct watch *watch);

#endif
