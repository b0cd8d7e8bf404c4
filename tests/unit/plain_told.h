/* plain_told: a lesson told in plain lines, event by event, for the tests of
 * view/plain. */
#ifndef SOCKETARIUM_TESTS_PLAIN_TOLD_H
#define SOCKETARIUM_TESTS_PLAIN_TOLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "lesson/markdown.h"
#include "view/plain.h"

static struct world world;
static struct plain plain;
static struct buf told;
static uint64_t seq;

static const char text[] = "# The title\n"
                           "\n"
                           "## First\n"
                           "\n"
                           "Before the setup.\n"
                           "\n"
                           "```lab setup\n"
                           "host server 10.0.0.1\n"
                           "```\n"
                           "\n"
                           "After it, `connect()` waits. Which is *right*?\n"
                           "\n"
                           "- [ ] Neither\n"
                           "- [x] The **second**\n"
                           "- [x] The `third`\n"
                           "\n"
                           "> Because it is so.\n"
                           "\n"
                           "```lab\n"
                           "wire hold\n"
                           "```\n"
                           "\n"
                           "The end of the page.\n"
                           "\n"
                           "## Second\n"
                           "\n"
                           "Do it.\n"
                           "\n"
                           "```lab task\n"
                           "expect wire empty\n"
                           "```\n"
                           "\n"
                           "<!-- note: for the speaker -->\n"
                           "\n"
                           "```lab solution\n"
                           "wire flow\n"
                           "deliver all\n"
                           "```\n"
                           "\n"
                           "Done.\n";

static int setup(void **state)
{
    lesson_error_list errors = {0};

    (void)state;
    world_init(&world);
    memset(&plain, 0, sizeof(plain));
    plain.lesson = markdown_parse("test.md", text, strlen(text), &errors);
    lesson_error_list_free(&errors);
    seq = 0;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_free(&world);
    lesson_free((struct lesson *)plain.lesson);
    plain_free(&plain);
    buf_free(&told);
    return 0;
}

/* One line of a journal, without seq and t. */
static void happens(const char *fields)
{
    char *line =
        strncmp(fields, "\"event\":\"lab\",\"format\":1,\"text\"", 30) == 0
            ? mem_printf("{%s}", fields)
            : mem_printf("{\"seq\":%llu,\"t\":%llu.5,%s}", (unsigned long long)seq + 1,
                         (unsigned long long)seq + 1, fields);
    struct err err = {""};
    struct event event;

    if (event_read(line, strlen(line), &event, &err) != 0)
        fail_msg("%s\n%s", err.text, line);
    if (world_apply(&world, &event, &err) != 0)
        fail_msg("%s\n%s", err.text, line);
    plain_tell(&plain, &world, &event, &told);
    seq = event.seq;
    event_clear(&event);
    free(line);
}

/* What was told since the last time. */
static void assert_told(const char *expected)
{
    plain_flush(&plain, &told);
    assert_string_equal(buf_text(&told), expected);
    buf_clear(&told);
}

static void two_hosts(void)
{
    happens("\"event\":\"lab\",\"format\":1,\"text\":\"# T\","
            "\"hosts\":[{\"name\":\"client\"},{\"name\":\"server\"}]");
    happens("\"event\":\"host\",\"host\":\"client\",\"change\":\"added\","
            "\"addresses\":[\"10.0.0.1\"]");
    happens("\"event\":\"host\",\"host\":\"server\",\"change\":\"added\","
            "\"addresses\":[\"10.0.0.2\",\"fd00::2\"]");
    assert_told("\nHost client is on the wire, with address 10.0.0.1.\n"
                "Host server is on the wire, with address 10.0.0.2 and fd00::2.\n");
}

#define PAGE(page, shown)                                                   \
    "\"event\":\"page\",\"page\":" page ",\"pages\":2,\"shown\":" shown "," \
    "\"title\":\"The page\""
#define QUESTION(status, more) \
    "\"event\":\"question\",\"page\":1,\"block\":3,\"status\":\"" status "\"" more
#define TASK(status) \
    "\"event\":\"task\",\"page\":2,\"block\":1,\"status\":\"" status "\""
#define CALL(call, args, status, more)                                                \
    "\"event\":\"call\",\"thread\":\"client\",\"call\":\"" call "\",\"args\":\"" args \
    "\",\"status\":\"" status "\"" more
#define PACKET(id, action, flags, more)                       \
    "\"event\":\"packet\",\"id\":" id ",\"action\":\"" action \
    "\",\"from\":\"client\",\"to\":\"server\",\"flags\":\"" flags "\"" more
#define TCP(more) ",\"proto\":\"tcp\"" more
#define SOCKET(change, more)                                                           \
    "\"event\":\"socket\",\"host\":\"client\",\"id\":\"7\",\"change\":\"" change "\"," \
    "\"recvq\":0,\"sendq\":0,\"family\":4" more

#endif
