/* A dump of all sockets of a network namespace, beside what ss needs for the same. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench.h"
#include "kernel/link.h"
#include "kernel/netns.h"
#include "kernel/sock_diag.h"

#define TIMES 21
#define PORT 7777

/* ----------------------------------------------------------- sockets */

static int listener_open(struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    *address = (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_port = htons(PORT),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || bind(fd, (struct sockaddr *)address, sizeof(*address)) < 0 ||
        listen(fd, 128) < 0)
        bench_give_up(1, "no listener: %s", strerror(errno));
    return fd;
}

/* Two sockets for each connection; they stay until the process ends. */
static void connect_many(int listener, const struct sockaddr_in *address, int count)
{
    for (int i = 0; i < count; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        if (fd < 0 ||
            connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 ||
            accept(listener, NULL, NULL) < 0)
            bench_give_up(1, "connection %d: %s", i, strerror(errno));
    }
}

/* Connections until there are `wanted`, in as many processes as the limit of open files
 * asks for: they sleep until the namespace ends. */
static void add_connections(int listener, const struct sockaddr_in *address, int wanted)
{
    struct rlimit limit;
    int each;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    each = limit.rlim_cur > 65536 ? 30000 : ((int)limit.rlim_cur - 64) / 2;
    while (wanted > 0) {
        int now = wanted < each ? wanted : each, ready[2];
        char byte;

        if (pipe2(ready, O_CLOEXEC) < 0)
            bench_give_up(1, "pipe: %s", strerror(errno));
        fflush(stdout);
        if (fork() == 0) {
            connect_many(listener, address, now);
            close(ready[0]);
            if (write(ready[1], "", 1) == 1)
                pause();
            _exit(0);
        }
        close(ready[1]);
        if (read(ready[0], &byte, 1) != 1)
            bench_give_up(1, "the connections were not made");
        close(ready[0]);
        wanted -= now;
    }
}

/* ----------------------------------------------------------- measuring */

static void run_ss(void)
{
    int status;
    pid_t pid = vfork();

    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);

        dup2(null, 1);
        execlp("ss", "ss", "-Htanu", (char *)NULL);
        _exit(127);
    }
    if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
        bench_give_up(77, "ss -Htanu does not run");
}

static void measure(struct sock_diag *diag, sock_list *list)
{
    sample_list own = {0}, peer = {0};
    char *what;

    for (int i = 0; i < TIMES; i++) {
        int64_t begun = clock_now_ns();

        if (sock_diag_dump_all(diag, list) < 0)
            bench_give_up(1, "the dump failed");
        samples_add(&own, begun);
        begun = clock_now_ns();
        run_ss();
        samples_add(&peer, begun);
    }
    what = mem_printf("dump of %zu sockets", list->count);
    samples_print(what, &own, 0);
    samples_print("    ss -Htanu of the same", &peer, 0);
    printf("    ratio of the medians: %.2f\n",
           samples_median(&own) / samples_median(&peer));
    free(what);
    vec_free(&own);
    vec_free(&peer);
}

static int sealed_main(void *context)
{
    static const int counts[] = {10, 1000, 20000};
    struct err err = {.text = ""};
    struct link *link = link_open(&err);
    struct sock_diag *diag = sock_diag_open(&err);
    struct sockaddr_in address;
    sock_list list = {0};
    int listener, made = 0;

    (void)context;
    if (!link || !diag || link_up(link, "lo", false, &err) < 0)
        bench_give_up(77, "%s", err.text);
    listener = listener_open(&address);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        add_connections(listener, &address, counts[i] / 2 - made);
        made = counts[i] / 2;
        measure(diag, &list);
    }
    vec_free(&list);
    sock_diag_close(diag);
    link_close(link);
    fflush(stdout);
    return 0;
}

int main(void)
{
    struct err err;
    int status;
    pid_t pid;

    setvbuf(stdout, NULL, _IOLBF, 0);
    pid = netns_spawn_sealed(sealed_main, NULL, &err);
    if (pid < 0)
        bench_give_up(77, "%s", err.text);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
