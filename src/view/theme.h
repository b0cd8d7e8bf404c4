/* theme: what things mean, not how they look. Views name elements; ui/terminal maps each
 * to colours and attributes, for a scheme. Pure.
 */
#ifndef SOCKETARIUM_VIEW_THEME_H
#define SOCKETARIUM_VIEW_THEME_H

enum element {
    ELEMENT_TEXT,
    ELEMENT_TITLE,    /* bold */
    ELEMENT_BORDER,   /* lines between panes */
    ELEMENT_FOCUS,    /* the border and title of the pane that has the keys */
    ELEMENT_KEY,      /* a key's name in the footer */
    ELEMENT_TERM,     /* **bold** in a lesson */
    ELEMENT_EMPHASIS, /* *emphasis* */
    ELEMENT_CODE,
    ELEMENT_QUESTION, /* the question that is asked */
    ELEMENT_RIGHT,    /* a right answer, with its word */
    ELEMENT_WRONG,
    ELEMENT_STATE,    /* a TCP state */
    ELEMENT_NEW,      /* a row marked + */
    ELEMENT_CHANGED,  /* ~ */
    ELEMENT_GONE,     /* - */
    ELEMENT_GROUP,    /* a group's heading in the table */
    ELEMENT_PACKET,   /* an arrow */
    ELEMENT_HELD,     /* a held packet: also the word HELD */
    ELEMENT_DROPPED,  /* also the mark ✗ */
    ELEMENT_CALL,     /* a system call in the ladder's margin */
    ELEMENT_ERROR,    /* something failed */
    ELEMENT_CURRENT,  /* the current line of source; reverse */
    ELEMENT_SELECTED, /* reverse */
    ELEMENT_FAINT,    /* said by position as well: addresses below host names */
    ELEMENT_COUNT
};

/* AUTO is readable on both a dark and a light background; CONTRAST brings its own. */
enum scheme {
    SCHEME_AUTO,
    SCHEME_DARK,
    SCHEME_LIGHT,
    SCHEME_CONTRAST,
    SCHEME_MONO,
    SCHEME_COUNT
};

/* The terminal's own 16, as far as they are used. No blue, yellow, bright black or dim:
 * unreadable on a projector or on one of the two backgrounds. */
enum colour {
    COLOUR_DEFAULT,
    COLOUR_RED,
    COLOUR_GREEN,
    COLOUR_MAGENTA,
    COLOUR_CYAN,
    COLOUR_BRIGHT_RED,
    COLOUR_BRIGHT_GREEN,
    COLOUR_BRIGHT_MAGENTA,
    COLOUR_BRIGHT_CYAN,
    COLOUR_WHITE_ON_BLACK, /* bright white on black: SCHEME_CONTRAST's text */
    COLOUR_COUNT
};

struct look {
    enum colour colour;
    unsigned bold : 1, underline : 1, reverse : 1;
};

struct look theme_look(enum element element, enum scheme scheme);

/* The scheme of that name, as --theme takes it, or -1; and the name of one. */
int theme_scheme(const char *name);
const char *theme_scheme_name(enum scheme scheme);

#endif
