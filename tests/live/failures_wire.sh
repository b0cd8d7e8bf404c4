#!/bin/sh
# What check says when a packet that a line means is not there, and when what shall break
# is broken already, or was never there.
set -u
. "$TESTS/live/libfailures.sh"

before_wrong <<'LINES'
host a 10.0.0.1
host b 10.0.0.2
wire hold
b: s = socket(AF_INET, SOCK_STREAM, 0)
b: bind(s, *:8080)
b: listen(s, 5)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.2:8080) => blocks
LINES

# ---- Packets: each line, each kind of word ---------------------------------------------
for match in ACK SYN+ACK FIN FIN+ACK RST DATA UDP ICMP 'b->a' 'a->nobody' 'nobody->' '->a' '#2' \
    'SYN #2' 'last #2' 'a:1-> SYN' '->b:1' 'SYN a-> ->a'; do
    wrong "deliver $match" "deliver $match: no such packet is held"
done
wrong 'drop last UDP' 'drop last UDP: no such packet is held'
wrong 'duplicate DATA' 'duplicate DATA: no such packet is held'
wrong 'corrupt DATA' 'corrupt DATA: no such packet is held'
wrong 'corrupt SYN' 'corrupt SYN: this packet has no payload to damage'
wrong 'replay SYN' 'replay SYN: no such packet was on the wire'
wrong 'drop
replay SYN #2' 'replay SYN #2: no such packet was on the wire'
wrong 'kill a
drop
deliver' 'deliver: no such packet is held'
# A lost segment of data is sent again after five seconds: two are too short.
wrong 'deliver SYN
deliver SYN+ACK
deliver ACK
a: => 0
a: send(c, "x")
drop DATA
deliver DATA' 'deliver DATA: no such packet is held'
# Copies in the background are seen by no line.
wrong 'deliver SYN
expect within 20s a.c SYN-SENT retrans>=1
drop SYN' 'drop SYN: no such packet is held'
# When their answer is dropped, they are one packet: no other is left behind it.
wrong 'deliver SYN
expect within 20s a.c SYN-SENT retrans>=3
drop SYN+ACK
kill a
drop SYN
deliver SYN' 'deliver SYN: no such packet is held'

# ---- What is made up --------------------------------------------------------------------
wrong 'inject 10.9.9.9:5 -> 10.0.0.2:8080 RST' \
    'inject 10.9.9.9:5 -> 10.0.0.2:8080 RST: no segment between 10.9.9.9:5 and 10.0.0.2:8080 was seen: `next` is not known'
wrong 'inject 10.9.9.9:5 -> 10.0.0.2:8080 SYN ack=next' \
    'inject 10.9.9.9:5 -> 10.0.0.2:8080 SYN ack=next: no segment between 10.0.0.2:8080 and 10.9.9.9:5 was seen: `next` is not known'

# ---- What breaks ------------------------------------------------------------------------
wrong 'kill a
kill a' 'kill a: no program runs on a'
wrong 'crash a
kill a' 'kill a: no program runs on a'
wrong 'crash a
crash a' 'crash a: a has crashed already'
wrong 'boot a' "boot a: a runs already: expected a 'crash' before"
wrong 'crash a
a: u = socket(AF_INET, SOCK_DGRAM, 0)' \
    "a: u = socket(AF_INET, SOCK_DGRAM, 0): a has crashed: expected a 'boot' before"
wrong 'crash b
sysctl b net.ipv4.tcp_sack 0' \
    "sysctl b net.ipv4.tcp_sack 0: b has crashed: expected a 'boot' before"
wrong 'crash b
boot b
b: listen(s, 5)' 'b: listen(s, 5): variable s of b is not set'
wrong 'kill b
b: listen(s, 5)' 'b: listen(s, 5): variable s of b is not set'
wrong 'b: k = fork()
kill b/k
b/k: listen(s, 5)' 'b/k: listen(s, 5): the process b/k has ended'
wrong 'b: k = fork()
kill b/k
kill b/k' 'kill b/k: no program runs on b/k'
wrong 'b: close(s)
destroy b.s' 'destroy b.s: the kernel has no socket for b.s any more'
wrong 'kill b
destroy b.s' 'destroy b.s: the kernel has no socket for b.s any more'
check_wrongs

# ---- What stops a packet is named --------------------------------------------------------
lesson named.md <<'LINES'
host a 10.0.0.1
host b 10.0.0.2
a: u = socket(AF_INET, SOCK_DGRAM, 0)
firewall drop udp from a to b:9
a: sendto(u, "x", 10.0.0.2:9)
firewall clear
unplug b
a: sendto(u, "x", 10.0.0.2:9)
crash b
a: sendto(u, "x", 10.0.0.2:9)
a: sendto(u, "x", 10.0.0.77:9)
wire hold
a: sendto(u, "x", 10.0.0.77:9)
drop
LINES
check 0 --journal journal named.md
[ "$(sed -n 's/.*"action":"dropped".*"why":"\([a-z]*\)".*/\1/p' journal | tr '\n' ' ')" = \
    "firewall unplugged crashed nobody lesson " ] || {
    fail "what has stopped the packets"
    grep dropped journal
}

# ---- A program of the user's on a host that is off ---------------------------------------
lesson run.md <<'LINES'
host a 10.0.0.1
crash a
run a true
LINES
check 1 --allow-run run.md
says out "     run.md:10:1: run a true: a has crashed: expected a 'boot' before"
check 2 run.md
says err "run.md:10: run a true"
exit $failed
