/* terminal: shows a canvas, reads keys, and always gives the terminal back. The only
 * file with terminal.c that knows curses.
 *
 * One at a time, single-threaded. After terminal_open every way out of the program gives
 * the terminal back: terminal_close, the signals that end a program, and crashes.
 */
#ifndef SOCKETARIUM_UI_TERMINAL_H
#define SOCKETARIUM_UI_TERMINAL_H

#include <stdbool.h>

#include "base/err.h"
#include "view/canvas.h"

/* A key: a Unicode code point, or one of these. */
enum key {
    KEY_IS_NONE = 0,
    KEY_IS_ENTER = '\n',
    KEY_IS_ESCAPE = 27,
    KEY_IS_UP = 0x110000, /* past the last code point */
    KEY_IS_DOWN,
    KEY_IS_LEFT,
    KEY_IS_RIGHT,
    KEY_IS_PAGE_UP,
    KEY_IS_PAGE_DOWN,
    KEY_IS_HOME,
    KEY_IS_END,
    KEY_IS_TAB,
    KEY_IS_BACKSPACE,
    KEY_IS_DELETE,
    KEY_IS_DELETE_WORD, /* C-w */
    KEY_IS_DELETE_LINE, /* C-u */
    KEY_IS_RESIZE, /* the window's size changed */
    KEY_IS_MOUSE,  /* terminal_mouse tells */
    KEY_IS_OTHER,  /* a key that means nothing here */
};

/* Takes the terminal over. ascii is forced, or follows from the locale; SCHEME_MONO is
 * what NO_COLOR and a terminal without colours give. 0, or a negative errno with err: an
 * unknown TERM, or no terminal. */
int terminal_open(bool ascii, enum scheme scheme, struct err *err);
void terminal_close(void);

bool terminal_ascii(void); /* canvases are to be drawn with canvas->ascii */
void terminal_size(int *width, int *height);
void terminal_show(const struct canvas *canvas);
/* The next key, without waiting; KEY_IS_NONE when there is none. */
int terminal_key(void);
struct mouse {
    int x, y;
    int wheel; /* -1 up, 1 down; 0: the first button was pressed */
};

/* What the mouse did; after KEY_IS_MOUSE, once. False: nothing that means something. */
bool terminal_mouse(struct mouse *mouse);
/* The signal that asks the program to end, or 0. After it: terminal_close, and
 * terminal_die. */
int terminal_signal(void);
/* Dies of the signal, with its default action. */
void terminal_die(int signal_number);

#endif
