/* event_samples: for test_event and test_event_refused: lines of a journal, and reading
 * them. Included once by each.
 */
#ifndef SOCKETARIUM_TESTS_EVENT_SAMPLES_H
#define SOCKETARIUM_TESTS_EVENT_SAMPLES_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/event.h"

#define HEAD "{\"seq\":1,\"t\":0,\"event\":"

/* One line of each kind, with every field that the kind has. All are as the writer
 * writes them, so reading and writing again gives the same bytes. */
static const char *const samples[] = {
    "{\"event\":\"lab\",\"format\":1,\"program\":\"socketarium "
    "0.1\",\"kernel\":\"6.18.44\","
    "\"time\":\"2026-11-20T20:00:00Z\",\"lesson\":\"09-handshake\","
    "\"text\":\"# T\\n\\nSay \\\"hi\\\" \\t \\\\ \xc3\xa9\\n\","
    "\"hosts\":[{\"name\":\"client\",\"addresses\":[\"192.168.0.110\",\"fd00::2\"]},"
    "{\"name\":\"server\",\"addresses\":[]}]}",
    "{\"seq\":1,\"t\":1e-9,\"event\":\"host\",\"host\":\"server\","
    "\"change\":\"added\",\"addresses\":[\"192.168.0.101\",\"fd00::1\"]}",
    "{\"seq\":2,\"t\":0.5,\"event\":\"host\",\"host\":\"server\","
    "\"change\":\"demo\",\"thread\":\"server/web.1\",\"demo\":\"tcp-echo-server\","
    "\"source\":\"int main(void)\\n{\\n}\\n\",\"text\":\"exit 0\"}",
    "{\"seq\":3,\"t\":86400.123456789,\"event\":\"call\",\"thread\":\"client\","
    "\"call\":\"connect\",\"args\":\"c, 192.168.0.101:6666\",\"status\":\"returned\","
    "\"line\":17,\"var\":\"c\",\"result\":\"-1\",\"errno\":\"ECONNREFUSED\","
    "\"data\":\"hello\",\"socket\":\"ffffffffffffffff\"}",
    "{\"seq\":4,\"t\":0.041,\"event\":\"packet\",\"id\":7,\"action\":\"held\","
    "\"from\":\"client\",\"to\":\"nobody\",\"proto\":\"tcp\",\"flags\":\"SYN\","
    "\"seqno\":0,"
    "\"ackno\":4294967295,\"len\":0,\"summary\":\"SYN seq=0 win=64240\",\"of\":3,"
    "\"joins\":2,\"copies\":4,\"why\":\"lesson\",\"seq_absolute\":305419896,"
    "\"ack_absolute\":0,\"received_ns\":1795000000123456789,\"frame\":\"AAECAwQF/v8=\"}",
    "{\"seq\":5,\"t\":1.0,\"event\":\"socket\",\"host\":\"client\",\"id\":"
    "\"a1f3\","
    "\"proto\":\"tcp\",\"change\":\"state\",\"from\":\"CLOSED\",\"state\":\"SYN-SENT\","
    "\"family\":6,\"local\":\"192.168.0.110:41900\",\"remote\":\"[fd00::1]:6666\","
    "\"recvq\":0,\"sendq\":1,\"owner\":\"client c\",\"connected\":true,\"listed\":false,"
    "\"uid\":1000,\"inode\":77,\"interface\":2,\"timer\":\"resend\",\"timer_ms\":900,"
    "\"deadline_ns\":1900000000,\"retrans\":3,\"congestion\":\"reno\","
    "\"memory\":{\"rmem\":1,\"rcvbuf\":2,\"wmem\":3,\"sndbuf\":4,\"forward\":5,"
    "\"queued\":6,\"option\":7,\"backlog\":8,\"drops\":9},"
    "\"tcp_info\":{\"size\":280,\"state\":2,\"retransmits\":1,\"backoff\":2,\"options\":"
    "7,"
    "\"snd_wscale\":7,\"rcv_wscale\":10,\"rto_us\":1000000,\"ato_us\":40000,"
    "\"snd_mss\":1448,\"rcv_mss\":536,\"unacked\":1,\"retrans\":2,\"lost\":3,\"sacked\":"
    "4,"
    "\"rtt_us\":5,\"rttvar_us\":6,\"snd_ssthresh\":2147483647,\"snd_cwnd\":10,"
    "\"advmss\":1448,\"rcv_space\":14600,\"rcv_ssthresh\":64076,\"total_retrans\":8,"
    "\"pmtu\":1500,\"bytes_acked\":1099511627776,\"bytes_received\":11,\"bytes_sent\":"
    "12,"
    "\"segs_out\":13,\"segs_in\":14,\"snd_wnd\":15,\"rcv_wnd\":16}}",
    "{\"seq\":6,\"t\":2.0,\"event\":\"socket\",\"host\":\"client\",\"id\":\"9\","
    "\"proto\":\"udp\",\"change\":\"appeared\",\"family\":4,\"local\":\"0.0.0.0:*\","
    "\"recvq\":832,\"sendq\":0}",
    "{\"seq\":7,\"t\":2.0,\"event\":\"wire\",\"mode\":\"slow\","
    "\"delay_ns\":500000000}",
    "{\"seq\":8,\"t\":2.0,\"event\":\"step\",\"page\":3,\"block\":2,\"step\":2,"
    "\"steps\":5,\"status\":\"line\",\"line\":40,\"text\":\"deliver SYN\"}",
    "{\"seq\":9,\"t\":2.0,\"event\":\"page\",\"page\":3,\"pages\":6,\"shown\":0,"
    "\"finished\":true,\"title\":\"The client calls\"}",
    "{\"seq\":10,\"t\":2.0,\"event\":\"expect\",\"status\":\"failed\",\"line\":"
    "41,"
    "\"text\":\"expect client.c SYN-SENT\",\"found\":\"client.c is CLOSED\"}",
    "{\"seq\":11,\"t\":2.0,\"event\":\"question\",\"page\":3,\"block\":0,"
    "\"status\":\"answered\",\"answers\":5,\"right\":true}",
    "{\"seq\":12,\"t\":2.0,\"event\":\"task\",\"page\":3,\"block\":6,"
    "\"status\":\"shown\"}",
    "{\"seq\":16,\"t\":2.0,\"event\":\"question\",\"page\":3,\"block\":0,"
    "\"status\":\"again\",\"answers\":2}",
    "{\"seq\":17,\"t\":2.0,\"event\":\"task\",\"page\":3,\"block\":6,"
    "\"status\":\"run\",\"holds\":4294967295}",
    "{\"seq\":13,\"t\":2.0,\"event\":\"output\",\"host\":\"server\","
    "\"text\":\"listening\"}",
    "{\"seq\":15,\"t\":2.0,\"event\":\"lab\",\"format\":1}",
    "{\"seq\":14,\"t\":2.0,\"event\":\"lost\",\"host\":\"server\",\"count\":3}",
};
#define SAMPLE_COUNT (sizeof(samples) / sizeof(*samples))

/* Reads from memory of exactly the line's size, so that ASan sees an over-read. */
static int read_exact(const char *line, size_t len, struct event *event, struct err *err)
{
    char *copy = malloc(len ? len : 1);
    int result;

    assert_non_null(copy);
    memcpy(copy, line, len);
    result = event_read(copy, len, event, err);
    free(copy);
    return result;
}

static void must_read(const char *line, struct event *event)
{
    struct err err = {""};

    if (read_exact(line, strlen(line), event, &err) != 0)
        fail_msg("%s\n%s", err.text, line);
}

#endif
