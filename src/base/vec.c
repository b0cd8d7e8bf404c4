#include "base/vec.h"

#include <stdio.h>
#include <string.h>

void *vec_grow(void *items, size_t *room, size_t count, size_t size)
{
    if (count == *room) {
        size_t wanted = *room ? *room * 2 : 8;

        items = reallocarray(items, wanted, size);
        if (!items) {
            fputs("socketarium: out of memory\n", stderr);
            exit(70);
        }
        *room = wanted;
    }
    memset((char *)items + count * size, 0, size);
    return items;
}

void vec_close_gap(void *items, size_t *count, size_t index, size_t size)
{
    char *gap = (char *)items + index * size;

    memmove(gap, gap + size, (*count - index - 1) * size);
    (*count)--;
}
