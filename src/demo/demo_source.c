#include "demo/demo_source.h"

/* A copy in a C string could differ from what is compiled; the file itself cannot. */
#define SOURCE(NAME)                                                   \
    __asm__(".pushsection .rodata\n"                                   \
            ".globl demo_source_" #NAME "\n"                           \
            ".type demo_source_" #NAME ", %object\n"                   \
            "demo_source_" #NAME ":\n"                                 \
            ".incbin \"demo/" #NAME ".c\"\n"                           \
            ".byte 0\n"                                                \
            ".size demo_source_" #NAME ", . - demo_source_" #NAME "\n" \
            ".popsection\n")

SOURCE(tcp_echo_server);
SOURCE(tcp_client);
SOURCE(tcp_threaded_server);
SOURCE(tcp_forking_server);
SOURCE(tcp_select_server);
SOURCE(http_server);
SOURCE(udp_echo_server);
SOURCE(udp_client);
