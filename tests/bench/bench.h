/* bench: what the benches share: samples and how they are printed, a lesson to measure,
 * and another program on a pseudo-terminal. A bench ends itself when it cannot measure.
 */
#ifndef SOCKETARIUM_BENCH_BENCH_H
#define SOCKETARIUM_BENCH_BENCH_H

#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/vec.h"

typedef VEC(double) sample_list; /* milliseconds */

void samples_add(sample_list *samples, int64_t since_ns); /* from since_ns until now */
double samples_median(sample_list *samples);              /* and sorts them */
/* One line: what, least, median, most, how many; goal_ms 0 for none. */
void samples_print(const char *what, sample_list *samples, double goal_ms);

/* Ends the bench: 77 where the machine does not allow it, else 1. */
_Noreturn void bench_give_up(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A lesson whose first page makes a lab of three hosts. When that is up, and not before,
 * its question is open: "show answer" stands among the keys. */
extern const char bench_three_hosts[];
/* The same as a file; the caller unlinks and frees it. */
char *bench_three_hosts_file(void);

/* The program under test on a terminal of its own, 120 columns by 36. */
struct on_terminal {
    pid_t pid;
    int fd;           /* the terminal's other end */
    struct buf shown; /* all that it wrote */
};

void on_terminal_start(struct on_terminal *program, const char *lesson);
/* Until it has written this text, or 10 s have passed without a byte (then it ends). */
void on_terminal_wait(struct on_terminal *program, const char *text);
/* What it writes is read and forgotten, for so long. */
void on_terminal_idle(struct on_terminal *program, int64_t for_ns);
/* Presses the key every 0.3 s until the text was there. */
void on_terminal_press_until(struct on_terminal *program, const char *key,
                             const char *text);
void on_terminal_end(struct on_terminal *program);

#endif
