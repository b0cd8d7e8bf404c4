/* endpoint: an IP address and a port. Pure data; any thread may call. */
#ifndef SOCKETARIUM_MODEL_ENDPOINT_H
#define SOCKETARIUM_MODEL_ENDPOINT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* An address: family AF_INET (bytes 0-3), AF_INET6 (16 bytes) or 0 (none). */
struct address {
    int family;
    uint8_t bytes[16]; /* network order */
};

struct endpoint {
    struct address address;
    uint16_t port; /* host order; 0 is "not chosen" */
};

/* Room for any address or endpoint as text, with the NUL: "[v6]:65535". */
#define ADDRESS_TEXT 46
#define ENDPOINT_TEXT 56

/* A pattern: either part may match anything. */
struct endpoint_match {
    struct endpoint endpoint;
    bool any_address;
    bool any_port;
};

/* "192.168.0.1", "fd00::1". 0, or -EINVAL. */
int address_parse(const char *text, struct address *out);
const char *address_print(const struct address *address, char text[ADDRESS_TEXT]);
bool address_equal(const struct address *a, const struct address *b);
bool address_is_any(const struct address *address); /* 0.0.0.0 or :: */
bool address_is_loopback(const struct address *address);

/* A v4-mapped v6 address (::ffff:a.b.c.d, RFC 4291 2.5.5.2) becomes the v4 address. */
void address_unmap(struct address *address);

/* "1.2.3.4:80", "[fd00::1]:80". 0, or -EINVAL. */
int endpoint_parse(const char *text, struct endpoint *out);
/* "1.2.3.4:80", "[fd00::1]:80"; port 0 is printed "*". "" when it has no family. */
const char *endpoint_print(const struct endpoint *endpoint, char text[ENDPOINT_TEXT]);
bool endpoint_equal(const struct endpoint *a, const struct endpoint *b);

/* As endpoint_parse; "*" may stand for the address or the port, and alone for both. */
int endpoint_match_parse(const char *text, struct endpoint_match *out);
bool endpoint_matches(const struct endpoint_match *match,
                      const struct endpoint *endpoint);

/* To and from the kernel's form. to_sockaddr returns the length to pass on. From an
 * address of another family the endpoint has family 0. */
socklen_t endpoint_to_sockaddr(const struct endpoint *endpoint,
                               struct sockaddr_storage *out);
void endpoint_from_sockaddr(const struct sockaddr_storage *in, struct endpoint *out);

#endif
