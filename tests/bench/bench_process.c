/* The whole program on a terminal: from its start to the first frame, what it costs
 * while nobody touches it, and its memory. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench.h"

#define STARTS 20
#define LAB_GOAL_MS 40
#define IDLE_NS (10 * NS_PER_S)
#define IDLE_GOAL_PERCENT 1.0
#define MEMORY_GOAL_KB (20 * 1024)

typedef VEC(pid_t) pid_list;

/* ----------------------------------------------------------- what /proc says */

static pid_t parent_of(pid_t pid)
{
    char path[64], text[1024];
    const char *end;
    int parent = -1;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    file = fopen(path, "r");
    if (!file)
        return -1;
    end = fgets(text, sizeof(text), file) ? strrchr(text, ')') : NULL;
    if (end)
        sscanf(end + 1, " %*c %d", &parent);
    fclose(file);
    return parent;
}

static bool has(const pid_list *list, pid_t pid)
{
    vec_each (known, list)
        if (*known == pid)
            return true;
    return false;
}

/* The process and all below it. */
static void family_of(pid_t pid, pid_list *out)
{
    size_t before;

    *vec_push(out) = pid;
    do {
        DIR *all = opendir("/proc");
        struct dirent *entry;

        before = out->count;
        while (all && (entry = readdir(all))) {
            pid_t other = (pid_t)atoi(entry->d_name);

            if (other > 0 && !has(out, other) && has(out, parent_of(other)))
                *vec_push(out) = other;
        }
        if (all)
            closedir(all);
    } while (out->count > before);
}

/* Nanoseconds on a processor, all threads (the first number of schedstat). */
static long long cpu_ns(pid_t pid)
{
    char path[384];
    long long sum = 0, one;
    struct dirent *entry;
    DIR *threads;

    snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
    threads = opendir(path);
    while (threads && (entry = readdir(threads))) {
        FILE *file;

        snprintf(path, sizeof(path), "/proc/%d/task/%s/schedstat", (int)pid,
                 entry->d_name);
        file = fopen(path, "r");
        if (!file)
            continue;
        if (fscanf(file, "%lld", &one) == 1)
            sum += one;
        fclose(file);
    }
    if (threads)
        closedir(threads);
    return sum;
}

static long memory_kb(pid_t pid, const char *field)
{
    char path[64], line[256];
    size_t len = strlen(field);
    long value = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
    file = fopen(path, "r");
    if (!file)
        bench_give_up(77, "%s cannot be read", path);
    while (fgets(line, sizeof(line), file))
        if (strncmp(line, field, len) == 0 && line[len] == ':')
            value = atol(line + len + 1);
    fclose(file);
    return value;
}

/* ----------------------------------------------------------- what is measured */

static void measure_starts(void)
{
    char *lesson = bench_three_hosts_file();
    sample_list times = {0};

    for (int i = 0; i < STARTS; i++) {
        struct on_terminal program;
        int64_t begun = clock_now_ns();

        on_terminal_start(&program, lesson);
        on_terminal_wait(&program, "show answer");
        samples_add(&times, begun);
        on_terminal_end(&program);
    }
    samples_print("program started, three hosts on the terminal", &times, LAB_GOAL_MS);
    vec_free(&times);
    unlink(lesson);
    free(lesson);
}

static void measure_memory(pid_t pid)
{
    pid_list family = {0};
    long pss = 0, rss = 0;

    family_of(pid, &family);
    vec_each (member, &family) {
        long one = memory_kb(*member, "Pss");

        printf("    process %zu: PSS %ld kB, RSS %ld kB, private %ld kB\n",
               (size_t)(member - family.items) + 1, one, memory_kb(*member, "Rss"),
               memory_kb(*member, "Private_Dirty") +
                   memory_kb(*member, "Private_Clean"));
        pss += one;
        rss += memory_kb(*member, "Rss");
    }
    printf("%-44s PSS %.1f MB  RSS %.1f MB  goal 20 MB: %s  (%zu processes)\n",
           "memory in the middle of lesson 9", pss / 1024.0, rss / 1024.0,
           pss <= MEMORY_GOAL_KB ? "met" : "MISSED", family.count);
    vec_free(&family);
}

static void measure_idle(struct on_terminal *program)
{
    pid_list family = {0};
    long long before = 0, after = 0;
    double percent;

    family_of(program->pid, &family);
    vec_each (member, &family)
        before += cpu_ns(*member);
    on_terminal_idle(program, IDLE_NS);
    vec_each (member, &family)
        after += cpu_ns(*member);
    percent = 100.0 * (double)(after - before) / IDLE_NS;
    printf("%-44s %.2f %% of a core  goal %g: %s  (%d s)\n",
           "idle, a SYN held and its timer on the screen", percent, IDLE_GOAL_PERCENT,
           percent <= IDLE_GOAL_PERCENT ? "met" : "MISSED", (int)(IDLE_NS / NS_PER_S));
    vec_free(&family);
}

int main(void)
{
    struct on_terminal program;

    setvbuf(stdout, NULL, _IOLBF, 0);
    measure_starts();
    on_terminal_start(&program, "9");
    on_terminal_press_until(&program, " ", "SYN-SENT");
    measure_idle(&program);
    measure_memory(program.pid);
    on_terminal_end(&program);
    return 0;
}
