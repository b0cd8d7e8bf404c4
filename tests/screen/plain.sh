#!/bin/sh
# Without a screen: a pipe gets the whole story, --plain asks its reader.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

told() { # REGEX in FILE
    grep -E -q -e "$1" "$TMPDIR/story" || {
        cat "$TMPDIR/story"
        echo "FAIL: the story does not tell: $1"
        exit 1
    }
}

{
    "$SOCKETARIUM" learn 9 2>"$TMPDIR/errors"
    echo $? >"$TMPDIR/status"
} | cat >"$TMPDIR/story"
[ "$(cat "$TMPDIR/status")" = 0 ] || {
    cat "$TMPDIR/story" "$TMPDIR/errors"
    echo "FAIL: learn 9 | cat: exit status $(cat "$TMPDIR/status")"
    exit 1
}
[ ! -s "$TMPDIR/errors" ] || { cat "$TMPDIR/errors"; echo "FAIL: errors"; exit 1; }
told '^The three-way handshake$'
for state in LISTEN SYN-SENT SYN-RECEIVED ESTABLISHED; do
    told "$state"
done
for page in 'The server waits' 'The client calls' 'The SYN arrives' 'The SYN\+ACK arrives' \
    'The lost SYN' 'Your turn' 'On paper'; do
    told "$page"
done
told 'A handshake is too quick to be caught' # its last paragraph
if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]')" "$TMPDIR/story"; then
    echo "FAIL: control characters in plain lines"
    exit 1
fi

# A reader that has had enough ends it quietly.
{
    "$SOCKETARIUM" learn 9 2>"$TMPDIR/errors"
    echo $? >"$TMPDIR/status"
} | head -n 1 >"$TMPDIR/story"
if [ "$(cat "$TMPDIR/status")" != 0 ] || [ -s "$TMPDIR/errors" ]; then
    cat "$TMPDIR/errors"
    echo "FAIL: learn 9 | head -1: exit status $(cat "$TMPDIR/status")"
    exit 1
fi
[ "$(cat "$TMPDIR/story")" = "The three-way handshake" ] || {
    cat "$TMPDIR/story"
    echo "FAIL: its first line"
    exit 1
}

# The list.
"$SOCKETARIUM" >"$TMPDIR/story" || exit 1
told '9 +The three-way handshake'

# Interactive, in a terminal: Enter goes on, numbers answer, : runs a line, q leaves.
screen_start 100 200 "$SOCKETARIUM" learn --plain 9
see '^\[Enter: next   1-9: answer   :LINE: a lab line   q: leave\]$'
[ "$(tm display-message -p -t lesson '#{alternate_on}')" = 0 ] ||
    fail "--plain uses the alternate screen"
key Enter
see 'The client calls'
key Enter
see 'socket\(AF_INET'
key Enter
see 'SYN-SENT'
see '1 +Nothing'
key 2 Enter
see 'Not quite|[Ww]rong|not right'
words ':nonsense'
key Enter
see 'nonsense'
words ':drop SYN'
key Enter
see 'dropped|lost'
key q Enter
ended 0

# A signal ends it with that signal.
screen_start 80 24 "$SOCKETARIUM" learn --plain 9
see '^\[Enter: next'
key C-c
ended 130
