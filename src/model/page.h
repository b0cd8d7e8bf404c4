/* page: a parsed lesson: pages of prose, lab lines, questions and tasks. Pure data.
 *
 * lesson/markdown fills it from a file, views draw it, lesson/runner runs it. All
 * strings are the lesson's, already printable (base/printable). Owned by the struct
 * lesson; lesson_free frees all. One thread at a time.
 */
#ifndef SOCKETARIUM_MODEL_PAGE_H
#define SOCKETARIUM_MODEL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

/* Inline style of a span. Bits. */
enum span_style {
    SPAN_PLAIN = 0,
    SPAN_EMPHASIS = 1,
    SPAN_STRONG = 2, /* a term at its first use */
    SPAN_CODE = 4,
    SPAN_LINK = 8,
};

struct span {
    unsigned style; /* enum span_style */
    char *text;     /* (owned) a hard line break is "\n" */
};

typedef VEC(struct span) span_list;

enum para_kind {
    PARA_TEXT,
    PARA_HEADING, /* ### and deeper */
    PARA_ITEM,    /* list item; `marker` is "-" or "1." */
    PARA_QUOTE,
    PARA_CODE,  /* one span with newlines; shown as it is */
    PARA_TABLE, /* spans hold the cells; `columns` in each row; first row is the head */
    PARA_RULE,
};

/* One paragraph-like piece of prose. */
struct para {
    enum para_kind kind;
    int depth;      /* nesting of lists and quotes, 0 at top */
    int columns;    /* PARA_TABLE: cells in a row */
    char marker[8]; /* PARA_ITEM: "-", "1."; "" on an item's further paragraphs */
    span_list spans;
};

typedef VEC(struct para) para_list;

enum block_kind {
    BLOCK_PROSE,
    BLOCK_SETUP,    /* ```lab setup */
    BLOCK_LAB,      /* ```lab */
    BLOCK_TASK,     /* ```lab task */
    BLOCK_SOLUTION, /* ```lab solution */
    BLOCK_QUESTION,
    BLOCK_NOTE, /* <!-- note: ... -->, for the speaker */
};

struct lab_line {
    unsigned line;   /* in the file, from 1 */
    unsigned column; /* of the first character, from 1 */
    char *text;      /* (owned) without indentation, not yet printable */
};

#define ANSWERS_MAX 9

struct answer {
    bool right;
    para_list text;
};

struct block {
    enum block_kind kind;
    unsigned line;  /* in the file, from 1, where it begins */
    para_list text; /* prose; a question's explanation; a note */
    VEC(struct lab_line) lines;
    struct answer answers[ANSWERS_MAX];
    size_t answer_count;
};

struct page {
    unsigned line;
    char *title; /* (owned) */
    VEC(struct block) blocks;
};

struct lesson {
    char *path;    /* (owned) as given, for messages */
    char *title;   /* (owned) */
    char *summary; /* (owned) plain text of the paragraph below the title; "" if none */
    char *part;    /* (owned) "" if none */
    char *level;   /* (owned) "core", "more", "deep", "" */
    char *time;    /* (owned) "10 min" or "" */
    VEC(struct page) pages;
};

void lesson_free(struct lesson *lesson); /* NULL is fine */

/* Block number `block` (from 0) of page number `page` (from 1), as events name it; NULL
 * if the lesson (which may be NULL) has none. */
const struct block *lesson_block(const struct lesson *lesson, unsigned page,
                                 size_t block);
void para_list_free(para_list *list);

/* The plain text of spans, appended to out. */
struct buf;
void span_list_text(const span_list *spans, struct buf *out);

/* How many answers of a question are right, and as a bit set (bit 0 is answer 1). */
size_t question_right_count(const struct block *question);
unsigned question_right_set(const struct block *question);

/* Whether a wrong answer leaves the question open for a second try; `tried` is what was
 * answered before, 0 if nothing. Not where only one answer would be left. */
bool question_second_try(const struct block *question, unsigned tried);

/* How far a page is unfolded when it is shown up to and without block number `gate` is
 * the caller's business; this finds the first block at or after `from` that stops the
 * page: a BLOCK_LAB, BLOCK_TASK or BLOCK_QUESTION. blocks.count if there is none. */
size_t page_next_gate(const struct page *page, size_t from);

#endif
