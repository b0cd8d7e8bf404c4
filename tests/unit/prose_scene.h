/* prose_scene: a lesson made by hand, drawn by prose_draw, for the tests of view/prose.
 */
#ifndef SOCKETARIUM_TESTS_PROSE_SCENE_H
#define SOCKETARIUM_TESTS_PROSE_SCENE_H

#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "view/prose.h"

/* A lesson of one page, and a world that shows some of it. */
struct scene {
    struct lesson lesson;
    struct world world;
    struct prose_look look;
    struct canvas canvas;
    int lines; /* that prose_draw returned */
};

static inline struct scene *scene_new(void)
{
    struct scene *scene = mem_new(1, sizeof(*scene));

    vec_push(&scene->lesson.pages)->title = mem_strdup("Page");
    scene->world.lesson.page = scene->world.lesson.pages = 1;
    return scene;
}

static inline void scene_free(struct scene *scene)
{
    struct lesson *lesson = mem_new(1, sizeof(*lesson));

    *lesson = scene->lesson;
    lesson_free(lesson);
    vec_free(&scene->world.lesson.questions);
    vec_free(&scene->world.lesson.tasks);
    canvas_free(&scene->canvas);
    free(scene);
}

static inline void scene_draw(struct scene *scene, int width, int height)
{
    canvas_free(&scene->canvas);
    canvas_init(&scene->canvas, width, height);
    scene->lines = prose_draw(&scene->lesson, &scene->world, &scene->look,
                              &scene->canvas, canvas_all(&scene->canvas));
}

/* Blocks are added shown. */
static inline struct block *add_block(struct scene *scene, enum block_kind kind)
{
    struct block *block = vec_push(&scene->lesson.pages.items[0].blocks);

    block->kind = kind;
    scene->world.lesson.shown++;
    return block;
}

static inline struct para *add_para(para_list *list, enum para_kind kind,
                                    const char *text)
{
    struct para *para = vec_push(list);
    struct span *span = vec_push(&para->spans);

    para->kind = kind;
    span->text = mem_strdup(text);
    return para;
}

static inline struct para *add_nested(para_list *list, enum para_kind kind, int depth,
                                      const char *marker, const char *text)
{
    struct para *para = add_para(list, kind, text);

    para->depth = depth;
    strcpy(para->marker, marker);
    return para;
}

static inline void add_span(struct para *para, unsigned style, const char *text)
{
    struct span *span = vec_push(&para->spans);

    span->style = style;
    span->text = mem_strdup(text);
}

static inline void add_answer(struct block *block, bool right, const char *text)
{
    struct answer *answer = &block->answers[block->answer_count++];

    answer->right = right;
    add_para(&answer->text, PARA_TEXT, text);
}

#endif
