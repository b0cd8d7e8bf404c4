#!/bin/sh
# The list of lessons: what stands there, choosing, beginning, leaving.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

SOCKETARIUM_LESSONS=$TMPDIR/lessons
export SOCKETARIUM_LESSONS
mkdir "$SOCKETARIUM_LESSONS"
lesson() { # FILE TITLE SUMMARY PART
    printf '# %s\n\n%s\n\nPart: %s\nLevel: core\nTime: 5 min\n\n## One page\n\nWords.\n' \
        "$2" "$3" "$4" >"$SOCKETARIUM_LESSONS/$1.md"
}
lesson 01-first "The first" "Short." "Beginnings"
lesson 02-second "The second" "Its summary is so long that it does not fit into one row of \
a terminal of eighty columns, and goes on in a second one." "Beginnings"
lesson 11-third "The eleventh" "Short, too." "Endings"

screen_start 80 24 "$SOCKETARIUM"
picture ' Socketarium
 A real network in a box, with packets that you can stop.
────────────────────────────────────────────────────────────────────────────────
  Beginnings
 >  1  The first                                                core   5 min
    2  The second                                               core   5 min

  Endings
   11  The eleventh                                             core   5 min











────────────────────────────────────────────────────────────────────────────────
 Short.

 Enter begin   Up Down choose   ? keys   q leave'

key Down
see '^ > +2  The second'
row '^ Its summary is so long that it does not fit into one row of a terminal of'
row '^ eighty columns, and goes on in a second one\.'

# The list ends at its ends, and what is no key here does nothing.
key Down Down Down Down
see '^ > +11  The eleventh'
key Up Up Up Up Up Up
see '^ > +1  The first'
key x 1 d Tab Escape F5 z Left Down
see '^ > +2  The second'

key '?'
see '^ Keys'
gone 'The second'
key x
see '^ > +2  The second'

# Into a lesson, and back to it in the list.
key Enter
see '^ 2 The second +page 1/1'
see 'The end\.'
key q
see 'Leave this lesson\?'
key q
see '^ > +2  The second'

key q
ended 0

# No lessons at all.
rm "$SOCKETARIUM_LESSONS"/*
screen_start 80 24 "$SOCKETARIUM"
see 'There are no lessons yet\.'
key Enter Down Up End '?'
see '^ Keys'
key x
see 'There are no lessons yet\.'
key q
ended 0
