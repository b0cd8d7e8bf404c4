#!/bin/sh
# The window's size changes while a lesson runs: to wide, to least, to too small, and back.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

# No row is longer than the window, and the last one has its last word whole.
footer_is_whole() {
    see '\? keys   q leave$'
}

screen_start 80 24 "$SOCKETARIUM" learn 9
see 'Space next page'
key Space
see 'Space next step'
key Space
see 'step 1 of 2'
key Space
see 'SYN .*▶ HELD'
read_to '1-3 answer'
footer_is_whole

resize 120 36
see '┬─ Programs ─+┐$'
see '^└─+┘$'
row '│ ~ client SYN-SENT'
row 'SYN .*▶ HELD'
row '1-3 answer'
footer_is_whole

resize 200 50
see '^┌─.{196,198}─┐$|^┌─.*┐$'
row 'SEND-Q'
row '[[] *LISTEN *[]]' # the map of the states
row '1-3 answer'
footer_is_whole

resize 60 15
see '^─ The client'
row 'client SYN-SENT'
footer_is_whole
no_row 'Programs'
# All keys, on as many pages as that takes.
key '?'
see '^ Space PgDn Right'
row "Any key shows more"
no_row '^ q '
key x
see "^ Tab "
key x
see '^ q +leave'
row 'Any key goes back\.'
key x
see 'client SYN-SENT'

resize 59 15
see 'Please make this window larger\.'
row 'It is 59x15; Socketarium'
row 'needs at least 60x15\.'
no_row 'SYN-SENT'
resize 60 14
see 'It is 60x14'
resize 5 2
see '^Pleas$'
resize 1 1
resize 40 10
see 'It is 40x10'
# Nobody steps blindly; leaving can be said, and taken back.
key q
see 'q again leaves\.'
key x
gone 'q again leaves'

resize 80 24
see '─ The client calls ─'
row 'client SYN-SENT'
row '[123] '
# At the same place of the page: the question that stood there.
row '3 Everything: the'
row '1-3 answer'
footer_is_whole

# A pane that has no place in the new size does not keep the focus, nor what was scrolled.
resize 120 36
see 'Programs'
key Tab Tab j j j j
resize 60 15
see '^─ The client'
key Tab k k k k k k k k k k
see 'Wire ─.* more ↓'
resize 120 36
see 'Programs'
no_row 'Wire ─+ more ↓'
row '▶ HELD'

# At any size the program goes on.
for size in '70 20' '110 15' '300 80' '61 40' '109 16' '80 24'; do
    # shellcheck disable=SC2086 # width and height
    resize $size
done
see '^─ The client calls ─+┬─ Wire'
footer_is_whole
key q q
ended 0
