/* expect_words: what is there instead of what was expected, in the words of a message:
 * sockets, what a host has, what the wire holds. Pure; any thread may call. */
#ifndef SOCKETARIUM_LESSON_EXPECT_WORDS_H
#define SOCKETARIUM_LESSON_EXPECT_WORDS_H

#include "base/buf.h"
#include "model/world.h"

#define EXPECT_WORDS_MAX 3 /* sockets or packets that a message names */

/* "0.0.0.0:6666", "10.0.0.1:5000 -> 10.0.0.2:80", "no address yet" */
void expect_words_ends(const struct sock *sock, struct buf *out);

/* "LISTEN (0.0.0.0:6666)"; "bound" and UDP's words as lessons write them */
void expect_words_sock(const struct world_sock *sock, struct buf *out);

/* The next of a list, number counting from 0: what is too much becomes "and more". */
void expect_words_next(unsigned number, const struct world_sock *sock, struct buf *out);

/* "server has LISTEN (0.0.0.0:6666)", "server has no sockets", "server has crashed" */
void expect_words_host(const struct world *world, unsigned host, struct buf *out);

/* "the wire holds SYN x3 client->server, ACK server->client", "nothing is held" */
void expect_words_wire(const struct world *world, struct buf *out);

/* What LOCAL and REMOTE can find: also an older kernel's socket that is only bound,
 * which no dump lists; but not one that has no address yet. */
bool expect_words_shows(const struct world_sock *sock);

/* The packet is held, and stands for itself. */
bool expect_words_is_held(const struct world_packet *packet);

#endif
