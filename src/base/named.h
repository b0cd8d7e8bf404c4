/* named: words that can be written, each with its value and a few words of help. A list
 * ends with an item whose name is NULL. Pure; any thread may call. */
#ifndef SOCKETARIUM_BASE_NAMED_H
#define SOCKETARIUM_BASE_NAMED_H

struct named {
    const char *name; /* "SHUT_WR" */
    int value;
    const char *help; /* "no more is sent" */
};

/* The item of that name, or NULL. */
const struct named *named_find(const struct named *list, const char *name);

#endif
