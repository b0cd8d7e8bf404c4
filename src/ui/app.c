#include "ui/app.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "ui/terminal.h"

/* Signals are taken only while waiting, so that none can slip in before the wait. */
static void hold_signals(sigset_t *as_before)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH};
    sigset_t held;

    sigemptyset(&held);
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        sigaddset(&held, signals[i]);
    sigprocmask(SIG_BLOCK, &held, as_before);
}

static bool same_picture(const struct canvas *a, const struct canvas *b)
{
    return a->width == b->width && a->height == b->height &&
           a->cursor_x == b->cursor_x && a->cursor_y == b->cursor_y &&
           memcmp(a->cells, b->cells,
                  (size_t)a->width * (size_t)a->height * sizeof(*a->cells)) == 0;
}

static void show(const struct screen *screen, struct canvas *canvas,
                 struct canvas *shown)
{
    struct canvas swap;
    int width, height;

    terminal_size(&width, &height);
    if (width != canvas->width || height != canvas->height)
        canvas_resize(canvas, width, height);
    canvas_clear(canvas);
    canvas->ascii = terminal_ascii();
    screen->draw(screen->context, canvas);
    if (same_picture(canvas, shown))
        return;
    terminal_show(canvas);
    swap = *shown;
    *shown = *canvas;
    *canvas = swap;
}

/* False: the terminal has gone, and nobody is there to send SIGHUP. */
static bool wait_for_news(const struct screen *screen, const sigset_t *signals)
{
    struct pollfd fds[2] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = screen->fd ? screen->fd(screen->context) : -1, .events = POLLIN}};
    int redraw = screen->redraw_ms ? screen->redraw_ms(screen->context) : -1;
    struct timespec timeout = {redraw / 1000, redraw % 1000 * 1000000L};

    if (ppoll(fds, 2, redraw < 0 ? NULL : &timeout, signals) > 0 && fds[1].revents)
        screen->readable(screen->context);
    return !(fds[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* False: the screen is over. */
static bool take_keys(const struct screen *screen)
{
    int key;

    while ((key = terminal_key()) != KEY_IS_NONE)
        if (key != KEY_IS_RESIZE && !screen->key(screen->context, key))
            return false;
    return true;
}

int app_run(const struct screen *screen)
{
    struct canvas canvas, shown;
    sigset_t as_before;
    bool there;

    canvas_init(&canvas, 1, 1);
    canvas_init(&shown, 1, 1);
    hold_signals(&as_before);
    do {
        if (screen->tick)
            screen->tick(screen->context);
        show(screen, &canvas, &shown);
        there = wait_for_news(screen, &as_before);
    } while (there && !terminal_signal() && take_keys(screen));
    sigprocmask(SIG_SETMASK, &as_before, NULL);
    canvas_free(&canvas);
    canvas_free(&shown);
    return !there && !terminal_signal() ? SIGHUP : terminal_signal();
}
