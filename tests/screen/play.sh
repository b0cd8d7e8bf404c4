#!/bin/sh
# Playing: steps, pages and what there is to read go by themselves, up to what a class must
# answer or do, and to the end.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/play.md" <<'END_OF_LESSON'
# Play

Steps by themselves.

## One

```lab setup
host a 10.0.0.1
```

First words.

```lab
a: s1 = socket(AF_INET, SOCK_DGRAM, 0)
a: s2 = socket(AF_INET, SOCK_DGRAM, 0)
```

Two sockets.

## Two

How many?

- [x] two
- [ ] three

> One, and one.

## Three

```lab
a: t = socket(AF_INET, SOCK_STREAM, 0)
```

```lab task
expect a.t LISTEN
```

```lab solution
a: listen(t, 1)
```

It listens.

## Four

```lab
a: close(s1)
```

The last words.
END_OF_LESSON

# Presses: PLAY FASTER SLOWER
screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/play.md"
see 'Space next step'
key -
see 'A step each 3 s\.'
key - - - - - -
see 'A step each 15 s\.'
key + + + + + + + + +
see 'A step each 0\.5 s\. +p: stop +\+ and -: speed'
no_row 'plays$'
key p
see 'plays$'
# Any other key has the footer again, which says what stops.
key Tab
see '^ p stop   Space next|Playing stops'
see 'Playing stops here, at a question: answer it with a number\.'
row 'page 2/4'
see 'live$'
row '\? How many'
no_row 'right'

# Looking back, what was answered is passed; now is where it stops again.
key 1
see 'Right\.'
key PgUp PgUp PgUp PgUp
see 'page 1/4'
see 'review$'
key p
see 'plays$'
# A key that means something else stops it.
see 'page 2/4'
see 'Playing stops here, at a task: do it with a : and a line\.'
row 'page 3/4'
see 'live$'

# Help and a blank screen do not stop it, and a line that is typed does.
key p
see 'plays$'
see 'Playing stops here, at a task'
line 'a: listen(t, 1)'
see 'It listens'
key p
see 'Playing ends here\.'
row 'page 4/4'
row 'The last words'
see 'live$'
key p
see 'Playing ends here\.'

key PgUp PgUp PgUp
see 'review$'
key p
see 'plays$'
key [
gone 'plays$'
see 'review$'
key p
see 'plays$'
key p
see 'review$'
key p
see 'plays$'
key q
see 'Leave this lesson'
key x
no_row 'plays$'
key q q
ended 0

# It stops where a step fails, and the screen says why.
cat >"$TMPDIR/fails.md" <<'END_OF_LESSON'
# Fails

A step that fails.

## One

```lab
host a 10.0.0.1
a: s = socket(AF_INET, SOCK_DGRAM, 0)
a: listen(s, 1)
```

Never.
END_OF_LESSON
screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/fails.md"
see 'Space next step'
key + + p
see 'This step did not work: '
gone 'plays$'
row 'r: run again'
# What a key leads to is said there, too.
key d
see 'No packet is held'
key x
see 'This step did not work: '
key q q
ended 0

# A recording goes on past its tasks, and stops where its reader can answer.
"$SOCKETARIUM" check --journal "$TMPDIR/play.ndjson" "$TMPDIR/play.md" >/dev/null ||
    fail "play.md does not pass"
screen_start 80 24 "$SOCKETARIUM" replay "$TMPDIR/play.ndjson"
see 'recorded$'
key + + p
see 'Playing stops here, at a question'
row 'page 2/4'
key 1
see 'Right\.'
key p
see 'Playing ends here\.'
row 'page 4/4'
key q q
ended 0
