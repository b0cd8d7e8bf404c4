#!/bin/sh
# The prompt of lab lines: the cursor, older lines, Tab, and ? for help.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cursor() { # COLUMN of the prompt's row
    tries=0
    until [ "$(tm display-message -p -t lesson '#{cursor_x}')" = "$1" ]; do
        once_more "the cursor is in column $(tm display-message -p -t lesson '#{cursor_x}')"
    done
}

screen_start 80 24 "$SOCKETARIUM" lab
see 'live$'
row ': a line'

# Tab: as far as all go on alike, then what there is; one alone is put in whole.
key :
words 'server: s = so'
key Tab
see '^ :server: s = socket\($'
key Tab
see '^ :server: s = socket\(AF_INET$'
see '^ AF_INET \(IPv4\)   AF_INET6 \(IPv6\)$'
words ', SOCK_ST'
gone 'IPv4'
key Tab
words '0)'
see '^ :server: s = socket\(AF_INET, SOCK_STREAM, 0\)$'
key Enter
see 'server CLOSED +not bound yet'
key :
words 'server: b'
key Tab Tab
see '^ :server: bind\(s,$'
key Tab
see '\*: .*192\.168\.0\.101:'
words '*:6666)'
key Enter
line 'server: listen(s, 5)'
see 'server LISTEN'

# What cannot be completed is said; a ? in quotes is text.
key :
words 'server: recv(s, '
key Tab
see 'Here: a number of bytes, like 100\.'
key C-u
see '^ :$'
words 'deliver ?'
see '^ Here: words of a held packet'
see '^ deliver .MATCH. or all: lets the oldest held packet'
row 'Example: deliver SYN$'
row '^ :deliver$'
key C-u
words 'server: send(s, "?'
see '^ :server: send\(s, "\?$'

# The cursor, and taking out.
key C-u
words 'one two'
cursor 9
key Left Left Left
cursor 6
key DC
see '^ :one wo$'
key Home
cursor 2
words 'é世'
see '^ :é世one wo$'
cursor 5
key End BSpace
see '^ :é世one w$'
key C-w
see '^ :é世one$'
key C-u
see '^ :$'

# Older lines, and back to the new one.
words 'new'
key Up
see '^ :server: listen\(s, 5\)$'
key Up
see '^ :server: bind\(s, \*:6666\)$'
key Down Down
see '^ :new$'
key Escape
see ': a line'

# A packet that is held, and a client that finds the server.
line 'client: c = socket(AF_INET, SOCK_STREAM, 0)'
see 'client CLOSED'
key :
words 'cl'
key Tab
words 'con'
key Tab Tab Tab
see '^ :client: connect\(c, 192\.168\.0\.101:6666\)$'
key Enter
see 'client SYN-SENT'
key :
words 'deliver S'
key Tab
see '^ :deliver SYN$'
key Enter
see 'server SYN-RECEIVED'
key q q
ended 0
