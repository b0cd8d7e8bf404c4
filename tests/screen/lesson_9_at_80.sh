#!/bin/sh
# The handshake on a projector: 80x24.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
# shellcheck source=tests/screen/libhandshake.sh
. "$TESTS/screen/libhandshake.sh"
need_lab

screen_start 80 24 "$SOCKETARIUM" learn 9
picture ' 9 The three-way handshake                        page 1/7   wire HOLD   live
─ The server waits ────────────┬─ Wire ─────────────────────────────────────────
 On a real network it is over  │          client               server
 before you can look. Here     │       192.168.0.110        192.168.0.101
 every packet is held on the   │             │       s = socket() │ CLOSED
 wire, until you let it go.    │             │    bind(s, *:6666) │
                               │             │       listen(s, 5) │ LISTEN
 The server'"'"'s socket is in     │             │   conn = accept(s) │
 LISTEN, and its program       │             │                    │
 sleeps in accept(). This is   │             │                    │
 the passive open: it waits    │             │                    │
 for others.                   │             │                    │
                               │             │                    │
                               │             │                    │
─ Sockets in the kernel ───────┴────────────────────────────────────────────────
   HOST   STATE        LOCAL               REMOTE              NOW
 Listening
 + server LISTEN       0.0.0.0:6666                            0 waiting, room 6
 Connections: none
 Connectionless: none



 Space next page   z one pane   ? keys   q leave'
walk_the_handshake
