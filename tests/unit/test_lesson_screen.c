/* The whole screen of a lesson, at the sizes that people have. */
#include "lesson_scene.h"

/* The pictures are wider than the code may be. */
/* clang-format off */

/* The size of a projector, and of ssh. */
static void eighty_by_twenty_four(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    scene_draw(scene, 80, 24);
    assert_int_equal(element_at(&scene->canvas, 1, 23), ELEMENT_KEY);
    assert_int_equal(element_at(&scene->canvas, 5, 23), ELEMENT_TEXT);
    assert_true(lesson_pane_there(&scene->drawn, PANE_WIRE));
    assert_false(lesson_pane_there(&scene->drawn, PANE_SOURCE));
    assert_screen(scene, 80, 24,
        " 9 The handshake                    page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client calls ────────────┬─ Wire ─────────────────────────────────────────\n"
        " The client's program calls    │          client               server\n"
        " connect().                    │       192.168.0.110        192.168.0.101\n"
        "                               │             │       listen(s, 5) │\n"
        " ? The SYN is HELD. What does  │             │          accept(s) │ LISTEN\n"
        "   the server's kernel know?   │             │ connect()          │\n"
        "   1 Nothing                   │             ├─ SYN seq=0 ─▶ HELD │\n"
        "   2 A half-open connection    │    SYN-SENT │                    │\n"
        "                               │             │                    │\n"
        "                               │             │                    │\n"
        "                               │             │                    │\n"
        "                               │             │                    │\n"
        "                               │             │                    │\n"
        "─ Sockets in the kernel ───────┴────────────────────────────────────────────────\n"
        "   HOST   STATE        LOCAL               REMOTE              NOW\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666                            0 waiting, room 6\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again 0.4 s\n"
        " Connectionless: none\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
}

static void a_hundred_and_twenty_by_thirty_six(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    scene_draw(scene, 120, 36);
    assert_true(lesson_pane_there(&scene->drawn, PANE_SOURCE));
    assert_screen(scene, 120, 36,
        " 9 The handshake                                                            page 1/3   step 1 of 2   wire HOLD   live\n"
        "┌─ The client calls ──────────────┬─ Wire ───────────────────────────────────────────┬─ Programs ──────────────────────┐\n"
        "│ The client's program calls      │          client                 server           │ server: in accept() for 1 s     │\n"
        "│ connect().                      │       192.168.0.110          192.168.0.101       │   1 listen(s, 5)                │\n"
        "│                                 │             │         listen(s, 5) │             │ ▶ 2 accept(s)                   │\n"
        "│ ? The SYN is HELD. What does    │             │            accept(s) │ LISTEN      │                                 │\n"
        "│   the server's kernel know?     │             │ connect()            │             │                                 │\n"
        "│   1 Nothing                     │             ├─ SYN seq=0 ─▶ HELD   │             │                                 │\n"
        "│   2 A half-open connection      │    SYN-SENT │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │ client: in connect() for 1 s    │\n"
        "│                                 │             │                      │             │ ▶ 1 connect(c, 192.168.0.101:6… │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "│                                 │             │                      │             │                                 │\n"
        "├─ Sockets in the kernel ─────────┴──────────────────────────────────────────────────┴─────────────────────────────────┤\n"
        "│   HOST   STATE        LOCAL               REMOTE              NOW                      PROTO OWNER      RECV-Q SEND-Q│\n"
        "│ Listening                                                                                                            │\n"
        "│   server LISTEN       0.0.0.0:6666                            0 waiting, room for 6    tcp   server s        0      5│\n"
        "│ Connections                                                                                                          │\n"
        "│ + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again in 0.4 s     tcp   client c        0      1│\n"
        "│ Connectionless: none                                                                                                 │\n"
        "│                                                                                                                      │\n"
        "│                                                                                                                      │\n"
        "│                                                                                                                      │\n"
        "│                                                                                                                      │\n"
        "│                                                                                                                      │\n"
        "│                                                                                                                      │\n"
        "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘\n"
        " 1-2 answer   Space show answer   q leave\n");
}

static void two_hundred_by_fifty(void **state)
{
    (void)state;
    assert_screen(played(), 200, 50,
        " 9 The handshake                                                                                                                                            page 1/3   step 1 of 2   wire HOLD   live\n"
        "┌─ The client calls ─────────────────────────────────────────────────────┬─ Wire ───────────────────────────────────────────┬─ Programs ───────────────────────────────────────────────────────────────┐\n"
        "│ The client's program calls connect().                                  │          client                 server           │ server: blocked in accept() for 1 s                                      │\n"
        "│                                                                        │       192.168.0.110          192.168.0.101       │   1 listen(s, 5)                                                         │\n"
        "│ ? The SYN is HELD. What does the server's kernel know?                 │             │         listen(s, 5) │             │ ▶ 2 accept(s)                                                            │\n"
        "│   1 Nothing                                                            │             │            accept(s) │ LISTEN      │                                                                          │\n"
        "│   2 A half-open connection                                             │             │ connect()            │             │                                                                          │\n"
        "│                                                                        │             ├─ SYN seq=0 ─▶ HELD   │             │                                                                          │\n"
        "│                                                                        │    SYN-SENT │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │ client: blocked in connect() for 1 s                                     │\n"
        "│                                                                        │             │                      │             │ ▶ 1 connect(c, 192.168.0.101:6666)                                       │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "│                                                                        │             │                      │             │                                                                          │\n"
        "├─ Sockets in the kernel ────────────────────────────────────────────────┴───────────────────────────────────────────────┬─ States ────────────────────────────────────────────────────────────────────┤\n"
        "│   HOST   STATE        LOCAL               REMOTE              NOW                        PROTO OWNER      RECV-Q SEND-Q│                                [   CLOSED    ]═════════ connect() ════════╗ │\n"
        "│ Listening                                                                                                              │                        listen() ║ ▲ CLOSE   ▲                             ║ │\n"
        "│   server LISTEN       0.0.0.0:6666                            0 waiting, room for 6      tcp   server s        0      5│                                 ║ │         └─── CLOSE / delete TCB ────┐ ║ │\n"
        "│ Connections                                                                                                            │                                 ▼ │ ● server s                          │ ║ │\n"
        "│ + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again in 0.4 s       tcp   client c        0      1│    ┌─ rcv SYN / snd SYN,ACK ───[   LISTEN    ]                          │ ║ │\n"
        "│ Connectionless: none                                                                                                   │    │                                                                    │ ║ │\n"
        "│                                                                                                                        │    ▼                                                         ● client c │ ▼ │\n"
        "│                                                                                                                        │   [SYN-RECEIVED ]◀───────── rcv SYN / snd SYN,ACK ───────────[  SYN-SENT   ]│\n"
        "│                                                                                                                        │    │ CLOSE     │                                                    │       │\n"
        "│                                                                                                                        │    │           │                                                    │       │\n"
        "│                                                                                                                        │    │           └rcv ACK of SYN▶[ ESTABLISHED ]◀rcv SYN,ACK / snd ACK┘       │\n"
        "│                                                                                                                        │    │           ┌ CLOSE / snd FIN ─┘       └ rcv FIN / snd ACK ┐             │\n"
        "│                                                                                                                        │    ▼           ▼                                              ▼             │\n"
        "│                                                                                                                        │ ┌─[ FIN-WAIT-1  ]─ rcv FIN / snd ACK ─┐                      [ CLOSE-WAIT  ]│\n"
        "│                                                                                                                        │ │  │ rcv ACK of FIN / x               │                       │ CLOSE       │\n"
        "│                                                                                                                        │ │  ▼                                  ▼                       ▼             │\n"
        "│                                                                                                                        │ │ [ FIN-WAIT-2  ]              [   CLOSING   ]               [  LAST-ACK   ]│\n"
        "│                                                                                                                        │ │        └─ rcv FIN / snd ACK ──┐     │ rcv ACK of FIN / x    │ ACK of FIN  │\n"
        "│                                                                                                                        │ │                               ▼     ▼                       ▼             │\n"
        "│                                                                                                                        │ └──── rcv FIN,ACK of FIN ─────▶[  TIME-WAIT  ]─Timeout=2MSL─▶[   CLOSED    ]│\n"
        "│                                                                                                                        │                                                                             │\n"
        "└────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┴─────────────────────────────────────────────────────────────────────────────┘\n"
        " 1-2 answer   Space show answer   q leave\n");
}

/* The least that it takes. What does not fit is said to be there. */
static void sixty_by_fifteen(void **state)
{
    (void)state;
    assert_screen(played(), 60, 15,
        " 9 The handsha… page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client…  more ↓ ─┬─ Wire ─────────────────────────────\n"
        " The client's program  │       client         server\n"
        " calls connect().      │    192.168.0.110  192.168.0.101\n"
        "                       │          │    accept(s) │ LISTEN\n"
        " ? The SYN is HELD.    │          │ connect()    │\n"
        "   What does the       │          ├─ SYN ─▶ HELD │\n"
        "   server's kernel     │ SYN-SENT │              │\n"
        "─ Sockets in the kernel (2) ──────────────────────── more ↓\n"
        "   HOST   STATE        LOCAL              REMOTE\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.1…:41900 192.168.0.101:6666\n"
        " 1-2 answer   Space show answer   q leave\n");
}

static void too_small(void **state)
{
    (void)state;
    assert_screen(played(), 59, 24,
                  "Please make this window larger.\n"
                  "It is 59x24; Socketarium\n"
                  "needs at least 60x15.\n"
                  "q leaves.\n");
    assert_screen(played(), 25, 2,
                  "Please make this window l\n"
                  "It is 25x2; Socketarium\n");
}

/* The prose is a strip, and the wire has the whole width. */
static void three_hosts(void **state)
{
    struct lesson_scene *scene = played();

    (void)state;
    scene_event(scene, SCENE_HOST("attacker", "192.168.0.66"));
    assert_screen(scene, 80, 24,
        " 9 The handshake                    page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ The client calls ─────────────────────────────────────────────────────────────\n"
        " The client's program calls connect().\n"
        " ? The SYN is HELD. What does the server's kernel know?\n"
        "   1 Nothing\n"
        "   2 A half-open connection\n"
        "─ Wire ─────────────────────────────────────────────────────────────────────────\n"
        "           client                   server                  attacker\n"
        "        192.168.0.110            192.168.0.101            192.168.0.66\n"
        "              │           listen(s, 5) │                        │\n"
        "              │              accept(s) │ LISTEN                 │\n"
        "              │ connect()              │                        │\n"
        "              ├─ SYN seq=0 ─▶ HELD     │                        │\n"
        "     SYN-SENT │                        │                        │\n"
        "─ Sockets in the kernel ────────────────────────────────────────────────────────\n"
        "   HOST   STATE        LOCAL               REMOTE              NOW\n"
        " Listening\n"
        "   server LISTEN       0.0.0.0:6666                            0 waiting, room 6\n"
        " Connections\n"
        " + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again 0.4 s\n"
        " Connectionless: none\n"
        "\n"
        "\n"
        " 1-2 answer   Space show answer   q leave\n");
    scene = played();
    scene_event(scene, SCENE_HOST("attacker", "192.168.0.66"));
    assert_screen(scene, 120, 20,
        " 9 The handshake                                                            page 1/3   step 1 of 2   wire HOLD   live\n"
        "┌─ The client calls ───────────┬─ Wire ───────────────────────────────────────────────────────┬─ Programs ─────────────┐\n"
        "│ The client's program calls   │          client           server          attacker           │ server: in accept() f… │\n"
        "│ connect().                   │       192.168.0.110    192.168.0.101    192.168.0.66         │   1 listen(s, 5)       │\n"
        "│                              │             │   listen(s, 5) │                │              │ ▶ 2 accept(s)          │\n"
        "│ ? The SYN is HELD. What does │             │      accept(s) │ LISTEN         │              │                        │\n"
        "│   the server's kernel know?  │             │ connect()      │                │              │                        │\n"
        "│   1 Nothing                  │             ├SYN seq=0▶ HELD │                │              │                        │\n"
        "│   2 A half-open connection   │    SYN-SENT │                │                │              │                        │\n"
        "│                              │             │                │                │              │                        │\n"
        "│                              │             │                │                │              │                        │\n"
        "├─ Sockets in the kernel ──────┴──────────────────────────────────────────────────────────────┴────────────────────────┤\n"
        "│   HOST   STATE        LOCAL               REMOTE              NOW                      PROTO OWNER      RECV-Q SEND-Q│\n"
        "│ Listening                                                                                                            │\n"
        "│   server LISTEN       0.0.0.0:6666                            0 waiting, room for 6    tcp   server s        0      5│\n"
        "│ Connections                                                                                                          │\n"
        "│ + client SYN-SENT     192.168.0.110:41900 192.168.0.101:6666  sends again in 0.4 s     tcp   client c        0      1│\n"
        "│ Connectionless: none                                                                                                 │\n"
        "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘\n"
        " 1-2 answer   Space show answer   q leave\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighty_by_twenty_four),
        cmocka_unit_test(a_hundred_and_twenty_by_thirty_six),
        cmocka_unit_test(two_hundred_by_fifty),
        cmocka_unit_test(sixty_by_fifteen),
        cmocka_unit_test(too_small),
        cmocka_unit_test(three_hosts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
