/* clock: the monotonic clock, in nanoseconds. Any thread may call. */
#ifndef SOCKETARIUM_BASE_CLOCK_H
#define SOCKETARIUM_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S INT64_C(1000000000)

/* CLOCK_MONOTONIC (clock_gettime(2)). */
static inline int64_t clock_now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

#endif
