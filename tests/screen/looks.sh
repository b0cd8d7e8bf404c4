#!/bin/sh
# What changes the picture and nothing else: themes, single events, real sequence numbers,
# the text away; and Esc, which never leaves.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

# The colours that the screen has, as select graphic rendition has them: 9x are the bright
# ones, 4x and 10x backgrounds; without those that are the terminal's own.
attributes() {
    tm capture-pane -e -p -t lesson | grep -o "$(printf '\033')\[[0-9;]*m" |
        tr -d '\033[m' | tr ';' '\n' | sort -n -u
}

coloured() { # COLOURS
    tries=0
    until [ "$(attributes | grep -x -E '3[0-7]|4[0-7]|9[0-7]|10[0-7]' | xargs)" = "$1" ]; do
        once_more "colours $(attributes | xargs), expected $1"
    done
}

reversed() { # yes|no
    tries=0
    while :; do
        found=no
        attributes | grep -q -x 7 && found=yes
        [ "$found" = "$1" ] && break
        once_more "reversed: $found"
    done
}

held() { # COMMAND...: up to a held packet, with a question below
    screen_start 80 24 "$@"
    see 'Space next page'
    key Space
    see 'page 2/7'
    key Space
    see 'step 1 of 2'
    key Space
    see 'SYN .*▶ HELD'
    see '\? '
}

held "$SOCKETARIUM" learn 9
coloured '35 36'
reversed no
key q q
ended 0
held "$SOCKETARIUM" learn --theme dark 9
coloured '95 96'
key q q
ended 0
held "$SOCKETARIUM" learn --theme light 9
coloured '35'
key q q
ended 0
held "$SOCKETARIUM" learn --theme contrast 9
coloured '40 97'
reversed yes
key q q
ended 0
held "$SOCKETARIUM" learn --theme mono 9
coloured ''
# What is selected is seen without a colour.
key Tab
see 'Enter details'
key k
reversed yes
key q q
ended 0
held env NO_COLOR=1 "$SOCKETARIUM" learn --theme dark 9
coloured ''
key q q
ended 0
# A terminal of eight colours has the plain ones, also of the contrast.
held env TERM=screen "$SOCKETARIUM" learn --theme dark 9
coloured '35 36'
key q q
ended 0
held env TERM=screen "$SOCKETARIUM" learn --theme contrast 9
coloured '37 40'
key q q
ended 0
screen_start 80 24 "$SOCKETARIUM" learn --theme pink 9
see "option --theme: 'pink'; expected one of"
ended 2

# Sequence numbers: from 0, or as they are on the wire. The wire alone has room for them.
# Presses: NUMBERS ZOOM PANE CLOSE BLANK
held "$SOCKETARIUM" learn 9
key Tab z
see 'SYN .*seq=0 '
key '#'
see 'SYN .*seq=[0-9]{5,10} '
key '#'
see 'SYN .*seq=0 '

# Esc goes back, from each thing that is in the way, and never leaves.
key Escape
see '┬─ Wire'
key Escape F5 Escape
key q
see 'Leave this lesson'
key Escape
gone 'Leave this lesson'
key r
see 'Run the lesson again'
key Escape
gone 'Run the lesson again'
key '?'
see '^ Keys'
key Escape
see '┬─ Wire'
key :
see '^ :$'
words 'deliver'
key Escape
see '┬─ Wire'
key b
gone '[^ ]'
key Escape
see '┬─ Wire'
key m
see '^─ States'
key Escape F5
see '┬─ Wire'
key q q
ended 0

# One event back and forward; the text away, and back. Nothing comes by itself here.
# Presses: EVENT_BACK EVENT_FORWARD BACK LIVE TEXT SCROLL_LEFT SCROLL_RIGHT
cat >"$TMPDIR/events.md" <<'END_OF_LESSON'
# Events

One by one.

## One

```lab setup
host a 10.0.0.1
a: s = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s, *:13111)
```

Words on this page.

```lab
a: listen(s, 1)
```

Listening words.
END_OF_LESSON
screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/events.md"
see 'Space next step'
key Space
see 'Listening words'
see 'The end'
key '['
see 'review$'
key '[' '[' ']' ']'
see 'review$'
key ']'
see 'live$'
key ']'
see 'live$'
tries=0
until on_screen '- +CLOSED|a +CLOSED'; do # back to where it was not listening
    key '['
    once_more "no event in which it does not listen"
done
no_row 'Listening words'
see 'review$'
key End
see 'live$'
see 'LISTEN'
for _ in 1 2 3 4 5 6 7 8; do # to the first event of the first page, and no further
    key '[' '[' '[' '[' '[' '[' '[' '['
done
key '#'
see '^ Connections: none'
gone 'CLOSED|socket\('
row '^ Events +page 1/1 .*review$'
key End
see 'live$'
key PgUp
see 'review$'
key End
see 'live$'

key t
gone 'Listening words'
row '^─ Wire ─'
key t
see 'Listening words'
key z
gone '┬─ Wire'
key t # all panes but the text
see '^─ Wire ─+$'
row 'Sockets in the kernel'
key t
see 'Listening words'
key q q
ended 0

# A wire that is wider than the screen.
{
    printf '# Wide\n\nMany hosts.\n\n## One\n\n```lab setup\n'
    for i in 1 2 3 4 5 6 7 8; do
        echo "host machine$i 10.0.0.$i"
    done
    printf '```\n\nWords.\n'
} >"$TMPDIR/wide.md"
screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/wide.md"
see 'The end'
see 'machine1'
no_row 'machine8'
key Tab l l l l l l l l l l l l
see 'machine8'
no_row 'machine1'
key h h h h h h h h h h h h
see 'machine1'
no_row 'machine8'
key q q
ended 0
