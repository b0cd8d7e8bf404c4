#!/bin/sh
# What the reader does is kept: pages, answers, tasks; and the list resumes where it was left.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

SOCKETARIUM_LESSONS=$TMPDIR/lessons
export SOCKETARIUM_LESSONS
mkdir "$SOCKETARIUM_LESSONS"
cat >"$SOCKETARIUM_LESSONS/01-mine.md" <<'END'
# Mine

Of sockets.

Part: One
Level: core
Time: 5 min

## First

```lab setup
host a 10.0.0.1
```

What is it?

- [x] this
- [ ] that
- [ ] nothing

> This.

## Second

What now?

- [x] one
- [ ] two
- [ ] three

> One.

## Third

Make a socket.

```lab task
expect a.s CLOSED
```

```lab solution
a: s = socket(AF_INET, SOCK_STREAM, 0)
```
END

told() { # LINE...: what the command progress says of the lesson
    "$SOCKETARIUM" progress | sed -e 1,2d -e 's/ *[0-9-]*$//' >"$TMPDIR/told"
    printf '%s\n' "$@" | diff - "$TMPDIR/told" || fail "progress says something else"
}

screen_start 80 24 "$SOCKETARIUM"
see '^ > +1  Mine'
key Enter
see '1-3 answer'
key 2
see '1-3 answer' # a second try
key 1
see 'Space next page'
key Space
see 'page 2/3'
key q q
see '^ > +1  Mine +page 2 of 3'
told ' 1  Mine                                      page 2 of 3' \
    '      1 of 2 questions answered: 1 at the second' '      0 of 1 task done'

# Resumed there: what runs by itself up to the page is no answer of the reader's.
key Enter
see 'page 2/3'
see '1-3 answer'
key 1
see 'Space next page'
key Space
see 'page 3/3'
line 'a: s = socket(AF_INET, SOCK_STREAM, 0)'
see 'The end\.'
key q q
see '^ > +1  Mine +✓ done'
row '^ Enter begin '
key q
ended 0
told ' 1  Mine                                      done' \
    '      2 of 2 questions answered: 1 at the first try, 1 at the second' \
    '      1 of 1 task done: 1 by hand'

# Where nothing can be kept, the lesson goes on, and it is said at the end.
screen_start 80 24 env -u HOME "$SOCKETARIUM" learn 1
see '1-3 answer'
key 1
see 'Space next page'
key q q
ended 0
see 'progress is not kept: HOME is not set'
