/* RESULT: what a call is to give. */
#include <limits.h>
#include <string.h>

#include "base/err.h"
#include "lesson/script_parts.h"

static const char result_hint[] =
    "a number, an errno name, \"data\", an ADDRESS:PORT, or "
    "'blocks'";

static void read_errno(struct script_text *line, size_t at, const char *text,
                       struct result *out)
{
    known_words known = {0};

    out->kind = RESULT_ERRNO;
    out->error = errno_parse(text);
    if (out->error)
        return;
    for (int i = 1; i < 134; i++) /* asm-generic/errno.h ends at 133 */
        if (errno_name(i))
            known_add(&known, errno_name(i));
    known_add(&known, "blocks");
    script_unknown(line, at, "result", text, &known, result_hint);
    vec_free(&known);
}

/* "data" [from ADDRESS:PORT]; true if it took the words up to line->at. */
static bool read_data_result(struct script_text *line, struct result *out)
{
    struct buf data = {0};
    size_t used, at, len;
    char *text;
    bool good = read_string(line, line->at, line->text + line->at, &data, &used);

    out->kind = RESULT_DATA;
    out->data_len = data.len;
    out->data = buf_take(&data);
    if (!good)
        return false;
    line->at += used;
    script_skip(line);
    at = line->at;
    if (strncmp(line->text + at, "from", 4) != 0 || !strchr(" \t", line->text[at + 4]))
        return true;
    line->at += 4;
    script_skip(line);
    len = strcspn(line->text + line->at, " \t");
    if (!len) {
        script_missing(line, "an ADDRESS:PORT after 'from'");
        return false;
    }
    text = mem_strndup(line->text + line->at, len);
    out->kind = RESULT_DATA_FROM;
    good = read_endpoint_match(line, line->at, text, &out->endpoint);
    free(text);
    line->at += len;
    return good;
}

static bool read_word_result(struct script_text *line, struct result *out)
{
    size_t len = strcspn(line->text + line->at, " \t"), at = line->at;
    char *text = mem_strndup(line->text + at, len);
    bool failed = line->failed;

    line->failed = false;
    if (strcmp(text, "blocks") == 0) {
        out->kind = RESULT_BLOCKS;
    } else if (strpbrk(text, ".:*[")) {
        out->kind = RESULT_ENDPOINT;
        read_endpoint_match(line, at, text, &out->endpoint);
    } else if (is_digit(text[0]) || text[0] == '-') {
        out->kind = RESULT_NUMBER;
        read_number(line, at, text, INT_MIN, INT_MAX, &out->number);
    } else {
        read_errno(line, at, text, out);
    }
    free(text);
    line->at += len;
    if (line->failed)
        return false;
    line->failed = failed;
    return true;
}

/* Whether this call can give that at all. */
static void check_kind(struct script_text *line, size_t at, const struct call_def *def,
                       enum result_kind kind)
{
    bool from = def->gives == GIVES_DATA_FROM;

    if (def->gives == GIVES_NOTHING)
        script_error(line, at, "%s() gives nothing: expected no '=>'", def->name);
    else if (kind == RESULT_BLOCKS && !def->may_block)
        script_error(line, at, "%s() never blocks: expected another result", def->name);
    else if (kind == RESULT_DATA && def->gives != GIVES_DATA && !from)
        script_error(line, at,
                     "%s() gives no data: only recv and recvfrom do; expected another "
                     "result",
                     def->name);
    else if (kind == RESULT_DATA_FROM && !from)
        script_error(line, at, "%s() does not tell a sender: only recvfrom does",
                     def->name);
    else if (kind == RESULT_ENDPOINT && def->gives != GIVES_ENDPOINT && !from)
        script_error(
            line, at,
            "%s() gives no ADDRESS:PORT: only accept, recvfrom, getsockname and "
            "getpeername do",
            def->name);
}

static void read_within(struct script_text *line, int64_t *within)
{
    size_t len;
    char *text;

    line->at += strlen("within");
    script_skip(line);
    len = strcspn(line->text + line->at, " \t");
    if (!len) {
        script_missing(line, "a duration such as 70s");
        return;
    }
    text = mem_strndup(line->text + line->at, len);
    read_duration(line, line->at, text, within);
    free(text);
    line->at += len;
}

void read_result(struct script_text *line, const struct call_def *def,
                 struct result *out, int64_t *within)
{
    size_t at, len;
    bool good;

    script_skip(line);
    at = line->at;
    if (!line->text[at]) {
        script_missing(line, result_hint);
        return;
    }
    good = line->text[at] == '"' ? read_data_result(line, out)
                                 : read_word_result(line, out);
    if (good && def)
        check_kind(line, at, def, out->kind);
    if (!good)
        return;
    script_skip(line);
    len = strcspn(line->text + line->at, " \t");
    if (len == 6 && memcmp(line->text + line->at, "within", 6) == 0) {
        if (within)
            read_within(line, within);
        else
            script_error(
                line, line->at,
                "'within' is not expected here: expected it in a line of its own, "
                "'THREAD: => RESULT within DURATION'");
        script_skip(line);
        if (!within)
            return;
    }
    if (line->text[line->at])
        script_error(line, line->at,
                     "'%s' is not expected here: expected the end of the line",
                     line->text + line->at);
}
