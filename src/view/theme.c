#include "view/theme.h"

#include <string.h>

/* Colour is never alone: what a colour says is said by an attribute, a word, a mark or a
 * position too. So the schemes share the attributes, and differ in the colours only. */
static const struct look looks[ELEMENT_COUNT] = {
    [ELEMENT_TEXT] = {.colour = COLOUR_DEFAULT},
    [ELEMENT_TITLE] = {.bold = 1},
    [ELEMENT_BORDER] = {.colour = COLOUR_DEFAULT},
    [ELEMENT_FOCUS] = {.colour = COLOUR_CYAN, .bold = 1},
    [ELEMENT_KEY] = {.bold = 1},
    [ELEMENT_TERM] = {.bold = 1},
    [ELEMENT_EMPHASIS] = {.underline = 1},
    [ELEMENT_CODE] = {.colour = COLOUR_CYAN},
    [ELEMENT_QUESTION] = {.colour = COLOUR_MAGENTA, .bold = 1},
    [ELEMENT_RIGHT] = {.colour = COLOUR_GREEN, .bold = 1},
    [ELEMENT_WRONG] = {.colour = COLOUR_RED, .underline = 1},
    [ELEMENT_STATE] = {.bold = 1},
    [ELEMENT_NEW] = {.colour = COLOUR_GREEN, .bold = 1},
    [ELEMENT_CHANGED] = {.colour = COLOUR_CYAN, .bold = 1},
    [ELEMENT_GONE] = {.colour = COLOUR_RED, .underline = 1},
    [ELEMENT_GROUP] = {.underline = 1},
    [ELEMENT_PACKET] = {.colour = COLOUR_CYAN},
    [ELEMENT_HELD] = {.colour = COLOUR_MAGENTA, .bold = 1},
    [ELEMENT_DROPPED] = {.colour = COLOUR_RED, .underline = 1},
    [ELEMENT_CALL] = {.colour = COLOUR_DEFAULT},
    [ELEMENT_ERROR] = {.colour = COLOUR_RED, .bold = 1},
    [ELEMENT_CURRENT] = {.reverse = 1},
    [ELEMENT_SELECTED] = {.reverse = 1},
    [ELEMENT_FAINT] = {.colour = COLOUR_DEFAULT},
};

static const char *const scheme_names[SCHEME_COUNT] = {[SCHEME_AUTO] = "auto",
                                                       [SCHEME_DARK] = "dark",
                                                       [SCHEME_LIGHT] = "light",
                                                       [SCHEME_CONTRAST] = "contrast",
                                                       [SCHEME_MONO] = "mono"};

/* On black the bright ones, on white those that are dark enough there: green and cyan
 * are not. */
static const enum colour colours[SCHEME_COUNT][COLOUR_COUNT] = {
    [SCHEME_AUTO] = {[COLOUR_RED] = COLOUR_RED,
                     [COLOUR_GREEN] = COLOUR_GREEN,
                     [COLOUR_MAGENTA] = COLOUR_MAGENTA,
                     [COLOUR_CYAN] = COLOUR_CYAN},
    [SCHEME_DARK] = {[COLOUR_RED] = COLOUR_BRIGHT_RED,
                     [COLOUR_GREEN] = COLOUR_BRIGHT_GREEN,
                     [COLOUR_MAGENTA] = COLOUR_BRIGHT_MAGENTA,
                     [COLOUR_CYAN] = COLOUR_BRIGHT_CYAN},
    [SCHEME_LIGHT] = {[COLOUR_RED] = COLOUR_RED,
                      [COLOUR_GREEN] = COLOUR_DEFAULT,
                      [COLOUR_MAGENTA] = COLOUR_MAGENTA,
                      [COLOUR_CYAN] = COLOUR_MAGENTA},
    [SCHEME_CONTRAST] = {[COLOUR_DEFAULT] = COLOUR_WHITE_ON_BLACK,
                         [COLOUR_RED] = COLOUR_WHITE_ON_BLACK,
                         [COLOUR_GREEN] = COLOUR_WHITE_ON_BLACK,
                         [COLOUR_MAGENTA] = COLOUR_WHITE_ON_BLACK,
                         [COLOUR_CYAN] = COLOUR_WHITE_ON_BLACK},
};

/* Seen from the last row of a room. */
static struct look strengthened(struct look look, enum element element)
{
    if (element == ELEMENT_HELD || element == ELEMENT_QUESTION ||
        element == ELEMENT_ERROR)
        look.reverse = 1;
    else if (element != ELEMENT_BORDER)
        look.bold = 1;
    return look;
}

struct look theme_look(enum element element, enum scheme scheme)
{
    struct look look = {0};

    if ((unsigned)element < ELEMENT_COUNT)
        look = looks[element];
    look.colour = colours[scheme][look.colour];
    return scheme == SCHEME_CONTRAST ? strengthened(look, element) : look;
}

int theme_scheme(const char *name)
{
    for (int i = 0; i < SCHEME_COUNT; i++)
        if (strcmp(scheme_names[i], name) == 0)
            return i;
    return -1;
}

const char *theme_scheme_name(enum scheme scheme)
{
    return scheme_names[scheme];
}
