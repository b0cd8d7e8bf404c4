/* doctor_lab: doctor's checks of the kernel, made in a small lab of two namespaces. Part
 * of doctor; it prints its lines as it goes. One thread.
 */
#ifndef SOCKETARIUM_CMD_DOCTOR_LAB_H
#define SOCKETARIUM_CMD_DOCTOR_LAB_H

#include "base/err.h"

enum doctor_word { DOCTOR_OK, DOCTOR_REFUSED, DOCTOR_NOTE };

/* Prints one item; lines of text after the first stand at the margin, ready to paste. */
void doctor_line(enum doctor_word word, const char *item, const char *text);
void doctor_linef(enum doctor_word word, const char *item, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The body of the sealed child. context: the inode of the caller's user namespace, a
 * const unsigned long *. Returns how many items were refused. */
int doctor_lab(void *context);

#endif
