/* firewall, inject, destroy, run. */
#include <stdio.h>
#include <string.h>

#include "lesson/script_parts.h"

/* ----------------------------------------------------------- firewall */

/* The word after "from" or "to"; for "to" with an optional :PORT. */
static void read_rule_host(struct script_text *line, const struct word *word, char *host,
                           uint16_t *port)
{
    size_t len = port ? strcspn(word->text, ":") : strlen(word->text);
    char *name = mem_strndup(word->text, len);
    int64_t number = 0;

    if (read_host(line, word->at, name))
        snprintf(host, NAME_TEXT, "%s", name);
    free(name);
    if (word->text[len] &&
        read_number(line, word->at + len + 1, word->text + len + 1, 1, 65535, &number))
        *port = (uint16_t)number;
}

/* [tcp|udp] [from HOST] [to HOST[:PORT]], each at most once and in this order. */
static void read_rule(struct script_text *line, const word_list *words,
                      struct firewall_rule *rule)
{
    size_t next = 2;
    const struct word *host;

    if (next < words->count) {
        rule->proto = sock_proto_parse(words->items[next].text);
        next += rule->proto != PROTO_NONE;
    }
    if (next < words->count && strcmp(words->items[next].text, "from") == 0) {
        host = word_need(line, words, next + 1, "a host after 'from'");
        if (!host)
            return;
        read_rule_host(line, host, rule->from, NULL);
        next += 2;
    }
    if (next < words->count && strcmp(words->items[next].text, "to") == 0) {
        host = word_need(line, words, next + 1, "a host after 'to', such as server:80");
        if (!host)
            return;
        read_rule_host(line, host, rule->to, &rule->to_port);
        next += 2;
    }
    if (next < words->count)
        script_error(line, words->items[next].at,
                     "'%s' is not expected here: expected [tcp|udp] [from HOST] [to "
                     "HOST[:PORT]], in this order",
                     words->items[next].text);
}

void read_firewall(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *word = word_need(line, words, 1, "drop, reject or clear");
    const struct named *found;
    known_words known = {0};

    if (!word)
        return;
    found = named_find(firewall_words, word->text);
    if (found && found->value == FIREWALL_CLEAR) {
        out->clear = true;
        word_none(line, words, 2);
    } else if (found) {
        out->rule.reject = found->value == FIREWALL_REJECT;
        read_rule(line, words, &out->rule);
    } else {
        known_add_list(&known, firewall_words);
        script_unknown(line, word->at, "firewall word", word->text, &known,
                       "drop, reject or clear");
        vec_free(&known);
    }
}

/* ----------------------------------------------------------- inject */

/* SYN, SYN+ACK, RST ...: words with + between. DATA is PSH and ACK. */
static bool read_flags(struct script_text *line, const struct word *word, uint8_t *flags)
{
    const char *text = word->text;

    for (*flags = 0;; text++) {
        size_t len = strcspn(text, "+");
        const struct named *flag = inject_flags;

        while (flag->name &&
               (strlen(flag->name) != len || strncmp(flag->name, text, len) != 0))
            flag++;
        if (!flag->name) {
            script_error(
                line, word->at + (size_t)(text - word->text),
                "'%s': expected flags such as SYN, SYN+ACK, ACK, FIN+ACK, RST or "
                "DATA",
                word->text);
            return false;
        }
        *flags |= (uint8_t)flag->value;
        text += len;
        if (!*text)
            return true;
    }
}

/* N, next or next+N */
static void read_inject_number(struct script_text *line, size_t at, const char *text,
                               struct inject_number *out)
{
    int64_t number = 0;

    out->next = strncmp(text, "next", 4) == 0;
    if (out->next) {
        text += 4;
        at += 4;
        if (!*text)
            return;
        if (*text != '+') {
            script_error(line, at, "'%s' after next: expected +N", text);
            return;
        }
        text++;
        at++;
    }
    if (read_number(line, at, text, 0, UINT32_MAX, &number))
        out->value = (uint32_t)number;
}

static void read_inject_data(struct script_text *line, size_t at, const char *text,
                             struct injection *inject)
{
    struct buf data = {0};
    size_t used = 0;

    if (*text != '"') {
        script_error(line, at, "'%s': expected data in quotes", text);
        return;
    }
    if (read_string(line, at, text, &data, &used)) {
        free(inject->data);
        inject->data_len = data.len;
        inject->data = buf_take(&data);
        if (text[used])
            script_error(line, at + used, "'%s' is not expected after the data",
                         text + used);
        else if (inject->data_len > 1400)
            script_error(line, at, "one segment holds at most 1400 bytes");
    }
    buf_free(&data);
}

static void read_inject_option(struct script_text *line, const struct word *word,
                               struct injection *inject)
{
    known_words known = {0};
    int64_t times;

    if (strncmp(word->text, "seq=", 4) == 0) {
        read_inject_number(line, word->at + 4, word->text + 4, &inject->seq);
    } else if (strncmp(word->text, "ack=", 4) == 0) {
        inject->flags |= TCP_ACK;
        read_inject_number(line, word->at + 4, word->text + 4, &inject->ack);
    } else if (strncmp(word->text, "data=", 5) == 0) {
        read_inject_data(line, word->at + 5, word->text + 5, inject);
    } else if (strncmp(word->text, "times=", 6) == 0) {
        if (read_number(line, word->at + 6, word->text + 6, 1, INJECT_TIMES_MAX, &times))
            inject->times = (unsigned)times;
    } else {
        known_add_list(&known, inject_options);
        script_unknown(line, word->at, "word", word->text, &known,
                       "seq=N, ack=N, data=\"...\" or times=N");
        vec_free(&known);
    }
}

/* An end of a forged segment: no kernel is there to choose a port. */
static void read_end(struct script_text *line, const struct word *word,
                     struct endpoint *end)
{
    if (read_endpoint(line, word->at, word->text, end) && !end->port)
        script_error(line, word->at, "'%s': expected a port from 1 to 65535",
                     word->text);
}

/* Each option once. */
static void refuse_repeated(struct script_text *line, const word_list *words,
                            size_t first, size_t at)
{
    const struct word *word = &words->items[at];
    size_t name = strcspn(word->text, "=") + 1; /* with the "=" */

    for (size_t i = first; i < at; i++)
        if (strncmp(words->items[i].text, word->text, name) == 0)
            script_error(line, word->at, "'%.*s' was said before: expected it once",
                         (int)name, word->text);
}

/* inject SRC:PORT -> DST:PORT FLAGS ...: a SYN begins with number 0, all else with what
 * the receiver expects, unless the line says otherwise. */
void read_inject(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *from = word_need(line, words, 1, "SRC:PORT"), *arrow, *to, *flags;
    struct injection *inject = &out->inject;

    arrow = from ? word_need(line, words, 2, "'->'") : NULL;
    to = arrow ? word_need(line, words, 3, "DST:PORT") : NULL;
    flags = to ? word_need(line, words, 4, "flags such as SYN or RST") : NULL;
    if (!flags)
        return;
    if (strcmp(arrow->text, "->") != 0)
        script_error(line, arrow->at, "'%s': expected '->'", arrow->text);
    read_end(line, from, &inject->from);
    read_end(line, to, &inject->to);
    if (!line->failed && inject->from.address.family != inject->to.address.family)
        script_error(line, to->at,
                     "one address is IPv4 and the other IPv6: expected two "
                     "of a kind");
    if (!read_flags(line, flags, &inject->flags))
        return;
    inject->times = 1;
    inject->seq.next = !(inject->flags & TCP_SYN);
    inject->ack.next = true;
    for (size_t i = 5; i < words->count; i++) {
        refuse_repeated(line, words, 5, i);
        read_inject_option(line, &words->items[i], inject);
    }
    if (inject->from.port + inject->times - 1 > 65535)
        script_error(line, from->at, "so many times from port %u goes past port 65535",
                     inject->from.port);
}

/* ----------------------------------------------------------- destroy */

void read_destroy(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *word = word_need(line, words, 1, "HOST.VAR");
    char *process, *dot;

    if (!word)
        return;
    process = mem_strdup(word->text);
    dot = strrchr(process, '.');
    if (!dot || !dot[1]) {
        script_error(line, word->at, "'%s': expected HOST.VAR, such as client.c",
                     word->text);
    } else {
        *dot = '\0';
        if (read_thread(line, word->at, process, true, out->process)) {
            thread_host(out->process, out->host);
            if (!names_process(line->names, out->process))
                script_error(line, word->at,
                             "threads share their variables: expected %s.%s", out->host,
                             dot + 1);
            else if (read_var(line, word->at + (size_t)(dot - process) + 1, out->host,
                              dot + 1))
                snprintf(out->var, sizeof(out->var), "%.*s", NAME_TEXT - 1, dot + 1);
        }
    }
    free(process);
    word_none(line, words, 2);
}

/* ----------------------------------------------------------- run */

void read_run(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *host = word_need(line, words, 1, "a host"), *program;

    if (!host)
        return;
    if (read_host(line, host->at, host->text))
        snprintf(out->host, sizeof(out->host), "%s", host->text);
    program = word_need(line, words, 2, "a command, such as ss -tan");
    if (program)
        out->value = mem_strdup(line->text + program->at);
}
