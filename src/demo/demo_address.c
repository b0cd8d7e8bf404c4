#define DEMO_UNTRACED
#include "demo/demo.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number from 1 to 65535, and nothing behind it; 0 if it is not. */
static unsigned port_number(const char *text)
{
    unsigned long number;
    char *end;

    if (*text < '0' || *text > '9')
        return 0;
    number = strtoul(text, &end, 10);
    return *end || number > 65535 ? 0 : (unsigned)number;
}

int demo_address(const char *text, struct sockaddr_storage *address, socklen_t *len)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)address;
    const char *colon = strrchr(text, ':'); /* IPv6 addresses have colons of their own */
    char host[INET6_ADDRSTRLEN + 2];        /* with brackets */
    size_t host_len = colon ? (size_t)(colon - text) : 0;
    unsigned port = colon ? port_number(colon + 1) : 0;

    if (!port || host_len >= sizeof(host))
        return -1;
    memcpy(host, text, host_len);
    host[host_len] = '\0';
    memset(address, 0, sizeof(*address));
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        *len = sizeof(*v4);
        return 0;
    }
    if (host_len < 2 || host[0] != '[' || host[host_len - 1] != ']')
        return -1;
    host[host_len - 1] = '\0';
    if (inet_pton(AF_INET6, host + 1, &v6->sin6_addr) != 1)
        return -1;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t)port);
    *len = sizeof(*v6);
    return 0;
}
