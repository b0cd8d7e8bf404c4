/* thread_state: is a thread asleep, and in which system call (proc(5)). One thread at a
 * time for each handle.
 */
#ifndef SOCKETARIUM_KERNEL_THREAD_STATE_H
#define SOCKETARIUM_KERNEL_THREAD_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct thread_state {
    int syscall_fd, stat_fd; /* /proc/TID/syscall and stat, kept open; -1 if not */
};

/* The calling thread's id as /proc names it, which differs inside a PID namespace
 * (readlink /proc/thread-self). A negative errno on failure. */
pid_t thread_state_self(void);

/* tid is as thread_state_self said it. 0 or a negative errno. */
int thread_state_open(struct thread_state *state, pid_t tid);
void thread_state_close(struct thread_state *state);

/* 1 when the thread sleeps ('S') inside one of the system calls numbers[0..count-1],
 * else 0, or a negative errno (-ESRCH: it has ended). First the call, then the sleep: in
 * this order a thread that has just returned cannot look asleep once its mailbox is seen
 * empty. */
int thread_state_sleeps_in(const struct thread_state *state, const long *numbers,
                           size_t count);

#endif
