/* Packets, cables, and what is killed. */
#include <string.h>

#include "lesson/script_parts.h"

/* What match_word asked for and was not known. */
struct asked {
    struct script_names *names;
    char unknown[MATCH_NAME];
};

static bool host_known(void *context, const char *name)
{
    struct asked *asked = context;

    if (names_host(asked->names, name))
        return true;
    if (strlen(name) < sizeof(asked->unknown))
        memcpy(asked->unknown, name, strlen(name) + 1);
    return false;
}

void read_match_word(struct script_text *line, const struct word *word,
                     struct match *match)
{
    struct asked asked = {.names = line->names};
    known_words known = {0};
    struct err err = {""};
    const char *near;

    if (match_word(match, word->text, host_known, &asked, &err) == 0)
        return;
    if (asked.unknown[0]) {
        const char *found = strstr(word->text, asked.unknown);

        read_host(line, word->at + (found ? (size_t)(found - word->text) : 0),
                  asked.unknown);
        return;
    }
    known_add_list(&known, match_kinds);
    known_add(&known, "last");
    near = nearest_word(word->text, &known);
    vec_free(&known);
    if (near && strcmp(near, word->text) != 0)
        script_error(line, word->at, "unknown word '%s'; did you mean '%s'?", word->text,
                     near);
    else
        script_error(line, word->at, "%s", err.text);
}

void read_packet(struct script_text *line, const word_list *words, struct command *out)
{
    if (out->kind == COMMAND_DELIVER && words->count > 1 &&
        strcmp(words->items[1].text, "all") == 0) {
        out->all = true;
        word_none(line, words, 2);
        return;
    }
    for (size_t i = 1; i < words->count; i++)
        read_match_word(line, &words->items[i], &out->match);
}

void read_plug(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *host = word_need(line, words, 1, "a host");

    if (!host)
        return;
    if (read_host(line, host->at, host->text))
        memcpy(out->host, host->text, strlen(host->text) + 1);
    word_none(line, words, 2);
}

void read_kill(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *host = word_need(line, words, 1, "a host");
    char thread[THREAD_TEXT];

    if (!host)
        return;
    if (!read_thread(line, host->at, host->text, true, thread))
        return;
    thread_host(thread, out->host);
    if (!names_process(line->names, thread))
        script_error(
            line, host->at,
            "'%s' is a thread, and only a process can be killed: expected 'kill "
            "%s'",
            thread, out->host);
    memcpy(out->process, thread, sizeof(thread));
    word_none(line, words, 2);
}
