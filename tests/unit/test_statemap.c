#include "map_world.h"

#include <stdlib.h>

#include "base/clock.h"

static const struct statemap_look plain = {0};

static struct canvas draw(const struct world *world, const struct statemap_look *look,
                          int width, int height)
{
    struct canvas canvas;

    canvas_init(&canvas, width, height);
    statemap_draw(world, look, &canvas, canvas_all(&canvas));
    return canvas;
}

/* Frees the world. */
static void assert_map(struct world *world, const struct statemap_look *look, int width,
                       int height, int lines, const char *picture)
{
    struct canvas canvas;

    canvas_init(&canvas, width, height);
    assert_int_equal(statemap_draw(world, look, &canvas, canvas_all(&canvas)), lines);
    assert_picture(&canvas, picture);
    canvas_free(&canvas);
    world_free(world);
}

/* clang-format off */
static void handshake_on_80_columns(void **state)
{
    struct world world = map_world();

    (void)state;
    map_handshake(&world, false);
    assert_map(&world, &plain, 78, 20, 20,
               "                                [   CLOSED    ]═════════ connect() ═════════╗\n"
               "                        listen() ║ ▲ CLOSE   ▲                              ║\n"
               "                                 ║ │         └──── CLOSE / delete TCB ────┐ ║\n"
               "                                 ▼ │ ● server s                           │ ║\n"
               "   ╔═══════════ SYN ════════════[   LISTEN    ]                           │ ║\n"
               "   ║                                                                      │ ║\n"
               "   ▼ ● server :6666                                                       │ ▼\n"
               "  [SYN-RECEIVED ]◀────────── rcv SYN / snd SYN,ACK ────────────[  SYN-SENT   ]\n"
               "   │ CLOSE     │                                                      ║\n"
               "   │           │                  ● client c                          ║\n"
               "   │           └rcv ACK of SYN─▶[ ESTABLISHED ]◀══════ SYN,ACK ═══════╝\n"
               "   │           ┌─ CLOSE / snd FIN ─┘       └ rcv FIN / snd ACK ─┐\n"
               "   ▼           ▼                                                ▼\n"
               "┌─[ FIN-WAIT-1  ]── rcv FIN / snd ACK ─┐                       [ CLOSE-WAIT  ]\n"
               "│  │ rcv ACK of FIN / x                │                        │ CLOSE\n"
               "│  ▼                                   ▼                        ▼\n"
               "│ [ FIN-WAIT-2  ]               [   CLOSING   ]                [  LAST-ACK   ]\n"
               "│        └── rcv FIN / snd ACK ──┐     │ rcv ACK of FIN / x     │ ACK of FIN\n"
               "│                                ▼     ▼                        ▼\n"
               "└───── rcv FIN,ACK of FIN ─────▶[  TIME-WAIT  ]─ Timeout=2MSL ▶[   CLOSED    ]\n");
}

static void farewell_in_a_pane(void **state)
{
    struct world world = map_world();

    (void)state;
    map_farewell(&world);
    assert_map(&world, &plain, 60, 20, 20,
               "                       [   CLOSED    ]═════ connect() ════╗\n"
               "               listen() ║ ▲ CLOSE   ▲                     ║\n"
               "                        ║ │         └CLOSE / delete TCB─┐ ║\n"
               "                        ▼ │ ● server s                  │ ║\n"
               "   ╔══════ SYN ════════[   LISTEN    ]                  │ ║\n"
               "   ║                                                    │ ║\n"
               "   ▼                                                    │ ▼\n"
               "  [SYN-RECEIVED ]◀─ rcv SYN / snd SYN,ACK ───[  SYN-SENT   ]\n"
               "   │ CLOSE     ║                                    ║\n"
               "   │           ║                                    ║\n"
               "   │           ╚ ACK ═▶[ ESTABLISHED ]◀══ SYN,ACK ══╝\n"
               "   │           ╔ close() ═╝       ╚═══ FIN ═══╗\n"
               "   ▼           ▼                              ▼\n"
               "┌─[ FIN-WAIT-1  ]── rcv FIN ──┐              [ CLOSE-WAIT  ]\n"
               "│  ║ ACK of FIN               │               ║ close()\n"
               "│  ▼                          ▼               ▼\n"
               "│ [ FIN-WAIT-2  ]      [   CLOSING   ]       [  LAST-ACK   ]\n"
               "│        ╚════ FIN ═════╗     │ ACK of FIN    ║ ACK of FIN\n"
               "│                       ▼     ▼ ● client c    ▼ ● server x\n"
               "└ rcv FIN,ACK of FIN ─▶[  TIME-WAIT  ]─2MSL─▶[   CLOSED    ]\n");
}

static void boxes_on_120_columns(void **state)
{
    struct world world = map_world();

    (void)state;
    map_farewell(&world);
    assert_map(&world, &plain, 118, 34, 34,
               "                                                  ┌─────────────────┐\n"
               "                                                  │     CLOSED      │══════════════════ connect() ══════════════════╗\n"
               "                                                  └─────────────────┘                                               ║\n"
               "                                          listen() ║ ▲ CLOSE       ▲                                                ║\n"
               "                                                   ║ │             └───────────── CLOSE / delete TCB ─────────────┐ ║\n"
               "                                                   ▼ │ ● server s                                                 │ ║\n"
               "                                                  ╔═════════════════╗                                             │ ║\n"
               "   ╔════════════════════ SYN ═════════════════════║     LISTEN      ║                                             │ ║\n"
               "   ║                                              ╚═════════════════╝                                             │ ║\n"
               "   ║                                                                                                              │ ║\n"
               "   ▼                                                                                                              │ ▼\n"
               "  ┌─────────────────┐                                                                              ┌─────────────────┐\n"
               "  │  SYN-RECEIVED   │◀────────────────────────── rcv SYN / snd SYN,ACK ────────────────────────────│    SYN-SENT     │\n"
               "  └─────────────────┘                                                                              └─────────────────┘\n"
               "   │ CLOSE         ║                                                                                        ║\n"
               "   │               ║                                                                                        ║\n"
               "   │               ║                              ┌─────────────────┐                                       ║\n"
               "   │               ╚════════ ACK of SYN ═════════▶│   ESTABLISHED   │◀══════════════ SYN,ACK ═══════════════╝\n"
               "   │                                              └─────────────────┘\n"
               "   │               ╔═════════════ close() ═════════════╝       ╚═══════════════ FIN ════════════════╗\n"
               "   ▼               ▼                                                                                ▼\n"
               "  ┌─────────────────┐                                                                              ┌─────────────────┐\n"
               "┌─│   FIN-WAIT-1    │────────── rcv FIN / snd ACK ─────────┐                                       │   CLOSE-WAIT    │\n"
               "│ └─────────────────┘                                      │                                       └─────────────────┘\n"
               "│  ║ ACK of FIN                                            │                                        ║ close()\n"
               "│  ▼                                                       ▼                                        ▼\n"
               "│ ┌─────────────────┐                             ┌─────────────────┐                              ┌─────────────────┐\n"
               "│ │   FIN-WAIT-2    │                             │     CLOSING     │                              │    LAST-ACK     │\n"
               "│ └─────────────────┘                             └─────────────────┘                              └─────────────────┘\n"
               "│          ╚═════════════════ FIN ═════════════════╗       │ rcv ACK of FIN / x                     ║ ACK of FIN\n"
               "│                                                  ▼       ▼ ● client c                             ▼ ● server x\n"
               "│                                                 ╔═════════════════╗                              ╔═════════════════╗\n"
               "└──── rcv FIN,ACK of FIN / snd ACK (note 2) ─────▶║    TIME-WAIT    ║─ Timeout=2MSL / delete TCB ─▶║     CLOSED      ║\n"
               "                                                  ╚═════════════════╝                              ╚═════════════════╝\n");
}

/* Every arrow, with the figure's own words. */
static void whole_figure_in_a_large_area(void **state)
{
    struct world world = map_world();

    (void)state;
    map_handshake(&world, false);
    assert_map(&world, &plain, 120, 48, 46,
               "                                                   ┌─────────────────┐\n"
               "                                                   │     CLOSED      │═══════════════════ connect() ══════════════════╗\n"
               "                                                   └─────────────────┘                                                ║\n"
               "                                           listen() ║ ▲ CLOSE       ▲                                                 ║\n"
               "                                                    ║ │             └───────────── CLOSE / delete TCB ──────────────┐ ║\n"
               "                                                    ║ │                                                             │ ║\n"
               "                                                    ║ │                                                             │ ║\n"
               "                                                    ▼ │ ● server s                                                  │ ║\n"
               "                                                   ╔═════════════════╗                                              │ ║\n"
               "   ╔════════════════════ SYN ══════════════════════║     LISTEN      ║╌╌╌╌╌╌╌╌ SEND / snd SYN ╌╌╌╌╌╌╌╌┐             │ ║\n"
               "   ║                                               ╚═════════════════╝                                ┆             │ ║\n"
               "   ║                                                ▲                                                 ┆             │ ║\n"
               "   ║                                                ┆                                                 ┆             │ ║\n"
               "   ║               ┌╌╌╌╌╌╌╌ rcv RST (note 1) ╌╌╌╌╌╌╌┘                                                 ┆             │ ║\n"
               "   ▼ ● server      ┆                                                                                  ▼             │ ▼\n"
               "  ╔═════════════════╗                                                                                ┌─────────────────┐\n"
               "  ║  SYN-RECEIVED   ║◀─────────────────────────── rcv SYN / snd SYN,ACK ─────────────────────────────│    SYN-SENT     │\n"
               "  ╚═════════════════╝                                                                                └─────────────────┘\n"
               "   │ CLOSE         │                                                                                          ║\n"
               "   │               │                                                                                          ║\n"
               "   │               │                                                                                          ║\n"
               "   │               │                                   ● client c                                             ║\n"
               "   │               │                               ╔═════════════════╗                                        ║\n"
               "   │               └───── rcv ACK of SYN / x ─────▶║   ESTABLISHED   ║◀═══════════════ SYN,ACK ═══════════════╝\n"
               "   │                                               ╚═════════════════╝\n"
               "   │               ┌───────── CLOSE / snd FIN ──────────┘       └───────── rcv FIN / snd ACK ─────────┐\n"
               "   │               │                                                                                  │\n"
               "   │               │                                                                                  │\n"
               "   ▼               ▼                                                                                  ▼\n"
               "  ┌─────────────────┐                                                                                ┌─────────────────┐\n"
               "┌─│   FIN-WAIT-1    │────────── rcv FIN / snd ACK ──────────┐                                        │   CLOSE-WAIT    │\n"
               "│ └─────────────────┘                                       │                                        └─────────────────┘\n"
               "│  │ rcv ACK of FIN / x                                     │                                         │ CLOSE / snd FIN\n"
               "│  │                                                        │                                         │\n"
               "│  │                                                        │                                         │\n"
               "│  ▼                                                        ▼                                         ▼\n"
               "│ ┌─────────────────┐                              ┌─────────────────┐                               ┌─────────────────┐\n"
               "│ │   FIN-WAIT-2    │                              │     CLOSING     │                               │    LAST-ACK     │\n"
               "│ └─────────────────┘                              └─────────────────┘                               └─────────────────┘\n"
               "│          └────────── rcv FIN / snd ACK ───────────┐       │ rcv ACK of FIN / x                      │ rcv ACK of FIN\n"
               "│                                                   │       │                                         │\n"
               "│                                                   │       │                                         │\n"
               "│                                                   ▼       ▼                                         ▼\n"
               "│                                                  ┌─────────────────┐                               ┌─────────────────┐\n"
               "└───── rcv FIN,ACK of FIN / snd ACK (note 2) ─────▶│    TIME-WAIT    │── Timeout=2MSL / delete TCB ─▶│     CLOSED      │\n"
               "                                                   └─────────────────┘                               └─────────────────┘\n");
}

/* The path of one socket; the others' tokens stay. */
static void ascii_with_a_selected_socket(void **state)
{
    struct world world = map_world();
    struct statemap_look look = {0};
    struct canvas canvas;

    (void)state;
    map_farewell(&world);
    look.selected = map_sock(&world, 2);
    canvas_init(&canvas, 78, 20);
    canvas.ascii = true;
    statemap_draw(&world, &look, &canvas, canvas_all(&canvas));
    assert_picture(&canvas,
                   "                                [   CLOSED    ]========= connect() =========+\n"
                   "       passive OPEN / create TCB | ^ CLOSE   ^                              |\n"
                   "                                 | |         +---- CLOSE / delete TCB ----+ |\n"
                   "                                 v | * server s                           | |\n"
                   "   +-- rcv SYN / snd SYN,ACK ---[   LISTEN    ]                           | |\n"
                   "   |                                                                      | |\n"
                   "   v                                                                      | v\n"
                   "  [SYN-RECEIVED ]<---------- rcv SYN / snd SYN,ACK ------------[  SYN-SENT   ]\n"
                   "   | CLOSE     |                                                      |\n"
                   "   |           |                                                      |\n"
                   "   |           +rcv ACK of SYN->[ ESTABLISHED ]<====== SYN,ACK =======+\n"
                   "   |           +===== close() =====+       + rcv FIN / snd ACK -+\n"
                   "   v           v                                                v\n"
                   "+-[ FIN-WAIT-1  ]-- rcv FIN / snd ACK -+                       [ CLOSE-WAIT  ]\n"
                   "|  | ACK of FIN                        |                        | CLOSE\n"
                   "|  v                                   v                        v\n"
                   "| [ FIN-WAIT-2  ]               [   CLOSING   ]                [  LAST-ACK   ]\n"
                   "|        +========= FIN =========+     | rcv ACK of FIN / x     | ACK of FIN\n"
                   "|                                v     v * client c             v * server x\n"
                   "+----- rcv FIN,ACK of FIN ----->[  TIME-WAIT  ]- Timeout=2MSL >[   CLOSED    ]\n");
    assert_int_equal(element_at(&canvas, 43, 18), ELEMENT_SELECTED);
    assert_int_equal(element_at(&canvas, 66, 18), ELEMENT_GONE);
    canvas_free(&canvas);
    world_free(&world);
}

/* Of two sockets on one host only the selected one's path is bright. */
static void path_of_one_socket(void **state)
{
    struct world world = map_world();
    struct statemap_look look = {0};
    struct canvas canvas;

    (void)state;
    map_handshake(&world, true);
    look.selected = map_sock(&world, 3);
    canvas = draw(&world, &look, 78, 20);
    assert_int_equal(element_at(&canvas, 5, 4), ELEMENT_CHANGED); /* SYN */
    assert_int_equal(element_at(&canvas, 33, 2), ELEMENT_TEXT);    /* listen() */
    canvas_free(&canvas);
    look.selected = map_sock(&world, 1);
    canvas = draw(&world, &look, 78, 20);
    assert_int_equal(element_at(&canvas, 5, 4), ELEMENT_TEXT);
    assert_int_equal(element_at(&canvas, 33, 2), ELEMENT_CHANGED);
    canvas_free(&canvas);
    world_free(&world);
}

/* A RST has no line in the figure; nine tokens become a number. */
static void many_sockets_and_a_reset(void **state)
{
    struct world world = map_world();

    (void)state;
    map_handshake(&world, true);
    for (unsigned i = 10; i < 18; i++)
        map_add(&world, SERVER, i, STATE_ESTABLISHED, 6666, "kernel");
    map_reset(&world);
    map_move(&world, 2, STATE_CLOSED);
    map_sock(&world, 2)->gone = true;
    assert_map(&world, &plain, 78, 20, 20,
               "                                [   CLOSED    ]═════════ connect() ═════════╗\n"
               "                        listen() ║ ▲ CLOSE   ▲                              ║\n"
               "ESTABLISHED ═▶ CLOSED            ║ │         └──── CLOSE / delete TCB ────┐ ║\n"
               "  RST                            ▼ │ ● server s                           │ ║\n"
               "   ╔═══════════ SYN ════════════[   LISTEN    ]                           │ ║\n"
               "   ║                                                                      │ ║\n"
               "   ▼                                                                      │ ▼\n"
               "  [SYN-RECEIVED ]◀────────── rcv SYN / snd SYN,ACK ────────────[  SYN-SENT   ]\n"
               "   │ CLOSE     ║                                                      ║\n"
               "   │           ║                  ● 9 sockets                         ║\n"
               "   │           ╚═ ACK of SYN ══▶[ ESTABLISHED ]◀══════ SYN,ACK ═══════╝\n"
               "   │           ┌─ CLOSE / snd FIN ─┘       └ rcv FIN / snd ACK ─┐\n"
               "   ▼           ▼                                                ▼\n"
               "┌─[ FIN-WAIT-1  ]── rcv FIN / snd ACK ─┐                       [ CLOSE-WAIT  ]\n"
               "│  │ rcv ACK of FIN / x                │                        │ CLOSE\n"
               "│  ▼                                   ▼                        ▼\n"
               "│ [ FIN-WAIT-2  ]               [   CLOSING   ]                [  LAST-ACK   ]\n"
               "│        └── rcv FIN / snd ACK ──┐     │ rcv ACK of FIN / x     │ ACK of FIN\n"
               "│                                ▼     ▼                        ▼ ● client c\n"
               "└───── rcv FIN,ACK of FIN ─────▶[  TIME-WAIT  ]─ Timeout=2MSL ▶[   CLOSED    ]\n");
}
/* clang-format on */

static void assert_shows(struct world *world, const char *text)
{
    struct canvas canvas = draw(world, &plain, 78, 20);
    struct buf out = {0};

    canvas_text(&canvas, &out);
    if (!strstr(buf_text(&out), text))
        fail_msg("no '%s' in\n%s", text, buf_text(&out));
    buf_free(&out);
    canvas_free(&canvas);
    world_free(world);
}

static void causes_are_found(void **state)
{
    struct world world;

    (void)state;
    world = map_world(); /* nobody answered */
    map_add(&world, CLIENT, 1, STATE_CLOSED, 0, "client c");
    map_call(&world, CLIENT, "connect(c, 10.0.0.9:1)");
    map_move(&world, 1, STATE_SYN_SENT);
    map_move(&world, 1, STATE_CLOSED);
    assert_shows(&world, "═ timeout ═");
    world = map_world(); /* shutdown() sends the FIN too */
    map_add(&world, CLIENT, 1, STATE_ESTABLISHED, 1, "client c");
    map_call(&world, CLIENT, "shutdown(c, SHUT_WR)");
    map_call(&world, CLIENT, "recv(c, 100)");
    map_move(&world, 1, STATE_FIN_WAIT_1);
    assert_shows(&world, "═ shutdown() ═");
    world = map_world(); /* the other host's call is not the cause */
    map_add(&world, CLIENT, 1, STATE_ESTABLISHED, 1, "client c");
    map_row(&world, ROW_HOST, CLIENT)->text = mem_strdup("SIGKILL");
    map_call(&world, SERVER, "close(x)");
    map_move(&world, 1, STATE_FIN_WAIT_1);
    assert_shows(&world, "═ SIGKILL ═");
    world = map_world(); /* the RST came later, for another socket */
    map_add(&world, CLIENT, 1, STATE_SYN_SENT, 1, "client c");
    map_call(&world, CLIENT, "close(c)");
    map_move(&world, 1, STATE_CLOSED);
    map_reset(&world);
    assert_shows(&world, "═ close() ═");
}

static void causes_of_sudden_ends(void **state)
{
    struct world world;

    (void)state;
    world = map_world(); /* unread data: close() sent a RST */
    map_add(&world, SERVER, 1, STATE_LISTEN, 1, "server s");
    map_move(&world, 1, STATE_ESTABLISHED);
    map_call(&world, SERVER, "close(x)");
    map_move(&world, 1, STATE_CLOSED);
    assert_shows(&world, "\nESTABLISHED ═▶ CLOSED            │ │         └────"
                         " CLOSE / delete TCB ────┐ │\n  close() ");
    world = map_world(); /* an answer to the SYN+ACK never came */
    map_add(&world, SERVER, 1, STATE_CLOSED, 1, "server s");
    map_call(&world, SERVER, "listen(s, 5)");
    map_add(&world, SERVER, 2, STATE_LISTEN, 1, "kernel");
    map_move(&world, 2, STATE_SYN_RECEIVED);
    map_move(&world, 2, STATE_CLOSED);
    assert_shows(&world, "\n  timeout ");
    world = map_world(); /* a RST from long ago */
    map_add(&world, CLIENT, 1, STATE_TIME_WAIT, 1, "kernel");
    map_reset(&world);
    map_move(&world, 1, STATE_CLOSED);
    vec_last(&world.rows)->t_ns += 60 * NS_PER_S;
    assert_shows(&world, "═ 2MSL ═");
    world = map_world(); /* in one segment */
    map_add(&world, CLIENT, 1, STATE_FIN_WAIT_1, 1, "client c");
    map_move(&world, 1, STATE_TIME_WAIT);
    assert_shows(&world, "═ FIN,ACK of FIN ═");
    world = map_world(); /* a state was never seen */
    map_add(&world, SERVER, 1, STATE_LISTEN, 1, "server x");
    map_move(&world, 1, STATE_ESTABLISHED);
    assert_shows(&world, "\nLISTEN ═▶ ESTABLISHED");
    world = map_world();
    map_add(&world, SERVER, 1, STATE_CLOSED, 1, "server x");
    map_call(&world, SERVER, "listen(s, 5)");
    map_move(&world, 1, STATE_ESTABLISHED);
    assert_shows(&world, "\nCLOSED ═▶ ESTABLISHED            │ │         └────"
                         " CLOSE / delete TCB ────┐ │\n                      ");
}

/* Where a socket stands that is CLOSED, and how its name is shortened. */
static void tokens_find_their_place(void **state)
{
    struct world world = map_world();

    (void)state;
    map_add(&world, CLIENT, 1, STATE_ESTABLISHED, 5000, "client c");
    map_move(&world, 1, STATE_CLOSED); /* a RST; the program has not closed it yet */
    assert_shows(&world, "▼ ● client c\n");
    world = map_world();
    map_add(&world, CLIENT, 1, STATE_SYN_SENT, 5000, "client c");
    map_move(&world, 1, STATE_CLOSED);
    assert_shows(&world, "● client c [   CLOSED    ]");
    world = map_world();
    map_add(&world, SERVER, 1, STATE_LISTEN, 6666, "server s");
    map_move(&world, 1, STATE_CLOSED);
    map_sock(&world, 1)->gone = true;
    assert_shows(&world, "● server s [   CLOSED    ]");
    world = map_world();
    map_add(&world, CLIENT, 1, STATE_TIME_WAIT, 5000, "kernel");
    assert_shows(&world, "▼ ● client :5000 ");
    world = map_world(); /* two of them have no room for their ports */
    map_add(&world, CLIENT, 1, STATE_TIME_WAIT, 5000, "kernel");
    map_add(&world, SERVER, 2, STATE_TIME_WAIT, 6666, "kernel");
    assert_shows(&world, "▼ ● client  ● server ");
}

static void nothing_to_show(void **state)
{
    struct world world = map_world();

    (void)state;
    assert_map(&world, &plain, 78, 20, 1, "No TCP socket yet.\n");
    world = map_world();
    map_add(&world, CLIENT, 1, STATE_NONE, 53, "client u");
    world.socks.items[0].sock.proto = PROTO_UDP;
    assert_map(&world, &plain, 78, 20, 1, "No TCP socket yet.\n");
    world = map_world();
    map_handshake(&world, true);
    assert_map(&world, &plain, 56, 20, 20,
               "The state map needs 57 columns and 20 lines.\n");
    world = map_world();
    map_handshake(&world, true);
    assert_map(&world, &plain, 30, 3, 20, "The state map needs 57 column…\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handshake_on_80_columns),
        cmocka_unit_test(farewell_in_a_pane),
        cmocka_unit_test(boxes_on_120_columns),
        cmocka_unit_test(whole_figure_in_a_large_area),
        cmocka_unit_test(ascii_with_a_selected_socket),
        cmocka_unit_test(path_of_one_socket),
        cmocka_unit_test(many_sockets_and_a_reset),
        cmocka_unit_test(causes_are_found),
        cmocka_unit_test(causes_of_sudden_ends),
        cmocka_unit_test(tokens_find_their_place),
        cmocka_unit_test(nothing_to_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
