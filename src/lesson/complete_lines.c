/* Lines that begin with a command, but for expect. */
#include <stdlib.h>
#include <string.h>

#include "demo/programs.h"
#include "lesson/complete_parts.h"

static void one_host(struct completing *at, enum complete_hosts which,
                     const char *expected, const char *after)
{
    complete_expect(at, expected);
    complete_hosts(at, which, after);
}

static void complete_host(struct completing *at)
{
    if (at->words.count == 1) {
        complete_expect(at, "the name of a new host, like client2");
        return;
    }
    complete_expect(at, "an address, like 192.168.0.111");
    if (at->words.count > 2)
        complete_offer_list(at, host_options, "");
}

static void complete_sysctl(struct completing *at)
{
    if (at->words.count == 1)
        one_host(at, HOSTS_UP, "a host", " ");
    else
        complete_expect(at, at->words.count == 2 ? "a key, like net.ipv4.tcp_syn_retries"
                                                 : "a value, like 1");
}

static void complete_wire(struct completing *at)
{
    if (at->words.count == 1) {
        complete_expect(at, "hold, flow or slow DURATION");
        complete_offer_list(at, wire_modes, " ");
    } else if (complete_word_is(at, 1, "slow") && at->words.count == 2) {
        complete_expect(at, "a duration, like 500ms or 2s");
    }
}

static void complete_demo(struct completing *at)
{
    const struct demo_program *program = demo_programs;

    if (at->words.count == 1) {
        complete_expect(at, "a thread: a host, or HOST/NAME");
        complete_threads(at, false, "", " ");
    } else if (at->words.count == 2) {
        complete_expect(at, "a demo program");
        for (; program->name; program++)
            complete_offer(at, program->name, " ", program->help);
    } else {
        program = demo_find(at->words.items[2].text);
        if (!program)
            complete_expect(at, "a demo program before this");
        else if (at->words.count > 3)
            complete_expect(at, program->max_args > 1 ? "the text to send, in quotes"
                                                      : NULL);
        else if (strncmp(program->usage, "PORT", 4) == 0)
            complete_expect(at, "a port, like 6666");
        else
            complete_servers(
                at, strncmp(program->name, "udp", 3) == 0 ? PROTO_UDP : PROTO_TCP, "");
    }
}

static void complete_step(struct completing *at)
{
    if (at->words.count == 1) {
        complete_expect(at, "a thread that runs a demo program");
        complete_threads(at, true, "", "");
    } else if (at->words.count == 2) {
        complete_expect(at, "how many calls it may make, like 3");
    }
}

static void complete_packet(struct completing *at, enum command_kind kind)
{
    if (complete_word_is(at, 1, "all"))
        return;
    complete_match(at, 1, kind == COMMAND_REPLAY);
    if (kind == COMMAND_DELIVER && at->words.count == 1)
        complete_offer(at, "all", "", "until none is held");
}

/* [tcp|udp] [from HOST] [to HOST[:PORT]], in this order */
static void complete_rule(struct completing *at)
{
    size_t last = at->words.count - 1;
    bool from = false, to = false;

    for (size_t i = 2; i < at->words.count; i++) {
        from = from || complete_word_is(at, i, "from");
        to = to || complete_word_is(at, i, "to");
    }
    if (last > 1 && complete_word_is(at, last, "from")) {
        one_host(at, HOSTS_ANY, "a host", " ");
        return;
    }
    if (last > 1 && complete_word_is(at, last, "to")) {
        complete_expect(at, "a host, also with a port, like server:80");
        complete_host_ports(at);
        return;
    }
    if (to)
        return;
    complete_expect(at,
                    "[tcp|udp] [from HOST] [to HOST[:PORT]], or the end of the line");
    if (last == 1) {
        complete_offer(at, sock_proto_name(PROTO_TCP), " ", "TCP only");
        complete_offer(at, sock_proto_name(PROTO_UDP), " ", "UDP only");
    }
    if (!from)
        complete_offer(at, "from", " ", "who sends it");
    complete_offer(at, "to", " ", "who should get it");
}

static void complete_firewall(struct completing *at)
{
    if (at->words.count == 1) {
        complete_expect(at, "drop, reject or clear");
        complete_offer_list(at, firewall_words, " ");
    } else if (!complete_word_is(at, 1, "clear")) {
        complete_rule(at);
    }
}

/* SYN+ACK: the word behind the last + */
static void complete_flags(struct completing *at)
{
    const char *plus = strrchr(at->typed, '+');

    if (plus)
        complete_at(at, (size_t)(plus - at->text) + 1);
    complete_expect(at, "flags, like SYN, RST or FIN+ACK");
    complete_offer_list(at, inject_flags, " ");
}

static void complete_inject(struct completing *at)
{
    switch (at->words.count) {
    case 1:
    case 3:
        complete_expect(at, "an address and port, like 192.168.0.101:6666");
        complete_ends(at, -1, false);
        break;
    case 2:
        complete_expect(at, "'->'");
        complete_offer(at, "->", " ", "");
        break;
    case 4:
        complete_flags(at);
        break;
    default:
        complete_expect(at, "seq=, ack=, data=, times=, or the end of the line");
        complete_offer_list(at, inject_options, "");
        break;
    }
}

static void complete_run(struct completing *at)
{
    if (at->words.count == 1)
        one_host(at, HOSTS_UP, "a host", " ");
    else
        complete_expect(at, "a command, like ss -tan");
}

/* What stands behind the command and nothing else. */
static void complete_one_word(struct completing *at, enum command_kind kind)
{
    switch (kind) {
    case COMMAND_WAIT:
        complete_expect(at, "a duration, like 500ms or 2s");
        break;
    case COMMAND_PACE:
        complete_expect(at, "call or run");
        complete_offer_list(at, pace_words, "");
        break;
    case COMMAND_UNPLUG:
        one_host(at, HOSTS_PLUGGED, "a host whose cable is in", "");
        break;
    case COMMAND_PLUG:
        one_host(at, HOSTS_UNPLUGGED, "a host that is unplugged", "");
        break;
    case COMMAND_CRASH:
        one_host(at, HOSTS_UP, "a host that runs", "");
        break;
    case COMMAND_BOOT:
        one_host(at, HOSTS_DOWN, "a host that has crashed", "");
        break;
    case COMMAND_KILL:
        complete_expect(at, "a host, or a child process, like server/child");
        complete_processes(at);
        break;
    case COMMAND_DESTROY:
        complete_expect(at, "a host's variable, like client.c");
        complete_host_vars(at);
        break;
    default:
        break;
    }
}

void complete_line(struct completing *at, enum command_kind kind)
{
    switch (kind) {
    case COMMAND_HOST:
        complete_host(at);
        break;
    case COMMAND_SYSCTL:
        complete_sysctl(at);
        break;
    case COMMAND_WIRE:
        complete_wire(at);
        break;
    case COMMAND_DEMO:
        complete_demo(at);
        break;
    case COMMAND_STEP:
        complete_step(at);
        break;
    case COMMAND_DELIVER:
    case COMMAND_DROP:
    case COMMAND_DUPLICATE:
    case COMMAND_CORRUPT:
    case COMMAND_REPLAY:
        complete_packet(at, kind);
        break;
    case COMMAND_FIREWALL:
        complete_firewall(at);
        break;
    case COMMAND_INJECT:
        complete_inject(at);
        break;
    case COMMAND_RUN:
        complete_run(at);
        break;
    case COMMAND_WAIT:
    case COMMAND_PACE:
    case COMMAND_UNPLUG:
    case COMMAND_PLUG:
    case COMMAND_KILL:
    case COMMAND_CRASH:
    case COMMAND_BOOT:
    case COMMAND_DESTROY:
        if (at->words.count == 1)
            complete_one_word(at, kind);
        break;
    case COMMAND_RESET:
    case COMMAND_CALL:
    case COMMAND_RESULT:
    case COMMAND_EXPECT:
    case COMMAND_KIND_COUNT:
        break;
    }
}
