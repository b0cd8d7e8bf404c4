#!/bin/sh
# What check says of calls, of the world's lines and of demo programs that do not do what
# their line says.
set -u
. "$TESTS/live/libfailures.sh"

before_wrong <<'END'
host a 10.0.0.1
host b 10.0.0.2
b: s = socket(AF_INET, SOCK_STREAM, 0)
b: bind(s, *:8080)
b: listen(s, 5)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.2:8080)
b: d = accept(s) => 10.0.0.1:*
a: u = socket(AF_INET, SOCK_DGRAM, 0)
a: x = socket(AF_INET, SOCK_STREAM, 0)
END

# ---- Each call, when it fails ---------------------------------------------------------
wrong 'a: r = socket(AF_INET, SOCK_RAW, 1)' 'a: r = socket(AF_INET, SOCK_RAW, 1): EPERM'
wrong 'a: bind(x, *:80)' 'a: bind(x, *:80): EACCES'
wrong 'a: bind(x, 10.0.0.2:5000)' 'a: bind(x, 10.0.0.2:5000): EADDRNOTAVAIL'
wrong 'a: listen(u, 5)' 'a: listen(u, 5): EOPNOTSUPP'
wrong 'a: accept(c)' 'a: accept(c): EINVAL'
wrong 'a: connect(x, 10.0.0.2:99)' 'a: connect(x, 10.0.0.2:99): ECONNREFUSED'
wrong 'a: send(x, "text")' 'a: send(x, "text"): EPIPE'
wrong 'a: recv(x, 5)' 'a: recv(x, 5): ENOTCONN'
wrong 'a: sendto(u, "x" * 70000, 10.0.0.2:5)' \
    'a: sendto(u, "x" * 70000, 10.0.0.2:5): EMSGSIZE'
wrong 'a: recvfrom(x, 5)' 'a: recvfrom(x, 5): ENOTCONN'
wrong 'a: shutdown(x, SHUT_WR)' 'a: shutdown(x, SHUT_WR): ENOTCONN'
wrong 'a: close(x)
a: close(x)' 'a: close(x): EBADF'
wrong 'a: setsockopt(x, TCP_KEEPCNT, 128)' 'a: setsockopt(x, TCP_KEEPCNT, 128): EINVAL'
wrong 'a: getsockopt(x, IPV6_V6ONLY)' 'a: getsockopt(x, IPV6_V6ONLY): EOPNOTSUPP'
wrong 'a: close(x)
a: getsockname(x)' 'a: getsockname(x): EBADF'
wrong 'a: getpeername(x)' 'a: getpeername(x): ENOTCONN'
wrong 'a: kid = fork()
a: kid = fork()' \
    'a: kid = fork(): a/kid runs already: expected another name for the child'
wrong 'a/kid: close(x)
a: kid = fork()' \
    'a: kid = fork(): a/kid runs already: expected another name for the child'
wrong 'a: kid = fork()
a/kid: exit()
a/kid: close(x)' 'a/kid: close(x): the process a/kid has ended'

# What need not wait is a failure all the same.
wrong 'a: y = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)
a: connect(y, 10.0.0.2:8080)' 'a: connect(y, 10.0.0.2:8080): EINPROGRESS'
wrong 'a: y = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)
a: recvfrom(y, 5)' 'a: recvfrom(y, 5): EAGAIN'

# ---- Each kind of result, when another one comes --------------------------------------
wrong 'a: send(c, "text") => 5' 'expected a: send(c, "text") => 5, but: 4'
wrong 'b: send(d, "text")
a: recv(c, 9) => 5' 'expected a: recv(c, 9) => 5, but: 4'
wrong 'a: connect(x, 10.0.0.2:99) => ETIMEDOUT' \
    'expected a: connect(x, 10.0.0.2:99) => ETIMEDOUT, but: ECONNREFUSED'
wrong 'b: send(d, "a\0\xff")
a: recv(c, 9) => "a"' 'expected a: recv(c, 9) => "a", but: "a\x00\xff"'
wrong 'b: close(d)
a: recv(c, 9) => "a"' 'expected a: recv(c, 9) => "a", but: 0'
wrong 'b: v = socket(AF_INET, SOCK_DGRAM, 0)
b: bind(v, *:6000)
a: bind(u, *:5000)
a: sendto(u, "hi", 10.0.0.2:6000)
b: recvfrom(v, 9) => "hi" from 10.0.0.2:*' \
    'expected b: recvfrom(v, 9) => "hi" from 10.0.0.2:*, but: "hi" from 10.0.0.1:5000'
wrong 'a: getpeername(c) => 10.0.0.2:80' \
    'expected a: getpeername(c) => 10.0.0.2:80, but: 10.0.0.2:8080'
wrong 'b: getsockname(s) => 10.0.0.2:8080' \
    'expected b: getsockname(s) => 10.0.0.2:8080, but: 0.0.0.0:8080'
wrong 'a: getsockopt(c, SO_ERROR) => ECONNRESET' \
    'expected a: getsockopt(c, SO_ERROR) => ECONNRESET, but: 0'
wrong 'a: setsockopt(c, TCP_KEEPCNT, 3)
a: getsockopt(c, TCP_KEEPCNT) => ESRCH' \
    'expected a: getsockopt(c, TCP_KEEPCNT) => ESRCH, but: 3'
wrong 'a: close(x) => 1' 'expected a: close(x) => 1, but: 0'
wrong 'a: send(c, "text") => blocks' 'expected a: send(c, "text") => blocks, but: 4'

# ---- What is awaited, and does not come -----------------------------------------------
wrong 'a: recv(c, 9) => "late"' \
    'expected a: recv(c, 9) => "late", but: recv() of a is still blocked'
wrong 'a: recv(c, 9)
a: => 0' 'expected a: => 0, but: recv() of a is still blocked'
wrong 'a: recv(c, 9)
a: => 0 within 10ms' 'expected a: => 0 within 10ms, but: recv() of a is still blocked'
wrong 'a: recv(c, 9)
b: send(d, "text")
a: => blocks' 'expected a: => blocks, but: "text"'
wrong 'a: recv(c, 9)
a: close(x)' 'a: close(x): a is still blocked in recv()'
wrong 'a: y = socket(AF_INET, SOCK_RAW, 1) => EPERM
a: close(y)' 'a: close(y): variable y of a is not set'
wrong 'a: kid = fork()
a/kid: y = socket(AF_INET, SOCK_STREAM, 0)
a: close(y)' 'a: close(y): variable y of a is not set'
wrong 'kill a
a: close(c)' 'a: close(c): variable c of a is not set'
wrong 'a: exit()
a: close(c)' 'a: close(c): variable c of a is not set'
wrong 'a/two: close(x)
a: exit()
a/two: => 0' 'expected a/two: => 0, but: thread a/two has ended'
wrong 'crash a
a: close(c)' "a: close(c): a has crashed: expected a 'boot' before"

# ---- The world --------------------------------------------------------------------------
wrong 'sysctl a net.ipv4.tcp_syn_retries x' \
    'sysctl a net.ipv4.tcp_syn_retries x: cannot set net.ipv4.tcp_syn_retries to x: Invalid argument'
wrong 'sysctl a net.ipv4.ip_local_port_range 5 4' \
    'sysctl a net.ipv4.ip_local_port_range 5 4: cannot set net.ipv4.ip_local_port_range to 5 4: Invalid argument'

# ---- Demo programs ----------------------------------------------------------------------
wrong 'a: recv(c, 9)
demo a tcp-client 10.0.0.2:8080' \
    'demo a tcp-client 10.0.0.2:8080: a is still blocked in recv()'
wrong 'demo a tcp-echo-server 7000
a: close(x)' 'a: close(x): a still runs a demo program'
wrong 'demo a tcp-echo-server 7000
demo a tcp-echo-server 7001' 'demo a tcp-echo-server 7001: a still runs a demo program'
wrong 'demo a tcp-echo-server 7000
step a' 'step a: a does not wait before a call'
wrong 'pace call
demo a tcp-echo-server 7000
step a 5' 'step a 5: a does not wait before a call'
wrong 'demo a tcp-threaded-server 7000
step a.1' 'step a.1: a/a.1 does not wait before a call'
wrong 'pace call
demo a tcp-echo-server 7000
a: => 3' 'expected a: => 3, but: a waits for '"'step'"' before socket()'
wrong 'demo a tcp-echo-server 7000
crash a
demo a tcp-echo-server 7000' \
    "demo a tcp-echo-server 7000: a has crashed: expected a 'boot' before"

check_wrongs
exit $failed
