#include "view/plain.h"

#include <stdlib.h>
#include <string.h>

#include "view/prose.h"

#define PLAIN_COLUMNS 78

/* ----------------------------------------------------------- pages */

static void tell_question(const struct block *block, struct buf *out)
{
    for (size_t i = 0; i < block->answer_count; i++) {
        struct buf answer = {0};

        prose_text(&block->answers[i].text, PLAIN_COLUMNS - 6, &answer);
        buf_printf(out, "  %zu  %s", i + 1, buf_text(&answer));
        if (out->len && out->data[out->len - 1] != '\n')
            buf_putc(out, '\n');
        buf_free(&answer);
    }
    buf_putc(out, '\n');
}

static void tell_blocks(struct plain *plain, const struct page *page, unsigned shown,
                        struct buf *out)
{
    for (; plain->told < shown && plain->told < page->blocks.count; plain->told++) {
        const struct block *block = &page->blocks.items[plain->told];

        if (block->kind == BLOCK_PROSE) {
            if (plain->line_open)
                buf_putc(out, '\n');
            plain->line_open = false;
            prose_text(&block->text, PLAIN_COLUMNS, out);
            buf_putc(out, '\n');
        } else if (block->kind == BLOCK_QUESTION) {
            tell_question(block, out);
        }
    }
}

static void tell_page(struct plain *plain, const struct event_page *page,
                      struct buf *out)
{
    if (!plain->lesson || page->page == 0 || page->page > plain->lesson->pages.count)
        return;
    if (page->page != plain->page) {
        plain->page = page->page;
        plain->told = 0;
        buf_printf(out, "\nPage %u of %u: %s\n\n", page->page, page->pages,
                   page->title ? page->title : "");
        plain->line_open = false;
    }
    tell_blocks(plain, &plain->lesson->pages.items[page->page - 1], page->shown, out);
}

static const struct block *block_at(const struct plain *plain, unsigned page,
                                    unsigned block)
{
    const struct page *there;

    if (!plain->lesson || page == 0 || page > plain->lesson->pages.count)
        return NULL;
    there = &plain->lesson->pages.items[page - 1];
    return block < there->blocks.count ? &there->blocks.items[block] : NULL;
}

static void tell_answers(const struct block *block, unsigned answers, const char *word,
                         struct buf *out)
{
    for (size_t i = 0; i < block->answer_count; i++) {
        struct buf text = {0};

        if (!(answers & (1u << i)))
            continue;
        prose_text(&block->answers[i].text, PLAIN_COLUMNS, &text);
        while (text.len && text.data[text.len - 1] == '\n')
            text.data[--text.len] = '\0';
        buf_printf(out, "%s: %zu  %s\n", word, i + 1, buf_text(&text));
        buf_free(&text);
    }
}

static void tell_answered(struct plain *plain, const struct event_question *question,
                          struct buf *out)
{
    const struct block *block = block_at(plain, question->page, question->block);

    if (!block || question->status == QUESTION_OPEN)
        return;
    if (question->status == QUESTION_ANSWERED) {
        tell_answers(block, question->answers, "You said", out);
        buf_puts(out, question->right ? "Right.\n" : "Not quite.\n");
    }
    if (question->status == QUESTION_SHOWN || !question->right)
        tell_answers(block, question_right_set(block), "The answer", out);
    if (block->text.count) {
        buf_putc(out, '\n');
        prose_text(&block->text, PLAIN_COLUMNS, out);
    }
    buf_putc(out, '\n');
}

static void tell_task(const struct event_task *task, struct buf *out)
{
    switch (task->status) {
    case TASK_OPEN:
        buf_puts(out, "Your turn.\n\n");
        break;
    case TASK_SHOWN:
        buf_puts(out, "One way to do it:\n\n");
        break;
    case TASK_DONE:
        buf_puts(out, "The task is done.\n\n");
        break;
    case TASK_STATUS_COUNT:
        break;
    }
}

/* ----------------------------------------------------------- the lab */

static void tell_call(const struct event_call *call, struct buf *out)
{
    const char *var = call->var[0] && call->status != CALL_RETURNED ? call->var : NULL;

    switch (call->status) {
    case CALL_PENDING:
        buf_printf(out, "%s is about to call %s(%s), line %u.\n", call->thread,
                   call->call, call->args ? call->args : "", call->line);
        break;
    case CALL_STARTED:
        buf_printf(out, "%s calls %s%s%s(%s).\n", call->thread, var ? var : "",
                   var ? " = " : "", call->call, call->args ? call->args : "");
        break;
    case CALL_BLOCKED:
        buf_printf(out, "%s waits in %s(): the kernel has put it to sleep.\n",
                   call->thread, call->call);
        break;
    case CALL_RETURNED:
        buf_printf(out, "%s: %s() returns ", call->thread, call->call);
        if (call->error)
            buf_printf(out, "-1, %s.\n", call->error);
        else if (call->data)
            buf_printf(out, "%s: \"%s\".\n", call->result ? call->result : "",
                       call->data);
        else
            buf_printf(out, "%s.\n", call->result ? call->result : "");
        break;
    case CALL_STATUS_COUNT:
        break;
    }
}

static void tell_packet(const struct event_packet *packet, struct buf *out)
{
    const char *what = "";

    switch (packet->action) {
    case PACKET_SENT:
        what = "crosses the wire";
        break;
    case PACKET_HELD:
        what = packet->joins ? "is sent again, and joins the held one"
                             : "is held on the wire";
        break;
    case PACKET_BACKGROUND:
        what = "is sent again, though it has arrived: its answer is still held";
        break;
    case PACKET_DELIVERED:
        what = "arrives";
        break;
    case PACKET_DROPPED:
        what = packet->why && strcmp(packet->why, "answered") == 0
                   ? "is not needed any more"
               : packet->why && strcmp(packet->why, "nobody") == 0
                   ? "is lost: nobody has this address"
                   : "is lost";
        break;
    case PACKET_DUPLICATED:
        what = "is a second copy";
        break;
    case PACKET_CORRUPTED:
        what = "is damaged: one bit is changed";
        break;
    case PACKET_REPLAYED:
        what = "is an old packet, sent once more";
        break;
    case PACKET_INJECTED:
        what = "is forged";
        break;
    case PACKET_ACTION_COUNT:
        break;
    }
    buf_printf(out, "Packet %u, %s to %s, %s: %s.\n", packet->id, packet->from,
               packet->to, packet->summary ? packet->summary : "", what);
}

static void tell_socket(const struct event_socket *event, struct buf *out)
{
    const struct sock *sock = &event->sock;
    char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];
    bool gone = event->change == SOCKET_VANISHED;

    if (event->change != SOCKET_APPEARED && event->change != SOCKET_STATE && !gone)
        return;
    endpoint_print(&sock->local, local);
    endpoint_print(&sock->remote, remote);
    buf_printf(out, "%s, %s socket %s%s%s", event->host, sock_proto_name(sock->proto),
               local, sock->remote.port ? " to " : "", sock->remote.port ? remote : "");
    if (sock->proto == PROTO_UDP)
        buf_printf(out, gone                               ? " is gone.\n"
                        : event->change == SOCKET_APPEARED ? " is new.\n"
                                                           : " has changed.\n");
    else if (gone)
        buf_printf(out, " was %s and is gone.\n", tcp_state_name(event->from));
    else if (event->change == SOCKET_APPEARED)
        buf_printf(out, " is new: %s.\n", tcp_state_name(sock->state));
    else
        buf_printf(out, ": %s becomes %s.\n", tcp_state_name(event->from),
                   tcp_state_name(sock->state));
}

static void tell_host(const struct event_host *host, struct buf *out)
{
    char address[ADDRESS_TEXT];

    switch (host->change) {
    case HOST_ADDED:
        buf_printf(out, "Host %s is on the wire", host->host);
        for (unsigned i = 0; i < host->addresses.address_count; i++)
            buf_printf(out, "%s%s", i ? " and " : ", with address ",
                       address_print(&host->addresses.addresses[i], address));
        buf_puts(out, ".\n");
        break;
    case HOST_DEMO:
        buf_printf(out, "%s starts the program %s.\n", host->thread, host->demo);
        break;
    case HOST_ENDED:
        buf_printf(out, "%s: the program has ended, with %s.\n", host->thread,
                   host->text);
        break;
    case HOST_EXITED:
        buf_printf(out, "The program of %s has ended: %s.\n", host->host, host->text);
        break;
    case HOST_CRASHED:
        buf_printf(out, "%s has lost its power.\n", host->host);
        break;
    case HOST_BOOTED:
        buf_printf(out, "%s has come back.\n", host->host);
        break;
    case HOST_UNPLUGGED:
        buf_printf(out, "The cable of %s is unplugged.\n", host->host);
        break;
    case HOST_PLUGGED:
        buf_printf(out, "The cable of %s is plugged in.\n", host->host);
        break;
    case HOST_STARTED:
    case HOST_FORKED:
    case HOST_CHANGE_COUNT:
        break;
    }
}

static void tell_wire(const struct event_wire *wire, struct buf *out)
{
    switch (wire->mode) {
    case WIRE_FLOW:
        buf_puts(out, "The wire lets every packet through.\n");
        break;
    case WIRE_HOLD:
        buf_puts(out, "The wire holds every packet until it is let go.\n");
        break;
    case WIRE_SLOW:
        buf_printf(out, "The wire is slow: each packet needs %lld ms.\n",
                   (long long)(wire->delay_ns / 1000000));
        break;
    case WIRE_MODE_COUNT:
        break;
    }
}

static void tell_step(const struct event_step *step, struct buf *out)
{
    if (step->status == STEP_STARTED && step->step > 0)
        buf_printf(out, "Step %u of %u.\n", step->step, step->steps);
    else if (step->status == STEP_FAILED && step->line)
        buf_printf(out, "Line %u failed: %s.\n", step->line,
                   step->text ? step->text : "");
    else if (step->status == STEP_FAILED || step->status == STEP_REFUSED)
        buf_printf(out, "Not possible: %s.\n", step->text ? step->text : "");
    else if (step->status == STEP_WAITING)
        buf_printf(out, "Waiting: %s.\n", step->text ? step->text : "");
}

void plain_tell(struct plain *plain, const struct world *world,
                const struct event *event, struct buf *out)
{
    size_t before = out->len;

    (void)world;
    switch (event->kind) {
    case EVENT_PAGE:
        tell_page(plain, &event->page, out);
        return;
    case EVENT_QUESTION:
        tell_answered(plain, &event->question, out);
        return;
    case EVENT_TASK:
        tell_task(&event->task, out);
        return;
    case EVENT_CALL:
        tell_call(&event->call, out);
        break;
    case EVENT_PACKET:
        tell_packet(&event->packet, out);
        break;
    case EVENT_SOCKET:
        tell_socket(&event->socket, out);
        break;
    case EVENT_HOST:
        tell_host(&event->host, out);
        break;
    case EVENT_WIRE:
        tell_wire(&event->wire, out);
        break;
    case EVENT_STEP:
        tell_step(&event->step, out);
        break;
    case EVENT_OUTPUT:
        buf_printf(out, "%s prints: %s\n", event->output.host, event->output.text);
        break;
    case EVENT_LOST:
        buf_printf(out, "%u packets of %s were lost by the program itself.\n",
                   event->lost.count, event->lost.host);
        break;
    case EVENT_LAB:
    case EVENT_EXPECT:
    case EVENT_KIND_COUNT:
        break;
    }
    if (out->len > before)
        plain->line_open = true;
}
