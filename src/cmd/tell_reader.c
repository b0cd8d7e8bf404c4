#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/printable.h"
#include "cmd/cmd.h"
#include "cmd/telling.h"
#include "lesson/glossary_file.h"
#include "view/plain_now.h"
#include "view/plain_prose.h"

/* ----------------------------------------------------------- what is open */

static const struct world_question *open_question(const struct telling *telling)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    vec_each (question, &lesson->questions)
        if (question->page == lesson->page && question->status == QUESTION_OPEN)
            return question;
    return NULL;
}

static const struct world_task *open_task(const struct telling *telling)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    vec_each (task, &lesson->tasks)
        if (task->page == lesson->page && task->status != TASK_DONE &&
            !lesson->page_finished)
            return task;
    return NULL;
}

static const struct block *block_of(const struct telling *telling,
                                    const struct world_question *question)
{
    return lesson_block(telling->plain.lesson, question->page, question->block);
}

static bool is_over(const struct telling *telling)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    if (!telling_is_lab(telling))
        return telling_is_live(telling) && telling->feed.watch < 0;
    return lesson->failed ||
           (lesson->page > 0 && lesson->page == lesson->pages && lesson->page_finished);
}

/* ----------------------------------------------------------- the prompt */

static void prompt_question(const struct telling *telling, const struct block *block,
                            struct buf *out)
{
    if (question_right_count(block) > 1)
        buf_printf(out, "1-%zu: answer, all that are right, as: 1 2.",
                   block->answer_count);
    else
        buf_printf(out, "1-%zu: answer.", block->answer_count);
    if (telling_is_lab(telling))
        buf_puts(out, " Enter: show the answer.");
    else if (!telling_is_live(telling))
        buf_puts(out, " Enter: go on without.");
}

static void prompt_task(const struct world_task *task, struct buf *out)
{
    buf_puts(out, "Colon and a line: do it by hand. ");
    buf_puts(out, task->status == TASK_OPEN    ? "Enter: show one way."
                  : task->status == TASK_SHOWN ? "Enter: run it."
                                               : "Enter: go on without.");
}

static void prompt_recording(const struct telling *telling, struct buf *out)
{
    if (!telling_is_live(telling))
        buf_puts(out, "Enter: go on.");
    else if (telling->feed.watch >= 0)
        buf_puts(out, "Following.");
    else
        buf_puts(out, "The recording ends. Enter: leave.");
}

static void prompt_words(const struct telling *telling, struct buf *out)
{
    const struct world_lesson *lesson = &telling->world.lesson;
    const struct world_question *question = open_question(telling);
    const struct block *block = question ? block_of(telling, question) : NULL;
    const struct world_task *task = open_task(telling);

    if (lesson->failed && telling_is_lab(telling))
        buf_puts(out, "This step did not work: the lesson stops here. Enter: leave.");
    else if (lesson->running && telling_is_lab(telling))
        buf_puts(out, lesson->waiting ? "Enter: do not wait for it." : "");
    else if (block)
        prompt_question(telling, block, out);
    else if (!telling_is_lab(telling))
        prompt_recording(telling, out);
    else if (task)
        prompt_task(task, out);
    else if (lesson->page == 0)
        return;
    else if (!lesson->page_finished)
        buf_puts(out, "Enter: next step.");
    else if (lesson->page < lesson->pages)
        buf_puts(out, "Enter: next page.");
    else
        buf_puts(out, "The end. Enter: leave. Colon and a line: try something.");
}

void telling_prompt(struct telling *telling)
{
    struct buf words = {0};

    prompt_words(telling, &words);
    if (words.len && !telling->sent &&
        (telling->prompt_due ||
         strcmp(buf_text(&words), buf_text(&telling->prompt)) != 0)) {
        telling->prompt_due = false;
        telling_say(telling, "%s%s", buf_text(&words),
                    telling->helped ? "" : " Question mark: help.");
        telling->helped = true;
        buf_clear(&telling->prompt);
        buf_puts(&telling->prompt, buf_text(&words));
    }
    buf_free(&words);
}

/* ----------------------------------------------------------- commands */

static void help(struct telling *telling, const char *rest)
{
    (void)rest;
    telling_say(telling,
                "What you can type, each with Enter after it:\n"
                "Nothing: go on. What that does now is said each time.\n"
                "A number: answer the question.\n"
                "Colon and a line: run it in the lab, such as :client: close(c)\n"
                "s: the sockets now. w: what is held on the wire. p: the programs.\n"
                "r: read this page again. g: its new words. g WORD: explain a word.\n"
                "q: leave.");
}

static void leave(struct telling *telling, const char *rest)
{
    (void)rest;
    telling->left = true;
}

static void write_words(struct telling *telling, struct buf *text)
{
    telling_flush(telling);
    cmd_write(buf_text(text), text->len);
    buf_free(text);
}

static void say_sockets(struct telling *telling, const char *rest)
{
    bool goes_on = telling_is_lab(telling) && telling->offset_ns;
    struct buf text = {0};

    (void)rest;
    plain_now_sockets(
        &telling->world,
        goes_on ? clock_now_ns() - telling->offset_ns : telling->world.t_ns, &text);
    write_words(telling, &text);
}

static void say_wire(struct telling *telling, const char *rest)
{
    struct buf text = {0};

    (void)rest;
    plain_now_wire(&telling->world, &text);
    write_words(telling, &text);
}

static void say_programs(struct telling *telling, const char *rest)
{
    struct buf text = {0};

    (void)rest;
    plain_now_programs(&telling->world, &text);
    write_words(telling, &text);
}

static void read_again(struct telling *telling, const char *rest)
{
    struct buf text = {0};

    (void)rest;
    plain_again(&telling->plain, &text);
    write_words(telling, &text);
    telling->prompt_due = true;
}

/* ----------------------------------------------------------- words */

/* The bold words of the page, as far as it was told. */
static void say_terms(struct telling *telling)
{
    const struct plain *plain = &telling->plain;
    struct buf text = {0};

    for (size_t i = 0; plain->lesson && plain->page && i < plain->told; i++) {
        const struct block *block =
            &plain->lesson->pages.items[plain->page - 1].blocks.items[i];

        if (block->kind != BLOCK_PROSE)
            continue;
        vec_each (para, &block->text)
            vec_each (span, &para->spans)
                if (span->style & SPAN_STRONG)
                    buf_printf(&text, "%s%s", text.len ? ", " : "", span->text);
    }
    if (text.len)
        telling_say(telling, "New words of this page: %s.", buf_text(&text));
    else
        telling_say(telling, "This page has no new words so far. g and a word, such as "
                             "g socket, explains it.");
    buf_free(&text);
}

/* The terms that have the word in them. */
static void say_near(struct telling *telling, const char *word)
{
    char *printable = printable_line(word);
    struct buf near = {0};

    vec_each (entry, &telling->glossary.entries)
        if (strcasestr(entry->term, word))
            buf_printf(&near, "%s%s", near.len ? ", " : "", entry->term);
    telling_say(telling, "The glossary does not have the word %s.%s%s", printable,
                near.len ? " It has: " : "", buf_text(&near));
    buf_free(&near);
    free(printable);
}

static void say_word(struct telling *telling, const char *word)
{
    const struct glossary_entry *entry;
    struct err err = {.text = ""};
    struct buf text = {0};

    if (!*word) {
        say_terms(telling);
        return;
    }
    if (telling->glossary.entries.count == 0 &&
        glossary_load(&telling->glossary, &err) < 0) {
        telling_say(telling, "There is no glossary: %s.", err.text);
        return;
    }
    entry = glossary_find(&telling->glossary, word);
    if (!entry) {
        say_near(telling, word);
        return;
    }
    plain_prose(&(para_list){.items = (struct para *)&entry->text, .count = 1}, &text);
    write_words(telling, &text);
}

static const struct {
    char letter;
    bool takes_word;
    void (*run)(struct telling *telling, const char *rest);
} commands[] = {
    {'?', false, help},     {'q', false, leave},        {'s', false, say_sockets},
    {'w', false, say_wire}, {'p', false, say_programs}, {'r', false, read_again},
    {'g', true, say_word},
};

/* False: it is none of these. */
static bool run_command(struct telling *telling, const char *line)
{
    const char *rest = line + 1 + strspn(line + 1, " ");

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (tolower((unsigned char)*line) != commands[i].letter)
            continue;
        if (commands[i].takes_word ? line[1] && line[1] != ' ' : *rest != '\0')
            continue;
        commands[i].run(telling, rest);
        return true;
    }
    return false;
}

/* ----------------------------------------------------------- answers and lines */

static void take_sent(struct telling *telling, int result)
{
    if (result < 0)
        telling_say(telling, "The lab is too busy: try once more.");
    else
        telling->sent = true;
}

/* The numbers of a line as a set, 0 if one of them is no answer. */
static unsigned numbers(const char *line, size_t answer_count)
{
    unsigned answers = 0;

    for (; *line; line++) {
        if (*line == ' ' || *line == ',')
            continue;
        if (*line < '1' || (size_t)(*line - '0') > answer_count)
            return 0;
        answers |= 1u << (*line - '1');
    }
    return answers;
}

static void answer(struct telling *telling, const char *line)
{
    const struct world_question *question = open_question(telling);
    const struct block *block = question ? block_of(telling, question) : NULL;
    unsigned answers = block ? numbers(line, block->answer_count) : 0;

    if (!block) {
        telling_say(telling, "No question is open now.");
    } else if (!answers) {
        telling_say(telling, "The answers have the numbers 1 to %zu.",
                    block->answer_count);
    } else if (question_right_count(block) == 1 && (answers & (answers - 1))) {
        telling_say(telling, "One answer is right: type one number.");
    } else if (answers == question->tried) {
        telling_say(telling, "That you have tried; it is another one.");
    } else {
        telling->prompt_due = true;
        if (telling_is_lab(telling))
            take_sent(telling, session_answer(&telling->feed.session, answers));
        else
            telling_answer(telling, question, answers);
    }
}

static void run_line(struct telling *telling, const char *line)
{
    const char *first = line + strspn(line, " \t+");

    if (!telling_is_lab(telling)) {
        telling_say(telling, "This is a recording: no line can be run.");
    } else if (*first == '\0' || *first == '#') {
        telling_say(telling, "After the colon comes a line of the lab, such as "
                             ":client: close(c)");
    } else {
        telling->prompt_due = true;
        take_sent(telling, session_line(&telling->feed.session, line));
    }
}

static void go_on(struct telling *telling)
{
    telling->prompt_due = true;
    if (is_over(telling))
        telling->left = true;
    else if (telling_is_lab(telling))
        take_sent(telling, session_next(&telling->feed.session));
    else if (!telling_is_live(telling))
        telling_forward(telling);
    else
        telling_say(telling, "Nothing more has happened yet.");
}

static void refuse(struct telling *telling, const char *line)
{
    char *printable = printable_line(line);

    if (strchr(line, ':') || strchr(line, '(') || strchr(line, ' '))
        telling_say(telling,
                    "Not known: %s. A line of the lab begins with a colon. "
                    "Question mark: help.",
                    printable);
    else
        telling_say(telling, "Not known: %s. Question mark: help.", printable);
    free(printable);
}

/* ----------------------------------------------------------- typed lines */

static bool is_answer(const char *line)
{
    return isdigit((unsigned char)*line) && !line[strspn(line, "0123456789 ,")];
}

/* It changes the lab, which must have taken what came before. */
static bool is_for_lab(const char *line)
{
    return !*line || *line == ':' || is_answer(line);
}

static bool lab_is_ready(const struct telling *telling)
{
    const struct world_lesson *lesson = &telling->world.lesson;

    if (!telling_is_lab(telling) || lesson->failed)
        return true;
    return !telling->sent && lesson->page > 0 && (!lesson->running || lesson->waiting);
}

static void obey(struct telling *telling, const char *line)
{
    if (!*line)
        go_on(telling);
    else if (*line == ':')
        run_line(telling, line + 1);
    else if (is_answer(line))
        answer(telling, line);
    else if (!run_command(telling, line))
        refuse(telling, line);
}

void telling_obey(struct telling *telling)
{
    char *newline;

    while (!telling->left && telling->input.len &&
           (newline = memchr(telling->input.data, '\n', telling->input.len))) {
        char *line = telling->input.data, *end = newline, kept;

        while (end > line && isspace((unsigned char)end[-1]))
            end--;
        kept = *end;
        *end = '\0';
        while (isspace((unsigned char)*line))
            line++;
        if (is_for_lab(line) && !lab_is_ready(telling)) {
            *end = kept;
            return;
        }
        obey(telling, line);
        buf_drop_front(&telling->input, (size_t)(newline - telling->input.data) + 1);
    }
    if (telling->no_more && telling->input.len == 0)
        telling->left = true;
}

void telling_read_reader(struct telling *telling)
{
    char piece[1024];
    ssize_t got = read(STDIN_FILENO, piece, sizeof(piece));

    if (got > 0)
        buf_add(&telling->input, piece, (size_t)got);
    else if (got == 0 || errno != EINTR)
        telling->no_more = true;
    if (telling->no_more && telling->input.len)
        buf_putc(&telling->input, '\n');
}
