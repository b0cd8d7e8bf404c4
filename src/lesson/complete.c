#include "lesson/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "lesson/complete_parts.h"

/* ----------------------------------------------------------- offering */

void complete_at(struct completing *at, size_t begins)
{
    at->typed = at->text + begins;
    at->out->begins = at->from + begins;
}

bool complete_word_is(const struct completing *at, size_t index, const char *word)
{
    return index < at->words.count && strcmp(at->words.items[index].text, word) == 0;
}

void complete_offer(struct completing *at, const char *text, const char *after,
                    const char *help)
{
    struct candidate *candidate;

    if (strncmp(text, at->typed, strlen(at->typed)) != 0)
        return;
    vec_each (other, &at->out->candidates)
        if (strcmp(other->text, text) == 0)
            return;
    candidate = vec_push(&at->out->candidates);
    candidate->text = mem_strdup(text);
    candidate->help = printable_line(help);
    candidate->after = after;
}

void complete_offer_list(struct completing *at, const struct named *list,
                         const char *after)
{
    for (; list->name; list++)
        complete_offer(at, list->name, after, list->help);
}

void complete_expect(struct completing *at, const char *expected)
{
    at->out->expected = expected;
}

/* ----------------------------------------------------------- the line */

static void complete_first(struct completing *at)
{
    complete_expect(at, "a command, or a thread with a colon, like server:");
    complete_threads(at, false, ":", " ");
    for (size_t i = 0; i < command_count; i++)
        complete_offer(at, command_defs[i].name, command_defs[i].usage[0] ? " " : "",
                       command_defs[i].help);
}

/* Splits at spaces; the word at the cursor is not among at->words. */
static void split(struct completing *at)
{
    struct script_text line = {.text = at->text};
    size_t len = strlen(at->text);

    script_words(&line, &at->words);
    if (len && !strchr(" \t", at->text[len - 1])) {
        complete_at(at, vec_last(&at->words)->at);
        free(vec_last(&at->words)->text);
        at->words.count--;
    } else {
        complete_at(at, len);
    }
}

static void complete_words(struct completing *at)
{
    const struct command_def *def;
    size_t thread_len;

    split(at);
    if (is_call_line(at->text, &thread_len)) {
        complete_call(at, thread_len);
        return;
    }
    if (!at->words.count) {
        complete_first(at);
        return;
    }
    def = command_find(at->words.items[0].text);
    if (!def)
        complete_expect(at, "a command, or a thread with a colon, before this");
    else if (def->kind == COMMAND_EXPECT)
        complete_expect_line(at);
    else
        complete_line(at, def->kind);
}

/* The line up to the cursor, without what stands before its first word. */
static char *line_text(const char *line, size_t cursor, size_t *from)
{
    size_t len = strnlen(line, cursor);
    bool joins;

    *from = script_start(line, len, &joins);
    return mem_strndup(line + *from, len - *from);
}

/* The text ends in a comment; a lone # may still become a packet's number. */
static bool in_comment(const char *text, long length)
{
    const char *rest = text + length;

    rest += strspn(rest, " \t");
    return *rest && strcmp(rest, "#") != 0;
}

void completion_of(const char *line, size_t cursor, const struct world *world,
                   struct completion *out)
{
    struct completing at = {.world = world, .out = out};
    size_t quote = 0;
    long length;

    memset(out, 0, sizeof(*out));
    at.text = line_text(line, cursor, &at.from);
    length = script_length(at.text, strlen(at.text), &quote);
    complete_at(&at, strlen(at.text));
    if (length < 0) {
        complete_at(&at, quote);
        complete_expect(&at, "text, up to a second \"");
    } else if (in_comment(at.text, length)) {
        complete_expect(&at, "a comment, which does nothing");
    } else {
        complete_words(&at);
    }
    word_list_free(&at.words);
    free(at.text);
}

void completion_free(struct completion *completion)
{
    vec_each (candidate, &completion->candidates) {
        free(candidate->text);
        free(candidate->help);
    }
    vec_free(&completion->candidates);
}

void completion_insert(const struct completion *completion, size_t cursor,
                       struct buf *out)
{
    const struct candidate *first = completion->candidates.items;
    size_t typed = cursor - completion->begins, common;

    if (!completion->candidates.count)
        return;
    common = strlen(first->text);
    vec_each (other, &completion->candidates) {
        size_t same = 0;

        while (same < common && other->text[same] == first->text[same])
            same++;
        common = same;
    }
    /* Never half a character. */
    while (common > typed && ((unsigned char)first->text[common] & 0xc0) == 0x80)
        common--;
    if (common > typed)
        buf_add(out, first->text + typed, common - typed);
    if (completion->candidates.count == 1)
        buf_puts(out, first->after);
}

/* ----------------------------------------------------------- help */

#define HELP_WORDS 8 /* candidates that are named */
#define HELP_TOLD 3  /* so few are told with their help */

static void help_here(const struct completion *completion, struct buf *out)
{
    size_t count = completion->candidates.count;

    buf_printf(out, "Here: %s",
               completion->expected ? completion->expected : "the end of the line");
    for (size_t i = 0; i < count && i < HELP_WORDS; i++) {
        const struct candidate *candidate = &completion->candidates.items[i];

        buf_printf(out, "%s%s", i ? ", " : "; now ", candidate->text);
        if (count <= HELP_TOLD && candidate->help[0])
            buf_printf(out, " (%s)", candidate->help);
    }
    if (count > HELP_WORDS)
        buf_printf(out, " and %zu more", count - HELP_WORDS);
    buf_putc(out, '.');
}

static void help_line(const char *text, struct buf *out)
{
    const struct command_def *command;
    const struct call_def *call;
    size_t thread_len, len = strcspn(text, " \t");
    char *word = mem_strndup(text, len);
    bool is_call = is_call_line(text, &thread_len);

    call = is_call ? complete_call_def(text, thread_len) : NULL;
    command = is_call ? NULL : command_find(word);
    free(word);
    if (call) {
        call_usage(call, out);
        buf_printf(out, " %s. Example: %s", call->help, call->example);
    } else if (command) {
        buf_printf(out, "%s%s%s: %s. Example: %s", command->name,
                   command->usage[0] ? " " : "", command->usage, command->help,
                   command->example);
    } else if (is_call) {
        buf_puts(out, "THREAD: [VAR =] CALL(ARGS) [=> RESULT]. Example: "
                      "server: s = socket(AF_INET, SOCK_STREAM, 0)");
    } else {
        buf_puts(out, "COMMAND ..., or THREAD: CALL(...). Example: deliver SYN");
    }
}

void completion_help(const char *line, size_t cursor, const struct world *world,
                     struct buf *out)
{
    struct completion completion;
    size_t from;
    char *text = line_text(line, cursor, &from);

    completion_of(line, cursor, world, &completion);
    help_here(&completion, out);
    buf_putc(out, '\n');
    help_line(text, out);
    completion_free(&completion);
    free(text);
}
