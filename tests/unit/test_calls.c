/* calls: the table, its words, and the calls themselves on sockets that need no network.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "lab/calls.h"

static void test_table(void **state)
{
    (void)state;
    for (unsigned id = 0; id < CALL_COUNT; id++) {
        const struct call_def *def = &call_defs[id];

        assert_non_null(def->name);
        assert_ptr_equal(call_find(def->name), def);
        assert_int_equal(call_id_of(def), id);
        /* What may block must be seen to sleep, and only that. */
        assert_int_equal(def->may_block, def->number_count > 0);
        for (unsigned i = 0; i < def->number_count; i++)
            assert_true(def->numbers[i] > 0);
        assert_true(!def->var_is_sock || def->sets_var);
    }
    assert_null(call_find("frob"));
    assert_null(call_find(""));
    assert_null(call_find("sock"));
    assert_null(call_find("Socket"));
}

static void test_words(void **state)
{
    int value;

    (void)state;
    assert_int_equal(call_family_parse("AF_INET6", &value), 0);
    assert_int_equal(value, AF_INET6);
    assert_int_equal(call_family_parse("AF_UNIX", &value), -EINVAL);
    assert_int_equal(call_type_parse("SOCK_DGRAM", &value), 0);
    assert_int_equal(value, SOCK_DGRAM);
    assert_int_equal(call_type_parse("SOCK_NONBLOCK", &value), 0);
    assert_int_equal(value, SOCK_NONBLOCK);
    assert_int_equal(call_type_parse("SOCK_SEQPACKET", &value), -EINVAL);
    assert_int_equal(call_how_parse("SHUT_RDWR", &value), 0);
    assert_int_equal(value, SHUT_RDWR);
    assert_int_equal(call_how_parse("", &value), -EINVAL);
}

static void test_options(void **state)
{
    (void)state;
    for (unsigned i = 0; i < call_option_count; i++)
        assert_ptr_equal(call_option_find(call_options[i].name), &call_options[i]);
    assert_true(call_option_find("SO_LINGER")->linger);
    assert_true(call_option_find("SO_ERROR")->read_only);
    assert_int_equal(call_option_find("TCP_NODELAY")->level, IPPROTO_TCP);
    assert_int_equal(call_option_find("IPV6_V6ONLY")->level, IPPROTO_IPV6);
    assert_null(call_option_find("SO_NOTHING"));
}

static unsigned option(const char *name)
{
    return (unsigned)(call_option_find(name) - call_options);
}

/* Makes a call; its result, or minus its errno. */
static int64_t make(struct call_request request, const char *data, struct buf *received,
                    struct call_reply *reply)
{
    struct call_reply own;
    struct buf unused = {0};

    reply = reply ? reply : &own;
    call_make(&request, data, reply, received ? received : &unused);
    buf_free(&unused);
    if (reply->result < 0)
        assert_true(reply->error > 0);
    else
        assert_int_equal(reply->error, 0);
    return reply->error ? -reply->error : reply->result;
}

static void test_data(void **state)
{
    struct call_request send = {.id = CALL_SEND, .data_len = 3, .data_times = 4};
    struct call_request recv = {.id = CALL_RECV, .number = 100};
    struct call_reply reply;
    struct buf received = {0};
    int ends[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    send.fd = ends[0];
    recv.fd = ends[1];
    assert_int_equal(make(send, "a\0b", NULL, NULL), 12);
    assert_int_equal(make(recv, NULL, &received, &reply), 12);
    assert_int_equal(reply.data_len, 12);
    assert_int_equal(received.len, 12);
    assert_memory_equal(received.data, "a\0ba\0ba\0ba\0b", 12);
    buf_clear(&received);
    send.data_len = 0;
    assert_int_equal(make(send, "", NULL, NULL), 0);
    /* The end is no data; and no SIGPIPE on the other side. */
    close(ends[0]);
    assert_int_equal(make(recv, NULL, &received, &reply), 0);
    assert_int_equal(received.len, 0);
    send.fd = ends[1];
    send.data_len = 3;
    assert_int_equal(make(send, "abc", NULL, NULL), -EPIPE);
    close(ends[1]);
    assert_int_equal(make(recv, NULL, &received, NULL), -EBADF);
    buf_free(&received);
}

static void test_sockets(void **state)
{
    struct call_request request = {
        .id = CALL_SOCKET, .family = AF_INET, .type = SOCK_STREAM | SOCK_NONBLOCK};
    struct call_reply reply;
    char text[ENDPOINT_TEXT];
    int fd = (int)make(request, NULL, NULL, NULL);

    (void)state;
    assert_true(fd >= 0);
    request = (struct call_request){.id = CALL_GETSOCKNAME, .fd = fd};
    assert_int_equal(make(request, NULL, NULL, &reply), 0);
    assert_string_equal(endpoint_print(&reply.endpoint, text), "0.0.0.0:*");
    request.id = CALL_GETPEERNAME;
    assert_int_equal(make(request, NULL, NULL, NULL), -ENOTCONN);
    request.id = CALL_BIND;
    assert_int_equal(endpoint_parse("0.0.0.0:0", &request.endpoint), 0);
    assert_int_equal(make(request, NULL, NULL, NULL), 0);
    request.id = CALL_LISTEN;
    request.number = 3;
    assert_int_equal(make(request, NULL, NULL, NULL), 0);
    request.id = CALL_GETSOCKNAME;
    assert_int_equal(make(request, NULL, NULL, &reply), 0);
    assert_true(reply.endpoint.port > 0);
    request.id = CALL_ACCEPT;
    assert_int_equal(make(request, NULL, NULL, NULL), -EAGAIN);
    request.id = CALL_SHUTDOWN;
    request.number = SHUT_RDWR;
    make(request, NULL, NULL, NULL);
    request.id = CALL_CLOSE;
    assert_int_equal(make(request, NULL, NULL, NULL), 0);
    assert_int_equal(make(request, NULL, NULL, NULL), -EBADF);
    /* The program makes these itself. */
    request.id = CALL_EXIT;
    assert_int_equal(make(request, NULL, NULL, NULL), -ENOSYS);
}

static void test_option_values(void **state)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct call_request set = {.id = CALL_SETSOCKOPT, .fd = fd, .value = 1};
    struct call_request get = {.id = CALL_GETSOCKOPT, .fd = fd};

    (void)state;
    assert_true(fd >= 0);
    set.option = get.option = option("SO_REUSEADDR");
    assert_int_equal(make(get, NULL, NULL, NULL), 0);
    assert_int_equal(make(set, NULL, NULL, NULL), 0);
    assert_int_equal(make(get, NULL, NULL, NULL), 1);
    set.option = get.option = option("SO_LINGER");
    set.linger_s = 7;
    assert_int_equal(make(get, NULL, NULL, NULL), 0);
    assert_int_equal(make(set, NULL, NULL, NULL), 0);
    assert_int_equal(make(get, NULL, NULL, NULL), 7);
    set.option = option("SO_ERROR");
    assert_int_equal(make(set, NULL, NULL, NULL), -ENOPROTOOPT);
    get.option = option("SO_ERROR");
    assert_int_equal(make(get, NULL, NULL, NULL), 0);
    set.option = option("IPV6_V6ONLY");
    assert_true(make(set, NULL, NULL, NULL) < 0);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),   cmocka_unit_test(test_words),
        cmocka_unit_test(test_options), cmocka_unit_test(test_data),
        cmocka_unit_test(test_sockets), cmocka_unit_test(test_option_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
