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

# Interactive, in a terminal: Enter goes on, numbers answer, : runs a line, q leaves. The
# prompt names what works now.
screen_start 100 300 "$SOCKETARIUM" learn --plain 9
see '^Enter: next page\. Question mark: help\.$'
[ "$(tm display-message -p -t lesson '#{alternate_on}')" = 0 ] ||
    fail "--plain uses the alternate screen"
key Enter
see 'The client calls'
see '^Enter: next step\.$'
key Enter
see 'socket\(AF_INET'
key Enter
see 'SYN-SENT'
see '1 +Nothing'
see '^1-3: answer\. Enter: show the answer\.$'

# What is wrong gets a sentence, and changes nothing.
words 'dance'
key Enter
see '^Not known: dance\. Question mark: help\.$'
words 'client: close(c)'
key Enter
see '^Not known: client: close\(c\)\. A line of the lab begins with a colon'
key 4 Enter
see '^The answers have the numbers 1 to 3\.$'
words '1 2'
key Enter
see '^One answer is right: type one number\.$'

# A second try, and not the same again.
key 2 Enter
see '^Not quite\. Try once more\.$'
key 2 Enter
see '^That you have tried; it is another one\.$'
key 1 Enter
see '^Right\.$'
see '^Enter: next page\.$'
key 1 Enter
see '^No question is open now\.$'

# How things are now, and words.
key s Enter
see '^server: tcp socket, LISTEN, owner server s, local 0\.0\.0\.0:6666, 0 waiting, room for 6\.$'
see '^client: tcp socket, SYN-SENT, owner client c, local '
key w Enter
see '^Packet 1, SYN with seq 0, from client to server, is held'
key p Enter
see '^client waits in connect\(\)\.$'
words 'g backlog'
key Enter
see '^backlog: '
words 'g nosuchword'
key Enter
see '^The glossary does not have the word nosuchword\.$'
words 'g'
key Enter
see '^New words of this page: active open, segment, SYN, SYN-SENT\.$'
words '?'
key Enter
see '^Colon and a line: run it in the lab'
key r Enter
tries=0
until [ "$(screen | grep -c '^Page 2 of 7: The client calls$')" = 2 ]; do
    once_more "the page is not read again"
done

# The SYN is sent again and again: that is not told each time, and asks nothing again.
tries=0
until [ "$(screen | grep -c 'SYN with seq 0, from client to server, is sent again')" -ge 2 ]; do
    once_more "no copy is told"
done
[ "$(screen | grep -c '^Enter: next page\.$')" = 2 ] || fail "the prompt comes again"

words ':nonsense'
key Enter
see "^Not possible: unknown command 'nonsense'"
words ':drop SYN'
key Enter
see '^Packet 1, SYN, from client to server, is lost\.$'
[ "$(screen | grep -c '^Step 2 of 2\.$')" = 1 ] || fail "a typed line is told as a step"
words ': # nothing'
key Enter
see '^After the colon comes a line of the lab'
key q Enter
ended 0

# The progress is kept: one answer at the second try.
"$SOCKETARIUM" progress --json >"$TMPDIR/story" || exit 1
told '"lesson":"09-the-three-way-handshake","page":2'
told '"question":1,"page":2,"result":"second"'

# A task: its goals, those that hold now, its solution. All lines come in one burst: each
# waits for the one before it.
cat >"$TMPDIR/task.md" <<'END'
# A task

Do it.

## One

```lab setup
host server 10.0.0.1
host client 10.0.0.2
wire hold
```

| Word | Meaning |
|---|---|
| hold | it stays → here |

Now you.

```lab task
expect server *:8080 *:* LISTEN
expect within 3s server *:8081 *:* LISTEN
```

```lab solution
server: s = socket(AF_INET, SOCK_STREAM, 0)
server: bind(s, *:8080)
server: listen(s, 5)
server: t = socket(AF_INET, SOCK_STREAM, 0)
server: bind(t, *:8081)
server: listen(t, 5)
```

Done it is.

```lab
inject 10.0.0.9:1000 -> 10.0.0.1:8080 SYN times=20
client: c = socket(AF_INET, SOCK_STREAM, 0)
client: connect(c, 10.0.0.1:8081) => blocks
client: => 0
```
END
screen_start 100 100 "$SOCKETARIUM" learn --plain "$TMPDIR/task.md"
see '^Word: hold, Meaning: it stays right arrow here\.$'
see '^  server \*:8081 \*:\* LISTEN$'
see '^Colon and a line: do it by hand\. Enter: show one way\.'
words ':server: x = socket(AF_INET, SOCK_STREAM, 0)'
key Enter
words ':server: bind(x, *:8080)'
key Enter
words ':server: listen(x, 5)'
key Enter
see '^Holds now: server \*:8080 \*:\* LISTEN$'
key Enter
see '^One way to do it:$'
see '^Colon and a line: do it by hand\. Enter: run it\.$'
words ':server: y = socket(AF_INET, SOCK_STREAM, 0)'
key Enter
words ':server: bind(y, *:8081)'
key Enter
words ':server: listen(y, 5)'
key Enter
see '^The task is done\.$'
see '^Done it is\.$'

# Many packets are told as one; a wait is told, and can be skipped.
key Enter
see '^20 packets SYN, from nobody to server, are forged, and held on the wire\.$'
key Enter Enter
see '^Waiting: '
see '^Enter: do not wait for it\.$'
key Enter
see '^The end\. Enter: leave\. Colon and a line: try something\.$'
key w Enter
see '^20 packets, such as SYN, from nobody to server, are held\.$'
key Enter
ended 0

# A signal ends it with that signal.
screen_start 80 24 "$SOCKETARIUM" learn --plain 9
see '^Enter: next page'
key C-c
ended 130

# A recording waits for its reader too, and lets the questions be answered anew.
"$SOCKETARIUM" check --journal "$TMPDIR/journal" "$SOCKETARIUM_LESSONS"/09-*.md \
    >"$TMPDIR/story" 2>&1 || { cat "$TMPDIR/story"; exit 1; }
screen_start 100 200 "$SOCKETARIUM" replay --plain "$TMPDIR/journal"
see '^Enter: go on\. Question mark: help\.$'
no_row 'The client calls'
key Enter
see 'The client calls'
no_row 'SYN-SENT'
key Enter Enter
see '^1-3: answer\. Enter: go on without\.$'
key 3 Enter
see '^Not quite\. Try once more\.$'
key 1 Enter
see '^Right\.$'
no_row '^The answer is number'
words ':drop SYN'
key Enter
see '^This is a recording: no line can be run\.$'
key q Enter
ended 0
"$SOCKETARIUM" replay --plain "$TMPDIR/journal" >"$TMPDIR/story" || exit 1
told 'A handshake is too quick to be caught'

# Behind a class: what was before is not told, what comes is.
pages=$(grep -n '"event":"page"' "$TMPDIR/journal" | sed -n '5s/:.*//p')
head -n "$pages" "$TMPDIR/journal" >"$TMPDIR/class"
screen_start 100 200 "$SOCKETARIUM" replay --plain --follow "$TMPDIR/class"
see '^Following\. Question mark: help\.$|^1-3: answer\. Question mark: help\.$'
no_row 'Host client is on the wire'
key Enter
see '^Nothing more has happened yet\.$'
tail -n +"$((pages + 1))" "$TMPDIR/journal" >>"$TMPDIR/class"
see 'A handshake is too quick to be caught'
key q Enter
ended 0
