#include "base/printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#define TAB_COLUMNS 8
#define ZERO_WIDTH_JOINER 0x200d /* joins emoji; Unicode 14, section 23.2 */

/* How far the line at the end of `out` reaches. Measured only when a tab asks, and from
 * where the last tab left off: a long line full of tabs is read once. */
struct line_reach {
    size_t measured; /* bytes of out that are counted */
    int column;
};

static bool is_printable(utf8proc_int32_t code)
{
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL: /* line and paragraph separators move some terminals */
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_CF: /* the bidirectional controls are among them (UAX 9) */
        return code == ZERO_WIDTH_JOINER;
    default:
        return true;
    }
}

static void add_escape(struct buf *out, utf8proc_int32_t code)
{
    if (code == '\n')
        buf_puts(out, "\\n");
    else if (code == '\t')
        buf_puts(out, "\\t");
    else if (code == '\r')
        buf_puts(out, "\\r");
    else if (code < 0x80)
        buf_printf(out, "\\x%02x", (unsigned)code);
    else if (code <= 0xffff)
        buf_printf(out, "\\u%04x", (unsigned)code);
    else
        buf_printf(out, "\\U%08x", (unsigned)code);
}

static struct line_reach reach_start(const struct buf *out)
{
    struct line_reach reach = {.measured = out->len};

    while (reach.measured > 0 && out->data[reach.measured - 1] != '\n')
        reach.measured--;
    return reach;
}

static void add_tab(struct buf *out, struct line_reach *reach)
{
    while (reach->measured < out->len) {
        utf8proc_int32_t code;
        const char *at = out->data + reach->measured;
        utf8proc_ssize_t len =
            utf8proc_iterate((const utf8proc_uint8_t *)at,
                             (utf8proc_ssize_t)(out->len - reach->measured), &code);

        if (*at == '\n')
            reach->column = 0;
        else
            reach->column += len < 1 ? 1 : utf8proc_charwidth(code);
        reach->measured += len < 1 ? 1 : (size_t)len;
    }
    do {
        buf_putc(out, ' ');
        reach->column++;
    } while (reach->column % TAB_COLUMNS);
    reach->measured = out->len;
}

void printable_add(struct buf *out, const char *text, size_t len,
                   enum printable_mode mode)
{
    struct line_reach reach = {0};
    size_t at = 0;

    if (mode == PRINTABLE_TEXT)
        reach = reach_start(out);
    while (at < len) {
        utf8proc_int32_t code;
        utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                  (utf8proc_ssize_t)(len - at), &code);

        if (bytes < 1) {
            buf_printf(out, "\\x%02x", (unsigned char)text[at]);
            at++;
            continue;
        }
        if (mode == PRINTABLE_TEXT && code == '\t')
            add_tab(out, &reach);
        else if (is_printable(code) || (mode == PRINTABLE_TEXT && code == '\n'))
            buf_add(out, text + at, (size_t)bytes);
        else
            add_escape(out, code);
        at += (size_t)bytes;
    }
}

char *printable_line(const char *text)
{
    return printable_bytes(text, strlen(text));
}

char *printable_bytes(const void *data, size_t len)
{
    struct buf out = {0};

    printable_add(&out, data, len, PRINTABLE_LINE);
    return buf_take(&out);
}
