/* The sealed process, what it may do and how it ends; settings, capabilities and threads
 * in it. Needs no privilege; says why and exits 77 where namespaces are refused. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "kernel/netns.h"
#include "kernel/thread_state.h"
#include "small_lab.h"

/* How long to wait for what must come, before it is called missing. */
#define PATIENCE_MS 10000

struct sleeper {
    int said[2]; /* the thread says its id here */
    int listener;
};

static void *sleep_in_accept(void *context)
{
    struct sleeper *sleeper = context;
    pid_t self = netns_enter(small_hosts[1].netns) ? -1 : thread_state_self();

    if (write(sleeper->said[1], &self, sizeof(self)) == (ssize_t)sizeof(self))
        close(accept(sleeper->listener, NULL, NULL));
    return NULL;
}

/* Asks again and again, at most as long as patience goes, until it is wanted or an
 * error. */
static int sleeps_in(const struct thread_state *thread, const long *numbers,
                     size_t count, int wanted)
{
    int64_t end = clock_now_ns() + 10 * NS_PER_S;
    int now;

    while ((now = thread_state_sleeps_in(thread, numbers, count)) != wanted &&
           now >= 0 && clock_now_ns() < end)
        sched_yield();
    return now;
}

static void test_thread_asleep(void **state)
{
    const long calls[] = {SYS_read, SYS_accept}, others[] = {SYS_read, -1, 0};
    struct sockaddr_in to = small_address("127.0.0.1", 8100);
    struct sleeper sleeper;
    struct thread_state thread, self;
    pthread_t id;
    pid_t tid;
    int client;

    (void)state;
    sleeper.listener = small_bound(1, SOCK_STREAM, AF_INET, 8100);
    assert_int_equal(listen(sleeper.listener, 1), 0);
    assert_int_equal(pipe2(sleeper.said, O_CLOEXEC), 0);
    assert_int_equal(pthread_create(&id, NULL, sleep_in_accept, &sleeper), 0);
    assert_int_equal(read(sleeper.said[0], &tid, sizeof(tid)), sizeof(tid));
    assert_true(tid > 0);
    assert_int_equal(thread_state_open(&thread, tid), 0);
    assert_int_equal(sleeps_in(&thread, calls, 2, 1), 1);
    assert_int_equal(thread_state_sleeps_in(&thread, others, 2), 0);
    assert_int_equal(thread_state_open(&self, thread_state_self()), 0);
    assert_int_equal(thread_state_sleeps_in(&self, calls, 2), 0); /* it runs */
    thread_state_close(&self);
    /* lo is up: this reaches it. */
    small_enter(1);
    client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    small_leave();
    assert_int_equal(connect(client, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(pthread_join(id, NULL), 0);
    assert_int_equal(sleeps_in(&thread, calls, 2, -ESRCH), -ESRCH);
    thread_state_close(&thread);
    assert_int_equal(thread_state_open(&thread, 0x7ffffff0), -ESRCH);
    close(client);
    close(sleeper.listener);
    close(sleeper.said[0]);
    close(sleeper.said[1]);
}

/* Stopped in accept is not asleep in accept. */
static void test_thread_stopped(void **state)
{
    const long calls[] = {SYS_accept};
    struct sleeper sleeper;
    struct thread_state thread;
    siginfo_t info;
    pid_t tid, child;
    int status;

    (void)state;
    sleeper.listener = small_bound(1, SOCK_STREAM, AF_INET, 8200);
    assert_int_equal(listen(sleeper.listener, 1), 0);
    assert_int_equal(pipe2(sleeper.said, O_CLOEXEC), 0);
    child = fork();
    if (child == 0) {
        sleep_in_accept(&sleeper);
        _exit(0);
    }
    assert_int_equal(read(sleeper.said[0], &tid, sizeof(tid)), sizeof(tid));
    assert_int_equal(thread_state_open(&thread, tid), 0);
    assert_int_equal(sleeps_in(&thread, calls, 1, 1), 1);
    assert_int_equal(kill(child, SIGSTOP), 0);
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(thread_state_sleeps_in(&thread, calls, 1), 0);
    assert_int_equal(kill(child, SIGKILL), 0);
    /* Dead, but not yet waited for. */
    assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
    assert_int_equal(thread_state_sleeps_in(&thread, calls, 1), -ESRCH);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(thread_state_sleeps_in(&thread, calls, 1), -ESRCH);
    thread_state_close(&thread);
    close(sleeper.listener);
    close(sleeper.said[0]);
    close(sleeper.said[1]);
}

static void read_setting(const char *path, char *text, size_t room)
{
    struct buf bytes = {0};

    assert_int_equal(file_read(path, 4096, &bytes, NULL), 0);
    snprintf(text, room, "%s", buf_text(&bytes));
    buf_free(&bytes);
}

static void test_sysctl(void **state)
{
    const char *path = "/proc/sys/net/ipv4/tcp_syn_retries";
    char text[64];

    (void)state;
    small_enter(0);
    assert_int_equal(netns_sysctl("net.ipv4.tcp_syn_retries", "127"), 0);
    assert_int_equal(netns_sysctl("net/ipv4/tcp_synack_retries", "255"), 0);
    read_setting(path, text, sizeof(text));
    assert_string_equal(text, "127\n");
    assert_int_equal(netns_sysctl("net.ipv4.no_such_setting", "1"), -ENOENT);
    assert_int_equal(netns_sysctl("net.ipv4.tcp_syn_retries", "many"), -EINVAL);
    assert_int_equal(netns_sysctl("net/../kernel/hostname", "x"), -EINVAL);
    assert_int_equal(netns_sysctl("net.ipv4", "1"), -EISDIR);
    small_leave();
    read_setting(path, text, sizeof(text));
    assert_string_not_equal(text, "127\n"); /* the wire's own */
}

/* In a process of its own: what was dropped does not come back. The failed step, or 0.
 */
static int without_capabilities(void)
{
    struct sockaddr_in privileged = {.sin_family = AF_INET, .sin_port = htons(80)};
    int fd, status;
    pid_t child;

    if (netns_enter(small_hosts[0].netns))
        return 1;
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&privileged, sizeof(privileged)) < 0)
        return 2; /* with capabilities it goes */
    close(fd);
    if (netns_drop_capabilities())
        return 3;
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&privileged, sizeof(privileged)) == 0 ||
        errno != EACCES)
        return 4;
    if (socket(AF_INET, SOCK_RAW, IPPROTO_TCP) >= 0 || errno != EPERM)
        return 5;
    if (netns_enter(small_home) != -EPERM)
        return 6;
    child = fork();
    if (child == 0) {
        execlp("grep", "grep", "-q", "^CapPrm:.0000000000000000$", "/proc/self/status",
               (char *)NULL);
        _exit(1);
    }
    return waitpid(child, &status, 0) == child && status == 0 ? 0 : 7;
}

static void test_capabilities_are_gone(void **state)
{
    int status;
    pid_t child = fork();

    (void)state;
    if (child == 0)
        _exit(without_capabilities());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int sealed_tests(void *context)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thread_asleep),
        cmocka_unit_test(test_thread_stopped),
        cmocka_unit_test(test_sysctl),
        cmocka_unit_test(test_capabilities_are_gone),
    };
    int failed = cmocka_run_group_tests(tests, small_lab_open, small_lab_close);

    (void)context;
    fflush(NULL);
    return failed != 0;
}

/* The exit status of a sealed child that runs body; says where namespaces are refused.
 */
static int run_sealed(int (*body)(void *context), void *context)
{
    struct err err = {""};
    int status = 0;
    pid_t child = netns_spawn_sealed(body, context, &err);

    if (child < 0) {
        printf("skipped: %s\n", err.text);
        return 77;
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return 1;
    return WEXITSTATUS(status);
}

static unsigned long inode_of(const char *path)
{
    struct stat info;

    return stat(path, &info) ? 0 : info.st_ino;
}

struct outside {
    unsigned long user, net;
    uid_t uid;
};

/* Checks itself, as an exit status: 42 when all is as it must be. */
static int look_around(void *context)
{
    const struct outside *outside = context;
    int death = 0;

    if (getpid() != 1 || (int)syscall(SYS_gettid) != 1)
        return 1;
    if (geteuid() != outside->uid)
        return 2;
    if (inode_of("/proc/self/ns/net") == outside->net)
        return 3;
    if (prctl(PR_GET_PDEATHSIG, &death) || death != SIGKILL)
        return 4;
    /* glibc's own idea of the thread's id: a robust or recursive mutex holds it. */
    pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
    pthread_mutex_lock(&mutex);
    if (mutex.__data.__owner != 1)
        return 5;
    return 42;
}

static void test_spawn(void **state)
{
    struct outside outside = {.user = inode_of("/proc/self/ns/user"),
                              .net = inode_of("/proc/self/ns/net"),
                              .uid = geteuid()};

    (void)state;
    assert_int_equal(run_sealed(look_around, &outside), 42);
    assert_int_equal(inode_of("/proc/self/ns/user"), outside.user);
    assert_int_equal(inode_of("/proc/self/ns/net"), outside.net);
}

/* Starts a process in a session of its own, tells that it is there, and waits. */
static int wait_for_ever(void *context)
{
    int fd = *(int *)context;
    pid_t child = fork();

    if (child == 0)
        setsid();
    if (write(fd, "x", 1) != 1)
        return 1;
    for (;;)
        pause();
}

/* kill -9 of the program ends all that it started: both ends of the pipe are closed. */
static void test_nothing_outlives(void **state)
{
    int fds[2], status;
    char bytes[2];
    struct pollfd ready;
    pid_t program;

    (void)state;
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    program = fork();
    if (program == 0) {
        pid_t sealed = netns_spawn_sealed(wait_for_ever, &fds[1], NULL);

        close(fds[1]);
        for (;;) {
            if (sealed < 0)
                _exit(1);
            pause();
        }
    }
    close(fds[1]);
    assert_int_equal(read(fds[0], bytes, 1), 1);
    assert_int_equal(read(fds[0], bytes + 1, 1), 1);
    assert_int_equal(kill(program, SIGKILL), 0);
    assert_int_equal(waitpid(program, &status, 0), program);
    ready = (struct pollfd){.fd = fds[0], .events = POLLIN};
    assert_int_equal(poll(&ready, 1, PATIENCE_MS), 1);
    assert_int_equal(read(fds[0], bytes, 1), 0);
    close(fds[0]);
}

static int set_limit(const char *path, const char *value)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC), failed;

    if (fd < 0)
        return -errno;
    failed = file_write_all(fd, value, strlen(value));
    close(fd);
    return failed;
}

static int return_7(void *context)
{
    (void)context;
    return 7;
}

/* Inside, as an exit status: 42 when refused and done without as it must be. */
static int refuse_inside(void *context)
{
    struct err err = {""};
    int status = 0;
    pid_t child;

    (void)context;
    if (set_limit("/proc/sys/user/max_user_namespaces", "0"))
        return 1;
    child = netns_spawn_sealed(return_7, NULL, &err); /* CAP_SYS_ADMIN is here */
    if (child < 0 || waitpid(child, &status, 0) != child || WEXITSTATUS(status) != 7)
        return 2;
    if (set_limit("/proc/sys/user/max_net_namespaces", "0"))
        return 3;
    child = netns_spawn_sealed(return_7, NULL, &err);
    if (child != -ENOSPC || !strstr(err.text, "user.max_net_namespaces=10000"))
        return 4;
    if (netns_drop_capabilities())
        return 5;
    child = netns_spawn_sealed(return_7, NULL, &err);
    if (child != -ENOSPC || !strstr(err.text, "user.max_user_namespaces=10000"))
        return 6;
    return waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD ? 42 : 7;
}

static void test_refusals(void **state)
{
    (void)state;
    assert_int_equal(run_sealed(refuse_inside, NULL), 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spawn),
        cmocka_unit_test(test_nothing_outlives),
        cmocka_unit_test(test_refusals),
    };
    int inside = run_sealed(sealed_tests, NULL);

    if (inside == 77)
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL) || inside;
}
