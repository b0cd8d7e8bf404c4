#include "cmd/load.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmd/cmd.h"

int load_lesson(const char *called, struct loaded *loaded)
{
    struct buf text = {0};
    struct err err;
    char *path = library_find(called, &err);

    if (!path || library_load(path, loaded, &err) < 0) {
        free(path);
        return cmd_wrong_use("%s", err.text);
    }
    free(path);
    if (loaded->errors.count == 0)
        return EXIT_DONE;
    loaded_error_text(loaded, &text);
    fputs(buf_text(&text), stderr);
    buf_free(&text);
    loaded_free(loaded);
    return EXIT_WRONG_USE;
}
