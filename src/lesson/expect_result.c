#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/printable.h"
#include "lesson/expect.h"

#define DATA_SHOWN 40 /* bytes of data that a message shows */

static void data_words(const struct call_reply *reply, const char *data,
                       struct buf *found)
{
    size_t len = reply->data_len < DATA_SHOWN ? reply->data_len : DATA_SHOWN;
    struct buf text = {0};

    printable_add(&text, data, len, PRINTABLE_LINE);
    buf_printf(found, "\"%s\"", buf_text(&text));
    if (len < reply->data_len)
        buf_printf(found, "... (%" PRIu32 " bytes)", reply->data_len);
    buf_free(&text);
}

/* What came, in the words of a RESULT. */
static void reply_words(const struct result *result, const struct call_def *def,
                        const struct call_reply *reply, const char *data,
                        struct buf *found)
{
    enum call_gives gives = def ? def->gives : GIVES_NUMBER;
    bool has_data = gives == GIVES_DATA || gives == GIVES_DATA_FROM;
    char text[ENDPOINT_TEXT];

    endpoint_print(&reply->endpoint, text);
    if (reply->error) {
        const char *name = errno_name(reply->error);

        if (name)
            buf_puts(found, name);
        else
            buf_printf(found, "errno %d", reply->error);
    } else if (gives == GIVES_ENDPOINT && *text && result->kind != RESULT_NUMBER) {
        buf_puts(found, text);
    } else if (reply->so_error && errno_name(reply->so_error)) {
        buf_puts(found, errno_name(reply->so_error));
    } else if (has_data && reply->data_len && data && result->kind != RESULT_NUMBER) {
        data_words(reply, data, found);
        if (gives == GIVES_DATA_FROM && *text)
            buf_printf(found, " from %s", text);
    } else {
        buf_printf(found, "%" PRId64, reply->result);
        if (gives == GIVES_DATA_FROM && *text && result->kind == RESULT_ENDPOINT)
            buf_printf(found, " from %s", text);
    }
}

static bool data_fits(const struct result *result, const struct call_reply *reply,
                      const char *data)
{
    return !reply->error && reply->data_len == result->data_len &&
           (!result->data_len ||
            (data && memcmp(data, result->data, result->data_len) == 0));
}

static bool fits(const struct result *result, const struct call_reply *reply,
                 const char *data)
{
    switch (result->kind) {
    case RESULT_NONE:
        return !reply->error;
    case RESULT_BLOCKS:
        return false; /* it has returned */
    case RESULT_NUMBER:
        return reply->result == result->number;
    case RESULT_ERRNO:
        /* getsockopt(SO_ERROR) succeeds, and its value is an errno. */
        return reply->error == result->error || reply->so_error == result->error;
    case RESULT_DATA:
        return data_fits(result, reply, data);
    case RESULT_DATA_FROM:
        return data_fits(result, reply, data) &&
               endpoint_matches(&result->endpoint, &reply->endpoint);
    case RESULT_ENDPOINT:
        return !reply->error && endpoint_matches(&result->endpoint, &reply->endpoint);
    }
    return false;
}

bool result_fits(const struct result *result, const struct call_def *def,
                 const struct call_reply *reply, const char *data, struct buf *found)
{
    if (fits(result, reply, data))
        return true;
    reply_words(result, def, reply, data, found);
    return false;
}
