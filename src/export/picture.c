#include "export/picture.h"

#include <ctype.h>
#include <string.h>

#include "view/ladder.h"
#include "view/lesson_screen.h"
#include "view/statemap.h"
#include "view/table.h"

#define LADDER_HEADS 2 /* rows above the ladder's own */

static const char *const view_names[PICTURE_COUNT] = {
    [PICTURE_SCREEN] = "screen",
    [PICTURE_LADDER] = "ladder",
    [PICTURE_TABLE] = "table",
    [PICTURE_STATES] = "states",
};

int picture_view_find(const char *name)
{
    for (int i = 0; i < PICTURE_COUNT; i++)
        if (view_names[i] && strcmp(view_names[i], name) == 0)
            return i;
    return -1;
}

const char *picture_view_name(enum picture_view view)
{
    return view_names[view];
}

/* "9" of "09-the-three-way-handshake". */
static void lesson_number(const struct world *world, char out[12])
{
    const char *name = world->source.lesson ? world->source.lesson : "";
    size_t len;

    while (name[0] == '0' && isdigit((unsigned char)name[1]))
        name++;
    len = strspn(name, "0123456789");
    if (len > 10)
        len = 0;
    memcpy(out, name, len);
    out[len] = '\0';
}

char *picture_origin(const struct world *world)
{
    const struct world_source *source = &world->source;
    struct buf text = {0};

    buf_puts(&text, "recorded");
    if (source->time)
        buf_printf(&text, " %s", source->time);
    if (source->kernel)
        buf_printf(&text, " on Linux %s", source->kernel);
    if (source->program)
        buf_printf(&text, " by %s", source->program);
    return buf_take(&text);
}

static void draw_screen(const struct lesson *lesson, const struct world *world,
                        struct canvas *canvas)
{
    char number[12], *footer = picture_origin(world);
    struct lesson_look look = {.number = number,
                               .prose_scroll = -1,
                               .sockets_selected = -1,
                               .now_ns = world->t_ns,
                               .footer = footer};
    struct lesson_drawn drawn;

    lesson_number(world, number);
    lesson_screen_draw(lesson, world, &look, canvas, &drawn);
    free(footer);
}

/* As high as the map is, at most as high as was asked for. */
static void draw_states(const struct world *world, struct canvas *canvas)
{
    struct statemap_look look = {.now_ns = world->t_ns};
    int lines = statemap_draw(world, &look, canvas, canvas_all(canvas));

    if (lines < canvas->height)
        canvas->height = lines;
}

/* How high a view is, is known after it was drawn somewhere. */
static int ladder_height(const struct world *world, const struct ladder_look *look,
                         int width)
{
    struct canvas probe;
    int lines;

    canvas_init(&probe, width, 1);
    lines = ladder_draw(world, look, &probe, canvas_all(&probe));
    canvas_free(&probe);
    return lines + LADDER_HEADS;
}

static int table_height(const struct world *world, const struct table_look *look,
                        int width)
{
    struct canvas probe;
    int lines;

    canvas_init(&probe, width, 1);
    lines = table_draw(world, look, &probe, canvas_all(&probe));
    canvas_free(&probe);
    return lines;
}

static void draw_parts(const struct world *world, const struct picture_look *look,
                       struct canvas *canvas)
{
    struct ladder_look ladder = {.now_ns = world->t_ns, .relative = true};
    struct table_look table = {.now_ns = world->t_ns, .selected = -1};
    int high = 0, low = 0, gap = look->view == PICTURE_BOTH;

    if (look->view != PICTURE_TABLE)
        high = ladder_height(world, &ladder, look->width);
    if (look->view != PICTURE_LADDER)
        low = table_height(world, &table, look->width);
    canvas_resize(canvas, look->width, high + gap + low);
    if (high)
        ladder_draw(world, &ladder, canvas, (struct area){0, 0, look->width, high});
    if (low)
        table_draw(world, &table, canvas,
                   (struct area){0, high + gap, look->width, low});
}

void picture_draw(const struct lesson *lesson, const struct world *world,
                  const struct picture_look *look, struct canvas *canvas)
{
    canvas_init(canvas, look->width, look->height);
    canvas->ascii = look->ascii;
    switch (look->view) {
    case PICTURE_SCREEN:
        draw_screen(lesson, world, canvas);
        break;
    case PICTURE_STATES:
        draw_states(world, canvas);
        break;
    case PICTURE_LADDER:
    case PICTURE_TABLE:
    case PICTURE_BOTH:
    case PICTURE_COUNT:
        draw_parts(world, look, canvas);
        break;
    }
}
