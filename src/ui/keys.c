#include "ui/keys.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ui/terminal.h"

const struct action_row action_rows[ACTION_COUNT] = {
    [ACTION_NONE] = {0, "", "", ""},
#define ACTION(name, where, keys, footer, help) \
    [ACTION_##name] = {WHERE_##where, keys, footer, help},
#include "ui/actions.def"
#undef ACTION
};

static const struct {
    const char *name;
    int key;
} key_names[] = {
    {"Space", ' '},          {"PgUp", KEY_IS_PAGE_UP}, {"PgDn", KEY_IS_PAGE_DOWN},
    {"Left", KEY_IS_LEFT},   {"Right", KEY_IS_RIGHT},  {"Up", KEY_IS_UP},
    {"Down", KEY_IS_DOWN},   {"Home", KEY_IS_HOME},    {"End", KEY_IS_END},
    {"Tab", KEY_IS_TAB},     {"Enter", KEY_IS_ENTER},  {"Esc", KEY_IS_ESCAPE},
    {"Mouse", KEY_IS_MOUSE},
};

/* The key that a name of len bytes stands for; a single character is itself. */
static int key_of_name(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof(key_names) / sizeof(key_names[0]); i++)
        if (strlen(key_names[i].name) == len &&
            strncmp(key_names[i].name, name, len) == 0)
            return key_names[i].key;
    return len == 1 ? name[0] : KEY_IS_NONE;
}

/* "1-9" is each of them. */
static bool names_key(const char *name, size_t len, int key)
{
    if (len == 3 && name[1] == '-')
        return key >= name[0] && key <= name[2];
    return key_of_name(name, len) == key;
}

enum action key_action(int key, enum where where)
{
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
        const char *keys = action_rows[action].keys;

        while (*keys && action_rows[action].where & where) {
            size_t len = strcspn(keys, " ");

            if (names_key(keys, len, key))
                return (enum action)action;
            keys += len + strspn(keys + len, " ");
        }
    }
    return ACTION_NONE;
}

const char *action_key(enum action action, char *out, size_t room)
{
    const char *keys = action_rows[action].keys;

    snprintf(out, room, "%.*s", (int)strcspn(keys, " "), keys);
    return out;
}
