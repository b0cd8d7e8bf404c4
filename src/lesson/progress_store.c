#include "lesson/progress_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"

#define FILE_NAME "progress.json"
#define DAMAGED_MAX 99 /* files that are set aside */

/* ----------------------------------------------------------- the folder */

/* Of the two variables, as the XDG base directory specification has it: a path that is
 * not absolute counts for nothing. *base: what must be there already, in bytes. */
static char *folder_path(size_t *base)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

    if (state && state[0] == '/') {
        *base = 1;
        return mem_printf("%s/socketarium", state);
    }
    if (home && home[0] == '/') {
        *base = strlen(home);
        return mem_printf("%s/.local/state/socketarium", home);
    }
    return NULL;
}

/* Makes the folders of path that are missing below its first `base` bytes. */
static int make_folder(const char *path, size_t base)
{
    char *part = mem_strdup(path);
    size_t len = strlen(part);
    int result = 0;

    for (size_t at = base; at <= len && result == 0; at++) {
        if (at == 0 || (part[at] != '/' && part[at] != '\0'))
            continue;
        part[at] = '\0';
        if (at > base && mkdir(part, 0700) < 0 && errno != EEXIST)
            result = -errno;
        if (at < len)
            part[at] = '/';
    }
    free(part);
    return result;
}

static char *path_in(const struct progress_store *store, const char *name)
{
    return mem_printf("%s/%s", store->folder, name);
}

/* The lock's descriptor, which close() lets go, or a negative errno. */
static int lock(const struct progress_store *store)
{
    char *path = path_in(store, "progress.lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int result = fd < 0 ? -errno : fd;

    free(path);
    while (fd >= 0 && flock(fd, LOCK_EX) < 0) {
        if (errno == EINTR)
            continue;
        result = -errno;
        close(fd);
        break;
    }
    return result;
}

static void unlock(int fd)
{
    if (fd >= 0)
        close(fd);
}

static int not_kept(struct progress_store *store, int result, struct err *err)
{
    char *folder = printable_line(store->folder);

    if (!store->told)
        err_sys(err, result, "progress is not kept: %s", folder);
    store->told = true;
    free(folder);
    return result;
}

/* ----------------------------------------------------------- reading */

/* Renames what cannot be understood, and says so. The lock is held. */
static int set_aside(struct progress_store *store, const char *why, struct err *err)
{
    char *path = path_in(store, FILE_NAME), *to = NULL;
    char *printable = printable_line(path);
    int result = 0;

    for (int i = 1; i <= DAMAGED_MAX; i++) {
        free(to);
        to = i == 1 ? mem_printf("%s.damaged", path)
                    : mem_printf("%s.damaged.%d", path, i);
        if (access(to, F_OK) < 0)
            break;
    }
    if (access(to, F_OK) == 0)
        result = -EEXIST;
    else if (rename(path, to) < 0)
        result = -errno;
    if (result == 0)
        err_set(err, 0, "%s: %s; it is now %s, and progress begins anew", printable, why,
                strrchr(to, '/') + 1);
    else
        err_sys(err, result, "progress is not kept: %s: %s, and cannot be renamed",
                printable, why);
    free(printable);
    free(path);
    free(to);
    return result;
}

/* What the file has, into progress (empty before). 0, or a negative errno; -EINVAL: it
 * cannot be understood, and why says what. */
static int load(const struct progress_store *store, struct progress *progress,
                struct err *why)
{
    char *path = path_in(store, FILE_NAME);
    struct buf text = {0};
    int result = file_read(path, PROGRESS_FILE_MAX, &text, NULL);

    free(path);
    if (result == -ENOENT)
        result = 0;
    else if (result == -EFBIG || result == -EISDIR)
        result = err_set(why, -EINVAL, "too large, or no file");
    else if (result == 0)
        result = progress_parse(buf_text(&text), text.len, progress, why);
    buf_free(&text);
    return result;
}

int progress_open(struct progress_store *store, bool keep, struct err *err)
{
    struct err why = {.text = ""};
    size_t base;
    int lock_fd, result = 0;

    *store = (struct progress_store){.folder = folder_path(&base)};
    if (!store->folder)
        return err_set(err, -ENOENT, "progress is not kept: HOME is not set");
    if (keep)
        result = make_folder(store->folder, base);
    lock_fd = result < 0 ? result : lock(store);
    if (lock_fd < 0 && keep)
        result = not_kept(store, lock_fd, err);
    else
        result = load(store, &store->progress, &why);
    if (result == -EINVAL && set_aside(store, why.text, err) < 0)
        store->told = true;
    else if (result < 0 && !err->text[0])
        not_kept(store, result, err);
    unlock(lock_fd);
    return result;
}

void progress_close(struct progress_store *store)
{
    progress_free(&store->progress);
    free(store->folder);
    store->folder = NULL;
}

/* ----------------------------------------------------------- writing */

/* The lock is held. Who reads meanwhile finds the old file or the new one, also when the
 * machine stops: rename(2) comes after fsync(2). */
static int replace(const struct progress_store *store, const struct buf *text)
{
    char *path = path_in(store, FILE_NAME), *new_path = path_in(store, FILE_NAME ".new");
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int result = fd < 0 ? -errno : file_write_all(fd, text->data, text->len);
    int folder;

    if (result == 0 && fsync(fd) < 0)
        result = -errno;
    if (fd >= 0 && close(fd) < 0 && result == 0)
        result = -errno;
    if (result == 0 && rename(new_path, path) < 0)
        result = -errno;
    if (result < 0 && fd >= 0)
        unlink(new_path);
    folder = result < 0 ? -1 : open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder); /* the name; without it the old file is there after a crash */
        close(folder);
    }
    free(path);
    free(new_path);
    return result;
}

int progress_save(struct progress_store *store, struct err *err)
{
    struct progress others = {.now = NULL};
    struct err why = {.text = ""};
    struct buf text = {0};
    int lock_fd, result;

    if (!store->folder)
        return -ENOENT; /* progress_open has said so */
    lock_fd = lock(store);
    result = lock_fd < 0 ? lock_fd : load(store, &others, &why);
    if (result == -EINVAL)
        result = set_aside(store, why.text, store->told ? NULL : err);
    if (result == 0) {
        progress_merge(&store->progress, &others);
        progress_write(&store->progress, NULL, &text);
        result = replace(store, &text);
    }
    if (result < 0 && (!err || !err->text[0]))
        not_kept(store, result, err);
    unlock(lock_fd);
    progress_free(&others);
    buf_free(&text);
    return result;
}
