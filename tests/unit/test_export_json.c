#include "lesson_scene.h"

#include "export/export.h"

static void the_state_as_objects(void **state)
{
    struct lesson_scene *scene = played();
    struct buf out = {0};

    (void)state;
    export_json(&scene->world, &out);
    assert_string_equal(
        buf_text(&out),
        "{\"object\":\"moment\",\"t\":1.0,\"lesson\":null,\"kernel\":null,\"time\":null,"
        "\"program\":null,\"page\":1,\"pages\":3,\"step\":1,\"steps\":2,\"wire\":"
        "\"hold\"}\n"
        "{\"object\":\"host\",\"name\":\"client\",\"addresses\":[\"192.168.0.110\"],"
        "\"up\":true,\"plugged\":true,\"running\":false}\n"
        "{\"object\":\"host\",\"name\":\"server\",\"addresses\":[\"192.168.0.101\"],"
        "\"up\":true,\"plugged\":true,\"running\":false}\n"
        "{\"object\":\"socket\",\"host\":\"server\",\"id\":\"a\",\"proto\":\"tcp\","
        "\"state\":\"LISTEN\",\"local\":\"0.0.0.0:6666\",\"remote\":\"0.0.0.0:*\","
        "\"recvq\":0,\"sendq\":5,\"timer\":{\"kind\":\"none\",\"left\":null,"
        "\"retrans\":0},\"owner\":\"server s\",\"now\":\"0 waiting, room for 6\","
        "\"mark\":\"none\"}\n"
        "{\"object\":\"socket\",\"host\":\"client\",\"id\":\"b\",\"proto\":\"tcp\","
        "\"state\":\"SYN-SENT\",\"local\":\"192.168.0.110:41900\","
        "\"remote\":\"192.168.0.101:6666\",\"recvq\":0,\"sendq\":1,"
        "\"timer\":{\"kind\":\"resend\",\"left\":2.0,\"retrans\":0},"
        "\"owner\":\"client c\",\"now\":\"sends again in 2.0 s, SYN not yet "
        "acknowledged\",\"mark\":\"new\"}\n"
        "{\"object\":\"packet\",\"id\":1,\"from\":\"client\",\"to\":\"server\","
        "\"status\":\"held\",\"why\":null,\"label\":\"SYN\",\"summary\":\"SYN seq=0 "
        "win=64240\",\"copies\":1,\"of\":null,\"origin\":\"sent\",\"resend\":false,"
        "\"corrupted\":false,\"sent\":1.0}\n"
        "{\"object\":\"thread\",\"name\":\"server\",\"host\":\"server\",\"alive\":true,"
        "\"call\":\"accept\",\"args\":\"s\",\"status\":\"blocked\",\"result\":null,"
        "\"error\":null,\"demo\":null,\"since\":1.0}\n"
        "{\"object\":\"thread\",\"name\":\"client\",\"host\":\"client\",\"alive\":true,"
        "\"call\":\"connect\",\"args\":\"c, 192.168.0.101:6666\",\"status\":\"blocked\","
        "\"result\":null,\"error\":null,\"demo\":null,\"since\":1.0}\n");
    buf_free(&out);
    scene_free(scene);
}

/* What is in the world may have come from anywhere; a line of JSON stays one. */
static void strange_text_stays_in_its_string(void **state)
{
    struct lesson_scene *scene = played();
    struct world_sock *sock = &scene->world.socks.items[0];
    struct buf out = {0};

    (void)state;
    free(sock->owner);
    sock->owner = mem_strdup("a\"\n\xff");
    export_json(&scene->world, &out);
    assert_non_null(strstr(buf_text(&out), "\"owner\":\"a\\\"\\\\n\\\\xff\""));
    buf_free(&out);
    scene_free(scene);
}

static void an_empty_world_is_one_line(void **state)
{
    struct world world;
    struct buf out = {0};

    (void)state;
    world_init(&world);
    export_json(&world, &out);
    assert_string_equal(
        buf_text(&out),
        "{\"object\":\"moment\",\"t\":0.0,\"lesson\":null,\"kernel\":null,\"time\":null,"
        "\"program\":null,\"page\":0,\"pages\":0,\"step\":0,\"steps\":0,\"wire\":"
        "\"flow\"}\n");
    buf_free(&out);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_as_objects),
        cmocka_unit_test(strange_text_stays_in_its_string),
        cmocka_unit_test(an_empty_world_is_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
