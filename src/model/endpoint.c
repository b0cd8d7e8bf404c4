#include "model/endpoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static size_t address_size(const struct address *address)
{
    return address->family == AF_INET ? 4 : address->family == AF_INET6 ? 16 : 0;
}

int address_parse(const char *text, struct address *out)
{
    memset(out, 0, sizeof(*out));
    if (inet_pton(AF_INET, text, out->bytes) == 1)
        out->family = AF_INET;
    else if (inet_pton(AF_INET6, text, out->bytes) == 1)
        out->family = AF_INET6;
    else
        memset(out, 0, sizeof(*out)); /* a failed inet_pton may have written some */
    return out->family ? 0 : -EINVAL;
}

const char *address_print(const struct address *address, char text[ADDRESS_TEXT])
{
    _Static_assert(ADDRESS_TEXT >= INET6_ADDRSTRLEN, "room for inet_ntop");

    if (!address_size(address) ||
        !inet_ntop(address->family, address->bytes, text, ADDRESS_TEXT))
        text[0] = '\0';
    return text;
}

bool address_equal(const struct address *a, const struct address *b)
{
    return a->family == b->family && memcmp(a->bytes, b->bytes, address_size(a)) == 0;
}

bool address_is_any(const struct address *address)
{
    static const uint8_t zero[16];

    return address->family && memcmp(address->bytes, zero, address_size(address)) == 0;
}

bool address_is_loopback(const struct address *address)
{
    static const uint8_t v6[16] = {[15] = 1};

    if (address->family == AF_INET)
        return address->bytes[0] == 127; /* RFC 1122 3.2.1.3 (g): all of 127/8 */
    return address->family == AF_INET6 && memcmp(address->bytes, v6, sizeof(v6)) == 0;
}

void address_unmap(struct address *address)
{
    static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

    if (address->family != AF_INET6 ||
        memcmp(address->bytes, prefix, sizeof(prefix)) != 0)
        return;
    address->family = AF_INET;
    memmove(address->bytes, address->bytes + 12, 4);
    memset(address->bytes + 4, 0, 12);
}

static int port_parse(const char *text, uint16_t *out)
{
    unsigned port = 0;
    size_t len = strspn(text, "0123456789");

    if (len == 0 || len > 5 || text[len])
        return -EINVAL;
    for (size_t i = 0; i < len; i++)
        port = port * 10 + (unsigned)(text[i] - '0');
    if (port > UINT16_MAX)
        return -EINVAL;
    *out = (uint16_t)port;
    return 0;
}

/* Cuts "HOST:PORT" at the last colon into host (brackets stay) and port. */
static int split(const char *text, char host[ENDPOINT_TEXT], const char **port)
{
    const char *colon = strrchr(text, ':');
    size_t len = colon ? (size_t)(colon - text) : 0;

    if (!len || len >= ENDPOINT_TEXT)
        return -EINVAL;
    memcpy(host, text, len);
    host[len] = '\0';
    *port = colon + 1;
    return 0;
}

/* A v6 address stands in brackets before a port (RFC 3986 3.2.2), a v4 one does not. */
static int host_parse(char *host, struct address *out)
{
    size_t len = strlen(host);
    bool brackets = len > 2 && host[0] == '[' && host[len - 1] == ']';

    if (brackets) {
        host[len - 1] = '\0';
        host++;
    }
    if (address_parse(host, out))
        return -EINVAL;
    return brackets == (out->family == AF_INET6) ? 0 : -EINVAL;
}

int endpoint_parse(const char *text, struct endpoint *out)
{
    char host[ENDPOINT_TEXT];
    const char *port;

    memset(out, 0, sizeof(*out));
    if (split(text, host, &port) || host_parse(host, &out->address) ||
        port_parse(port, &out->port)) {
        memset(out, 0, sizeof(*out));
        return -EINVAL;
    }
    return 0;
}

const char *endpoint_print(const struct endpoint *endpoint, char text[ENDPOINT_TEXT])
{
    char address[ADDRESS_TEXT], port[6] = "*";

    text[0] = '\0';
    if (!address_size(&endpoint->address))
        return text;
    address_print(&endpoint->address, address);
    if (endpoint->port)
        snprintf(port, sizeof(port), "%u", endpoint->port);
    snprintf(text, ENDPOINT_TEXT,
             endpoint->address.family == AF_INET6 ? "[%s]:%s" : "%s:%s", address, port);
    return text;
}

bool endpoint_equal(const struct endpoint *a, const struct endpoint *b)
{
    return a->port == b->port && address_equal(&a->address, &b->address);
}

int endpoint_match_parse(const char *text, struct endpoint_match *out)
{
    struct endpoint *endpoint = &out->endpoint;
    char host[ENDPOINT_TEXT];
    const char *port;

    memset(out, 0, sizeof(*out));
    if (strcmp(text, "*") == 0) {
        out->any_address = out->any_port = true;
        return 0;
    }
    if (split(text, host, &port))
        return -EINVAL;
    out->any_address = strcmp(host, "*") == 0;
    out->any_port = strcmp(port, "*") == 0;
    if ((!out->any_address && host_parse(host, &endpoint->address)) ||
        (!out->any_port && port_parse(port, &endpoint->port))) {
        memset(out, 0, sizeof(*out));
        return -EINVAL;
    }
    return 0;
}

bool endpoint_matches(const struct endpoint_match *match,
                      const struct endpoint *endpoint)
{
    const struct endpoint *want = &match->endpoint;

    return (match->any_address || address_equal(&want->address, &endpoint->address)) &&
           (match->any_port || want->port == endpoint->port);
}

socklen_t endpoint_to_sockaddr(const struct endpoint *endpoint,
                               struct sockaddr_storage *out)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(endpoint->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons(endpoint->port)};

    memset(out, 0, sizeof(*out));
    switch (endpoint->address.family) {
    case AF_INET:
        memcpy(&v4.sin_addr, endpoint->address.bytes, 4);
        memcpy(out, &v4, sizeof(v4));
        return sizeof(v4);
    case AF_INET6:
        memcpy(&v6.sin6_addr, endpoint->address.bytes, 16);
        memcpy(out, &v6, sizeof(v6));
        return sizeof(v6);
    default:
        return 0; /* no call takes an address of no length: EINVAL */
    }
}

void endpoint_from_sockaddr(const struct sockaddr_storage *in, struct endpoint *out)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    memset(out, 0, sizeof(*out));
    switch (in->ss_family) {
    case AF_INET:
        memcpy(&v4, in, sizeof(v4));
        memcpy(out->address.bytes, &v4.sin_addr, 4);
        out->port = ntohs(v4.sin_port);
        break;
    case AF_INET6:
        memcpy(&v6, in, sizeof(v6));
        memcpy(out->address.bytes, &v6.sin6_addr, 16);
        out->port = ntohs(v6.sin6_port);
        break;
    default:
        return;
    }
    out->address.family = in->ss_family;
    /* A v4 peer of a v6 socket is shown as v4, as everywhere. */
    address_unmap(&out->address);
}
