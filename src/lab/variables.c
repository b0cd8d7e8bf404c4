/* What the variables of a host's program hold. The program itself knows only
 * descriptors. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lab/lab_private.h"

struct lab_var *var_find(struct process *process, const char *name)
{
    vec_each (var, &process->vars)
        if (strcmp(var->name, name) == 0)
            return var;
    return NULL;
}

struct lab_var *var_of_fd(struct process *process, int fd)
{
    vec_each (var, &process->vars)
        if (var->open && var->fd == fd)
            return var;
    return NULL;
}

void var_set(struct process *process, const char *name, int fd, uint64_t cookie)
{
    struct lab_var *var = name[0] ? var_find(process, name) : NULL;

    /* The name is used again; a descriptor that is still open lives on without it. */
    if (var && var->open) {
        var->name[0] = '\0';
        var = NULL;
    }
    if (!var)
        var = vec_push(&process->vars);
    snprintf(var->name, sizeof(var->name), "%s", name);
    var->fd = fd;
    var->cookie = cookie;
    var->open = fd >= 0;
}

void vars_closed(struct process *process, int fd)
{
    vec_each (var, &process->vars)
        if (fd < 0 || var->fd == fd)
            var->open = false;
}

/* The start and length of one line, or NULL. */
static const char *line_of(const char *text, unsigned number, size_t *len)
{
    while (--number > 0) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    *len = strcspn(text, "\n");
    return text;
}

static bool name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

void var_in_source(const char *source, unsigned line, const char *call,
                   char name[NAME_TEXT])
{
    size_t len, name_len = strlen(call);
    const char *text = source && line ? line_of(source, line, &len) : NULL;
    const char *at, *end;

    name[0] = '\0';
    if (!text)
        return;
    for (at = text; at + name_len < text + len; at++)
        if (strncmp(at, call, name_len) == 0 && at[name_len] == '(' &&
            (at == text || !name_char(at[-1])))
            break;
    if (at + name_len >= text + len)
        return;
    while (at > text && at[-1] == ' ')
        at--;
    if (at == text || *--at != '=')
        return;
    while (at > text && at[-1] == ' ')
        at--;
    for (end = at; at > text && name_char(at[-1]); at--)
        ;
    if (end > at && end - at < NAME_TEXT)
        snprintf(name, NAME_TEXT, "%.*s", (int)(end - at), at);
}
