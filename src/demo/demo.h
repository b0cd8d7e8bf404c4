/* demo: the demo programs, and how their calls are traced.
 *
 * A demo program is plain textbook C: it includes this header after the system's, and
 * its socket calls become traced ones by the macros below. Each traced call tells
 * the lab which line makes it, with which arguments, waits until it may go on, makes the
 * real system call, and tells what came of it. The lines that the source pane shows are
 * the lines that run: the build puts the very file that is compiled into the program.
 */
#ifndef SOCKETARIUM_DEMO_DEMO_H
#define SOCKETARIUM_DEMO_DEMO_H

#include <pthread.h>
#include <stddef.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "demo/programs.h"

/* Reads "192.168.0.101:7777" or "[fd00::1]:7777", numbers only: it asks nobody. 0, or -1
 * if text is no such address. */
int demo_address(const char *text, struct sockaddr_storage *address, socklen_t *len);

int tcp_echo_server(int argc, char **argv);
int tcp_client(int argc, char **argv);
int tcp_threaded_server(int argc, char **argv);
int tcp_forking_server(int argc, char **argv);
int tcp_select_server(int argc, char **argv);
int http_server(int argc, char **argv);
int udp_echo_server(int argc, char **argv);
int udp_client(int argc, char **argv);

/* What the macros below call. args is the arguments' text in the source. Each gives what
 * the system call gives, and its errno. */
int demo_socket(int line, const char *args, int family, int type, int protocol);
int demo_bind(int line, const char *args, int fd, const struct sockaddr *address,
              socklen_t len);
int demo_listen(int line, const char *args, int fd, int backlog);
int demo_accept(int line, const char *args, int fd, struct sockaddr *peer,
                socklen_t *len);
int demo_connect(int line, const char *args, int fd, const struct sockaddr *peer,
                 socklen_t len);
ssize_t demo_send(int line, const char *args, int fd, const void *data, size_t len,
                  int flags);
ssize_t demo_recv(int line, const char *args, int fd, void *data, size_t room,
                  int flags);
ssize_t demo_sendto(int line, const char *args, int fd, const void *data, size_t len,
                    int flags, const struct sockaddr *peer, socklen_t peer_len);
ssize_t demo_recvfrom(int line, const char *args, int fd, void *data, size_t room,
                      int flags, struct sockaddr *peer, socklen_t *peer_len);
int demo_shutdown(int line, const char *args, int fd, int how);
int demo_close(int line, const char *args, int fd);
pid_t demo_fork(int line, const char *args);
void demo_exit(int line, const char *args, int status) __attribute__((noreturn));
int demo_pthread_create(int line, const char *args, pthread_t *thread,
                        const pthread_attr_t *attributes, void *(*body)(void *),
                        void *argument);
int demo_select(int line, const char *args, int count, fd_set *readable,
                fd_set *writable, fd_set *exceptional, struct timeval *timeout);

#ifndef DEMO_UNTRACED
#define socket(...) demo_socket(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define bind(...) demo_bind(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define listen(...) demo_listen(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define accept(...) demo_accept(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define connect(...) demo_connect(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define send(...) demo_send(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define recv(...) demo_recv(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define sendto(...) demo_sendto(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define recvfrom(...) demo_recvfrom(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define shutdown(...) demo_shutdown(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define close(...) demo_close(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define fork() demo_fork(__LINE__, "")
#define exit(...) demo_exit(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define pthread_create(...) demo_pthread_create(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#define select(...) demo_select(__LINE__, #__VA_ARGS__, __VA_ARGS__)
#endif

#endif
