#include "view/theme.h"

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

struct look theme_look(enum element element, enum scheme scheme)
{
    struct look look = {0};

    if ((unsigned)element < ELEMENT_COUNT)
        look = looks[element];
    if (scheme == SCHEME_MONO)
        look.colour = COLOUR_DEFAULT;
    return look;
}
