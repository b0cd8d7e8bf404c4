/* tcp-forking-server PORT: an echo server, a child process for each client.
 *
 * After fork() both processes have both sockets: the child closes the
 * listener, the parent closes the connection.
 *
 * A server for every day also sets SO_REUSEADDR (see the lesson on TIME-WAIT).
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

/* Talks with one client until it hangs up. */
static void serve(int conn)
{
    char data[512];
    ssize_t n;

    while ((n = recv(conn, data, sizeof(data), 0)) > 0) {
        if (send(conn, data, (size_t)n, MSG_NOSIGNAL) < 0) {
            perror("send");
            break;
        }
    }
    if (n < 0)
        perror("recv");
    close(conn);
}

int tcp_forking_server(int argc, char **argv)
{
    struct sockaddr_in here = {0};
    int listener, conn;
    pid_t pid;

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

    signal(SIGCHLD, SIG_IGN); /* nobody waits for the children to end */
    for (;;) {
        conn = accept(listener, NULL, NULL); /* sleeps until a client comes */
        if (conn < 0) {
            perror("accept");
            break;
        }
        pid = fork(); /* from here on there are two of us */
        if (pid < 0)
            perror("fork");
        if (pid == 0) {
            close(listener); /* the child has one client, and accepts none */
            serve(conn);
            exit(0);
        }
        close(conn); /* the connection stays open: the child has it, too */
    }
    close(listener);
    return 1;
}
