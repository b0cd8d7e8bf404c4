/* mail: messages of any size, descriptors, and the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "lab/mail.h"

struct sending {
    int box;
    size_t len;
    char *data;
    int result;
};

static void *send_one(void *argument)
{
    struct sending *sending = argument;
    struct mail mail = {.kind = MAIL_REPLY,
                        .number = -5,
                        .data_len = (uint32_t)sending->len,
                        .reply = {.result = 42}};

    sending->result = mail_send(sending->box, &mail, sending->data, -1);
    return NULL;
}

static char *pattern(size_t len)
{
    char *data = malloc(len + 1);

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i * 31 + i / 251);
    return data;
}

static void until_readable(int box)
{
    struct pollfd fd = {.fd = box, .events = POLLIN};

    assert_int_equal(poll(&fd, 1, 60000), 1);
}

static const size_t sizes[] = {0, 1, 32767, 32768, 32769, 65536, 212992, 16u << 20};

static void test_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct sending sending = {.len = sizes[i], .data = pattern(sizes[i])};
        struct mail_reader reader = {0};
        struct mail mail;
        struct buf data = {0};
        pthread_t thread;
        int ends[2], result;

        assert_int_equal(mail_pair(ends), 0);
        sending.box = ends[1];
        /* Read without waiting, as the lab does... */
        pthread_create(&thread, NULL, send_one, &sending);
        do {
            until_readable(ends[0]);
            result = mail_poll(ends[0], &reader);
        } while (result == 0);
        assert_int_equal(result, 1);
        pthread_join(thread, NULL);
        assert_int_equal(sending.result, 0);
        assert_int_equal(reader.mail.kind, MAIL_REPLY);
        assert_int_equal(reader.mail.number, -5);
        assert_int_equal(reader.mail.reply.result, 42);
        assert_int_equal(reader.data.len, sizes[i]);
        assert_memory_equal(buf_text(&reader.data), sending.data, sizes[i]);
        assert_true(mail_empty(ends[0]));
        assert_int_equal(mail_poll(ends[0], &reader), 0);
        /* ...and waiting, as a thread does; what was in data before is gone. */
        buf_puts(&data, "old");
        sending.box = ends[0];
        pthread_create(&thread, NULL, send_one, &sending);
        assert_int_equal(mail_wait(ends[1], &mail, &data, NULL), 0);
        pthread_join(thread, NULL);
        assert_int_equal(data.len, sizes[i]);
        assert_memory_equal(buf_text(&data), sending.data, sizes[i]);
        mail_reader_free(&reader);
        buf_free(&data);
        free(sending.data);
        close(ends[0]);
        close(ends[1]);
    }
}

/* Several messages, one after the other, each with its own data. */
static void test_order(void **state)
{
    struct mail_reader reader = {0};
    int ends[2];

    (void)state;
    assert_int_equal(mail_pair(ends), 0);
    for (uint32_t i = 0; i < 20; i++) {
        struct mail mail = {.kind = MAIL_PENDING, .number = i, .data_len = i % 3};

        assert_int_equal(mail_send(ends[1], &mail, "ab", -1), 0);
    }
    for (uint32_t i = 0; i < 20; i++) {
        assert_false(mail_empty(ends[0]));
        assert_int_equal(mail_poll(ends[0], &reader), 1);
        assert_int_equal(reader.mail.number, i);
        assert_int_equal(reader.data.len, i % 3);
        assert_memory_equal(buf_text(&reader.data), "ab", i % 3);
    }
    assert_int_equal(mail_poll(ends[0], &reader), 0);
    mail_reader_free(&reader);
    close(ends[0]);
    close(ends[1]);
}

static void test_descriptor(void **state)
{
    struct mail mail = {.kind = MAIL_THREAD, .thread = "server/web"};
    struct buf data = {0};
    int ends[2], pipes[2], passed;
    char byte = 0;

    (void)state;
    assert_int_equal(mail_pair(ends), 0);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(mail_send(ends[0], &mail, NULL, pipes[0]), 0);
    close(pipes[0]);
    memset(&mail, 0, sizeof(mail));
    assert_int_equal(mail_wait(ends[1], &mail, &data, &passed), 0);
    assert_string_equal(mail.thread, "server/web");
    assert_true(passed >= 0);
    assert_true(fcntl(passed, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(write(pipes[1], "x", 1), 1);
    assert_int_equal(read(passed, &byte, 1), 1);
    assert_int_equal(byte, 'x');
    close(passed);
    /* None is passed: -1, whatever was there before. */
    mail.kind = MAIL_QUERY;
    assert_int_equal(mail_send(ends[0], &mail, NULL, -1), 0);
    passed = 77;
    assert_int_equal(mail_wait(ends[1], &mail, &data, &passed), 0);
    assert_int_equal(passed, -1);
    buf_free(&data);
    close(pipes[1]);
    close(ends[0]);
    close(ends[1]);
}

static void test_end(void **state)
{
    struct mail mail = {.kind = MAIL_GO}, last = {.kind = MAIL_ENDED, .number = 3};
    struct mail_reader reader = {0};
    struct buf data = {0};
    int ends[2];

    (void)state;
    assert_int_equal(mail_pair(ends), 0);
    assert_int_equal(mail_send(ends[1], &last, NULL, -1), 0);
    close(ends[1]);
    /* What was said before the end still arrives. */
    assert_false(mail_empty(ends[0]));
    assert_int_equal(mail_poll(ends[0], &reader), 1);
    assert_int_equal(reader.mail.number, 3);
    assert_int_equal(mail_poll(ends[0], &reader), -EPIPE);
    assert_int_equal(mail_wait(ends[0], &mail, &data, NULL), -EPIPE);
    assert_int_equal(mail_send(ends[0], &mail, NULL, -1), -EPIPE);
    mail_reader_free(&reader);
    buf_free(&data);
    close(ends[0]);
}

/* A program that has gone mad says what is no message. */
static void test_malformed(void **state)
{
    struct mail mail = {.kind = MAIL_REPLY, .data_len = 2};
    struct mail_reader reader = {0};
    char raw[sizeof(mail) + 3] = {0};
    int ends[2];

    (void)state;
    memcpy(raw, &mail, sizeof(mail));
    assert_int_equal(mail_pair(ends), 0);
    assert_int_equal(send(ends[1], raw, 5, 0), 5);
    assert_int_equal(mail_poll(ends[0], &reader), -EPROTO);
    assert_int_equal(send(ends[1], raw, sizeof(raw), 0), sizeof(raw));
    assert_int_equal(mail_poll(ends[0], &reader), -EPROTO);
    mail_reader_free(&reader);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),      cmocka_unit_test(test_order),
        cmocka_unit_test(test_descriptor), cmocka_unit_test(test_end),
        cmocka_unit_test(test_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
