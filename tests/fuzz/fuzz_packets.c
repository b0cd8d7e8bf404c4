/* Frames from anywhere: decoded, worded, and opened field by field. The first byte says
 * where the second frame begins, with which the first one is compared. */
#include <stdlib.h>
#include <string.h>

#include "../unit/journal_viewer.h"
#include "model/packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void enter(struct world *world, uint32_t id, const uint8_t *frame, size_t size)
{
    struct event event = {.seq = id, .kind = EVENT_PACKET};
    struct err err = {""};

    event.packet = (struct event_packet){
        .id = id, .action = PACKET_HELD, .from = "nobody", .to = "nobody"};
    event.packet.frame = mem_new(size ? size : 1, 1);
    memcpy(event.packet.frame, frame, size);
    event.packet.frame_len = (uint32_t)size;
    world_apply(world, &event, &err);
    event_clear(&event);
}

/* From memory of exactly its size, so that an over-read is seen. */
static struct packet decode(const uint8_t *frame, size_t size)
{
    uint8_t *copy = mem_new(size ? size : 1, 1);
    struct buf words = {0};
    struct packet packet;

    memcpy(copy, frame, size);
    if (packet_decode(copy, size, &packet) == 0) {
        packet_label(&packet, &words);
        packet_summary(&packet, 1, UINT32_MAX, &words);
        buf_puts(&words, packet_word(&packet));
    }
    free(copy);
    buf_free(&words);
    return packet;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t first = size ? data[0] % size : 0;
    struct packet one, other;
    struct lesson *lesson;
    struct world world;
    uint32_t seed = (uint32_t)size;

    if (size < 2)
        return 0;
    one = decode(data + 1, first);
    other = decode(data + 1 + first, size - 1 - first);
    packet_acknowledges(&one, &other);
    packet_is_copy(&one, &other);
    world_init(&world);
    enter(&world, 1, data + 1, first);
    enter(&world, 2, data + 1 + first, size - 1 - first);
    lesson = viewer_lesson(&(struct event){.kind = EVENT_WIRE});
    for (int i = 0; i < 4; i++)
        viewer_draw(lesson, &world, &seed);
    viewer_export(lesson, &world, NULL, 0);
    lesson_free(lesson);
    world_free(&world);
    return 0;
}
