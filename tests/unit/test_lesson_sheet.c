/* What has the lesson's screen for a while: glossary, notes, one socket, one packet. */
#include "lesson_scene.h"

#include "lesson/glossary_file.h"

/* The pictures are wider than the code may be. */
/* clang-format off */

static const char sheet_text[] =
    "# Sheets\n"
    "\n"
    "## The client calls\n"
    "\n"
    "A **segment** goes to a **Listener**, and **segments** come back; **nobody** knows\n"
    "the word *backlog* yet.\n"
    "\n"
    "<!-- note: Ask the room first.\n"
    "\n"
    "Then press Next. -->\n"
    "\n"
    "```lab\n"
    "client: connect(c, 192.168.0.101:6666)\n"
    "```\n"
    "\n"
    "Now the **backlog**.\n"
    "\n"
    "## No notes\n"
    "\n"
    "Text.\n";

static const char glossary_text[] =
    "# Glossary\n"
    "\n"
    "What is no term is passed over.\n"
    "\n"
    "**backlog**: how many connections may wait.\n"
    "\n"
    "**listener**: a socket in LISTEN.\n"
    "\n"
    "**segment**: what TCP sends at once, and what the wire holds here. It has a header\n"
    "of at least 20 bytes.\n";

static struct lesson_scene *sheet(enum lesson_sheet which)
{
    static struct glossary glossary;
    struct lesson_scene *scene = played();
    lesson_error_list errors = {0};

    glossary_clear(&glossary);
    glossary_read(glossary_text, strlen(glossary_text), &glossary);
    lesson_free(scene->lesson);
    scene->lesson = markdown_parse("a.md", sheet_text, strlen(sheet_text), &errors);
    assert_int_equal(errors.count, 0);
    scene->look.sheet = which;
    scene->look.glossary = &glossary;
    scene->look.footer = NULL;
    return scene;
}

/* Its memory belongs to no test. */
static int forget_glossary(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    glossary_clear((struct glossary *)scene->look.glossary);
    scene_free(scene);
    return 0;
}

/* Each term once, in the order of the page, as far as it is unfolded. */
static void glossary_begins_with_the_page(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    scene_event(scene, SCENE_PAGE("1"));
    assert_screen(scene, 60, 18,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Glossary ─────────────────────────────────────────────────\n"
        " On this page\n"
        " segment: what TCP sends at once, and what the wire holds\n"
        " here. It has a header of at least 20 bytes.\n"
        " listener: a socket in LISTEN.\n"
        "\n"
        " All terms\n"
        " backlog: how many connections may wait.\n"
        " listener: a socket in LISTEN.\n"
        " segment: what TCP sends at once, and what the wire holds\n"
        " here. It has a header of at least 20 bytes.\n");
}

static void glossary_unfolds_with_the_page(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    scene_draw(scene, 80, 24);
    assert_int_equal(scene->drawn.sheet_height, 21);
    assert_int_equal(scene->drawn.sheet_lines, 11);
    assert_false(lesson_pane_there(&scene->drawn, PANE_WIRE));
    assert_screen(scene, 80, 24,
        " 9 Sheets                           page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Glossary ─────────────────────────────────────────────────────────────────────\n"
        " On this page\n"
        " segment: what TCP sends at once, and what the wire holds here. It has a header\n"
        " of at least 20 bytes.\n"
        " listener: a socket in LISTEN.\n"
        " backlog: how many connections may wait.\n"
        "\n"
        " All terms\n"
        " backlog: how many connections may wait.\n"
        " listener: a socket in LISTEN.\n"
        " segment: what TCP sends at once, and what the wire holds here. It has a header\n"
        " of at least 20 bytes.\n");
}

/* On a wide screen its lines are no longer than 80 columns. */
static void glossary_is_not_too_wide(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    scene->world.lesson.page = 2;
    canvas_init(&scene->canvas, 120, 36);
    scene->canvas.ascii = true;
    lesson_screen_draw(scene->lesson, &scene->world, &scene->look, &scene->canvas,
                       &scene->drawn);
    assert_picture(&scene->canvas,
        " 9 Sheets                                                                   page 2/3   step 1 of 2   wire HOLD   live\n"
        "- Glossary -------------------------------------------------------------------------------------------------------------\n"
        " All terms\n"
        " backlog: how many connections may wait.\n"
        " listener: a socket in LISTEN.\n"
        " segment: what TCP sends at once, and what the wire holds here. It has a header\n"
        " of at least 20 bytes.\n");
    scene_free(scene);
}

static void without_a_glossary_the_sheet_is_empty(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    scene->look.glossary = NULL;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Glossary ─────────────────────────────────────────────────\n");
}

static void notes_are_the_speakers(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_NOTES);

    (void)state;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Notes for the speaker ────────────────────────────────────\n"
        " Ask the room first.\n"
        "\n"
        " Then press Next.\n");
    scene = sheet(SHEET_NOTES);
    scene->world.lesson.page = 2;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 2/3   step 1 of 2   wire HOLD   live\n"
        "─ Notes for the speaker ────────────────────────────────────\n"
        " This page has no notes.\n");
}

/* A page that the lesson does not have: of a recording of another text. */
static void a_page_that_is_not_there(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_NOTES);

    (void)state;
    scene->world.lesson.page = 9;
    scene_draw(scene, 60, 15);
    assert_int_equal(scene->drawn.sheet_lines, 1);
    scene->look.sheet = SHEET_GLOSSARY;
    scene_draw(scene, 60, 15);
    assert_int_equal(element_at(&scene->canvas, 1, 2), ELEMENT_GROUP);
    scene_free(scene);
}

/* The socket is found by its host and its id: another host's may have the same. */
static void one_socket(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_DETAILS);

    (void)state;
    scene->look.sock_host = 1;
    scene->look.cookie = 0xa;
    assert_screen(scene, 80, 24,
        " 9 Sheets                           page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ One socket ────────────────────────────────────────────────────────── more ↓ ─\n"
        "  Host           server\n"
        "  State          LISTEN\n"
        "                 ss says LISTEN, netstat LISTEN\n"
        "  It means       it waits for SYNs; accept() takes what is ready\n"
        "  Before         CLOSED\n"
        "  Now            0 waiting, room for 6\n"
        "\n"
        "  Endpoints\n"
        "  Protocol       TCP over IPv4\n"
        "  Local          any of its addresses: 0.0.0.0, port 6666\n"
        "  Remote         anybody: each client gets its own socket\n"
        "\n"
        "  Queues\n"
        "  RECV-Q         0 connections wait for accept()\n"
        "  SEND-Q         5: the backlog, so there is room for 6\n"
        "  Timer          none\n"
        "\n"
        "  Queues over time\n"
        "  RECV-Q         0 all the time\n"
        "\n"
        "  The same with ss, on its host\n");
    scene = sheet(SHEET_DETAILS);
    scene->look.sock_host = 0;
    scene->look.cookie = 0xa;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ One socket ───────────────────────────────────────────────\n"
        " The kernel no longer has this socket.\n");
}

static void a_sheet_is_scrolled(void **state)
{
    static const char more[] = "**more**: one more.\n";
    struct lesson_scene *scene = sheet(SHEET_GLOSSARY);

    (void)state;
    for (int i = 0; i < 6; i++)
        glossary_read(more, strlen(more), (struct glossary *)scene->look.glossary);
    scene->look.sheet_scroll = 5;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ Glossary ─────────────────────────────────────────────────\n"
        "\n"
        " All terms\n"
        " backlog: how many connections may wait.\n"
        " listener: a socket in LISTEN.\n"
        " segment: what TCP sends at once, and what the wire holds\n"
        " here. It has a header of at least 20 bytes.\n"
        " more: one more.\n"
        " more: one more.\n"
        " more: one more.\n"
        " more: one more.\n"
        " more: one more.\n"
        " more: one more.\n");
    scene = sheet(SHEET_DETAILS);
    scene->look.sock_host = 1;
    scene->look.cookie = 0xa;
    scene->look.sheet_scroll = 1000;
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ One socket ───────────────────────────────────────────────\n"
        "  Timer          none\n"
        "\n"
        "  Queues over time\n"
        "  RECV-Q         0 all the time\n"
        "\n"
        "  The same with ss, on its host\n"
        "  ss -tinemo state listening src 0.0.0.0:6666\n"
        "\n"
        "  Owner\n"
        "  Owner          server s\n"
        "  Inode          none: no program has a descriptor for it\n"
        "  Cookie         a: the kernel's name for it (sk: in ss -e)\n");
}

static void a_socket_that_has_gone(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_DETAILS);

    (void)state;
    scene->look.cookie = 0xb;
    scene_draw(scene, 80, 24);
    assert_true(scene->drawn.sheet_lines > 1);
    scene_event(scene, "\"event\":\"socket\",\"host\":\"client\",\"id\":\"b\",\"proto\":"
                       "\"tcp\",\"change\":\"vanished\",\"from\":\"SYN-SENT\","
                       "\"state\":\"CLOSED\"");
    scene_draw(scene, 80, 24); /* until the next step begins it is still shown */
    assert_true(scene->drawn.sheet_lines > 1);
    scene_event(scene, "\"event\":\"step\",\"page\":1,\"status\":\"started\"");
    scene_draw(scene, 80, 24);
    assert_int_equal(scene->drawn.sheet_lines, 1);
    scene_free(scene);
}

static void one_packet(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_SEGMENT);

    (void)state;
    scene->look.packet = 1;
    assert_screen(scene, 80, 24,
        " 9 Sheets                           page 1/3   step 1 of 2   wire HOLD   live\n"
        "─ One packet ───────────────────────────────────────────────────────────────────\n"
        "  Packet         #1 SYN, from client to server\n"
        "  It is          held on the wire\n"
        "  In short       SYN seq=0 win=64240\n"
        "                 Its bytes were not recorded.\n");
}

/* After a reset there are no packets. */
static void a_packet_that_has_gone(void **state)
{
    struct lesson_scene *scene = sheet(SHEET_SEGMENT);

    (void)state;
    scene->look.packet = 1;
    scene_event(scene, "\"event\":\"lab\",\"format\":1");
    assert_screen(scene, 60, 15,
        " 9 Sheets       page 1/3   step 1 of 2   wire FLOW   live\n"
        "─ One packet ───────────────────────────────────────────────\n"
        " This lab has no such packet.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glossary_begins_with_the_page),
        cmocka_unit_test(glossary_unfolds_with_the_page),
        cmocka_unit_test(glossary_is_not_too_wide),
        cmocka_unit_test(without_a_glossary_the_sheet_is_empty),
        cmocka_unit_test(notes_are_the_speakers),
        cmocka_unit_test(a_page_that_is_not_there),
        cmocka_unit_test(one_socket),
        cmocka_unit_test(a_sheet_is_scrolled),
        cmocka_unit_test(a_socket_that_has_gone),
        cmocka_unit_test(one_packet),
        cmocka_unit_test(a_packet_that_has_gone),
    };

    return cmocka_run_group_tests(tests, NULL, forget_glossary);
}
