/* tcp-threaded-server PORT: an echo server with a thread for each client.
 *
 * The threads are in one process: they share its memory and its descriptors.
 *
 * A server for every day also sets SO_REUSEADDR (see the lesson on TIME-WAIT).
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

/* A thread: talks with one client until it hangs up. */
static void *serve(void *argument)
{
    int conn = (int)(intptr_t)argument;
    char data[512];
    ssize_t n;

    pthread_detach(pthread_self()); /* nobody waits for its end */
    while ((n = recv(conn, data, sizeof(data), 0)) > 0) {
        if (send(conn, data, (size_t)n, MSG_NOSIGNAL) < 0) {
            perror("send");
            break;
        }
    }
    if (n < 0)
        perror("recv");
    close(conn);
    return NULL;
}

int tcp_threaded_server(int argc, char **argv)
{
    struct sockaddr_in here = {0};
    int listener, conn, error;
    pthread_t thread;
    void *number;

    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_ANY); /* any address of this host */
    here.sin_port = htons((uint16_t)atoi(argv[1]));

    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) {
        perror("socket");
        return 1;
    }
    if (bind(listener, (struct sockaddr *)&here, sizeof(here)) < 0) {
        perror("bind");
        close(listener);
        return 1;
    }
    if (listen(listener, 5) < 0) {
        perror("listen");
        close(listener);
        return 1;
    }

    for (;;) {
        conn = accept(listener, NULL, NULL); /* sleeps until a client comes */
        if (conn < 0) {
            perror("accept");
            break;
        }
        number = (void *)(intptr_t)conn; /* a copy: conn will change */
        error = pthread_create(&thread, NULL, serve, number);
        if (error != 0) {
            fprintf(stderr, "pthread_create: %s\n", strerror(error));
            close(conn);
        }
    }
    close(listener);
    return 1;
}
