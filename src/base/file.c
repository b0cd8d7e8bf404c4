#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read(const char *path, size_t max, struct buf *out, struct err *err)
{
    char chunk[16384];
    struct stat info;
    size_t total = 0;
    ssize_t got;
    int result = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_sys(err, -errno, "%s", path);
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        return err_set(err, -EISDIR, "%s: is a directory; expected a file", path);
    }
    while ((got = read(fd, chunk, sizeof(chunk))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            result = err_sys(err, -errno, "%s", path);
            break;
        }
        total += (size_t)got;
        if (total > max) {
            result = err_set(err, -EFBIG, "%s: larger than %zu bytes", path, max);
            break;
        }
        buf_add(out, chunk, (size_t)got);
    }
    close(fd);
    return result;
}

int file_write_all(int fd, const void *data, size_t len)
{
    const char *next = data;

    while (len > 0) {
        ssize_t sent = write(fd, next, len);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return -errno;
        next += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* Gives a file that mkstemp made the rights that open would have given it. */
static int set_rights(int fd, const char *path)
{
    struct stat old;
    mode_t mask = umask(0);

    umask(mask);
    if (stat(path, &old) == 0)
        return fchmod(fd, old.st_mode & 0777);
    return fchmod(fd, 0666 & ~mask);
}

static int write_beside(const char *path, const void *data, size_t len)
{
    char *beside = mem_printf("%s.XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC);
    int result = fd < 0 ? -errno : file_write_all(fd, data, len);

    if (result == 0 && set_rights(fd, path) < 0)
        result = -errno;
    if (fd >= 0 && close(fd) < 0 && result == 0)
        result = -errno;
    if (result == 0 && rename(beside, path) < 0)
        result = -errno;
    if (fd >= 0 && result != 0)
        unlink(beside);
    free(beside);
    return result;
}

static int write_into(const char *path, const void *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int result = fd < 0 ? -errno : file_write_all(fd, data, len);

    if (fd >= 0)
        close(fd);
    return result;
}

int file_replace(const char *path, const void *data, size_t len, struct err *err)
{
    char *target = realpath(path, NULL); /* a link stays one */
    struct stat info;
    int result;

    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        result = write_into(path, data, len);
    else
        result = write_beside(target ? target : path, data, len);
    free(target);
    return result == 0 ? 0 : err_sys(err, result, "%s", path);
}

int file_write_new(const char *path, const void *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int result;

    if (fd < 0)
        return -errno;
    result = file_write_all(fd, data, len);
    if (close(fd) < 0 && result == 0)
        result = -errno;
    return result;
}
