/* demo, pace, step. */
#include "demo/programs.h"

#include <string.h>

#include "lesson/script_parts.h"

#define STEPS_MAX 10000

static const struct demo_program *find_program(struct script_text *line,
                                               const struct word *word)
{
    const struct demo_program *program = demo_find(word->text);
    known_words known = {0};

    if (program)
        return program;
    for (program = demo_programs; program->name; program++)
        known_add(&known, program->name);
    script_unknown(line, word->at, "demo program", word->text, &known,
                   "one such as tcp-echo-server or tcp-client");
    vec_free(&known);
    return NULL;
}

/* One argument as the program's usage names it: PORT, ADDRESS:PORT or [TEXT]. */
static void read_demo_arg(struct script_text *line, const char *usage,
                          const struct word *word, char **out)
{
    struct buf text = {0};
    struct endpoint endpoint;
    size_t used = 0;
    int64_t port;

    if (strncmp(usage, "PORT", 4) == 0) {
        read_number(line, word->at, word->text, 1, UINT16_MAX, &port);
    } else if (strncmp(usage, "ADDRESS:PORT", 12) == 0) {
        read_endpoint(line, word->at, word->text, &endpoint);
    } else if (word->text[0] == '"') {
        if (read_string(line, word->at, word->text, &text, &used) && word->text[used])
            script_error(line, word->at + used,
                         "'%s' is not expected here: expected a space or the end of the "
                         "line",
                         word->text + used);
        if (strlen(buf_text(&text)) != text.len)
            script_error(line, word->at,
                         "a program's argument cannot hold a \\0: expected "
                         "text without it");
        *out = buf_take(&text);
        return;
    }
    *out = mem_strdup(word->text);
}

static void read_demo_args(struct script_text *line, const word_list *words,
                           const struct demo_program *program, struct command *out)
{
    size_t count = words->count - 3;
    const char *usage = program->usage;

    out->demo_args[0] = mem_strdup(program->name);
    if (count < (size_t)program->min_args || count > (size_t)program->max_args ||
        count > 2) {
        script_error(line, words->items[2].at,
                     "wrong number of arguments: expected %s %s", program->name,
                     program->usage);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        usage += strspn(usage, " [");
        read_demo_arg(line, usage, &words->items[3 + i], &out->demo_args[1 + i]);
        usage += strcspn(usage, " ");
    }
}

void read_demo(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *thread =
        word_need(line, words, 1, "a thread (HOST or HOST/NAME)");
    const struct word *name;
    const struct demo_program *program;

    if (!thread)
        return;
    read_thread(line, thread->at, thread->text, false, out->call.thread);
    name = word_need(line, words, 2, "a demo program such as tcp-echo-server");
    if (!name)
        return;
    program = find_program(line, name);
    if (program)
        read_demo_args(line, words, program, out);
}

void read_pace(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *word = word_need(line, words, 1, "call or run");
    const struct named *pace;
    known_words known = {0};

    if (!word)
        return;
    pace = named_find(pace_words, word->text);
    out->pace_call = pace && pace->value;
    if (!pace) {
        known_add_list(&known, pace_words);
        script_unknown(line, word->at, "pace", word->text, &known, "call or run");
        vec_free(&known);
    }
    word_none(line, words, 2);
}

void read_step(struct script_text *line, const word_list *words, struct command *out)
{
    const struct word *word = word_need(line, words, 1, "a thread (HOST or HOST/NAME)");
    const struct name_host *home;
    char host[NAME_TEXT];
    int64_t times = 1;

    out->times = 1;
    if (!word)
        return;
    if (read_thread(line, word->at, word->text, true, out->call.thread)) {
        thread_host(out->call.thread, host);
        home = names_host(line->names, host);
        if (home && !home->demo)
            script_error(
                line, word->at,
                "no demo program runs on '%s': expected a 'demo' line before it", host);
    }
    if (words->count > 2 && read_number(line, words->items[2].at, words->items[2].text,
                                        1, STEPS_MAX, &times))
        out->times = (unsigned)times;
    word_none(line, words, 3);
}
