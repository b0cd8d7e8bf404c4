#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"
#include "export/export.h"
#include "ui/lesson_ui.h"

#define SAVES_MOST 10000

/* Also a link that leads nowhere. */
static bool is_taken(const char *name, const char *ending)
{
    char *path = mem_printf("%s%s", name, ending);
    bool taken = faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;

    free(path);
    return taken;
}

/* "09-the-three-way-handshake-page-3": a number is added when it is taken. The caller
 * frees. */
static char *free_name(const struct lesson_ui *ui)
{
    for (int i = 1; i < SAVES_MOST; i++) {
        char *name =
            i == 1 ? mem_printf("%s-page-%u", ui->loaded->name, ui->world.lesson.page)
                   : mem_printf("%s-page-%u-%d", ui->loaded->name, ui->world.lesson.page,
                                i);

        if (!is_taken(name, ".svg") && !is_taken(name, ".txt"))
            return name;
        free(name);
    }
    return NULL;
}

static int save_as(const char *name, const char *ending, const struct buf *text)
{
    char *path = mem_printf("%s%s", name, ending);
    int result = file_write_new(path, text->data, text->len);

    free(path);
    return result;
}

static void tell(struct lesson_ui *ui, const char *name, const char *ending, int result)
{
    char *printable = printable_line(name);
    char *words;

    if (result == 0)
        words = mem_printf("Saved what the screen shows: %s.txt and .svg", printable);
    else
        words = mem_printf("Not saved: %s%s: %s", printable, ending, strerror(-result));
    lesson_ui_say(ui, words);
    ui->notice_is_error = result < 0;
    free(words);
    free(printable);
}

void lesson_ui_save(struct lesson_ui *ui)
{
    struct buf text = {0}, svg = {0};
    char *name = free_name(ui);
    const char *ending = ".txt";
    struct canvas canvas;
    int result;

    if (!name) {
        lesson_ui_say(ui, "Not saved: there are too many of them here already.");
        return;
    }
    canvas_init(&canvas, ui->columns, ui->rows);
    canvas.ascii = terminal_ascii();
    lesson_ui_draw(ui, &canvas);
    export_text(&canvas, &text);
    export_svg(&canvas, SCHEME_AUTO, &svg);
    result = save_as(name, ending, &text);
    if (result == 0) {
        ending = ".svg";
        result = save_as(name, ending, &svg);
    }
    tell(ui, name, ending, result);
    canvas_free(&canvas);
    buf_free(&text);
    buf_free(&svg);
    free(name);
}
