/* glossary: terms and what they mean. Pure data; lesson/glossary_file reads it, views
 * draw it. Owned by the struct glossary. One thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_GLOSSARY_H
#define SOCKETARIUM_MODEL_GLOSSARY_H

#include "model/page.h"

struct glossary_entry {
    char *term;       /* (owned) as the glossary has it: "accept queue" */
    struct para text; /* (owned) the paragraph: the term, and its explanation */
};

struct glossary {
    VEC(struct glossary_entry) entries;
};

void glossary_clear(struct glossary *glossary); /* and it is empty again */

/* The entry of a term as a lesson spells it (case and a plural's s do not count), or
 * NULL. */
const struct glossary_entry *glossary_find(const struct glossary *glossary,
                                           const char *term);

#endif
