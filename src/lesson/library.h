/* library: where lessons are found, and how one is loaded from its file.
 *
 * The lessons' directory is $SOCKETARIUM_LESSONS if that is set, else the source tree's
 * when the program runs from its build tree, else the installed one.
 */
#ifndef SOCKETARIUM_LESSON_LIBRARY_H
#define SOCKETARIUM_LESSON_LIBRARY_H

#include "base/err.h"
#include "base/vec.h"
#include "lesson/script.h"

/* One file, loaded. */
struct loaded {
    char *path;            /* (owned) */
    char *name;            /* (owned) without directory and ".md" */
    char *text;            /* (owned) the whole file */
    struct lesson *lesson; /* (owned) */
    struct script script;
    lesson_error_list errors; /* it can run only if there are none */
};

#define LESSON_FILE_MAX (4u << 20)

/* 0 (errors may still stand in it), or a negative errno with err when it cannot be read.
 */
int library_load(const char *path, struct loaded *out, struct err *err);
/* The same from text that is at hand, as a journal's lab line has it; path is for the
 * messages and the name. */
void library_load_text(const char *path, const char *text, size_t len,
                       struct loaded *out);
void loaded_free(struct loaded *loaded);

/* "FILE:LINE:COLUMN: what" for each error, one a line, appended to out. */
void loaded_error_text(const struct loaded *loaded, struct buf *out);

/* "FILE:LINE: COMMAND" for each program of the user's that the lesson would run. */
void loaded_runs_text(const struct loaded *loaded, struct buf *out);

/* The directory of the lessons, or NULL with err when there is none. The caller frees.
 */
char *library_directory(struct err *err);

struct library_entry {
    char *path; /* (owned) */
    char *name; /* (owned) "09-the-three-way-handshake" */
    char *title, *summary, *part, *level, *time; /* (owned) */
    char *pages; /* (owned) the titles of its pages, one a line */
    char *terms; /* (owned) its bold words, one a line */
    unsigned number, page_count, questions, tasks;
    bool broken; /* it has errors; its title is its name */
};
typedef VEC(struct library_entry) library_list;

/* All lessons of the directory (files NN-name.md), by number. 0 or a negative errno with
 * err. */
int library_list_all(library_list *list, struct err *err);
/* The scenes that the free lab can begin with (files NAME.md of scenes/ in the same
 * directory), by title. They have no number. 0 or a negative errno with err. */
int library_list_scenes(library_list *list, struct err *err);
void library_list_free(library_list *list);

/* Opens the recording of a real run of the lesson NAME (lessons/recordings/), to be read
 * where no lab can be made. The descriptor and, in *path (the caller frees), its path;
 * or a negative errno, and *path is NULL. */
int library_recording(const char *name, char **path);

/* The path of a lesson called by number ("9", "09"), by name
 * ("09-the-three-way-handshake", or a part of one that is unique) or by file. NULL with
 * err, which says what there is. The caller frees. */
char *library_find(const char *called, struct err *err);

/* The path of a scene by name ("lost-syn"), or NULL. The caller frees. */
char *library_find_scene(const char *name);

#endif
