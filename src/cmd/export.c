/* export: what a journal holds, as text, as a picture, for Wireshark, for programs. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"
#include "cmd/cmd.h"
#include "cmd/export_source.h"
#include "cmd/options.h"
#include "export/export.h"
#include "export/moment.h"
#include "export/picture.h"
#include "view/lesson_screen.h"

#define WIDTH_LEAST 40
#define SIZE_MOST 500
#define SCREEN_WIDTH 120
#define SCREEN_HEIGHT 36
#define PAGE_WIDTH 80 /* of other views: they fit a page */

enum format {
    FORMAT_TEXT,
    FORMAT_SVG,
    FORMAT_PCAP,
    FORMAT_JSON,
    FORMAT_HANDOUT,
    FORMAT_COUNT
};

/* What the command line asks for. */
struct wanted {
    bool formats[FORMAT_COUNT];
    const char *at, *view, *size, *theme, *lesson, *output;
    bool ascii, allow_run, no_answers;
    enum format format;
    struct moment moment;
    struct picture_look look;
    enum scheme scheme;
};

/* ----------------------------------------------------------- options */

static int read_format(struct wanted *wanted)
{
    int count = 0;

    for (int i = 0; i < FORMAT_COUNT; i++) {
        if (wanted->formats[i])
            wanted->format = (enum format)i;
        count += wanted->formats[i];
    }
    if (count > 1)
        return cmd_wrong_use("export: expected one of --text, --svg, --pcap, --json and "
                             "--handout, not several");
    return EXIT_DONE;
}

static int wrong_value(const char *option, const char *value, const char *expected)
{
    char *printable = printable_line(value);

    cmd_wrong_use("option %s: '%s'; expected %s", option, printable, expected);
    free(printable);
    return EXIT_WRONG_USE;
}

static int read_view(struct wanted *wanted)
{
    int found = wanted->format == FORMAT_SVG ? PICTURE_SCREEN : PICTURE_BOTH;
    struct buf known = {0};
    int status = EXIT_DONE;

    if (wanted->view)
        found = picture_view_find(wanted->view);
    wanted->look.view = (enum picture_view)found;
    if (found >= 0)
        return EXIT_DONE;
    for (int i = 0; i < PICTURE_COUNT; i++)
        if (picture_view_name((enum picture_view)i))
            buf_printf(&known, "%s%s", known.len ? ", " : "one of ",
                       picture_view_name((enum picture_view)i));
    status = wrong_value("--view", wanted->view, buf_text(&known));
    buf_free(&known);
    return status;
}

/* "120x36". */
static int read_size(struct wanted *wanted)
{
    bool screen = wanted->look.view == PICTURE_SCREEN;
    int width = 0, height = 0, end = 0;

    wanted->look.width = screen ? SCREEN_WIDTH : PAGE_WIDTH;
    wanted->look.height = SCREEN_HEIGHT;
    if (!wanted->size)
        return EXIT_DONE;
    if (!isdigit((unsigned char)wanted->size[0]) ||
        sscanf(wanted->size, "%4dx%4d%n", &width, &height, &end) != 2 ||
        wanted->size[end] || width < (screen ? SCREEN_LEAST_WIDTH : WIDTH_LEAST) ||
        height < (screen ? SCREEN_LEAST_HEIGHT : 1) || width > SIZE_MOST ||
        height > SIZE_MOST)
        return wrong_value("--size", wanted->size,
                           screen
                               ? "columns and lines like 80x24, from 60x15 to 500x500"
                               : "columns and lines like 80x24, from 40x1 to 500x500");
    wanted->look.width = width;
    wanted->look.height = height;
    return EXIT_DONE;
}

static int read_values(struct wanted *wanted)
{
    int status = read_format(wanted);

    wanted->scheme = SCHEME_LIGHT;
    wanted->look.ascii = wanted->ascii;
    if (status == EXIT_DONE)
        status = read_view(wanted);
    if (status == EXIT_DONE)
        status = read_size(wanted);
    if (status == EXIT_DONE && wanted->at &&
        moment_parse(wanted->at, &wanted->moment) < 0)
        status = wrong_value("--at", wanted->at, "page:N, step:N or end");
    if (status == EXIT_DONE && wanted->format == FORMAT_PCAP && !wanted->output &&
        isatty(STDOUT_FILENO))
        status = cmd_wrong_use("option --pcap: a capture is no text for a terminal; "
                               "expected -o FILE, or a pipe");
    if (status == EXIT_DONE && wanted->theme &&
        options_theme(wanted->theme, &wanted->scheme) < 0)
        status = EXIT_WRONG_USE;
    return status;
}

/* ----------------------------------------------------------- making it */

static void make_picture(const struct wanted *wanted, const struct export_source *source,
                         const struct world *world, struct buf *out)
{
    struct canvas canvas;

    picture_draw(source->lesson.lesson, world, &wanted->look, &canvas);
    switch (wanted->format) {
    case FORMAT_TEXT:
        export_text(&canvas, out);
        break;
    case FORMAT_SVG:
        export_svg(&canvas, wanted->scheme, out);
        break;
    case FORMAT_PCAP:
    case FORMAT_JSON:
    case FORMAT_HANDOUT:
    case FORMAT_COUNT:
        break;
    }
    canvas_free(&canvas);
}

/* An event that names what does not exist. */
static int damaged_event(const struct export_source *source, size_t index,
                         const struct err *err)
{
    return cmd_wrong_use("%s:%zu: %s", source->path, source->line + index, err->text);
}

/* The world at the moment, as a picture or as JSON. */
static int make_moment(const struct wanted *wanted, const struct export_source *source,
                       size_t upto, struct buf *out)
{
    struct world world;
    size_t failed = 0;
    struct err err;
    int result = moment_world(source->events, upto, &world, &failed, &err);

    if (result != 0)
        damaged_event(source, failed, &err);
    else if (wanted->format == FORMAT_JSON)
        export_json(&world, out);
    else
        make_picture(wanted, source, &world, out);
    world_free(&world);
    return result == 0 ? EXIT_DONE : EXIT_WRONG_USE;
}

static int make_handout(const struct wanted *wanted, const struct export_source *source,
                        size_t upto, struct buf *out)
{
    struct handout_look look = {!wanted->no_answers, wanted->ascii};
    size_t failed = 0;
    struct err err;

    if (export_handout(source->lesson.lesson, source->events, upto, &look, out, &failed,
                       &err) == 0)
        return EXIT_DONE;
    return damaged_event(source, failed, &err);
}

static int make_capture(const struct export_source *source, size_t upto, struct buf *out)
{
    struct err err;

    if (export_pcap(source->events, upto, out, &err) == 0)
        return EXIT_DONE;
    fprintf(stderr, "socketarium: %s\n", err.text);
    return EXIT_INTERNAL;
}

static int make(const struct wanted *wanted, const struct export_source *source,
                struct buf *out)
{
    size_t upto = 0;
    struct err err;

    if (moment_find(source->events, source->count, &wanted->moment, &upto, &err) < 0)
        return cmd_wrong_use("option --at: %s", err.text);
    switch (wanted->format) {
    case FORMAT_PCAP:
        return make_capture(source, upto, out);
    case FORMAT_HANDOUT:
        return make_handout(wanted, source, upto, out);
    case FORMAT_TEXT:
    case FORMAT_SVG:
    case FORMAT_JSON:
    case FORMAT_COUNT:
        break;
    }
    return make_moment(wanted, source, upto, out);
}

static int deliver(const struct wanted *wanted, const struct buf *out)
{
    struct err err;
    int result;

    if (wanted->output) {
        result = file_replace(wanted->output, buf_text(out), out->len, &err);
        return result == 0 ? EXIT_DONE : cmd_wrong_use("-o %s", err.text);
    }
    result = cmd_write(buf_text(out), out->len);
    if (result == 0)
        return EXIT_DONE;
    fprintf(stderr, "socketarium: cannot write standard output: %s\n",
            strerror(-result));
    return EXIT_INTERNAL;
}

static int export_it(const struct wanted *wanted, const char *called)
{
    struct export_source source;
    struct buf out = {0};
    int status = export_source_open(&source, called, wanted->lesson, wanted->allow_run);

    if (status == EXIT_DONE)
        status = make(wanted, &source, &out);
    if (status == EXIT_DONE)
        status = deliver(wanted, &out);
    buf_free(&out);
    export_source_free(&source);
    return status;
}

int export_main(int argc, char **argv)
{
    struct wanted wanted = {.view = NULL};
    const struct option_def defs[] = {
        {"--text", NULL, "ladder and table as text (this, if nothing else is said)",
         &wanted.formats[FORMAT_TEXT], NULL},
        {"--svg", NULL, "a picture", &wanted.formats[FORMAT_SVG], NULL},
        {"--pcap", NULL, "the packets, for Wireshark and tcpdump",
         &wanted.formats[FORMAT_PCAP], NULL},
        {"--json", NULL, "hosts, sockets, packets, threads: one object a line",
         &wanted.formats[FORMAT_JSON], NULL},
        {"--handout", NULL, "the lesson as Markdown: prose, ladders, tables, answers",
         &wanted.formats[FORMAT_HANDOUT], NULL},
        {"--no-answers", NULL, "a handout without the answers", &wanted.no_answers,
         NULL},
        {"--at", "MOMENT",
         "page:3, its end; step:12 of the lesson, when it has run; end", NULL,
         &wanted.at},
        {"--view", "VIEW", "screen, ladder, table or states", NULL, &wanted.view},
        {"--size", "COLUMNSxLINES", "of the picture (a screen 120x36, other views 80)",
         NULL, &wanted.size},
        {"--theme", "NAME", "colours: light (usual), dark, auto, contrast, mono", NULL,
         &wanted.theme},
        {"--ascii", NULL, "draw with ASCII only", &wanted.ascii, NULL},
        {"--lesson", "LESSON", "number or name, of a journal with several lessons", NULL,
         &wanted.lesson},
        {"--allow-run", NULL, "also run a LESSON with `run` lines, which start programs",
         &wanted.allow_run, NULL},
        {"-o", "FILE", "write FILE instead of standard output", NULL, &wanted.output},
        {NULL, NULL, NULL, NULL, NULL}};
    int count = options_read(
        argc, argv, defs, "export [OPTIONS] JOURNAL|LESSON",
        "Writes what happened in a lesson for others to use: from a JOURNAL, as check\n"
        "--journal writes it (- is standard input), or from a LESSON, which is run.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count != 1)
        return cmd_wrong_use("export: expected one JOURNAL or LESSON, not %d (see "
                             "export --help)",
                             count);
    if (read_values(&wanted) != EXIT_DONE)
        return EXIT_WRONG_USE;
    return export_it(&wanted, argv[1]);
}
