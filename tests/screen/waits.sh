#!/bin/sh
# What takes its time: it is said, Next skips it, and no press turns a page unread.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/waits.md" <<'END_OF_LESSON'
# Waits

What takes its time.

## A pause

```lab
host a 10.0.0.1
host b 10.0.0.2
wait 300s
a: s = socket(AF_INET, SOCK_STREAM, 0)
```

After the pause.

## A limit of five minutes

```lab
b: s = socket(AF_INET, SOCK_STREAM, 0)
expect within 300s b.s LISTEN
```

After the limit.

## A step

```lab
wire hold
b: u = socket(AF_INET, SOCK_DGRAM, 0)
wait 1500ms
```

After the step.

## A task

```lab task
expect within 300s b.s LISTEN
expect b.u unconnected
```

```lab solution
b: bind(u, *:5000)
```

After the task.
END_OF_LESSON

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/waits.md"
see 'page 1/4'
key Space
see 'Waiting: the time that this step takes\. +Space: skip'
no_row 'After the pause'
key Space
see 'Space next step'
key Space
see 'After the pause'
see 'Space next page'
key Space

see 'page 2/4'
key Space
see 'Waiting: b\.s LISTEN\. +Space: skip'
no_row 'After the limit|300s'
key Space
see 'After the limit'
see 'Space next page'
key Space

# Two presses too many: the step ends, and its text is there to be read.
see 'page 3/4'
key Space
see '\+ b +- '
key Space Space Space
see 'After the step'
see 'page 3/4'
see 'Space next page'
key Space

# The solution brings about one of the two; it does not run a second time.
see '1?- b\.s LISTEN +not yet'
see '✓ b\.u unconnected'
key Space
see 'Show one way'
key Space
see 'Space run it'
key Space
see 'solution run'
see '0\.0\.0\.0:5000'
see 'Space go on without'
key Space
see 'After the task'
see 'The end\. +: try it'
no_row 'EINVAL'
key q q
ended 0
