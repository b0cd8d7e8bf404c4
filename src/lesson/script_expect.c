/* Lines that begin with "expect". */
#include <stdio.h>
#include <string.h>

#include "lesson/script_parts.h"

static const char state_hint[] = "a state such as LISTEN or ESTABLISHED, or 'bound', "
                                 "'unconnected', 'connected'";

/* An expect line, and the word that is read next. */
struct reader {
    struct script_text *line;
    const word_list *words;
    size_t next;
    struct expectation *expect;
};

static void unknown_state(struct script_text *line, const struct word *word)
{
    known_words known = {0};

    for (int state = 1; state < STATE_COUNT; state++)
        known_add(&known, tcp_state_name((enum tcp_state)state));
    known_add_list(&known, state_words);
    script_unknown(line, word->at, "state", word->text, &known, state_hint);
    vec_free(&known);
}

/* False if there is no word for it. */
static bool read_state(struct reader *reader)
{
    const struct word *word =
        word_need(reader->line, reader->words, reader->next, state_hint);
    struct expectation *expect = reader->expect;
    const struct named *other;
    bool udp;

    if (!word)
        return false;
    reader->next++;
    other = named_find(state_words, word->text);
    expect->state_kind = other ? (enum expect_state_kind)other->value : EXPECT_STATE_TCP;
    if (!other)
        expect->state = tcp_state_parse(word->text);
    if (expect->state_kind == EXPECT_STATE_TCP && expect->state == STATE_NONE) {
        unknown_state(reader->line, word);
        return true;
    }
    udp = expect->state_kind == EXPECT_STATE_UNCONNECTED ||
          expect->state_kind == EXPECT_STATE_CONNECTED;
    if (expect->proto == PROTO_UDP && !udp)
        script_error(reader->line, word->at,
                     "UDP has no state '%s': expected 'unconnected' or 'connected'",
                     word->text);
    else if (expect->proto == PROTO_TCP && udp)
        script_error(reader->line, word->at,
                     "'%s' is for UDP: expected a state such as LISTEN, or 'bound'",
                     word->text);
    return true;
}

/* NAME OPERATOR VALUE, without spaces: where the value begins, 0 if there is no
 * operator. */
static size_t split_condition(const char *text, char name[NAME_TEXT],
                              enum compare *compare)
{
    size_t len = strcspn(text, "<>=");

    if (len >= NAME_TEXT)
        return 0;
    memcpy(name, text, len);
    name[len] = '\0';
    *compare = COMPARE_EQUAL;
    if (text[len] == '=')
        return len + 1;
    if (!text[len] || text[len + 1] != '=')
        return 0;
    *compare = text[len] == '>' ? COMPARE_AT_LEAST : COMPARE_AT_MOST;
    return len + 2;
}

static void read_timer(struct script_text *line, const struct word *word, size_t value,
                       struct expect_condition *condition)
{
    known_words known = {0};

    condition->timer = sock_timer_parse(word->text + value);
    if (condition->compare != COMPARE_EQUAL)
        script_error(line, word->at,
                     "a timer cannot be compared so: expected timer=NAME");
    if (condition->timer != TIMER_COUNT)
        return;
    for (int timer = 0; timer < TIMER_COUNT; timer++)
        known_add(&known, sock_timer_name((enum sock_timer)timer));
    script_unknown(line, word->at + value, "timer", word->text + value, &known,
                   "none, resend, keepalive, time-wait or probe");
    vec_free(&known);
}

static void unknown_field(struct script_text *line, const struct word *word,
                          const char *name)
{
    known_words known = {0};

    known_add_list(&known, field_words);
    script_unknown(line, word->at, "field", name, &known,
                   "recvq, sendq, retrans, backlog, cwnd, ssthresh, rto or timer");
    vec_free(&known);
}

/* False if it is no condition at all. */
static bool read_condition(struct reader *reader, const struct word *word)
{
    struct expect_condition condition = {.field = FIELD_COUNT};
    struct script_text *line = reader->line;
    const struct named *field;
    char name[NAME_TEXT] = "";
    size_t value = split_condition(word->text, name, &condition.compare);

    if (!value) {
        script_error(
            line, word->at,
            "'%s' is not expected here: expected FIELD=VALUE (or >=, <=) without "
            "spaces, or the end of the line",
            word->text);
        return false;
    }
    field = named_find(field_words, name);
    if (field)
        condition.field = (enum expect_field)field->value;
    if (condition.field == FIELD_COUNT) {
        unknown_field(line, word, name);
        return true;
    }
    if ((reader->expect->state_kind == EXPECT_STATE_UNCONNECTED ||
         reader->expect->state_kind == EXPECT_STATE_CONNECTED) &&
        condition.field != FIELD_RECVQ && condition.field != FIELD_SENDQ)
        script_error(line, word->at, "UDP has no %s: expected recvq or sendq", name);
    if (condition.field == FIELD_TIMER)
        read_timer(line, word, value, &condition);
    else
        read_number(line, word->at + value, word->text + value, 0, UINT32_MAX,
                    &condition.value);
    if (condition.field == FIELD_BACKLOG &&
        (reader->expect->state_kind != EXPECT_STATE_TCP ||
         reader->expect->state != STATE_LISTEN))
        script_error(
            line, word->at,
            "only a listener has a backlog: expected the state LISTEN before it");
    *vec_push(&reader->expect->conditions) = condition;
    return true;
}

static void read_conditions(struct reader *reader)
{
    while (reader->next < reader->words->count &&
           read_condition(reader, &reader->words->items[reader->next]))
        reader->next++;
}

/* HOST [tcp|udp] LOCAL REMOTE */
static bool read_sock(struct reader *reader)
{
    struct expectation *expect = reader->expect;
    struct script_text *line = reader->line;
    const struct word *host = word_need(line, reader->words, reader->next, "a host");
    const struct word *word;

    if (!host)
        return false;
    if (!read_host(line, host->at, host->text))
        return false;
    memcpy(expect->host, host->text, strlen(host->text) + 1);
    reader->next++;
    word = word_need(line, reader->words, reader->next, "LOCAL, an ADDRESS:PORT or *");
    if (!word)
        return false;
    if (strcmp(word->text, "tcp") == 0 || strcmp(word->text, "udp") == 0) {
        expect->proto = strcmp(word->text, "tcp") == 0 ? PROTO_TCP : PROTO_UDP;
        word = word_need(line, reader->words, ++reader->next,
                         "LOCAL, an ADDRESS:PORT or *");
        if (!word)
            return false;
    }
    if (!read_endpoint_match(line, word->at, word->text, &expect->local))
        return false;
    word =
        word_need(line, reader->words, ++reader->next, "REMOTE, an ADDRESS:PORT or *");
    if (!word || !read_endpoint_match(line, word->at, word->text, &expect->remote))
        return false;
    reader->next++;
    return true;
}

/* HOST.VAR STATE FIELDS */
static void read_var_line(struct reader *reader, const struct word *word)
{
    struct expectation *expect = reader->expect;
    const char *dot = strrchr(word->text, '.'), *var = dot + 1;
    size_t len = (size_t)(dot - word->text);
    char *process = mem_strndup(word->text, len);
    struct script_text *line = reader->line;

    expect->kind = EXPECT_VAR;
    reader->next++;
    if (read_thread(line, word->at, process, true, expect->process)) {
        thread_host(expect->process, expect->host);
        if (!names_process(line->names, expect->process))
            script_error(line, word->at, "threads share their variables: expected %s.%s",
                         expect->host, var);
        else if (read_name(line, word->at + len + 1, var, "variable") &&
                 read_var(line, word->at + len + 1, expect->host, var))
            memcpy(expect->var, var, strlen(var) + 1);
    }
    free(process);
    read_state(reader);
    read_conditions(reader);
}

/* count HOST STATE = N */
static void read_count(struct reader *reader)
{
    struct expectation *expect = reader->expect;
    struct script_text *line = reader->line;
    const struct word *host = word_need(line, reader->words, reader->next, "a host");
    const struct word *word;
    char name[NAME_TEXT];
    size_t value;

    expect->kind = EXPECT_COUNT;
    if (!host)
        return;
    if (read_host(line, host->at, host->text))
        memcpy(expect->host, host->text, strlen(host->text) + 1);
    reader->next++;
    if (!read_state(reader))
        return;
    word = word_need(line, reader->words, reader->next, "= N, >= N or <= N");
    if (!word)
        return;
    value = split_condition(word->text, name, &expect->compare);
    if (!value || name[0]) {
        script_error(line, word->at, "'%s': expected = N, >= N or <= N", word->text);
        return;
    }
    if (!word->text[value]) { /* with a space before the number */
        word = word_need(line, reader->words, ++reader->next, "a number");
        value = 0;
        if (!word)
            return;
    }
    read_number(line, word->at + value, word->text + value, 0, UINT32_MAX,
                &expect->count);
    word_none(line, reader->words, reader->next + 1);
}

/* wire MATCH [copies>=N] [count=N], or wire empty */
static void read_wire_line(struct reader *reader)
{
    struct expectation *expect = reader->expect;
    const word_list *words = reader->words;
    struct script_text *line = reader->line;

    expect->kind = EXPECT_WIRE;
    if (reader->next < words->count &&
        strcmp(words->items[reader->next].text, "empty") == 0) {
        expect->kind = EXPECT_WIRE_EMPTY;
        word_none(line, words, reader->next + 1);
        return;
    }
    for (size_t i = reader->next; i < words->count; i++) {
        const struct word *word = &words->items[i];
        char name[NAME_TEXT] = "";
        enum compare compare;
        size_t value = split_condition(word->text, name, &compare);
        bool copies = value && strcmp(name, "copies") == 0;

        if (copies || (value && strcmp(name, "count") == 0)) {
            if ((copies ? expect->copies : expect->count) >= 0)
                script_error(line, word->at, "'%s' was said before: expected it once",
                             name);
            *(copies ? &expect->copies_compare : &expect->compare) = compare;
            read_number(line, word->at + value, word->text + value, 0, UINT32_MAX,
                        copies ? &expect->copies : &expect->count);
        } else if (strpbrk(word->text, "<>=") && !strstr(word->text, "->")) {
            script_error(line, word->at, "'%s': expected copies>=N or count=N",
                         word->text);
        } else {
            read_match_word(line, word, &expect->match);
        }
    }
}

/* THREAD blocked CALL, or THREAD idle */
static void read_thread_line(struct reader *reader, const struct word *thread,
                             const struct word *word)
{
    struct expectation *expect = reader->expect;
    struct script_text *line = reader->line;
    const struct call_def *def;
    known_words known = {0};
    const struct word *call;

    expect->kind = strcmp(word->text, "idle") == 0 ? EXPECT_IDLE : EXPECT_BLOCKED;
    if (read_thread(line, thread->at, thread->text, true, expect->thread)) {
        thread_host(expect->thread, expect->host);
        if (!names_thread(line->names, expect->thread) &&
            !names_host(line->names, expect->host)->demo)
            script_error(line, thread->at,
                         "'%s' has made no call yet: expected one before",
                         expect->thread);
    }
    if (expect->kind == EXPECT_IDLE) {
        word_none(line, reader->words, reader->next + 2);
        return;
    }
    call = word_need(line, reader->words, reader->next + 2, "a call such as accept");
    if (!call)
        return;
    def = call_find(call->text);
    if (!def || !def->may_block) {
        for (unsigned i = 0; i < CALL_COUNT; i++)
            if (call_defs[i].may_block)
                known_add(&known, call_defs[i].name);
        if (def)
            script_error(line, call->at,
                         "%s() never blocks: expected one such as accept", call->text);
        else
            script_unknown(line, call->at, "call", call->text, &known,
                           "one such as accept or recv");
        vec_free(&known);
        return;
    }
    memcpy(expect->call, call->text, strlen(call->text) + 1);
    word_none(line, reader->words, reader->next + 3);
}

static const char expect_hint[] = "HOST.VAR STATE, HOST LOCAL REMOTE STATE, no, count, "
                                  "wire, or THREAD blocked CALL";

static void read_subject(struct reader *reader)
{
    const word_list *words = reader->words;
    const struct word *word = word_need(reader->line, words, reader->next, expect_hint);
    const struct word *second;

    if (!word)
        return;
    second = reader->next + 1 < words->count ? &words->items[reader->next + 1] : NULL;
    if (strcmp(word->text, "no") == 0) {
        reader->expect->kind = EXPECT_NO;
        reader->next++;
        if (read_sock(reader) && reader->next < words->count)
            read_state(reader);
        else if (reader->line->failed)
            return;
        word_none(reader->line, words, reader->next);
    } else if (strcmp(word->text, "count") == 0) {
        reader->next++;
        read_count(reader);
    } else if (strcmp(word->text, "wire") == 0) {
        reader->next++;
        read_wire_line(reader);
    } else if (second && (strcmp(second->text, "blocked") == 0 ||
                          strcmp(second->text, "idle") == 0)) {
        read_thread_line(reader, word, second);
    } else if (strchr(word->text, '.')) {
        read_var_line(reader, word);
    } else {
        reader->expect->kind = EXPECT_SOCKET;
        if (!read_sock(reader))
            return;
        read_state(reader);
        read_conditions(reader);
    }
}

void read_expect(struct script_text *line, const word_list *words, struct command *out)
{
    struct reader reader = {line, words, 1, &out->expect};
    const struct word *duration;

    out->expect.count = -1;
    out->expect.copies = -1;
    if (words->count > 1 && strcmp(words->items[1].text, "within") == 0) {
        duration = word_need(line, words, 2, "a duration such as 70s");
        if (!duration)
            return;
        read_duration(line, duration->at, duration->text, &out->expect.within_ns);
        reader.next = 3;
    }
    read_subject(&reader);
}
