#!/bin/sh
# The free lab: built by typed lines, stepped packet by packet; and from a lesson's lab.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

screen_start 80 24 "$SOCKETARIUM" lab
see '^ The free lab .* wire HOLD +live$'
row '^─ Done so far ─'
row 'wire hold'
row ': a line'
no_row 'page [0-9]'
key Space
see 'No packet is held'
key x

# A connection from end to end, on a port below 1024: the lab has opened them.
line 'server: s = socket(AF_INET, SOCK_STREAM, 0)'
line 'server: bind(s, *:80)'
line 'server: listen(s, 5)'
see 'server LISTEN +0\.0\.0\.0:80'
line 'server: c = accept(s)'
see '^   blocks '
line 'client: c = socket(AF_INET, SOCK_STREAM, 0)'
line 'client: connect(c, 192.168.0.101:80)'
see 'client SYN-SENT'
see 'HELD'
row 'Space deliver'
key Space
see 'server SYN-RECEIVED'
key Space
see 'client ESTABLISHED'
key Space
see 'server ESTABLISHED'
see '^   192\.168\.0\.110:[0-9]+ '
see '^ : deliver'
no_row 'by hand'

# What cannot run says why, and nothing is lost.
line 'server: nonsense(c)'
see "unknown call 'nonsense'"
key x
line 'client: recv(d, 10)'
see "expected|unknown|no variable|'d'"
key x
row 'client ESTABLISHED'

# Back and on: the lab goes on where it was.
key PgUp
see 'review$'
key End
see 'live$'
key m
see 'Esc all panes'
no_row ': a line'
key m
see ': a line'
key q
see 'Leave the lab\? What was not saved is gone'
key q
ended 0

# A lesson's lab blocks, all of them, and then the lab is the reader's.
screen_start 120 36 "$SOCKETARIUM" lab 9
see 'The three-way handshake'
see 'server SYN-RECEIVED'
see 'client ESTABLISHED'
see ': a line +Space deliver'
key Space
see 'server ESTABLISHED'
key q q
ended 0

"$SOCKETARIUM" lab >"$TMPDIR/out" 2>&1 </dev/null && fail "without a terminal it goes on"
grep -q 'this needs a terminal' "$TMPDIR/out" || fail "it does not say that it needs a terminal"
