/* lesson_ui: the insides of the lesson screen, shared by screen_lesson.c (keys,
 * drawing), lesson_review.c (journal in, looking back) and lesson_footer.c (what the
 * last row says). Nobody else includes it. */
#ifndef SOCKETARIUM_UI_LESSON_UI_H
#define SOCKETARIUM_UI_LESSON_UI_H

#include "lesson/library.h"
#include "lesson/session.h"
#include "model/journal.h"
#include "model/world.h"
#include "view/lesson_screen.h"

/* What the next key answers. */
enum asking { ASKING_NOTHING, ASKING_LEAVE, ASKING_RESTART };

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
    bool help, blank, typing;
    struct buf input, footer, message;
    bool message_is_error;
    /* The page as it was last drawn, to scroll to what is new. */
    unsigned page_seen, shown_seen;
    int lines_seen;
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
/* Lines of the page that lie below the pane: Next reads on before it goes on, for who
 * has not seen a question should not be shown its answer. */
int lesson_ui_unread(const struct lesson_ui *ui);
void lesson_ui_say(struct lesson_ui *ui, const char *words);
void lesson_ui_make_footer(struct lesson_ui *ui);
void lesson_ui_make_message(struct lesson_ui *ui);

#endif
