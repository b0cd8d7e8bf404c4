#include "model/glossary.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void glossary_clear(struct glossary *glossary)
{
    vec_each (entry, &glossary->entries) {
        free(entry->term);
        vec_each (span, &entry->text.spans)
            free(span->text);
        vec_free(&entry->text.spans);
    }
    vec_free(&glossary->entries);
}

/* "segments" is the entry "segment". */
static bool same_term(const char *entry, const char *term)
{
    size_t len = strlen(entry);

    if (strncasecmp(entry, term, len) != 0)
        return false;
    return !term[len] || strcasecmp(term + len, "s") == 0 ||
           strcasecmp(term + len, "es") == 0;
}

const struct glossary_entry *glossary_find(const struct glossary *glossary,
                                           const char *term)
{
    vec_each (entry, &glossary->entries)
        if (same_term(entry->term, term))
            return entry;
    return NULL;
}
