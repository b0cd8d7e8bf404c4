#!/bin/sh
# The mouse in a lesson: a click answers, gives a pane the keys, and chooses there; the next
# one opens. The wheel scrolls what it is over.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/mouse.md" <<'END_OF_LESSON'
# Mouse

Clicks.

## One

```lab setup
host a 10.0.0.1
host b 10.0.0.2
wire hold
b: l1 = socket(AF_INET, SOCK_STREAM, 0)
b: bind(l1, *:13111)
b: listen(l1, 1)
b: l2 = socket(AF_INET, SOCK_STREAM, 0)
b: bind(l2, *:13222)
b: listen(l2, 1)
b: l3 = socket(AF_INET, SOCK_STREAM, 0)
b: bind(l3, *:13333)
b: listen(l3, 1)
b: l4 = socket(AF_INET, SOCK_STREAM, 0)
b: bind(l4, *:13444)
b: listen(l4, 1)
b: l5 = socket(AF_INET, SOCK_STREAM, 0)
b: bind(l5, *:13555)
b: listen(l5, 1)
a: s = socket(AF_INET, SOCK_DGRAM, 0)
a: sendto(s, "one", 10.0.0.2:5000)
a: sendto(s, "two", 10.0.0.2:5000)
```

Which one?

- [ ] alpha
- [x] beta

> It was beta.

Which two?

- [x] gamma
- [ ] delta
- [x] epsilon

> Those.
END_OF_LESSON

# The row of the screen, from 1, on which REGEX stands.
row_of() {
    screen | grep -n -E -e "$1" | head -n 1 | cut -d : -f 1
}

# A click that chooses a socket: the cursor goes there.
choose() { # COLUMN ROW
    click "$1" "$2"
    tries=0
    until [ "$(tm display-message -p -t lesson '#{cursor_flag} #{cursor_y}')" = "1 $(($2 - 1))" ]; do
        once_more "nothing is chosen in row $2"
    done
}

# Presses: MOUSE
screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/mouse.md"
see '1-2 answer'
click 5 "$(row_of ' 1 alpha')"
see 'alpha +✗ not this'
see 'It was beta'
see '\? Which two'
read_to '1-3 choose'
click 5 "$(row_of ' 1 gamma')"
see '\* 1 gamma'
click 5 "$(row_of ' 3 epsilon')"
see '\* 3 epsilon'
click 5 "$(row_of '\* 1 gamma')"
gone '\* 1 gamma'
click 5 "$(row_of ' 1 gamma')"
see '\* 1 gamma'
# What is no answer is none.
click 5 "$(row_of 'Which two')"
key Enter
see 'Right\.'

# The wire: the first click chooses, the second one opens, also when the keys were elsewhere.
click 50 "$(row_of '10\.0\.0\.2')" # the heads are no line of it
see 'Enter details'
packet=$(row_of 'HELD|▶')
click 50 "$packet"
see 'The end'
no_row 'One packet'
key Tab Tab
click 50 "$packet"
no_row 'One packet'
click 50 "$packet"
see '^─ One packet ─'
row 'PgDn more'
no_row 'To +02:'
for _ in 1 2 3 4 5 6 7 8 9 10; do
    wheel down 20 10
done
see 'To +02:'
for _ in 1 2 3 4 5 6 7 8 9 10; do
    wheel up 20 10
done
see 'from a to b'
click 20 10 # a sheet has nothing to choose
see '^─ One packet ─'
key Escape
see '┬─ Wire'

# The table: it stands as it does, so that the next click is on the same row.
no_row '0\.0\.0\.0:13111'
listener=$(row_of 'LISTEN +0\.0\.0\.0:13333')
choose 20 "$listener"
no_row 'One socket'
click 20 "$listener"
see '^─ One socket ─'
row 'port 13333'
key Escape
see '┬─ Wire'
[ "$(row_of 'LISTEN +0\.0\.0\.0:13333')" = "$listener" ] || fail "the table has moved"
choose 20 "$((listener + 1))"
click 20 "$((listener + 1))"
see '^─ One socket ─'
row 'port 13444'
key Escape
see '┬─ Wire'
click 20 "$(row_of '^ Connections')" # no socket
see '┬─ Wire'

# The wheel, over the table and over the text, without a click before.
click 50 3
wheel up 20 "$listener"
wheel up 20 "$listener"
wheel up 20 "$listener"
see '0\.0\.0\.0:13111'
wheel down 20 "$listener"
wheel down 20 "$listener"
wheel down 20 "$listener"
gone '0\.0\.0\.0:13111'
click 50 3
wheel up 5 8
wheel up 5 8
see 'alpha'
row 'Enter details' # the keys stay where they were
wheel down 5 8
wheel down 5 8
see 'Those'

# Outside of all panes, while a line is typed, and at a question of the program's.
click 5 1
click 5 24
key :
see '^ :$'
click 5 5
words 'ab'
see '^ :ab$'
key Escape q
see 'Leave this lesson'
click 5 5
gone 'Leave this lesson'
key .
gone '[^ ]'
click 5 5
see 'Those'
key q q
ended 0
