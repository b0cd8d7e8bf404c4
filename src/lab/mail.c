#include "lab/mail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Well below the default SO_SNDBUF (net.core.wmem_default, 212,992). */
#define PIECE_MAX 32768

int mail_pair(int ends[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return -errno;
    return 0;
}

static int send_message(int box, struct iovec *parts, size_t part_count, int pass)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = part_count};

    if (pass >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof(control);
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        control.head.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.head), &pass, sizeof(int));
    }
    while (sendmsg(box, &message, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            return -errno;
    return 0;
}

int mail_send(int box, const struct mail *mail, const void *data, int pass)
{
    size_t done = 0;
    int result;

    if (!data)
        data = ""; /* and data_len is 0 */
    do {
        size_t piece =
            mail->data_len - done < PIECE_MAX ? mail->data_len - done : PIECE_MAX;
        struct iovec parts[2] = {{(void *)mail, sizeof(*mail)},
                                 {data ? (char *)data + done : NULL, piece}};

        result = done ? send_message(box, parts + 1, 1, -1)
                      : send_message(box, parts, piece ? 2 : 1, pass);
        done += piece;
    } while (result == 0 && done < mail->data_len);
    return result;
}

/* One message of the socket into reader. 1 when the mail is complete, 0 when not yet. */
static int read_piece(int box, struct mail_reader *reader, int flags, int *passed)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    char piece[PIECE_MAX];
    struct iovec parts[2] = {{&reader->mail, sizeof(reader->mail)},
                             {piece, sizeof(piece)}};
    bool first = reader->missing == 0;
    struct msghdr message = {.msg_iov = first ? parts : parts + 1,
                             .msg_iovlen = first ? 2 : 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    ssize_t got = recvmsg(box, &message, flags | MSG_CMSG_CLOEXEC);
    struct cmsghdr *head;

    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -errno;
    head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_type == SCM_RIGHTS && passed)
        memcpy(passed, CMSG_DATA(head), sizeof(int));
    if (got == 0)
        return -EPIPE;
    if (first) {
        if ((size_t)got < sizeof(reader->mail))
            return -EPROTO;
        buf_clear(&reader->data);
        reader->missing = reader->mail.data_len;
        got -= (ssize_t)sizeof(reader->mail);
    }
    if ((size_t)got > reader->missing)
        return -EPROTO;
    buf_add(&reader->data, piece, (size_t)got);
    reader->missing -= (size_t)got;
    return reader->missing == 0;
}

int mail_poll(int box, struct mail_reader *reader)
{
    int result = 0;

    do {
        result = read_piece(box, reader, MSG_DONTWAIT, NULL);
    } while (result == 0 && !mail_empty(box));
    return result;
}

int mail_wait(int box, struct mail *mail, struct buf *data, int *passed)
{
    struct mail_reader reader = {.data = *data};
    int result;

    if (passed)
        *passed = -1;
    do {
        result = read_piece(box, &reader, 0, passed);
    } while (result == 0);
    *mail = reader.mail;
    *data = reader.data;
    return result < 0 ? result : 0;
}

void mail_reader_free(struct mail_reader *reader)
{
    buf_free(&reader->data);
    reader->missing = 0;
}

bool mail_empty(int box)
{
    struct pollfd readable = {.fd = box, .events = POLLIN};

    return poll(&readable, 1, 0) == 0;
}
