#include "export/svg_ink.h"

static const uint32_t on_white[INK_COUNT] = {
    [INK_TEXT] = 0x1f2328,  [INK_SOFT] = 0x5f6874,    [INK_RED] = 0xb3261e,
    [INK_GREEN] = 0x17692e, [INK_MAGENTA] = 0x99208a, [INK_CYAN] = 0x0a6275,
    [INK_PAPER] = 0xffffff, [INK_FRAME] = 0xd5dae0,
};

static const uint32_t on_dark[INK_COUNT] = {
    [INK_TEXT] = 0xe8ebf0,  [INK_SOFT] = 0x98a3b1,    [INK_RED] = 0xff9086,
    [INK_GREEN] = 0x7fdc9f, [INK_MAGENTA] = 0xf2a5fb, [INK_CYAN] = 0x74d7ea,
    [INK_PAPER] = 0x14181e, [INK_FRAME] = 0x353c46,
};

static const uint32_t white_on_black[INK_COUNT] = {
    [INK_TEXT] = 0xffffff,  [INK_SOFT] = 0xffffff,    [INK_RED] = 0xffffff,
    [INK_GREEN] = 0xffffff, [INK_MAGENTA] = 0xffffff, [INK_CYAN] = 0xffffff,
    [INK_PAPER] = 0x000000, [INK_FRAME] = 0x000000,
};

static const uint32_t black_on_white[INK_COUNT] = {
    [INK_FRAME] = 0xffffff,
    [INK_PAPER] = 0xffffff,
};

static const uint32_t *const inks[SCHEME_COUNT] = {
    [SCHEME_AUTO] = on_white,       [SCHEME_DARK] = on_dark,
    [SCHEME_LIGHT] = on_white,      [SCHEME_CONTRAST] = white_on_black,
    [SCHEME_MONO] = black_on_white,
};

/* What a colour means, of the ink that a picture has for it. */
static enum svg_ink ink_for(enum colour colour)
{
    switch (colour) {
    case COLOUR_RED:
    case COLOUR_BRIGHT_RED:
        return INK_RED;
    case COLOUR_GREEN:
    case COLOUR_BRIGHT_GREEN:
        return INK_GREEN;
    case COLOUR_MAGENTA:
    case COLOUR_BRIGHT_MAGENTA:
        return INK_MAGENTA;
    case COLOUR_CYAN:
    case COLOUR_BRIGHT_CYAN:
        return INK_CYAN;
    case COLOUR_DEFAULT:
    case COLOUR_WHITE_ON_BLACK:
    case COLOUR_COUNT:
        break;
    }
    return INK_TEXT;
}

struct svg_look svg_ink_look(enum element element, bool reverse, enum scheme scheme)
{
    /* The terminal's light theme does without the colours that its 16 lack on white; a
     * picture has them. */
    struct look look =
        theme_look(element, scheme == SCHEME_LIGHT ? SCHEME_AUTO : scheme);
    struct svg_look result = {.ink = ink_for(look.colour),
                              .bold = look.bold,
                              .underline = look.underline,
                              .reverse = look.reverse != reverse};

    if (element == ELEMENT_BORDER || element == ELEMENT_FAINT)
        result.ink = INK_SOFT;
    return result;
}

uint32_t svg_ink_rgb(enum svg_ink ink, enum scheme scheme)
{
    return inks[scheme][ink];
}
