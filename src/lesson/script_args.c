/* The arguments of a call. */
#include <limits.h>
#include <string.h>

#include "base/printable.h"
#include "lesson/script_parts.h"

static const char *arg_usage(enum call_arg arg)
{
    switch (arg) {
    case ARG_DESCRIPTOR:
        return "SOCKET";
    case ARG_FAMILY:
        return "AF_INET";
    case ARG_TYPE:
        return "SOCK_STREAM";
    case ARG_NUMBER:
        return "NUMBER";
    case ARG_ENDPOINT:
        return "ADDRESS:PORT";
    case ARG_DATA:
        return "\"text\"";
    case ARG_SIZE:
        return "SIZE";
    case ARG_HOW:
        return "SHUT_WR";
    case ARG_OPTION:
        return "OPTION";
    case ARG_VALUE:
        return "VALUE";
    case ARG_NONE:
        break;
    }
    return "";
}

unsigned call_arg_count(const struct call_def *def)
{
    unsigned count = 0;

    while (count < CALL_ARGS_MAX && def->args[count] != ARG_NONE)
        count++;
    return count;
}

void call_usage(const struct call_def *def, struct buf *out)
{
    buf_printf(out, "%s(", def->name);
    for (unsigned i = 0; i < call_arg_count(def); i++)
        buf_printf(out, "%s%s", i ? ", " : "", arg_usage(def->args[i]));
    buf_putc(out, ')');
}

static void read_family(struct script_text *line, const struct word *arg, int *out)
{
    known_words known = {0};

    if (call_family_parse(arg->text, out) == 0)
        return;
    known_add_list(&known, call_families);
    script_unknown(line, arg->at, "address family", arg->text, &known,
                   "AF_INET or AF_INET6");
    vec_free(&known);
}

/* SOCK_STREAM | SOCK_NONBLOCK */
static void read_type(struct script_text *line, const struct word *arg, int *out)
{
    static const char hint[] = "one of SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, and | "
                               "SOCK_NONBLOCK after it if wanted";
    known_words known = {0};
    unsigned types = 0;
    size_t at = 0;

    known_add_list(&known, call_types);
    for (;;) {
        size_t len;
        char *word;
        int value;

        at += strspn(arg->text + at, " \t");
        len = strcspn(arg->text + at, " \t|");
        word = mem_strndup(arg->text + at, len);
        if (call_type_parse(word, &value) == 0) {
            *out |= value;
            types += strcmp(word, "SOCK_NONBLOCK") != 0;
        } else {
            script_unknown(line, arg->at + at, "socket type", word, &known, hint);
            types = 1;
        }
        free(word);
        at += len;
        at += strspn(arg->text + at, " \t");
        if (arg->text[at] != '|')
            break;
        at++;
    }
    if (arg->text[at])
        script_error(line, arg->at + at, "'%s' is not expected here: expected | or ,",
                     arg->text + at);
    else if (types != 1)
        script_error(line, arg->at, "'%s': expected %s", arg->text, hint);
    vec_free(&known);
}

static void read_address(struct script_text *line, const struct word *arg,
                         struct call_request *request)
{
    int64_t port;

    if (strncmp(arg->text, "*:", 2) != 0) {
        read_endpoint(line, arg->at, arg->text, &request->endpoint);
    } else if (request->id != CALL_BIND) {
        script_error(
            line, arg->at,
            "'%s': '*' is for bind; expected the ADDRESS:PORT of the other side",
            arg->text);
    } else if (read_number(line, arg->at + 2, arg->text + 2, 0, UINT16_MAX, &port)) {
        request->endpoint.address.family = AF_INET;
        request->endpoint.port = (uint16_t)port;
    }
}

/* "text" or "text" * TIMES */
static void read_data(struct script_text *line, const struct word *arg,
                      struct call_line *call)
{
    struct buf data = {0};
    int64_t times = 1;
    size_t at;

    if (!read_string(line, arg->at, arg->text, &data, &at)) {
        buf_free(&data);
        return;
    }
    at += strspn(arg->text + at, " \t");
    if (arg->text[at] == '*') {
        at++;
        at += strspn(arg->text + at, " \t");
        if (!read_number(line, arg->at + at, arg->text + at, 1, CALL_DATA_MAX, &times))
            times = 1;
    } else if (arg->text[at]) {
        script_error(line, arg->at + at,
                     "'%s' is not expected here: expected * and a number, or nothing",
                     arg->text + at);
    }
    if (data.len > CALL_DATA_MAX / (uint64_t)times)
        script_error(line, arg->at, "too much data: expected at most 16 MiB");
    call->request.data_len = (uint32_t)data.len;
    call->request.data_times = (uint32_t)times;
    free(call->data);
    call->data = buf_take(&data);
}

static void read_how(struct script_text *line, const struct word *arg, long *out)
{
    known_words known = {0};
    int how;

    if (call_how_parse(arg->text, &how) == 0) {
        *out = how;
        return;
    }
    known_add_list(&known, call_hows);
    script_unknown(line, arg->at, "way to shut down", arg->text, &known,
                   "SHUT_RD, SHUT_WR or SHUT_RDWR");
    vec_free(&known);
}

/* False when the option is not known: its value cannot be judged then. */
static bool read_option(struct script_text *line, const struct word *arg,
                        struct call_request *request)
{
    const struct call_option *option = call_option_find(arg->text);
    known_words known = {0};

    if (option) {
        request->option = (unsigned)(option - call_options);
        if (option->read_only && request->id == CALL_SETSOCKOPT)
            script_error(line, arg->at,
                         "'%s' can only be read: expected getsockopt(s, %s)", arg->text,
                         arg->text);
        return true;
    }
    for (unsigned i = 0; i < call_option_count; i++)
        known_add(&known, call_options[i].name);
    script_unknown(line, arg->at, "socket option", arg->text, &known,
                   "one such as SO_REUSEADDR or TCP_NODELAY");
    vec_free(&known);
    return false;
}

/* SO_LINGER's "on,seconds" */
static void read_linger(struct script_text *line, const struct word *arg,
                        struct call_request *request)
{
    static const struct {
        const char *text;
        int on;
    } words[] = {{"on,", 1}, {"1,", 1}, {"off,", 0}, {"0,", 0}};
    struct buf text = {0};
    size_t used;
    int64_t seconds = -1;

    if (arg->text[0] == '"' && read_string(line, arg->at, arg->text, &text, &used) &&
        !arg->text[used]) {
        for (size_t i = 0; i < 4; i++) {
            size_t len = strlen(words[i].text);

            if (strncmp(buf_text(&text), words[i].text, len) != 0)
                continue;
            request->value = words[i].on;
            if (!number_parse(buf_text(&text) + len, &seconds) || seconds > INT_MAX)
                seconds = -1;
        }
    }
    request->linger_s = (int)seconds;
    if (seconds < 0)
        script_error(line, arg->at,
                     "'%s' is no value of SO_LINGER: expected \"on,SECONDS\", such as "
                     "\"1,0\"",
                     arg->text);
    buf_free(&text);
}

static void read_arg(struct script_text *line, enum call_arg kind,
                     const struct word *arg, struct call_line *call, bool *option_known)
{
    struct call_request *request = &call->request;
    char host[NAME_TEXT];
    int64_t number = 0;

    switch (kind) {
    case ARG_DESCRIPTOR:
        thread_host(call->thread, host);
        if (read_name(line, arg->at, arg->text, "variable") &&
            read_var(line, arg->at, host, arg->text))
            memcpy(call->descriptor, arg->text, strlen(arg->text) + 1);
        break;
    case ARG_FAMILY:
        read_family(line, arg, &request->family);
        break;
    case ARG_TYPE:
        read_type(line, arg, &request->type);
        break;
    case ARG_NUMBER:
        read_number(line, arg->at, arg->text, INT_MIN, INT_MAX, &number);
        request->number = (long)number;
        break;
    case ARG_SIZE:
        read_number(line, arg->at, arg->text, 0, CALL_DATA_MAX, &number);
        request->number = (long)number;
        break;
    case ARG_ENDPOINT:
        read_address(line, arg, request);
        break;
    case ARG_DATA:
        read_data(line, arg, call);
        break;
    case ARG_HOW:
        read_how(line, arg, &request->number);
        break;
    case ARG_OPTION:
        *option_known = read_option(line, arg, request);
        break;
    case ARG_VALUE:
        if (!*option_known)
            break;
        if (call_options[request->option].linger)
            read_linger(line, arg, request);
        else if (read_number(line, arg->at, arg->text, INT_MIN, INT_MAX, &number))
            request->value = (int)number;
        break;
    case ARG_NONE:
        break;
    }
}

static void arg_add(struct script_text *line, size_t from, size_t to, word_list *args)
{
    struct word *arg = vec_push(args);

    while (from < to && strchr(" \t", line->text[from]))
        from++;
    while (to > from && strchr(" \t", line->text[to - 1]))
        to--;
    arg->at = from;
    arg->text = mem_strndup(line->text + from, to - from);
}

/* Splits at commas outside quotes, up to the closing parenthesis. */
static bool split_args(struct script_text *line, word_list *args)
{
    const char *text = line->text;
    size_t from = line->at + 1, i = from;
    unsigned depth = 0;
    bool open = false;

    for (; text[i]; i++) {
        if (open && text[i] == '\\' && text[i + 1]) {
            i++;
        } else if (text[i] == '"') {
            open = !open;
        } else if (!open && text[i] == '(') {
            depth++;
        } else if (!open && text[i] == ')') {
            if (!depth)
                break;
            depth--;
        } else if (!open && !depth && text[i] == ',') {
            arg_add(line, from, i, args);
            from = i + 1;
        }
    }
    if (!text[i]) {
        script_missing(line, "')'");
        return false;
    }
    if (args->count || from + strspn(text + from, " \t") < i)
        arg_add(line, from, i, args);
    line->at = i + 1;
    return true;
}

bool read_call_args(struct script_text *line, size_t name_at, struct call_line *call)
{
    unsigned count = call_arg_count(call->def);
    size_t from = line->at + 1, to;
    bool option_known = true, closed;
    word_list args = {0};

    closed = split_args(line, &args);
    if (closed && args.count != count) {
        struct buf usage = {0};

        call_usage(call->def, &usage);
        script_error(line, name_at, "%s takes %u argument%s, not %zu: expected %s",
                     call->def->name, count, count == 1 ? "" : "s", args.count,
                     buf_text(&usage));
        buf_free(&usage);
    } else if (closed) {
        for (unsigned i = 0; i < count; i++)
            read_arg(line, call->def->args[i], &args.items[i], call, &option_known);
        to = line->at - 1;
        from += strspn(line->text + from, " \t");
        while (to > from && strchr(" \t", line->text[to - 1]))
            to--;
        call->args = printable_bytes(line->text + from, to > from ? to - from : 0);
    }
    word_list_free(&args);
    return closed;
}
