/* http-server PORT: a small web server.
 *
 * GET / gets a page, anything else "404 Not Found". One client after another.
 *
 * A server for every day also sets SO_REUSEADDR (see the lesson on TIME-WAIT).
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/demo.h" /* shows the calls below on the screen */

static void serve(int conn)
{
    const char *status = "404 Not Found", *page = "<h1>Not here</h1>\n";
    char request[2048] = "", answer[512];
    size_t len = 0;
    ssize_t n;

    /* The request may come in pieces; an empty line ends it. */
    while (!strstr(request, "\r\n\r\n") && len < sizeof(request) - 1) {
        n = recv(conn, request + len, sizeof(request) - 1 - len, 0);
        if (n <= 0) {
            if (n < 0)
                perror("recv");
            return; /* the client hung up in the middle */
        }
        len += (size_t)n;
        request[len] = '\0';
    }
    printf("%.*s\n", (int)strcspn(request, "\r\n"), request);

    if (strncmp(request, "GET / ", 6) == 0) {
        status = "200 OK";
        page = "<h1>Hello from a socket</h1>\n";
    }
    n = snprintf(answer, sizeof(answer),
                 "HTTP/1.1 %s\r\nContent-Type: text/html\r\n"
                 "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                 status, strlen(page), page);
    if (send(conn, answer, (size_t)n, MSG_NOSIGNAL) < 0)
        perror("send");
}

int http_server(int argc, char **argv)
{
    struct sockaddr_in here = {0};
    int listener, conn;

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
        serve(conn);
        close(conn);
    }
    close(listener);
    return 1;
}
