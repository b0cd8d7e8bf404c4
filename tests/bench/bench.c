#include "bench.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

/* ----------------------------------------------------------- samples */

void samples_add(sample_list *samples, int64_t since_ns)
{
    *vec_push(samples) = (double)(clock_now_ns() - since_ns) / NS_PER_MS;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

double samples_median(sample_list *samples)
{
    if (samples->count == 0)
        return 0;
    qsort(samples->items, samples->count, sizeof(*samples->items), by_value);
    return samples->items[samples->count / 2];
}

void samples_print(const char *what, sample_list *samples, double goal_ms)
{
    double median = samples_median(samples);

    if (samples->count == 0)
        return;
    printf("%-44s min %6.2f  median %6.2f  max %7.2f ms", what, samples->items[0],
           median, *vec_last(samples));
    if (goal_ms > 0)
        printf("  goal %g: %s", goal_ms, median <= goal_ms ? "met" : "MISSED");
    printf("  (%zu)\n", samples->count);
}

void bench_give_up(int status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    exit(status);
}

/* ----------------------------------------------------------- a lesson */

const char bench_three_hosts[] = "# Three hosts\n"
                                 "\n"
                                 "Summary.\n"
                                 "\n"
                                 "Part: Bench\nLevel: core\nTime: 1 min\n"
                                 "\n"
                                 "## One page\n"
                                 "\n"
                                 "A lab comes up.\n"
                                 "\n"
                                 "```lab setup\n"
                                 "host uno 192.168.0.1\n"
                                 "host due 192.168.0.2\n"
                                 "host tre 192.168.0.3\n"
                                 "wire hold\n"
                                 "```\n"
                                 "\n"
                                 "Is it up?\n"
                                 "\n"
                                 "- [x] Yes\n"
                                 "- [ ] No\n"
                                 "\n"
                                 "> It is.\n";

char *bench_three_hosts_file(void)
{
    char *path = mem_strdup("/tmp/socketarium-bench-XXXXXX");
    int fd = mkstemp(path);

    if (fd < 0 || file_write_all(fd, bench_three_hosts, strlen(bench_three_hosts)) < 0)
        bench_give_up(1, "%s: %s", path, strerror(errno));
    close(fd);
    return path;
}

/* ----------------------------------------------------------- on a terminal */

void on_terminal_start(struct on_terminal *program, const char *lesson)
{
    const char *path = getenv("SOCKETARIUM");
    struct winsize size = {.ws_col = 120, .ws_row = 36};

    *program = (struct on_terminal){.pid = -1};
    if (!path)
        bench_give_up(1, "SOCKETARIUM: name the program to measure");
    fflush(stdout);
    program->pid = forkpty(&program->fd, NULL, NULL, &size);
    if (program->pid < 0)
        bench_give_up(77, "no pseudo-terminal: %s", strerror(errno));
    if (program->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execl(path, path, "learn", lesson, (char *)NULL);
        _exit(127);
    }
}

/* One read. False after so long without a byte, or at the end. */
static bool read_some(struct on_terminal *program, int timeout_ms)
{
    struct pollfd readable = {.fd = program->fd, .events = POLLIN};
    char piece[16384];
    ssize_t got;

    if (poll(&readable, 1, timeout_ms) <= 0)
        return false;
    got = read(program->fd, piece, sizeof(piece));
    if (got <= 0)
        return false;
    buf_add(&program->shown, piece, (size_t)got);
    return true;
}

static bool has_shown(const struct on_terminal *program, const char *text)
{
    return program->shown.len &&
           memmem(program->shown.data, program->shown.len, text, strlen(text));
}

void on_terminal_press_until(struct on_terminal *program, const char *key,
                             const char *text)
{
    for (int i = 0; i < 40; i++) {
        int64_t end = clock_now_ns() + 300 * NS_PER_MS;

        while (!has_shown(program, text) && clock_now_ns() < end)
            read_some(program, 50);
        if (has_shown(program, text)) {
            buf_clear(&program->shown);
            return;
        }
        file_write_all(program->fd, key, strlen(key));
    }
    on_terminal_end(program);
    bench_give_up(1, "the program never showed '%s'", text);
}

void on_terminal_wait(struct on_terminal *program, const char *text)
{
    while (!has_shown(program, text)) {
        if (!read_some(program, 10000)) {
            on_terminal_end(program);
            bench_give_up(1, "the program never showed '%s'", text);
        }
    }
    buf_clear(&program->shown);
}

void on_terminal_idle(struct on_terminal *program, int64_t for_ns)
{
    int64_t end = clock_now_ns() + for_ns, left;

    while ((left = end - clock_now_ns()) > 0)
        read_some(program, (int)(left / NS_PER_MS) + 1);
    buf_clear(&program->shown);
}

void on_terminal_end(struct on_terminal *program)
{
    kill(program->pid, SIGKILL); /* what it made dies with it */
    close(program->fd);
    waitpid(program->pid, NULL, 0);
    buf_free(&program->shown);
}
