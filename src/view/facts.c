#include "view/facts.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 15 /* "Acknowledgment" and a space */
#define INDENT 1
#define COLUMN_LEAST 56
#define COLUMN_MOST 90 /* longer lines only tire the eye */
#define GUTTER 3
#define WRAP_MOST 12

void facts_begin(struct facts *facts, int width)
{
    *facts = (struct facts){.columns = width - INDENT};
    if (facts->columns >= 2 * COLUMN_LEAST + GUTTER) {
        facts->two = true;
        facts->columns = (facts->columns - GUTTER) / 2;
    }
    if (facts->columns > COLUMN_MOST)
        facts->columns = COLUMN_MOST;
}

int facts_room(const struct facts *facts)
{
    int room = facts->columns - LABEL_COLUMNS;

    return room > 1 ? room : 1;
}

static struct facts_line *add(struct facts *facts, const char *label, const char *text)
{
    struct facts_line *line = vec_push(&facts->lines);

    line->label = label ? mem_strdup(label) : NULL;
    line->text = mem_strdup(text);
    return line;
}

void facts_head(struct facts *facts, const char *title)
{
    if (facts->lines.count)
        add(facts, NULL, "");
    add(facts, NULL, title)->heading = true;
}

/* Lines of text below one another; the first one has the label. "" begins every line
 * that has none but stands below one. */
__attribute__((format(printf, 5, 0))) static void
add_wrapped(struct facts *facts, enum element element, const char *label, int room,
            const char *format, va_list args)
{
    struct buf text = {0}, lines = {0};
    const char *at;
    int count;

    buf_vprintf(&text, format, args);
    count = text_wrap(buf_text(&text), room, WRAP_MOST, &lines);
    at = buf_text(&lines);
    for (int i = 0; i < count; i++, at += strlen(at) + 1) {
        add(facts, label, at)->element = element;
        label = label ? "" : NULL;
    }
    buf_free(&text);
    buf_free(&lines);
}

void facts_pair(struct facts *facts, const char *label, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_wrapped(facts, ELEMENT_TEXT, label, facts_room(facts), format, args);
    va_end(args);
}

void facts_pair_as(struct facts *facts, enum element element, const char *label,
                   const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_wrapped(facts, element, label, facts_room(facts), format, args);
    va_end(args);
}

void facts_more(struct facts *facts, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_wrapped(facts, ELEMENT_TEXT, "", facts_room(facts), format, args);
    va_end(args);
}

void facts_wide(struct facts *facts, enum element element, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_wrapped(facts, element, NULL, facts->columns, format, args);
    va_end(args);
}

void facts_line(struct facts *facts, const char *label, const char *text,
                const char *bright)
{
    struct facts_line *line = add(facts, label, text);

    line->bright = bright ? mem_strdup(bright) : NULL;
}

/* Where the second column begins: at the group that makes the two most alike. */
static int second_column(const struct facts *facts)
{
    int count = (int)facts->lines.count, best = count;

    if (!facts->two)
        return count;
    for (int i = 1; i < count; i++)
        if (facts->lines.items[i].heading && abs(2 * i - count) < abs(2 * best - count))
            best = i;
    return best;
}

static void draw_bright(const struct facts_line *line, int x, int y,
                        struct canvas *canvas, struct area area)
{
    size_t len;
    int columns;

    for (const char *at = line->bright; (len = text_cluster(at, &columns)); at += len) {
        char cluster[CELL_BYTES] = "";

        if (*at != ' ' && len < sizeof(cluster)) {
            memcpy(cluster, at, len);
            canvas_put(canvas, area, x, y, ELEMENT_STATE, cluster);
        }
        x += columns;
    }
}

static void draw_line(const struct facts *facts, const struct facts_line *line, int y,
                      struct canvas *canvas, struct area area)
{
    int x = line->label ? LABEL_COLUMNS : 0;

    if (line->heading) {
        canvas_put_cut(canvas, area, 0, y, facts->columns, ELEMENT_GROUP, line->text);
        return;
    }
    if (line->label)
        canvas_put_cut(canvas, area, 0, y, LABEL_COLUMNS - 1, ELEMENT_FAINT,
                       line->label);
    canvas_put_cut(canvas, area, x, y, facts->columns - x, line->element, line->text);
    if (line->bright)
        draw_bright(line, x, y, canvas, area);
}

/* The first line drawn: as asked for, but within the facts. */
static int first_line(int scroll, int lines, int height)
{
    int most = lines > height ? lines - height : 0;

    return scroll < 0 ? 0 : scroll < most ? scroll : most;
}

int facts_draw(struct facts *facts, int scroll, struct canvas *canvas, struct area area)
{
    int count = (int)facts->lines.count, second = second_column(facts);
    int lines = second > count - second ? second : count - second, first;

    first = first_line(scroll, lines, area.height);
    area.x += INDENT;
    area.width -= INDENT;
    for (int i = 0; i < count; i++) {
        struct area column = area;
        int y = (i < second ? i : i - second) - first;

        if (i >= second) {
            column.x += facts->columns + GUTTER;
            column.width -= facts->columns + GUTTER;
        }
        draw_line(facts, &facts->lines.items[i], y, canvas, column);
    }
    vec_each (line, &facts->lines) {
        free(line->label);
        free(line->text);
        free(line->bright);
    }
    vec_free(&facts->lines);
    return lines;
}
