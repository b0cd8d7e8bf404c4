/* home: pictures of the list, at the sizes that people have. */
#include "home_scene.h"

/* The pictures are wider than the code may be. */
/* clang-format off */

static void narrow(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 2);
    assert_home(&home, 80, 24, false,
        " Socketarium                                                  4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "  Start\n"
        "    0  First look                                ✓ done         core   3 min\n"
        "\n"
        "  UDP, without connections\n"
        "    8  Connected UDP, and nobody home                           more   12 min\n"
        "\n"
        "  Opening a TCP connection\n"
        " >  9  The three-way handshake                   page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by four-tuple                             core   15 min\n"
        "\n"
        "  Without a lesson\n"
        "       The free lab\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        " Before TCP carries the first byte, three packets cross the wire: SYN, SYN+ACK,\n"
        " ACK. We stop each of them and look at both ends.\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void narrow_in_ascii(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 2);
    assert_home(&home, 80, 24, true,
        " Socketarium                                                  4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "--------------------------------------------------------------------------------\n"
        "  Start\n"
        "    0  First look                                v done         core   3 min\n"
        "\n"
        "  UDP, without connections\n"
        "    8  Connected UDP, and nobody home                           more   12 min\n"
        "\n"
        "  Opening a TCP connection\n"
        " >  9  The three-way handshake                   page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by four-tuple                             core   15 min\n"
        "\n"
        "  Without a lesson\n"
        "       The free lab\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "\n"
        "--------------------------------------------------------------------------------\n"
        " Before TCP carries the first byte, three packets cross the wire: SYN, SYN+ACK,\n"
        " ACK. We stop each of them and look at both ends.\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void wide(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 2);
    assert_home(&home, 120, 36, false,
        " Socketarium                                                                                          4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────┬───────────────────────────────────────────────\n"
        "  Start                                                                 │ The three-way handshake\n"
        "    0  First look                        ✓ done         core   3 min    │ core, 15 min   page 2 of 3\n"
        "                                                                        │\n"
        "  UDP, without connections                                              │ Before TCP carries the first byte, three\n"
        "    8  Connected UDP, and nobody home                   more   12 min   │ packets cross the wire: SYN, SYN+ACK, ACK. We\n"
        "                                                                        │ stop each of them and look at both ends.\n"
        "  Opening a TCP connection                                              │\n"
        " >  9  The three-way handshake           page 2 of 3    core   15 min   │ Pages\n"
        "   10  Demultiplexing by four-tuple                     core   15 min   │  ✓  1 The server waits\n"
        "                                                                        │  ▶  2 The client calls\n"
        "  Without a lesson                                                      │     3 The server answers\n"
        "       The free lab                                                     │\n"
        "                                                                        │ Questions: 2 of 5 answered: 1 at the first\n"
        "                                                                        │ try, 1 shown\n"
        "                                                                        │ No task solved\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "                                                                        │\n"
        "────────────────────────────────────────────────────────────────────────┴───────────────────────────────────────────────\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void wide_in_ascii(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 2);
    assert_home(&home, 120, 36, true,
        " Socketarium                                                                                          4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "------------------------------------------------------------------------+-----------------------------------------------\n"
        "  Start                                                                 | The three-way handshake\n"
        "    0  First look                        v done         core   3 min    | core, 15 min   page 2 of 3\n"
        "                                                                        |\n"
        "  UDP, without connections                                              | Before TCP carries the first byte, three\n"
        "    8  Connected UDP, and nobody home                   more   12 min   | packets cross the wire: SYN, SYN+ACK, ACK. We\n"
        "                                                                        | stop each of them and look at both ends.\n"
        "  Opening a TCP connection                                              |\n"
        " >  9  The three-way handshake           page 2 of 3    core   15 min   | Pages\n"
        "   10  Demultiplexing by four-tuple                     core   15 min   |  v  1 The server waits\n"
        "                                                                        |  >  2 The client calls\n"
        "  Without a lesson                                                      |     3 The server answers\n"
        "       The free lab                                                     |\n"
        "                                                                        | Questions: 2 of 5 answered: 1 at the first\n"
        "                                                                        | try, 1 shown\n"
        "                                                                        | No task solved\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "                                                                        |\n"
        "------------------------------------------------------------------------+-----------------------------------------------\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void widest(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 0);
    assert_home(&home, 200, 50, false,
        " Socketarium                                                                                                                                                                          4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┬───────────────────────────────────────────────────────────────────────────────\n"
        "  Start                                                                                                                 │ First look\n"
        " >  0  First look                                                                        ✓ done         core   3 min    │ core, 3 min   ✓ done\n"
        "                                                                                                                        │\n"
        "  UDP, without connections                                                                                              │ The screen in three minutes.\n"
        "    8  Connected UDP, and nobody home                                                                   more   12 min   │\n"
        "                                                                                                                        │ Pages\n"
        "  Opening a TCP connection                                                                                              │  ✓  1 The screen\n"
        "    9  The three-way handshake                                                           page 2 of 3    core   15 min   │  ✓  2 One step\n"
        "   10  Demultiplexing by four-tuple                                                                     core   15 min   │\n"
        "                                                                                                                        │ Questions: 1 of 1 answered: 1 at the first try\n"
        "  Without a lesson                                                                                                      │\n"
        "       The free lab                                                                                                     │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "                                                                                                                        │\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┴───────────────────────────────────────────────────────────────────────────────\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void widest_in_ascii(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 0);
    assert_home(&home, 200, 50, true,
        " Socketarium                                                                                                                                                                          4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "------------------------------------------------------------------------------------------------------------------------+-------------------------------------------------------------------------------\n"
        "  Start                                                                                                                 | First look\n"
        " >  0  First look                                                                        v done         core   3 min    | core, 3 min   v done\n"
        "                                                                                                                        |\n"
        "  UDP, without connections                                                                                              | The screen in three minutes.\n"
        "    8  Connected UDP, and nobody home                                                                   more   12 min   |\n"
        "                                                                                                                        | Pages\n"
        "  Opening a TCP connection                                                                                              |  v  1 The screen\n"
        "    9  The three-way handshake                                                           page 2 of 3    core   15 min   |  v  2 One step\n"
        "   10  Demultiplexing by four-tuple                                                                     core   15 min   |\n"
        "                                                                                                                        | Questions: 1 of 1 answered: 1 at the first try\n"
        "  Without a lesson                                                                                                      |\n"
        "       The free lab                                                                                                     |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "                                                                                                                        |\n"
        "------------------------------------------------------------------------------------------------------------------------+-------------------------------------------------------------------------------\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

static void smallest(void **state)
{
    struct home home = scene_home();

    (void)state;
    home_select(&home, 4);
    assert_home(&home, 60, 15, false,
        " Socketarium                              4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────\n"
        "    8  Connected UDP, and n…                more   12 min\n"
        "\n"
        "  Opening a TCP connection\n"
        "    9  The three-way handsh… page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by fo…                core   15 min\n"
        "\n"
        "  Without a lesson\n"
        " >     The free lab\n"
        "────────────────────────────────────────────────────────────\n"
        " Hosts, wire and calls of your own.\n"
        "\n"
        " Enter resume at page 2   q leave\n");
    home_select(&home, 1);
    assert_home(&home, 60, 15, false,
        " Socketarium                              4 lessons, 1 done\n"
        " A real network in a box, with packets that you can stop.\n"
        "────────────────────────────────────────────────────────────\n"
        "  UDP, without connections\n"
        " >  8  Connected UDP, and n…                more   12 min\n"
        "\n"
        "  Opening a TCP connection\n"
        "    9  The three-way handsh… page 2 of 3    core   15 min\n"
        "   10  Demultiplexing by fo…                core   15 min\n"
        "\n"
        "  Without a lesson\n"
        "────────────────────────────────────────────────────────────\n"
        " connect() on a UDP socket sends nothing.\n"
        "\n"
        " Enter resume at page 2   q leave\n");
    home_free(&home);
}

/* clang-format on */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narrow),   cmocka_unit_test(narrow_in_ascii),
        cmocka_unit_test(wide),     cmocka_unit_test(wide_in_ascii),
        cmocka_unit_test(widest),   cmocka_unit_test(widest_in_ascii),
        cmocka_unit_test(smallest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
