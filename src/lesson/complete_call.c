/* Lines that begin with "THREAD:". */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "lesson/complete_parts.h"

/* How far a call line is written. */
struct call_parts {
    size_t thread;              /* bytes of its name */
    size_t name;                /* where the call's name, or "=>", begins */
    bool assigns;               /* VAR = stands before it */
    const struct call_def *def; /* after a "(", if there is such a call */
    size_t open;                /* the "(", 0: none yet */
    size_t arg;                 /* where the argument at the cursor begins */
    unsigned number;            /* of that argument, from 0 */
    size_t rest;                /* what follows the ")"; 0: none yet */
};

static size_t skip(const char *text, size_t at)
{
    return at + strspn(text + at, " \t");
}

static size_t name_end(const char *text, size_t at)
{
    while (is_name_char(text[at]))
        at++;
    return at;
}

/* From the "(" on: the argument at the cursor, or what follows the ")". */
static void split_args(const char *text, struct call_parts *parts)
{
    bool open = false;

    parts->arg = skip(text, parts->open + 1);
    for (size_t i = parts->open + 1; text[i]; i++) {
        if (open && text[i] == '\\' && text[i + 1]) {
            i++;
        } else if (text[i] == '"') {
            open = !open;
        } else if (!open && text[i] == ',') {
            parts->number++;
            parts->arg = skip(text, i + 1);
        } else if (!open && text[i] == ')') {
            parts->rest = skip(text, i + 1);
            return;
        }
    }
}

static void split_call(const char *text, size_t thread_len, struct call_parts *parts)
{
    size_t end;
    char *name;

    *parts = (struct call_parts){.thread = thread_len};
    parts->name = skip(text, skip(text, thread_len) + 1); /* behind the colon */
    end = skip(text, name_end(text, parts->name));
    if (end > parts->name && text[end] == '=' && text[end + 1] != '>') {
        parts->assigns = true;
        parts->name = skip(text, end + 1);
        end = skip(text, name_end(text, parts->name));
    }
    if (text[end] != '(')
        return;
    name = mem_strndup(text + parts->name, name_end(text, parts->name) - parts->name);
    parts->def = call_find(name);
    parts->open = end;
    free(name);
    if (parts->def && parts->def->demo_only)
        parts->def = NULL;
    split_args(text, parts);
}

const struct call_def *complete_call_def(const char *text, size_t thread_len)
{
    struct call_parts parts;

    split_call(text, thread_len, &parts);
    return parts.def;
}

/* ----------------------------------------------------------- the call */

static void complete_name(struct completing *at, const struct call_parts *parts)
{
    complete_at(at, parts->name);
    complete_expect(at, parts->assigns ? "a call that gives something to keep"
                                       : "a call, VAR = CALL(...), or => RESULT");
    for (unsigned i = 0; i < CALL_COUNT; i++) {
        const struct call_def *def = &call_defs[i];
        char *text = mem_printf("%s(%s", def->name, call_arg_count(def) ? "" : ")");
        bool fits = parts->assigns ? def->sets_var : i != CALL_FORK;

        if (!def->demo_only && fits)
            complete_offer(at, text, "", def->help);
        free(text);
    }
    if (!parts->assigns)
        complete_offer(at, "=>", " ", "what the last call gave");
}

/* ----------------------------------------------------------- arguments */

static void complete_options(struct completing *at, const struct call_parts *parts,
                             const char *after)
{
    bool sets = call_id_of(parts->def) == CALL_SETSOCKOPT;

    complete_expect(at, "a socket option, like SO_REUSEADDR");
    for (unsigned i = 0; i < call_option_count; i++)
        if (!sets || !call_options[i].read_only)
            complete_offer(at, call_options[i].name, after, call_options[i].help);
}

/* The value of the option that stands before it. */
static void expect_value(struct completing *at, const struct call_parts *parts)
{
    complete_expect(at, "the option's value, like 1");
    for (unsigned i = 0; i < call_option_count; i++) {
        const struct call_option *option = &call_options[i];
        const char *found = strstr(at->text + parts->open, option->name);

        if (found && !is_name_char(found[strlen(option->name)]))
            complete_expect(at, option->value);
    }
}

/* A word of "SOCK_STREAM | SOCK_NONBLOCK". */
static void complete_type(struct completing *at, const struct call_parts *parts)
{
    const char *bar = strrchr(at->text + parts->arg, '|');

    if (bar)
        complete_at(at, skip(at->text, (size_t)(bar - at->text) + 1));
    complete_expect(at, "a socket type, like SOCK_STREAM");
    for (const struct named *type = call_types; type->name; type++)
        if ((type->value == SOCK_NONBLOCK) == (bar != NULL))
            complete_offer(at, type->name, ", ", type->help);
}

static enum sock_proto proto_of(struct completing *at, const struct call_parts *parts,
                                const char *thread)
{
    size_t from = skip(at->text, parts->open + 1);
    char *var = mem_strndup(at->text + from, name_end(at->text, from) - from);
    const struct world_sock *sock = complete_sock(at, thread, var);

    free(var);
    return sock ? sock->sock.proto : PROTO_NONE;
}

static void complete_address(struct completing *at, const struct call_parts *parts,
                             const char *thread, const char *after)
{
    if (call_id_of(parts->def) == CALL_BIND)
        complete_own_addresses(at, thread);
    else
        complete_servers(at, proto_of(at, parts, thread), after);
}

static void expect_number(struct completing *at, const struct call_parts *parts)
{
    if (call_id_of(parts->def) == CALL_SOCKET) {
        complete_expect(at, "0: the protocol that goes with the type");
        complete_offer(at, "0", ")", "the protocol that goes with the type");
    } else {
        complete_expect(at, "a number: how many clients may wait, like 5");
    }
}

static void complete_arg(struct completing *at, const struct call_parts *parts,
                         enum call_arg kind, const char *thread, const char *after)
{
    switch (kind) {
    case ARG_DESCRIPTOR:
        complete_expect(at, "a variable that holds a socket of this host");
        complete_vars(at, thread, after);
        break;
    case ARG_FAMILY:
        complete_expect(at, "an address family: AF_INET or AF_INET6");
        complete_offer_list(at, call_families, after);
        break;
    case ARG_TYPE:
        complete_type(at, parts);
        break;
    case ARG_NUMBER:
        expect_number(at, parts);
        break;
    case ARG_ENDPOINT:
        complete_address(at, parts, thread, after);
        break;
    case ARG_DATA:
        complete_expect(at, "text in quotes, like \"hello\" or \"x\" * 4000");
        break;
    case ARG_SIZE:
        complete_expect(at, "a number of bytes, like 100");
        break;
    case ARG_HOW:
        complete_expect(at, "which direction ends, like SHUT_WR");
        complete_offer_list(at, call_hows, after);
        break;
    case ARG_OPTION:
        complete_options(at, parts, after);
        break;
    case ARG_VALUE:
        expect_value(at, parts);
        break;
    case ARG_NONE:
        break;
    }
}

static void complete_args(struct completing *at, const struct call_parts *parts)
{
    unsigned count = parts->def ? call_arg_count(parts->def) : 0;
    char *thread = mem_strndup(at->text, parts->thread);

    complete_at(at, parts->arg);
    if (!parts->def) {
        complete_expect(at, "a call that exists before the '('");
    } else if (parts->number >= count) {
        complete_expect(at, "')': the call has all it takes");
        complete_offer(at, ")", "", "");
    } else {
        complete_arg(at, parts, parts->def->args[parts->number], thread,
                     parts->number + 1 < count ? ", " : ")");
    }
    free(thread);
}

/* ----------------------------------------------------------- results */

static const char *result_words(const struct call_def *def)
{
    if (!def)
        return "what the call gave: a number, an errno name, or blocks";
    switch (def->gives) {
    case GIVES_NUMBER:
    case GIVES_OPTION:
        return "a number, like 0, or an errno name, like ECONNREFUSED";
    case GIVES_DATA:
        return "\"data\" in quotes, a number of bytes, or an errno name";
    case GIVES_DATA_FROM:
        return "\"data\", also with from ADDRESS:PORT; a number; or an errno name";
    case GIVES_ENDPOINT:
        return "an address and port, like 192.168.0.110:*";
    case GIVES_NOTHING:
        break;
    }
    return "nothing: this call does not come back";
}

#define ERRNO_LAST 133 /* asm-generic/errno.h */

/* from: what follows the "=>". alone: THREAD: => RESULT. */
static void complete_result(struct completing *at, size_t from, bool alone,
                            const struct call_def *def)
{
    size_t word = skip(at->text, from), end = word + strcspn(at->text + word, " \t");

    if (at->text[end]) {
        size_t next = skip(at->text, end), stop = next + strcspn(at->text + next, " \t");

        complete_at(at, at->text[stop] ? skip(at->text, stop) : next);
        if (alone && !at->text[stop])
            complete_offer(at, "within", " ", "how long it may take");
        if (at->text[stop])
            complete_expect(at,
                            alone ? "a duration such as 70s" : "an address and port");
        return;
    }
    complete_at(at, word);
    complete_expect(at, result_words(def));
    if (!def || def->may_block)
        complete_offer(at, "blocks", "", "it sleeps in the call");
    for (int i = 1; at->typed[0] == 'E' && i <= ERRNO_LAST; i++)
        if (errno_name(i))
            complete_offer(at, errno_name(i), "", strerrordesc_np(i));
}

static const struct call_def *last_call(const struct completing *at, size_t thread_len)
{
    vec_each (thread, &at->world->threads)
        if (strlen(thread->name) == thread_len &&
            strncmp(thread->name, at->text, thread_len) == 0 && thread->call)
            return call_find(thread->call);
    return NULL;
}

void complete_call(struct completing *at, size_t thread_len)
{
    struct call_parts parts;
    const char *text = at->text;
    size_t end;

    split_call(text, thread_len, &parts);
    end = name_end(text, parts.name);
    if (!parts.assigns && strncmp(text + parts.name, "=>", 2) == 0 &&
        text[parts.name + 2]) {
        complete_result(at, parts.name + 2, true, last_call(at, thread_len));
    } else if (parts.rest) {
        complete_at(at, parts.rest);
        if (strncmp(text + parts.rest, "=>", 2) == 0 && text[parts.rest + 2]) {
            complete_result(at, parts.rest + 2, false, parts.def);
        } else {
            complete_expect(at, "=> RESULT, or the end of the line");
            complete_offer(at, "=>", " ", "what the call must give");
        }
    } else if (parts.open) {
        complete_args(at, &parts);
    } else if (text[end] && strcmp(text + end, "=") != 0 &&
               strncmp(text + end, "=>", 2) != 0) {
        complete_at(at, skip(text, end));
        complete_expect(at, "'(', or '=' and a call");
        complete_offer(at, "=", " ", "keeps what the call gives");
    } else {
        complete_name(at, &parts);
    }
}
