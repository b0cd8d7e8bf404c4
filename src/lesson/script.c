#include "lesson/script.h"

#include <string.h>

#include "base/printable.h"
#include "lesson/script_parts.h"

const struct command_def command_defs[] = {
    {"host", COMMAND_HOST, read_host_line, "NAME ADDRESS...", "puts a host on the wire",
     "host client2 192.168.0.111"},
    {"sysctl", COMMAND_SYSCTL, read_sysctl, "HOST KEY VALUE",
     "a setting of that host's kernel", "sysctl server net.ipv4.tcp_syncookies 0"},
    {"wire", COMMAND_WIRE, read_wire, "hold, flow or slow DURATION",
     "how packets cross from now on", "wire hold"},
    {"wait", COMMAND_WAIT, read_wait, "DURATION", "lets time pass", "wait 2s"},
    {"reset", COMMAND_RESET, read_reset, "", "a new lab: no hosts, no variables",
     "reset"},
    {"demo", COMMAND_DEMO, read_demo, "THREAD PROGRAM [ARGS]", "starts a demo program",
     "demo server tcp-echo-server 6666"},
    {"pace", COMMAND_PACE, read_pace, "call or run",
     "whether demo programs wait before each call", "pace call"},
    {"step", COMMAND_STEP, read_step, "THREAD [N]",
     "lets a demo program make its next call", "step server"},
    {"deliver", COMMAND_DELIVER, read_packet, "[MATCH] or all",
     "lets the oldest held packet that matches arrive", "deliver SYN"},
    {"drop", COMMAND_DROP, read_packet, "[MATCH]", "loses it",
     "drop DATA client->server"},
    {"duplicate", COMMAND_DUPLICATE, read_packet, "[MATCH]",
     "a second copy, right behind the first", "duplicate DATA"},
    {"corrupt", COMMAND_CORRUPT, read_packet, "[MATCH]",
     "flips one bit of its data, and delivers it", "corrupt DATA"},
    {"replay", COMMAND_REPLAY, read_packet, "[MATCH]",
     "sends again what was delivered or dropped", "replay SYN"},
    {"unplug", COMMAND_UNPLUG, read_plug, "HOST", "pulls the host's cable",
     "unplug server"},
    {"plug", COMMAND_PLUG, read_plug, "HOST", "puts the cable back", "plug server"},
    {"kill", COMMAND_KILL, read_kill, "HOST or HOST/CHILD",
     "kills the process: its descriptors are closed", "kill server"},
    {"firewall", COMMAND_FIREWALL, read_firewall,
     "drop|reject [tcp|udp] [from HOST] [to HOST[:PORT]], or clear",
     "a rule on the wire", "firewall drop tcp to server:80"},
    {"inject", COMMAND_INJECT, read_inject,
     "SRC:PORT -> DST:PORT FLAGS [seq=] [ack=] [data=] [times=]",
     "sends a forged segment", "inject 192.168.0.7:5000 -> 192.168.0.101:6666 SYN"},
    {"crash", COMMAND_CRASH, read_plug, "HOST", "power loss: nothing more is sent",
     "crash server"},
    {"boot", COMMAND_BOOT, read_plug, "HOST", "the host comes back, without memory",
     "boot server"},
    {"destroy", COMMAND_DESTROY, read_destroy, "HOST.VAR",
     "resets a connection, as ss -K does", "destroy client.c"},
    {"run", COMMAND_RUN, read_run, "HOST COMMAND...",
     "runs a program of yours on that host", "run server ss -tan"},
    {"expect", COMMAND_EXPECT, read_expect,
     "HOST.VAR STATE, HOST LOCAL REMOTE STATE, no, count, wire, THREAD blocked CALL",
     "states what must be so", "expect server.s LISTEN"},
};
const size_t command_count = sizeof(command_defs) / sizeof(command_defs[0]);

const struct command_def *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(command_defs[i].name, name) == 0)
            return &command_defs[i];
    return NULL;
}

void known_commands(known_words *known)
{
    for (size_t i = 0; i < command_count; i++)
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
    const struct command_def *def;
    word_list words = {0};
    size_t thread_len;

    if (is_call_line(line->text, &thread_len)) {
        read_call_line(line, thread_len, out);
        return;
    }
    script_words(line, &words);
    def = command_find(words.items[0].text);
    if (def) {
        out->kind = def->kind;
        def->read(line, &words, out);
    } else {
        out->kind = COMMAND_KIND_COUNT;
        unknown_command(line, &words.items[0]);
    }
    word_list_free(&words);
}

size_t script_start(const char *text, size_t len, bool *joins)
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
    start = script_start(text, len, &out->joins);
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
