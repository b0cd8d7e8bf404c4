/* small_lab: two hosts on one wire, made with nothing but src/kernel, for tests of it.
 * It stops the test by cmocka's assertions. One thread, which is in the wire's namespace
 * between the calls.
 */
#ifndef SOCKETARIUM_LIVE_SMALL_LAB_H
#define SOCKETARIUM_LIVE_SMALL_LAB_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "kernel/sock_diag.h"

/* The locked RTAX_RTO_MIN of every route: far from what TCP would choose. */
#define SMALL_RTO_MS 5000
#define SMALL_FRAME 2048

struct small_host {
    const char *v4, *v6, *cable; /* addresses; the wire's end of its cable */
    int netns, tap;
    struct sock_diag *diag; /* (owned) */
};

extern struct small_host small_hosts[2];
extern int small_home; /* the wire's namespace */

int small_lab_open(void **state);
int small_lab_close(void **state);

void small_enter(int host);
void small_leave(void);

/* The next frame of this IP protocol (v4) that a host sends; others are thrown away. */
size_t small_next(int host, uint8_t protocol, uint8_t frame[SMALL_FRAME]);
void small_drain(void); /* throws away all that both sent */
void small_deliver(int host, const uint8_t *frame, size_t len);

/* Are the checksums of a v4 frame's IP header and of its TCP or UDP part right? */
bool small_checksums_ok(const uint8_t *frame, size_t len);

/* The socket of a host with this local port and state (any for STATE_COUNT). */
bool small_find(int host, uint16_t port, enum tcp_state state, struct sock *out);

/* A socket of a host, bound to 0.0.0.0 or [::]; and what it is known by. */
int small_bound(int host, int type, int family, uint16_t port);
uint64_t small_cookie(int fd);

struct sockaddr_in small_address(const char *address, uint16_t port);

#endif
