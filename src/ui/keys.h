/* keys: which action a key stands for, by actions.def. */
#ifndef SOCKETARIUM_UI_KEYS_H
#define SOCKETARIUM_UI_KEYS_H

#include <stddef.h>

enum action {
    ACTION_NONE,
#define ACTION(name, where, keys, footer, help) ACTION_##name,
#include "ui/actions.def"
#undef ACTION
    ACTION_COUNT
};

/* The screens on which an action works, as a set. */
enum where {
    WHERE_LAB = 1,
    WHERE_RECORDING = 2,
    WHERE_LIST = 4,
    WHERE_LESSON = WHERE_LAB | WHERE_RECORDING,
    WHERE_BOTH = WHERE_LESSON | WHERE_LIST
};

struct action_row {
    enum where where;
    const char *keys, *footer, *help;
};
extern const struct action_row action_rows[ACTION_COUNT];

/* The action of a key (ui/terminal.h) on one of these screens, ACTION_NONE if it has
 * none. */
enum action key_action(int key, enum where where);

/* The first key of an action, as it is shown: "Space". out has room for `room` bytes. */
const char *action_key(enum action action, char *out, size_t room);

#endif
