#include "view/segment.h"

#include <stdlib.h>

#include "base/printable.h"
#include "view/segment_parts.h"

#define TEXT_MOST 400   /* bytes of payload that are shown as text */
#define BYTES_MOST 2048 /* of the frame that are shown */
#define ROW_LARGE 16
#define ROW_SMALL 8
#define ROW_LARGE_COLUMNS 73 /* "0000  xx * 8  xx * 8  text" */

static const char *status_words(enum world_packet_status status)
{
    switch (status) {
    case ON_WIRE_HELD:
        return "held on the wire";
    case ON_WIRE_CROSSING:
        return "crossing the wire";
    case ON_WIRE_BACKGROUND:
        return "a resend that waits behind its answer";
    case ON_WIRE_DELIVERED:
        return "delivered";
    case ON_WIRE_DROPPED:
        return "dropped";
    }
    return "";
}

static void add_packet(struct facts *facts, const struct world_packet *packet)
{
    char *label = printable_line(packet->label ? packet->label : "");
    char *why = printable_line(packet->why ? packet->why : "");

    facts_pair_as(facts, ELEMENT_STATE, "Packet", "#%u %s, from %s to %s", packet->id,
                  label, packet->from, packet->to);
    facts_pair(facts, "It is", "%s%s%s%s%s", status_words(packet->status),
               why[0] ? ": " : "", why, packet->resend ? ", a resend" : "",
               packet->corrupted ? ", corrupted" : "");
    if (packet->copies > 1)
        facts_pair(facts, "Copies", "%u", packet->copies);
    free(label);
    free(why);
}

static void add_hex_row(struct facts *facts, const struct segment *segment, size_t at,
                        size_t per_row)
{
    struct buf text = {0};

    buf_printf(&text, "%04zx ", at);
    for (size_t i = 0; i < per_row; i++) {
        if (i % ROW_SMALL == 0)
            buf_putc(&text, ' ');
        if (at + i < segment->len)
            buf_printf(&text, "%02x ", segment->frame[at + i]);
        else
            buf_puts(&text, "   ");
    }
    buf_putc(&text, ' ');
    for (size_t i = 0; i < per_row && at + i < segment->len; i++) {
        uint8_t byte = segment->frame[at + i];

        buf_putc(&text, byte >= ' ' && byte <= '~' ? (char)byte : '.');
    }
    facts_line(facts, NULL, buf_text(&text), NULL);
    buf_free(&text);
}

static void add_bytes(struct facts *facts, const struct segment *segment)
{
    size_t per_row = facts->columns >= ROW_LARGE_COLUMNS ? ROW_LARGE : ROW_SMALL;
    char *title = mem_printf("All %zu bytes", segment->len);

    facts_head(facts, title);
    free(title);
    for (size_t at = 0; at < segment->len && at < BYTES_MOST; at += per_row)
        add_hex_row(facts, segment, at, per_row);
    if (segment->len > BYTES_MOST)
        facts_wide(facts, ELEMENT_TEXT, "and %zu more", segment->len - BYTES_MOST);
}

/* As text, as far as it is some. */
static void add_payload(struct facts *facts, const struct segment *segment)
{
    const struct packet *packet = &segment->packet->decoded;
    size_t at = packet->payload_offset, len = packet->payload_len;
    char *title, *text;

    if (!at || at >= segment->len)
        return;
    if (len > segment->len - at)
        len = segment->len - at;
    title = mem_printf("Payload, %zu byte%s", len, len == 1 ? "" : "s");
    text = printable_bytes(segment->frame + at, len > TEXT_MOST ? TEXT_MOST : len);
    facts_head(facts, title);
    facts_wide(facts, ELEMENT_CODE, "%s%s", text, len > TEXT_MOST ? " ..." : "");
    free(title);
    free(text);
}

int segment_draw(const struct world *world, const struct world_packet *packet,
                 const struct segment_look *look, struct canvas *canvas,
                 struct area area)
{
    struct segment segment = {.world = world,
                              .packet = packet,
                              .frame = (const uint8_t *)packet->frame,
                              .len = packet->frame ? packet->frame_len : 0,
                              .relative = look->relative};
    struct facts facts;

    facts_begin(&facts, area.width);
    add_packet(&facts, packet);
    if (segment.len) {
        segment_receiver(&facts, &segment);
        segment_transport(&facts, &segment);
        add_payload(&facts, &segment);
        segment_network(&facts, &segment);
        add_bytes(&facts, &segment);
    } else {
        char *summary = printable_line(packet->summary ? packet->summary : "");

        facts_pair(&facts, "In short", "%s", summary);
        facts_more(&facts, "Its bytes were not recorded.");
        free(summary);
    }
    return facts_draw(&facts, look->scroll, canvas, area);
}
