/* Which rows of the list are shown, and which one is selected. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "view/home.h"

char *home_fold(const char *text)
{
    utf8proc_uint8_t *folded = NULL;
    char *result;

    if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                         UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK) < 0)
        return mem_strdup(text);
    result = mem_strdup((const char *)folded);
    free(folded);
    return result;
}

/* Each of the words stands in it. */
static bool has_words(const char *text, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, " ");

        if (len && !memmem(text, strlen(text), words, len))
            return false;
        words += len + strspn(words + len, " ");
    }
    return true;
}

static size_t selected_row(const struct home *home)
{
    return home->selected < home->shown.count ? home->shown.items[home->selected] : 0;
}

void home_filter(struct home *home)
{
    size_t row = selected_row(home);
    char *words = home_fold(home->search ? home->search : "");

    home->shown.count = 0;
    for (size_t i = 0; i < home->row_count; i++)
        if ((home->rows[i].core || !home->core_only) &&
            has_words(home->rows[i].words, words))
            *vec_push(&home->shown) = i;
    free(words);
    home_select(home, row);
}

void home_free(struct home *home)
{
    vec_free(&home->shown);
}

void home_select(struct home *home, size_t row)
{
    size_t place = 0;

    while (place + 1 < home->shown.count && home->shown.items[place] < row)
        place++;
    home->selected = place;
}

const struct home_row *home_selected(const struct home *home)
{
    return home->shown.count ? &home->rows[selected_row(home)] : NULL;
}

void home_move(struct home *home, int by)
{
    int place = (int)home->selected + by, last = (int)home->shown.count - 1;

    home->selected = place < 0 || last < 0 ? 0 : (size_t)(place > last ? last : place);
}

/* A part's name takes two lines above its first row; most pages have one or two. */
#define LINES_OF_PARTS 4

void home_turn(struct home *home, int direction)
{
    int rows = home->list.height - LINES_OF_PARTS;

    home_move(home, (rows < 1 ? 1 : rows) * direction);
}
