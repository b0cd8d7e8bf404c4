/* lesson_ui: the insides of the lesson screen, shared by screen_lesson.c (starting,
 * drawing), lesson_keys.c (what keys do), lesson_review.c (journal in, looking back),
 * lesson_answer.c (questions), lesson_scroll.c (what of each pane is in sight),
 * lesson_sheets.c (what covers the panes), lesson_play.c (stepping by itself),
 * lesson_mouse.c, lesson_save.c, lesson_typing.c (lab lines), and lesson_footer.c (what
 * the last row says). Nobody else includes it. */
#ifndef SOCKETARIUM_UI_LESSON_UI_H
#define SOCKETARIUM_UI_LESSON_UI_H

#include "lesson/library.h"
#include "lesson/undo.h"
#include "model/glossary.h"
#include "model/journal.h"
#include "model/menu.h"
#include "model/world.h"
#include "ui/keys.h"
#include "ui/lesson_feed.h"
#include "ui/screen_lesson.h"
#include "ui/terminal.h"
#include "ui/typed.h"
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

/* What one of the open menus is about. */
struct lesson_menu_about {
    const struct menu *menu;
    unsigned host;   /* whose socket, */
    uint64_t cookie; /* 0: none */
    uint32_t packet; /* 0: none */
};

struct lesson_ui {
    const struct lesson_plan *plan;
    const struct loaded *loaded; /* the plan's, or `replayed` */
    struct loaded replayed;      /* parsed from a recording's text */
    struct lesson_feed feed;
    bool ended; /* the lab has gone, unasked; or the recording is damaged */
    struct journal journal;
    struct world world; /* after event number `at` */
    size_t at;          /* events taken in; all of them: live */
    int64_t offset_ns;  /* CLOCK_MONOTONIC at the journal's time 0 */
    struct lesson_look look;
    struct lesson_drawn drawn;
    int columns, rows; /* of the last drawing */
    char number[8];
    enum asking asking;
    int help, help_pages; /* the page of the keys that is shown, from 1; 0: none */
    bool blank, typing, without_text;
    bool sent;           /* an answer, or the like, that the journal does not show yet */
    bool touched;        /* the reader has done something on this page */
    size_t told;         /* events that were taken in once, and told to progress */
    bool shown;          /* it was drawn since the last turn */
    bool unsaved;        /* progress has something new */
    bool journal_failed; /* plan->journal could not be written */
    bool playing;
    int play_speed;      /* index into the speeds of lesson_play.c */
    int64_t play_due_ns; /* CLOCK_MONOTONIC: the next step */
    struct typed input;  /* the line that is being typed */
    struct buf footer, standing;
    struct buf notice;  /* until the next key: what a key led to */
    struct buf message; /* what is shown now */
    bool notice_is_error;
    struct lesson_seen seen;
    struct glossary glossary;
    struct menu *menu; /* (owned) that is open, or NULL */
    struct menu_place menu_place;
    undo_list again; /* lines to be run again, in order */
    size_t again_at;
    VEC(struct lesson_menu_about) menu_abouts;
    struct err problem;
};

/* A lab runs, and nobody looks back: keys can act. */
static inline bool lesson_ui_acts(const struct lesson_ui *ui)
{
    return ui->at == ui->journal.events.count && lesson_feed_is_lab(&ui->feed);
}

/* screen_lesson.c */
void lesson_ui_restart(struct lesson_ui *ui);

/* lesson_keys.c */
bool lesson_ui_key(void *context, int key); /* false: leave */
void lesson_ui_next(struct lesson_ui *ui);

/* lesson_review.c */
bool lesson_ui_live(const struct lesson_ui *ui);
/* What is shown was shown before: it need not be read again. */
bool lesson_ui_looks_back(const struct lesson_ui *ui);
int64_t lesson_ui_now(const struct lesson_ui *ui); /* in the journal's time */
void lesson_ui_read(void *context);                /* what the feed has */
void lesson_ui_back(struct lesson_ui *ui);
void lesson_ui_forward(struct lesson_ui *ui);
void lesson_ui_go_to(struct lesson_ui *ui, size_t at);

/* lesson_progress.c: what the reader does, into plan->progress. */
void lesson_ui_progress_begin(struct lesson_ui *ui, unsigned until_page);
void lesson_ui_progress_take(struct lesson_ui *ui, const struct event *event);
void lesson_ui_progress_save(struct lesson_ui *ui); /* if there is something new */
void lesson_ui_progress_end(struct lesson_ui *ui);

/* lesson_answer.c */
/* The question, the task that the page waits for; NULL if none. */
const struct world_question *lesson_ui_question(const struct lesson_ui *ui);
const struct world_task *lesson_ui_task(const struct lesson_ui *ui);
const struct block *lesson_ui_question_block(const struct lesson_ui *ui,
                                             const struct world_question *question);
/* More than one answer is right: they are chosen, and then sent. */
bool lesson_ui_several_right(const struct lesson_ui *ui,
                             const struct world_question *question);
void lesson_ui_answer(struct lesson_ui *ui, unsigned number); /* from 1 */
bool lesson_ui_submit(struct lesson_ui *ui); /* false: there is nothing to submit */

/* lesson_footer.c */
/* Says something until the next key. */
void lesson_ui_say(struct lesson_ui *ui, const char *words);
void lesson_ui_make_footer(struct lesson_ui *ui, int columns);
void lesson_ui_make_message(struct lesson_ui *ui);
void lesson_ui_make_standing(struct lesson_ui *ui);

/* lesson_scroll.c */
/* Lines of the page that lie below the pane: Next reads on before it goes on, for who
 * has not seen a question should not be shown its answer. */
int lesson_ui_unread(const struct lesson_ui *ui);
void lesson_ui_read_on(struct lesson_ui *ui);
void lesson_ui_scroll_prose(struct lesson_ui *ui, int down);
void lesson_ui_scroll(struct lesson_ui *ui, int down, int right); /* the focused pane */
void lesson_ui_scroll_pane(struct lesson_ui *ui, enum pane pane, int down);
/* After a drawing has told the sizes: each pane's place is held within its bounds, and
 * what is new on the page comes in sight. */
void lesson_ui_place_prose(struct lesson_ui *ui);
void lesson_ui_place_panes(struct lesson_ui *ui);

/* lesson_sheets.c */
void lesson_ui_sheet(struct lesson_ui *ui,
                     enum lesson_sheet sheet); /* opens it, or closes it */
void lesson_ui_open(struct lesson_ui *ui);     /* what is selected in the focused pane */
/* The text comes back, where a question or a task was covered. True if it was. */
bool lesson_ui_uncover(struct lesson_ui *ui);

/* lesson_play.c */
void lesson_ui_play(struct lesson_ui *ui); /* begins, or ends */
void lesson_ui_play_speed(struct lesson_ui *ui, int faster);
void lesson_ui_play_tick(struct lesson_ui *ui);
int lesson_ui_play_ms(const struct lesson_ui *ui); /* until the next tick; -1: never */

/* lesson_mouse.c */
void lesson_ui_mouse(struct lesson_ui *ui, const struct mouse *mouse);

/* lesson_save.c */
void lesson_ui_save(struct lesson_ui *ui); /* what is on the screen, to files */
/* Draws what the screen shows; also what is saved. */
void lesson_ui_draw(struct lesson_ui *ui, struct canvas *canvas);

/* lesson_lab.c: the free lab. */
void lesson_ui_lab_next(struct lesson_ui *ui); /* the oldest packet arrives */
/* The lesson that opens it has run, and the reader has the lab. */
bool lesson_ui_lab_ready(const struct lesson_ui *ui);

void lesson_ui_lab_undo(struct lesson_ui *ui); /* the last typed line did not happen */
/* A typed line that is no lab line, but for the screen (`save NAME.md`): true, and it is
 * done. */
bool lesson_ui_lab_command(struct lesson_ui *ui, const char *text);
/* Writes what was done as a lesson; name NULL asks for one first. */
void lesson_ui_lab_save(struct lesson_ui *ui, const char *name);
void lesson_ui_lab_forget(struct lesson_ui *ui); /* the lines that were to run again */
/* The lines that are run again after an undo, one when the other is done. */
void lesson_ui_lab_turn(struct lesson_ui *ui);

/* lesson_menu.c: in the free lab, what can be done without typing. */
void lesson_ui_menu_open(struct lesson_ui *ui);
void lesson_ui_menu_close(struct lesson_ui *ui);
void lesson_ui_menu_key(struct lesson_ui *ui, int key);
void lesson_ui_menu_draw(struct lesson_ui *ui, struct canvas *canvas);

/* lesson_typing.c */
void lesson_ui_begin_typing(struct lesson_ui *ui);
void lesson_ui_type(struct lesson_ui *ui, int key);

#endif
