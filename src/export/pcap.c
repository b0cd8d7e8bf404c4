#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "export/export.h"

#define SNAPLEN 262144 /* Wireshark's own limit; no frame of a journal is that long */

struct capture {
    pcap_t *pcap;
    pcap_dumper_t *dumper;
    int64_t offset_ns; /* CLOCK_REALTIME of the lab's machine, less the journal's time */
};

/* The file has 32 bits for the seconds. */
#define TIME_MAX_NS ((int64_t)UINT32_MAX * NS_PER_S)

/* "2026-11-21T06:05:46Z" in nanoseconds since 1970; 0 if it is no time. */
static int64_t time_of(const char *text)
{
    struct tm parts = {0};
    const char *end = text ? strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts) : NULL;

    time_t seconds = end && !*end ? timegm(&parts) : 0;

    return seconds > 0 && seconds < UINT32_MAX ? seconds * NS_PER_S : 0;
}

/* A copy made on purpose has its original's receive time, and its own is now. */
static bool has_time(const struct event_packet *packet)
{
    return packet->received_ns > 0 && packet->received_ns < TIME_MAX_NS &&
           (packet->action == PACKET_SENT || packet->action == PACKET_HELD ||
            packet->action == PACKET_BACKGROUND);
}

/* The lab line tells its time in whole seconds; the kernel's receive times are better.
 */
static int64_t first_offset(const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (events[i].kind == EVENT_PACKET && has_time(&events[i].packet))
            return events[i].packet.received_ns - events[i].t_ns;
    return count && events[0].kind == EVENT_LAB ? time_of(events[0].lab.time) : 0;
}

static int64_t time_on_wire(struct capture *capture, const struct event *event)
{
    if (!has_time(&event->packet))
        return event->t_ns + capture->offset_ns;
    capture->offset_ns = event->packet.received_ns - event->t_ns;
    return event->packet.received_ns;
}

static void add_packet(struct capture *capture, const struct event *event)
{
    const struct event_packet *packet = &event->packet;
    int64_t at = time_on_wire(capture, event);
    struct pcap_pkthdr header = {
        .ts = {.tv_sec = at / NS_PER_S, .tv_usec = at % NS_PER_S}, /* precision: ns */
        .caplen = packet->frame_len,
        .len = packet->frame_len};

    pcap_dump((unsigned char *)capture->dumper, &header,
              (const unsigned char *)packet->frame);
}

/* A packet's frame stands where it entered the wire, and once more where the wire
 * damaged it. */
static void add_events(struct capture *capture, const struct event *events, size_t count)
{
    capture->offset_ns = first_offset(events, count);
    for (size_t i = 0; i < count; i++)
        if (events[i].kind == EVENT_PACKET && events[i].packet.frame &&
            events[i].packet.action != PACKET_CORRUPTED)
            add_packet(capture, &events[i]);
}

static int write_all(const struct event *events, size_t count, FILE *file,
                     struct err *err)
{
    struct capture capture = {.pcap = pcap_open_dead_with_tstamp_precision(
                                  DLT_EN10MB, SNAPLEN, PCAP_TSTAMP_PRECISION_NANO)};
    int result = 0;

    if (capture.pcap)
        capture.dumper = pcap_dump_fopen(capture.pcap, file);
    if (capture.dumper) {
        add_events(&capture, events, count);
        if (pcap_dump_flush(capture.dumper) != 0)
            result = err_set(err, -EIO, "the capture could not be written");
        pcap_dump_close(capture.dumper); /* and the file */
    } else {
        result = err_set(err, -EIO, "libpcap refuses: %s",
                         capture.pcap ? pcap_geterr(capture.pcap) : "out of memory");
        fclose(file);
    }
    if (capture.pcap)
        pcap_close(capture.pcap);
    return result;
}

int export_pcap(const struct event *events, size_t count, struct buf *out,
                struct err *err)
{
    char *bytes = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&bytes, &len);
    int result;

    if (!file)
        return err_sys(err, -errno, "the capture");
    result = write_all(events, count, file, err);
    if (result == 0)
        buf_add(out, bytes, len);
    free(bytes);
    return result;
}
