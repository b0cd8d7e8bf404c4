/* actor: a thread of a host's program. It waits in its mailbox, makes the real, blocking
 * system call that it is told to make, and says what came of it. It also runs demo
 * programs, whose calls it announces and reports one by one (demo/demo.h).
 *
 * Runs in the program's process, never in the lab's.
 */
#ifndef SOCKETARIUM_LAB_ACTOR_H
#define SOCKETARIUM_LAB_ACTOR_H

/* A pthread's body; argument is the mailbox's descriptor, which it owns. */
void *actor_main(void *argument);

#endif
