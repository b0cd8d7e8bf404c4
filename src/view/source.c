#include "view/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/printable.h"

static void add_duration(int64_t ns, struct buf *out)
{
    long long seconds = (long long)(ns / NS_PER_S);

    if (seconds < 60)
        buf_printf(out, "%lld s", seconds);
    else if (seconds < 3600)
        buf_printf(out, "%lld min %lld s", seconds / 60, seconds % 60);
    else
        buf_printf(out, "%lld h %lld min", seconds / 3600, seconds / 60 % 60);
}

/* Brief words still say which call, and for how long. */
static void add_status(const struct world_thread *thread, int64_t now_ns, bool brief,
                       struct buf *out)
{
    const char *call = thread->call ? thread->call : "a call";
    const char *brackets = thread->call ? "()" : "";

    if (!thread->alive) {
        buf_puts(out, "ended");
        return;
    }
    if (!thread->called) {
        buf_puts(out, "idle");
        return;
    }
    switch (thread->status) {
    case CALL_PENDING:
        buf_printf(out, "%s %s%s", brief ? "next is" : "waits for step before", call,
                   brackets);
        break;
    case CALL_STARTED:
        buf_printf(out, "in %s%s", call, brackets);
        break;
    case CALL_BLOCKED:
        buf_printf(out, "%sin %s%s", brief ? "" : "blocked ", call, brackets);
        if (now_ns - thread->since_ns >= NS_PER_S) {
            buf_puts(out, " for ");
            add_duration(now_ns - thread->since_ns, out);
        }
        break;
    case CALL_RETURNED:
    case CALL_STATUS_COUNT:
        buf_puts(out, "idle");
        break;
    }
}

/* What the last call gave, as in the ladder: ", recv() = 5 “hello”". Of a demo program,
 * which goes on at once, only the next call is of use. */
static void add_outcome(const struct world_thread *thread, struct buf *out)
{
    const char *result = thread->error ? thread->error : thread->result;

    if (!thread->alive || !thread->called || thread->demo || !thread->call || !result ||
        thread->status != CALL_RETURNED || (thread->var[0] && !thread->data))
        return;
    buf_printf(out, ", %s() = %s", thread->call, result);
    if (thread->data && thread->data[0])
        buf_printf(out, " “%s”", thread->data);
}

/* The first that fits: with the program's name, or with what the last call gave; without
 * it; in brief. */
static void draw_title(const struct world_thread *thread, int64_t now_ns,
                       struct canvas *canvas, struct area area)
{
    struct buf title = {0};

    for (int variant = 0; variant < 3; variant++) {
        buf_clear(&title);
        buf_printf(&title, "%s: ", thread->name);
        add_status(thread, now_ns, variant == 2, &title);
        if (thread->demo && variant == 0)
            buf_printf(&title, "  %s", thread->demo);
        if (variant == 0)
            add_outcome(thread, &title);
        if (text_width(buf_text(&title)) <= area.width)
            break;
    }
    canvas_put_cut(canvas, area, 0, 0, area.width, ELEMENT_TITLE, buf_text(&title));
    buf_free(&title);
}

static unsigned count_lines(const char *source)
{
    unsigned count = 0;

    while (*source) {
        source += strcspn(source, "\n");
        source += *source == '\n';
        count++;
    }
    return count;
}

/* Lines above the area, so that the current one (from 1; 0 if none) stands in its middle
 * third. It moves by whole thirds, so that the text does not creep with each line. */
static unsigned lines_above(unsigned current, unsigned count, unsigned height)
{
    unsigned lead = height / 3, third = lead ? lead : 1, above = 0;

    if (count <= height)
        return 0;
    if (current > lead)
        above = (current - 1 - lead) / third * third;
    return above < count - height ? above : count - height;
}

static unsigned digits_of(unsigned number)
{
    unsigned digits = 1;

    for (; number > 9; number /= 10)
        digits++;
    return digits;
}

static void draw_line(const char *text, unsigned number, bool current, int digits,
                      struct canvas *canvas, struct area row)
{
    enum element element = current ? ELEMENT_CURRENT : ELEMENT_CODE;
    int x = digits + 3;

    if (current) {
        canvas_fill(canvas, row, 0, 0, row.width, element, " ");
        canvas_put(canvas, row, 0, 0, element, "▶");
    }
    canvas_putf(canvas, row, 2, 0, current ? element : ELEMENT_FAINT, "%*u", digits,
                number);
    canvas_put_cut(canvas, row, x, 0, row.width - x, element, text);
}

static void draw_lines(const char *source, unsigned current, struct canvas *canvas,
                       struct area area)
{
    unsigned count = count_lines(source), height = (unsigned)area.height;
    unsigned above = lines_above(current, count, height);
    struct area row = {area.x, area.y, area.width, 1};

    for (unsigned number = 1; number <= count && number <= above + height; number++) {
        size_t len = strcspn(source, "\n");

        if (number > above) {
            char *line = mem_strndup(source, len);

            draw_line(line, number, number == current, (int)digits_of(count), canvas,
                      row);
            free(line);
            row.y++;
        }
        source += len + (source[len] == '\n');
    }
}

void source_draw(const struct world_thread *thread, int64_t now_ns,
                 struct canvas *canvas, struct area area)
{
    struct buf source = {0};

    if (area.height < 1)
        return;
    draw_title(thread, now_ns, canvas, area);
    area.y++;
    area.height--;
    if (area.height < 1 || !thread->source)
        return;
    printable_add(&source, thread->source, strlen(thread->source), PRINTABLE_TEXT);
    draw_lines(buf_text(&source), thread->source_line, canvas, area);
    buf_free(&source);
}
