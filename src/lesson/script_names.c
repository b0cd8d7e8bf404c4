#include <stdio.h>
#include <string.h>

#include "lesson/script_parts.h"

struct script_names *script_names_new(void)
{
    return mem_new(1, sizeof(struct script_names));
}

void names_reset(struct script_names *names)
{
    vec_free(&names->vars);
    vec_free(&names->threads);
    memset(names, 0, sizeof(*names));
}

void script_names_free(struct script_names *names)
{
    if (!names)
        return;
    names_reset(names);
    free(names);
}

struct name_host *names_host(struct script_names *names, const char *name)
{
    for (unsigned i = 0; i < names->host_count; i++)
        if (strcmp(names->hosts[i].lab.name, name) == 0)
            return &names->hosts[i];
    return NULL;
}

const struct name_host *names_owner(const struct script_names *names,
                                    const struct address *address)
{
    for (unsigned i = 0; i < names->host_count; i++) {
        const struct event_lab_host *host = &names->hosts[i].lab;

        for (unsigned k = 0; k < host->address_count; k++)
            if (address_equal(&host->addresses[k], address))
                return &names->hosts[i];
    }
    return NULL;
}

bool names_add_host(struct script_names *names, const struct event_lab_host *host)
{
    if (names_host(names, host->name))
        return true;
    if (names->host_count == HOSTS_MAX)
        return false;
    names->hosts[names->host_count++] = (struct name_host){.lab = *host};
    return true;
}

struct name_var *names_var(struct script_names *names, const char *host,
                           const char *name)
{
    vec_each (var, &names->vars)
        if (strcmp(var->host, host) == 0 && strcmp(var->name, name) == 0)
            return var;
    return NULL;
}

void names_set_var(struct script_names *names, const char *host, const char *name,
                   bool is_sock)
{
    struct name_var *var = names_var(names, host, name);

    if (!var) {
        var = vec_push(&names->vars);
        snprintf(var->host, sizeof(var->host), "%s", host);
        snprintf(var->name, sizeof(var->name), "%s", name);
    }
    if (is_sock)
        var->sock = true;
    else
        var->number = true;
}

struct name_thread *names_thread(struct script_names *names, const char *name)
{
    vec_each (thread, &names->threads)
        if (strcmp(thread->name, name) == 0)
            return thread;
    return NULL;
}

struct name_thread *names_add_thread(struct script_names *names, const char *name)
{
    struct name_thread *thread = names_thread(names, name);

    if (!thread) {
        thread = vec_push(&names->threads);
        snprintf(thread->name, sizeof(thread->name), "%s", name);
    }
    return thread;
}

void thread_host(const char *thread, char host[NAME_TEXT])
{
    size_t len = strcspn(thread, "/");

    if (len >= NAME_TEXT)
        len = NAME_TEXT - 1;
    memcpy(host, thread, len);
    host[len] = '\0';
}

bool names_process(struct script_names *names, const char *name)
{
    const struct name_thread *thread = names_thread(names, name);
    struct name_host *home;
    char host[NAME_TEXT];

    thread_host(name, host);
    home = names_host(names, host);
    return !strchr(name, '/') || (thread && thread->process) ||
           (home && home->demo && strchr(name, '.'));
}

void script_names_learn(struct script_names *names, const struct command *command)
{
    const struct call_line *call = &command->call;
    struct name_thread *thread;
    char host[NAME_TEXT];

    /* After an error the names may be missing. */
    switch (command->kind) {
    case COMMAND_HOST:
        if (command->addresses.name[0])
            names_add_host(names, &command->addresses);
        break;
    case COMMAND_RESET:
        names_reset(names);
        break;
    case COMMAND_CALL:
        if (!call->thread[0])
            break;
        thread_host(call->thread, host);
        if (call->var[0])
            names_set_var(names, host, call->var, call->def && call->def->var_is_sock);
        if (call->def && call_id_of(call->def) == CALL_FORK && call->var[0]) {
            char child[THREAD_TEXT];

            snprintf(child, sizeof(child), "%s/%s", host, call->var);
            names_add_thread(names, child)->process = true;
        }
        thread = names_add_thread(names, call->thread);
        thread->call = call->def;
        thread->demo = false;
        break;
    case COMMAND_DEMO:
        if (!call->thread[0])
            break;
        thread_host(call->thread, host);
        thread = names_add_thread(names, call->thread);
        thread->demo = true;
        if (names_host(names, host))
            names_host(names, host)->demo = true;
        break;
    default:
        break;
    }
}

struct name_host *read_host(struct script_text *line, size_t at, const char *text)
{
    struct name_host *host = names_host(line->names, text);
    known_words known = {0};

    if (host)
        return host;
    for (unsigned i = 0; i < line->names->host_count; i++)
        known_add(&known, line->names->hosts[i].lab.name);
    script_unknown(line, at, "host", text, &known,
                   known.count ? "the name of a host that an earlier 'host' line made"
                               : "a 'host' line before it");
    vec_free(&known);
    return NULL;
}

static bool read_whole_thread(struct script_text *line, size_t at, const char *text,
                              bool numbered, char thread[THREAD_TEXT])
{
    size_t host_len = strcspn(text, "/"), len = strlen(text), name_len;
    char *host = mem_strndup(text, host_len), *name;
    bool good = read_host(line, at, host);

    if (good && text[host_len]) {
        const char *rest = text + host_len + 1;

        name_len = numbered ? strcspn(rest, ".") : strlen(rest);
        name = mem_strndup(rest, name_len);
        good = read_name(line, at + host_len + 1, name, "thread");
        free(name);
        if (good && strspn(rest + name_len, ".0123456789") != strlen(rest + name_len)) {
            script_error(line, at + host_len + 1 + name_len,
                         "'%s' names no thread: expected HOST or HOST/NAME", text);
            good = false;
        }
    }
    free(host);
    if (good && len >= THREAD_TEXT) {
        script_error(line, at, "'%s' is too long to name a thread", text);
        good = false;
    }
    if (good)
        memcpy(thread, text, len + 1);
    return good;
}

/* What a demo program on a host's first thread starts may be called HOST.1 for short. */
static char *whole_name(const struct script_text *line, const char *text)
{
    size_t len = strcspn(text, "./");
    char *host = mem_strndup(text, len), *whole;
    bool numbered = text[len] == '.' && is_digit(text[len + 1]);

    whole = numbered && names_host(line->names, host) ? mem_printf("%s/%s", host, text)
                                                      : mem_strdup(text);
    free(host);
    return whole;
}

bool read_thread(struct script_text *line, size_t at, const char *given, bool numbered,
                 char thread[THREAD_TEXT])
{
    char *text = numbered ? whole_name(line, given) : mem_strdup(given);
    bool good = read_whole_thread(line, at, text, numbered, thread);

    free(text);
    return good;
}

bool read_var(struct script_text *line, size_t at, const char *host, const char *text)
{
    struct name_var *var = names_var(line->names, host, text);
    struct name_host *home = names_host(line->names, host);
    known_words known = {0};

    if (var && !var->sock) {
        script_error(line, at, "'%s' holds a number: expected a variable with a socket",
                     text);
        return false;
    }
    /* The variables of a demo program are those of its source. */
    if (var || (home && home->demo))
        return true;
    vec_each (other, &line->names->vars)
        if (strcmp(other->host, host) == 0 && other->sock)
            known_add(&known, other->name);
    script_unknown(line, at, "variable", text, &known,
                   "one that an earlier line on this host has set");
    vec_free(&known);
    return false;
}
