/* vec: a growing array of any type.
 *
 *     struct { int *items; size_t count, room; } numbers = {0};   // or VEC(int)
 *     *vec_push(&numbers) = 3;
 *     vec_each (n, &numbers) { ... }
 *     vec_free(&numbers);
 *
 * Pushing may move the items: keep indices, not pointers, across a push.
 */
#ifndef SOCKETARIUM_BASE_VEC_H
#define SOCKETARIUM_BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

#define VEC(type)                  \
    struct {                       \
        type *items; /* (owned) */ \
        size_t count;              \
        size_t room;               \
    }

/* Adds one zeroed item and returns a pointer to it, valid until the next push. */
#define vec_push(vec)                                                               \
    ((vec)->items =                                                                 \
         vec_grow((vec)->items, &(vec)->room, (vec)->count, sizeof(*(vec)->items)), \
     &(vec)->items[(vec)->count++])

#define vec_last(vec) (&(vec)->items[(vec)->count - 1])

/* Removes item number i and closes the gap. */
#define vec_remove(vec, i) \
    vec_close_gap((vec)->items, &(vec)->count, (i), sizeof(*(vec)->items))

/* `vec_each (item, vec)`: item is a pointer to each in turn. No pushing inside. */
#define vec_each(item, vec)                                \
    for (__typeof__((vec)->items + 0) item = (vec)->items; \
         item && item < (vec)->items + (vec)->count; item++)

#define vec_free(vec)                   \
    do {                                \
        free((vec)->items);             \
        (vec)->items = NULL;            \
        (vec)->count = (vec)->room = 0; \
    } while (0)

/* Used by the macros: returns items with room for one more, that one zeroed. */
void *vec_grow(void *items, size_t *room, size_t count, size_t size);
void vec_close_gap(void *items, size_t *count, size_t index, size_t size);

#endif
