#include "lesson/session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "lab/lab.h"

#define EXIT_INTERNAL 70
/* Journal bytes that may wait for a slow reader before the lab itself must wait. */
#define PENDING_MAX (1 << 20)

/* ----------------------------------------------------------- the sealed process */

struct sealed {
    const struct session_plan *plan;
    int parent_fd; /* the other end, to be closed */
    int fd;
    struct lab *lab;
    struct runner *runner;
    struct buf out; /* journal lines not yet written */
    struct buf in;  /* a command that is not complete */
    bool ended;     /* the parent has gone */
};

static void flush(struct sealed *sealed)
{
    while (sealed->out.len > 0) {
        ssize_t sent = send(sealed->fd, sealed->out.data, sealed->out.len,
                            sealed->out.len > PENDING_MAX ? MSG_NOSIGNAL
                                                          : MSG_NOSIGNAL | MSG_DONTWAIT);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            sealed->ended = errno != EAGAIN;
            return;
        }
        buf_drop_front(&sealed->out, (size_t)sent);
    }
}

static void journal(void *context, struct event *event)
{
    struct sealed *sealed = context;

    event_write(event, &sealed->out);
    if (sealed->runner)
        runner_see(sealed->runner, event);
    if (sealed->out.len > PENDING_MAX)
        flush(sealed);
}

static void fill_lab_event(const struct session_plan *plan, struct event *event)
{
    struct utsname system;
    time_t now = time(NULL);
    struct tm utc;
    char text[32];

    *event = (struct event){.kind = EVENT_LAB, .lab = {.format = 1}};
    uname(&system);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    event->lab.program = mem_strdup("socketarium " VERSION);
    event->lab.kernel = mem_strdup(system.release);
    event->lab.time = mem_strdup(text);
    event->lab.lesson = mem_strdup(plan->name);
    event->lab.text = mem_strdup(plan->text);
    memcpy(event->lab.hosts, plan->script->hosts, sizeof(event->lab.hosts));
    event->lab.host_count = plan->script->host_count;
}

static void obey(struct sealed *sealed, const char *command)
{
    if (strcmp(command, "next") == 0)
        runner_next(sealed->runner);
    else if (strncmp(command, "answer ", 7) == 0)
        runner_answer(sealed->runner, (unsigned)strtoul(command + 7, NULL, 10));
    else if (strncmp(command, "line ", 5) == 0)
        runner_line(sealed->runner, command + 5);
}

static void read_commands(struct sealed *sealed)
{
    char piece[4096], *newline;
    ssize_t got = recv(sealed->fd, piece, sizeof(piece), MSG_DONTWAIT);

    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        sealed->ended = true;
    if (got <= 0)
        return;
    buf_add(&sealed->in, piece, (size_t)got);
    while ((newline = memchr(sealed->in.data, '\n', sealed->in.len))) {
        *newline = '\0';
        obey(sealed, sealed->in.data);
        buf_drop_front(&sealed->in, (size_t)(newline - sealed->in.data) + 1);
    }
}

/* The earlier of two deadlines, of which -1 is none. */
static int64_t earlier(int64_t a, int64_t b)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return a < b ? a : b;
}

static void wait_until(struct sealed *sealed, int64_t deadline_ns)
{
    struct pollfd fds[2] = {
        {.fd = lab_fd(sealed->lab), .events = POLLIN},
        {.fd = sealed->fd, .events = (short)(POLLIN | (sealed->out.len ? POLLOUT : 0))}};
    int64_t left = deadline_ns - lab_time(sealed->lab);
    struct timespec timeout = {0};

    if (left > 0)
        timeout = (struct timespec){left / NS_PER_S, left % NS_PER_S};
    if (ppoll(fds, 2, deadline_ns < 0 ? NULL : &timeout, NULL) > 0 && fds[1].revents)
        read_commands(sealed);
}

static void turn_until_over(struct sealed *sealed)
{
    bool automatic = sealed->plan->runner.automatic;

    while (!sealed->ended) {
        int64_t lab_due = lab_turn(sealed->lab);
        bool settled = lab_settled(sealed->lab);
        int64_t runner_due = runner_turn(sealed->runner);

        flush(sealed);
        if (automatic && runner_finished(sealed->runner))
            return;
        /* The runner has begun something: the lab's deadline was from before it. */
        if (settled && !lab_settled(sealed->lab))
            lab_due = 0;
        wait_until(sealed, earlier(lab_due, runner_due));
    }
}

/* Nothing of the lab may touch the terminal. */
static void leave_terminal(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    setsid();
    if (null < 0)
        return;
    dup2(null, 0);
    dup2(null, 1);
    close(null);
}

/* The lab could not be opened: the journal says so. */
static void tell_no_lab(struct sealed *sealed, const struct err *err)
{
    struct event event = {
        .seq = 1, .kind = EVENT_STEP, .step = {.page = 1, .status = STEP_FAILED}};

    event.step.text = mem_strdup(err->text);
    event_write(&event, &sealed->out);
    event_clear(&event);
}

static int sealed_main(void *context)
{
    struct sealed *sealed = context;
    struct event event;
    struct err err;
    int status = EXIT_INTERNAL;

    close(sealed->parent_fd);
    leave_terminal();
    fill_lab_event(sealed->plan, &event);
    sealed->lab = lab_open(journal, sealed, &err);
    if (sealed->lab) {
        sealed->runner = runner_new(sealed->lab, sealed->plan->lesson,
                                    sealed->plan->script, &sealed->plan->runner);
        lab_tell(sealed->lab, &event);
        runner_start(sealed->runner);
        turn_until_over(sealed);
        status = runner_failed(sealed->runner) ? 1 : 0;
    } else {
        event_write(&event, &sealed->out);
        event_clear(&event);
        tell_no_lab(sealed, &err);
    }
    if (!sealed->ended && sealed->out.len)
        file_write_all(sealed->fd, sealed->out.data, sealed->out.len);
    runner_free(sealed->runner);
    lab_close(sealed->lab);
    buf_free(&sealed->out);
    buf_free(&sealed->in);
    return status;
}

/* ----------------------------------------------------------- the parent's side */

int session_start(struct session *session, const struct session_plan *plan,
                  struct err *err)
{
    struct sealed sealed = {.plan = plan};
    int ends[2];

    *session = (struct session){-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return err_sys(err, -errno, "cannot make a socket pair");
    sealed.parent_fd = ends[0];
    sealed.fd = ends[1];
    session->pid = lab_spawn(sealed_main, &sealed, err);
    close(ends[1]);
    if (session->pid < 0) {
        close(ends[0]);
        return (int)session->pid;
    }
    session->fd = ends[0];
    return 0;
}

static int send_command(struct session *session, const char *text)
{
    size_t len = strlen(text);
    ssize_t sent;

    if (session->fd < 0)
        return -EPIPE;
    /* Never waits: the lab may be waiting for its journal to be read, by us. */
    sent = send(session->fd, text, len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0)
        return -errno;
    return sent == (ssize_t)len ? 0 : -EMSGSIZE;
}

int session_next(struct session *session)
{
    return send_command(session, "next\n");
}

int session_answer(struct session *session, unsigned answers)
{
    char text[32];

    snprintf(text, sizeof(text), "answer %u\n", answers);
    return send_command(session, text);
}

int session_line(struct session *session, const char *line)
{
    char *text = mem_printf("line %.*s\n", (int)strcspn(line, "\n"), line);
    int result = send_command(session, text);

    free(text);
    return result;
}

int session_wait(struct session *session)
{
    int status = 0;

    if (session->fd >= 0)
        close(session->fd);
    if (session->pid > 0)
        while (waitpid(session->pid, &status, 0) < 0 && errno == EINTR)
            ;
    *session = (struct session){-1, -1};
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_INTERNAL;
}

int session_end(struct session *session)
{
    /* A pid 1 ignores the signals that it does not handle; this one it cannot. */
    if (session->pid > 0)
        kill(session->pid, SIGKILL);
    return session_wait(session);
}
