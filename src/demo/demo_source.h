/* demo_source: the text of the demo programs' files, as they were compiled.
 *
 * Constant; any thread. The assembler puts the files in: give it src/ with -Wa,-I, and
 * build demo_source.o again when one of them changes.
 */
#ifndef SOCKETARIUM_DEMO_DEMO_SOURCE_H
#define SOCKETARIUM_DEMO_DEMO_SOURCE_H

/* Each ends with NUL. */
extern const char demo_source_tcp_echo_server[];
extern const char demo_source_tcp_client[];
extern const char demo_source_tcp_threaded_server[];
extern const char demo_source_tcp_forking_server[];
extern const char demo_source_tcp_select_server[];
extern const char demo_source_http_server[];
extern const char demo_source_udp_echo_server[];
extern const char demo_source_udp_client[];

#endif
