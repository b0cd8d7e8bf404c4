#!/bin/sh
# notes tells a speaker what the class is not told: of a whole lesson, and beside a class
# that runs.
set -u
failed=0
fail() {
    echo "FAIL: $*"
    failed=1
}

cd "$TMPDIR" || exit 1
cat >lesson.md <<'END'
# A lesson

For a class.

## One

```lab setup
host a 10.0.0.1
```

What is it?

- [ ] This
- [x] That
- [ ] Neither

> Because.

<!-- note: Let them vote.

Wait for it. -->

```lab
a: s = socket(AF_INET, SOCK_STREAM, 0)
+ a: bind(s, *:6666)
expect a.s bound
a: listen(s, 5)
```

## Two

Do it.

```lab task
expect within 3s a *:7777 *:* LISTEN
```

<!-- note: Give the keyboard away. -->

```lab solution
a: t = socket(AF_INET, SOCK_STREAM, 0)
a: bind(t, *:7777)
a: listen(t, 5)
```

The end.
END

# ---- A lesson -----------------------------------------------------------------------

"$SOCKETARIUM" notes lesson.md >out 2>err || fail "notes lesson.md: $?"
cat >expected <<'END'
A lesson

Page 1 of 2: One

Question: What is it?
Answer 2: That
Why: Because.

Let them vote.

Wait for it.

Page 2 of 2: Two

Task. It is done when this holds:
  a *:7777 *:* LISTEN
One way to do it:
  a: t = socket(AF_INET, SOCK_STREAM, 0)
  a: bind(t, *:7777)
  a: listen(t, 5)

Give the keyboard away.
END
diff expected out || fail "the notes of a lesson (< expected)"
[ ! -s err ] || { cat err; fail "errors"; }
"$SOCKETARIUM" notes 9 >out || fail "notes 9: $?"
grep -q '^Answer 1: Nothing$' out || fail "notes 9 has no answers"

# ---- Wrong use ----------------------------------------------------------------------

refused() { # MESSAGE ARGUMENT...
    message=$1
    shift
    "$SOCKETARIUM" notes "$@" >out 2>err
    status=$?
    if [ $status != 2 ] || ! grep -q -e "$message" err; then
        cat err
        fail "notes $*: status $status, expected 2 and: $message"
    fi
}
refused 'expected one LESSON or JOURNAL'
refused 'expected one LESSON or JOURNAL' 1 2
refused 'none\.md' none.md
refused 'none: No such file' --follow none
echo '{"event":"nonsense"}' >damaged
refused '^socketarium: damaged:1: ' damaged

# ---- A journal ----------------------------------------------------------------------

"$SOCKETARIUM" check --journal whole lesson.md >out 2>&1
status=$?
[ $status = 77 ] && { cat out; exit 77; }
[ $status = 0 ] || { cat out; fail "check ends with $status"; }
"$SOCKETARIUM" notes whole >out || fail "notes of a journal: $?"
printf '%s\n' 'A lesson' '' 'Page 2 of 2: Two' '' 'Give the keyboard away.' '' \
    'The lesson ends here.' | diff - out || fail "where a journal ends (< expected)"

# A class: the journal grows event by event, and is begun anew.
: >class
"$SOCKETARIUM" notes --follow class >told 2>err &
follower=$!
trap 'kill $follower 2>/dev/null' EXIT
tries=0
once_more() { # WHAT: a bounded wait's turn
    tries=$((tries + 1))
    if [ $tries -gt 600 ]; then
        cat told err
        echo "FAIL: $1"
        exit 1
    fi
    sleep 0.05
}
see() { # LINE
    until grep -q -x -F -e "$1" told; do
        once_more "not told: $1"
    done
}
grow() { # UNTIL: by the run's next lines, up to the first with that
    awk -v from="$(wc -l <class)" -v last="$1" \
        'NR > from { print; if (index($0, last)) exit }' whole >piece
    cat piece >>class
}
grow '"status":"open"'
see 'Let them vote.'
see 'Question: What is it?'
see 'Answer 2: That'
grep -q 'Next step' told && fail "the next step is told while a question is open"
grow '"event":"page"'
see 'Next step:'
see '  a: s = socket(AF_INET, SOCK_STREAM, 0)'
see '  a: bind(s, *:6666)'
grep -q 'listen\|expect' told && fail "more than the next step is told"
grow '"step":1,"steps":2,"status":"done"'
see '  a: listen(s, 5)'
grow '"finished":true'
see 'Next page: Two'
grep -q 'keyboard' told && fail "the next page's notes come too early"
grow '"event":"task"'
see 'Give the keyboard away.'
see '  a: listen(t, 5)'
[ "$(grep -c '^Page 1 of 2: One$' told)" = 1 ] || fail "a page is told twice"
: >class
until [ "$(grep -c '^Page 1 of 2: One$' told)" = 2 ]; do
    [ -s class ] || grow '"status":"open"'
    once_more "a class that begins anew is not followed"
done
kill $follower
wait $follower 2>/dev/null
exit $failed
