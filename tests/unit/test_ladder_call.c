/* What the ladder says of calls: their words, what they gave, and where they stand. */
#include "ladder_world.h"

static struct world_row *add_call(struct world *world, unsigned host, const char *text,
                                  const char *thread)
{
    struct world_row *row = add_row(world, ROW_CALL, host);

    row->text = mem_strdup(text);
    snprintf(row->thread, sizeof(row->thread), "%s", thread);
    return row;
}

static void give(struct world_row *row, const char *result, const char *data,
                 const char *sender)
{
    row->result = mem_strdup(result);
    row->data = data ? mem_strdup(data) : NULL;
    row->sender = sender ? mem_strdup(sender) : NULL;
}

static void fill_results(struct world *world)
{
    struct world_row *row;

    give(add_call(world, 0, "recv(c, 9)", "client"), "0", "", NULL);
    give(add_call(world, 0, "n = recv(c, 100)", "client"), "2", "hi", NULL);
    give(add_call(world, 1, "recv(conn, 100)", "server"), "12", "good morning", NULL);
    give(add_call(world, 1, "recvfrom(u, 100)", "server"), "26",
         "a line that is rather long", "192.168.0.110:5555");
    give(add_call(world, 0, "getsockname(c)", "client"), "0.0.0.0:0", NULL, NULL);
    give(add_call(world, 0, "getpeername(c)", "client"), "192.168.0.101:54384", NULL,
         NULL);
    give(add_call(world, 0, "getsockopt(c, SO_ERROR)", "client"), "0", NULL, NULL);
    row = add_row(world, ROW_RETURN, 1);
    row->text = mem_strdup("recv() = 5");
    give(row, "5", "hello", NULL);
    row = add_row(world, ROW_RETURN, 1);
    row->text = mem_strdup("recvfrom() = 5");
    give(row, "5", "hello", "192.168.0.110:5555");
    row = add_row(world, ROW_RETURN, 1);
    row->text = mem_strdup("recv() = 26");
    give(row, "26", "a line that is rather long", NULL);
}

static void what_calls_gave_is_shown(void **state)
{
    struct world narrow = two_hosts(), wide = two_hosts();

    (void)state;
    fill_results(&narrow);
    assert_ladder(&narrow, &plain, 48, 16,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             │ recv(c, 9) = 0     │\n"
                  "             │ recv() = 2 “hi”    │\n"
                  "             │    recv(conn, 100) │\n"
                  "             │     “good morning” │\n"
                  "             │   recvfrom(u, 100) │\n"
                  "             │ = 26 “a line tha…” ┤\n"
                  "             │ getsockname(c)     │\n"
                  "             │ = 0.0.0.0:0        │\n"
                  "             │ getpeername(c)     │\n"
                  "             ├ 192.168.0.1…:54384 │\n"
                  "             │ SO_ERROR = 0       │\n"
                  "             │ recv() = 5 “hello” ┤\n"
                  "             │            “hello” │\n"
                  "             │        recv() = 26 │\n");
    fill_results(&wide);
    /* clang-format off */
    assert_ladder(&wide, &plain, 78, 12,
                  "           client                                           server\n"
                  "        192.168.0.110                                    192.168.0.101\n"
                  "              │ recv(c, 9) = 0                                 │\n"
                  "              │ n = recv(c, 100) = 2 “hi”                      │\n"
                  "              │            recv(conn, 100) = 12 “good morning” │\n"
                  "              │   recvfrom() = 26 “a line that is rather long” │\n"
                  "              │ getsockname(c) = 0.0.0.0:0                     │\n"
                  "              │ getpeername(c) = 192.168.0.101:54384           │\n"
                  "              │ getsockopt(c, SO_ERROR) = 0                    │\n"
                  "              │                             recv() = 5 “hello” │\n"
                  "              │ recvfrom() = 5 “hello” from 192.168.0.110:5555 ┤\n"
                  "              │       recv() = 26 “a line that is rather long” │\n");
    /* clang-format on */
}

/* Two threads look alike without their names; a variable can be missed. */
static void the_thread_is_named_before_the_variable(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_call(&world, 1, "n = recv(conn, 100)", "server.1");
    add_call(&world, 1, "connection = accept(s)", "server/web");
    add_call(&world, 1, "connection = accept(s)", "server/a_long_name");
    add_call(&world, 1, "n = recv(conn, 100)", "server");
    snprintf(add_row(&world, ROW_RETURN, 1)->thread, THREAD_TEXT, "server.2");
    vec_last(&world.rows)->text = mem_strdup("recv() = 11");
    snprintf(add_row(&world, ROW_HOST, 1)->thread, THREAD_TEXT, "server/child");
    vec_last(&world.rows)->text = mem_strdup("SIGKILL");
    assert_ladder(&world, &plain, 48, 8,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             │   server.1: recv() │\n"
                  "             │      web: accept() │\n"
                  "             │           accept() │\n"
                  "             │         n = recv() │\n"
                  "             │     server.2: = 11 │\n"
                  "             │           ─ child: SIGKILL ─\n");
}

static void options_are_named(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_call(&world, 0, "setsockopt(c, SO_KEEPALIVE, 1)", "client");
    add_call(&world, 1, "setsockopt(c, TCP_KEEPCNT, 2)", "server.1");
    add_call(&world, 0, "setsockopt(c, SO_LINGER, \"on,0\")", "client");
    assert_ladder(&world, &plain, 48, 5,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             │ SO_KEEPALIVE = 1   │\n"
                  "             │    TCP_KEEPCNT = 2 │\n"
                  "             ├ SO_LINGER = \"on,0\" │\n");
}

/* A state stands at the call that brought it, not at the next one. */
static void a_state_stands_at_its_call(void **state)
{
    struct world world = two_hosts();

    (void)state;
    add_call(&world, 1, "s = socket()", "server")->cookie = 1;
    add_state(&world, 1, STATE_CLOSED);
    vec_last(&world.rows)->cookie = 1;
    add_call(&world, 1, "bind(s, *:6666)", "server")->cookie = 1;
    add_call(&world, 1, "listen(s, 5)", "server")->cookie = 1;
    add_state(&world, 1, STATE_LISTEN);
    vec_last(&world.rows)->cookie = 1;
    add_call(&world, 1, "accept(s)", "server")->cookie = 1;
    add_state(&world, 1, STATE_CLOSED); /* not what accept() is about */
    vec_last(&world.rows)->cookie = 2;
    add_call(&world, 0, "c = socket()", "client")->cookie = 3;
    add_state(&world, 0, STATE_CLOSED);
    vec_last(&world.rows)->cookie = 3;
    add_call(&world, 0, "connect()", "client")->cookie = 3;
    assert_ladder(&world, &plain, 48, 10,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  "             │       s = socket() │ CLOSED\n"
                  "             │    bind(s, *:6666) │\n"
                  "             │       listen(s, 5) │ LISTEN\n"
                  "             │          accept(s) │\n"
                  "             │                    │ CLOSED\n"
                  "      CLOSED │ c = socket()       │\n"
                  "             │ connect()          │\n"
                  "             │                    │\n");
}

static void states_say_whose_they_are_where_there_is_room(void **state)
{
    struct world world = two_hosts();

    (void)state;
    for (unsigned host = 0; host < 2; host++) {
        add_state(&world, host, STATE_CLOSED);
        vec_last(&world.rows)->text = mem_strdup("conn");
        add_state(&world, host, STATE_CLOSED);
        vec_last(&world.rows)->text = mem_strdup("a_long_name");
        add_state(&world, host, STATE_CLOSED);
        vec_last(&world.rows)->text = mem_strdup(":42000");
        add_state(&world, host, STATE_CLOSED);
        vec_last(&world.rows)->text = mem_strdup(":80");
        add_state(&world, host, STATE_ESTABLISHED);
        vec_last(&world.rows)->text = mem_strdup(":42000");
    }
    assert_ladder(&world, &plain, 48, 12,
                  "          client               server\n"
                  "       192.168.0.110        192.168.0.101\n"
                  " CLOSED conn │                    │\n"
                  "      CLOSED │                    │\n"
                  "CLOSED 42000 │                    │\n"
                  "  CLOSED :80 │                    │\n"
                  " ESTABLISHED │                    │\n"
                  "             │                    │ CLOSED conn\n"
                  "             │                    │ CLOSED\n"
                  "             │                    │ CLOSED 42000\n"
                  "             │                    │ CLOSED :80\n"
                  "             │                    │ ESTABLISHED\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_calls_gave_is_shown),
        cmocka_unit_test(the_thread_is_named_before_the_variable),
        cmocka_unit_test(options_are_named),
        cmocka_unit_test(a_state_stands_at_its_call),
        cmocka_unit_test(states_say_whose_they_are_where_there_is_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
