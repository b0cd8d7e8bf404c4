#!/bin/sh
# The list of lessons: what stands there, choosing, searching, beginning, leaving; and what
# the reader has done.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

SOCKETARIUM_LESSONS=$TMPDIR/lessons
export SOCKETARIUM_LESSONS
mkdir "$SOCKETARIUM_LESSONS"
lesson() { # FILE TITLE SUMMARY PART LEVEL
    printf '# %s\n\n%s\n\nPart: %s\nLevel: %s\nTime: 5 min\n\n## One page\n\nWords.\n' \
        "$2" "$3" "$4" "${5:-core}" >"$SOCKETARIUM_LESSONS/$1.md"
}
lesson 01-first "The first" "Short." "Beginnings"
lesson 02-second "The second" "Its summary is so long that it does not fit into one row of \
a terminal of eighty columns, and goes on in a second one." "Beginnings"
lesson 11-third "The eleventh" "Short, too." "Endings" more

screen_start 80 24 "$SOCKETARIUM"
picture ' Socketarium                                                  3 lessons, 0 done
 A real network in a box, with packets that you can stop.
────────────────────────────────────────────────────────────────────────────────
  Beginnings
 >  1  The first                                                core   5 min
    2  The second                                               core   5 min

  Endings
   11  The eleventh                                             more   5 min











────────────────────────────────────────────────────────────────────────────────
 Short.

 Enter begin   Up Down choose   / search   c core path   ? keys   q leave'

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
key x x # it has two pages
see '^ > +2  The second'

# Home, End, and by what fits on the screen.
key End
see '^ > +11  The eleventh'
key Home
see '^ > +1  The first'
key PgDn
see '^ > +11  The eleventh'
key PgUp
see '^ > +1  The first'

# The core path, and all of them again.
key c
gone 'The eleventh'
see 'core path: 2 lessons, 0 done$'
see 'c all levels'
key c
see '^ +11  The eleventh'

# A search: the list follows each key; Enter keeps what was found, Esc has all again. What
# is a key elsewhere is a letter here.
key /
see '^ / +3 of 3 match$'
words 'EIGHTY columns'
see '^ /EIGHTY columns +1 of 3 matches$'
see '^ > +2  The second'
gone 'The first'
words 'qc?'
see '^  Nothing matches\.'
row 'nothing matches$'
key BSpace BSpace BSpace
see '^ > +2  The second'
row '^ Enter keep these   Esc all lessons$'
key Enter
see '^ Enter begin   Esc all lessons '
key Escape
see '^ +1  The first'
see '^ > +2  The second'
key / n i n g s Down
see '2 of 3 match$'
key Escape Escape
see '^ +11  The eleventh'
no_row '^ /'
key Home Down
see '^ > +2  The second'

# The mouse: a click selects, the wheel moves. As a terminal of this kind sends it: button,
# column and row, each with 32 more, and counted from 1.
click() { # BUTTON ROW
    words "$(printf '\033[M%s*%s\033[M#*%s' "$1" "$2" "$2")" # and the button comes up
}
click ' ' '%' # the fifth row
see '^ > +1  The first'
click 'a' '%' # the wheel, down
see '^ > +11  The eleventh'
click ' ' '&'
see '^ > +2  The second'
click ' ' '$' # the name of a part
see '^ > +2  The second'
click ' ' '&' # once more: begin
see '^ 2 The second +page 1/1'
key q q
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

# What was done before: the first lesson is done, and the third was left on page 2. There the
# reader goes on.
lesson 11-third "The eleventh" "Short, too." "Endings" more
printf '\n## Two\n\nMore words.\n\n## Three\n\nThe last ones.\n' \
    >>"$SOCKETARIUM_LESSONS/11-third.md"
state=$HOME/.local/state/socketarium
mkdir -p "$state"
cat >"$state/progress.json" <<'END'
{"format":1,"lessons":[
{"lesson":"01-first","page":1,"pages":1,"begun":"2026-11-20T09:00:00Z",
 "last":"2026-11-20T09:01:00Z","finished":"2026-11-20T09:02:00Z"},
{"lesson":"11-third","page":2,"pages":3,"begun":"2026-11-20T09:03:00Z",
 "last":"2026-11-20T09:04:00Z"}]}
END
screen_start 80 24 "$SOCKETARIUM"
see '^ > +11  The eleventh +page 2 of 3 +more'
row '3 lessons, 1 done$'
row '^ +1  The first +✓ done +core'
row '^ Enter resume page 2   r from page 1 '
key Up Up
see '^ > +1  The first'
row '^ Enter begin '
key q
ended 0

# In a wide window the lesson is described beside the list.
screen_start 120 36 "$SOCKETARIUM"
see '^ > +11  The eleventh +page 2 of 3 +more +5 min +│'
row '│ more, 5 min   page 2 of 3$'
row '│  ✓  1 One page$'
row '│  ▶  2 Two$'
row '│     3 Three$'
key q
ended 0

# A damaged file is set aside, and that is said once.
echo '{' >"$state/progress.json"
screen_start 80 24 "$SOCKETARIUM"
see 'damaged at line'
see 'now progress\.json\.damaged'
key Down
gone 'damaged'
see '^ > +2  The second'
[ "$(cat "$state/progress.json.damaged")" = '{' ] || fail "the damaged file has gone"
key q
ended 0

# Nothing can be kept: it is said once, and all goes on.
screen_start 80 24 env -u HOME "$SOCKETARIUM"
see 'progress is not kept: HOME is not set'
key Down
gone 'not kept'
key q
ended 0

# No lessons at all.
rm "$SOCKETARIUM_LESSONS"/*
screen_start 80 24 "$SOCKETARIUM"
see 'There are no lessons yet\.'
key Enter Down Up End '?'
see '^ Keys'
key x x
see 'There are no lessons yet\.'
key q
ended 0
