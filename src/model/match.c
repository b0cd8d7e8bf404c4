#include "model/match.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"

#define END "NAME or NAME:PORT"

const struct named match_kinds[] = {
    {"SYN", MATCH_SYN, "asks for a connection"},
    {"SYN+ACK", MATCH_SYN_ACK, "the answer to a SYN"},
    {"ACK", MATCH_ACK, "acknowledges, and has no data"},
    {"FIN", MATCH_FIN, "ends one direction"},
    {"FIN+ACK", MATCH_FIN_ACK, "a FIN that acknowledges too"},
    {"RST", MATCH_RST, "resets"},
    {"DATA", MATCH_DATA, "TCP with data"},
    {"UDP", MATCH_UDP, "a datagram"},
    {"ICMP", MATCH_ICMP, "an error, or an echo"},
    {0},
};

struct names {
    bool (*known)(void *context, const char *name);
    void *context;
};

/* Fills err: "WORD": and what is wrong. The word comes from a file. */
static int refuse(struct err *err, const char *word, const char *what)
{
    char *safe = printable_line(word);
    int code = err_set(err, -EINVAL, "\"%s\": %s", safe, what);

    free(safe);
    return code;
}

/* Digits alone, from 1 to max; 0 if they are not that. */
static unsigned number_parse(const char *text, unsigned max)
{
    size_t len = strspn(text, "0123456789");
    unsigned long number;

    if (!len || len > 9 || text[len])
        return 0;
    number = strtoul(text, NULL, 10);
    return number <= max ? (unsigned)number : 0;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* A NAME of the lesson language. Not isalpha(): it follows the locale. */
static bool name_ok(const char *name)
{
    size_t len = strlen(name);

    return strspn(name, LETTERS) > 0 && name[len - 1] != '-' &&
           strspn(name, LETTERS "0123456789_-") == len;
}

/* One end of an arrow, `NAME[:PORT]`, of len characters. */
static int end_parse(const char *word, const char *text, size_t len, char *name,
                     uint16_t *port, const struct names *names, struct err *err)
{
    const char *colon = memchr(text, ':', len);
    size_t name_len = colon ? (size_t)(colon - text) : len;
    char digits[6] = "";

    if (!name_len || name_len >= MATCH_NAME)
        return refuse(err, word, "expected a host's name (" END ") beside ->");
    memcpy(name, text, name_len);
    name[name_len] = '\0';
    if (!name_ok(name))
        return refuse(err, word, "expected a host's name (" END ") beside ->");
    if (strcmp(name, "nobody") != 0 && names->known &&
        !names->known(names->context, name))
        return refuse(err, word,
                      "no host has this name; expected a host made "
                      "before, or nobody");
    if (!colon)
        return 0;
    len -= name_len + 1;
    if (len < sizeof(digits)) {
        memcpy(digits, colon + 1, len);
        digits[len] = '\0';
    }
    *port = (uint16_t)number_parse(digits, UINT16_MAX);
    return *port ? 0 : refuse(err, word, "expected a port from 1 to 65535 after :");
}

static int arrow_parse(struct match *match, const char *word, const char *arrow,
                       const struct names *names, struct err *err)
{
    struct match read = *match;
    int ret = 0;

    if (arrow != word && match->from[0])
        return refuse(err, word, "FROM was said before; expected it once");
    if (arrow[2] && match->to[0])
        return refuse(err, word, "TO was said before; expected it once");
    if (arrow == word && !arrow[2])
        return refuse(err, word, "expected FROM->TO, FROM-> or ->TO, with " END);
    if (arrow != word)
        ret = end_parse(word, word, (size_t)(arrow - word), read.from, &read.from_port,
                        names, err);
    if (!ret && arrow[2])
        ret = end_parse(word, arrow + 2, strlen(arrow + 2), read.to, &read.to_port,
                        names, err);
    if (!ret)
        *match = read;
    return ret;
}

static enum match_kind kind_parse(const char *word)
{
    const struct named *kind = named_find(match_kinds, word);

    return kind ? (enum match_kind)kind->value : MATCH_ANY;
}

int match_word(struct match *match, const char *word,
               bool (*host_known)(void *context, const char *name), void *context,
               struct err *err)
{
    const struct names names = {host_known, context};
    enum match_kind kind = kind_parse(word);
    const char *arrow = strstr(word, "->");

    if (kind != MATCH_ANY) {
        if (match->kind != MATCH_ANY)
            return refuse(err, word,
                          "expected at most one of SYN, SYN+ACK, ACK, FIN, "
                          "FIN+ACK, RST, DATA, UDP, ICMP");
        match->kind = kind;
        return 0;
    }
    if (arrow)
        return arrow_parse(match, word, arrow, &names, err);
    if (strcmp(word, "last") == 0) {
        if (match->last)
            return refuse(err, word, "was said before; expected it once");
        match->last = true;
        return 0;
    }
    if (word[0] == '#') {
        unsigned number = number_parse(word + 1, INT32_MAX);

        if (!number)
            return refuse(err, word, "expected #N with N from 1");
        if (match->number)
            return refuse(err, word, "expected one #N at most");
        match->number = number;
        return 0;
    }
    return refuse(err, word,
                  "expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, DATA, UDP, "
                  "ICMP, FROM->TO, FROM->, ->TO, last or #N");
}

static bool kind_fits(enum match_kind kind, const struct packet *packet)
{
    bool tcp = packet->proto == PACKET_TCP && packet->transport_offset;
    uint8_t flags = packet->flags;

    switch (kind) {
    case MATCH_ANY:
        return true;
    case MATCH_SYN:
        return tcp && (flags & TCP_SYN) && !(flags & TCP_ACK);
    case MATCH_SYN_ACK:
        return tcp && (flags & TCP_SYN) && (flags & TCP_ACK);
    case MATCH_ACK:
        return tcp && (flags & TCP_ACK) && !(flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
               !packet->payload_len;
    case MATCH_FIN:
        return tcp && (flags & TCP_FIN);
    case MATCH_FIN_ACK:
        return tcp && (flags & TCP_FIN) && (flags & TCP_ACK);
    case MATCH_RST:
        return tcp && (flags & TCP_RST);
    case MATCH_DATA:
        return tcp && packet->payload_len;
    case MATCH_UDP:
        return packet->proto == PACKET_UDP;
    case MATCH_ICMP:
        return packet->proto == PACKET_ICMP || packet->proto == PACKET_ICMPV6;
    }
    return false;
}

bool match_fits(const struct match *match, const struct packet *packet, const char *from,
                const char *to)
{
    return kind_fits(match->kind, packet) &&
           (!match->from[0] || strcmp(match->from, from) == 0) &&
           (!match->to[0] || strcmp(match->to, to) == 0) &&
           (!match->from_port || match->from_port == packet->from.port) &&
           (!match->to_port || match->to_port == packet->to.port);
}

long match_choose(const struct match *match, size_t count,
                  bool (*fits)(void *context, size_t index), void *context)
{
    unsigned left = match->number ? match->number : 1;

    for (size_t i = 0; i < count; i++) {
        size_t index = match->last ? count - 1 - i : i;

        if (fits(context, index) && --left == 0)
            return (long)index;
    }
    return -1;
}

static void print_end(const char *name, uint16_t port, struct buf *out)
{
    buf_puts(out, name);
    if (port)
        buf_printf(out, ":%u", port);
}

static const char *kind_word(enum match_kind kind)
{
    const struct named *found = match_kinds;

    while (found->name && found->value != (int)kind)
        found++;
    return found->name ? found->name : "";
}

void match_print(const struct match *match, struct buf *out)
{
    const char *space = "";

    if (match->kind != MATCH_ANY) {
        buf_puts(out, kind_word(match->kind));
        space = " ";
    }
    if (match->from[0] || match->to[0]) {
        buf_puts(out, space);
        print_end(match->from, match->from_port, out);
        buf_puts(out, "->");
        print_end(match->to, match->to_port, out);
        space = " ";
    }
    if (match->last) {
        buf_printf(out, "%slast", space);
        space = " ";
    }
    if (match->number)
        buf_printf(out, "%s#%u", space, match->number);
}
