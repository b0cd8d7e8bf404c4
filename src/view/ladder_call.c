#include "view/ladder_call.h"

#include <string.h>

#include "view/canvas.h"

void ladder_call_thread(const struct world_row *row, struct buf *out)
{
    const char *slash = strchr(row->thread, '/');
    const char *name = slash ? slash + 1 : row->thread;

    if (slash || strchr(name, '.'))
        buf_printf(out, "%s: ", name);
}

void ladder_call_quote(const char *text, int columns, struct buf *out)
{
    int width;

    if (text_fits(text, columns - 2)) {
        buf_printf(out, "“%s”", text);
        return;
    }
    buf_puts(out, "“");
    buf_add(out, text, text_prefix(text, columns - 3, &width));
    buf_puts(out, "…”");
}

/* ----------------------------------------------------------- calls */

/* The wordings of a call, the fullest first. Which thread it is says more than which
 * variable it sets. */
enum wording {
    WORDING_WHOLE,       /* "web: n = recv(c, 5)" */
    WORDING_SHORT,       /* "web: n = recv()" */
    WORDING_NAME,        /* "web: recv()" */
    WORDING_SHORT_ALONE, /* "n = recv()" */
    WORDING_NAME_ALONE,  /* "recv()" */
    WORDING_COUNT
};

/* "listener = socket()" without what it sets: the name of the call says more. */
static const char *without_var(const char *text)
{
    const char *equals = strstr(text, " = "), *open = strchr(text, '(');

    return equals && open && equals < open ? equals + 3 : text;
}

/* Of setsockopt() and getsockopt() the option is what matters: "SO_KEEPALIVE = 1". */
static bool add_option(const char *text, struct buf *out)
{
    const char *option = strchr(text, ','), *value;

    if ((strncmp(text, "setsockopt(", 11) != 0 &&
         strncmp(text, "getsockopt(", 11) != 0) ||
        !option)
        return false;
    option += strspn(option, ", ");
    value = strchr(option, ',');
    if (!value) {
        buf_add(out, option, strcspn(option, ")"));
        return true;
    }
    buf_add(out, option, (size_t)(value - option));
    value += strspn(value, ", ");
    buf_printf(out, " = %.*s", (int)strcspn(value, ")"), value);
    return true;
}

/* The call without its arguments: "connect(c, 10.0.0.1:80)" becomes "connect()". */
static void add_short_call(const char *text, struct buf *out)
{
    const char *open = strchr(text, '(');

    if (add_option(text, out))
        return;
    if (open) {
        buf_add(out, text, (size_t)(open - text));
        buf_puts(out, "()");
    } else {
        buf_puts(out, text);
    }
}

static void word_call(const struct world_row *row, enum wording wording, struct buf *out)
{
    buf_clear(out);
    switch (wording) {
    case WORDING_WHOLE:
        ladder_call_thread(row, out);
        buf_puts(out, row->text);
        break;
    case WORDING_SHORT:
        ladder_call_thread(row, out);
        add_short_call(row->text, out);
        break;
    case WORDING_NAME:
        ladder_call_thread(row, out);
        add_short_call(without_var(row->text), out);
        break;
    case WORDING_SHORT_ALONE:
        add_short_call(row->text, out);
        break;
    case WORDING_NAME_ALONE:
    case WORDING_COUNT:
        add_short_call(without_var(row->text), out);
        break;
    }
}

/* ----------------------------------------------------------- what they gave */

static bool gave_data(const struct world_row *row)
{
    return row->data && row->data[0];
}

/* Long data stand in no line: they are not put together with the rest to find that out.
 */
static bool data_fit(const struct world_row *row, int columns)
{
    return !gave_data(row) || text_fits(row->data, columns);
}

/* " = 12 “good morning”", and from whom. */
static void add_result(const struct world_row *row, bool sender, struct buf *out)
{
    buf_printf(out, " = %s", row->result);
    if (gave_data(row))
        buf_printf(out, " “%s”", row->data);
    if (sender && row->sender)
        buf_printf(out, " from %s", row->sender);
}

static bool fits(const struct buf *text, int columns)
{
    return text_fits(buf_text(text), columns);
}

/* What the call gave, on a line of its own: with the sender, without, without the count,
 * and at last cut, but then with the count. */
static void word_result(const struct world_row *row, int columns, struct buf *out)
{
    struct buf text = {0};

    for (int sender = 1; sender >= 0 && data_fit(row, columns); sender--) {
        buf_clear(&text);
        add_result(row, sender, &text);
        if (fits(&text, columns + 1)) {
            buf_puts(out, buf_text(&text) + 1); /* without its space */
            buf_free(&text);
            return;
        }
    }
    buf_free(&text);
    if (!gave_data(row)) {
        text_cut_endpoint(row->result, columns, out);
        return;
    }
    if (text_width(row->data) + 2 > columns)
        buf_printf(out, "= %s ", row->result);
    ladder_call_quote(row->data, columns - text_width(buf_text(out)), out);
}

/* A call with what it gave, in one line or in two. */
static void word_news(const struct world_row *row, int columns, struct buf *first,
                      struct buf *second)
{
    for (enum wording i = WORDING_WHOLE; i <= WORDING_NAME && data_fit(row, columns);
         i++) {
        for (int sender = 1; sender >= 0; sender--) {
            word_call(row, i, first);
            add_result(row, sender, first);
            if (fits(first, columns))
                return;
        }
    }
    word_result(row, columns, second);
}

/* ----------------------------------------------------------- returns */

/* "connect = 0" as "connect() = 0", which reads as a call. */
static void add_return(const char *text, struct buf *out)
{
    const char *equals = strstr(text, " = ");

    if (equals && !memchr(text, '(', (size_t)(equals - text)))
        buf_printf(out, "%.*s()%s", (int)(equals - text), text, equals);
    else
        buf_puts(out, text);
}

/* A failed call's errno is worth more than all before it: "ECONNREFUSED". */
static const char *short_return(const struct world_row *row)
{
    const char *space = strrchr(row->text, ' ');

    return row->failed && space && space[1] == 'E' ? space + 1 : row->text;
}

/* "web: recv() = 5 “hello” from 10.0.0.1:80", "web: recv() = 5 “hello”", "web: “hello”".
 */
static bool word_received(const struct world_row *row, int columns, struct buf *out)
{
    for (int sender = 1; sender >= 0 && data_fit(row, columns); sender--) {
        buf_clear(out);
        ladder_call_thread(row, out);
        add_return(row->text, out);
        buf_printf(out, " “%s”", row->data);
        if (sender && row->sender)
            buf_printf(out, " from %s", row->sender);
        if (fits(out, columns))
            return true;
    }
    buf_clear(out);
    ladder_call_thread(row, out);
    buf_printf(out, "“%s”", row->data);
    return fits(out, columns);
}

/* "web: = 11", where the call's name has no room beside the thread's. */
static bool word_thread_return(const struct world_row *row, int columns, struct buf *out)
{
    const char *equals = strstr(row->text, " = ");

    buf_clear(out);
    ladder_call_thread(row, out);
    if (!out->len || row->failed || !equals)
        return false;
    buf_puts(out, equals + 1);
    return fits(out, columns);
}

static void word_return(const struct world_row *row, int columns, struct buf *out)
{
    if (gave_data(row) && word_received(row, columns, out))
        return;
    buf_clear(out);
    ladder_call_thread(row, out);
    add_return(row->text, out);
    if (fits(out, columns))
        return;
    buf_clear(out);
    ladder_call_thread(row, out);
    buf_puts(out, short_return(row));
    if (fits(out, columns) || word_thread_return(row, columns, out))
        return;
    buf_clear(out);
    buf_puts(out, short_return(row));
}

void ladder_call_words(const struct world_row *row, int columns, struct buf *first,
                       struct buf *second)
{
    buf_clear(first);
    buf_clear(second);
    if (row->kind == ROW_RETURN) {
        word_return(row, columns, first);
        return;
    }
    if (row->result)
        word_news(row, columns, first, second);
    if (row->result && !second->len)
        return;
    for (enum wording i = WORDING_WHOLE; i < WORDING_COUNT; i++) {
        word_call(row, i, first);
        if (fits(first, columns))
            return;
    }
}
