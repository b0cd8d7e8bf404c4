#!/bin/sh
# What covers the panes: the state map, a socket's details, a packet field by field, the
# glossary, the notes. Keys step the lesson below them; a question brings the text back.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab
# Presses: MAP GLOSSARY NOTES CLOSE OPEN

screen_start 80 24 "$SOCKETARIUM" learn 9
see 'Space next page'
key m
see '^─ States: RFC 9293, figure 5 ─+$'
row '\[ *LISTEN *\]'
row '● server s'
row 'Esc all panes'
# The map goes along.
key Space
see 'page 2/7'
key Space
see 'step 1 of 2'
key Space
see '● client c'
row '\[ *SYN-SENT *\]'
# Here a question is asked: first it must be seen.
see 'Space to the question'
key Space
see '^─ The client calls ─'
row '\? '
no_row 'right'
key m
see '● client c'
key Escape
see '┬─ Wire'

# A packet, from the ladder.
key Tab Enter
see '^─ One packet ─'
row 'SYN, from client to server'
row 'Receiver +server s, LISTEN'
row 'PgDn more'
key PgDn PgDn
see 'To +02:00:00:00:00:01'
key PgDn PgDn
gone 'PgDn more'
key Enter
see '┬─ Wire'
# A line with nothing to open says so.
key k k k k k k k k k k k k k k k k j Enter
see 'no packet and no state'
key x

# A socket, from the table.
key Tab Enter
see '^─ One socket ─'
row 'State +LISTEN'
key Escape Down Enter
see 'State +SYN-SENT'
key q
see 'Leave this lesson'
key x
see '^─ One socket ─'

# The glossary, and the notes.
key g
see '^─ Glossary ─'
row 'All terms'
key g
see '┬─ Wire'
key n
see '^─ Notes for the speaker ─'
key Escape

# Sequence numbers as they are on the wire; without the text, and with it.
key z
key '#'
key '#'
key z
key t
# A question is open: the text stays, and it is said why.
see 'The text goes when'
see '^─ The client calls ─'
key x
read_to '1-3 answer'
key 1
gone '^─ The client calls ─'
row '^─ Wire ─'
key t
see '^─ The client calls ─'
key q q
ended 0

# For the projector from the start.
screen_start 80 24 "$SOCKETARIUM" learn --present 9
see '^─ Wire ─'
no_row 'The server waits'
key Space Space Space
see '\? '
see '^─ The client calls ─'
key q q
ended 0
