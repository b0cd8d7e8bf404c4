/* tcp-select-server PORT: an echo server with one loop for all clients.
 *
 * select() sleeps until there is something to do on one of many sockets.
 *
 * A server for every day also sets SO_REUSEADDR (see the lesson on TIME-WAIT).
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

/* Something came from a client: sends it back. 0 when the client has gone. */
static int serve(int conn)
{
    char data[512];
    ssize_t n;

    n = recv(conn, data, sizeof(data), 0); /* it is there: no sleep */
    if (n < 0)
        perror("recv");
    if (n > 0 && send(conn, data, (size_t)n, MSG_NOSIGNAL) < 0)
        perror("send");
    return n > 0;
}

int tcp_select_server(int argc, char **argv)
{
    struct sockaddr_in here = {0};
    int listener, conn, highest;
    fd_set all, ready;

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

    FD_ZERO(&all);
    FD_SET(listener, &all);
    highest = listener;
    for (;;) {
        ready = all; /* a copy: select() leaves in it those that are ready */
        if (select(highest + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            break;
        }
        for (int fd = 0; fd <= highest; fd++) {
            if (fd == listener || !FD_ISSET(fd, &ready) || serve(fd))
                continue;
            close(fd);
            FD_CLR(fd, &all);
        }
        if (!FD_ISSET(listener, &ready))
            continue;
        conn = accept(listener, NULL, NULL); /* a client waits already */
        if (conn < 0 || conn >= FD_SETSIZE) {
            fprintf(stderr, "no room for one more client\n");
            break;
        }
        FD_SET(conn, &all);
        highest = conn > highest ? conn : highest;
    }
    close(listener);
    return 1;
}
