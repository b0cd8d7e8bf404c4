#include "model/event_fields.h"

const char *const event_kind_words[EVENT_KIND_COUNT] = {
    [EVENT_LAB] = "lab",           [EVENT_HOST] = "host",     [EVENT_CALL] = "call",
    [EVENT_PACKET] = "packet",     [EVENT_SOCKET] = "socket", [EVENT_WIRE] = "wire",
    [EVENT_STEP] = "step",         [EVENT_PAGE] = "page",     [EVENT_EXPECT] = "expect",
    [EVENT_QUESTION] = "question", [EVENT_TASK] = "task",     [EVENT_OUTPUT] = "output",
    [EVENT_LOST] = "lost",
};

static const char *const host_change_words[HOST_CHANGE_COUNT] = {
    [HOST_ADDED] = "added",         [HOST_STARTED] = "started",
    [HOST_EXITED] = "exited",       [HOST_DEMO] = "demo",
    [HOST_ENDED] = "ended",         [HOST_FORKED] = "forked",
    [HOST_CRASHED] = "crashed",     [HOST_BOOTED] = "booted",
    [HOST_UNPLUGGED] = "unplugged", [HOST_PLUGGED] = "plugged",
};

const char *const call_status_words[CALL_STATUS_COUNT] = {
    [CALL_PENDING] = "pending",
    [CALL_STARTED] = "started",
    [CALL_BLOCKED] = "blocked",
    [CALL_RETURNED] = "returned",
};

const char *const packet_action_words[PACKET_ACTION_COUNT] = {
    [PACKET_SENT] = "sent",
    [PACKET_HELD] = "held",
    [PACKET_BACKGROUND] = "background",
    [PACKET_DELIVERED] = "delivered",
    [PACKET_DROPPED] = "dropped",
    [PACKET_DUPLICATED] = "duplicated",
    [PACKET_CORRUPTED] = "corrupted",
    [PACKET_REPLAYED] = "replayed",
    [PACKET_INJECTED] = "injected",
};

static const char *const socket_change_words[SOCKET_CHANGE_COUNT] = {
    [SOCKET_APPEARED] = "appeared", [SOCKET_STATE] = "state",
    [SOCKET_QUEUES] = "queues",     [SOCKET_TIMER] = "timer",
    [SOCKET_RETRANS] = "retrans",   [SOCKET_INFO] = "info",
    [SOCKET_VANISHED] = "vanished",
};

static const char *const proto_words[] = {[PROTO_TCP] = "tcp", [PROTO_UDP] = "udp"};

/* The words of the lesson language, as sock_timer_name has them. */
static const char *const timer_words[TIMER_COUNT] = {
    [TIMER_NONE] = "none",           [TIMER_RESEND] = "resend",
    [TIMER_KEEPALIVE] = "keepalive", [TIMER_TIME_WAIT] = "time-wait",
    [TIMER_PROBE] = "probe",
};

static const char *const wire_mode_words[WIRE_MODE_COUNT] = {
    [WIRE_FLOW] = "flow",
    [WIRE_HOLD] = "hold",
    [WIRE_SLOW] = "slow",
};

static const char *const step_status_words[STEP_STATUS_COUNT] = {
    [STEP_STARTED] = "started", [STEP_LINE] = "line",     [STEP_WAITING] = "waiting",
    [STEP_DONE] = "done",       [STEP_FAILED] = "failed", [STEP_REFUSED] = "refused",
};

static const char *const expect_status_words[EXPECT_STATUS_COUNT] = {
    [EXPECT_PASSED] = "passed",
    [EXPECT_FAILED] = "failed",
    [EXPECT_SKIPPED] = "skipped",
    [EXPECT_WAITING] = "waiting",
};

static const char *const question_status_words[QUESTION_STATUS_COUNT] = {
    [QUESTION_OPEN] = "open",
    [QUESTION_AGAIN] = "again",
    [QUESTION_ANSWERED] = "answered",
    [QUESTION_SHOWN] = "shown",
};

static const char *const task_status_words[TASK_STATUS_COUNT] = {
    [TASK_OPEN] = "open",
    [TASK_DONE] = "done",
    [TASK_SHOWN] = "shown",
    [TASK_RUN] = "run",
};

#define SIZE_OF(member) sizeof(((struct event *)0)->member)

/* clang-format off: each field is one row */
#define PLAIN(key_, type_, member, flags_)                                \
    {                                                                     \
        .key = key_, .type = type_, .flags = flags_,                      \
        .offset = offsetof(struct event, member), .size = SIZE_OF(member) \
    }
#define LINE(key_, member, flags_)                                         \
    {                                                                      \
        .key = key_, .type = FIELD_LINE, .flags = flags_,                  \
        .offset = offsetof(struct event, member), .size = SIZE_OF(member), \
        .max = EVENT_STRING_MAX                                            \
    }
#define LONG_TEXT(key_, type_, member, max_)                                  \
    {                                                                         \
        .key = key_, .type = type_, .offset = offsetof(struct event, member), \
        .size = SIZE_OF(member), .max = max_                                  \
    }
#define NUMBER(key_, member, flags_, min_, max_)                                        \
    {                                                                                   \
        .key = key_, .type = FIELD_UNSIGNED, .flags = flags_,                           \
        .offset = offsetof(struct event, member), .size = SIZE_OF(member), .min = min_, \
        .max = max_                                                                     \
    }
#define OPTIONAL(key_, member) NUMBER(key_, member, 0, 0, 0)
#define SIGNED(key_, member, absent_, max_)                                          \
    {                                                                                \
        .key = key_, .type = FIELD_SIGNED, .offset = offsetof(struct event, member), \
        .size = SIZE_OF(member), .absent = absent_, .min = absent_, .max = max_      \
    }
#define BOOL(key_, member, absent_)                                                \
    {                                                                              \
        .key = key_, .type = FIELD_BOOL, .offset = offsetof(struct event, member), \
        .size = SIZE_OF(member), .absent = absent_                                 \
    }
#define ENUM(key_, member, flags_, words_)                                 \
    {                                                                      \
        .key = key_, .type = FIELD_ENUM, .flags = flags_,                  \
        .offset = offsetof(struct event, member), .size = SIZE_OF(member), \
        .words = words_, .word_count = sizeof(words_) / sizeof(*(words_))  \
    }
#define COUNTED(key_, type_, member, count_, max_)                                    \
    {                                                                                 \
        .key = key_, .type = type_, .offset = offsetof(struct event, member),         \
        .size = SIZE_OF(member), .extra = offsetof(struct event, count_), .max = max_ \
    }
#define GROUP(key_, group_, extra_)                                        \
    {                                                                      \
        .key = key_, .type = FIELD_GROUP, .extra = extra_, .group = group_ \
    }
#define END         \
    {               \
        .key = NULL \
    }

static const struct event_field lab_fields[] = {
    NUMBER("format", lab.format, FIELD_REQUIRED, 1, 1),
    LINE("program", lab.program, 0),
    LINE("kernel", lab.kernel, 0),
    LINE("time", lab.time, 0),
    LINE("lesson", lab.lesson, 0),
    LONG_TEXT("text", FIELD_RAW, lab.text, EVENT_LESSON_MAX),
    COUNTED("hosts", FIELD_HOSTS, lab.hosts, lab.host_count, 0),
    END,
};

static const struct event_field host_fields[] = {
    PLAIN("host", FIELD_NAME, host.host, FIELD_REQUIRED),
    ENUM("change", host.change, FIELD_REQUIRED, host_change_words),
    PLAIN("addresses", FIELD_ADDRESSES, host.addresses, 0),
    PLAIN("thread", FIELD_THREAD, host.thread, 0),
    LINE("demo", host.demo, 0),
    LONG_TEXT("source", FIELD_LINES, host.source, EVENT_STRING_MAX),
    LINE("text", host.text, 0),
    END,
};

static const struct event_field call_fields[] = {
    PLAIN("thread", FIELD_THREAD, call.thread, FIELD_REQUIRED),
    LINE("call", call.call, FIELD_REQUIRED),
    LINE("args", call.args, 0),
    ENUM("status", call.status, FIELD_REQUIRED, call_status_words),
    OPTIONAL("line", call.line),
    PLAIN("var", FIELD_NAME, call.var, 0),
    LINE("result", call.result, 0),
    LINE("errno", call.error, 0),
    LINE("data", call.data, 0),
    LINE("from", call.from, 0),
    PLAIN("socket", FIELD_COOKIE, call.socket, 0),
    END,
};

static const struct event_field packet_fields[] = {
    NUMBER("id", packet.id, FIELD_REQUIRED, 1, 0),
    ENUM("action", packet.action, FIELD_REQUIRED, packet_action_words),
    PLAIN("from", FIELD_NAME, packet.from, 0),
    PLAIN("to", FIELD_NAME, packet.to, 0),
    LINE("proto", packet.proto, 0),
    LINE("flags", packet.flags, 0),
    SIGNED("seqno", packet.seqno, -1, UINT32_MAX),
    SIGNED("ackno", packet.ackno, -1, UINT32_MAX),
    NUMBER("len", packet.len, FIELD_ALWAYS, 0, 0),
    LINE("summary", packet.summary, 0),
    OPTIONAL("of", packet.of),
    OPTIONAL("joins", packet.joins),
    OPTIONAL("copies", packet.copies),
    LINE("why", packet.why, 0),
    SIGNED("seq_absolute", packet.seq_absolute, -1, UINT32_MAX),
    SIGNED("ack_absolute", packet.ack_absolute, -1, UINT32_MAX),
    SIGNED("received_ns", packet.received_ns, 0, 0),
    COUNTED("frame", FIELD_BYTES, packet.frame, packet.frame_len, EVENT_FRAME_MAX),
    END,
};

#define MEMORY(name) OPTIONAL(#name, socket.sock.memory.name)
static const struct event_field memory_fields[] = {
    MEMORY(rmem),   MEMORY(rcvbuf), MEMORY(wmem),    MEMORY(sndbuf), MEMORY(forward),
    MEMORY(queued), MEMORY(option), MEMORY(backlog), MEMORY(drops),  END,
};

#define INFO(name) OPTIONAL(#name, socket.sock.info.name)
static const struct event_field info_fields[] = {
    NUMBER("size", socket.sock.info.size, FIELD_REQUIRED, 1, 0),
    INFO(state),
    INFO(retransmits),
    INFO(backoff),
    INFO(options),
    INFO(snd_wscale),
    INFO(rcv_wscale),
    INFO(rto_us),
    INFO(ato_us),
    INFO(snd_mss),
    INFO(rcv_mss),
    INFO(unacked),
    INFO(retrans),
    INFO(lost),
    INFO(sacked),
    INFO(rtt_us),
    INFO(rttvar_us),
    INFO(snd_ssthresh),
    INFO(snd_cwnd),
    INFO(advmss),
    INFO(rcv_space),
    INFO(rcv_ssthresh),
    INFO(total_retrans),
    INFO(pmtu),
    INFO(bytes_acked),
    INFO(bytes_received),
    INFO(bytes_sent),
    INFO(segs_out),
    INFO(segs_in),
    INFO(snd_wnd),
    INFO(rcv_wnd),
    END,
};

static const struct event_field socket_fields[] = {
    PLAIN("host", FIELD_NAME, socket.host, FIELD_REQUIRED),
    PLAIN("id", FIELD_COOKIE, socket.sock.cookie, FIELD_REQUIRED),
    ENUM("proto", socket.sock.proto, FIELD_REQUIRED, proto_words),
    ENUM("change", socket.change, FIELD_REQUIRED, socket_change_words),
    PLAIN("from", FIELD_STATE, socket.from, 0),
    PLAIN("state", FIELD_STATE, socket.sock.state, 0),
    PLAIN("family", FIELD_FAMILY, socket.sock.family, 0),
    PLAIN("local", FIELD_ENDPOINT, socket.sock.local, 0),
    PLAIN("remote", FIELD_ENDPOINT, socket.sock.remote, 0),
    NUMBER("recvq", socket.sock.recvq, FIELD_ALWAYS, 0, 0),
    NUMBER("sendq", socket.sock.sendq, FIELD_ALWAYS, 0, 0),
    LINE("owner", socket.owner, 0),
    BOOL("connected", socket.sock.connected, false),
    BOOL("listed", socket.sock.listed, true),
    OPTIONAL("uid", socket.sock.uid),
    OPTIONAL("inode", socket.sock.inode),
    OPTIONAL("interface", socket.sock.interface),
    ENUM("timer", socket.sock.timer, 0, timer_words),
    OPTIONAL("timer_ms", socket.sock.timer_ms),
    SIGNED("deadline_ns", socket.deadline_ns, -1, EVENT_DEADLINE_MAX_NS),
    OPTIONAL("retrans", socket.sock.retrans),
    PLAIN("congestion", FIELD_WORD, socket.sock.congestion, 0),
    GROUP("memory", memory_fields, offsetof(struct event, socket.sock.has_memory)),
    GROUP("tcp_info", info_fields, 0),
    END,
};

static const struct event_field wire_fields[] = {
    ENUM("mode", wire.mode, FIELD_REQUIRED, wire_mode_words),
    SIGNED("delay_ns", wire.delay_ns, 0, 0),
    LINE("firewall", wire.firewall, 0),
    END,
};

static const struct event_field step_fields[] = {
    OPTIONAL("page", step.page),
    OPTIONAL("block", step.block),
    OPTIONAL("step", step.step),
    OPTIONAL("steps", step.steps),
    ENUM("status", step.status, FIELD_REQUIRED, step_status_words),
    OPTIONAL("line", step.line),
    LINE("text", step.text, 0),
    END,
};

static const struct event_field page_fields[] = {
    NUMBER("page", page.page, FIELD_REQUIRED, 1, 0),
    NUMBER("pages", page.pages, FIELD_REQUIRED, 1, 0),
    NUMBER("shown", page.shown, FIELD_ALWAYS, 0, 0),
    BOOL("finished", page.finished, false),
    LINE("title", page.title, 0),
    END,
};

static const struct event_field expect_fields[] = {
    ENUM("status", expect.status, FIELD_REQUIRED, expect_status_words),
    OPTIONAL("line", expect.line),
    LINE("text", expect.text, 0),
    LINE("found", expect.found, 0),
    END,
};

static const struct event_field question_fields[] = {
    NUMBER("page", question.page, FIELD_REQUIRED, 1, 0),
    NUMBER("block", question.block, FIELD_REQUIRED, 0, 0),
    ENUM("status", question.status, FIELD_REQUIRED, question_status_words),
    OPTIONAL("answers", question.answers),
    BOOL("right", question.right, false),
    END,
};

static const struct event_field task_fields[] = {
    NUMBER("page", task.page, FIELD_REQUIRED, 1, 0),
    NUMBER("block", task.block, FIELD_REQUIRED, 0, 0),
    ENUM("status", task.status, FIELD_REQUIRED, task_status_words),
    OPTIONAL("holds", task.holds),
    END,
};

static const struct event_field output_fields[] = {
    PLAIN("host", FIELD_NAME, output.host, FIELD_REQUIRED),
    LINE("text", output.text, FIELD_REQUIRED),
    END,
};

static const struct event_field lost_fields[] = {
    PLAIN("host", FIELD_NAME, lost.host, 0),
    NUMBER("count", lost.count, FIELD_REQUIRED, 1, 0),
    END,
};
/* clang-format on */

const struct event_field *const event_fields[EVENT_KIND_COUNT] = {
    [EVENT_LAB] = lab_fields,       [EVENT_HOST] = host_fields,
    [EVENT_CALL] = call_fields,     [EVENT_PACKET] = packet_fields,
    [EVENT_SOCKET] = socket_fields, [EVENT_WIRE] = wire_fields,
    [EVENT_STEP] = step_fields,     [EVENT_PAGE] = page_fields,
    [EVENT_EXPECT] = expect_fields, [EVENT_QUESTION] = question_fields,
    [EVENT_TASK] = task_fields,     [EVENT_OUTPUT] = output_fields,
    [EVENT_LOST] = lost_fields,
};
