#!/bin/sh
# The keys that ? shows are those that work on the screen that asks: in a lesson, in a
# recording, in the list. At 80x24 they fit on one page.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

# Presses: HELP LEAVE
screen_start 80 24 "$SOCKETARIUM" learn 9
see 'Space next page'
key '?'
see '^ Keys$'
row '^ Any key goes back\.$'
row '^ Space PgDn +one step, one page'
row '^ Right +answer'
row '^ 1-9 +answer the question'
row '^ d +lose the oldest'
row '^ : +type a lab line'
row ' r +run again'
row 'Mouse +a click chooses, the next'
row ' q +leave$'
no_row 'search|core|first lesson'
key Escape
see 'Space next page'

# A page that the window, grown again, no longer has.
resize 60 15
key '?' x
gone 'one step, one page'
resize 80 24
see '^ Space PgDn +one step, one page'
key Escape
see 'Space next page'

# In a small window there are more pages; Esc leaves at once.
resize 60 15
see 'Space read on'
key '?'
see '^ Any key shows more; Esc goes back\.$'
row '^ Space PgDn Right   one step'
no_row ' leave$'
key x
gone 'one step, one page'
row 'Any key shows more'
key Escape
see 'Space read on'
key '?'
see 'Any key shows more'
key x x
see ' leave$'
row '^ Any key goes back\.$'
key Space
see 'Space read on'
row 'page 1/7'

# In a wide one each row has a line.
resize 120 36
see 'Space next page'
key '?'
see '^ PgUp Left +one step back \(the kernel stays\)$'
row '^ q +leave$'
row 'Any key goes back'
key x q q
see 'the shell, after'

# A recording has no lab that keys could act on.
journal=$TMPDIR/nine.ndjson
"$SOCKETARIUM" check --journal "$journal" "$SOCKETARIUM_LESSONS"/09-*.md >/dev/null ||
    fail "lesson 9 does not pass"
screen_start 80 24 "$SOCKETARIUM" replay "$journal"
see 'recorded$'
key '?'
see '^ Space PgDn'
row 'Any key goes back'
no_row 'lose|lab line|run again'
key x q q
ended 0

# The list has keys of its own.
# Presses: BEGIN BEGIN_ANEW UP DOWN PAGE_UP PAGE_DOWN FIRST LAST SEARCH ALL CORE MOUSE
screen_start 80 24 "$SOCKETARIUM"
see '^ Enter begin'
key Home '?'
see '^ Enter Space Right +begin the lesson'
row '^ c +only the core lessons'
row '^ Mouse '
row 'Any key goes back'
no_row 'packet|pane|step'
key x
see '^ > +0 '
key Down j Up
see '^ > +1 '
key End
gone '^ > +1 '
key PgUp PgUp PgUp PgUp
see '^ > +0 '
key PgDn
gone '^ > +0 '
key Home
see '^ > +0 '
key c
see 'core path:'
key c / Q Q Q
see 'Nothing matches'
key Escape
see '^ > +0 '
wheel down 5 5
gone '^ > +0 '
key Home r
see 'page 1/'
key q q
see '^ > +0 '
key Enter
see 'page 1/'
key q q
see '^ > +0 '
key q
ended 0
