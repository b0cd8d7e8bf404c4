/* host, sysctl, wire, wait, reset. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "lesson/script_parts.h"

#define RTO_DEFAULT_NS (5 * NS_PER_S)

/* What a host may not be called: these words would be read as something else. */
static bool is_reserved(const char *name)
{
    static const char *const others[] = {"all",    "count", "no",    "wire",
                                         "within", "last",  "nobody"};
    known_words commands = {0};
    bool reserved = false;

    known_commands(&commands);
    vec_each (command, &commands)
        reserved = reserved || strcmp(*command, name) == 0;
    vec_free(&commands);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        reserved = reserved || strcmp(others[i], name) == 0;
    return reserved;
}

/* An address that a host's interface can have, and others can name: not any, loopback,
 * multicast, broadcast; nor one that needs a scope (RFC 4007) or is a v4-mapped one. */
static bool is_host_address(const struct address *address)
{
    struct address unmapped = *address;

    if (address_is_any(address) || address_is_loopback(address))
        return false;
    if (address->family == AF_INET)
        return address->bytes[0] != 0 && address->bytes[0] < 224; /* RFC 1122 3.2.1.3 */
    if (address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80)
        return false;
    address_unmap(&unmapped);
    return address->bytes[0] != 0xff /* RFC 4291 2.7 */ && unmapped.family == AF_INET6;
}

/* ADDRESS[/LENGTH] */
static void read_host_address(struct script_text *line, const struct word *word,
                              struct command *out)
{
    size_t len = strcspn(word->text, "/");
    char *text = mem_strndup(word->text, len);
    const struct name_host *owner;
    struct address address;
    int64_t prefix;
    unsigned count = out->addresses.address_count;

    if (address_parse(text, &address) != 0) {
        script_error(line, word->at,
                     "'%s' is no address: expected one such as 192.168.0.101 or fd00::1",
                     text);
    } else if (!is_host_address(&address)) {
        script_error(line, word->at,
                     "a host cannot have the address %s: expected a unicast one such as "
                     "192.168.0.101",
                     text);
    } else if ((owner = names_owner(line->names, &address))) {
        script_error(line, word->at,
                     "the address %s is that of '%s': expected another one", text,
                     owner->lab.name);
    } else if (count == HOST_ADDRESSES_MAX) {
        script_error(line, word->at, "too many addresses: a host has at most %d",
                     HOST_ADDRESSES_MAX);
    } else {
        for (unsigned i = 0; i < count; i++)
            if (address_equal(&out->addresses.addresses[i], &address))
                script_error(line, word->at, "the address %s stands here twice", text);
        prefix = address.family == AF_INET ? 24 : 64;
        if (word->text[len])
            read_number(line, word->at + len + 1, word->text + len + 1, 1,
                        address.family == AF_INET ? 32 : 128, &prefix);
        out->addresses.addresses[count] = address;
        out->prefixes[count] = (unsigned)prefix;
        out->addresses.address_count++;
    }
    free(text);
}

static void read_host_option(struct script_text *line, const struct word *word,
                             struct command *out)
{
    known_words known = {0};

    if (strncmp(word->text, "rto=", 4) == 0) {
        read_duration(line, word->at + 4, word->text + 4, &out->rto_ns);
    } else if (strcmp(word->text, "ack=delayed") == 0) {
        out->ack_delayed = true;
    } else {
        known_add_list(&known, host_options);
        script_unknown(line, word->at, "word", word->text, &known,
                       "rto=DURATION or ack=delayed");
        vec_free(&known);
    }
}

static void read_host_name(struct script_text *line, const struct word *word,
                           struct command *out)
{
    if (!read_name(line, word->at, word->text, "host"))
        return;
    snprintf(out->host, sizeof(out->host), "%s", word->text);
    memcpy(out->addresses.name, out->host, sizeof(out->host));
    if (is_reserved(word->text))
        script_error(
            line, word->at,
            "a host cannot be called '%s', which means something else: expected "
            "another name",
            word->text);
    else if (names_host(line->names, word->text))
        script_error(line, word->at,
                     "there is a host '%s' already: expected another name", word->text);
    else if (line->names->host_count == HOSTS_MAX)
        script_error(line, word->at, "too many hosts: a lab has at most %d", HOSTS_MAX);
}

void read_host_line(struct script_text *line, const word_list *words,
                    struct command *out)
{
    const struct word *name = word_need(line, words, 1, "the host's name");
    bool failed, options = false;

    out->rto_ns = RTO_DEFAULT_NS;
    if (!name)
        return;
    read_host_name(line, name, out);
    if (!word_need(line, words, 2, "an address such as 192.168.0.101"))
        return;
    failed = line->failed;
    line->failed = false;
    for (size_t i = 2; i < words->count; i++) {
        options = options || strchr(words->items[i].text, '=');
        if (options)
            read_host_option(line, &words->items[i], out);
        else
            read_host_address(line, &words->items[i], out);
    }
    if (!out->addresses.address_count && !line->failed)
        script_error(line, words->items[2].at,
                     "'%s' stands where an address is expected, such as 192.168.0.101",
                     words->items[2].text);
    line->failed = line->failed || failed;
}

/* net(.[A-Za-z0-9_-]+)+: nothing else may become a path below /proc/sys. */
static bool is_sysctl_key(const char *key)
{
    if (strncmp(key, "net.", 4) != 0)
        return false;
    for (key += 4;; key++) {
        size_t len = 0;

        while (is_name_char(key[len]))
            len++;
        key += len;
        if (!len || (*key && *key != '.'))
            return false;
        if (!*key)
            return true;
    }
}

void read_sysctl(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *host = word_need(line, words, 1, "a host"), *key, *value;

    if (!host)
        return;
    if (read_host(line, host->at, host->text))
        memcpy(out->host, host->text, strlen(host->text) + 1);
    key = word_need(line, words, 2, "a key such as net.ipv4.tcp_syn_retries");
    if (!key)
        return;
    if (!is_sysctl_key(key->text))
        script_error(line, key->at,
                     "'%s' is no key of a host's network: expected one such as "
                     "net.ipv4.tcp_syn_retries",
                     key->text);
    value = word_need(line, words, 3, "a value");
    if (!value)
        return;
    out->key = mem_strdup(key->text);
    out->value = mem_strdup(line->text + value->at);
}

void read_wire(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *mode = word_need(line, words, 1, "hold, flow or slow DURATION");
    const struct word *delay;
    const struct named *found;
    known_words known = {0};

    if (!mode)
        return;
    found = named_find(wire_modes, mode->text);
    if (!found) {
        known_add_list(&known, wire_modes);
        script_unknown(line, mode->at, "wire mode", mode->text, &known,
                       "hold, flow or slow DURATION");
        vec_free(&known);
        return;
    }
    out->wire = (enum wire_mode)found->value;
    if (out->wire == WIRE_SLOW) {
        delay = word_need(line, words, 2, "a duration such as 500ms");
        if (!delay)
            return;
        read_duration(line, delay->at, delay->text, &out->duration_ns);
    }
    word_none(line, words, out->wire == WIRE_SLOW ? 3 : 2);
}

void read_wait(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *word = word_need(line, words, 1, "a duration such as 2s");

    if (!word)
        return;
    read_duration(line, word->at, word->text, &out->duration_ns);
    word_none(line, words, 2);
}

void read_reset(struct script_text *line, const word_list *words, struct command *out)
{
    (void)out;
    word_none(line, words, 1);
}
