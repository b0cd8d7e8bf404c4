#include "lab/inject.h"

#include <errno.h>

#include "kernel/link.h"
#include "lab/lab_private.h"
#include "model/packet_build.h"

/* What a forged segment says it has room for. */
#define WINDOW 65535

/* The number that `next` stands for, and what is added to it. For an acknowledgment
 * from -> to is the receiver's own direction: where nothing of it has arrived (a forger
 * sees no answer), all that the receiver has sent. */
static int resolve(struct lab *lab, const struct inject_number *number,
                   const struct endpoint *from, const struct endpoint *to, bool ack,
                   uint32_t *out, struct err *err)
{
    uint32_t next = 0;

    if (number->next && !wire_expected(&lab->wire, from, to, &next) &&
        !(ack && wire_sent(&lab->wire, from, to, &next))) {
        char first[ENDPOINT_TEXT], second[ENDPOINT_TEXT];

        return err_set(err, -ENOENT,
                       "no segment between %s and %s was seen: `next` is not known",
                       endpoint_print(from, first), endpoint_print(to, second));
    }
    *out = next + number->value;
    return 0;
}

int lab_inject(struct lab *lab, const struct injection *injection, struct err *err)
{
    struct tcp_segment segment = {.from = injection->from,
                                  .to = injection->to,
                                  .flags = injection->flags,
                                  .window = WINDOW,
                                  .data = injection->data,
                                  .data_len = injection->data_len};
    int result = 0;

    for (unsigned i = 0; i < injection->times && result == 0; i++) {
        struct buf frame = {0};

        segment.from.port = (uint16_t)(injection->from.port + i);
        result = resolve(lab, &injection->seq, &segment.from, &segment.to, false,
                         &segment.seq, err);
        if (result == 0 && (segment.flags & TCP_ACK))
            result = resolve(lab, &injection->ack, &segment.to, &segment.from, true,
                             &segment.ack, err);
        if (result == 0)
            result = packet_build_tcp(&segment, link_mac, &frame);
        if (result == 0)
            frames_inject(lab, frame.data, frame.len);
        buf_free(&frame);
    }
    return result;
}
