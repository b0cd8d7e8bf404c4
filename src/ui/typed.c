#include "ui/typed.h"

#include <stdlib.h>
#include <string.h>

#include "ui/terminal.h"

void typed_free(struct typed *typed)
{
    buf_free(&typed->text);
    buf_free(&typed->unsent);
    vec_each (line, &typed->lines)
        free(*line);
    vec_free(&typed->lines);
    typed->cursor = typed->back = 0;
}

void typed_clear(struct typed *typed)
{
    buf_clear(&typed->text);
    buf_clear(&typed->unsent);
    typed->cursor = typed->back = 0;
}

static void set_text(struct typed *typed, const char *text)
{
    buf_clear(&typed->text);
    buf_puts(&typed->text, text);
    typed->cursor = typed->text.len;
}

/* ----------------------------------------------------------- changing */

static void add_character(struct buf *line, unsigned code)
{
    if (code < 0x80) {
        buf_putc(line, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_putc(line, (char)(0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buf_putc(line, (char)(0xe0 | code >> 12));
        } else {
            buf_putc(line, (char)(0xf0 | code >> 18));
            buf_putc(line, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buf_putc(line, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_putc(line, (char)(0x80 | (code & 0x3f)));
}

void typed_insert(struct typed *typed, const char *text)
{
    char *rest = mem_strdup(buf_text(&typed->text) + typed->cursor);

    typed->text.len = typed->cursor;
    buf_puts(&typed->text, text);
    typed->cursor = typed->text.len;
    buf_puts(&typed->text, rest);
    free(rest);
}

/* Takes out the bytes from `from` up to `to`. */
static void take_out(struct typed *typed, size_t from, size_t to)
{
    char *rest = mem_strdup(buf_text(&typed->text) + to);

    typed->text.len = from;
    buf_puts(&typed->text, rest);
    typed->cursor = from;
    free(rest);
}

/* Where the character before the cursor begins, and where the one behind it ends. */
static size_t before(const struct typed *typed)
{
    size_t at = typed->cursor;

    while (at > 0 && (typed->text.data[--at] & 0xc0) == 0x80)
        ;
    return at;
}

static size_t behind(const struct typed *typed)
{
    size_t at = typed->cursor;

    while (at < typed->text.len && (typed->text.data[++at] & 0xc0) == 0x80)
        ;
    return at;
}

static size_t word_before(const struct typed *typed)
{
    const char *text = buf_text(&typed->text);
    size_t at = typed->cursor;

    while (at > 0 && text[at - 1] == ' ')
        at--;
    while (at > 0 && text[at - 1] != ' ')
        at--;
    return at;
}

bool typed_key(struct typed *typed, int key, size_t most)
{
    struct buf character = {0};

    switch (key) {
    case KEY_IS_BACKSPACE:
        take_out(typed, before(typed), typed->cursor);
        return true;
    case KEY_IS_DELETE:
        take_out(typed, typed->cursor, behind(typed));
        return true;
    case KEY_IS_DELETE_WORD:
        take_out(typed, word_before(typed), typed->cursor);
        return true;
    case KEY_IS_DELETE_LINE:
        take_out(typed, 0, typed->cursor);
        return true;
    default:
        break;
    }
    if ((key < ' ' || key >= 0x7f) && (key < 0xa0 || key >= KEY_IS_UP))
        return false;
    if (typed->text.len < most) {
        add_character(&character, (unsigned)key);
        typed_insert(typed, buf_text(&character));
        buf_free(&character);
    }
    return true;
}

/* ----------------------------------------------------------- moving */

static void go_back(struct typed *typed)
{
    if (typed->back == typed->lines.count)
        return;
    if (typed->back == 0) {
        buf_clear(&typed->unsent);
        buf_puts(&typed->unsent, buf_text(&typed->text));
    }
    typed->back++;
    set_text(typed, typed->lines.items[typed->lines.count - typed->back]);
}

static void go_on(struct typed *typed)
{
    if (typed->back == 0)
        return;
    typed->back--;
    set_text(typed, typed->back ? typed->lines.items[typed->lines.count - typed->back]
                                : buf_text(&typed->unsent));
}

bool typed_move(struct typed *typed, int key)
{
    switch (key) {
    case KEY_IS_LEFT:
        typed->cursor = before(typed);
        return true;
    case KEY_IS_RIGHT:
        typed->cursor = behind(typed);
        return true;
    case KEY_IS_HOME:
        typed->cursor = 0;
        return true;
    case KEY_IS_END:
        typed->cursor = typed->text.len;
        return true;
    case KEY_IS_UP:
        go_back(typed);
        return true;
    case KEY_IS_DOWN:
        go_on(typed);
        return true;
    default:
        return false;
    }
}

void typed_keep(struct typed *typed)
{
    const char *text = buf_text(&typed->text);

    if (!*text || (typed->lines.count && strcmp(*vec_last(&typed->lines), text) == 0))
        return;
    if (typed->lines.count == TYPED_LINES_MOST) {
        free(typed->lines.items[0]);
        vec_remove(&typed->lines, 0);
    }
    *vec_push(&typed->lines) = mem_strdup(text);
}
