/* MATCH of the lesson language: its words, what they fit, and which packet is chosen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "model/match.h"

static bool host_known(void *context, const char *name)
{
    assert_string_equal(context, "context");
    return strcmp(name, "client") == 0 || strcmp(name, "server") == 0;
}

static char context[] = "context";

/* Reads words parted by spaces; the first refusal ends it. */
static int read_words(struct match *match, const char *words, struct err *err)
{
    char copy[200], *rest = copy, *word;
    int ret = 0;

    memset(match, 0, sizeof(*match));
    memset(err, 0, sizeof(*err));
    strncpy(copy, words, sizeof(copy) - 1);
    copy[sizeof(copy) - 1] = '\0';
    while (!ret && (word = strsep(&rest, " ")))
        ret = match_word(match, word, host_known, context, err);
    return ret;
}

static struct match match_of(const char *words)
{
    struct match match;
    struct err err;

    assert_int_equal(read_words(&match, words, &err), 0);
    assert_string_equal(err.text, "");
    return match;
}

static void test_flags(void **state)
{
    static const char *const words[] = {
        [MATCH_SYN] = "SYN",   [MATCH_SYN_ACK] = "SYN+ACK", [MATCH_ACK] = "ACK",
        [MATCH_FIN] = "FIN",   [MATCH_FIN_ACK] = "FIN+ACK", [MATCH_RST] = "RST",
        [MATCH_DATA] = "DATA", [MATCH_UDP] = "UDP",         [MATCH_ICMP] = "ICMP",
    };

    (void)state;
    for (unsigned i = MATCH_SYN; i <= MATCH_ICMP; i++)
        assert_int_equal(match_of(words[i]).kind, i);
}

static void test_arrows(void **state)
{
    struct match match = match_of("client:50320->server:80");

    (void)state;
    assert_string_equal(match.from, "client");
    assert_int_equal(match.from_port, 50320);
    assert_string_equal(match.to, "server");
    assert_int_equal(match.to_port, 80);
    match = match_of("client:50320->");
    assert_string_equal(match.from, "client");
    assert_int_equal(match.from_port, 50320);
    assert_string_equal(match.to, "");
    assert_int_equal(match.to_port, 0);
    match = match_of("->nobody");
    assert_string_equal(match.from, "");
    assert_string_equal(match.to, "nobody");
    match = match_of("->server:80 client:50320->"); /* all words must hold */
    assert_string_equal(match.from, "client");
    assert_int_equal(match.from_port, 50320);
    assert_string_equal(match.to, "server");
    assert_int_equal(match.to_port, 80);
}

static void test_printed_as_written(void **state)
{
    static const char *const texts[] = {
        "SYN client->server", "->server:80", "client:65535->", "nobody->client last",
        "DATA last #3",       "#999999999",  "last",           "FIN+ACK ->server:1 #2",
    };
    struct match none = {0};
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct match match = match_of(texts[i]);

        buf_clear(&out);
        match_print(&match, &out);
        assert_string_equal(buf_text(&out), texts[i]);
    }
    buf_clear(&out);
    match_print(&none, &out);
    assert_string_equal(buf_text(&out), "");
    buf_free(&out);
}

static void test_refusals(void **state)
{
    static const char all[] =
        "expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, DATA, UDP, "
        "ICMP, FROM->TO, FROM->, ->TO, last or #N";
    static const char end[] = "expected a host's name (NAME or NAME:PORT) beside ->";
    static const char port[] = "expected a port from 1 to 65535 after :";
    static const char host[] = "no host has this name; expected a host made before, or "
                               "nobody";
    static const char number[] = "expected #N with N from 1";
    static const struct {
        const char *words, *named, *message;
    } cases[] = {
        {"syn", "syn", all},
        {"SYNACK", "SYNACK", all},
        {"server", "server", all},
        {"", "", all},
        {"LAST", "LAST", all},
        {"\033[2J", "\\x1b[2J", all},
        {"SYN ACK", "ACK",
         "expected at most one of SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, DATA, UDP, "
         "ICMP"},
        {"->", "->", "expected FROM->TO, FROM-> or ->TO, with NAME or NAME:PORT"},
        {"stranger->", "stranger->", host},
        {"->Client", "->Client", host},
        {":80->", ":80->", end},
        {"client->:80", "client->:80", end},
        {"client-->server", "client-->server", end},
        {"client->server->client", "client->server->client", end},
        {"10.0.0.1->", "10.0.0.1->", end},
        {"->averyverylongname", "->averyverylongname", end},
        {"client:->", "client:->", port},
        {"client:0->", "client:0->", port},
        {"client:65536->", "client:65536->", port},
        {"client:x->", "client:x->", port},
        {"client:1:2->", "client:1:2->", port},
        {"client:0000080->", "client:0000080->", port},
        {"client-> server->", "server->", "FROM was said before; expected it once"},
        {"client-> client->server", "client->server",
         "FROM was said before; expected it once"},
        {"client->server ->client", "->client", "TO was said before; expected it once"},
        {"last last", "last", "was said before; expected it once"},
        {"#0", "#0", number},
        {"#", "#", number},
        {"#1x", "#1x", number},
        {"#-1", "#-1", number},
        {"#99999999999", "#99999999999", number},
        {"#1 #2", "#2", "expected one #N at most"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct match match;
        struct buf want = {0};
        struct err err;

        buf_printf(&want, "\"%s\": %s", cases[i].named, cases[i].message);
        assert_int_equal(read_words(&match, cases[i].words, &err), -EINVAL);
        assert_string_equal(err.text, buf_text(&want));
        buf_free(&want);
    }
}

/* A refused word leaves no half-read arrow, and nobody has to ask for hosts or messages.
 */
static void test_nothing_half_read(void **state)
{
    struct match match = {0};

    (void)state;
    assert_int_equal(match_word(&match, "client->stranger", host_known, context, NULL),
                     -EINVAL);
    assert_string_equal(match.from, "");
    assert_int_equal(match_word(&match, "any->stranger", NULL, NULL, NULL), 0);
    assert_string_equal(match.to, "stranger");
}

static bool fits(const char *words, enum packet_proto proto, unsigned flags,
                 uint32_t len)
{
    const struct match match = match_of(words);
    const struct packet packet = {
        .proto = proto,
        .flags = (uint8_t)flags,
        .payload_len = len,
        .transport_offset = 34,
        .from = {.port = 50320},
        .to = {.port = 80},
    };

    return match_fits(&match, &packet, "client", "server");
}

static bool fits_tcp(const char *words, unsigned flags, uint32_t len)
{
    return fits(words, PACKET_TCP, flags, len);
}

static void test_fits_flags(void **state)
{
    (void)state;
    assert_true(fits_tcp("SYN", TCP_SYN, 0));
    assert_true(fits_tcp("SYN", TCP_SYN | TCP_ECE | TCP_CWR, 0));
    assert_false(fits_tcp("SYN", TCP_SYN | TCP_ACK, 0));
    assert_true(fits_tcp("SYN+ACK", TCP_SYN | TCP_ACK, 0));
    assert_false(fits_tcp("SYN+ACK", TCP_SYN, 0));
    assert_true(fits_tcp("ACK", TCP_ACK, 0));
    assert_true(fits_tcp("ACK", TCP_ACK | TCP_PSH, 0));
    assert_false(fits_tcp("ACK", TCP_ACK, 1));
    assert_false(fits_tcp("ACK", TCP_ACK | TCP_SYN, 0));
    assert_false(fits_tcp("ACK", TCP_ACK | TCP_FIN, 0));
    assert_false(fits_tcp("ACK", TCP_ACK | TCP_RST, 0));
    assert_false(fits_tcp("ACK", 0, 0));
    assert_true(fits_tcp("FIN", TCP_FIN, 0));
    assert_true(fits_tcp("FIN", TCP_FIN | TCP_ACK, 9));
    assert_false(fits_tcp("FIN", TCP_ACK, 0));
    assert_true(fits_tcp("FIN+ACK", TCP_FIN | TCP_ACK, 0));
    assert_false(fits_tcp("FIN+ACK", TCP_FIN, 0));
    assert_true(fits_tcp("RST", TCP_RST | TCP_ACK, 0));
    assert_false(fits_tcp("RST", TCP_ACK, 0));
    assert_true(fits_tcp("DATA", TCP_ACK, 1));
    assert_true(fits_tcp("DATA", TCP_FIN | TCP_ACK, 1));
    assert_false(fits_tcp("DATA", TCP_ACK, 0));
}

static void test_fits_protocols(void **state)
{
    (void)state;
    assert_false(fits("DATA", PACKET_UDP, 0, 5));
    assert_true(fits("UDP", PACKET_UDP, 0, 5));
    assert_false(fits("UDP", PACKET_TCP, TCP_ACK, 5));
    assert_true(fits("ICMP", PACKET_ICMP, 0, 0));
    assert_true(fits("ICMP", PACKET_ICMPV6, 0, 0));
    assert_false(fits("ICMP", PACKET_OTHER, 0, 0));
    assert_false(fits("SYN", PACKET_ICMP, TCP_SYN, 0));
    assert_true(fits("last", PACKET_OTHER, 0, 0));
    assert_true(fits("#7", PACKET_UDP, 0, 0));
}

static void test_fits_ends(void **state)
{
    const struct match lost = match_of("->nobody");
    const struct packet packet = {0};

    (void)state;
    assert_true(fits_tcp("client->server", TCP_ACK, 0));
    assert_true(fits_tcp("client->", TCP_ACK, 0));
    assert_true(fits_tcp("->server", TCP_ACK, 0));
    assert_false(fits_tcp("server->client", TCP_ACK, 0));
    assert_false(fits_tcp("server->", TCP_ACK, 0));
    assert_false(fits_tcp("->client", TCP_ACK, 0));
    assert_true(fits_tcp("client:50320->server:80", TCP_ACK, 0));
    assert_false(fits_tcp("client:50321->", TCP_ACK, 0));
    assert_false(fits_tcp("->server:81", TCP_ACK, 0));
    assert_true(fits_tcp("ACK client->", TCP_ACK, 0));
    assert_false(fits_tcp("SYN client->", TCP_ACK, 0));
    assert_true(match_fits(&lost, &packet, "client", "nobody"));
    assert_false(match_fits(&lost, &packet, "client", "server"));
}

static bool letter_fits(void *letters, size_t index)
{
    return ((const char *)letters)[index] == 'x';
}

static long choose(const char *words, char *letters)
{
    const struct match match = match_of(words);

    return match_choose(&match, strlen(letters), letter_fits, letters);
}

static void test_choose(void **state)
{
    char letters[] = ".x.xx.", one[] = "x", none[] = "...", empty[] = "";

    (void)state;
    assert_int_equal(choose("SYN", letters), 1);
    assert_int_equal(choose("last", letters), 4);
    assert_int_equal(choose("#1", letters), 1);
    assert_int_equal(choose("#2", letters), 3);
    assert_int_equal(choose("#3", letters), 4);
    assert_int_equal(choose("#4", letters), -1);
    assert_int_equal(choose("last #2", letters), 3); /* the last but one */
    assert_int_equal(choose("last", one), 0);
    assert_int_equal(choose("SYN", none), -1);
    assert_int_equal(choose("last", none), -1);
    assert_int_equal(choose("last", empty), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_arrows),
        cmocka_unit_test(test_printed_as_written),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_nothing_half_read),
        cmocka_unit_test(test_fits_flags),
        cmocka_unit_test(test_fits_protocols),
        cmocka_unit_test(test_fits_ends),
        cmocka_unit_test(test_choose),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
