/* lesson_ui: the insides of the lesson screen, shared by screen_lesson.c (keys,
 * drawing), lesson_review.c (journal in, looking back), lesson_scroll.c (what of each
 * pane is in sight), lesson_typing.c (lab lines), and lesson_footer.c (what the last row
 * says). Nobody else includes it. */
#ifndef SOCKETARIUM_UI_LESSON_UI_H
#define SOCKETARIUM_UI_LESSON_UI_H

#include "lesson/library.h"
#include "lesson/session.h"
#include "model/journal.h"
#include "model/world.h"
#include "view/lesson_screen.h"

/* What the next key answers. */
enum asking { ASKING_NOTHING, ASKING_LEAVE, ASKING_RESTART, ASKING_SOLUTION };

#define INPUT_MOST 2000 /* bytes of a typed line */

/* The page as it was last drawn, to scroll to what is new. */
struct lesson_seen {
    unsigned page, shown, answered;
    bool question_open, review;
    int lines, end;
};

struct lesson_ui {
    const struct loaded *loaded;
    struct session session;
    bool ended; /* the lab has gone, unasked */
    struct journal journal;
    struct world world; /* after event number `at` */
    size_t at;          /* events taken in; all of them: live */
    int64_t offset_ns;  /* CLOCK_MONOTONIC at the journal's time 0 */
    struct lesson_look look;
    struct lesson_drawn drawn;
    char number[8];
    enum asking asking;
    int help, help_pages; /* the page of the keys that is shown, from 1; 0: none */
    bool blank, typing;
    bool sent;    /* an answer, or the like, that the journal does not show yet */
    bool touched; /* the reader has done something on this page */
    struct buf input, last_input, footer;
    struct buf notice;  /* until the next key: what a key led to */
    struct buf message; /* what is shown now */
    bool notice_is_error;
    struct lesson_seen seen;
    struct err problem;
};

/* lesson_review.c */
bool lesson_ui_live(const struct lesson_ui *ui);
int64_t lesson_ui_now(const struct lesson_ui *ui); /* in the journal's time */
void lesson_ui_read(void *context);                /* what the session sent */
void lesson_ui_back(struct lesson_ui *ui);
void lesson_ui_forward(struct lesson_ui *ui);
void lesson_ui_go_to(struct lesson_ui *ui, size_t at);

/* lesson_footer.c */
/* The question, the task that the page waits for; NULL if none. */
const struct world_question *lesson_ui_question(const struct lesson_ui *ui);
const struct world_task *lesson_ui_task(const struct lesson_ui *ui);
const struct block *lesson_ui_question_block(const struct lesson_ui *ui,
                                             const struct world_question *question);
/* Says something until the next key. */
void lesson_ui_say(struct lesson_ui *ui, const char *words);
void lesson_ui_make_footer(struct lesson_ui *ui, int columns);
void lesson_ui_make_message(struct lesson_ui *ui);

/* lesson_scroll.c */
/* Lines of the page that lie below the pane: Next reads on before it goes on, for who
 * has not seen a question should not be shown its answer. */
int lesson_ui_unread(const struct lesson_ui *ui);
void lesson_ui_read_on(struct lesson_ui *ui);
void lesson_ui_scroll_prose(struct lesson_ui *ui, int down);
void lesson_ui_scroll(struct lesson_ui *ui, int down, int right); /* the focused pane */
/* After a drawing has told the sizes: each pane's place is held within its bounds, and
 * what is new on the page comes in sight. */
void lesson_ui_place_prose(struct lesson_ui *ui);
void lesson_ui_place_panes(struct lesson_ui *ui);

/* lesson_typing.c */
void lesson_ui_begin_typing(struct lesson_ui *ui);
void lesson_ui_type(struct lesson_ui *ui, int key);

#endif
