/* export: what was seen, in forms that others can use. No file is touched; one thread at
 * a time.
 *
 * What is drawn on the screen and what is saved are the same canvas: a picture in a
 * handout cannot differ from what a class has seen.
 */
#ifndef SOCKETARIUM_EXPORT_EXPORT_H
#define SOCKETARIUM_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/event.h"
#include "model/page.h"
#include "model/world.h"
#include "view/canvas.h"
#include "view/theme.h"

/* Appends the canvas as plain text: no spaces at the end of a line, no empty lines at
 * the end. */
void export_text(const struct canvas *canvas, struct buf *out);

/* Appends the canvas as a whole SVG file. Each cell stands at its column, whatever font
 * the reader has; lines and arrows are drawn. SCHEME_AUTO follows the reader's own
 * choice of light or dark, and is light where nobody asks. */
void export_svg(const struct canvas *canvas, enum scheme scheme, struct buf *out);

/* Appends the world as JSON, one object a line; the manual has the keys. First the
 * moment, then hosts, sockets, packets (a copy that joined another is told there), and
 * threads. */
void export_json(const struct world *world, struct buf *out);

/* Appends a capture for Wireshark, tcpdump and others (libpcap's format, nanoseconds):
 * each packet of the events once, as it entered the wire, at the kernel's receive time.
 * 0 or a negative errno with err. */
int export_pcap(const struct event *events, size_t count, struct buf *out,
                struct err *err);

struct handout_look {
    bool answers; /* a section at the end says what was right */
    bool ascii;
};

/* Appends the lesson as a handout in Markdown: its prose, its questions with empty
 * boxes, and below each page what happened on it (as far as the events go), as a ladder
 * and a table. 0, or -EINVAL with err when an event names what does not exist; *failed
 * is its index. */
int export_handout(const struct lesson *lesson, const struct event *events, size_t count,
                   const struct handout_look *look, struct buf *out, size_t *failed,
                   struct err *err);

#endif
