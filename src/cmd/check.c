/* check: runs lessons with no screen, and checks all that they claim. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/printable.h"
#include "cmd/check_report.h"
#include "cmd/check_watch.h"
#include "cmd/cmd.h"
#include "cmd/coverage.h"
#include "cmd/options.h"
#include "lesson/library.h"
#include "lesson/session.h"
#include "model/journal.h"

#define JOBS_MAX 64

enum verdict { VERDICT_NONE, VERDICT_PASSED, VERDICT_FAILED, VERDICT_SKIPPED };

struct job {
    struct loaded loaded;
    struct session session;
    bool running;
    struct journal journal;
    struct buf report; /* what to print below the lesson's line */
    enum verdict verdict;
    unsigned passed, skipped; /* expectations */
    bool printed;
};

struct check {
    struct job *jobs; /* (owned) */
    int job_count;
    int at_once;
    int next; /* the next job to start */
    int running;
    struct runner_options runner;
    struct coverage coverage;
    int journal_fd; /* -1: none */
    bool allow_run; /* lessons may start programs of the user's */
    bool refusal_told;
    int status; /* the worst so far */
};

/* 2 is worst, then 1, then 77 (DESIGN, section 5); 70 is above all. */
static void worsen(struct check *check, int status)
{
    static const int order[] = {EXIT_DONE, EXIT_NOT_ALLOWED, EXIT_CHECK_FAILED,
                                EXIT_WRONG_USE, EXIT_INTERNAL};
    int old = 0, new = 0;

    for (int i = 0; i < 5; i++) {
        if (order[i] == check->status)
            old = i;
        if (order[i] == status)
            new = i;
    }
    if (new > old)
        check->status = status;
}

/* ----------------------------------------------------------- printing */

/* What was not written is said, once for each try: a full disk must not look like a
 * passed check. */
static void wrote(struct check *check, const char *where, int result)
{
    if (result == 0)
        return;
    fprintf(stderr, "socketarium: cannot write %s: %s\n", where, strerror(-result));
    worsen(check, EXIT_INTERNAL);
}

static void print_job(struct check *check, struct job *job)
{
    static const char *const words[] = {"", "ok", "FAIL", "skip"};
    char *path = printable_line(job->loaded.path);
    struct buf line = {0};

    job->printed = true;
    buf_printf(&line, "%-4s %s", words[job->verdict], path);
    if (job->passed)
        buf_printf(&line, " (%u checks)", job->passed);
    buf_putc(&line, '\n');
    buf_puts(&line, buf_text(&job->report));
    wrote(check, "standard output", cmd_write(line.data, line.len));
    buf_free(&line);
    free(path);
    if (check->journal_fd >= 0 && job->journal.text.len)
        wrote(check, "the journal",
              file_write_all(check->journal_fd, job->journal.text.data,
                             job->journal.text.len));
    journal_free(&job->journal);
}

/* In the order of the command line, as soon as all before it are done. */
static void print_ready(struct check *check)
{
    for (int i = 0; i < check->job_count; i++) {
        struct job *job = &check->jobs[i];

        /* One that has failed may still have journal lines to say. */
        if (job->verdict == VERDICT_NONE || job->running)
            return;
        if (!job->printed)
            print_job(check, job);
    }
}

/* ----------------------------------------------------------- one lesson */

static void see(struct check *check, struct job *job, const struct event *event)
{
    char *path = printable_line(job->loaded.path);

    coverage_see(&check->coverage, event, (int)(job - check->jobs));
    if (event->kind == EVENT_EXPECT && event->expect.status == EXPECT_PASSED)
        job->passed++;
    if (event->kind == EVENT_EXPECT && event->expect.status == EXPECT_SKIPPED) {
        job->skipped++;
        buf_printf(&job->report, "     %s:%u: skipped: %s: %s\n", path,
                   event->expect.line, event->expect.text,
                   event->expect.found ? event->expect.found : "");
    }
    if (event->kind == EVENT_STEP && event->step.status == STEP_FAILED) {
        job->verdict = VERDICT_FAILED;
        report_failure(&job->loaded, &event->step, &job->report);
        buf_puts(&job->report, "     (the rest was not run)\n");
    }
    free(path);
}

static void finish(struct check *check, struct job *job)
{
    int status = session_wait(&job->session);

    job->running = false;
    check->running--;
    if (status == 0 && job->verdict == VERDICT_NONE) {
        job->verdict = VERDICT_PASSED;
        return;
    }
    if (job->verdict == VERDICT_NONE)
        buf_printf(&job->report, "     the lab ended with status %d\n", status);
    report_last_events(&job->journal, &job->report);
    job->verdict = VERDICT_FAILED;
    worsen(check, status == 1 ? EXIT_CHECK_FAILED : EXIT_INTERNAL);
}

static void read_journal(struct check *check, struct job *job)
{
    char piece[65536];
    size_t known = job->journal.events.count;
    struct err err;
    ssize_t got = read(job->session.fd, piece, sizeof(piece));

    if (got < 0 && errno == EINTR)
        return;
    if (got <= 0) {
        finish(check, job);
        return;
    }
    if (journal_feed(&job->journal, piece, (size_t)got, &err) < 0) {
        buf_printf(&job->report, "     journal line %s\n", err.text);
        job->verdict = VERDICT_FAILED;
        worsen(check, EXIT_INTERNAL);
        session_end(&job->session);
        job->running = false;
        check->running--;
        return;
    }
    for (; known < job->journal.events.count; known++)
        see(check, job, &job->journal.events.items[known]);
}

static void start(struct check *check, struct job *job)
{
    struct session_plan plan = {.lesson = job->loaded.lesson,
                                .script = &job->loaded.script,
                                .text = job->loaded.text,
                                .name = job->loaded.name,
                                .runner = check->runner};
    struct err err;

    if (job->verdict != VERDICT_NONE)
        return;
    job->journal.keep_text = check->journal_fd >= 0;
    if (session_start(&job->session, &plan, &err) < 0) {
        job->verdict = VERDICT_SKIPPED;
        buf_puts(&job->report, "     this machine does not allow it\n");
        if (!check->refusal_told)
            fprintf(stderr, "socketarium: %s\n", err.text);
        check->refusal_told = true;
        worsen(check, EXIT_NOT_ALLOWED);
        return;
    }
    job->running = true;
    check->running++;
}

/* ----------------------------------------------------------- all of them */

static void run_all(struct check *check)
{
    struct pollfd fds[JOBS_MAX];
    struct job *polled[JOBS_MAX];

    while (check->next < check->job_count || check->running > 0) {
        int count = 0;

        while (check->next < check->job_count && check->running < check->at_once)
            start(check, &check->jobs[check->next++]);
        print_ready(check);
        for (int i = 0; i < check->next; i++) {
            if (!check->jobs[i].running)
                continue;
            polled[count] = &check->jobs[i];
            fds[count++] =
                (struct pollfd){.fd = check->jobs[i].session.fd, .events = POLLIN};
        }
        if (count == 0 || poll(fds, (nfds_t)count, -1) < 0)
            continue;
        for (int i = 0; i < count; i++)
            if (fds[i].revents)
                read_journal(check, polled[i]);
    }
    print_ready(check);
}

static void load(struct check *check, struct job *job, const char *path)
{
    struct buf text = {0};
    struct err err;

    job->session = (struct session){-1, -1};
    if (library_load(path, &job->loaded, &err) < 0) {
        cmd_wrong_use("%s", err.text);
        job->loaded.path = mem_strdup(path);
        job->verdict = VERDICT_FAILED;
        worsen(check, EXIT_WRONG_USE);
        return;
    }
    /* It lies beside the lessons, so that a shell's pattern names it too. */
    if (strcmp(job->loaded.name, "glossary") == 0) {
        job->verdict = VERDICT_SKIPPED;
        buf_puts(&job->report, "     the glossary is no lesson\n");
        return;
    }
    if (job->loaded.errors.count > 0) {
        loaded_error_text(&job->loaded, &text);
    } else if (job->loaded.script.runs_programs && !check->allow_run) {
        loaded_runs_text(&job->loaded, &text);
        buf_puts(&text,
                 "socketarium: a lesson that runs programs of yours is checked only "
                 "with --allow-run\n");
    } else {
        return;
    }
    fputs(buf_text(&text), stderr);
    buf_free(&text);
    job->verdict = VERDICT_FAILED;
    worsen(check, EXIT_WRONG_USE);
}

static void print_end(struct check *check, bool coverage)
{
    const char **names = mem_new((size_t)check->job_count, sizeof(*names));
    unsigned counts[4] = {0};
    struct buf text = {0};

    for (int i = 0; i < check->job_count; i++) {
        counts[check->jobs[i].verdict]++;
        names[i] = check->jobs[i].loaded.name;
    }
    if (coverage)
        coverage_print(&check->coverage, names, &text);
    buf_printf(&text, "%u passed, %u failed, %u skipped\n", counts[VERDICT_PASSED],
               counts[VERDICT_FAILED], counts[VERDICT_SKIPPED]);
    wrote(check, "standard output", cmd_write(text.data, text.len));
    buf_free(&text);
    free(names);
}

static void check_free(struct check *check)
{
    for (int i = 0; i < check->job_count; i++) {
        loaded_free(&check->jobs[i].loaded);
        journal_free(&check->jobs[i].journal);
        buf_free(&check->jobs[i].report);
    }
    free(check->jobs);
    if (check->journal_fd >= 0)
        close(check->journal_fd);
}

/* What the command line asks for. */
struct wanted {
    const char *journal, *jobs, *pause;
    bool coverage, allow_run, watch;
    int64_t pause_ns;
    long at_once;
};

/* All files once. Gives the exit status. */
static int check_once(const struct wanted *wanted, int count, char **paths)
{
    struct check check = {
        .journal_fd = -1,
        .allow_run = wanted->allow_run,
        .runner = {.automatic = true, .limits = true, .pause_ns = wanted->pause_ns}};

    if (wanted->journal) {
        check.journal_fd =
            open(wanted->journal, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (check.journal_fd < 0)
            return cmd_wrong_use("--journal %s: %s", wanted->journal, strerror(errno));
    }
    check.at_once = wanted->at_once < JOBS_MAX ? (int)wanted->at_once : JOBS_MAX;
    check.job_count = count;
    check.jobs = mem_new((size_t)count, sizeof(*check.jobs));
    coverage_init(&check.coverage);
    for (int i = 0; i < count; i++)
        load(&check, &check.jobs[i], paths[i]);
    run_all(&check);
    print_end(&check, wanted->coverage);
    check_free(&check);
    return check.status;
}

/* Again each time the file is saved, until a signal ends it. */
static int check_and_watch(const struct wanted *wanted, char **path)
{
    struct watch watch;
    struct err err;
    int status;

    if (watch_open(&watch, *path, &err) < 0)
        return cmd_wrong_use("--watch: %s", err.text);
    do {
        status = check_once(wanted, 1, path);
        fputs("Waiting until it is saved again. Ctrl-C ends.\n", stderr);
    } while (watch_wait(&watch) == 0);
    watch_close(&watch);
    return status;
}

int check_main(int argc, char **argv)
{
    struct wanted wanted = {.at_once = sysconf(_SC_NPROCESSORS_ONLN)};
    const struct option_def defs[] = {
        {"--journal", "FILE", "write what happened, one JSON object a line", NULL,
         &wanted.journal},
        {"--coverage", NULL, "which states and arrows of TCP were seen live",
         &wanted.coverage, NULL},
        {"--jobs", "N", "so many lessons side by side (as many as there are cores)",
         NULL, &wanted.jobs},
        {"--allow-run", NULL,
         "also check lessons with `run` lines, which start programs", &wanted.allow_run,
         NULL},
        {"--pause", "TIME", "wait before each step, as a class would: 3s", NULL,
         &wanted.pause},
        {"--watch", NULL, "run one FILE again each time it is saved", &wanted.watch,
         NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    int count =
        options_read(argc, argv, defs, "check [OPTIONS] FILE...",
                     "Runs lessons with no screen, each in a lab of its own, and "
                     "checks all they claim.");

    if (count < 0)
        return count == -2 ? EXIT_DONE : EXIT_WRONG_USE;
    if (count == 0)
        return cmd_wrong_use("check: expected a lesson's FILE (see check --help)");
    if ((wanted.jobs &&
         options_number("--jobs", wanted.jobs, 1, JOBS_MAX, &wanted.at_once) < 0) ||
        (wanted.pause &&
         options_duration("--pause", wanted.pause, &wanted.pause_ns) < 0))
        return EXIT_WRONG_USE;
    if (!wanted.watch)
        return check_once(&wanted, count, argv + 1);
    if (count > 1)
        return cmd_wrong_use("option --watch: expected one FILE, not %d", count);
    return check_and_watch(&wanted, argv + 1);
}
