#include "view/canvas.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define ZERO_WIDTH_JOINER 0x200d
#define EMOJI_PRESENTATION 0xfe0f /* variation selector 16 (UTS 51) */
#define REPLACEMENT "\xef\xbf\xbd"

/* The code point at text, and its bytes; a byte that is not UTF-8 is code -1, one byte.
 */
static size_t code_at(const char *text, utf8proc_int32_t *code)
{
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, code);

    if (len < 1) {
        *code = -1;
        return 1;
    }
    return (size_t)len;
}

static int bound_class(utf8proc_int32_t code)
{
    return (int)utf8proc_get_property(code)->boundclass;
}

/* Bytes of the grapheme cluster at text, which is not empty (UAX 29). */
static size_t cluster_len(const char *text)
{
    utf8proc_int32_t state = 0, before, code;
    size_t len = code_at(text, &before);

    while (before >= 0 && text[len]) {
        size_t more = code_at(text + len, &code);

        if (code < 0 || utf8proc_grapheme_break_stateful(before, code, &state))
            break;
        len += more;
        before = code;
    }
    return len;
}

/* How many of the cluster's bytes go into a cell: all, or, when they are too many, the
 * code points before the first mark or joiner. So a cut cluster never ends in a joiner,
 * which would reach over into the next cell. */
static size_t cluster_cell_len(const char *text, size_t len)
{
    size_t at = 0;

    if (len < CELL_BYTES)
        return len;
    while (at < len) {
        utf8proc_int32_t code;
        size_t more = code_at(text + at, &code);
        int class = code < 0 ? UTF8PROC_BOUNDCLASS_OTHER : bound_class(code);

        if (at + more >= CELL_BYTES)
            break;
        if (at &&
            (class == UTF8PROC_BOUNDCLASS_EXTEND || class == UTF8PROC_BOUNDCLASS_ZWJ ||
             class == UTF8PROC_BOUNDCLASS_SPACINGMARK))
            break;
        at += more;
    }
    return at;
}

/* Columns of what stands in a cell. utf8proc_charwidth knows single code points only:
 * emoji presentation, joined emoji and flags are two columns wide as a whole (UTS 51,
 * UAX 11). */
static int cell_columns(const char *text, size_t len)
{
    utf8proc_int32_t first, code, before;
    size_t at = code_at(text, &first);
    bool emoji;
    int columns;

    if (first < 0 || utf8proc_category(first) == UTF8PROC_CATEGORY_CC)
        return 1; /* drawn as U+FFFD */
    columns = utf8proc_charwidth(first);
    emoji = bound_class(first) == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
            (first < 0x80 && strchr("#*0123456789", (int)first));
    for (before = first; at < len; before = code) {
        int more;

        at += code_at(text + at, &code);
        more = utf8proc_charwidth(code);
        if ((emoji && code == EMOJI_PRESENTATION) ||
            (emoji && before == ZERO_WIDTH_JOINER) ||
            bound_class(code) == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
            columns = 2;
        else if (more > columns)
            columns = more;
    }
    return columns > 2 ? 2 : columns;
}

size_t text_cluster(const char *text, int *columns)
{
    size_t len;

    if (*text >= ' ' && *text < 0x7f && !(text[1] & 0x80)) {
        *columns = 1;
        return 1;
    }
    if (!*text) {
        *columns = 0;
        return 0;
    }
    len = cluster_len(text);
    *columns = cell_columns(text, cluster_cell_len(text, len));
    return len;
}

int text_width(const char *text)
{
    size_t len;
    int columns, total = 0;

    for (; (len = text_cluster(text, &columns)); text += len)
        total += columns;
    return total;
}

size_t text_prefix(const char *text, int columns, int *width)
{
    size_t at = 0, len;
    int more;

    *width = 0;
    while ((len = text_cluster(text + at, &more)) && *width + more <= columns) {
        at += len;
        *width += more;
    }
    return at;
}

bool text_fits(const char *text, int columns)
{
    int width;

    return text[text_prefix(text, columns, &width)] == '\0';
}

static const struct cell blank_cell = {.text = " ", .width = 1, .element = ELEMENT_TEXT};

void canvas_init(struct canvas *canvas, int width, int height)
{
    *canvas = (struct canvas){0};
    canvas_resize(canvas, width, height);
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->cells);
    canvas->cells = NULL;
    canvas->width = canvas->height = 0;
}

void canvas_clear(struct canvas *canvas)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;

    for (size_t i = 0; i < count; i++)
        canvas->cells[i] = blank_cell;
    canvas->cursor_x = canvas->cursor_y = -1;
}

void canvas_resize(struct canvas *canvas, int width, int height)
{
    free(canvas->cells);
    canvas->width = width > 0 ? width : 0;
    canvas->height = height > 0 ? height : 0;
    canvas->cells =
        mem_new((size_t)canvas->width * (size_t)canvas->height, sizeof(*canvas->cells));
    canvas_clear(canvas);
}

/* The part of the area that lies on the canvas. */
static struct area clip_area(const struct canvas *canvas, struct area area)
{
    int right = area.x + area.width, bottom = area.y + area.height;

    if (right > canvas->width)
        right = canvas->width;
    if (bottom > canvas->height)
        bottom = canvas->height;
    if (area.x < 0)
        area.x = 0;
    if (area.y < 0)
        area.y = 0;
    area.width = right > area.x ? right - area.x : 0;
    area.height = bottom > area.y ? bottom - area.y : 0;
    return area;
}

static struct cell *cell_at(struct canvas *canvas, int x, int y)
{
    return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

/* What is left of a wide cluster when its other half is written over. */
static void blank_half(struct cell *cell)
{
    strcpy(cell->text, " ");
    cell->width = 1;
}

static void set_cell(struct canvas *canvas, int x, int y, enum element element,
                     const char *text, size_t len, int width)
{
    struct cell *cell = cell_at(canvas, x, y);

    if (cell->width == 0 && x > 0)
        blank_half(cell - 1);
    if (cell[width - 1].width == 2 && x + width < canvas->width)
        blank_half(cell + width);
    *cell =
        (struct cell){.width = (unsigned char)width, .element = (unsigned char)element};
    memcpy(cell->text, text, len);
    if (width == 2)
        cell[1] = (struct cell){.width = 0, .element = (unsigned char)element};
}

/* The ASCII character that stands for a cluster. */
static char ascii_for(const char *text, size_t len)
{
    static const struct {
        char ascii;
        const char *clusters; /* each followed by a space */
    } stand_ins[] = {
        {'-', "─ ╌ ┄ ━ ╴ ╶ – — ‐ ‑ − "},
        {'|', "│ ╎ ┆ ║ ┃ "},
        {'+', "┌ ┐ └ ┘ ├ ┤ ┬ ┴ ┼ ╭ ╮ ╰ ╯ ╔ ╗ ╚ ╝ "},
        {'=', "═ "},
        {'>', "▶ → ▷ "},
        {'<', "◀ ← ◁ "},
        {'^', "▲ ↑ "},
        {'v', "▼ ↓ ✓ "},
        {'x', "✗ × "},
        {'~', "… "},
        {'*', "● • "},
        {'o', "○ "},
        {'.', "· "},
        {'\'', "‘ ’ "},
        {'"', "“ ” "},
        {' ', "\u00a0 "},
    };

    for (size_t i = 0; i < sizeof(stand_ins) / sizeof(stand_ins[0]); i++) {
        const char *at = stand_ins[i].clusters;

        for (const char *end; (end = strchr(at, ' ')); at = end + 1) {
            if ((size_t)(end - at) == len && memcmp(at, text, len) == 0)
                return stand_ins[i].ascii;
        }
    }
    return '?';
}

/* Draws one cluster of `width` columns at a place of the canvas, if all of it is in
 * clip. */
static void draw_cluster(struct canvas *canvas, struct area clip, int x, int y,
                         enum element element, const char *text, size_t len, int width)
{
    utf8proc_int32_t code;

    if (width < 1 || y < clip.y || y >= clip.y + clip.height || x < clip.x ||
        x + width > clip.x + clip.width)
        return;
    code_at(text, &code);
    if (canvas->ascii && (len > 1 || code < ' ' || code > '~')) {
        char stand_in = ascii_for(text, len);

        for (int i = 0; i < width; i++)
            set_cell(canvas, x + i, y, element, &stand_in, 1, 1);
    } else if (code < 0 || utf8proc_category(code) == UTF8PROC_CATEGORY_CC) {
        set_cell(canvas, x, y, element, REPLACEMENT, strlen(REPLACEMENT), width);
    } else {
        set_cell(canvas, x, y, element, text, cluster_cell_len(text, len), width);
    }
}

int canvas_put(struct canvas *canvas, struct area area, int x, int y,
               enum element element, const char *text)
{
    struct area clip = clip_area(canvas, area);
    int columns, total = 0;
    size_t len;

    for (; (len = text_cluster(text, &columns)); text += len) {
        draw_cluster(canvas, clip, area.x + x + total, area.y + y, element, text, len,
                     columns);
        total += columns;
    }
    return total;
}

int canvas_putf(struct canvas *canvas, struct area area, int x, int y,
                enum element element, const char *format, ...)
{
    struct buf text = {0};
    va_list args;
    int columns;

    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    columns = canvas_put(canvas, area, x, y, element, buf_text(&text));
    buf_free(&text);
    return columns;
}

void canvas_fill(struct canvas *canvas, struct area area, int x, int y, int columns,
                 enum element element, const char *cluster)
{
    struct area clip = clip_area(canvas, area);
    int width;
    size_t len = text_cluster(cluster, &width);

    if (width != 1)
        return;
    for (int i = 0; i < columns; i++)
        draw_cluster(canvas, clip, area.x + x + i, area.y + y, element, cluster, len, 1);
}

int canvas_put_cut(struct canvas *canvas, struct area area, int x, int y, int columns,
                   enum element element, const char *text)
{
    int width = text_width(text);
    size_t len;
    char *prefix;

    if (width <= columns)
        return canvas_put(canvas, area, x, y, element, text);
    if (columns < 1)
        return 0;
    len = text_prefix(text, columns - 1, &width);
    prefix = mem_strndup(text, len);
    canvas_put(canvas, area, x, y, element, prefix);
    free(prefix);
    return width + canvas_put(canvas, area, x + width, y, element, "…");
}

int text_wrap(const char *text, int columns, int most, struct buf *out)
{
    int lines = 1, width;

    for (; lines < most; lines++) {
        size_t len = text_prefix(text, columns, &width), space = len;
        size_t end = strcspn(text, "\n");

        if (end <= len && text[end]) {
            buf_add(out, text, end);
            buf_putc(out, '\0');
            text += end + 1;
            continue;
        }
        if (text_width(text) <= columns)
            break;
        while (space > 0 && text[space] != ' ')
            space--;
        if (space > 0)
            len = space;
        if (len == 0)
            break;
        buf_add(out, text, len);
        buf_putc(out, '\0');
        text += len;
        while (*text == ' ')
            text++;
    }
    buf_puts(out, text);
    buf_putc(out, '\0');
    return lines;
}

void text_cut_endpoint(const char *text, int columns, struct buf *out)
{
    const char *tail = strrchr(text, ':');
    int head_width;

    if (text_width(text) <= columns) {
        buf_puts(out, text);
        return;
    }
    if (tail && tail > text && tail[-1] == ']')
        tail--;
    if (!tail || text_width(tail) + 2 > columns) {
        buf_add(out, text, text_prefix(text, columns - 1, &head_width));
        buf_puts(out, "…");
        return;
    }
    buf_add(out, text, text_prefix(text, columns - 1 - text_width(tail), &head_width));
    buf_printf(out, "…%s", tail);
}

void canvas_reverse_row(struct canvas *canvas, struct area area, int y)
{
    struct area clip = clip_area(canvas, area);

    y += area.y;
    if (y < clip.y || y >= clip.y + clip.height)
        return;
    for (int x = clip.x; x < clip.x + clip.width; x++)
        cell_at(canvas, x, y)->reverse = true;
}

void canvas_text(const struct canvas *canvas, struct buf *out)
{
    const struct cell *cell = canvas->cells;

    for (int y = 0; y < canvas->height; y++) {
        size_t end = out->len;

        for (int x = 0; x < canvas->width; x++, cell++) {
            buf_puts(out, cell->text);
            if (cell->width && strcmp(cell->text, " ") != 0)
                end = out->len;
        }
        if (canvas->width) {
            out->len = end;
            out->data[end] = '\0';
        }
        buf_putc(out, '\n');
    }
}
