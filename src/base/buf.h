/* buf: a growing run of bytes, always followed by a NUL.
 *
 * `struct buf b = {0};` is an empty one. The owner calls buf_free. Growth that
 * fails ends the program with exit status 70: there is no memory to go on with.
 * One thread at a time.
 */
#ifndef SOCKETARIUM_BASE_BUF_H
#define SOCKETARIUM_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *data; /* (owned) NULL while nothing was ever added */
    size_t len; /* bytes used, without the NUL */
    size_t room;
};

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Removes the first len bytes. */
void buf_drop_front(struct buf *buf, size_t len);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_free(struct buf *buf);  /* and buf is empty again */

/* The text so far; "" if nothing was added. Valid until the next change. */
const char *buf_text(const struct buf *buf);

/* Gives the bytes (NUL-terminated) to the caller, who frees them; buf is empty. */
char *buf_take(struct buf *buf);

/* malloc that does not fail: exit status 70 instead. Zeroed. */
void *mem_new(size_t count, size_t size);
char *mem_strdup(const char *text);
char *mem_strndup(const char *text, size_t len);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
