#include "cmd/check_watch.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/buf.h"

int watch_open(struct watch *watch, const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char *directory =
        slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
    int result = 0;

    watch->name = mem_strdup(slash ? slash + 1 : path);
    watch->fd = inotify_init1(IN_CLOEXEC);
    if (watch->fd < 0 ||
        inotify_add_watch(watch->fd, directory, IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
        result = err_sys(err, -errno, "cannot watch %s", directory);
        watch_close(watch);
    }
    free(directory);
    return result;
}

/* True when one of the events is about the file. */
static bool is_about(const struct watch *watch, const char *events, ssize_t len)
{
    ssize_t at = 0;

    while (at + (ssize_t)sizeof(struct inotify_event) <= len) {
        const struct inotify_event *event = (const void *)(events + at);

        if (event->len && strcmp(event->name, watch->name) == 0)
            return true;
        at += (ssize_t)(sizeof(*event) + event->len);
    }
    return false;
}

int watch_wait(struct watch *watch)
{
    char events[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    struct pollfd more = {.fd = watch->fd, .events = POLLIN};
    bool saved = false;

    /* A save may bring several events: those that are there already are one save. */
    while (!saved || poll(&more, 1, 0) > 0) {
        ssize_t got = read(watch->fd, events, sizeof(events));

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? -errno : -EIO;
        saved = saved || is_about(watch, events, got);
    }
    return 0;
}

void watch_close(struct watch *watch)
{
    if (watch->fd >= 0)
        close(watch->fd);
    free(watch->name);
    *watch = (struct watch){-1, NULL};
}
