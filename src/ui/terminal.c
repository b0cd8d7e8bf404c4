#include "ui/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

static bool is_open, use_ascii;
static enum scheme use_scheme;
static volatile sig_atomic_t asked_to_end;

/* What a crash needs, made ready beforehand: a handler may not ask terminfo. */
static struct termios as_it_was;
static char restore_text[512];
static size_t restore_len;

/* ----------------------------------------------------------- signals */

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void note_signal(int number)
{
    asked_to_end = number;
}

/* Only calls that signal-safety(7) allows. */
static void crashed(int number)
{
    ssize_t ignored = write(STDOUT_FILENO, restore_text, restore_len);

    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSANOW, &as_it_was);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signals(void)
{
    static char stack[16384];
    const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
    struct sigaction ending = {.sa_handler = note_signal};
    struct sigaction crash = {.sa_handler = crashed,
                              .sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER};

    sigaltstack(&alternate, NULL);
    for (size_t i = 0; i < COUNT(ending_signals); i++)
        sigaction(ending_signals[i], &ending, NULL);
    for (size_t i = 0; i < COUNT(crash_signals); i++)
        sigaction(crash_signals[i], &crash, NULL);
}

static void release_signals(void)
{
    for (size_t i = 0; i < COUNT(ending_signals); i++)
        signal(ending_signals[i], SIG_DFL);
    for (size_t i = 0; i < COUNT(crash_signals); i++)
        signal(crash_signals[i], SIG_DFL);
}

int terminal_signal(void)
{
    return asked_to_end;
}

void terminal_die(int number)
{
    sigset_t only;

    signal(number, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
    _exit(128 + number);
}

/* ----------------------------------------------------------- opening */

/* Back from the alternate screen, with cursor, keypad and colours as they were. */
static void prepare_restore(void)
{
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};

    restore_len = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *text = tigetstr(names[i]);
        size_t len = text && text != (char *)-1 ? strlen(text) : 0;

        if (len && restore_len + len < sizeof(restore_text)) {
            memcpy(restore_text + restore_len, text, len);
            restore_len += len;
        }
    }
}

static void prepare_colours(void)
{
    static const short curses_colours[COLOUR_COUNT] = {
        [COLOUR_DEFAULT] = -1,
        [COLOUR_RED] = COLOR_RED,
        [COLOUR_GREEN] = COLOR_GREEN,
        [COLOUR_MAGENTA] = COLOR_MAGENTA,
        [COLOUR_CYAN] = COLOR_CYAN,
        [COLOUR_BRIGHT_RED] = COLOR_RED + 8,
        [COLOUR_BRIGHT_GREEN] = COLOR_GREEN + 8,
        [COLOUR_BRIGHT_MAGENTA] = COLOR_MAGENTA + 8,
        [COLOUR_BRIGHT_CYAN] = COLOR_CYAN + 8,
        [COLOUR_WHITE_ON_BLACK] = COLOR_WHITE + 8,
    };

    if (use_scheme == SCHEME_MONO || !has_colors() || start_color() == ERR) {
        use_scheme = SCHEME_MONO;
        return;
    }
    use_default_colors();
    /* Eight colours: their plain sisters. */
    for (short i = 1; i < COLOUR_COUNT; i++)
        init_pair(i, COLORS < 16 ? (short)(curses_colours[i] % 8) : curses_colours[i],
                  i == COLOUR_WHITE_ON_BLACK ? COLOR_BLACK : -1);
    if (use_scheme == SCHEME_CONTRAST)
        bkgd(COLOR_PAIR(COLOUR_WHITE_ON_BLACK));
}

/* Asked before initscr, which would end the program. */
static bool can_show_a_screen(void)
{
    const char *move_cursor = NULL;
    int found = 0;

    if (setupterm(NULL, STDOUT_FILENO, &found) == ERR)
        return false;
    move_cursor = tigetstr("cup");
    del_curterm(cur_term); /* initscr makes its own */
    return move_cursor && move_cursor != (char *)-1;
}

int terminal_open(bool ascii, enum scheme scheme, struct err *err)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (tcgetattr(STDIN_FILENO, &as_it_was) < 0)
        return err_sys(err, -errno, "standard input is no terminal");
    if (!can_show_a_screen())
        return err_set(err, -ENOTTY,
                       "TERM: '%s' is no terminal that can show a screen; expected "
                       "something like xterm-256color. socketarium learn --plain does "
                       "without.",
                       term ? term : "");
    setlocale(LC_ALL, "");
    use_ascii = ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    use_scheme = no_color && no_color[0] ? SCHEME_MONO : scheme;
    set_escdelay(25);
    if (!initscr())
        return err_set(err, -ENOTTY, "the screen could not be opened");
    is_open = true;
    prepare_restore();
    catch_signals();
    prepare_colours();
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    mouseinterval(0); /* a press counts at once, without waiting for a click */
    return 0;
}

void terminal_close(void)
{
    if (!is_open)
        return;
    is_open = false;
    curs_set(1);
    endwin();
    release_signals();
}

bool terminal_ascii(void)
{
    return use_ascii;
}

void terminal_size(int *width, int *height)
{
    getmaxyx(stdscr, *height, *width);
}

/* ----------------------------------------------------------- showing */

static attr_t attributes(const struct cell *cell)
{
    struct look look = theme_look((enum element)cell->element, use_scheme);
    attr_t result = A_NORMAL;

    if (look.bold)
        result |= A_BOLD;
    if (look.underline)
        result |= A_UNDERLINE;
    if (look.reverse != cell->reverse)
        result |= A_REVERSE;
    if (look.colour != COLOUR_DEFAULT)
        result |= COLOR_PAIR((int)look.colour);
    return result;
}

static bool is_plain(const struct cell *cell)
{
    return (unsigned char)cell->text[0] < 0x80 && cell->text[0] && !cell->text[1];
}

/* Ends the cluster where curses and terminals do not follow: a joiner or a variation
 * selector takes what stands behind it into the same cell in one terminal and not in the
 * next, and a second character that takes room is a cell of its own for curses. */
static bool ends_here(wchar_t code, int taken, int room)
{
    return code == 0x200d || code == 0xfe0e || code == 0xfe0f || taken < 0 ||
           taken > room;
}

/* Adds what of a cluster takes the cell's columns by libc's tables, which curses goes
 * by, and blanks for the others: the columns behind it must stay in line. */
static size_t add_cluster(const struct cell *cell, char *run)
{
    const char *text = cell->text;
    int room = cell->width;
    mbstate_t state = {0};
    wchar_t code;
    size_t len = 0, more;

    while (*text) {
        more = mbrtowc(&code, text, strlen(text), &state);
        if (more == (size_t)-1 || more == (size_t)-2 ||
            ends_here(code, wcwidth(code), room))
            break;
        room -= wcwidth(code);
        memcpy(run + len, text, more);
        len += more;
        text += more;
    }
    if (len == 0 && room > 0) { /* libc has nothing that fits */
        run[len++] = '?';
        room--;
    }
    for (; room > 0; room--)
        run[len++] = ' ';
    return len;
}

static void show_run(const char *run, size_t *len, attr_t attributes_of_run)
{
    attrset(attributes_of_run);
    addnstr(run, (int)*len);
    *len = 0;
}

static void show_row(const struct canvas *canvas, int y)
{
    char run[4096];
    size_t len = 0;
    attr_t now = A_NORMAL;

    move(y, 0);
    for (int x = 0; x < canvas->width; x++) {
        const struct cell *cell = &canvas->cells[y * canvas->width + x];
        attr_t wanted = attributes(cell);

        if (cell->width == 0) /* the right half of a wide one */
            continue;
        if (len && (wanted != now || len + CELL_BYTES + 2 >= sizeof(run)))
            show_run(run, &len, now);
        now = wanted;
        if (is_plain(cell))
            run[len++] = cell->text[0];
        else
            len += add_cluster(cell, run + len);
    }
    show_run(run, &len, now);
}

void terminal_show(const struct canvas *canvas)
{
    erase();
    for (int y = 0; y < canvas->height; y++)
        show_row(canvas, y);
    attrset(A_NORMAL);
    curs_set(canvas->cursor_x >= 0);
    if (canvas->cursor_x >= 0)
        move(canvas->cursor_y, canvas->cursor_x);
    refresh();
}

/* ----------------------------------------------------------- keys */

#define CONTROL(letter) ((letter)-'a' + 1)

static int special_key(wint_t code)
{
    switch (code) {
    case KEY_UP:
        return KEY_IS_UP;
    case KEY_DOWN:
        return KEY_IS_DOWN;
    case KEY_LEFT:
        return KEY_IS_LEFT;
    case KEY_RIGHT:
        return KEY_IS_RIGHT;
    case KEY_PPAGE:
        return KEY_IS_PAGE_UP;
    case KEY_NPAGE:
        return KEY_IS_PAGE_DOWN;
    case KEY_HOME:
        return KEY_IS_HOME;
    case KEY_END:
        return KEY_IS_END;
    case KEY_BACKSPACE:
        return KEY_IS_BACKSPACE;
    case KEY_DC:
        return KEY_IS_DELETE;
    case KEY_ENTER:
        return KEY_IS_ENTER;
    case KEY_RESIZE:
        return KEY_IS_RESIZE;
    case KEY_MOUSE:
        return KEY_IS_MOUSE;
    default:
        return KEY_IS_OTHER;
    }
}

bool terminal_mouse(struct mouse *mouse)
{
    MEVENT event;

    if (getmouse(&event) == ERR)
        return false;
    *mouse = (struct mouse){.x = event.x, .y = event.y};
    if (event.bstate & BUTTON4_PRESSED)
        mouse->wheel = -1;
    else if (event.bstate & BUTTON5_PRESSED)
        mouse->wheel = 1;
    return mouse->wheel || (event.bstate & BUTTON1_PRESSED);
}

/* As a shell has them. */
static int control_key(wint_t code)
{
    switch (code) {
    case '\r':
        return KEY_IS_ENTER;
    case '\t':
        return KEY_IS_TAB;
    case 127:
    case CONTROL('h'):
        return KEY_IS_BACKSPACE;
    case CONTROL('a'):
        return KEY_IS_HOME;
    case CONTROL('e'):
        return KEY_IS_END;
    case CONTROL('u'):
        return KEY_IS_DELETE_LINE;
    case CONTROL('w'):
        return KEY_IS_DELETE_WORD;
    default:
        return (int)code;
    }
}

int terminal_key(void)
{
    wint_t code;

    switch (get_wch(&code)) {
    case KEY_CODE_YES:
        return special_key(code);
    case OK:
        break;
    default:
        return KEY_IS_NONE;
    }
    return control_key(code);
}
