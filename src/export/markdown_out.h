/* markdown_out: a lesson's prose written as Markdown (CommonMark, with GitHub's tables):
 * what means something to Markdown and was no more than a character is escaped. Only for
 * export/handout. Pure.
 */
#ifndef SOCKETARIUM_EXPORT_MARKDOWN_OUT_H
#define SOCKETARIUM_EXPORT_MARKDOWN_OUT_H

#include "base/buf.h"
#include "model/page.h"

/* Lines are wrapped at so many columns, where a word's end allows it. */
#define MARKDOWN_COLUMNS 88

/* Text within a line, nothing of it markup. */
void markdown_out_text(const char *text, struct buf *out);

/* Plain text as a paragraph, and an empty line. */
void markdown_out_para(const char *text, struct buf *out);

/* Paragraphs, with an empty line after each but the items of one list. `lead` (Markdown,
 * or NULL) stands before the text of the last paragraph. */
void markdown_out_paras(const para_list *paras, const char *lead, struct buf *out);

/* Paragraphs in one line or more behind a list's marker ("- [ ] "), without an empty
 * line at the end. */
void markdown_out_item(const char *marker, const para_list *paras, struct buf *out);

/* A fenced block; text is lines. */
void markdown_out_fence(const char *text, struct buf *out);

#endif
