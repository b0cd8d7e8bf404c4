/* Lines that begin with "expect". */
#include <stdlib.h>
#include <string.h>

#include "lesson/complete_parts.h"

static void complete_state(struct completing *at)
{
    complete_expect(at, "a state, like LISTEN or ESTABLISHED");
    for (int state = 1; state < STATE_COUNT; state++)
        complete_offer(at, tcp_state_name((enum tcp_state)state), " ",
                       tcp_state_meaning((enum tcp_state)state));
    complete_offer_list(at, state_words, " ");
}

/* FIELD=VALUE, after a state */
static void complete_fields(struct completing *at)
{
    size_t len = strcspn(at->typed, "<>=");

    if (strncmp(at->typed, "timer=", 6) == 0) {
        complete_at(at, (size_t)(at->typed - at->text) + 6);
        complete_expect(at, "a timer");
        for (int timer = 0; timer < TIMER_COUNT; timer++)
            complete_offer(at, sock_timer_name((enum sock_timer)timer), " ", "");
        return;
    }
    if (at->typed[len]) {
        complete_expect(at, "=, >= or <=, and a number");
        return;
    }
    complete_expect(at, "FIELD=VALUE, or the end of the line");
    for (const struct named *field = field_words; field->name; field++) {
        char *text = mem_printf("%s=", field->name);

        complete_offer(at, text, "", field->help);
        free(text);
    }
}

/* HOST [tcp|udp] LOCAL REMOTE [STATE ...], HOST being word number `first` */
static void complete_sock_line(struct completing *at, size_t first, bool fields)
{
    size_t next = first + 1, count = at->words.count;
    int host =
        count > first ? world_host_find(at->world, at->words.items[first].text) : -1;

    if (count <= first) {
        complete_expect(at, "a host");
        complete_hosts(at, HOSTS_ANY, " ");
        return;
    }
    if (count > next && sock_proto_parse(at->words.items[next].text) != PROTO_NONE) {
        next++;
    } else if (count == next) {
        complete_offer(at, sock_proto_name(PROTO_TCP), " ", "TCP only");
        complete_offer(at, sock_proto_name(PROTO_UDP), " ", "UDP only");
    }
    if (count == next || count == next + 1) {
        complete_expect(at, count == next
                                ? "the own end, ADDRESS:PORT or *, like *:6666"
                                : "the other end, ADDRESS:PORT or *, like *:*");
        complete_ends(at, host, count == next + 1);
        complete_offer(at, "*:*", " ", "any");
    } else if (count == next + 2) {
        complete_state(at);
    } else if (fields) {
        complete_fields(at);
    }
}

static void complete_count(struct completing *at, size_t first)
{
    if (at->words.count == first) {
        complete_expect(at, "a host");
        complete_hosts(at, HOSTS_ANY, " ");
    } else if (at->words.count == first + 1) {
        complete_state(at);
    } else {
        complete_expect(at, "= N, >= N or <= N");
    }
}

static void complete_held(struct completing *at, size_t first)
{
    if (complete_word_is(at, first, "empty"))
        return;
    complete_match(at, first, false);
    if (at->words.count == first)
        complete_offer(at, "empty", "", "nothing is held");
    complete_offer(at, "count=", "", "how many are held");
    complete_offer(at, "copies>=", "", "how often it was sent");
}

static void complete_blocked(struct completing *at)
{
    complete_expect(at, "a call that can block, like accept");
    for (unsigned i = 0; i < CALL_COUNT; i++)
        if (call_defs[i].may_block)
            complete_offer(at, call_defs[i].name, "",
                           call_defs[i].help ? call_defs[i].help : "");
}

static void offer_thread_words(struct completing *at)
{
    complete_offer(at, "blocked", " ", "the thread sleeps in a call");
    complete_offer(at, "idle", "", "the thread waits for a line");
}

static bool is_thread(const struct completing *at, const char *name)
{
    vec_each (thread, &at->world->threads)
        if (strcmp(thread->name, name) == 0)
            return true;
    return false;
}

/* What follows the first word, which is none of the commands of expect. */
static void complete_subject(struct completing *at, size_t first)
{
    const char *subject = at->words.items[first].text;
    bool dot = strrchr(subject, '.'), second = at->words.count == first + 1;
    bool thread = is_thread(at, subject);

    if (complete_word_is(at, first + 1, "idle"))
        return;
    if (complete_word_is(at, first + 1, "blocked")) {
        if (at->words.count == first + 2)
            complete_blocked(at);
    } else if (dot && !thread) {
        if (second)
            complete_state(at);
        else
            complete_fields(at);
    } else {
        if (!strpbrk(subject, "/."))
            complete_sock_line(at, first, true);
        else
            complete_expect(at, "blocked CALL, or idle");
        if (second)
            offer_thread_words(at);
    }
}

static void complete_first_word(struct completing *at, size_t first)
{
    complete_expect(at, "HOST.VAR, a host, a thread, no, count or wire");
    complete_host_vars(at);
    complete_threads(at, false, "", " ");
    complete_offer(at, "wire", " ", "what is held");
    complete_offer(at, "no", " ", "no such socket");
    complete_offer(at, "count", " ", "how many sockets are in a state");
    if (first == 1)
        complete_offer(at, "within", " ", "how long it may take");
}

void complete_expect_line(struct completing *at)
{
    size_t first = complete_word_is(at, 1, "within") ? 3 : 1;

    if (at->words.count < first)
        complete_expect(at, "a duration, like 70s");
    else if (at->words.count == first)
        complete_first_word(at, first);
    else if (complete_word_is(at, first, "no"))
        complete_sock_line(at, first + 1, false);
    else if (complete_word_is(at, first, "count"))
        complete_count(at, first + 1);
    else if (complete_word_is(at, first, "wire"))
        complete_held(at, first + 1);
    else
        complete_subject(at, first);
}
