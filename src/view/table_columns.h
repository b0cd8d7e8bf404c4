/* table_columns: what stands in the columns of the socket table, and how wide they are.
 * Only for table.c. Pure; the texts go to the caller's buf.
 */
#ifndef SOCKETARIUM_VIEW_TABLE_COLUMNS_H
#define SOCKETARIUM_VIEW_TABLE_COLUMNS_H

#include "model/world.h"

/* In the order drawn, which is the order of importance (DESIGN section 4). */
enum table_column_key {
    COLUMN_HOST,
    COLUMN_STATE,
    COLUMN_LOCAL,
    COLUMN_REMOTE,
    COLUMN_NOW,
    COLUMN_PROTO,
    COLUMN_OWNER,
    COLUMN_RECVQ,
    COLUMN_SENDQ,
    COLUMN_TIMER,
    COLUMN_COUNT
};

struct table_layout {
    int width[COLUMN_COUNT]; /* 0: dropped */
    bool brief;              /* NOW uses its short words */
};

/* Columns before the first one: a space, the mark, a space. */
#define TABLE_INDENT 3

const char *table_column_title(enum table_column_key key);
bool table_column_is_number(enum table_column_key key); /* stands at the right */

/* Chooses columns and widths for a table of `columns` columns in all. */
void table_columns_fit(const struct world *world, int64_t now_ns, int columns,
                       struct table_layout *layout);

/* Appends the text of one cell, cut with … to the column's width. */
void table_column_text(const struct world *world, const struct world_sock *sock,
                       int64_t now_ns, const struct table_layout *layout,
                       enum table_column_key key, struct buf *out);

#endif
