/* err: a message for the user, filled where the cause is known.
 *
 * Library code never prints. A function that can fail for a reason that a user
 * should read takes a `struct err *` (may be NULL) and returns a negative errno.
 * The caller owns the struct. Any thread may call.
 */
#ifndef SOCKETARIUM_BASE_ERR_H
#define SOCKETARIUM_BASE_ERR_H

#include <stdarg.h>

struct err {
    char text[1024]; /* one or more lines, no newline at the end; "" is no error */
};

/* Fills err->text (if err is not NULL) and returns code, which is a negative errno. */
int err_set(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with ": " and the words for errno code -code at the end. */
int err_sys(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The symbolic name of a positive errno: "ECONNREFUSED"; NULL if it has none. */
const char *errno_name(int number);

/* The positive errno with this symbolic name, or 0. */
int errno_parse(const char *name);

#endif
