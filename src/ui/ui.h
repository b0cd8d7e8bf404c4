/* ui: the screens. The only door to curses for the rest of the program.
 *
 * Single-threaded. The terminal is given back before a function here returns, and on
 * every signal that ends the program.
 */
#ifndef SOCKETARIUM_UI_UI_H
#define SOCKETARIUM_UI_UI_H

#include <stdbool.h>

#include "base/err.h"
#include "ui/screen_lesson.h"
#include "view/theme.h"

struct ui_options {
    bool ascii; /* also when the locale is not UTF-8 */
    enum scheme scheme;
};

/* Steps through a lesson, or a recording, until the reader leaves. Gives the exit status
 * of DESIGN section 5; err (empty before) is set to what should be said after the
 * terminal is given back. */
int ui_learn(const struct lesson_plan *plan, const struct ui_options *options,
             struct err *err);

/* The list of lessons, and the lessons that are picked from it. */
int ui_home(const struct ui_options *options, struct err *err);

#endif
