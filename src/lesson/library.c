#include "lesson/library.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"

/* ----------------------------------------------------------- one file */

static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t len = strlen(name);

    if (len > 3 && strcmp(name + len - 3, ".md") == 0)
        len -= 3;
    return mem_strndup(name, len);
}

void library_load_text(const char *path, const char *text, size_t len,
                       struct loaded *out)
{
    *out = (struct loaded){0};
    out->path = mem_strdup(path);
    out->name = name_of(path);
    out->text = mem_strndup(text, len);
    out->lesson = markdown_parse(path, out->text, len, &out->errors);
    script_compile(out->lesson, &out->script, &out->errors);
    lesson_error_list_sort(&out->errors);
}

int library_load(const char *path, struct loaded *out, struct err *err)
{
    struct buf text = {0};
    int result = file_read(path, LESSON_FILE_MAX, &text, err);

    *out = (struct loaded){0};
    if (result >= 0)
        library_load_text(path, buf_text(&text), text.len, out);
    buf_free(&text);
    return result < 0 ? result : 0;
}

void loaded_free(struct loaded *loaded)
{
    free(loaded->path);
    free(loaded->name);
    free(loaded->text);
    lesson_free(loaded->lesson);
    script_free(&loaded->script);
    lesson_error_list_free(&loaded->errors);
    *loaded = (struct loaded){0};
}

void loaded_error_text(const struct loaded *loaded, struct buf *out)
{
    char *path = printable_line(loaded->path);

    vec_each (error, &loaded->errors) {
        if (error->line)
            buf_printf(out, "%s:%u:%u: %s\n", path, error->line,
                       error->column ? error->column : 1, error->text);
        else
            buf_printf(out, "%s:1:1: %s\n", path, error->text);
    }
    free(path);
}

void loaded_runs_text(const struct loaded *loaded, struct buf *out)
{
    char *path = printable_line(loaded->path);

    vec_each (command, &loaded->script.commands)
        if (command->kind == COMMAND_RUN)
            buf_printf(out, "%s:%u: %s\n", path, command->line, command->text);
    free(path);
}

/* ----------------------------------------------------------- the directory */

static bool is_directory(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* True when the running program lies in the build tree. */
static bool runs_from_build_tree(void)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (len <= 0)
        return false;
    path[len] = '\0';
    return strncmp(path, BUILD_DIR "/", strlen(BUILD_DIR) + 1) == 0;
}

char *library_directory(struct err *err)
{
    const char *named = getenv("SOCKETARIUM_LESSONS");

    if (named && named[0]) {
        if (is_directory(named))
            return mem_strdup(named);
        err_set(err, -ENOENT, "SOCKETARIUM_LESSONS: %s is no directory", named);
        return NULL;
    }
    if (runs_from_build_tree() && is_directory(LESSONS_BUILD_DIR))
        return mem_strdup(LESSONS_BUILD_DIR);
    if (is_directory(LESSONS_DIR))
        return mem_strdup(LESSONS_DIR);
    err_set(err, -ENOENT,
            "no lessons in %s; set SOCKETARIUM_LESSONS to the directory that has them",
            LESSONS_DIR);
    return NULL;
}

static bool is_lesson_file(const char *name)
{
    size_t len = strlen(name);

    return len > 6 && isdigit((unsigned char)name[0]) &&
           isdigit((unsigned char)name[1]) && name[2] == '-' &&
           strcmp(name + len - 3, ".md") == 0;
}

static bool is_scene_file(const char *name)
{
    size_t len = strlen(name);

    return len > 3 && name[0] != '.' && strcmp(name + len - 3, ".md") == 0;
}

static void add_entry(library_list *list, const char *directory, const char *file)
{
    struct library_entry *entry = vec_push(list);

    entry->path = mem_printf("%s/%s", directory, file);
    entry->name = name_of(file);
    entry->number = (unsigned)atoi(file);
}

static void add_line(struct buf *out, const char *text)
{
    buf_printf(out, "%s%s", out->len ? "\n" : "", text);
}

static void add_terms(const para_list *paras, struct buf *out)
{
    vec_each (para, paras)
        vec_each (span, &para->spans)
            if (span->style & SPAN_STRONG)
                add_line(out, span->text);
}

static void describe_pages(struct library_entry *entry, const struct lesson *lesson)
{
    struct buf pages = {0}, terms = {0};

    entry->page_count = (unsigned)lesson->pages.count;
    vec_each (page, &lesson->pages) {
        add_line(&pages, page->title);
        vec_each (block, &page->blocks) {
            entry->questions += block->kind == BLOCK_QUESTION;
            entry->tasks += block->kind == BLOCK_TASK;
            add_terms(&block->text, &terms);
        }
    }
    entry->pages = mem_strdup(buf_text(&pages));
    entry->terms = mem_strdup(buf_text(&terms));
    buf_free(&pages);
    buf_free(&terms);
}

/* What the file itself says. */
static void describe(struct library_entry *entry)
{
    const struct lesson none = {.title = NULL}, *lesson = &none;
    struct loaded loaded = {.lesson = NULL};

    if (library_load(entry->path, &loaded, NULL) == 0)
        lesson = loaded.lesson;
    entry->broken = !loaded.lesson || loaded.errors.count > 0;
    entry->title = lesson->title && lesson->title[0] ? mem_strdup(lesson->title)
                                                     : printable_line(entry->name);
    entry->summary = mem_strdup(lesson->summary ? lesson->summary : "");
    entry->part = mem_strdup(lesson->part ? lesson->part : "");
    entry->level = mem_strdup(lesson->level ? lesson->level : "");
    entry->time = mem_strdup(lesson->time ? lesson->time : "");
    describe_pages(entry, lesson);
    loaded_free(&loaded);
}

static int by_name(const void *a, const void *b)
{
    const struct library_entry *left = a, *right = b;

    return strcmp(left->name, right->name);
}

/* Those files of one directory that are wanted: paths, names and numbers only; no file
 * is read. */
static int list_directory(library_list *list, const char *directory,
                          bool (*wanted)(const char *name), struct err *err)
{
    DIR *files = opendir(directory);
    struct dirent *file;

    if (!files)
        return err_sys(err, -errno, "%s", directory);
    while ((file = readdir(files)))
        if (wanted(file->d_name))
            add_entry(list, directory, file->d_name);
    closedir(files);
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_name);
    return 0;
}

static int list_names(library_list *list, struct err *err)
{
    char *directory = library_directory(err);
    int result = -ENOENT;

    if (directory)
        result = list_directory(list, directory, is_lesson_file, err);
    free(directory);
    return result;
}

int library_list_all(library_list *list, struct err *err)
{
    int result = list_names(list, err);

    vec_each (entry, list)
        describe(entry);
    return result;
}

static int by_title(const void *a, const void *b)
{
    const struct library_entry *left = a, *right = b;

    return strcmp(left->title, right->title);
}

int library_list_scenes(library_list *list, struct err *err)
{
    char *directory = library_directory(err), *scenes;
    int result;

    if (!directory)
        return -ENOENT;
    scenes = mem_printf("%s/scenes", directory);
    result = list_directory(list, scenes, is_scene_file, err);
    vec_each (entry, list) {
        entry->number = 0;
        describe(entry);
    }
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_title);
    free(scenes);
    free(directory);
    return result;
}

void library_list_free(library_list *list)
{
    vec_each (entry, list) {
        free(entry->path);
        free(entry->name);
        free(entry->title);
        free(entry->summary);
        free(entry->part);
        free(entry->level);
        free(entry->time);
        free(entry->pages);
        free(entry->terms);
    }
    vec_free(list);
}

/* ----------------------------------------------------------- finding */

static bool all_digits(const char *text)
{
    return text[0] && text[strspn(text, "0123456789")] == '\0';
}

static bool is_called(const struct library_entry *entry, const char *called)
{
    if (all_digits(called))
        return entry->number == strtoul(called, NULL, 10);
    return strcmp(entry->name, called) == 0 || strcmp(entry->name + 3, called) == 0;
}

static char *not_found(const char *called, const library_list *list, struct err *err)
{
    struct buf known = {0};
    char *name = printable_line(called);

    vec_each (entry, list)
        buf_printf(&known, "%s%u", known.len ? ", " : "", entry->number);
    err_set(err, -ENOENT, "no lesson '%s'; expected a number (%s), a name or a file",
            name, buf_text(&known));
    buf_free(&known);
    free(name);
    return NULL;
}

char *library_find(const char *called, struct err *err)
{
    library_list list = {0};
    const struct library_entry *found = NULL;
    char *path = NULL;
    size_t matches = 0;

    if (strchr(called, '/') || (strlen(called) > 3 && access(called, F_OK) == 0))
        return mem_strdup(called);
    if (list_names(&list, err) < 0)
        return NULL;
    vec_each (entry, &list) {
        if (is_called(entry, called)) {
            found = entry;
            matches = 1;
            break;
        }
        if (!all_digits(called) && strstr(entry->name, called)) {
            found = entry;
            matches++;
        }
    }
    if (matches == 1)
        path = mem_strdup(found->path);
    else
        not_found(called, &list, err);
    library_list_free(&list);
    return path;
}

char *library_find_scene(const char *name)
{
    char *directory = library_directory(NULL), *path = NULL;

    if (directory && name[0] && name[0] != '.' && !strchr(name, '/'))
        path = mem_printf("%s/scenes/%s.md", directory, name);
    if (path && access(path, R_OK) < 0) {
        free(path);
        path = NULL;
    }
    free(directory);
    return path;
}

int library_recording(const char *name, char **path)
{
    char *directory = library_directory(NULL);
    int fd;

    *path = NULL;
    if (!directory)
        return -ENOENT;
    *path = mem_printf("%s/recordings/%s.ndjson", directory, name);
    free(directory);
    fd = open(*path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        return fd;
    fd = -errno;
    free(*path);
    *path = NULL;
    return fd;
}
