#!/bin/sh
# The last row: the keys that work now, the next thing first; whole at 80 columns and at 60.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/footers.md" <<'END_OF_LESSON'
# Footers

All that can be asked.

## One

```lab
host a 10.0.0.1
host b 10.0.0.2
wire hold
a: s = socket(AF_INET, SOCK_DGRAM, 0)
a: sendto(s, "one", 10.0.0.2:5000)
```

A single one?

- [ ] alpha
- [x] beta
- [ ] gamma

> It was beta.

Several?

- [x] alpha
- [x] beta
- [ ] gamma

> Two of them.

## Two

```lab
a: t = socket(AF_INET, SOCK_STREAM, 0)
```

```lab task
expect a.t LISTEN
```

```lab solution
a: bind(t, *:13111)
wait 300s
```

It need not be solved.

## Three

Words.

```lab
wait 300s
```

More words.

```lab
a: listen(s, 1)
```

Never.
END_OF_LESSON

# The last row at this width, as it is with all its words; the message rows are not asked.
footer() { # TEXT
    tries=0
    until [ "$(screen | tail -n 1)" = " $1" ]; do
        once_more "the last row is not: $1"
    done
}

# The same at 60 columns, and back.
narrow() { # TEXT
    resize 60 24
    footer "$1"
    resize 80 24
}

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/footers.md"
footer 'Space next step   z one pane   ? keys   q leave'
key Space
see '\+ a +- +not bound'
key Space
footer '1-3 answer   Space show answer   d drop packet   z one pane   ? keys   q leave'
narrow '1-3 answer   Space show answer   ? keys   q leave'
key Tab
footer '1-3 answer   Space show answer   d drop packet   ? keys   q leave'

# One pane, and sheets: first back to the question.
key z
footer 'Space to the question   z all panes   Enter details   ? keys   q leave'
narrow 'Space to the question   z all panes   ? keys   q leave'
key Enter
footer 'Space to the question   PgDn more   Esc all panes   ? keys   q leave'
narrow 'Space to the question   Esc all panes   ? keys   q leave'
key Escape # from the sheet, and from the single pane below it
footer '1-3 answer   Space show answer   d drop packet   ? keys   q leave'
key m
footer 'Space to the question   d drop packet   Esc all panes   ? keys   q leave'
key Space
footer '1-3 answer   Space show answer   d drop packet   ? keys   q leave'

# Several are right: Enter sends what was chosen.
key 2
footer '1-3 choose   Space show answer   d drop packet   ? keys   q leave'
key 1
footer '1-3 choose   Enter send   Space show answer   d drop packet   ? keys   q leave'
narrow '1-3 choose   Enter send   Space show answer   ? keys'
key 2 Enter
footer 'Space next page   d drop packet   z one pane   Enter details   ? keys   q leave'

# Looking back.
key PgUp
footer 'Space forward   PgUp back   End now   Enter details   ? keys   q leave'
narrow 'Space forward   PgUp back   End now   ? keys   q leave'
key End
footer 'Space next page   d drop packet   z one pane   Enter details   ? keys   q leave'

# While it plays, what stops it.
key - - - - - - - p
see 'A step each 15 s\.'
key Tab Tab Tab Tab Tab
see '^ p stop   Space next page '
key p
see '^ Space next page '

# A task: open, shown, run.
key d
see "✗"
key Space
footer 'Space next step   z one pane   ? keys   q leave'
key Space
footer ': do it   Space show one way   z one pane   ? keys   q leave'
key Space
footer 'Show one way to do it? Space: yes   any other key: not yet'
key x
footer ': do it   Space show one way   z one pane   ? keys   q leave'
key Space Space
footer ': do it   Space run it   z one pane   ? keys   q leave'
key Space
footer 'Waiting: the time that this step takes.   Space: skip'
key Space
footer ': do it   Space go on without   z one pane   ? keys   q leave'
narrow ': do it   Space go on without   ? keys   q leave'
key Space
footer 'Space next page   z one pane   ? keys   q leave'
key Space
footer 'Space next step   z one pane   ? keys   q leave'

# What takes its time, and what fails.
key Space
footer 'Waiting: the time that this step takes.   Space: skip'
key d
see 'No packet is held'
key x
footer 'Waiting: the time that this step takes.   Space: skip'
key Space
footer 'Space next step   z one pane   ? keys   q leave'
key Space
see 'This step did not work: '
see 'r: run again   q: leave'
key q q
ended 0

# The end, of a lesson and of its recording.
"$SOCKETARIUM" check --journal "$TMPDIR/nine.ndjson" "$SOCKETARIUM_LESSONS"/09-*.md \
    >/dev/null || fail "lesson 9 does not pass"
screen_start 80 24 "$SOCKETARIUM" replay "$TMPDIR/nine.ndjson"
footer 'Space next   PgUp back   End its end   z one pane   ? keys   q leave'
narrow 'Space read on   z one pane   ? keys   q leave'
key End
see 'page 7/7'
read_to 'The recording ends\.'
footer 'The recording ends.   PgUp back   z one pane   ? keys   q leave'
key z m
footer 'The recording ends.   PgUp back   Esc all panes   ? keys   q leave'
key Escape q q
ended 0
