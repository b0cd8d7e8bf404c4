#include "segment_world.h"

#include <stdlib.h>

#define LINES_ALL 60

static const struct segment_look relative = {.relative = true};
static const struct segment_look absolute = {0};

/* Frees the world. */
static void assert_segment(struct world *world, const struct world_packet *packet,
                           const struct segment_look *look, struct canvas *canvas,
                           int lines, const char *picture)
{
    assert_int_equal(segment_draw(world, packet, look, canvas, canvas_all(canvas)),
                     lines);
    assert_picture(canvas, picture);
    canvas_free(canvas);
    world_free(world);
}

/* clang-format off */
static void syn_on_80_columns(void **state)
{
    struct world world = segment_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 50);
    assert_segment(&world, segment_syn(&world), &relative, &canvas, 49,
                   " Packet         #1 SYN, from client to server\n"
                   " It is          held on the wire\n"
                   "\n"
                   " Which socket will get it\n"
                   " Receiver       server s, LISTEN\n"
                   " Its name       local 0.0.0.0:6666, remote anybody\n"
                   " Why            No connection has this four-tuple, and this socket listens on\n"
                   "                port 6666.\n"
                   "                A SYN makes a new, half-open socket.\n"
                   "                It is bound to any address of its host.\n"
                   "\n"
                   " TCP, 40 bytes\n"
                   " Source port    41900 (16 bits)\n"
                   " Dest. port     6666 (16 bits)\n"
                   " Sequence       0 relative, 1000 on the wire (32 bits)\n"
                   " Acknowledgment 0: not used without ACK (32 bits)\n"
                   " Data offset    10 times 4 bytes (4 bits)\n"
                   " Flags          CWR ECE URG ACK PSH RST SYN FIN\n"
                   "                 0   0   0   0   0   0   1   0\n"
                   " Window         64240 bytes (16 bits)\n"
                   " Checksum       0x083c (16 bits): right\n"
                   " Urgent         0: not used without URG (16 bits)\n"
                   " MSS            at most 1460 bytes of data in a segment to me\n"
                   " Window scale   7: my windows times 128\n"
                   " SACK permitted I understand selective ACKs\n"
                   " Timestamps     mine 273, yours that I echo 0\n"
                   "\n"
                   " IPv4, 20 bytes\n"
                   " Version        4 (4 bits), header 5 times 4 bytes (4 bits)\n"
                   " Length         60 bytes in all (16 bits)\n"
                   " Identification 4660 (16 bits)\n"
                   " Fragment       DF: not to be cut, offset 0 bytes (3 + 13 bits)\n"
                   " Time to live   64 routers at most (8 bits)\n"
                   " Protocol       6: TCP (8 bits)\n"
                   " Checksum       0xa664 (16 bits): right\n"
                   " From           192.168.0.110 (32 bits)\n"
                   " To             192.168.0.101 (32 bits)\n"
                   "\n"
                   " Ethernet, 14 bytes\n"
                   " To             02:00:00:00:00:02\n"
                   " From           02:00:00:00:00:01\n"
                   " Type           0x0800: IPv4 (16 bits)\n"
                   "\n"
                   " All 74 bytes\n"
                   " 0000  02 00 00 00 00 02 02 00  00 00 00 01 08 00 45 00  ..............E.\n"
                   " 0010  00 3c 12 34 40 00 40 06  a6 64 c0 a8 00 6e c0 a8  .<.4@.@..d...n..\n"
                   " 0020  00 65 a3 ac 1a 0a 00 00  03 e8 00 00 00 00 a0 02  .e..............\n"
                   " 0030  fa f0 08 3c 00 00 02 04  05 b4 04 02 08 0a 00 00  ...<............\n"
                   " 0040  01 11 00 00 00 00 01 03  03 07                    ..........\n");
}

static void data_in_two_columns(void **state)
{
    struct world world = segment_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 160, 48);
    assert_segment(&world, segment_data(&world), &relative, &canvas, 25,
                   " Packet         #1 DATA 5 bytes, from client to server                            Payload, 5 bytes\n"
                   " It is          held on the wire                                                  hello\n"
                   "\n"
                   " Which socket will get it                                                         IPv4, 24 bytes\n"
                   " Receiver       server x, ESTABLISHED                                             Version        4 (4 bits), header 6 times 4 bytes (4 bits)\n"
                   " Its name       local 192.168.0.101:6666, remote 192.168.0.110:41900              Length         61 bytes in all (16 bits)\n"
                   " Why            It has exactly this four-tuple. Connections come before           Identification 4660 (16 bits)\n"
                   "                listeners.                                                        Fragment       DF: not to be cut, offset 0 bytes (3 + 13 bits)\n"
                   "                1 other socket on this port fits less closely.                    Time to live   64 routers at most (8 bits)\n"
                   "                                                                                  Protocol       6: TCP (8 bits)\n"
                   " TCP, 32 bytes                                                                    Checksum       0x115f (16 bits): right\n"
                   " Source port    41900 (16 bits)                                                   From           192.168.0.110 (32 bits)\n"
                   " Dest. port     6666 (16 bits)                                                    To             192.168.0.101 (32 bits)\n"
                   " Sequence       1 relative, 1001 on the wire (32 bits)\n"
                   " Acknowledgment 1 relative, 5001 on the wire (32 bits)                            Ethernet, 14 bytes\n"
                   " Data offset    8 times 4 bytes (4 bits)                                          To             02:00:00:00:00:02\n"
                   " Flags          CWR ECE URG ACK PSH RST SYN FIN                                   From           02:00:00:00:00:01\n"
                   "                 0   0   0   1   1   0   0   0                                    Type           0x0800: IPv4 (16 bits)\n"
                   " Window         502 bytes (16 bits)\n"
                   " Checksum       0xd446 (16 bits): right                                           All 75 bytes\n"
                   " Urgent         0: not used without URG (16 bits)                                 0000  02 00 00 00 00 02 02 00  00 00 00 01 08 00 46 00  ..............F.\n"
                   " Timestamps     mine 546, yours that I echo 819                                   0010  00 3d 12 34 40 00 40 06  11 5f c0 a8 00 6e c0 a8  .=.4@.@.._...n..\n"
                   "                                                                                  0020  00 65 94 04 00 00 a3 ac  1a 0a 00 00 03 e9 00 00  .e..............\n"
                   "                                                                                  0030  13 89 80 18 01 f6 d4 46  00 00 01 01 08 0a 00 00  .......F........\n"
                   "                                                                                  0040  02 22 00 00 03 33 68 65  6c 6c 6f                 .\"...3hello\n");
}

static void datagram_in_ascii_scrolled(void **state)
{
    const struct segment_look look = {.relative = true, .scroll = 3};
    struct world world = segment_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 118, 20);
    canvas.ascii = true;
    assert_segment(&world, segment_add(&world, "udp4"), &look, &canvas, 25,
                   " Which socket will get it                                    Length         33 bytes in all (16 bits)\n"
                   " Receiver       nobody                                       Identification 4660 (16 bits)\n"
                   " Why            No socket is bound to port 9. The answer     Fragment       DF: not to be cut, offset 0 bytes (3 + 13\n"
                   "                is ICMP port unreachable.                                   bits)\n"
                   "                                                             Time to live   64 routers at most (8 bits)\n"
                   " UDP, 8 bytes                                                Protocol       17: UDP (8 bits)\n"
                   " Source port    50000 (16 bits)                              Checksum       0xa674 (16 bits): right\n"
                   " Dest. port     9 (16 bits)                                  From           192.168.0.110 (32 bits)\n"
                   " Length         13 bytes, these 8 too (16 bits)              To             192.168.0.101 (32 bits)\n"
                   " Checksum       0x7684 (16 bits): right\n"
                   "                                                             Ethernet, 14 bytes\n"
                   " Payload, 5 bytes                                            To             02:00:00:00:00:02\n"
                   " hello                                                       From           02:00:00:00:00:01\n"
                   "                                                             Type           0x0800: IPv4 (16 bits)\n"
                   "\n"
                   "                                                             All 47 bytes\n"
                   "                                                             0000  02 00 00 00 00 02 02 00  ........\n"
                   "                                                             0008  00 00 00 01 08 00 45 00  ......E.\n"
                   "                                                             0010  00 21 12 34 40 00 40 11  .!.4@.@.\n"
                   "                                                             0018  a6 74 c0 a8 00 6e c0 a8  .t...n..\n");
}

static void icmp_error_over_ipv6(void **state)
{
    struct world world = segment_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 34);
    assert_segment(&world, segment_add(&world, "unreach6"), &relative, &canvas, 36,
                   " Packet         #1 ICMPv6 port unreachable, from server to client\n"
                   " It is          held on the wire\n"
                   "\n"
                   " Which socket will get it\n"
                   " Receiver       nobody\n"
                   " Why            The socket that sent the quoted packet has gone.\n"
                   "\n"
                   " ICMPv6\n"
                   " Type           1, code 4 (8 + 8 bits)\n"
                   " It says        ICMPv6 port unreachable\n"
                   " Checksum       0x542e (16 bits): right\n"
                   " It quotes      a packet from [fd00::110]:50000 to [fd00::101]:9\n"
                   "\n"
                   " IPv6, 40 bytes\n"
                   " Version        6 (4 bits)\n"
                   " Flow label     0x00000 (20 bits)\n"
                   " Length         69 bytes behind this header (16 bits)\n"
                   " Next header    58: ICMPv6 (8 bits)\n"
                   " Hop limit      64 routers at most (8 bits)\n"
                   " From           fd00::101 (128 bits)\n"
                   " To             fd00::110 (128 bits)\n"
                   "\n"
                   " Ethernet, 14 bytes\n"
                   " To             02:00:00:00:00:02\n"
                   " From           02:00:00:00:00:01\n"
                   " Type           0x86dd: IPv6 (16 bits)\n"
                   "\n"
                   " All 123 bytes\n"
                   " 0000  02 00 00 00 00 02 02 00  00 00 00 01 86 dd 60 00  ..............`.\n"
                   " 0010  00 00 00 45 3a 40 fd 00  00 00 00 00 00 00 00 00  ...E:@..........\n"
                   " 0020  00 00 00 00 01 01 fd 00  00 00 00 00 00 00 00 00  ................\n"
                   " 0030  00 00 00 00 01 10 01 04  54 2e 00 00 00 00 60 00  ........T.....`.\n"
                   " 0040  00 00 00 15 3c 40 fd 00  00 00 00 00 00 00 00 00  ....<@..........\n"
                   " 0050  00 00 00 00 01 10 fd 00  00 00 00 00 00 00 00 00  ................\n");
}
/* clang-format on */

/* What the whole view says, in one column. */
static char *text_of(const struct world *world, const struct segment_look *look)
{
    struct canvas canvas;
    struct buf out = {0};

    canvas_init(&canvas, 100, LINES_ALL);
    segment_draw(world, vec_last(&world->packets), look, &canvas, canvas_all(&canvas));
    canvas_text(&canvas, &out);
    canvas_free(&canvas);
    return buf_take(&out);
}

static void assert_says(const struct world *world, const struct segment_look *look,
                        const char *want)
{
    char *text = text_of(world, look);

    if (!strstr(text, want))
        fail_msg("no '%s' in\n%s", want, text);
    free(text);
}

/* The flags that are set are bright, and so are their bits. */
static void set_flags_are_bright(void **state)
{
    struct world world = segment_world();
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, 78, 50);
    segment_draw(&world, segment_syn(&world), &relative, &canvas, canvas_all(&canvas));
    for (int y = 17; y <= 18; y++) {
        assert_int_equal(element_at(&canvas, 41, y), ELEMENT_STATE); /* SYN */
        assert_int_equal(element_at(&canvas, 37, y), ELEMENT_TEXT);  /* RST */
        assert_int_equal(element_at(&canvas, 45, y), ELEMENT_TEXT);  /* FIN */
    }
    canvas_free(&canvas);
    world_free(&world);
}

static void numbers_both_ways(void **state)
{
    struct world world = segment_world();
    struct canvas canvas;
    struct buf out = {0};

    (void)state;
    segment_data(&world);
    assert_says(&world, &relative, "Acknowledgment 1 relative, 5001 on the wire");
    assert_says(&world, &absolute, "Acknowledgment 5001 on the wire (32 bits), 1 rel");
    canvas_init(&canvas, 50, LINES_ALL); /* no room for both */
    segment_draw(&world, vec_last(&world.packets), &relative, &canvas,
                 canvas_all(&canvas));
    canvas_text(&canvas, &out);
    assert_non_null(strstr(buf_text(&out), "Acknowledgment 1 (relative)\n"));
    buf_free(&out);
    canvas_free(&canvas);
    world_free(&world);
}

static void windows_are_scaled(void **state)
{
    struct world world = segment_world();
    struct world_packet *packet;

    (void)state;
    segment_syn(&world);
    segment_data(&world);
    assert_says(&world, &relative, "Window         502 bytes"); /* no SYN+ACK yet */
    packet = segment_syn(&world);
    packet->id = 1;
    packet->decoded.to = world.packets.items[0].decoded.from;
    packet->decoded.from = world.packets.items[0].decoded.to;
    segment_data(&world)->id = 9;
    assert_says(&world, &relative, "Window         502 times 128: 64256 bytes");
    world_free(&world);
}

static void sack_blocks_are_relative_too(void **state)
{
    struct world world = segment_world();

    (void)state;
    segment_add(&world, "sack")->ackno = 6;
    assert_says(&world, &absolute, "1011 up to 1016 have come");
    assert_says(&world, &relative, "11 up to 16 have come");
    world_free(&world);
}

static void a_wrong_checksum_goes_nowhere(void **state)
{
    struct world world = segment_world();
    struct world_packet *packet = segment_data(&world);

    (void)state;
    packet->frame[packet->frame_len - 1] ^= 1;
    packet->corrupted = true;
    assert_says(&world, &relative,
                "Receiver       nobody\n Why            Its checksum");
    assert_says(&world, &relative, "(16 bits): WRONG");
    assert_says(&world, &relative, "held on the wire, corrupted");
    world_free(&world);
}

static void receivers(void **state)
{
    struct world world = segment_world();

    (void)state;
    segment_add(&world, "ackpad"); /* no such connection */
    assert_says(&world, &relative,
                "But a listener takes only SYNs: the answer is a RST");
    segment_sock(&world, 1, "server t", STATE_LISTEN, "0.0.0.0:6666", NULL);
    assert_says(&world, &relative, "It is one of 2 that fit equally (SO_REUSEPORT)");
    segment_sock(&world, 1, "kernel", STATE_TIME_WAIT, "192.168.0.101:6666",
                 "192.168.0.110:41900");
    assert_says(&world, &relative, "Receiver       server, kernel, TIME-WAIT");
    segment_syn(&world);
    assert_says(&world, &relative, "A SYN that is new enough goes on to a listener.");
    vec_last(&world.packets)->status = ON_WIRE_DELIVERED;
    assert_says(&world, &relative, "Which socket would get it now");
    segment_add(&world, "echo");
    assert_says(&world, &relative, "no socket: the kernel itself");
    segment_add(&world, "frag2");
    assert_says(&world, &relative, "It waits for the other fragments");
    segment_add(&world, "udp6");
    assert_says(&world, &relative, "The answer is ICMP port unreachable");
    segment_sock(&world, 1, "server u", STATE_NONE, "[::]:9", NULL);
    assert_says(&world, &relative, "It is bound to port 9, and takes datagrams from");
    segment_add(&world, "udp4");
    assert_says(&world, &relative, "An IPv6 socket takes IPv4 too");
    world.hosts[1].up = false;
    assert_says(&world, &relative, "No host that is up has the address 192.168.0.101.");
    segment_add(&world, "arp");
    assert_says(&world, &relative, "There is no IP in it.");
    world_free(&world);
}

/* A journal may have left the bytes out. */
static void without_bytes(void **state)
{
    struct world world = segment_world();
    struct world_packet *packet = segment_syn(&world);

    (void)state;
    free(packet->frame);
    packet->frame = NULL;
    packet->frame_len = 0;
    packet->summary = mem_strdup("SYN seq=0 \x1b[2J");
    assert_says(&world, &relative, "SYN seq=0 \\x1b[2J\n                Its bytes were");
    world_free(&world);
}

/* Draws a copy of the bytes that is just as long as they are. */
static void draw_bytes(struct world *world, const uint8_t *bytes, size_t len)
{
    struct world_packet *packet = vec_last(&world->packets);
    struct canvas canvas;

    free(packet->frame);
    packet->frame = mem_new(len, 1);
    memcpy(packet->frame, bytes, len);
    packet->frame_len = (uint32_t)len;
    packet_decode(packet->frame, len, &packet->decoded);
    canvas_init(&canvas, 78, 10);
    segment_draw(world, packet, &relative, &canvas, canvas_all(&canvas));
    canvas_free(&canvas);
}

/* Every truncated prefix, and bytes changed by a fixed sequence. */
static void hostile_packets(void **state)
{
    struct world world = segment_world();
    uint32_t number = 1;

    (void)state;
    segment_add(&world, "syn");
    for (size_t i = 0; i < FRAME_COUNT; i++) {
        const struct frame_case *frame = &frame_cases[i];

        for (size_t len = 0; len <= frame->len; len++)
            draw_bytes(&world, frame->bytes, len);
        for (int round = 0; round < 200; round++) {
            uint8_t copy[128];

            assert_true(frame->len <= sizeof(copy));
            memcpy(copy, frame->bytes, frame->len);
            for (int k = 0; k < 3; k++) {
                number = number * 1103515245 + 12345;
                copy[12 + (number >> 16) % (frame->len - 12)] = (uint8_t)(number >> 8);
            }
            draw_bytes(&world, copy, frame->len);
        }
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syn_on_80_columns),
        cmocka_unit_test(data_in_two_columns),
        cmocka_unit_test(datagram_in_ascii_scrolled),
        cmocka_unit_test(icmp_error_over_ipv6),
        cmocka_unit_test(set_flags_are_bright),
        cmocka_unit_test(numbers_both_ways),
        cmocka_unit_test(windows_are_scaled),
        cmocka_unit_test(sack_blocks_are_relative_too),
        cmocka_unit_test(a_wrong_checksum_goes_nowhere),
        cmocka_unit_test(receivers),
        cmocka_unit_test(without_bytes),
        cmocka_unit_test(hostile_packets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
