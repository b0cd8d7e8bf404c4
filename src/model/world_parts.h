/* world_parts: how world.c takes an event apart. Each `check` says whether the event
 * fits the world, and changes nothing; each `apply` comes after it and cannot fail. Used
 * by the world*.c files only; one thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_WORLD_PARTS_H
#define SOCKETARIUM_MODEL_WORLD_PARTS_H

#include "model/world.h"

/* Frees *slot and puts a copy of text (or NULL) there. */
void world_replace(char **slot, const char *text);

/* A new row at the bottom of the ladder, with the event's seq and time. */
struct world_row *world_row_add(struct world *world, const struct event *event,
                                enum world_row_kind kind, unsigned host);

/* 0, or -EINVAL with err: "unknown host 'x'". */
int world_need_host(const struct world *world, const char *name, struct err *err);

int world_host_check(const struct world *world, const struct event *event,
                     struct err *err);
void world_host_apply(struct world *world, const struct event *event);
void world_lab_apply(struct world *world, const struct event *event);
void world_output_apply(struct world *world, const struct event *event);

int world_call_check(const struct world *world, const struct event *event,
                     struct err *err);
void world_call_apply(struct world *world, const struct event *event);

/* The host of a thread called "host", "host/name" or "host.1"; -1 if there is none. */
int world_thread_host(const struct world *world, const char *thread);
/* Finds the thread or makes it; the host must exist. Wakes a dead one as a new thread.
 */
struct world_thread *world_thread_need(struct world *world, const char *name);
/* A forked child has copies of the variables of the process that called fork(). */
void world_fork(struct world *world, const char *child);
/* The process ended: its threads are dead, its descriptors closed. "host" is the host's
 * program, anything else a forked child; the children of either live on. */
void world_process_end(struct world *world, const char *process);
/* All processes of the host ended at once. */
void world_host_end(struct world *world, unsigned host);
/* A new program starts: names of children that have died may be threads of it. */
void world_children_forget(struct world *world, unsigned host);
void world_thread_clear(struct world_thread *thread);

int world_packet_check(const struct world *world, const struct event *event,
                       struct err *err);
void world_packet_apply(struct world *world, const struct event *event);

int world_socket_check(const struct world *world, const struct event *event,
                       struct err *err);
void world_socket_apply(struct world *world, const struct event *event);
/* Power loss: all sockets of the host are gone. */
void world_socks_lose(struct world *world, unsigned host, uint64_t seq);
/* Those that are gone leave the table. */
void world_socks_forget(struct world *world);
void world_socks_free(struct world *world);

void world_step_apply(struct world *world, const struct event *event);
/* world_log.c */
void world_log_step(struct world *world, const struct event_step *step);
void world_log_call(struct world *world, const struct event_call *call);
void world_log_free(world_log *log);
void world_page_apply(struct world *world, const struct event *event);
void world_expect_apply(struct world *world, const struct event *event);
void world_question_apply(struct world *world, const struct event *event);
void world_task_apply(struct world *world, const struct event *event);

#endif
