/* udp-client ADDRESS:PORT [TEXT]: sends TEXT in one datagram.
 *
 * It waits for one datagram back. If either is lost, it waits for ever.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

int udp_client(int argc, char **argv)
{
    const char *text = argc > 2 ? argv[2] : "hello";
    struct sockaddr_storage server;
    struct sockaddr *to = (struct sockaddr *)&server;
    socklen_t server_len;
    char data[2048];
    ssize_t n;
    int sock;

    if (argc < 2 || demo_address(argv[1], &server, &server_len) < 0) {
        fprintf(stderr, "usage: %s ADDRESS:PORT [TEXT]\n", argv[0]);
        return 2;
    }

    sock = socket(server.ss_family, SOCK_DGRAM, 0);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    if (sendto(sock, text, strlen(text), 0, to, server_len) < 0) {
        perror("sendto");
        close(sock);
        return 1;
    }
    n = recvfrom(sock, data, sizeof(data), 0, NULL, NULL);
    if (n < 0)
        perror("recvfrom");
    else
        printf("received: %.*s\n", (int)n, data);
    close(sock);
    return n < 0;
}
