#include <string.h>

#include "base/printable.h"
#include "export/export.h"
#include "export/svg_glyph.h"
#include "export/svg_ink.h"

#define MARGIN 12    /* pixels around the cells */
#define BASELINE 14  /* pixels below the upper edge of a cell */
#define UNDERLINE 33 /* half pixels below it */

/* Its advance is six tenths of its size in nearly every monospaced font: a cell. */
#define FONT_SIZE 15
#define FONTS                                                                           \
    "ui-monospace,'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono'," \
    "monospace"

/* Paths of one kind and ink are one element of the picture. From the bottom to the top;
 * text comes after them. */
enum layer {
    LAYER_BACK, /* the background of reversed cells */
    LAYER_LINE,
    LAYER_BOLD,
    LAYER_DASH,
    LAYER_DASH_DOWN,
    LAYER_FILL, /* arrow heads */
    LAYER_COUNT
};

/* NULL: the path is filled. A dash for each cell, or two for each cell down. */
static const char *const layer_strokes[LAYER_COUNT] = {
    [LAYER_LINE] = " fill=\"none\" stroke-linecap=\"square\"",
    [LAYER_BOLD] = " fill=\"none\" stroke-linecap=\"square\" stroke-width=\"2\"",
    [LAYER_DASH] = " fill=\"none\" stroke-dasharray=\"6 3\"",
    [LAYER_DASH_DOWN] = " fill=\"none\" stroke-dasharray=\"6 3.5\"",
};

/* For SCHEME_AUTO: the classes of what a reader's dark page changes. */
static const char *const ink_names[INK_COUNT] = {
    [INK_TEXT] = "text",   [INK_SOFT] = "soft",       [INK_RED] = "red",
    [INK_GREEN] = "green", [INK_MAGENTA] = "magenta", [INK_CYAN] = "cyan",
    [INK_PAPER] = "paper", [INK_FRAME] = "frame",
};

struct svg {
    const struct canvas *canvas;
    enum scheme scheme;
    struct buf paths[LAYER_COUNT][INK_COUNT]; /* (owned) */
    struct buf text;                          /* (owned) */
};

/* ----------------------------------------------------------- parts */

/* Half pixels as pixels: "4", "4.5". */
static void add_half(struct buf *out, int halves)
{
    buf_printf(out, "%d%s", halves / 2, halves % 2 ? ".5" : "");
}

static int half_x(int columns)
{
    return (MARGIN + columns * CELL_WIDTH) * 2;
}

static int half_y(int rows)
{
    return (MARGIN + rows * CELL_HEIGHT) * 2;
}

static const struct cell *cell_at(const struct svg *svg, int x, int y)
{
    return &svg->canvas->cells[y * svg->canvas->width + x];
}

static struct svg_look look_at(const struct svg *svg, int x, int y)
{
    const struct cell *cell = cell_at(svg, x, y);

    return svg_ink_look((enum element)cell->element, cell->reverse, svg->scheme);
}

static bool same_look(struct svg_look a, struct svg_look b)
{
    return a.ink == b.ink && a.bold == b.bold && a.underline == b.underline &&
           a.reverse == b.reverse;
}

/* The ink of what stands in a cell. */
static enum svg_ink front(struct svg_look look)
{
    return look.reverse ? INK_PAPER : look.ink;
}

/* ` fill="#99208a"`, and the class for a dark page. what: "fill" or "stroke". */
static void add_colour(const struct svg *svg, const char *what, enum svg_ink ink,
                       struct buf *out)
{
    buf_printf(out, " %s=\"#%06x\"", what, svg_ink_rgb(ink, svg->scheme));
    if (svg->scheme == SCHEME_AUTO)
        buf_printf(out, " class=\"%s-%s\"", what, ink_names[ink]);
}

/* Text of a lesson or of a packet may hold anything: what is left is printable, and
 * means nothing to XML. */
static void add_escaped(struct buf *out, const char *text, size_t len)
{
    struct buf printable = {0};

    printable_add(&printable, text, len, PRINTABLE_LINE);
    for (const char *at = buf_text(&printable); *at; at++) {
        switch (*at) {
        case '&':
            buf_puts(out, "&amp;");
            break;
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        default:
            buf_putc(out, *at);
            break;
        }
    }
    buf_free(&printable);
}

/* ----------------------------------------------------------- lines */

/* Half an arm's length: half number `half` of a row's or column's cells. */
struct stretch {
    bool there;
    enum svg_ink ink;
    enum layer layer;
};

static unsigned arms_at(const struct svg *svg, int x, int y)
{
    const struct svg_glyph *glyph = NULL;

    if (x >= 0 && x < svg->canvas->width && y >= 0 && y < svg->canvas->height)
        glyph = svg_glyph_find(cell_at(svg, x, y)->text);
    return glyph ? glyph->arms : 0;
}

/* Where an arrow begins on a lifeline, the line keeps its own look: the row of the next
 * cell of it, upwards (step -1) or downwards, that is nothing but line; -1 if none. */
static int line_row(const struct svg *svg, int x, int y, int step)
{
    unsigned arms = arms_at(svg, x, y);

    while ((arms & ARMS_DOWN) == ARMS_DOWN && (arms & ARMS_ACROSS)) {
        y += step;
        arms = arms_at(svg, x, y);
    }
    return arms == ARMS_DOWN ? y : -1;
}

static struct svg_look line_look(const struct svg *svg, bool down, int x, int y)
{
    int row = down ? line_row(svg, x, y, -1) : -1;

    if (down && row < 0)
        row = line_row(svg, x, y, 1);
    return look_at(svg, x, row >= 0 ? row : y);
}

static struct stretch stretch_at(const struct svg *svg, bool down, int line, int half)
{
    static const unsigned arms[2][2] = {{ARM_LEFT, ARM_RIGHT}, {ARM_UP, ARM_DOWN}};
    int x = down ? line : half / 2, y = down ? half / 2 : line;
    const struct svg_glyph *glyph = svg_glyph_find(cell_at(svg, x, y)->text);
    struct stretch stretch = {.there = glyph && (glyph->arms & arms[down][half % 2])};
    struct svg_look look;

    if (!stretch.there)
        return stretch;
    look = line_look(svg, down, x, y);
    stretch.ink = front(look);
    stretch.layer = look.bold ? LAYER_BOLD : LAYER_LINE;
    if (glyph->dashed)
        stretch.layer = down ? LAYER_DASH_DOWN : LAYER_DASH;
    return stretch;
}

static bool goes_on(struct stretch before, struct stretch next)
{
    return before.there == next.there &&
           (!next.there || (before.ink == next.ink && before.layer == next.layer));
}

static void add_stretch(struct svg *svg, bool down, int line, int from, int to,
                        struct stretch stretch)
{
    struct buf *path = &svg->paths[stretch.layer][stretch.ink];

    buf_putc(path, 'M');
    add_half(path, down ? half_x(line) + CELL_WIDTH : half_x(0) + from * CELL_WIDTH);
    buf_putc(path, ' ');
    add_half(path, down ? half_y(0) + from * CELL_HEIGHT : half_y(line) + CELL_HEIGHT);
    buf_putc(path, down ? 'v' : 'h');
    add_half(path, (to - from) * (down ? CELL_HEIGHT : CELL_WIDTH));
}

/* Draws the line characters of a row, or of a column, each as long as it goes. */
static void add_lines(struct svg *svg, bool down, int line)
{
    int halves = 2 * (down ? svg->canvas->height : svg->canvas->width), from = 0;
    struct stretch stretch = {0};

    for (int half = 0; half < halves; half++) {
        struct stretch next = stretch_at(svg, down, line, half);

        if (goes_on(stretch, next))
            continue;
        if (stretch.there)
            add_stretch(svg, down, line, from, half, stretch);
        stretch = next;
        from = half;
    }
    if (stretch.there)
        add_stretch(svg, down, line, from, halves, stretch);
}

/* An arrow's head that points at a line in the next cell goes on up to it: `towards` is
 * 1 to the right, -1 to the left, 0 for what is no such head. */
static int reach(const struct svg *svg, int x, int y, const struct svg_glyph *glyph)
{
    if (!glyph->towards || !(arms_at(svg, x + glyph->towards, y) & ARMS_DOWN))
        return 0;
    return glyph->towards * (CELL_WIDTH / 2);
}

static void add_shape(struct svg *svg, int x, int y, const struct svg_glyph *glyph)
{
    struct svg_look look = look_at(svg, x, y);
    enum layer line = look.bold && !glyph->thin ? LAYER_BOLD : LAYER_LINE;
    struct buf *path = &svg->paths[glyph->filled ? LAYER_FILL : line][front(look)];
    int further = reach(svg, x, y, glyph);

    buf_printf(path, "M%d %d%s", half_x(x) / 2 + further, half_y(y) / 2, glyph->path);
    if (!further)
        return;
    path = &svg->paths[line][front(look)];
    buf_printf(path, "M%d ", half_x(further > 0 ? x : x + 1) / 2);
    add_half(path, half_y(y) + CELL_HEIGHT);
    buf_printf(path, "h%d", further);
}

/* ----------------------------------------------------------- text */

/* A character whose width is the same in every monospaced font: ASCII, and the letters
 * of Latin, Greek and Cyrillic (U+00C0 to U+04FF). */
static bool is_regular(const struct cell *cell)
{
    unsigned char first = (unsigned char)cell->text[0];

    if (cell->text[1] == '\0')
        return first > ' ' && first < 0x7f;
    return first >= 0xc3 && first <= 0xd3 && cell->width == 1 && cell->text[2] == '\0';
}

/* Several characters drawn as one, a flag or a family: where the reader's font has no
 * such sign they stand side by side, and must not reach over their neighbours. */
static bool is_joined(const struct cell *cell)
{
    return cell->width == 2 && strlen(cell->text) > 4; /* the longest character */
}

static bool is_blank(const struct cell *cell)
{
    return strcmp(cell->text, " ") == 0;
}

/* Where the run that begins at x ends: regular characters of one look, with single
 * spaces. (XML joins several spaces.) */
static int run_end(const struct svg *svg, int x, int y, struct svg_look look)
{
    int end = x + 1, width = svg->canvas->width;

    while (end < width && same_look(look_at(svg, end, y), look)) {
        if (is_regular(cell_at(svg, end, y)))
            end++;
        else if (is_blank(cell_at(svg, end, y)) && end + 1 < width &&
                 is_regular(cell_at(svg, end + 1, y)) &&
                 same_look(look_at(svg, end + 1, y), look))
            end += 2;
        else
            break;
    }
    return end;
}

static void add_underline(struct svg *svg, int x, int y, int columns, enum svg_ink ink)
{
    struct buf *path = &svg->paths[LAYER_LINE][ink];

    buf_printf(path, "M%d ", half_x(x) / 2);
    add_half(path, half_y(y) + UNDERLINE);
    buf_printf(path, "h%d", columns * CELL_WIDTH);
}

/* The cells from x up to `end`. A run is stretched to the cells it takes; any other
 * character stands in the middle of its own. */
static void add_text(struct svg *svg, int x, int y, int end, struct svg_look look)
{
    struct buf *out = &svg->text;
    bool run = is_regular(cell_at(svg, x, y));
    int columns = run ? end - x : cell_at(svg, x, y)->width;

    buf_puts(out, "<text x=\"");
    add_half(out, half_x(x) + (run ? 0 : columns * CELL_WIDTH));
    buf_printf(out, "\" y=\"%d\"", half_y(y) / 2 + BASELINE);
    if (!run)
        buf_puts(out, " text-anchor=\"middle\"");
    if (is_joined(cell_at(svg, x, y)))
        buf_printf(out, " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
                   columns * CELL_WIDTH);
    else if (run && columns > 1)
        buf_printf(out, " textLength=\"%d\"", columns * CELL_WIDTH);
    if (front(look) != INK_TEXT)
        add_colour(svg, "fill", front(look), out);
    if (look.bold)
        buf_puts(out, " font-weight=\"bold\"");
    buf_putc(out, '>');
    for (int i = x; i < end; i++)
        add_escaped(out, cell_at(svg, i, y)->text, strlen(cell_at(svg, i, y)->text));
    buf_puts(out, "</text>\n");
    if (look.underline)
        add_underline(svg, x, y, columns, front(look));
}

static void add_backs(struct svg *svg, int y)
{
    for (int x = 0, end; x < svg->canvas->width; x = end) {
        struct svg_look look = look_at(svg, x, y);

        end = x + 1;
        if (!look.reverse)
            continue;
        while (end < svg->canvas->width && look_at(svg, end, y).reverse &&
               look_at(svg, end, y).ink == look.ink)
            end++;
        buf_printf(&svg->paths[LAYER_BACK][look.ink], "M%d %dh%dv%dh-%dz", half_x(x) / 2,
                   half_y(y) / 2, (end - x) * CELL_WIDTH, CELL_HEIGHT,
                   (end - x) * CELL_WIDTH);
    }
}

static void add_row(struct svg *svg, int y)
{
    for (int x = 0, end; x < svg->canvas->width; x = end) {
        const struct cell *cell = cell_at(svg, x, y);
        const struct svg_glyph *glyph = svg_glyph_find(cell->text);
        struct svg_look look = look_at(svg, x, y);

        end = x + 1;
        if (cell->width == 0 || is_blank(cell))
            continue;
        if (glyph) {
            if (glyph->path)
                add_shape(svg, x, y, glyph);
            continue;
        }
        if (is_regular(cell))
            end = run_end(svg, x, y, look);
        add_text(svg, x, y, end, look);
    }
}

/* ----------------------------------------------------------- the file */

static void add_head(const struct svg *svg, struct buf *out)
{
    int width = 2 * MARGIN + svg->canvas->width * CELL_WIDTH;
    int height = 2 * MARGIN + svg->canvas->height * CELL_HEIGHT;

    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
               "viewBox=\"0 0 %d %d\">\n",
               width, height, width, height);
    if (svg->scheme == SCHEME_AUTO) {
        buf_puts(out, "<style>@media (prefers-color-scheme:dark){");
        for (int i = 0; i < INK_COUNT; i++)
            buf_printf(out, ".fill-%s{fill:#%06x}.stroke-%s{stroke:#%06x}", ink_names[i],
                       svg_ink_rgb((enum svg_ink)i, SCHEME_DARK), ink_names[i],
                       svg_ink_rgb((enum svg_ink)i, SCHEME_DARK));
        buf_puts(out, "}</style>\n");
    }
    buf_printf(out, "<rect width=\"%d\" height=\"%d\" rx=\"8\"", width, height);
    add_colour(svg, "fill", INK_FRAME, out);
    buf_printf(out, "/>\n<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"7\"",
               width - 2, height - 2);
    add_colour(svg, "fill", INK_PAPER, out);
    buf_puts(out, "/>\n");
}

static void add_paths(struct svg *svg, struct buf *out)
{
    for (int layer = 0; layer < LAYER_COUNT; layer++)
        for (int ink = 0; ink < INK_COUNT; ink++) {
            struct buf *path = &svg->paths[layer][ink];

            if (path->len) {
                const char *stroke = layer_strokes[layer];

                buf_printf(out, "<path%s", stroke ? stroke : "");
                add_colour(svg, stroke ? "stroke" : "fill", (enum svg_ink)ink, out);
                buf_printf(out, " d=\"%s\"/>\n", buf_text(path));
            }
            buf_free(path);
        }
}

void export_svg(const struct canvas *canvas, enum scheme scheme, struct buf *out)
{
    struct svg svg = {.canvas = canvas, .scheme = scheme};

    for (int y = 0; y < canvas->height; y++) {
        add_backs(&svg, y);
        add_lines(&svg, false, y);
        add_row(&svg, y);
    }
    for (int x = 0; x < canvas->width; x++)
        add_lines(&svg, true, x);
    add_head(&svg, out);
    add_paths(&svg, out);
    buf_printf(out, "<g font-family=\"%s\" font-size=\"%d\"", FONTS, FONT_SIZE);
    add_colour(&svg, "fill", INK_TEXT, out);
    buf_printf(out, ">\n%s</g>\n</svg>\n", buf_text(&svg.text));
    buf_free(&svg.text);
}
