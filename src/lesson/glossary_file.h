/* glossary_file: the lessons' glossary.md becomes a struct glossary: a paragraph for
 * each term, which stands in bold at its beginning. One thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_GLOSSARY_FILE_H
#define SOCKETARIUM_LESSON_GLOSSARY_FILE_H

#include <stddef.h>

#include "base/err.h"
#include "model/glossary.h"

/* Adds what the text says. What is no term is passed over. */
void glossary_read(const char *text, size_t len, struct glossary *out);

/* Reads glossary.md of the lessons' directory. 0, or a negative errno with err. */
int glossary_load(struct glossary *out, struct err *err);

#endif
