#!/bin/sh
# The table of sockets when it is longer than its pane, and what a step waits for.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/many.md" <<'END'
# Many

Many sockets.

## Listeners

```lab setup
host a 10.0.0.1
host b 10.0.0.2
wire hold
a: s1 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s1, *:13111)
a: listen(s1, 5)
a: s2 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s2, *:13222)
a: listen(s2, 5)
a: s3 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s3, *:13333)
a: listen(s3, 5)
a: s4 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s4, *:13444)
a: listen(s4, 5)
a: s5 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s5, *:13555)
a: listen(s5, 5)
a: s6 = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s6, *:13666)
a: listen(s6, 5)
```

Seven more rows than there is room for.

```lab
a: u1 = socket(AF_INET, SOCK_DGRAM, 0)
+ a: bind(u1, *:23111)
a: u2 = socket(AF_INET, SOCK_DGRAM, 0)
+ a: bind(u2, *:23222)
a: s7 = socket(AF_INET, SOCK_STREAM, 0)
expect within 1s wire SYN
a: close(s7)
```

The end has come.
END

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/many.md"
see 'Space next step'
row 'a +LISTEN +0\.0\.0\.0:13666'

# What a step brings is in sight, wherever it stands in the table.
key Space
see '\+ a +- +0\.0\.0\.0:23111'
key Space
see '\+ a +- +0\.0\.0\.0:23222'

# What does not come is said, for as long as it is waited for; Next goes on without it.
key Space
see '\+ a +CLOSED +not bound yet'
see 'Waiting: wire SYN\. +Space: skip'
no_row 'expect within'
key Tab
see 'Waiting: '
key BTab x
see 'Waiting: '
key Space
gone 'Waiting: '
see 'Space next step'

# A selection is in sight, too, and stays within the table.
key Tab
see 'live$'
key Up Up Up Up Up Up Up Up Up Up
see 'a +LISTEN +0\.0\.0\.0:13111'
[ "$(tm display-message -p -t lesson '#{cursor_flag}')" = 1 ] ||
    fail "the cursor does not stand at the selection"
key Down Down Down Down Down Down Down Down Down Down Down Down Down Down Down
see 'CLOSED +not bound yet'
key Up # what is in sight stays where it stands
row 'CLOSED +not bound yet'
key Up Up Up Up Up
gone 'CLOSED +not bound yet'
# Without a selection what the step has changed is in sight again.
key Tab
see 'CLOSED +not bound yet'
key Space
see 'The end has come'
see '- a +CLOSED'
key q q
ended 0
