/* complete_parts: what the files of completion share. Not for others. Pure. */
#ifndef SOCKETARIUM_LESSON_COMPLETE_PARTS_H
#define SOCKETARIUM_LESSON_COMPLETE_PARTS_H

#include "lesson/complete.h"
#include "lesson/script_parts.h"

/* A line up to the cursor. */
struct completing {
    char *text;        /* (owned) without blanks and "+ " before it */
    size_t from;       /* where text begins in the line */
    word_list words;   /* those before the one at the cursor */
    const char *typed; /* the word at the cursor, in text; complete_at sets it */
    const struct world *world;
    struct completion *out;
};

/* complete.c */
/* The word at the cursor begins at this byte of text. */
void complete_at(struct completing *at, size_t begins);
/* Word number `index` is this one; false if there is none before the cursor. */
bool complete_word_is(const struct completing *at, size_t index, const char *word);
/* Adds a candidate if the typed word may become it, once. */
void complete_offer(struct completing *at, const char *text, const char *after,
                    const char *help);
void complete_offer_list(struct completing *at, const struct named *list,
                         const char *after);
/* Says what may stand here. */
void complete_expect(struct completing *at, const char *expected);

/* complete_names.c: what the world has. */
enum complete_hosts { HOSTS_ANY, HOSTS_UP, HOSTS_DOWN, HOSTS_PLUGGED, HOSTS_UNPLUGGED };
void complete_hosts(struct completing *at, enum complete_hosts which, const char *after);
/* Threads as "server", each with `colon` behind it; those of demo programs only where
 * they are asked for. */
void complete_threads(struct completing *at, bool demo, const char *colon,
                      const char *after);
void complete_processes(struct completing *at); /* hosts and children */
/* Open sockets of the process in which this thread runs: "c". */
void complete_vars(struct completing *at, const char *thread, const char *after);
void complete_host_vars(struct completing *at); /* all: "client.c" */
/* The socket of a thread's variable, or NULL. */
const struct world_sock *complete_sock(const struct completing *at, const char *thread,
                                       const char *var);
/* Where somebody waits for clients; then the addresses of all hosts, without a port. */
void complete_servers(struct completing *at, enum sock_proto proto, const char *after);
void complete_own_addresses(struct completing *at, const char *thread);
/* Ends of the sockets of a host, or of all (-1): the own one, or the other. */
void complete_ends(struct completing *at, int host, bool remote);
/* HOST or HOST:PORT where something waits. */
void complete_host_ports(struct completing *at);
/* The words of a MATCH, for packets that fit the words from number `first` on. sent:
 * those that were delivered or dropped, else those that are held. */
void complete_match(struct completing *at, size_t first, bool sent);

/* complete_call.c: "THREAD: ..." */
void complete_call(struct completing *at, size_t thread_len);
/* The call whose arguments are being written, or NULL. */
const struct call_def *complete_call_def(const char *text, size_t thread_len);

/* complete_lines.c: all other lines but expect; words[0] is the command. */
void complete_line(struct completing *at, enum command_kind kind);

/* complete_expect.c */
void complete_expect_line(struct completing *at);

#endif
