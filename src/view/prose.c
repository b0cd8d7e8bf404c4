#include "view/prose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "view/prose_layout.h"

/* With three hosts, and where the page stands above the wire (view/lesson_layout.c), it
 * is this wide; beside the wire it is narrower. */
#define STRIP_HOSTS 3
#define STRIP_LEAST 58
#define STRIP_MOST 107

/* What one page is drawn from. */
struct page_draft {
    const struct world *world;
    const struct prose_look *look;
    const struct page *page;
    size_t shown; /* blocks */
    struct prose_layout layout;
    int answers_line; /* of the last question that is not open; -1: none */
    int open_lines[ANSWERS_MAX +
                   1]; /* where the open question's answers begin, and end */
    size_t open_count; /* how many it has */
};

static void lay_line(struct prose_layout *layout, enum element element, const char *text)
{
    struct prose_styled styled = {0};

    prose_styled_add(&styled, element, text);
    prose_layout_hang(layout, 0, element, "", &styled);
    prose_styled_free(&styled);
}

static enum question_status question_state(const struct page_draft *draft, size_t block,
                                           const struct world_question **found)
{
    *found =
        world_question_find(draft->world, draft->world->lesson.page, (unsigned)block);
    return *found ? (*found)->status : QUESTION_OPEN;
}

/* The first block after `index` that is not a note to the speaker; blocks.count if none.
 */
static size_t block_after(const struct page *page, size_t index)
{
    for (index++; index < page->blocks.count; index++) {
        if (page->blocks.items[index].kind != BLOCK_NOTE)
            break;
    }
    return index;
}

/* Does the question whose asking paragraph ends this block stand open below it? */
static bool asks_below(const struct page_draft *draft, size_t index)
{
    const struct world_question *question;
    size_t below = block_after(draft->page, index);

    return below < draft->shown &&
           draft->page->blocks.items[below].kind == BLOCK_QUESTION &&
           question_state(draft, below, &question) == QUESTION_OPEN;
}

/* The words after an answer. Of an open question only what was tried is judged. */
static const char *verdict(const struct answer *answer, enum question_status status,
                           bool chosen, bool tried, enum element *element)
{
    if (tried && !answer->right) {
        *element = ELEMENT_WRONG;
        return "✗ not this";
    }
    if (status == QUESTION_OPEN)
        return NULL;
    if (answer->right) {
        *element = ELEMENT_RIGHT;
        return "✓ right";
    }
    if (status == QUESTION_ANSWERED && chosen) {
        *element = ELEMENT_WRONG;
        return "✗ not this";
    }
    return NULL;
}

static void lay_answer(struct prose_layout *layout, const struct answer *answer,
                       size_t number, enum question_status status, bool chosen,
                       bool tried)
{
    enum element verdict_element = ELEMENT_TEXT;
    const char *words = verdict(answer, status, chosen, tried, &verdict_element);
    struct prose_styled styled = {0};
    char prefix[16];

    snprintf(prefix, sizeof(prefix), "%s%zu ", chosen ? "* " : "  ", number);
    vec_each (para, &answer->text) {
        if (styled.text.len)
            prose_styled_add(&styled, ELEMENT_TEXT, "\n");
        prose_styled_add_spans(&styled,
                               para->kind == PARA_CODE ? ELEMENT_CODE : ELEMENT_TEXT,
                               &para->spans);
    }
    if (words) {
        prose_styled_add(&styled, ELEMENT_TEXT, "  ");
        prose_styled_add(&styled, verdict_element, words);
    }
    prose_layout_hang(layout, 0, ELEMENT_TEXT, prefix, &styled);
    prose_styled_free(&styled);
}

/* What was tried and is known to be wrong: where one answer is right, each tried one;
 * where several are, it is only known that this choice was not quite it. */
static unsigned known_wrong(const struct block *block,
                            const struct world_question *question)
{
    return question && question_right_count(block) == 1 ? question->tried : 0;
}

static const char *judgement(const struct world_question *question,
                             enum element *element)
{
    *element = ELEMENT_WRONG;
    if (question->status == QUESTION_OPEN)
        return "Not quite. Try once more.";
    if (question->status == QUESTION_SHOWN) {
        *element = ELEMENT_EMPHASIS;
        return "answer shown";
    }
    if (!question->right)
        return "Not quite.";
    *element = ELEMENT_RIGHT;
    return question->tried ? "Right, at the second try." : "Right.";
}

/* The judgement, and in the same line the explanation. */
static void lay_explanation(struct prose_layout *layout, const struct block *block,
                            const struct world_question *question)
{
    struct prose_styled styled = {0};
    para_list rest = block->text; /* owns nothing */
    enum element element;
    const char *words = judgement(question, &element);

    prose_layout_gap(layout);
    prose_styled_add(&styled, element, words);
    if (rest.count && rest.items[0].kind == PARA_TEXT) {
        prose_styled_add(&styled, ELEMENT_TEXT,
                         element == ELEMENT_EMPHASIS ? ": " : " ");
        prose_styled_add_spans(&styled, ELEMENT_TEXT, &rest.items[0].spans);
        rest.items++;
        rest.count--;
    } else {
        layout->tight = true;
    }
    prose_layout_hang(layout, 0, element, "", &styled);
    prose_styled_free(&styled);
    prose_layout_paras(layout, &rest, false);
    layout->tight = false;
}

static bool has_been_tried(const struct world_question *question)
{
    return question && question->status == QUESTION_OPEN && question->tried;
}

/* Where there is little room, what is neither right nor chosen has had its time. */
static bool answer_is_shown(const struct page_draft *draft, const struct block *block,
                            size_t index, enum question_status status, unsigned chosen)
{
    return !draft->layout.compact || status == QUESTION_OPEN ||
           block->answers[index].right || (chosen >> index & 1);
}

static void lay_answers(struct page_draft *draft, const struct block *block,
                        const struct world_question *question,
                        enum question_status status)
{
    struct prose_layout *layout = &draft->layout;
    unsigned tried = known_wrong(block, question), chosen = draft->look->toggled;

    if (status == QUESTION_SHOWN)
        chosen = 0;
    else if (status != QUESTION_OPEN)
        chosen = question->answers;
    draft->open_count = status == QUESTION_OPEN ? block->answer_count : 0;
    for (size_t i = 0; i < block->answer_count && i < ANSWERS_MAX; i++) {
        draft->open_lines[i] = layout->height;
        if (answer_is_shown(draft, block, i, status, chosen | tried))
            lay_answer(layout, &block->answers[i], i + 1, status, chosen >> i & 1,
                       tried >> i & 1);
    }
    draft->open_lines[block->answer_count] = layout->height;
}

static void lay_question(struct page_draft *draft, size_t index)
{
    const struct block *block = &draft->page->blocks.items[index];
    struct prose_layout *layout = &draft->layout;
    const struct world_question *question;
    enum question_status status = question_state(draft, index, &question);
    bool again = has_been_tried(question);
    enum element element;

    if (status != QUESTION_OPEN || again)
        draft->answers_line = layout->height;
    /* Where there is little room it stands above: it must be seen with the answers. */
    if (again && layout->compact)
        lay_line(layout, ELEMENT_WRONG, judgement(question, &element));
    lay_answers(draft, block, question, status);
    if (status != QUESTION_OPEN) {
        lay_explanation(layout, block, question);
    } else if (again && !layout->compact) {
        prose_layout_gap(layout);
        lay_line(layout, ELEMENT_WRONG, judgement(question, &element));
    }
}

/* The lines that solve the task at `index`, if there are any. */
static void lay_solution(struct page_draft *draft, size_t index)
{
    const struct block *block;

    index = block_after(draft->page, index);
    if (index == draft->page->blocks.count)
        return;
    block = &draft->page->blocks.items[index];
    if (block->kind != BLOCK_SOLUTION || !block->lines.count)
        return;
    prose_layout_gap(&draft->layout);
    vec_each (line, &block->lines) {
        struct prose_styled styled = {0};
        struct buf text = {0};

        /* Wrapped, not cut: the reader may want to type it, after a `:`. */
        printable_add(&text, line->text, strlen(line->text), PRINTABLE_TEXT);
        prose_styled_add(&styled, ELEMENT_CODE, buf_text(&text));
        prose_layout_hang(&draft->layout, 0, ELEMENT_KEY, ": ", &styled);
        prose_styled_free(&styled);
        buf_free(&text);
    }
}

static const char *after_word(const char *line, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(line, word, len) != 0 || line[len] != ' ')
        return NULL;
    return line + len + strspn(line + len, " ");
}

const char *prose_goal(const char *line)
{
    const char *after = after_word(line, "expect"), *within;

    line = after ? after : line;
    within = after_word(line, "within");
    if (!within)
        return line;
    within += strcspn(within, " ");
    return within + strspn(within, " ");
}

/* The line without `*:*`, which leaves an endpoint open: that needs no words. */
static void add_goal(const char *line, struct buf *out)
{
    static const char any[] = " *:*";

    for (const char *at; (at = strstr(line, any)); line = at + strlen(any)) {
        size_t len = (size_t)(at - line);

        if (at[strlen(any)] && at[strlen(any)] != ' ')
            len += strlen(any);
        printable_add(out, line, len, PRINTABLE_TEXT);
    }
    printable_add(out, line, strlen(line), PRINTABLE_TEXT);
}

/* More than these are not all listed: the task's own text needs the room. */
#define GOALS_FEW 3

static size_t goal_count(const struct block *block)
{
    return block->lines.count < TASK_LINES_MAX ? block->lines.count : TASK_LINES_MAX;
}

/* What the task asks for, and what of it holds already; of many only what does not. */
static void lay_goals(struct page_draft *draft, const struct block *block,
                      unsigned holds)
{
    bool few = goal_count(block) <= GOALS_FEW;

    for (size_t i = 0; i < goal_count(block); i++) {
        bool held = holds >> i & 1;
        struct prose_styled styled = {0};
        struct buf text = {0};

        if (held && !few)
            continue;
        add_goal(prose_goal(block->lines.items[i].text), &text);
        prose_styled_add(&styled, ELEMENT_CODE, buf_text(&text));
        if (!held && few)
            prose_styled_add(&styled, ELEMENT_TEXT, "  not yet");
        prose_layout_hang(&draft->layout, 0, held ? ELEMENT_RIGHT : ELEMENT_TEXT,
                          held ? "✓ " : "- ", &styled);
        prose_styled_free(&styled);
        buf_free(&text);
    }
}

/* " 2 of 5 done, not yet:" where what is done is not listed. */
static void add_standing(const struct block *block, unsigned holds,
                         struct prose_styled *styled)
{
    size_t done = 0;
    char text[64];

    if (goal_count(block) <= GOALS_FEW)
        return;
    for (size_t i = 0; i < goal_count(block); i++)
        done += holds >> i & 1;
    snprintf(text, sizeof(text), " %zu of %zu done, not yet:", done, goal_count(block));
    prose_styled_add(styled, ELEMENT_TEXT, text);
}

static void lay_task(struct page_draft *draft, size_t index)
{
    const struct block *block = &draft->page->blocks.items[index];
    const struct world_task *task =
        world_task_find(draft->world, draft->world->lesson.page, (unsigned)index);
    enum task_status status = task ? task->status : TASK_OPEN;
    struct prose_styled styled = {0};

    prose_layout_gap(&draft->layout);
    if (status == TASK_DONE) {
        lay_line(&draft->layout, ELEMENT_RIGHT, "Task: done.");
        return;
    }
    prose_styled_add(&styled, ELEMENT_QUESTION,
                     "Your turn: do it by hand, until this page goes on.");
    if (status == TASK_SHOWN)
        prose_styled_add(&styled, ELEMENT_EMPHASIS, " solution shown.");
    else if (status == TASK_RUN)
        prose_styled_add(&styled, ELEMENT_EMPHASIS, " solution run.");
    add_standing(block, task ? task->holds : 0, &styled);
    prose_layout_hang(&draft->layout, 0, ELEMENT_QUESTION, "", &styled);
    prose_styled_free(&styled);
    lay_goals(draft, block, task ? task->holds : 0);
    if (status == TASK_SHOWN || status == TASK_RUN)
        lay_solution(draft, index);
}

static void lay_page(struct page_draft *draft)
{
    for (size_t i = 0; i < draft->shown; i++) {
        const struct block *block = &draft->page->blocks.items[i];

        switch (block->kind) {
        case BLOCK_PROSE:
            prose_layout_paras(&draft->layout, &block->text, asks_below(draft, i));
            break;
        case BLOCK_QUESTION:
            lay_question(draft, i);
            break;
        case BLOCK_TASK:
            lay_task(draft, i);
            break;
        case BLOCK_SETUP:
        case BLOCK_LAB:
        case BLOCK_SOLUTION: /* drawn below its task */
        case BLOCK_NOTE:
            break;
        }
    }
}

/* False: no page is open yet. */
static bool lay_draft(struct page_draft *draft, const struct lesson *lesson, int columns)
{
    const struct world_lesson *stand = &draft->world->lesson;

    draft->answers_line = -1;
    if (!stand->page || stand->page > lesson->pages.count)
        return false;
    draft->page = &lesson->pages.items[stand->page - 1];
    draft->shown = draft->page->blocks.count;
    if (draft->shown > stand->shown)
        draft->shown = stand->shown;
    draft->layout.columns = columns > 1 ? columns : 1;
    draft->layout.compact = draft->world->host_count >= STRIP_HOSTS &&
                            columns >= STRIP_LEAST && columns <= STRIP_MOST;
    lay_page(draft);
    return true;
}

int prose_answers_line(const struct lesson *lesson, const struct world *world,
                       int columns)
{
    const struct prose_look look = {0};
    struct page_draft draft = {.world = world, .look = &look};

    lay_draft(&draft, lesson, columns);
    prose_layout_free(&draft.layout);
    return draft.answers_line;
}

int prose_answer_at(const struct lesson *lesson, const struct world *world, int columns,
                    int line)
{
    const struct prose_look look = {0};
    struct page_draft draft = {.world = world, .look = &look};
    int found = 0;

    lay_draft(&draft, lesson, columns);
    for (size_t i = 0; i < draft.open_count; i++)
        if (line >= draft.open_lines[i] && line < draft.open_lines[i + 1])
            found = (int)i + 1;
    prose_layout_free(&draft.layout);
    return found;
}

int prose_draw(const struct lesson *lesson, const struct world *world,
               const struct prose_look *look, struct canvas *canvas, struct area area)
{
    struct page_draft draft = {.world = world, .look = look};
    int height;

    if (!lay_draft(&draft, lesson, area.width))
        return 0;
    prose_layout_draw(&draft.layout, look->scroll, canvas, area);
    height = draft.layout.height;
    prose_layout_free(&draft.layout);
    return height;
}

static int compare_pieces(const void *left, const void *right)
{
    const struct prose_piece *a = left, *b = right;

    return a->y != b->y ? (a->y > b->y) - (a->y < b->y) : (a->x > b->x) - (a->x < b->x);
}

void prose_text(const para_list *paras, int columns, struct buf *out)
{
    struct prose_layout layout = {.columns = columns > 1 ? columns : 1};
    int y = 0, x = 0;

    prose_layout_paras(&layout, paras, false);
    if (layout.pieces.count)
        qsort(layout.pieces.items, layout.pieces.count, sizeof(*layout.pieces.items),
              compare_pieces);
    vec_each (piece, &layout.pieces) {
        const char *text = prose_piece_text(&layout, piece);

        for (; y < piece->y; y++, x = 0)
            buf_putc(out, '\n');
        for (; *text && x < piece->x; x++)
            buf_putc(out, ' ');
        buf_puts(out, text);
        x += text_width(text);
    }
    if (layout.height)
        buf_putc(out, '\n');
    prose_layout_free(&layout);
}
