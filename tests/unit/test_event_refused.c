/* Lines of a journal that are wrong: refused with a sentence, and never a crash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <stdio.h>

#include "event_samples.h"

static void must_refuse(const char *line, const char *message)
{
    struct event event;
    struct err err = {""};

    assert_int_equal(read_exact(line, strlen(line), &event, &err), -EINVAL);
    if (strcmp(err.text, message) != 0)
        fail_msg("%s\ngave:     %s\nexpected: %s", line, err.text, message);
}

static void test_refused_lines(void **state)
{
    (void)state;
    must_refuse("[]", "column 1: expected an object: {...}");
    must_refuse("{\"seq\":1,\"t\":0}",
                "column 1: event: expected one of lab, host, call, packet, socket, ...");
    must_refuse(
        HEAD "\"tea\"}",
        "column 16: event: expected one of lab, host, call, packet, socket, ...");
    must_refuse("{\"seq\":0,\"t\":0,\"event\":\"wire\",\"mode\":\"hold\"}",
                "column 2: seq: expected a whole number from 1");
    must_refuse("{\"seq\":1,\"t\":-1,\"event\":\"wire\",\"mode\":\"hold\"}",
                "column 10: t: expected seconds since the lab began");
    must_refuse(HEAD "\"wire\"}", "column 1: expected \"mode\" in this line");
    must_refuse(HEAD "\"wire\",\"mode\":\"fast\"}",
                "column 31: mode: expected one of flow hold slow");
    must_refuse(HEAD "\"wire\",\"mode\":1}",
                "column 31: mode: expected one of flow hold slow");
    must_refuse("{\"event\":\"lab\",\"format\":2}",
                "column 16: format: expected a whole number from 1 to 1");
    must_refuse(HEAD "\"packet\",\"id\":0,\"action\":\"held\"}",
                "column 33: id: expected a whole number from 1 to 4294967295");
    must_refuse(HEAD "\"packet\",\"id\":4294967296,\"action\":\"held\"}",
                "column 33: id: expected a whole number from 1 to 4294967295");
    must_refuse(HEAD "\"packet\",\"id\":1,\"action\":\"held\",\"frame\":\"AA=A\"}",
                "column 56: frame: expected base64 of 1 to 65600 bytes");
    must_refuse(HEAD "\"packet\",\"id\":1,\"action\":\"held\",\"seqno\":-2}",
                "column 56: seqno: expected a whole number from -1 to 4294967295");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"0\",\"proto\":\"tcp\","
                     "\"change\":\"state\"}",
                "column 44: id: expected a cookie: a string of 1 to 16 hexadecimal "
                "digits, not 0");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"none\","
                     "\"change\":\"state\"}",
                "column 53: proto: expected one of tcp udp");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
                     "\"change\":\"state\",\"state\":\"OPEN\"}",
                "column 84: state: expected the name of a TCP state");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
                     "\"change\":\"state\",\"local\":\"*:80\"}",
                "column 84: local: expected ADDRESS:PORT");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
                     "\"change\":\"state\",\"tcp_info\":{\"size\":280,\"backoff\":256}}",
                "column 107: backoff: expected a whole number from 0 to 255");
    must_refuse(
        HEAD "\"host\",\"change\":\"added\",\"host\":1}",
        "column 48: host: expected a name: a letter, then letters, digits, _ or -, "
        "at most 15");
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
                     "\"change\":\"state\",\"memory\":[]}",
                "column 84: memory: expected an object");
}

#define SOCKET_HEAD                                          \
    HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":" \
         "\"tcp\",\"change\":\"timer\","

/* What is left of a timer is reckoned from it: there must be room for that. */
static void test_refused_deadlines(void **state)
{
    struct event event;

    (void)state;
    must_read(SOCKET_HEAD "\"deadline_ns\":10000000000000000}", &event);
    event_clear(&event);
    must_refuse(SOCKET_HEAD "\"deadline_ns\":10000000000000001}",
                "column 84: deadline_ns: expected a whole number from -1 to "
                "10000000000000000");
    must_refuse(SOCKET_HEAD "\"deadline_ns\":-2}",
                "column 84: deadline_ns: expected a whole number from -1 to "
                "10000000000000000");
}

#define QUESTION HEAD "\"question\",\"page\":1,\"block\":2,"
#define TASK HEAD "\"task\",\"page\":1,\"block\":2,"

static void test_refused_answers(void **state)
{
    static const char statuses[] =
        "column 54: status: expected one of open again answered shown";

    (void)state;
    must_refuse(QUESTION "\"status\":\"run\"}", statuses);
    must_refuse(QUESTION "\"status\":\"Again\"}", statuses);
    must_refuse(QUESTION "\"status\":1}", statuses);
    must_refuse(QUESTION "\"status\":\"again\",\"answers\":-1}",
                "column 71: answers: expected a whole number from 0 to 4294967295");
    must_refuse(TASK "\"status\":\"again\"}",
                "column 50: status: expected one of open done shown run");
    must_refuse(TASK "\"status\":\"run\",\"holds\":4294967296}",
                "column 65: holds: expected a whole number from 0 to 4294967295");
    must_refuse(TASK "\"status\":\"run\",\"holds\":\"1\"}",
                "column 65: holds: expected a whole number from 0 to 4294967295");
    must_refuse(TASK "\"status\":\"run\",\"holds\":1.5}",
                "column 65: holds: expected a whole number from 0 to 4294967295");
}

/* What does not fit its place is refused, not cut and not written past the end. */
static void test_refused_lengths(void **state)
{
    struct event event;

    (void)state;
    must_refuse(HEAD "\"socket\",\"host\":\"a\",\"id\":\"11111111111111111\","
                     "\"proto\":\"tcp\",\"change\":\"state\"}",
                "column 44: id: expected a cookie: a string of 1 to 16 hexadecimal "
                "digits, not 0");
    must_refuse(
        HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
             "\"change\":\"state\",\"congestion\":\"sixteen_letters_\"}",
        "column 84: congestion: expected a short word of letters, digits, _ and -");
    must_read(HEAD "\"socket\",\"host\":\"a\",\"id\":\"1\",\"proto\":\"tcp\","
                   "\"change\":\"state\",\"congestion\":\"fifteen_letters\"}",
              &event);
    assert_string_equal(event.socket.sock.congestion, "fifteen_letters");
    event_clear(&event);
}

static void test_refused_names(void **state)
{
    static const char name_words[] =
        "a name: a letter, then letters, digits, _ or -, at most 15";
    static const char *const bad[] = {
        "", "1a", "a b", "-a", "a/b", "sixteen-letters-", "\xc3\xa9"};
    char line[256], message[256];
    struct event event;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        snprintf(line, sizeof(line), HEAD "\"output\",\"host\":\"%s\",\"text\":\"\"}",
                 bad[i]);
        snprintf(message, sizeof(message), "column 33: host: expected %s", name_words);
        must_refuse(line, message);
    }
    must_read(HEAD "\"output\",\"host\":\"fifteen_letter-\",\"text\":\"\"}", &event);
    event_clear(&event);
    must_refuse(
        HEAD "\"call\",\"thread\":\"a b\",\"call\":\"x\",\"status\":\"started\"}",
        "column 31: thread: expected a thread's name: host, or host/name, at most "
        "63 bytes");
}

static void test_refused_hosts(void **state)
{
    struct buf line = {0};

    (void)state;
    buf_puts(&line, "{\"event\":\"lab\",\"format\":1,\"hosts\":[");
    for (int i = 0; i < 9; i++)
        buf_printf(&line, "%s{\"name\":\"h%d\"}", i ? "," : "", i);
    buf_puts(&line, "]}");
    must_refuse(line.data, "column 27: hosts: expected an array of at most 8 hosts");
    buf_free(&line);
    must_refuse("{\"event\":\"lab\",\"format\":1,\"hosts\":[{\"name\":\"a\"},"
                "{\"name\":\"a\"}]}",
                "column 27: hosts: expected each host once");
    must_refuse("{\"event\":\"lab\",\"format\":1,\"hosts\":[{\"name\":\"a\","
                "\"addresses\":[\"300.1.1.1\"]}]}",
                "column 27: hosts: expected IPv4 or IPv6 addresses, as strings");
    must_refuse(
        "{\"event\":\"lab\",\"format\":1,\"hosts\":[1]}",
        "column 27: hosts: expected a name: a letter, then letters, digits, _ or "
        "-, at most 15");
}

static void test_not_json(void **state)
{
    struct event event;
    struct err err = {""};

    (void)state;
    assert_int_equal(event_read("{\"a\":1,\"a\":2}", 13, &event, &err), -EINVAL);
    assert_non_null(strstr(err.text, "not JSON"));
    assert_int_equal(event_read("{\x1b[2J}", 6, &event, &err), -EINVAL);
    assert_memory_equal(err.text, "column ", 7);
    assert_null(strchr(err.text, '\x1b'));
    assert_int_equal(event_read("", 0, &event, NULL), -EINVAL);
}

static void test_prefixes_never_crash(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        for (size_t len = 0; len < strlen(samples[i]); len++) {
            struct event event;
            struct err err = {""};

            assert_int_equal(read_exact(samples[i], len, &event, &err), -EINVAL);
            assert_memory_equal(err.text, "column ", 7);
        }
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Some bytes become others, mostly such as mean something to JSON. Whatever is read all
 * the same can be written and read again. */
static void test_mutations_never_crash(void **state)
{
    static const char likely[] = "{}[]\",:0123456789-+.eEtfn\\u/=* \t\n\xff\x80";
    uint32_t seed = 1;
    unsigned accepted = 0;

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT * 4000; i++) {
        const char *sample = samples[i % SAMPLE_COUNT];
        size_t len = strlen(sample);
        char *line = mem_strdup(sample);
        struct event event, again;
        struct buf out = {0};
        struct err err = {""};

        for (uint32_t n = next_random(&seed) % 3 + 1; n; n--)
            line[next_random(&seed) % len] =
                n == 2 ? (char)next_random(&seed)
                       : likely[next_random(&seed) % (sizeof(likely) - 1)];
        if (read_exact(line, len, &event, &err) == 0) {
            accepted++;
            event_write(&event, &out);
            if (event_read(out.data, out.len - 1, &again, &err) != 0)
                fail_msg("%s\n%s", err.text, out.data);
            event_clear(&again);
            event_clear(&event);
        }
        buf_free(&out);
        free(line);
    }
    assert_true(accepted > 1000); /* else the mutations are too wild to test much */
}

static void test_too_long(void **state)
{
    struct event event = {.seq = 1, .kind = EVENT_PACKET}, again;
    struct buf out = {0};
    struct err err = {""};

    (void)state;
    event.packet.id = 1;
    event.packet.frame_len = 65601;
    event.packet.frame = mem_new(65601, 1);
    event_write(&event, &out);
    assert_int_equal(event_read(out.data, out.len - 1, &again, &err), -EINVAL);
    assert_non_null(strstr(err.text, "frame: expected base64 of 1 to 65600 bytes"));
    event_clear(&event);
    buf_clear(&out);
    event = (struct event){.seq = 1, .kind = EVENT_OUTPUT};
    strcpy(event.output.host, "a");
    event.output.text = mem_new((1 << 20) + 2, 1);
    memset(event.output.text, 'x', (1 << 20) + 1);
    event_write(&event, &out);
    assert_int_equal(event_read(out.data, out.len - 1, &again, &err), -EINVAL);
    buf_clear(&out);
    event.output.text[1 << 20] = '\0';
    event_write(&event, &out);
    assert_int_equal(event_read(out.data, out.len - 1, &again, &err), 0);
    event_clear(&again);
    event_clear(&event);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_lines),
        cmocka_unit_test(test_refused_deadlines),
        cmocka_unit_test(test_refused_answers),
        cmocka_unit_test(test_refused_lengths),
        cmocka_unit_test(test_refused_names),
        cmocka_unit_test(test_refused_hosts),
        cmocka_unit_test(test_not_json),
        cmocka_unit_test(test_prefixes_never_crash),
        cmocka_unit_test(test_mutations_never_crash),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
