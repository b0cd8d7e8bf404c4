/* file: whole files and whole writes. Any thread may call. */
#ifndef SOCKETARIUM_BASE_FILE_H
#define SOCKETARIUM_BASE_FILE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Appends the whole file to out; at most max bytes, else -EFBIG. 0 or a negative errno
 * with err set to "PATH: cause". */
int file_read(const char *path, size_t max, struct buf *out, struct err *err);

/* Makes the file hold these bytes: who reads it meanwhile finds the old ones or the new
 * ones, and when it fails the old ones stay. What is no file (a pipe, a device) is
 * written to. 0 or a negative errno with err set to "PATH: cause". */
int file_replace(const char *path, const void *data, size_t len, struct err *err);

/* Writes all bytes, going on after interruptions. 0 or a negative errno. */
int file_write_all(int fd, const void *data, size_t len);
/* Writes a file that was not there before; one that is, is -EEXIST. 0 or a negative
 * errno. */
int file_write_new(const char *path, const void *data, size_t len);

#endif
