#include <string.h>

#include "view/ladder_rows.h"

#define WIDE_COLUMNS 100 /* an area this wide has room for summaries, */
#define WIDE_ROOM 40     /* and so has an arrow with numbers in a narrower one */

/* The candidates for what stands on an arrow, the fullest first. */
enum wording {
    WORDING_SUMMARY,
    WORDING_NUMBERS,
    WORDING_NUMBER, /* the one that says most */
    WORDING_LABEL,
    WORDING_SHORT,
    WORDING_WORD, /* only with a mark: "DATA damaged" */
};

/* How often this segment has been on the wire, with this packet and what joined it. */
static uint32_t times_sent(const struct world *world, size_t index)
{
    const struct world_packet *packet = &world->packets.items[index];
    uint32_t count = packet->copies ? packet->copies : 1;

    if (!packet->resend && packet->status != ON_WIRE_BACKGROUND)
        return count;
    for (size_t i = 0; i < index; i++) {
        const struct world_packet *earlier = &world->packets.items[i];

        if (!earlier->joined && earlier->origin == PACKET_SENT &&
            strcmp(earlier->from, packet->from) == 0 &&
            packet_is_copy(&earlier->decoded, &packet->decoded))
            count += earlier->copies ? earlier->copies : 1;
    }
    return count;
}

static void add_marks(const struct world *world, size_t index, struct buf *out)
{
    const struct world_packet *packet = &world->packets.items[index];
    uint32_t count = times_sent(world, index);

    if (count > 1)
        buf_printf(out, " x%u", count);
    if (packet->origin == PACKET_DUPLICATED)
        buf_puts(out, " copy");
    if (packet->origin == PACKET_REPLAYED)
        buf_puts(out, " replay");
    if (packet->origin == PACKET_INJECTED)
        buf_puts(out, " forged");
    if (packet->corrupted)
        buf_puts(out, " damaged");
}

/* Appends the word of the summary that begins with `name`: " seq=0"; with `absolute` the
 * number as the segment has it. False if there is none. */
static bool add_number(const struct world_packet *packet, const char *name,
                       bool absolute, struct buf *out)
{
    const char *at = packet->summary ? strstr(packet->summary, name) : NULL;

    if (!at)
        return false;
    if (absolute)
        buf_printf(out, "%s%u", name,
                   strcmp(name, " seq=") == 0 ? packet->decoded.seq
                                              : packet->decoded.ack);
    else
        buf_add(out, at, 1 + strcspn(at + 1, " "));
    return true;
}

/* What an ACK says is which octet it waits for; of a SYN+ACK the first seq is always 0,
 * unless it is shown as it is on the wire. */
static bool add_main_number(const struct world_packet *packet, const char *label,
                            bool absolute, struct buf *out)
{
    bool ack = strcmp(label, "ACK") == 0 || (strcmp(label, "SYN+ACK") == 0 && !absolute);

    return (ack && add_number(packet, " ack=", absolute, out)) ||
           add_number(packet, " seq=", absolute, out);
}

/* Words of ICMP that are too long for an arrow in a narrow column. */
static const struct {
    const char *word, *brief;
} briefs[] = {
    {"unreachable", "unreach."}, {"administratively prohibited", "prohibited"},
    {"fragmentation", "frag."},  {"reassembly time exceeded", "reassembly"},
    {"destination", "dest."},
};

static void add_icmp(const char *label, struct buf *out)
{
    while (*label) {
        size_t len = 1;
        const char *words = NULL;

        for (size_t i = 0; i < sizeof(briefs) / sizeof(briefs[0]); i++) {
            if (strncmp(label, briefs[i].word, strlen(briefs[i].word)) == 0) {
                words = briefs[i].brief;
                len = strlen(briefs[i].word);
            }
        }
        buf_add(out, words ? words : label, words ? strlen(words) : len);
        label += len;
    }
}

/* "DATA 5 bytes" as "DATA 5", "ICMP port unreachable" as "port unreach.". */
static void add_short(const char *label, struct buf *out)
{
    size_t len = strlen(label);

    if (strncmp(label, "ICMP", 4) == 0 && strchr(label, ' ')) {
        add_icmp(strchr(label, ' ') + 1, out);
        return;
    }
    if (len > 6 && strcmp(label + len - 6, " bytes") == 0)
        len -= 6;
    else if (len > 5 && strcmp(label + len - 5, " byte") == 0)
        len -= 5;
    buf_add(out, label, len);
}

static bool word_label(const struct ladder_pen *pen, size_t index, int room,
                       enum wording wording, struct buf *out)
{
    const struct world_packet *packet = &pen->world->packets.items[index];
    const char *label = packet->label ? packet->label : "packet";
    bool roomy = pen->look->relative && room >= WIDE_ROOM && packet->summary &&
                 strstr(packet->summary, " seq=");
    bool wide = pen->area.width >= WIDE_COLUMNS || roomy;
    bool numbers = pen->look->relative || wide, absolute = pen->look->absolute;
    bool found = true;
    size_t before_marks;

    buf_clear(out);
    switch (wording) {
    case WORDING_SUMMARY:
        if (!wide || absolute || !packet->summary || !packet->summary[0])
            return false;
        buf_puts(out, packet->summary);
        break;
    case WORDING_NUMBERS:
        buf_puts(out, label);
        found = numbers && add_number(packet, " seq=", absolute, out);
        if (found)
            add_number(packet, " ack=", absolute, out);
        break;
    case WORDING_NUMBER:
        buf_puts(out, label);
        found = numbers && add_main_number(packet, label, absolute, out);
        break;
    case WORDING_LABEL:
        buf_puts(out, label);
        break;
    case WORDING_SHORT:
        add_short(label, out);
        break;
    case WORDING_WORD:
        buf_add(out, label, strcspn(label, " "));
        break;
    }
    before_marks = out->len;
    add_marks(pen->world, index, out);
    return found && (wording != WORDING_WORD || out->len > before_marks);
}

/* A number is worth more than the spaces around it, where the label is one word. A dash
 * of a resend must be seen. */
static bool number_is_tight(const struct ladder_pen *pen, size_t index, int room,
                            struct buf *out)
{
    const struct world_packet *packet = &pen->world->packets.items[index];
    int least = packet->resend ? 2 : 1;

    return packet->label && !strchr(packet->label, ' ') &&
           word_label(pen, index, room, WORDING_NUMBER, out) &&
           text_width(buf_text(out)) + least <= room;
}

bool ladder_label_fit(const struct ladder_pen *pen, size_t index, int room,
                      struct buf *out)
{
    struct buf cut = {0};
    int width;

    for (enum wording i = WORDING_SUMMARY; i <= WORDING_WORD; i++) {
        if (word_label(pen, index, room, i, out) &&
            text_width(buf_text(out)) + 4 <= room)
            return true;
        if (i == WORDING_NUMBER && number_is_tight(pen, index, room, out))
            return false;
    }
    for (enum wording i = WORDING_LABEL; i <= WORDING_WORD; i++)
        if (word_label(pen, index, room, i, out) &&
            text_width(buf_text(out)) + 1 <= room)
            return false;
    word_label(pen, index, room, WORDING_SHORT, out);
    if (room > 2) {
        buf_add(&cut, buf_text(out), text_prefix(buf_text(out), room - 2, &width));
        buf_puts(&cut, "…");
    }
    buf_free(out);
    *out = cut;
    return false;
}
