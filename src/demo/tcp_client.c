/* tcp-client ADDRESS:PORT [TEXT]: says TEXT to an echo server.
 *
 * It sends TEXT, and reads until all of it has come back.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

int tcp_client(int argc, char **argv)
{
    const char *text = argc > 2 ? argv[2] : "hello";
    size_t len = strlen(text), got = 0;
    struct sockaddr_storage server;
    socklen_t server_len;
    char data[512];
    ssize_t n;
    int sock;

    if (argc < 2 || demo_address(argv[1], &server, &server_len) < 0) {
        fprintf(stderr, "usage: %s ADDRESS:PORT [TEXT]\n", argv[0]);
        return 2;
    }

    sock = socket(server.ss_family, SOCK_STREAM, 0);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    if (connect(sock, (struct sockaddr *)&server, server_len) < 0) {
        perror("connect");
        close(sock);
        return 1;
    }
    if (send(sock, text, len, MSG_NOSIGNAL) < 0) {
        perror("send");
        close(sock);
        return 1;
    }

    /* TCP is a stream of bytes: the answer may come in pieces. */
    while (got < len) {
        n = recv(sock, data, sizeof(data), 0);
        if (n < 0) {
            perror("recv");
            break;
        }
        if (n == 0) {
            fprintf(stderr, "the server closed the connection\n");
            break;
        }
        printf("received: %.*s\n", (int)n, data);
        got += (size_t)n;
    }
    close(sock);
    return got < len;
}
