/* printable: text from outside (lessons, names, packets) made safe for a terminal.
 *
 * The only door: whatever did not stand in this program's source passes here
 * before it reaches a canvas, a plain line or a message. Any thread may call.
 */
#ifndef SOCKETARIUM_BASE_PRINTABLE_H
#define SOCKETARIUM_BASE_PRINTABLE_H

#include "base/buf.h"

enum printable_mode {
    PRINTABLE_LINE, /* newline and tab are escaped too: \n \t */
    PRINTABLE_TEXT, /* newline stays; tab becomes spaces up to a multiple of 8 */
};

/* Appends text to out. Control characters (C0, DEL, C1), bidirectional controls,
 * invisible format characters other than ZWJ, unassigned or private code points and
 * bytes that are not UTF-8 become C escapes (\n, \x1b, \u202e); all else stays. */
void printable_add(struct buf *out, const char *text, size_t len,
                   enum printable_mode mode);

/* A new string (the caller frees). */
char *printable_line(const char *text);
char *printable_bytes(const void *data, size_t len);

#endif
