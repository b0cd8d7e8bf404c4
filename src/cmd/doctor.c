#include "cmd/doctor.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/printable.h"
#include "cmd/doctor_lab.h"
#include "kernel/netns.h"

/* The smallest window that the screens are made for. */
#define MIN_COLUMNS 60
#define MIN_ROWS 15

void doctor_line(enum doctor_word word, const char *item, const char *text)
{
    static const char *const words[] = {"ok", "refused", "note"};
    struct buf safe = {0};

    printable_add(&safe, text, strlen(text), PRINTABLE_TEXT);
    printf("%-8s %-18s %s\n", words[word], item, buf_text(&safe));
    buf_free(&safe);
}

void doctor_linef(enum doctor_word word, const char *item, const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    doctor_line(word, item, buf_text(&text));
    buf_free(&text);
}

static void check_terminal(void)
{
    const char *term = getenv("TERM");
    struct winsize size = {0};

    if (!isatty(STDOUT_FILENO)) {
        doctor_line(DOCTOR_NOTE, "terminal",
                    "standard output is not a terminal: --plain is used");
        return;
    }
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    if (!term || !*term || strcmp(term, "dumb") == 0)
        doctor_linef(DOCTOR_NOTE, "terminal",
                     "TERM is %s: --plain is used. Fix: export TERM=xterm-256color",
                     term && *term ? term : "not set");
    else if (size.ws_col < MIN_COLUMNS || size.ws_row < MIN_ROWS)
        doctor_linef(DOCTOR_NOTE, "terminal",
                     "TERM=%s, %ux%u: make the window at least %dx%d, better 80x24",
                     term, size.ws_col, size.ws_row, MIN_COLUMNS, MIN_ROWS);
    else
        doctor_linef(DOCTOR_OK, "terminal", "TERM=%s, %ux%u", term, size.ws_col,
                     size.ws_row);
}

static void check_locale(void)
{
    const char *name = setlocale(LC_CTYPE, "");
    const char *codeset = nl_langinfo(CODESET);

    if (!name)
        doctor_line(DOCTOR_NOTE, "locale",
                    "the locale of LANG and LC_ALL is not installed: --ascii is used. "
                    "Fix: export LC_ALL=C.UTF-8");
    else if (strcasecmp(codeset, "UTF-8") != 0)
        doctor_linef(DOCTOR_NOTE, "locale",
                     "%s, %s: --ascii is used. Fix: export LC_ALL=C.UTF-8", name,
                     codeset);
    else
        doctor_linef(DOCTOR_OK, "locale", "%s, %s", name, codeset);
}

/* Runs the checks of the kernel in a sealed child. How many were refused, or a negative
 * errno when the child did not end by itself. */
static int check_kernel(void)
{
    unsigned long user_namespace = 0;
    struct stat info;
    struct err err = {""};
    int status;
    pid_t child;

    if (stat("/proc/self/ns/user", &info) == 0)
        user_namespace = info.st_ino;
    fflush(stdout);
    child = netns_spawn_sealed(doctor_lab, &user_namespace, &err);
    if (child < 0) {
        doctor_line(DOCTOR_REFUSED, "user namespace", err.text);
        doctor_line(
            DOCTOR_NOTE, "all else of it",
            "not asked: veth, packet socket, sock_diag, tcp_info and thread state "
            "are tried inside a sealed network only");
        return 1;
    }
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return -errno;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -EINTR; /* a signal killed it */
}

static void usage(FILE *out)
{
    fputs("Usage: socketarium doctor\n"
          "Says what this machine allows, and the least fix of what it refuses.\n"
          "\n"
          "  -h, --help  this text\n"
          "\n"
          "Each line says ok, refused (no lab without it) or note.\n"
          "Exit status: 0 the lab can run here, 77 it cannot, 2 wrong use.\n",
          out);
}

/* -1: no option ends the command. */
static int read_options(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        char *safe;

        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            usage(stdout);
            return 0;
        }
        safe = printable_line(argv[i]);
        fprintf(stderr,
                argv[i][0] == '-' ? "socketarium doctor: unknown option '%s'\n"
                                  : "socketarium doctor: unexpected argument '%s'\n",
                safe);
        free(safe);
        usage(stderr);
        return 2;
    }
    return -1;
}

int doctor_main(int argc, char **argv)
{
    int status = read_options(argc, argv), refused;

    if (status >= 0)
        return status;
    refused = check_kernel();
    if (refused < 0) {
        fprintf(stderr, "socketarium doctor: the checks did not finish: %s\n",
                strerror(-refused));
        return 70;
    }
    check_terminal();
    check_locale();
    if (refused == 0)
        puts("The lab can run here.");
    else
        printf("The lab cannot run here: %d refused. learn plays recordings instead.\n",
               refused);
    return refused == 0 ? 0 : 77;
}
