/* Addresses and endpoints: read, written, compared, to and from the kernel's form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>

#include "model/endpoint.h"

static struct address address(const char *text)
{
    struct address address;

    assert_int_equal(address_parse(text, &address), 0);
    return address;
}

static struct endpoint endpoint(const char *text)
{
    struct endpoint endpoint;

    assert_int_equal(endpoint_parse(text, &endpoint), 0);
    return endpoint;
}

static void test_address_bytes(void **state)
{
    struct address v4 = address("192.168.0.1"), v6 = address("fd00::1");

    (void)state;
    assert_int_equal(v4.family, AF_INET);
    assert_memory_equal(v4.bytes, ((uint8_t[16]){192, 168, 0, 1}), 16);
    assert_int_equal(v6.family, AF_INET6);
    assert_memory_equal(v6.bytes, ((uint8_t[16]){0xfd, [15] = 1}), 16);
}

static void test_address_text(void **state)
{
    static const char *const same[] = {
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "1111:2222:3333:4444:5555:6666:7777:8888",
    };
    static const char *const bad[] = {
        "",         "*",        "1.2.3",     "1.2.3.256",  "1.2.3.4.5",    "1.2.3.4 ",
        " 1.2.3.4", "fd00:::1", "[fd00::1]", "fd00::1/64", "fe80::1%eth0", "localhost",
        "01.2.3.4", "g::1",
    };
    struct address none = {0};
    char text[ADDRESS_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        struct address read = address(same[i]);

        assert_string_equal(address_print(&read, text), same[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct address read;

        memset(&read, 0xff, sizeof(read));
        assert_int_equal(address_parse(bad[i], &read), -EINVAL);
        assert_memory_equal(&read, &none, sizeof(none));
    }
    assert_string_equal(address_print(&none, text), "");
}

static void test_address_kinds(void **state)
{
    struct address none = {0}, any4 = address("0.0.0.0"), any6 = address("::");
    struct address loop4 = address("127.1.2.3"), loop6 = address("::1");
    struct address far = address("126.0.0.1");

    (void)state;
    assert_true(address_is_any(&any4));
    assert_true(address_is_any(&any6));
    assert_false(address_is_any(&none));
    assert_false(address_is_any(&loop6));
    assert_true(address_is_loopback(&loop4));
    assert_true(address_is_loopback(&loop6));
    assert_false(address_is_loopback(&any6));
    assert_false(address_is_loopback(&far));
    assert_false(address_is_loopback(&none));
    assert_false(address_equal(&any4, &any6));
    assert_false(address_equal(&any4, &none));
    assert_true(address_equal(&none, &none));
    assert_true(address_equal(&loop6, &loop6));
    assert_false(address_equal(&loop6, &any6));
    /* what stands behind a v4 address is not part of it */
    far.bytes[9] = 7;
    loop4 = address("126.0.0.1");
    assert_true(address_equal(&far, &loop4));
}

static void test_unmap(void **state)
{
    struct address mapped = address("::ffff:10.0.0.1"), plain = address("10.0.0.1");
    struct address other = address("::fffe:10.0.0.1"), same = other;

    (void)state;
    address_unmap(&mapped);
    assert_int_equal(mapped.family, AF_INET);
    assert_memory_equal(mapped.bytes, plain.bytes, 16);
    address_unmap(&mapped);
    assert_true(address_equal(&mapped, &plain));
    address_unmap(&other);
    assert_true(address_equal(&other, &same));
}

static void test_endpoint_text(void **state)
{
    static const char *const same[] = {
        "1.2.3.4:80",
        "0.0.0.0:1",
        "[fd00::1]:80",
        "[::]:65535",
        "[1111:2222:3333:4444:5555:6666:7777:8888]:65535",
    };
    static const char *const bad[] = {
        "",
        ":",
        "80",
        ":80",
        "1.2.3.4",
        "1.2.3.4:",
        "1.2.3.4:*",
        "*:80",
        "1.2.3.4:65536",
        "1.2.3.4:99999",
        "1.2.3.4:000080",
        "1.2.3.4:-1",
        "1.2.3.4:+1",
        "1.2.3.4: 80",
        "1.2.3.4:80 ",
        "1.2.3.4:0x50",
        "fd00::1:80",
        "[fd00::1]80",
        "[fd00::1]",
        "[]:80",
        "[1.2.3.4]:80",
        "[[::1]]:80",
        "host:80",
        "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd:80",
    };
    struct endpoint none = {0};
    char text[ENDPOINT_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        struct endpoint read = endpoint(same[i]);

        assert_string_equal(endpoint_print(&read, text), same[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct endpoint read;

        memset(&read, 0xff, sizeof(read));
        assert_int_equal(endpoint_parse(bad[i], &read), -EINVAL);
        assert_memory_equal(&read, &none, sizeof(none));
    }
}

static void test_endpoint_port_zero(void **state)
{
    struct endpoint v4 = endpoint("0.0.0.0:0"), v6 = endpoint("[::]:0"), none = {0};
    char text[ENDPOINT_TEXT];

    (void)state;
    assert_string_equal(endpoint_print(&v4, text), "0.0.0.0:*");
    assert_string_equal(endpoint_print(&v6, text), "[::]:*");
    none.port = 80;
    assert_string_equal(endpoint_print(&none, text), "");
}

static bool matches(const char *pattern, const char *text)
{
    struct endpoint_match match;
    struct endpoint read = {0};

    assert_int_equal(endpoint_match_parse(pattern, &match), 0);
    if (text)
        read = endpoint(text);
    return endpoint_matches(&match, &read);
}

static void test_match(void **state)
{
    static const char *const bad[] = {"",        "**",        "*:",       ":*",  "*:x",
                                      "1.2.3.4", "fd00::1:*", "[*]:80",   "*80", "*:*:*",
                                      "[::]",    "*:65536",   "1.2.*.4:5"};
    struct endpoint_match match, none = {0};

    (void)state;
    assert_true(matches("*", "1.2.3.4:80"));
    assert_true(matches("*", "[fd00::1]:80"));
    assert_true(matches("*", NULL));
    assert_true(matches("*:*", "[fd00::1]:80"));
    assert_true(matches("*:80", "1.2.3.4:80"));
    assert_true(matches("*:80", "[fd00::1]:80"));
    assert_false(matches("*:80", "1.2.3.4:81"));
    assert_true(matches("1.2.3.4:*", "1.2.3.4:81"));
    assert_false(matches("1.2.3.4:*", "1.2.3.5:81"));
    assert_true(matches("[fd00::1]:*", "[fd00::1]:1"));
    assert_true(matches("1.2.3.4:80", "1.2.3.4:80"));
    assert_false(matches("1.2.3.4:80", "1.2.3.4:0"));
    assert_false(matches("0.0.0.0:80", "1.2.3.4:80"));
    assert_false(matches("0.0.0.0:80", "[::]:80"));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        memset(&match, 0xff, sizeof(match));
        assert_int_equal(endpoint_match_parse(bad[i], &match), -EINVAL);
        assert_memory_equal(&match, &none, sizeof(none));
    }
}

static void test_sockaddr(void **state)
{
    static const char *const texts[] = {"1.2.3.4:80", "[fd00::1]:50000"};
    struct endpoint back, none = {0};
    struct sockaddr_storage raw;
    struct sockaddr_in v4;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct endpoint read = endpoint(texts[i]);
        socklen_t len = endpoint_to_sockaddr(&read, &raw);

        assert_int_equal(len, i ? sizeof(struct sockaddr_in6) : sizeof(v4));
        assert_int_equal(raw.ss_family, i ? AF_INET6 : AF_INET);
        endpoint_from_sockaddr(&raw, &back);
        assert_true(endpoint_equal(&back, &read));
    }
    back = endpoint(texts[0]);
    endpoint_to_sockaddr(&back, &raw);
    memcpy(&v4, &raw, sizeof(v4));
    assert_int_equal(v4.sin_port, htons(80));
    assert_int_equal(v4.sin_addr.s_addr, htonl(0x01020304));
    assert_int_equal(endpoint_to_sockaddr(&none, &raw), 0);
    raw.ss_family = AF_UNIX;
    endpoint_from_sockaddr(&raw, &back);
    assert_memory_equal(&back, &none, sizeof(none));
}

/* accept() on a v6 listener gives a v4 client as ::ffff:1.2.3.4. */
static void test_sockaddr_of_v4_peer(void **state)
{
    struct endpoint mapped = endpoint("[::ffff:1.2.3.4]:80"), read, v4;
    struct sockaddr_storage raw;

    (void)state;
    endpoint_to_sockaddr(&mapped, &raw);
    assert_int_equal(raw.ss_family, AF_INET6);
    endpoint_from_sockaddr(&raw, &read);
    v4 = endpoint("1.2.3.4:80");
    assert_true(endpoint_equal(&read, &v4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_address_bytes),
        cmocka_unit_test(test_address_text),
        cmocka_unit_test(test_address_kinds),
        cmocka_unit_test(test_unmap),
        cmocka_unit_test(test_endpoint_text),
        cmocka_unit_test(test_endpoint_port_zero),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_sockaddr),
        cmocka_unit_test(test_sockaddr_of_v4_peer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
