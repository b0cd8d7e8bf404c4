#!/bin/sh
# Questions: one right answer, several, keys that are pressed too fast or too early.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab
# Presses: ANSWER OPEN

cat >"$TMPDIR/questions.md" <<'END'
# Questions

All kinds.

## A single one

First question?

- [ ] alpha
- [x] beta

> First explanation.

Second question?

- [x] gamma
- [ ] delta

> Second explanation.

Third question?

- [x] epsilon
- [ ] zeta

## Several of them

Which are even?

- [x] two
- [ ] three
- [x] four

> Halves are whole.

Which are odd?

- [x] five
- [ ] six
- [x] seven

> Halves are not.

One of three?

- [ ] i
- [x] ii
- [ ] iii

> Because of two.

## A long one

```lab setup
host z 10.0.0.26
wait 300ms # the page is on the screen before it is unfolded
```

1

2

3

4

5

Long question?

- [ ] eta
- [x] theta

> Long explanation.

## A step, and then a question

```lab
host a 10.0.0.1
a: s = socket(AF_INET, SOCK_STREAM, 0)
```

Has it run?

- [x] it has
- [ ] it has not
END

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/questions.md"
see '\? First question'
row '1-2 answer   Space show answer'
no_row 'right|explanation|Second'

# A number that is no answer, and keys that mean nothing, change nothing.
key 3 9 0 Enter Escape F5 x
key '?'
see '^ Keys'
key Escape
see '\? First question'
no_row 'right|explanation|Second'

# Held down, the key answers this question and not the next as well.
key 1 1 1 1 1 1
see 'Not quite\.'
row '\* 1 alpha +✗ not this'
row '2 beta +✓ right'
row 'First explanation'
see '\? Second question'
no_row 'Second explanation'

# Shown, not answered; and the next question is not shown along with it.
key Space Space Space
see 'answer shown'
see 'answer shown: Second'
see '\? Third question'
row '1 gamma +✓ right'
no_row 'epsilon.*right'
key 1
see 'epsilon +✓ right'
key Space

see '\? Which are even'
row '1-3 choose   Space show answer'
key Enter
see 'First choose: each answer'
key 1 2 3
see '\* 1 two'
row '1-3 choose   Enter send   Space show answer'
row '\* 2 three'
row '\* 3 four'
key 2
gone '\* 2 three'
no_row 'right'
key Enter
see 'Right\.'
row '\* 1 two +✓ right'
row '  2 three$|  2 three +│'
see '\? Which are odd'
key Enter # nothing is chosen
see 'First choose'
key 1
see '\* 1 five'
no_row 'Halves are not'
key Enter
see 'Not quite\. Try once more'
no_row 'five.*right|Halves are not'
row '  1 five'
key 1
see '\* 1 five'
key Enter # the same once more does not count
see 'That you have tried'
key 2 Enter
see 'Halves are not'
row 'Not quite\.'
row '\* 1 five +✓ right'
row '\* 2 six +✗ not this'
row '  3 seven +✓ right'
see '\? One of three'

# A second try, also by a key that is held down.
key 3 3 3 3
see '3 iii +✗ not this'
row 'Not quite\. Try once more'
no_row 'ii.*right|Because of two'
key 2
see 'Right, at the second try\.'
row '\* 2 ii +✓ right'
row 'Because of two'
key Space

# What was not read is not answered: the number shows the answers first.
see 'page 3/4'
see 'Space read on' # a page that its setup unfolds begins at its top
row '^ 1 '
no_row 'theta'
key 2
see 'read first, then answer'
see '2 theta'
no_row 'right'
key k
gone 'read first'
key j 2
see 'theta +✓ right'
read_to 'Space next page'
key Space

# Next is remembered once while a step runs, and forgotten at a question.
see 'Space next step'
key Space Space Space
see '\? Has it run'
no_row 'right'
row 'Space show answer'
key 1
see 'Right\.'
key q q
ended 0
