#include "view/lesson_sheet.h"

#include "model/glossary.h"
#include "view/details.h"
#include "view/prose_layout.h"
#include "view/segment.h"
#include "view/table.h"

const char *lesson_sheet_title(enum lesson_sheet sheet)
{
    switch (sheet) {
    case SHEET_MAP:
        return "States: RFC 9293, figure 5";
    case SHEET_DETAILS:
        return "One socket";
    case SHEET_SEGMENT:
        return "One packet";
    case SHEET_GLOSSARY:
        return "Glossary";
    case SHEET_NOTES:
        return "Notes for the speaker";
    case SHEET_NONE:
        break;
    }
    return "";
}

/* The page that is open, or NULL. */
static const struct page *open_page(const struct lesson *lesson,
                                    const struct world *world)
{
    unsigned page = world->lesson.page;

    return page > 0 && page <= lesson->pages.count ? &lesson->pages.items[page - 1]
                                                   : NULL;
}

static void lay_heading(struct prose_layout *layout, const char *text)
{
    struct prose_styled styled = {0};

    prose_layout_gap(layout);
    prose_styled_add(&styled, ELEMENT_GROUP, text);
    prose_layout_hang(layout, 0, ELEMENT_GROUP, "", &styled);
    prose_styled_free(&styled);
}

static void lay_entry(struct prose_layout *layout, const struct glossary_entry *entry)
{
    struct prose_styled styled = {0};

    prose_styled_add_spans(&styled, ELEMENT_TEXT, &entry->text.spans);
    prose_layout_hang(layout, 0, ELEMENT_TEXT, "", &styled);
    prose_styled_free(&styled);
}

/* ----------------------------------------------------------- glossary */

typedef VEC(const struct glossary_entry *) entry_list;

static void add_term(const struct glossary *glossary, const struct span *span,
                     entry_list *found)
{
    const struct glossary_entry *entry;

    if (!(span->style & SPAN_STRONG) || !(entry = glossary_find(glossary, span->text)))
        return;
    vec_each (known, found)
        if (*known == entry)
            return;
    *vec_push(found) = entry;
}

/* The terms that are new on this page, as far as it is unfolded. */
static void terms_of_page(const struct lesson *lesson, const struct world *world,
                          const struct glossary *glossary, entry_list *found)
{
    const struct page *page = open_page(lesson, world);

    for (size_t i = 0; page && i < page->blocks.count && i < world->lesson.shown; i++)
        if (page->blocks.items[i].kind == BLOCK_PROSE)
            vec_each (para, &page->blocks.items[i].text)
                vec_each (span, &para->spans)
                    add_term(glossary, span, found);
}

static void lay_glossary(struct prose_layout *layout, const struct lesson *lesson,
                         const struct world *world, const struct glossary *glossary)
{
    entry_list here = {0};

    terms_of_page(lesson, world, glossary, &here);
    if (here.count)
        lay_heading(layout, "On this page");
    vec_each (entry, &here)
        lay_entry(layout, *entry);
    lay_heading(layout, "All terms");
    vec_each (entry, &glossary->entries)
        lay_entry(layout, entry);
    vec_free(&here);
}

/* ----------------------------------------------------------- notes */

static void lay_notes(struct prose_layout *layout, const struct lesson *lesson,
                      const struct world *world)
{
    const struct page *page = open_page(lesson, world);
    struct prose_styled none = {0};
    bool some = false;

    for (size_t i = 0; page && i < page->blocks.count; i++) {
        if (page->blocks.items[i].kind != BLOCK_NOTE)
            continue;
        prose_layout_paras(layout, &page->blocks.items[i].text, false);
        some = true;
    }
    if (some)
        return;
    prose_styled_add(&none, ELEMENT_TEXT, "This page has no notes.");
    prose_layout_hang(layout, 0, ELEMENT_TEXT, "", &none);
    prose_styled_free(&none);
}

/* ----------------------------------------------------------- all of them */

struct statemap_look lesson_sheet_map(const struct world *world,
                                      const struct lesson_look *look)
{
    bool selects = look->focus == PANE_SOCKETS;

    return (struct statemap_look){
        .now_ns = look->now_ns,
        .selected = selects ? table_at(world, look->sockets_selected) : NULL};
}

static int draw_text(const struct lesson *lesson, const struct world *world,
                     const struct lesson_look *look, struct canvas *canvas,
                     struct area area)
{
    struct prose_layout layout = {.columns = area.width > 80 ? 80 : area.width};
    int lines;

    if (look->sheet == SHEET_NOTES)
        lay_notes(&layout, lesson, world);
    else if (look->glossary)
        lay_glossary(&layout, lesson, world, look->glossary);
    prose_layout_draw(&layout, look->sheet_scroll, canvas, area);
    lines = layout.height;
    prose_layout_free(&layout);
    return lines;
}

/* The socket may have gone, and the lab with it. */
static int draw_details(const struct world *world, const struct lesson_look *look,
                        struct canvas *canvas, struct area area)
{
    const struct details_look details = {look->now_ns, look->sheet_scroll};
    const struct world_sock *sock =
        world_sock_find(world, look->sock_host, look->cookie);

    if (sock)
        return details_draw(world, sock, &details, canvas, area);
    canvas_put(canvas, area, 0, 0, ELEMENT_TEXT,
               "The kernel no longer has this socket.");
    return 1;
}

static int draw_segment(const struct world *world, const struct lesson_look *look,
                        struct canvas *canvas, struct area area)
{
    const struct segment_look segment = {.scroll = look->sheet_scroll,
                                         .relative = !look->absolute};
    const struct world_packet *packet = world_packet_find(world, look->packet);

    if (packet)
        return segment_draw(world, packet, &segment, canvas, area);
    canvas_put(canvas, area, 0, 0, ELEMENT_TEXT, "This lab has no such packet.");
    return 1;
}

int lesson_sheet_draw(const struct lesson *lesson, const struct world *world,
                      const struct lesson_look *look, struct canvas *canvas,
                      struct area area)
{
    const struct statemap_look map = lesson_sheet_map(world, look);

    switch (look->sheet) {
    case SHEET_MAP:
        statemap_draw(world, &map, canvas, area);
        return area.height;
    case SHEET_GLOSSARY:
    case SHEET_NOTES:
        return draw_text(lesson, world, look, canvas, area);
    case SHEET_DETAILS:
        return draw_details(world, look, canvas, area);
    case SHEET_SEGMENT:
        return draw_segment(world, look, canvas, area);
    case SHEET_NONE:
        break;
    }
    return 0;
}
