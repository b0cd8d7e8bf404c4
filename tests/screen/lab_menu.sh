#!/bin/sh
# The free lab by Space, Enter and Esc alone: two clients at one server, a packet lost, one
# client half closed; a line taken back; saved, and checked.
# Presses: UNDO
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

escape=$(printf '\033')

selected() { # TITLE
    tm capture-pane -p -e -t lesson | grep -q "$escape\[[0-9;]*7m *$1"
}

# Opens the menu and chooses by titles: Space goes down to each, Enter chooses it.
choose() { # TITLE...
    see 'Enter menu'
    key Enter
    see 'Enter choose +Space the next one'
    for title; do
        see "│ $title"
        tries=0
        until selected "$title"; do
            key Space
            once_more "never selected: $title"
        done
        key Enter
        tries=0
        while selected "$title"; do
            once_more "still selected: $title"
        done
    done
}

cd "$TMPDIR" || exit 1
screen_start 120 36 "$SOCKETARIUM" lab
see 'Enter menu'

# Esc goes back, and ends it.
key Enter
see 'What shall happen\?'
key Enter
see '→ client'
key Escape
see 'What shall happen\? ─'
key Escape
see 'Enter menu'

choose 'On host server' 'Make a TCP socket'
see '\+ server CLOSED'
choose 'A socket' 'server s' 'Bind it to a port' 'Port 6666'
see 'server: bind\(s, \*:6666\)'
# Taken back: a fresh lab, and all but the last line again.
key u
see 'Taken back'
see 'not bound yet'
no_row 'bind\(s, \*:6666\)'
key x
choose 'A socket' 'server s' 'Bind it to a port' 'Port 6666'
see 'server: bind\(s, \*:6666\)'
choose 'A socket' 'server s' 'Listen'
see 'server LISTEN +0\.0\.0\.0:6666'
choose 'On host client' 'Make a TCP socket'
see '\+ client CLOSED'
choose 'A socket' 'client c:' 'Connect' 'server, port 6666'
see 'client SYN-SENT'
see 'HELD'
# A packet is lost, and comes again.
choose 'A packet on the wire' 'SYN' 'Drop it'
see '✗'
choose 'The wire, and the lab' 'Let all packets through'
see 'client ESTABLISHED'
choose 'A socket' 'server s:' 'Accept'
see 'server: c[0-9a-z]* = accept\(s\)'
choose 'The wire, and the lab' 'Add a client'
see 'host client2 192\.168\.0\.'
choose 'On host client2' 'Make a TCP socket'
see '\+ client2 CLOSED'
choose 'A socket' 'client2' 'Connect' 'server, port 6666'
see 'client2 +ESTABLISHED'
choose 'A socket' 'client c:' 'Shut'
see 'client +FIN-WAIT-2'
see 'server +CLOSE-WAIT'

choose 'The wire, and the lab' 'Save this as a lesson'
see '^ :save my-scene\.md'
key Enter
see 'Saved as my-scene\.md'
key x
key :
words 'save my-scene.md'
key Enter
see 'Not saved: my-scene\.md: File exists'
key x
key :
words 'save nothing'
key Enter
see "expected a file's name that ends in \.md"
key x q q
ended 0
"$SOCKETARIUM" check my-scene.md >"$TMPDIR/checked" 2>&1 || {
    cat my-scene.md "$TMPDIR/checked"
    fail "what was saved does not pass"
}
