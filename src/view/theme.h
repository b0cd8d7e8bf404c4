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

enum scheme { SCHEME_COLOUR, SCHEME_MONO };

enum colour { COLOUR_DEFAULT, COLOUR_RED, COLOUR_GREEN, COLOUR_MAGENTA, COLOUR_CYAN };

/* No blue, yellow, bright black or dim: unreadable on a projector or on one of the two
 * backgrounds. */
struct look {
    enum colour colour;
    unsigned bold : 1, underline : 1, reverse : 1;
};

struct look theme_look(enum element element, enum scheme scheme);

#endif
