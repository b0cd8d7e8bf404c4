/* udp-echo-server PORT: sends every datagram back to its sender.
 *
 * One socket serves all clients: there is no listen, no accept, no connection.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

int udp_echo_server(int argc, char **argv)
{
    struct sockaddr_in here = {0}, client;
    struct sockaddr *from = (struct sockaddr *)&client;
    socklen_t len;
    char data[2048];
    ssize_t n;
    int sock;

    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_ANY); /* any address of this host */
    here.sin_port = htons((uint16_t)atoi(argv[1]));

    sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    if (bind(sock, (struct sockaddr *)&here, sizeof(here)) < 0) {
        perror("bind");
        close(sock);
        return 1;
    }

    for (;;) {
        len = sizeof(client);
        n = recvfrom(sock, data, sizeof(data), 0, from, &len);
        if (n < 0) {
            perror("recvfrom");
            break;
        }
        if (sendto(sock, data, (size_t)n, 0, from, len) < 0)
            perror("sendto"); /* the other clients still want an answer */
    }
    close(sock);
    return 1;
}
