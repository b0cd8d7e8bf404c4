#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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
