#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, int code, const char *format, ...)
{
    va_list args;

    if (!err)
        return code;
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    return code;
}

int err_sys(struct err *err, int code, const char *format, ...)
{
    va_list args;
    size_t used;

    if (!err)
        return code;
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    used = strlen(err->text);
    snprintf(err->text + used, sizeof(err->text) - used, ": %s", strerror(-code));
    return code;
}

const char *errno_name(int number)
{
    /* glibc 2.32 and later; both EAGAIN and EWOULDBLOCK are "EAGAIN" there. */
    return number > 0 ? strerrorname_np(number) : NULL;
}

int errno_parse(const char *name)
{
    /* Linux numbers its errors up to 133 (asm-generic/errno.h). */
    for (int number = 1; number < 134; number++) {
        const char *known = strerrorname_np(number);

        if (known && strcmp(known, name) == 0)
            return number;
    }
    return strcmp(name, "EWOULDBLOCK") == 0 ? EAGAIN : 0;
}
