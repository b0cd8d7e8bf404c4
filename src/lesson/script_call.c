/* Lines that begin with "THREAD:". */
#include <string.h>

#include "lesson/script_parts.h"

bool is_call_line(const char *text, size_t *thread_len)
{
    size_t len = strcspn(text, " \t:(\"");

    *thread_len = len;
    return len && text[len + strspn(text + len, " \t")] == ':';
}

/* The identifier at line->at, which it passes; the caller frees it. NULL if none is
 * there. */
static char *identifier(struct script_text *line)
{
    const char *text = line->text + line->at;
    size_t len = 0;

    while (is_name_char(text[len]))
        len++;
    line->at += len;
    return len ? mem_strndup(text, len) : NULL;
}

static void unknown_call(struct script_text *line, size_t at, const char *name)
{
    known_words known = {0};

    for (unsigned i = 0; i < CALL_COUNT; i++)
        if (!call_defs[i].demo_only)
            known_add(&known, call_defs[i].name);
    script_unknown(line, at, "call", name, &known,
                   "one of socket, bind, listen, accept, connect, send, recv, sendto, "
                   "recvfrom, shutdown, close, setsockopt, getsockopt, getsockname, "
                   "getpeername, fork, return, exit");
    vec_free(&known);
}

/* CALL(ARGS) [=> RESULT] */
static void read_call(struct script_text *line, size_t name_at, const char *name,
                      struct command *out)
{
    struct call_line *call = &out->call;

    call->def = call_find(name);
    if (!call->def || call->def->demo_only) {
        unknown_call(line, name_at, name);
        return;
    }
    if (call_id_of(call->def) == CALL_FORK && !call->var[0] && !line->failed)
        script_error(line, name_at, "the child needs a name: expected child = fork()");
    call->request.id = call_id_of(call->def);
    call->request.line = line->number;
    if (call->var[0] && !call->def->sets_var)
        script_error(
            line, name_at,
            "%s() gives nothing to keep: expected no '%s =' (only socket, accept, "
            "recv, send and fork set a variable)",
            name, call->var);
    if (!read_call_args(line, name_at, call))
        return;
    script_skip(line);
    if (strncmp(line->text + line->at, "=>", 2) == 0) {
        line->at += 2;
        read_result(line, call->def, &out->result, NULL);
    } else if (line->text[line->at]) {
        script_error(line, line->at,
                     "'%s' is not expected here: expected '=> RESULT' or the end of the "
                     "line",
                     line->text + line->at);
    }
}

/* Takes the variable's name; false after an error. */
static bool set_var(struct script_text *line, size_t at, const char *name,
                    struct command *out)
{
    if (!read_name(line, at, name, "variable"))
        return false;
    memcpy(out->call.var, name, strlen(name) + 1);
    return true;
}

/* [VAR =] CALL(...) */
static void read_assignment(struct script_text *line, struct command *out)
{
    size_t at = line->at;
    char *name = identifier(line);
    const char *rest;

    if (!name) {
        if (line->text[at])
            script_error(line, at,
                         "'%s': expected a call such as s = socket(AF_INET, "
                         "SOCK_STREAM, 0), or '=> RESULT'",
                         line->text + at);
        else
            script_missing(line, "a call such as listen(s, 5), or '=> RESULT'");
        return;
    }
    script_skip(line);
    rest = line->text + line->at;
    if (rest[0] == '=' && rest[1] != '>') {
        bool good = set_var(line, at, name, out);

        line->at++;
        script_skip(line);
        free(name);
        at = line->at;
        name = identifier(line);
        if (!name) {
            if (good)
                script_error(line, at, "expected a call after '='");
            return;
        }
        script_skip(line);
    }
    if (line->text[line->at] == '(') {
        read_call(line, at, name, out);
    } else if (line->text[line->at]) {
        script_error(line, line->at, "'%s': expected '(' after '%s'",
                     line->text + line->at, name);
    } else {
        script_error(line, line->at, "the line ends too early: expected '(' after '%s'",
                     name);
    }
    free(name);
}

void read_call_line(struct script_text *line, size_t thread_len, struct command *out)
{
    char *name = mem_strndup(line->text, thread_len);
    bool good;

    out->kind = COMMAND_CALL;
    good = read_thread(line, 0, name, false, out->call.thread);
    free(name);
    if (!good)
        return;
    line->at = thread_len;
    script_skip(line);
    line->at++; /* the colon */
    script_skip(line);
    if (strncmp(line->text + line->at, "=>", 2) == 0) {
        struct name_thread *thread = names_thread(line->names, out->call.thread);

        out->kind = COMMAND_RESULT;
        if (!thread)
            script_error(line, 0, "'%s' has made no call yet: expected one before '=>'",
                         out->call.thread);
        line->at += 2;
        out->call.def = thread && !thread->demo ? thread->call : NULL;
        read_result(line, out->call.def, &out->result, &out->duration_ns);
        return;
    }
    read_assignment(line, out);
}
