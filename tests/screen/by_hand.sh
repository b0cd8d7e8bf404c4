#!/bin/sh
# Lab lines typed by hand: the task of lesson 9, mistakes, a packet dropped with d, which
# the kernel sends again.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab
# Presses: DROP LINE

cat >"$TMPDIR/task.md" <<'END'
# By hand

A task.

## The task

```lab setup
host server 192.168.0.101
host client 192.168.0.110
wire hold
server: s = socket(AF_INET, SOCK_STREAM, 0)
server: bind(s, *:6666)
server: listen(s, 5)
server: conn = accept(s) => blocks
```

Bring them to where they disagree.

```lab task
expect client *:* 192.168.0.101:6666 ESTABLISHED
expect server *:6666 192.168.0.110:* SYN-RECEIVED
```

```lab solution
client: c = socket(AF_INET, SOCK_STREAM, 0)
client: connect(c, 192.168.0.101:6666) => blocks
deliver SYN
deliver SYN+ACK
client: => 0
```

You did it.
END

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/task.md"
see 'Your turn: do it by hand'
row ': do it   Space show one way'
no_row 'deliver|connect'
key d
see 'No packet is held\.'
key x
gone 'No packet is held'

# The whole message can be read, and goes with the next key.
line 'client: nonsense(c)'
see "unknown call 'nonsense': expected one of"
row 'setsockopt'
key x
gone 'unknown call'
see ': do it'

# Typing: corrected, given up, brought back, longer than the window.
key :
words 'client: c = socket(AF_INET, SOCK_STREAM, 0)é世'
see '0\)é世$'
key BSpace BSpace
see '0\)$'
key Enter
see '\+ client CLOSED +not bound yet'
key :
words 'nothing'
key Escape
see ': do it'
key : Up
see '^ :client: c = socket\(AF_INET, SOCK_STREAM, 0\)$'
key Escape
key :
words 'client: send(c, "0123456789012345678901234567890123456789012345678901234567890123456789the end'
see 'the end$'
key Escape
see ': do it'

line 'client: connect(c, 192.168.0.101:6666)'
see 'client SYN-SENT'
see 'SYN .*▶ HELD'
row 'd drop packet'

# d loses it, and the client's kernel sends it again.
key d
see 'SYN .*✗'
see '├╌ ?SYN.*▶ HELD'
line 'deliver'
see 'server SYN-RECEIVED'
no_row 'Task: done'
line 'deliver'
see 'client ESTABLISHED'
see 'Task: done\.'
see 'You did it\.'
row 'server SYN-RECEIVED'
row 'The end\.'

# After the end lines work as before.
line 'deliver ACK'
see 'server ESTABLISHED'
key q q
ended 0
