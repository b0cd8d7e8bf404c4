#include "export/svg_glyph.h"

#include <stddef.h>
#include <string.h>

/* Heads begin at the cell's edge, where the shaft of an arrow ends. */
static const struct svg_glyph glyphs[] = {
    {.cluster = "─", .arms = ARMS_ACROSS},
    {.cluster = "│", .arms = ARMS_DOWN},
    {.cluster = "┌", .arms = ARM_DOWN | ARM_RIGHT},
    {.cluster = "┐", .arms = ARM_DOWN | ARM_LEFT},
    {.cluster = "└", .arms = ARM_UP | ARM_RIGHT},
    {.cluster = "┘", .arms = ARM_UP | ARM_LEFT},
    {.cluster = "├", .arms = ARMS_DOWN | ARM_RIGHT},
    {.cluster = "┤", .arms = ARMS_DOWN | ARM_LEFT},
    {.cluster = "┬", .arms = ARMS_ACROSS | ARM_DOWN},
    {.cluster = "┴", .arms = ARMS_ACROSS | ARM_UP},
    {.cluster = "┼", .arms = ARMS_DOWN | ARMS_ACROSS},
    {.cluster = "╴", .arms = ARM_LEFT},
    {.cluster = "╵", .arms = ARM_UP},
    {.cluster = "╶", .arms = ARM_RIGHT},
    {.cluster = "╷", .arms = ARM_DOWN},
    {.cluster = "╌", .arms = ARMS_ACROSS, .dashed = true},
    {.cluster = "┄", .arms = ARMS_ACROSS, .dashed = true},
    {.cluster = "╎", .arms = ARMS_DOWN, .dashed = true},
    {.cluster = "┆", .arms = ARMS_DOWN, .dashed = true},
    {.cluster = "╭", .path = "m4.5 19v-5q0-4.5 4.5-4.5"},
    {.cluster = "╮", .path = "m4.5 19v-5q0-4.5-4.5-4.5"},
    {.cluster = "╰", .path = "m4.5 0v5q0 4.5 4.5 4.5"},
    {.cluster = "╯", .path = "m4.5 0v5q0 4.5-4.5 4.5"},
    {.cluster = "▶", .filled = true, .towards = 1, .path = "m0 5l9 4.5l-9 4.5z"},
    {.cluster = "◀", .filled = true, .towards = -1, .path = "m9 5l-9 4.5l9 4.5z"},
    {.cluster = "▲", .filled = true, .path = "m4 19h1v-8h4l-4.5-10l-4.5 10h4z"},
    {.cluster = "▼", .filled = true, .path = "m4 0h1v8h4l-4.5 10l-4.5-10h4z"},
    {.cluster = "═", .thin = true, .path = "m0 7.5h9m-9 4h9"},
    {.cluster = "║", .thin = true, .path = "m2.5 0v19m4-19v19"},
    {.cluster = "╔", .thin = true, .path = "m2.5 19v-11.5h6.5m-2.5 11.5v-7.5h2.5"},
    {.cluster = "╗", .thin = true, .path = "m6.5 19v-11.5h-6.5m2.5 11.5v-7.5h-2.5"},
    {.cluster = "╚", .thin = true, .path = "m2.5 0v11.5h6.5m-2.5-11.5v7.5h2.5"},
    {.cluster = "╝", .thin = true, .path = "m6.5 0v11.5h-6.5m2.5-11.5v7.5h-2.5"},
    {.cluster = "●",
     .filled = true,
     .path = "m1 9.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"},
    {.cluster = "▁", .filled = true, .path = "m0 16.6h9v2.4h-9z"},
    {.cluster = "▂", .filled = true, .path = "m0 14.2h9v4.8h-9z"},
    {.cluster = "▃", .filled = true, .path = "m0 11.9h9v7.1h-9z"},
    {.cluster = "▄", .filled = true, .path = "m0 9.5h9v9.5h-9z"},
    {.cluster = "▅", .filled = true, .path = "m0 7.1h9v11.9h-9z"},
    {.cluster = "▆", .filled = true, .path = "m0 4.8h9v14.2h-9z"},
    {.cluster = "▇", .filled = true, .path = "m0 2.4h9v16.6h-9z"},
    {.cluster = "█", .filled = true, .path = "m0 0h9v19h-9z"},
    {.cluster = "✗", .path = "m1.5 6.5l6 6m0-6l-6 6"},
    {.cluster = "✓", .path = "m1.5 10l2.5 3l4-7.5"},
};

const struct svg_glyph *svg_glyph_find(const char *cluster)
{
    if ((unsigned char)*cluster < 0x80)
        return NULL;
    for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
        if (strcmp(glyphs[i].cluster, cluster) == 0)
            return &glyphs[i];
    return NULL;
}
