#include "prose_scene.h"

/* The page of DESIGN section 4: prose, a question, what comes after it. */
static struct scene *scene_with_question(void)
{
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_PROSE);
    struct para *para = add_para(&block->text, PARA_TEXT, "");

    add_span(para, SPAN_CODE, "connect()");
    add_span(para, SPAN_PLAIN, " asks the kernel to open a connection.");
    add_para(&block->text, PARA_TEXT, "What does the server's kernel know now?");
    block = add_block(scene, BLOCK_QUESTION);
    add_answer(block, true, "nothing");
    add_answer(block, false, "a half-open connection");
    add_answer(block, true, "not yet");
    add_para(&block->text, PARA_TEXT, "The SYN is on the wire.");
    return scene;
}

static void set_question(struct scene *scene, enum question_status status,
                         unsigned answers, bool right)
{
    struct world_question *question = vec_push(&scene->world.lesson.questions);

    *question = (struct world_question){
        .page = 1, .block = 1, .status = status, .answers = answers, .right = right};
}

static void open_question(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    scene_draw(scene, 31, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to\n"
                                   "open a connection.\n"
                                   "\n"
                                   "? What does the server's kernel\n"
                                   "  know now?\n"
                                   "  1 nothing\n"
                                   "  2 a half-open connection\n"
                                   "  3 not yet\n");
    assert_int_equal(scene->lines, 8);
    assert_int_equal(element_at(&scene->canvas, 0, 0), ELEMENT_CODE);
    assert_int_equal(element_at(&scene->canvas, 10, 0), ELEMENT_TEXT);
    assert_int_equal(element_at(&scene->canvas, 0, 3), ELEMENT_QUESTION);
    assert_int_equal(element_at(&scene->canvas, 2, 4), ELEMENT_QUESTION);
    assert_int_equal(element_at(&scene->canvas, 4, 5), ELEMENT_TEXT);
    scene->look.toggled = 2 | 4;
    set_question(scene, QUESTION_OPEN, 0, false);
    scene_draw(scene, 31, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to\n"
                                   "open a connection.\n"
                                   "\n"
                                   "? What does the server's kernel\n"
                                   "  know now?\n"
                                   "  1 nothing\n"
                                   "* 2 a half-open connection\n"
                                   "* 3 not yet\n");
    scene_free(scene);
}

static void question_that_is_not_unfolded(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    scene->world.lesson.shown = 1;
    scene_draw(scene, 50, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "\n"
                                   "What does the server's kernel know now?\n");
    assert_int_equal(element_at(&scene->canvas, 0, 2), ELEMENT_TEXT);
    scene_free(scene);
}

static void note_between_question_and_its_prose(void **state)
{
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_PROSE);

    (void)state;
    add_para(&block->text, PARA_TEXT, "Why?");
    block = add_block(scene, BLOCK_NOTE);
    add_para(&block->text, PARA_TEXT, "Wait for hands.");
    block = add_block(scene, BLOCK_QUESTION);
    add_answer(block, true, "because");
    scene_draw(scene, 30, 4);
    assert_picture(&scene->canvas, "? Why?\n  1 because\n");
    scene_free(scene);
}

static void wrong_answer(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    set_question(scene, QUESTION_ANSWERED, 2 | 4, false);
    scene->look.toggled = 1;
    scene_draw(scene, 50, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "\n"
                                   "What does the server's kernel know now?\n"
                                   "  1 nothing  ✓ right\n"
                                   "* 2 a half-open connection  ✗ not this\n"
                                   "* 3 not yet  ✓ right\n"
                                   "\n"
                                   "Not quite. The SYN is on the wire.\n");
    assert_int_equal(element_at(&scene->canvas, 13, 3), ELEMENT_RIGHT);
    assert_int_equal(element_at(&scene->canvas, 28, 4), ELEMENT_WRONG);
    assert_int_equal(element_at(&scene->canvas, 0, 7), ELEMENT_WRONG);
    /* The words of a verdict stay together. */
    scene_draw(scene, 36, 14);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a\n"
                                   "connection.\n"
                                   "\n"
                                   "What does the server's kernel know\n"
                                   "now?\n"
                                   "  1 nothing  ✓ right\n"
                                   "* 2 a half-open connection\n"
                                   "    ✗ not this\n"
                                   "* 3 not yet  ✓ right\n"
                                   "\n"
                                   "Not quite. The SYN is on the wire.\n");
    scene_free(scene);
}

/* Open still: what was tried is judged, and nothing else is told. */
static void second_try(void **state)
{
    struct scene *scene = scene_new();
    struct block *block;
    struct world_question *question;

    (void)state;
    block = add_block(scene, BLOCK_PROSE);
    add_para(&block->text, PARA_TEXT, "Which?");
    block = add_block(scene, BLOCK_QUESTION);
    add_answer(block, false, "a");
    add_answer(block, true, "b");
    add_answer(block, false, "c");
    add_para(&block->text, PARA_TEXT, "Because.");
    question = vec_push(&scene->world.lesson.questions);
    *question = (struct world_question){
        .page = 1, .block = 1, .status = QUESTION_OPEN, .answers = 1, .tried = 1};
    scene_draw(scene, 40, 9);
    assert_picture(&scene->canvas, "? Which?\n"
                                   "  1 a  ✗ not this\n"
                                   "  2 b\n"
                                   "  3 c\n"
                                   "\n"
                                   "Not quite. Try once more.\n");
    question->status = QUESTION_ANSWERED;
    question->answers = 2;
    question->right = true;
    scene_draw(scene, 40, 9);
    assert_picture(&scene->canvas, "Which?\n"
                                   "  1 a  ✗ not this\n"
                                   "* 2 b  ✓ right\n"
                                   "  3 c\n"
                                   "\n"
                                   "Right, at the second try. Because.\n");
    scene_free(scene);
}

static void right_answer_and_what_follows(void **state)
{
    struct scene *scene = scene_with_question();
    struct block *block = add_block(scene, BLOCK_PROSE);

    (void)state;
    add_para(&block->text, PARA_TEXT, "Go on.");
    set_question(scene, QUESTION_ANSWERED, 1 | 4, true);
    scene_draw(scene, 50, 14);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "\n"
                                   "What does the server's kernel know now?\n"
                                   "* 1 nothing  ✓ right\n"
                                   "  2 a half-open connection\n"
                                   "* 3 not yet  ✓ right\n"
                                   "\n"
                                   "Right. The SYN is on the wire.\n"
                                   "\n"
                                   "Go on.\n");
    assert_int_equal(element_at(&scene->canvas, 0, 7), ELEMENT_RIGHT);
    scene_free(scene);
}

static void answer_shown(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    set_question(scene, QUESTION_SHOWN, 2, false);
    scene->world.lesson.questions.items[0].block = 1;
    scene_draw(scene, 50, 14);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "\n"
                                   "What does the server's kernel know now?\n"
                                   "  1 nothing  ✓ right\n"
                                   "  2 a half-open connection\n"
                                   "  3 not yet  ✓ right\n"
                                   "\n"
                                   "answer shown: The SYN is on the wire.\n");
    scene_free(scene);
}

static void other_questions_do_not_count(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    set_question(scene, QUESTION_ANSWERED, 1, true);
    scene->world.lesson.questions.items[0].page = 2;
    scene_draw(scene, 50, 14);
    assert_int_equal(scene->lines, 6);
    scene_free(scene);
}

static struct scene *scene_with_task(void)
{
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_PROSE);

    add_para(&block->text, PARA_TEXT, "Close it.");
    block = add_block(scene, BLOCK_TASK);
    vec_push(&block->lines)->text = mem_strdup("expect client.c TIME-WAIT");
    block = add_block(scene, BLOCK_SOLUTION);
    vec_push(&block->lines)->text = mem_strdup("wire flow");
    vec_push(&block->lines)->text = mem_strdup("client:\tclose(c)\x1b");
    scene->world.lesson.shown = 2;
    return scene;
}

static void task_and_its_solution(void **state)
{
    struct scene *scene = scene_with_task();
    struct world_task *task;

    (void)state;
    scene_draw(scene, 60, 8);
    assert_picture(&scene->canvas, "Close it.\n"
                                   "\n"
                                   "Your turn: do it by hand, until this page goes on.\n"
                                   "- client.c TIME-WAIT  not yet\n");
    task = vec_push(&scene->world.lesson.tasks);
    *task = (struct world_task){.page = 1, .block = 1, .status = TASK_OPEN, .holds = 1};
    scene_draw(scene, 60, 8);
    assert_picture(&scene->canvas, "Close it.\n"
                                   "\n"
                                   "Your turn: do it by hand, until this page goes on.\n"
                                   "✓ client.c TIME-WAIT\n");
    task->holds = 0;
    task->status = TASK_SHOWN;
    scene_draw(scene, 80, 8);
    assert_picture(&scene->canvas,
                   "Close it.\n"
                   "\n"
                   "Your turn: do it by hand, until this page goes on. solution shown.\n"
                   "- client.c TIME-WAIT  not yet\n"
                   "\n"
                   ": wire flow\n"
                   ": client: close(c)\\x1b\n");
    assert_int_equal(element_at(&scene->canvas, 2, 5), ELEMENT_CODE);
    /* What the reader may want to type is wrapped, not cut. */
    scene_draw(scene, 16, 14);
    assert_picture(&scene->canvas, "Close it.\n"
                                   "\n"
                                   "Your turn: do it\n"
                                   "by hand, until\n"
                                   "this page goes\n"
                                   "on. solution\n"
                                   "shown.\n"
                                   "- client.c\n"
                                   "  TIME-WAIT  not\n"
                                   "  yet\n"
                                   "\n"
                                   ": wire flow\n"
                                   ": client:\n"
                                   "  close(c)\\x1b\n");
    task->status = TASK_DONE;
    scene->world.lesson.shown = 3;
    scene_draw(scene, 60, 8);
    assert_picture(&scene->canvas, "Close it.\n"
                                   "\n"
                                   "Task: done.\n");
    scene_free(scene);
}

/* The task's own text needs the room: of many goals those that are done are counted. */
static void many_goals(void **state)
{
    static const char *const goals[] = {
        "expect server *:9000 *:* LISTEN",
        "expect within 3s client *:* 10.0.0.9:22 SYN-SENT",
        "expect server.conn CLOSE-WAIT", "expect count server ESTABLISHED = 1"};
    struct scene *scene = scene_new();
    struct block *block = add_block(scene, BLOCK_TASK);
    struct world_task *task = vec_push(&scene->world.lesson.tasks);

    (void)state;
    for (size_t i = 0; i < sizeof(goals) / sizeof(goals[0]); i++)
        vec_push(&block->lines)->text = mem_strdup(goals[i]);
    *task = (struct world_task){.page = 1, .block = 0, .status = TASK_OPEN, .holds = 4};
    scene_draw(scene, 31, 12);
    assert_picture(&scene->canvas, "Your turn: do it by hand, until\n"
                                   "this page goes on. 1 of 4 done,\n"
                                   "not yet:\n"
                                   "- server *:9000 LISTEN\n"
                                   "- client 10.0.0.9:22 SYN-SENT\n"
                                   "- count server ESTABLISHED = 1\n");
    scene_free(scene);
}

/* Above the wire of three hosts there are four lines: nothing of them is left blank, a
 * wrong answer is judged above the others, and what nobody chose goes when it is over.
 */
static void a_strip_is_compact(void **state)
{
    struct scene *scene = scene_with_question();
    struct block *question = &scene->lesson.pages.items[0].blocks.items[1];

    (void)state;
    scene->world.host_count = 3;
    question->answers[2].right = false;
    set_question(scene, QUESTION_OPEN, 2, false);
    scene->world.lesson.questions.items[0].tried = 2;
    scene_draw(scene, 78, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "? What does the server's kernel know now?\n"
                                   "Not quite. Try once more.\n"
                                   "  1 nothing\n"
                                   "  2 a half-open connection  ✗ not this\n"
                                   "  3 not yet\n");
    assert_int_equal(prose_answers_line(&scene->lesson, &scene->world, 78), 2);
    assert_int_equal(prose_answer_at(&scene->lesson, &scene->world, 78, 2), 0);
    assert_int_equal(prose_answer_at(&scene->lesson, &scene->world, 78, 3), 1);
    scene->world.lesson.questions.items[0].status = QUESTION_ANSWERED;
    scene_draw(scene, 78, 12);
    assert_picture(&scene->canvas, "connect() asks the kernel to open a connection.\n"
                                   "What does the server's kernel know now?\n"
                                   "  1 nothing  ✓ right\n"
                                   "* 2 a half-open connection  ✗ not this\n"
                                   "Not quite. The SYN is on the wire.\n");
    /* Beside a wire it has its lines. */
    scene_draw(scene, 57, 12);
    assert_int_equal(scene->lines, 8);
    scene->world.host_count = 2;
    scene_draw(scene, 78, 12);
    assert_int_equal(scene->lines, 8);
    scene_free(scene);
}

static void lab_blocks_and_notes_are_not_drawn(void **state)
{
    static const enum block_kind hidden[] = {BLOCK_SETUP, BLOCK_LAB, BLOCK_NOTE,
                                             BLOCK_SOLUTION};
    struct scene *scene = scene_new();

    (void)state;
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        struct block *block = add_block(scene, hidden[i]);

        add_para(&block->text, PARA_TEXT, "secret");
        vec_push(&block->lines)->text = mem_strdup("secret");
    }
    scene_draw(scene, 30, 3);
    assert_picture(&scene->canvas, "\n");
    assert_int_equal(scene->lines, 0);
    scene_free(scene);
}

static void pages_that_do_not_exist(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    scene->world.lesson.page = 0;
    scene_draw(scene, 30, 3);
    assert_int_equal(scene->lines, 0);
    scene->world.lesson.page = 2;
    scene_draw(scene, 30, 3);
    assert_int_equal(scene->lines, 0);
    scene->world.lesson.page = 1;
    scene->world.lesson.shown = 99;
    scene_draw(scene, 50, 3);
    assert_int_equal(scene->lines, 6);
    scene_free(scene);
}

static void scrolling(void **state)
{
    struct scene *scene = scene_with_question();

    (void)state;
    scene->look.scroll = 1;
    scene_draw(scene, 50, 3);
    assert_picture(&scene->canvas, "\n"
                                   "? What does the server's kernel know now?\n"
                                   "  1 nothing\n");
    scene->look.scroll = -1;
    scene_draw(scene, 50, 3);
    assert_picture(&scene->canvas, "  1 nothing\n"
                                   "  2 a half-open connection\n"
                                   "  3 not yet\n");
    scene->look.scroll = 99;
    scene_draw(scene, 50, 3);
    assert_picture(&scene->canvas, "  1 nothing\n"
                                   "  2 a half-open connection\n"
                                   "  3 not yet\n");
    scene_free(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_question),
        cmocka_unit_test(question_that_is_not_unfolded),
        cmocka_unit_test(note_between_question_and_its_prose),
        cmocka_unit_test(wrong_answer),
        cmocka_unit_test(right_answer_and_what_follows),
        cmocka_unit_test(answer_shown),
        cmocka_unit_test(other_questions_do_not_count),
        cmocka_unit_test(task_and_its_solution),
        cmocka_unit_test(many_goals),
        cmocka_unit_test(a_strip_is_compact),
        cmocka_unit_test(second_try),
        cmocka_unit_test(lab_blocks_and_notes_are_not_drawn),
        cmocka_unit_test(pages_that_do_not_exist),
        cmocka_unit_test(scrolling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
