#include "ui/lesson_feed.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

void lesson_feed_none(struct lesson_feed *feed)
{
    *feed = (struct lesson_feed){.session = {-1, -1}, .file = -1, .watch = -1};
}

int lesson_feed_lab(struct lesson_feed *feed, const struct session_plan *plan,
                    struct err *err)
{
    lesson_feed_none(feed);
    return session_start(&feed->session, plan, err);
}

/* A pipe tells by itself when there is more; a file is always readable. */
static int watch_file(struct lesson_feed *feed, const char *path, struct err *err)
{
    struct stat info;

    if (fstat(feed->file, &info) == 0 && !S_ISREG(info.st_mode))
        return 0;
    feed->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (feed->watch < 0 || inotify_add_watch(feed->watch, path, IN_MODIFY) < 0)
        return err_sys(err, -errno, "cannot follow the recording");
    return 0;
}

int lesson_feed_recording(struct lesson_feed *feed, int fd, const char *path,
                          bool follow, struct err *err)
{
    lesson_feed_none(feed);
    feed->file = fd;
    return follow ? watch_file(feed, path, err) : 0;
}

void lesson_feed_close(struct lesson_feed *feed)
{
    if (lesson_feed_is_lab(feed))
        session_end(&feed->session);
    if (feed->watch >= 0)
        close(feed->watch);
    lesson_feed_none(feed);
}

int lesson_feed_fd(const struct lesson_feed *feed)
{
    struct stat info;

    if (lesson_feed_is_lab(feed))
        return feed->session.fd;
    if (feed->watch >= 0 || feed->file < 0)
        return feed->watch;
    return fstat(feed->file, &info) == 0 && !S_ISREG(info.st_mode) ? feed->file : -1;
}

ssize_t lesson_feed_read(struct lesson_feed *feed, void *into, size_t room)
{
    char told[4096]; /* what inotify says; it is known to be about our file */

    if (lesson_feed_is_lab(feed))
        return read(feed->session.fd, into, room);
    while (feed->watch >= 0 && read(feed->watch, told, sizeof(told)) > 0)
        ;
    return read(feed->file, into, room);
}
