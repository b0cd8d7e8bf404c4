#include "lesson/script.h"

#include <string.h>

#include "base/printable.h"
#include "lesson/script_parts.h"

static const struct {
    const char *name;
    enum command_kind kind;
    void (*read)(struct script_text *line, const word_list *words, struct command *out);
} command_defs[] = {
    {"host", COMMAND_HOST, read_host_line},
    {"sysctl", COMMAND_SYSCTL, read_sysctl},
    {"wire", COMMAND_WIRE, read_wire},
    {"wait", COMMAND_WAIT, read_wait},
    {"reset", COMMAND_RESET, read_reset},
    {"demo", COMMAND_DEMO, read_demo},
    {"pace", COMMAND_PACE, read_pace},
    {"step", COMMAND_STEP, read_step},
    {"deliver", COMMAND_DELIVER, read_packet},
    {"drop", COMMAND_DROP, read_packet},
    {"duplicate", COMMAND_DUPLICATE, read_packet},
    {"corrupt", COMMAND_CORRUPT, read_packet},
    {"replay", COMMAND_REPLAY, read_packet},
    {"unplug", COMMAND_UNPLUG, read_plug},
    {"plug", COMMAND_PLUG, read_plug},
    {"kill", COMMAND_KILL, read_kill},
    {"firewall", COMMAND_FIREWALL, read_firewall},
    {"inject", COMMAND_INJECT, read_inject},
    {"crash", COMMAND_CRASH, read_plug},
    {"boot", COMMAND_BOOT, read_plug},
    {"destroy", COMMAND_DESTROY, read_destroy},
    {"run", COMMAND_RUN, read_run},
    {"expect", COMMAND_EXPECT, read_expect},
};
#define COMMANDS (sizeof(command_defs) / sizeof(command_defs[0]))

void known_commands(known_words *known)
{
    for (size_t i = 0; i < COMMANDS; i++)
        known_add(known, command_defs[i].name);
}

static void unknown_command(struct script_text *line, const struct word *word)
{
    known_words known = {0};

    if (names_host(line->names, word->text)) {
        script_error(line, word->at, "expected '%s:' with a colon before a call",
                     word->text);
        return;
    }
    known_commands(&known);
    script_unknown(line, word->at, "command", word->text, &known,
                   "a command such as deliver or expect, or 'HOST: CALL(...)'");
    vec_free(&known);
}

static void read_line(struct script_text *line, struct command *out)
{
    word_list words = {0};
    size_t thread_len, i = 0;

    if (is_call_line(line->text, &thread_len)) {
        read_call_line(line, thread_len, out);
        return;
    }
    script_words(line, &words);
    while (i < COMMANDS && strcmp(command_defs[i].name, words.items[0].text) != 0)
        i++;
    if (i < COMMANDS) {
        out->kind = command_defs[i].kind;
        command_defs[i].read(line, &words, out);
    } else {
        out->kind = COMMAND_KIND_COUNT;
        unknown_command(line, &words.items[0]);
    }
    word_list_free(&words);
}

/* Passes blanks, and "+ "; the bytes passed. */
static size_t line_start(const char *text, size_t len, bool *joins)
{
    size_t i = 0;

    while (i < len && strchr(" \t", text[i]))
        i++;
    *joins = i + 1 < len && text[i] == '+' && strchr(" \t", text[i + 1]);
    if (*joins)
        for (i++; i < len && strchr(" \t", text[i]);)
            i++;
    return i;
}

static unsigned characters(const char *text, size_t len)
{
    unsigned count = 0;

    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

bool script_line(const char *text, size_t len, unsigned number, unsigned column,
                 struct script_names *names, struct command *out,
                 lesson_error_list *errors)
{
    struct script_text line = {.number = number, .names = names, .errors = errors};
    size_t start, quote = 0;
    long length;

    memset(out, 0, sizeof(*out));
    start = line_start(text, len, &out->joins);
    length = script_length(text + start, len - start, &quote);
    line.column = column + characters(text, start);
    if (length == 0)
        return false;
    line.text = mem_strndup(text + start, length < 0 ? len - start : (size_t)length);
    if (length < 0) {
        script_error(&line, quote, "a text that is not closed: expected a second \"");
    } else if (strlen(line.text) != (size_t)length) {
        script_error(&line, strlen(line.text), "a NUL byte: expected text");
    } else {
        out->line = number;
        out->column = line.column;
        out->text = printable_line(line.text);
        read_line(&line, out);
        /* Also after an error: what the line names is meant to be there. */
        script_names_learn(names, out);
    }
    free(line.text);
    if (line.failed)
        command_clear(out);
    return !line.failed;
}

void command_clear(struct command *command)
{
    free(command->text);
    free(command->key);
    free(command->value);
    free(command->call.data);
    free(command->call.args);
    free(command->result.data);
    free(command->inject.data);
    free(command->lab_hosts);
    for (size_t i = 0; i < 4; i++)
        free(command->demo_args[i]);
    vec_free(&command->expect.conditions);
    memset(command, 0, sizeof(*command));
}
