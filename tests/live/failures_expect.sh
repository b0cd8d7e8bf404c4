#!/bin/sh
# What check says when an expectation does not hold: each kind of expect line, against a
# kernel that has something else. The sockets are named with both ends.
set -u
. "$TESTS/live/libfailures.sh"

before_wrong <<'LINES'
host a 10.0.0.1
host b 10.0.0.2
wire hold
b: s = socket(AF_INET, SOCK_STREAM, 0)
b: bind(s, *:8080)
b: listen(s, 5)
a: u = socket(AF_INET, SOCK_DGRAM, 0)
a: f = socket(AF_INET, SOCK_STREAM, 0)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.2:8080) => blocks
a/self: l = socket(AF_INET, SOCK_STREAM, 0)
a/self: bind(l, *:7000)
a/self: listen(l, 1)
a/self: t = socket(AF_INET, SOCK_STREAM, 0)
a/self: connect(t, 10.0.0.1:7000)
b/x: z = accept(s) => blocks
LINES
syn='SYN-SENT (10.0.0.1:PORT -> 10.0.0.2:8080)'

# ---- A variable's state ---------------------------------------------------------------
wrong 'expect a.c ESTABLISHED' "expected a.c ESTABLISHED, but the kernel says $syn"
wrong 'expect a.c CLOSED' "expected a.c CLOSED, but the kernel says $syn"
wrong 'expect a.c bound' "expected a.c bound, but the kernel says $syn"
wrong 'expect a.c unconnected' "expected a.c unconnected, but the kernel says $syn"
wrong 'expect b.s SYN-RECEIVED' \
    'expected b.s SYN-RECEIVED, but the kernel says LISTEN (0.0.0.0:8080)'
wrong 'expect a.f LISTEN' 'expected a.f LISTEN, but the kernel says CLOSED (no address yet)'
wrong 'expect a.u connected' \
    'expected a.u connected, but the kernel says unconnected (no address yet)'
wrong 'a: => ECONNREFUSED within 100ms' \
    'expected a: => ECONNREFUSED within 100ms, but: connect() of a is still blocked'
wrong 'a/self: close(l)
expect a.l LISTEN' \
    'expected a.l LISTEN, but the kernel says CLOSED (it no longer has 0.0.0.0:7000)'
wrong 'a/self: close(l)
expect a.l CLOSED recvq=0' \
    'expected a.l CLOSED recvq=0, but the kernel says nothing of recvq (it no longer has 0.0.0.0:7000)'
wrong 'expect b.z ESTABLISHED' 'expected b.z ESTABLISHED, but b.z is not set yet'
wrong 'expect within 50ms b.z LISTEN' 'expected within 50ms b.z LISTEN, but b.z is not set yet'

# ---- Fields, each with = >= <= ---------------------------------------------------------
ends='(10.0.0.1:PORT -> 10.0.0.2:8080)'
for claim in timer=none:timer=resend timer=keepalive:timer=resend timer=time-wait:timer=resend \
    timer=probe:timer=resend; do
    claimed=${claim%%:*}
    there=${claim#*:}
    wrong "expect a.c SYN-SENT $claimed" \
        "expected a.c SYN-SENT $claimed, but the kernel says $there $ends"
done
ends='(10.0.0.1:PORT -> 10.0.0.1:7000)'
for claim in recvq=1:recvq=0 'recvq>=1:recvq=0' sendq=1:sendq=0 'sendq>=9:sendq=0' \
    cwnd=99:cwnd=10 'cwnd>=99:cwnd=10' 'cwnd<=9:cwnd=10' ssthresh=7:ssthresh=2147483647 \
    'ssthresh<=7:ssthresh=2147483647' retrans=1:retrans=0 'retrans>=1:retrans=0' \
    timer=resend:timer=none; do
    claimed=${claim%%:*}
    wrong "expect a.t ESTABLISHED $claimed" \
        "expected a.t ESTABLISHED $claimed, but the kernel says ${claim#*:} $ends"
done
for claim in 'recvq=1:recvq=0' 'backlog=4:backlog=5' 'backlog>=6:backlog=5' \
    'backlog<=4:backlog=5' 'sendq<=4:sendq=5'; do
    claimed=${claim%%:*}
    wrong "expect b.s LISTEN $claimed" \
        "expected b.s LISTEN $claimed, but the kernel says ${claim#*:} (0.0.0.0:8080)"
done
wrong 'expect a *:* *:7000 ESTABLISHED sendq=7' \
    "expected a *:* *:7000 ESTABLISHED sendq=7, but the kernel says sendq=0 $ends"

# ---- Sockets by their ends, none of them, so many ---------------------------------------
wrong 'expect b *:8080 *:* ESTABLISHED' \
    'expected b *:8080 *:* ESTABLISHED, but the kernel says LISTEN (0.0.0.0:8080)'
wrong 'expect b 10.0.0.2:8080 10.0.0.1:* ESTABLISHED' \
    'expected b 10.0.0.2:8080 10.0.0.1:* ESTABLISHED, but the kernel has no such socket; b has LISTEN (0.0.0.0:8080)'
wrong 'expect b [::]:8080 *:* LISTEN' \
    'expected b [::]:8080 *:* LISTEN, but the kernel has no such socket; b has LISTEN (0.0.0.0:8080)'
wrong 'expect b udp *:8080 *:* unconnected' \
    'expected b udp *:8080 *:* unconnected, but the kernel has no such socket; b has LISTEN (0.0.0.0:8080)'
wrong 'expect no b *:8080 *:*' \
    'expected no b *:8080 *:*, but the kernel says LISTEN (0.0.0.0:8080)'
wrong 'expect no b tcp 0.0.0.0:* * LISTEN' \
    'expected no b tcp 0.0.0.0:* * LISTEN, but the kernel says LISTEN (0.0.0.0:8080)'
wrong 'expect no a *:* 10.0.0.2:8080 SYN-SENT' \
    "expected no a *:* 10.0.0.2:8080 SYN-SENT, but the kernel says $syn"
wrong 'expect count b LISTEN = 2' \
    'expected count b LISTEN = 2, but the kernel has 1: LISTEN (0.0.0.0:8080)'
wrong 'expect count b LISTEN >= 2' \
    'expected count b LISTEN >= 2, but the kernel has 1: LISTEN (0.0.0.0:8080)'
wrong 'expect count b LISTEN <= 0' \
    'expected count b LISTEN <= 0, but the kernel has 1: LISTEN (0.0.0.0:8080)'
wrong 'expect count b ESTABLISHED = 1' \
    'expected count b ESTABLISHED = 1, but the kernel has none; b has LISTEN (0.0.0.0:8080)'
wrong 'crash b
expect b *:* *:* LISTEN' \
    'expected b *:* *:* LISTEN, but the kernel has no such socket; b has crashed'
wrong 'b: close(s)
kill b
expect count b LISTEN >= 1' \
    'expected count b LISTEN >= 1, but the kernel has none; b has no sockets'

# ---- The wire ---------------------------------------------------------------------------
wrong 'expect wire empty' 'expected wire empty, but the wire holds SYN a->b'
wrong 'expect wire SYN count=2' \
    'expected wire SYN count=2, but 1 fits: the wire holds SYN a->b'
wrong 'expect wire SYN count>=2' \
    'expected wire SYN count>=2, but 1 fits: the wire holds SYN a->b'
wrong 'expect wire SYN count<=0' \
    'expected wire SYN count<=0, but 1 fits: the wire holds SYN a->b'
wrong 'expect wire SYN copies>=99' \
    'expected wire SYN copies>=99, but the wire holds SYN a->b'
wrong 'expect wire SYN+ACK' 'expected wire SYN+ACK, but the wire holds SYN a->b'
wrong 'expect wire #2' 'expected wire #2, but the wire holds SYN a->b'
wrong 'expect wire b->a' 'expected wire b->a, but the wire holds SYN a->b'
wrong 'expect wire ->nobody' 'expected wire ->nobody, but the wire holds SYN a->b'
wrong 'kill a
drop
expect wire ICMP' 'expected wire ICMP, but nothing is held'

# ---- Threads ----------------------------------------------------------------------------
wrong 'expect a idle' 'expected a idle, but a is blocked in connect()'
wrong 'expect a blocked recv' 'expected a blocked recv, but a is blocked in connect()'
wrong 'expect b blocked accept' \
    'expected b blocked accept, but b is idle: listen() has returned 0'
wrong 'b: connect(s, 10.0.0.1:1) => EISCONN
expect b blocked connect' \
    'expected b blocked connect, but b is idle: connect() has failed with EISCONN'
wrong 'kill b
expect b/x blocked accept' 'expected b/x blocked accept, but b/x has ended'
check_wrongs
says out "     What happened last:"
says out "       b/x waits in accept(): the kernel has put it to sleep."

# A retransmission timeout is no round number.
lesson rto.md <<'LINES'
host a 10.0.0.1
a: l = socket(AF_INET, SOCK_STREAM, 0)
a: bind(l, *:7000)
a: listen(l, 1)
a: t = socket(AF_INET, SOCK_STREAM, 0)
a: connect(t, 10.0.0.1:7000)
expect a.t ESTABLISHED rto>=1
expect a.t ESTABLISHED rto<=1
LINES
check 1 rto.md
grep -q '^     rto.md:15:1: expected a.t ESTABLISHED rto<=1, but the kernel says rto=[0-9]* (' out ||
    fail "no rto"

# ---- A field that the kernel does not report is no failure, but is said -----------------
lesson skipped.md <<'LINES'
host a 10.0.0.1
a: u = socket(AF_INET, SOCK_STREAM, 0)
a: setsockopt(u, SO_REUSEADDR, 1)
a: bind(u, *:5000)
a: listen(u, 1)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.1:5000)
a: d = accept(u)
a: close(c)
a: close(d)
expect a.c TIME-WAIT cwnd>=1
expect a.c TIME-WAIT
LINES
check 0 skipped.md
says out "     skipped.md:18: skipped: expect a.c TIME-WAIT cwnd>=1: this kernel does not report cwnd"
says out "1 passed, 0 failed, 0 skipped"
exit $failed
