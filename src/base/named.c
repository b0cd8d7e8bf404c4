#include "base/named.h"

#include <stddef.h>
#include <string.h>

const struct named *named_find(const struct named *list, const char *name)
{
    for (; list->name; list++)
        if (strcmp(list->name, name) == 0)
            return list;
    return NULL;
}
