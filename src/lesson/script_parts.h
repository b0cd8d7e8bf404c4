/* script_parts: what the files of the script parser share. Not for others.
 *
 * A struct script_text is one lab line while it is read; every error goes through it, so
 * that it carries the place of the word it is about. One thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_SCRIPT_PARTS_H
#define SOCKETARIUM_LESSON_SCRIPT_PARTS_H

#include "base/buf.h"
#include "base/named.h"
#include "base/vec.h"
#include "lesson/script.h"

struct script_text {
    char *text;              /* (owned) without its comment and the spaces around */
    size_t at;               /* how far it is read, in bytes */
    unsigned number, column; /* of text[0], in the file */
    struct script_names *names;
    lesson_error_list *errors;
    bool failed;
};

/* Not <ctype.h>, which follows the locale. */
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a NAME is made of. */
static inline bool is_name_char(char c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

/* A word of a line: up to a space; quotes hold spaces together. */
struct word {
    size_t at;
    char *text; /* (owned) */
};
typedef VEC(struct word) word_list;

/* Words among which a misspelt one may be meant. Not owned. */
typedef VEC(const char *) known_words;

/* script_words.c */
void script_skip(struct script_text *line); /* spaces and tabs */
void script_error(struct script_text *line, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "unknown host 'x'; did you mean 'y'?", or, where nothing is near, "...: expected
 * HINT". */
void script_unknown(struct script_text *line, size_t at, const char *what,
                    const char *word, const known_words *known, const char *hint);
/* The nearest of the known words, or NULL if none is near. */
const char *nearest_word(const char *word, const known_words *known);
void known_add(known_words *known, const char *word);
void known_add_list(known_words *known, const struct named *list);
/* Where the line ends without its comment. -1 and *quote when a quote stays open. */
long script_length(const char *text, size_t len, size_t *quote);
void script_words(struct script_text *line, word_list *words);
void word_list_free(word_list *words);
/* Word number index, or NULL after an error that tells what was expected. */
const struct word *word_need(struct script_text *line, const word_list *words,
                             size_t index, const char *expected);
/* An error if there is a word number index. */
void word_none(struct script_text *line, const word_list *words, size_t index);
/* A text ended where something was expected. */
void script_missing(struct script_text *line, const char *expected);

/* script_values.c: false after an error, except number_parse. */
bool number_parse(const char *text, int64_t *out);
bool read_number(struct script_text *line, size_t at, const char *text, int64_t low,
                 int64_t high, int64_t *out);
bool read_duration(struct script_text *line, size_t at, const char *text, int64_t *ns);
/* A NAME; what is "host", "variable" or "thread". */
bool read_name(struct script_text *line, size_t at, const char *text, const char *what);
/* Decodes a quoted text with C escapes, from text[0] (a quote) up to its closing quote.
 * *used is how many bytes that took. */
bool read_string(struct script_text *line, size_t at, const char *text, struct buf *out,
                 size_t *used);
bool read_endpoint(struct script_text *line, size_t at, const char *text,
                   struct endpoint *out);
bool read_endpoint_match(struct script_text *line, size_t at, const char *text,
                         struct endpoint_match *out);

/* script_names.c */
struct name_host {
    struct event_lab_host lab;
    bool demo; /* a demo program runs there: any variable may exist */
};

struct name_var {
    char host[NAME_TEXT], name[NAME_TEXT];
    bool sock, number; /* what it was ever set to */
};

struct name_thread {
    char name[THREAD_TEXT];
    bool demo;                   /* it runs a demo program */
    bool process;                /* a child that fork() made, and its first thread */
    const struct call_def *call; /* its last one, or NULL */
};

struct script_names {
    struct name_host hosts[HOSTS_MAX];
    unsigned host_count;
    VEC(struct name_var) vars;
    VEC(struct name_thread) threads;
};

void names_reset(struct script_names *names);
struct name_host *names_host(struct script_names *names, const char *name);
/* The host of this address, or NULL. */
const struct name_host *names_owner(const struct script_names *names,
                                    const struct address *address);
/* False if there are HOSTS_MAX already. A known one stays as it is. */
bool names_add_host(struct script_names *names, const struct event_lab_host *host);
struct name_var *names_var(struct script_names *names, const char *host,
                           const char *name);
void names_set_var(struct script_names *names, const char *host, const char *name,
                   bool is_sock);
struct name_thread *names_thread(struct script_names *names, const char *name);
struct name_thread *names_add_thread(struct script_names *names, const char *name);
/* A host, a child of fork(), or what a demo program may have forked. */
bool names_process(struct script_names *names, const char *name);
/* The part of "host/name" before the slash. */
void thread_host(const char *thread, char host[NAME_TEXT]);
/* Checks with errors: the host of that name; a thread's host; a variable. */
struct name_host *read_host(struct script_text *line, size_t at, const char *text);
/* numbered: the threads of demo programs ("host/web.1") are fine too. */
bool read_thread(struct script_text *line, size_t at, const char *text, bool numbered,
                 char thread[THREAD_TEXT]);
/* A variable that holds a socket, set earlier on that host. */
bool read_var(struct script_text *line, size_t at, const char *host, const char *text);

/* script_call.c */
/* A line "THREAD: ...": whether it is one, and how long THREAD is. */
bool is_call_line(const char *text, size_t *thread_len);
void read_call_line(struct script_text *line, size_t thread_len, struct command *out);

/* script_args.c: the arguments of call->def, from the "(" at line->at to after the ")".
 * name_at is where the call's name stands. False if the ")" is missing. */
bool read_call_args(struct script_text *line, size_t name_at, struct call_line *call);
/* "connect(SOCKET, ADDRESS:PORT)" */
void call_usage(const struct call_def *def, struct buf *out);
unsigned call_arg_count(const struct call_def *def);

/* script_result.c: what stands from line->at on, after the "=>". def is NULL if the call
 * is not known. within is NULL where it may not be given. */
void read_result(struct script_text *line, const struct call_def *def,
                 struct result *out, int64_t *within);

/* script_world.c, script_wire.c, script_break.c, script_demo.c, script_expect.c:
 * words[0] is the command. */
void read_host_line(struct script_text *line, const word_list *words,
                    struct command *out);
void read_sysctl(struct script_text *line, const word_list *words, struct command *out);
void read_wire(struct script_text *line, const word_list *words, struct command *out);
void read_wait(struct script_text *line, const word_list *words, struct command *out);
void read_reset(struct script_text *line, const word_list *words, struct command *out);
void read_packet(struct script_text *line, const word_list *words, struct command *out);
void read_plug(struct script_text *line, const word_list *words, struct command *out);
void read_kill(struct script_text *line, const word_list *words, struct command *out);
void read_firewall(struct script_text *line, const word_list *words,
                   struct command *out);
void read_inject(struct script_text *line, const word_list *words, struct command *out);
void read_run(struct script_text *line, const word_list *words, struct command *out);
void read_destroy(struct script_text *line, const word_list *words, struct command *out);
void read_demo(struct script_text *line, const word_list *words, struct command *out);
void read_pace(struct script_text *line, const word_list *words, struct command *out);
void read_step(struct script_text *line, const word_list *words, struct command *out);
void read_expect(struct script_text *line, const word_list *words, struct command *out);
/* One word of a MATCH. */
void read_match_word(struct script_text *line, const struct word *word,
                     struct match *match);

/* script_lists.c: the words of the lab lines, with their values. */
extern const struct named host_options[];   /* no values: each begins with its "=" */
extern const struct named wire_modes[];     /* enum wire_mode */
extern const struct named pace_words[];     /* whether it is "call" */
extern const struct named inject_flags[];   /* enum tcp_flag */
extern const struct named inject_options[]; /* no values */
extern const struct named state_words[];    /* enum expect_state_kind; beside TCP's */
extern const struct named field_words[];    /* enum expect_field */
enum firewall_word { FIREWALL_DROP, FIREWALL_REJECT, FIREWALL_CLEAR };
extern const struct named firewall_words[]; /* enum firewall_word */

/* script.c */
struct command_def {
    const char *name;
    enum command_kind kind;
    void (*read)(struct script_text *line, const word_list *words, struct command *out);
    const char *usage; /* what follows the name: "[MATCH]" */
    const char *help;  /* what it does, in a few words */
    const char *example;
};
extern const struct command_def command_defs[];
extern const size_t command_count;
const struct command_def *command_find(const char *name); /* NULL if there is none */
/* Adds the names of all commands. */
void known_commands(known_words *known);
/* Passes blanks, and "+ "; the bytes passed. */
size_t script_start(const char *text, size_t len, bool *joins);

#endif
