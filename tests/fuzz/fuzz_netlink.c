/* What the kernel might answer: messages of NETLINK_SOCK_DIAG. */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "kernel/sock_diag_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1); /* aligned, and of exactly this size */

    memcpy(copy, data, size);
    for (int i = 0; i < 2; i++) {
        struct sock_diag_answer answer = {0};
        sock_list list = {0};

        sock_diag_parse_buffer(copy, size, 0, i ? PROTO_UDP : PROTO_TCP, &list, &answer);
        vec_free(&list);
    }
    free(copy);
    return 0;
}
