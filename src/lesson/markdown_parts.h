/* markdown_parts: what the files of the Markdown reader share. Not for others.
 *
 * md4c tells no line numbers; but what it passes on points into the lesson's text nearly
 * always, and the place in the text gives line and column. The struct is owned by
 * markdown_parse; one thread at a time.
 */
#ifndef SOCKETARIUM_LESSON_MARKDOWN_PARTS_H
#define SOCKETARIUM_LESSON_MARKDOWN_PARTS_H

#include <md4c.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "lesson/markdown.h"
#include "model/page.h"

/* What the block quotes and lists around the current place are. */
struct container {
    bool quote;     /* else a list item */
    bool marked;    /* the item's marker was given to its first paragraph */
    char marker[8]; /* list item */
};

struct list_level {
    bool ordered;
    bool boxes_told; /* the error about its boxes was given */
    unsigned next;   /* number of the next item */
};

/* An item of a list that stands at top level: it may be an answer. */
struct item {
    bool box, right;
    size_t at;
    para_list text;
};

/* A line of a paragraph before the first page, where `Part:` and its like stand. */
struct head_line {
    size_t at;
    size_t text_at; /* within markdown.head */
};

struct markdown {
    const char *text;
    size_t len;
    size_t at;          /* the last known place in the text */
    VEC(size_t) starts; /* of each line */
    lesson_error_list *errors;
    struct lesson *lesson;
    bool has_title, has_summary, has_meta;

    VEC(struct container) containers;
    VEC(struct list_level) lists;

    /* The paragraph that is read. */
    bool open;
    struct para para;
    size_t para_at;     /* NO_PLACE until its first text */
    unsigned styles[4]; /* how many spans of each style are open */
    struct buf run;     /* text of the span that is read */
    unsigned run_style;
    unsigned heading_level; /* 0: no heading */
    struct buf head;        /* text of a paragraph before the first page, line by line */
    VEC(struct head_line) head_lines;
    bool head_break; /* the next text begins a line */

    /* A top-level list or quote, until it is known what it is. */
    VEC(struct item) items;
    para_list quote;
    size_t quote_at;

    /* A fence. */
    bool in_lab, lab_refused;
    enum block_kind lab_kind;
    size_t fence_at;
    char fence_char;
    VEC(struct lab_line) lab_lines;

    /* Raw HTML, gathered until something else comes. */
    struct buf html;
    size_t html_at;

    /* A table. */
    bool in_cell;
};

#define NO_PLACE ((size_t)-1)

/* markdown_lines.c */
bool markdown_is_text(const char *text, size_t len);
void markdown_find_lines(struct markdown *md);
unsigned markdown_line(const struct markdown *md, size_t at); /* from 1 */
unsigned markdown_column(const struct markdown *md,
                         size_t at); /* from 1, in characters */
void markdown_error(struct markdown *md, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Where the next line begins that is not blank: for what md4c tells without any text. */
size_t markdown_next_place(const struct markdown *md);
/* How many fence characters begin the line at text; *after is where they end. */
size_t markdown_fence_run(const char *text, size_t len, char fence_char, size_t *after);
/* How many characters the present fence is long, where it begins. */
size_t markdown_fence_length(const struct markdown *md);
/* The closing line of the present fence, which ends after the place `from`; NO_PLACE if
 * there is none. */
size_t markdown_fence_end(const struct markdown *md, size_t from);

/* markdown_prose.c */
void markdown_para_open(struct markdown *md, enum para_kind kind);
/* What an ordinary paragraph is here: text, an item's, a quote's. */
enum para_kind markdown_para_kind(const struct markdown *md);
void markdown_para_close(struct markdown *md);
/* Text in the current style; `at` is its place or NO_PLACE. */
void markdown_para_text(struct markdown *md, const char *text, size_t len, size_t at);
/* A line ends within a paragraph: a space, or a newline that is meant. */
void markdown_para_break(struct markdown *md, char c);
/* Text that is not in a paragraph: a tight list item's. */
void markdown_para_need(struct markdown *md);
void markdown_html_flush(struct markdown *md);
void markdown_cell_open(struct markdown *md);
void markdown_cell_close(struct markdown *md);
/* The plain text of the paragraph so far, printable; the caller frees it. */
char *markdown_para_take(struct markdown *md);

/* markdown_blocks.c */
struct page *markdown_page(struct markdown *md); /* the current one, or NULL */
/* Where paragraphs go here, or NULL: before the first page. */
para_list *markdown_sink(struct markdown *md, size_t at);
void markdown_note_add(struct markdown *md, const char *text, size_t len, size_t at);
/* Adds a block to the current page, which is there. */
struct block *markdown_block_add(struct markdown *md, enum block_kind kind, size_t at);
/* The block that prose goes to. */
struct block *markdown_prose(struct markdown *md, size_t at);
void markdown_list_end(struct markdown *md);
void markdown_quote_end(struct markdown *md);
void markdown_code_begin(struct markdown *md, const MD_BLOCK_CODE_DETAIL *detail);
void markdown_code_text(struct markdown *md, const char *text, size_t len, size_t at);
void markdown_code_end(struct markdown *md);

/* markdown_head.c: what stands before the first page. */
void markdown_head_heading(
    struct markdown *md);                     /* a heading of level 1 or 2 has ended */
void markdown_head_para(struct markdown *md); /* a paragraph before the first page */
void markdown_head_other(struct markdown *md, size_t at); /* anything else before it */
void markdown_head_end(struct markdown *md);              /* the file has ended */

#endif
