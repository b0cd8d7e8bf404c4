#include "ui/ui.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "lesson/progress_store.h"
#include "ui/screen_home.h"
#include "ui/terminal.h"

/* Exit statuses of DESIGN, section 5; cmd/cmd.h has the same for the commands. */
#define STATUS_WRONG_USE 2
#define STATUS_INTERNAL 70
#define STATUS_NOT_ALLOWED 77

static int status_of(int result)
{
    if (result == 0)
        return 0;
    if (result == -EINVAL) /* a damaged recording */
        return STATUS_WRONG_USE;
    return result == -EIO ? STATUS_INTERNAL : STATUS_NOT_ALLOWED;
}

/* The terminal is given back, and then the signal has its way. */
static void close_terminal(int signal_number)
{
    terminal_close();
    if (signal_number)
        terminal_die(signal_number);
}

/* Where no lab can be made, the lesson's recording is shown, and it is said why. */
static int show_recording(const struct lesson_plan *plan, int refused,
                          int *signal_number, struct err *err)
{
    struct lesson_plan instead = {.journal = -1};
    char *why, *path = NULL;
    int result;

    instead.recording = library_recording(plan->loaded->name, &path);
    if (instead.recording < 0)
        return refused;
    why = mem_printf("This is a recording, for no lab can be made here: %s", err->text);
    instead.why = why;
    instead.progress = plan->progress;
    instead.recording_path = path;
    *err = (struct err){.text = ""};
    result = screen_lesson(&instead, signal_number, err);
    close(instead.recording);
    free(path);
    free(why);
    return result;
}

static int show_lesson(const struct lesson_plan *plan, int *signal_number,
                       struct err *err)
{
    int result = screen_lesson(plan, signal_number, err);

    if (result < 0 && result != -EIO && plan->recording < 0)
        result = show_recording(plan, result, signal_number, err);
    return result;
}

int ui_learn(const struct lesson_plan *plan, const struct ui_options *options,
             struct err *err)
{
    int signal_number = 0, result;

    if (terminal_open(options->ascii, options->scheme, err) < 0)
        return STATUS_WRONG_USE;
    result = show_lesson(plan, &signal_number, err);
    close_terminal(signal_number);
    return status_of(result);
}

/* One lesson of the list, from that page on (0: from the start). Its problems are told
 * when the terminal is given back. */
static int learn_one(const struct library_entry *entry, unsigned page,
                     struct progress_store *progress, int *signal_number,
                     struct err *err)
{
    struct loaded loaded;
    int result = library_load(entry->path, &loaded, err);

    if (result < 0)
        return STATUS_WRONG_USE;
    if (loaded.errors.count) {
        struct buf text = {0};

        loaded_error_text(&loaded, &text);
        err_set(err, -EINVAL, "%s", buf_text(&text));
        buf_free(&text);
        result = STATUS_WRONG_USE;
    } else if (loaded.script.runs_programs) {
        err_set(err, -EPERM,
                "this lesson runs programs of yours: start it with socketarium learn %s",
                entry->name);
        result = STATUS_WRONG_USE;
    } else {
        struct lesson_plan plan = lesson_plan_live(&loaded);

        plan.page = page;
        plan.progress = progress;
        result = status_of(show_lesson(&plan, signal_number, err));
    }
    loaded_free(&loaded);
    return result;
}

int ui_home(const struct ui_options *options, struct err *err)
{
    library_list lessons = {0};
    struct progress_store store;
    struct screen_home *home;
    struct err notice = {.text = ""};
    int signal_number = 0, status = 0;

    if (library_list_all(&lessons, err) < 0)
        return STATUS_WRONG_USE;
    if (terminal_open(options->ascii, options->scheme, err) < 0) {
        library_list_free(&lessons);
        return STATUS_WRONG_USE;
    }
    progress_open(&store, true, &notice);
    home = screen_home_new(&lessons, &store.progress);
    while (status == 0 && !signal_number) {
        struct home_choice choice =
            screen_home_run(home, notice.text[0] ? notice.text : NULL, &signal_number);

        notice.text[0] = '\0';
        if (choice.lesson < 0)
            break;
        status = learn_one(&lessons.items[choice.lesson], choice.page, &store,
                           &signal_number, err);
    }
    screen_home_free(home);
    progress_close(&store);
    library_list_free(&lessons);
    close_terminal(signal_number);
    return status;
}
