#!/bin/sh
# Panes, zoom, help, blank, looking back, running again, and keys that mean nothing.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab
# Presses: NEXT BACK LIVE PANE ZOOM UP DOWN SCROLL_LEFT SCROLL_RIGHT BLANK RESTART LEAVE

screen_start 80 24 "$SOCKETARIUM" learn 9
see 'Space next page'
before=$(masked)

# Nothing happens: no step, no question, no message that stays.
key x e F5 Escape Enter 1 9 0 End Home Delete C-a M-x
key '?'
see '^ Keys'
key q # any key goes back, and does nothing else
see 'Space next page'
[ "$(masked)" = "$before" ] || fail "keys that mean nothing have changed the screen"

# z: each pane alone, with Tab to the next one; and back to all of them.
key z
see '^─ The server waits ─+$'
row 'z all panes'
key Tab
see '^─ Wire ─+$'
row 's = socket\(AF_INET, SOCK_STREAM, 0\)'
key Tab
see '^─ Programs ─+$'
row '▶ 4 conn = accept\(s\)'
key z
# A pane that has no place at this size does not keep the focus.
see '^─ The server waits ─+┬─ Wire'
key z
see '^─ The server waits ─+$'
key Tab Tab Tab
see '^─ Sockets in the kernel ─+$'
row '^ \+ server LISTEN'
key Tab
see '^─ The server waits ─+$'
key z
see '┬─ Wire'

# Space and q stay what they are with each pane in focus; scrolling ends at the ends.
key Tab Up Up Up Up Up Up j j j j j j j j j l l l h h h h h
key Space
see 'page 2/7'
key Space
see 'step 1 of 2'
row 'c = socket\(\) '
key Tab j j j j j k
key Space
see 'SYN .*▶ HELD'
key k k k k k k k k k k k k k k k k k k k k
see 'client SYN-SENT'
key Tab

# Back and forth: the kernel stays where it is.
key PgUp
see 'review$'
see 'client CLOSED +not bound yet'
row 'Space forward   PgUp back   End now'
no_row 'SYN-SENT'
key d
see 'You are looking back: End goes to now\.'
key :
see 'You are looking back: End goes to now\.'
key 1
see 'Space forward'
key PgUp
gone 'client CLOSED'
row 'page 2/7'
key PgUp
see 'page 1/7' # one press for a page
row 'review$'
row 'of others\.|for others\.'
key PgUp PgUp PgUp PgUp PgUp PgUp
see 'review$'
key PgDn
see 'review$'
key End
see 'live$'
see 'client SYN-SENT'
no_row 'SYN-RECEIVED'
key Left
see 'review$'
key Right
# The press that reaches live runs nothing.
see 'live$'
row 'page 2/7 +step 2 of 2'
row 'client SYN-SENT'

# Blank, and back with any key, which does nothing else.
key .
gone '[^ ]'
key Space
see 'page 2/7 +step 2 of 2'
key b
gone '[^ ]'
key b
see 'client SYN-SENT'

# r asks; then the lesson is run again up to this page.
port=$(screen | sed -n 's/.*SYN-SENT *192.168.0.110:\([0-9]*\).*/\1/p')
key r
see 'Run the lesson again, up to this page\?'
key x
gone 'Run the lesson again'
row 'client SYN-SENT'
key r
see 'Run the lesson again'
key r
gone 'SYN-SENT'
see 'page 2/7'
see 'server LISTEN'
see 'Space next step'
key Space
see 'step 1 of 2'
key Space
see 'client SYN-SENT'
new_port=$(screen | sed -n 's/.*SYN-SENT *192.168.0.110:\([0-9]*\).*/\1/p')
if [ -z "$port" ] || [ -z "$new_port" ]; then
    fail "no port in the table: '$port' '$new_port'"
fi

# q asks; another key stays.
key q
see 'Leave this lesson\? q: yes   any other key: no'
key x
gone 'Leave this lesson'
row 'client SYN-SENT'
key q q
ended 0
