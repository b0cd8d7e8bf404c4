/* The file's text: progress_parse and progress_write of progress_store.h. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/printable.h"
#include "lesson/progress_store.h"

#define FORMAT 1
#define TIME_MAX INT64_C(253402300799) /* the end of the year 9999 */

/* ----------------------------------------------------------- times */

const char *progress_time(int64_t time_s, char text[PROGRESS_TIME_TEXT])
{
    time_t seconds = (time_t)time_s;
    struct tm parts;

    if (time_s <= 0 || time_s > TIME_MAX || !gmtime_r(&seconds, &parts) ||
        !strftime(text, PROGRESS_TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &parts))
        text[0] = '\0';
    return text;
}

/* 0, or -1 if it is no such time. */
static int parse_time(const char *text, int64_t *time_s)
{
    struct tm parts = {0};
    char again[PROGRESS_TIME_TEXT];
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts);

    if (!end || *end)
        return -1;
    *time_s = timegm(&parts);
    /* Only what is written in this way: no February 30, no other spelling. */
    return strcmp(progress_time(*time_s, again), text) == 0 ? 0 : -1;
}

/* ----------------------------------------------------------- reading */

/* A whole number up to `most`; a missing one is 0. */
static int read_number(const json_t *object, const char *key, unsigned most,
                       unsigned *out, struct err *err)
{
    const json_t *value = json_object_get(object, key);
    json_int_t number = value ? json_integer_value(value) : 0;

    if ((value && !json_is_integer(value)) || number < 0 || number > most)
        return err_set(err, -EINVAL, "%s: expected a number up to %u", key, most);
    *out = (unsigned)number;
    return 0;
}

static int read_time(const json_t *object, const char *key, int64_t *out,
                     struct err *err)
{
    const json_t *value = json_object_get(object, key);

    *out = 0;
    if (!value || json_is_null(value))
        return 0;
    if (!json_is_string(value) || parse_time(json_string_value(value), out) < 0)
        return err_set(err, -EINVAL, "%s: expected a time", key);
    return 0;
}

/* The kinds that a question, or a task, can have. */
static bool fits(enum progress_result_kind kind, bool task)
{
    return kind == RESULT_SHOWN || (kind == RESULT_SOLVED) == task;
}

static int read_result(const json_t *object, bool task, progress_result_list *results,
                       struct err *err)
{
    const char *key = task ? "task" : "question";
    const char *word = json_string_value(json_object_get(object, "result"));
    struct progress_result *result = vec_push(results);

    if (read_number(object, key, PROGRESS_NUMBER_MAX, &result->number, err) < 0 ||
        read_number(object, "page", PROGRESS_NUMBER_MAX, &result->page, err) < 0 ||
        read_time(object, "time", &result->time_s, err) < 0)
        return -EINVAL;
    if (result->number == 0)
        return err_set(err, -EINVAL, "%s: expected a number from 1", key);
    for (int kind = 0; word && kind < RESULT_KIND_COUNT; kind++) {
        if (strcmp(word, progress_result_name((enum progress_result_kind)kind)) == 0 &&
            fits((enum progress_result_kind)kind, task)) {
            result->kind = (enum progress_result_kind)kind;
            return 0;
        }
    }
    return err_set(err, -EINVAL, "result: no such word for a %s", key);
}

static int read_results(const json_t *object, const char *key, bool task,
                        progress_result_list *results, struct err *err)
{
    const json_t *list = json_object_get(object, key);

    if (list && (!json_is_array(list) || json_array_size(list) > PROGRESS_RESULTS_MAX))
        return err_set(err, -EINVAL, "%s: expected a list of at most %d", key,
                       PROGRESS_RESULTS_MAX);
    for (size_t i = 0; list && i < json_array_size(list); i++)
        if (read_result(json_array_get(list, i), task, results, err) < 0)
            return -EINVAL;
    return 0;
}

static int read_lesson(const json_t *object, struct progress_lesson *lesson,
                       struct err *err)
{
    const char *name = json_string_value(json_object_get(object, "lesson"));

    if (!name || !name[0] || strlen(name) > PROGRESS_NAME_MAX)
        return err_set(err, -EINVAL, "lesson: expected a name");
    lesson->name = printable_line(name);
    if (read_number(object, "page", PROGRESS_NUMBER_MAX, &lesson->page, err) < 0 ||
        read_number(object, "pages", PROGRESS_NUMBER_MAX, &lesson->pages, err) < 0 ||
        read_number(object, "questions", PROGRESS_NUMBER_MAX, &lesson->questions, err) <
            0 ||
        read_number(object, "tasks", PROGRESS_NUMBER_MAX, &lesson->tasks, err) < 0 ||
        read_time(object, "begun", &lesson->begun_s, err) < 0 ||
        read_time(object, "last", &lesson->last_s, err) < 0 ||
        read_time(object, "finished", &lesson->finished_s, err) < 0 ||
        read_results(object, "answers", false, &lesson->answers, err) < 0 ||
        read_results(object, "solutions", true, &lesson->solutions, err) < 0)
        return -EINVAL;
    return 0;
}

static int read_all(const json_t *root, struct progress *raw, struct err *err)
{
    const json_t *lessons = json_object_get(root, "lessons");
    const json_t *format = json_object_get(root, "format");

    if (!json_is_integer(format) || json_integer_value(format) < FORMAT)
        return err_set(err, -EINVAL, "format: expected %d", FORMAT);
    if (json_integer_value(format) > FORMAT)
        return err_set(err, -EINVAL, "written by a newer socketarium");
    if (!json_is_array(lessons) || json_array_size(lessons) > PROGRESS_LESSONS_MAX)
        return err_set(err, -EINVAL, "lessons: expected a list of at most %d",
                       PROGRESS_LESSONS_MAX);
    for (size_t i = 0; i < json_array_size(lessons); i++)
        if (read_lesson(json_array_get(lessons, i), vec_push(&raw->lessons), err) < 0)
            return -EINVAL;
    return 0;
}

int progress_parse(const char *text, size_t len, struct progress *progress,
                   struct err *err)
{
    struct progress raw = {.now = NULL};
    json_error_t error;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    int result;

    if (!root)
        return err_set(err, -EINVAL, "damaged at line %d", error.line);
    result = read_all(root, &raw, err);
    /* Merging brings them in order, and none twice. */
    if (result == 0)
        progress_merge(progress, &raw);
    progress_free(&raw);
    json_decref(root);
    return result;
}

/* ----------------------------------------------------------- writing */

static void set_time(json_t *object, const char *key, int64_t time_s)
{
    char text[PROGRESS_TIME_TEXT];

    progress_time(time_s, text);
    json_object_set_new(object, key, text[0] ? json_string(text) : json_null());
}

static void set_number(json_t *object, const char *key, unsigned number)
{
    json_object_set_new(object, key, json_integer(number));
}

static void set_results(json_t *object, const char *key, const char *number,
                        const progress_result_list *results)
{
    json_t *list = json_array();

    vec_each (result, results) {
        json_t *one = json_object();

        set_number(one, number, result->number);
        set_number(one, "page", result->page);
        json_object_set_new(one, "result",
                            json_string(progress_result_name(result->kind)));
        set_time(one, "time", result->time_s);
        json_array_append_new(list, one);
    }
    json_object_set_new(object, key, list);
}

static void add_json(json_t *value, struct buf *out)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    buf_puts(out, text ? text : "null");
    free(text);
    json_decref(value);
}

static void add_lesson(const struct progress_lesson *lesson, struct buf *out)
{
    json_t *object = json_object();

    json_object_set_new(object, "lesson", json_string(lesson->name));
    set_number(object, "page", lesson->page);
    set_number(object, "pages", lesson->pages);
    set_number(object, "questions", lesson->questions);
    set_number(object, "tasks", lesson->tasks);
    set_time(object, "begun", lesson->begun_s);
    set_time(object, "last", lesson->last_s);
    set_time(object, "finished", lesson->finished_s);
    set_results(object, "answers", "question", &lesson->answers);
    set_results(object, "solutions", "task", &lesson->solutions);
    add_json(object, out);
}

void progress_write_lesson(const struct progress_lesson *lesson, struct buf *out)
{
    add_lesson(lesson, out);
    buf_putc(out, '\n');
}

void progress_write(const struct progress *progress, const char *name, struct buf *out)
{
    buf_printf(out, "{\"format\":%d,\"program\":\"socketarium " VERSION "\"", FORMAT);
    if (name) {
        char *printable = printable_line(name);

        buf_puts(out, ",\"name\":");
        add_json(json_string(printable), out);
        free(printable);
    }
    buf_puts(out, ",\"lessons\":[");
    vec_each (lesson, &progress->lessons) {
        buf_puts(out, lesson == progress->lessons.items ? "\n" : ",\n");
        add_lesson(lesson, out);
    }
    buf_puts(out, "\n]}\n");
}
