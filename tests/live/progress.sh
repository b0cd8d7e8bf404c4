#!/bin/sh
# socketarium progress: as text, as JSON, as a file to hand in; and where it cannot be read.
set -u

fail() {
    echo "FAIL: $*"
    cat out err
    exit 1
}

run() { # STATUS ARGUMENT...
    expected=$1
    shift
    "$SOCKETARIUM" progress "$@" >out 2>err
    status=$?
    [ $status = "$expected" ] || fail "progress $*: exit status $status, expected $expected"
}

same() { # FILE: with what stands on standard input
    diff - "$1" || fail "$1 is another one"
}

SOCKETARIUM_LESSONS=$TMPDIR/lessons
export SOCKETARIUM_LESSONS
mkdir "$SOCKETARIUM_LESSONS"
for name in 01-first 02-second; do
    printf '# The %s\n\nShort.\n\nPart: One\n\n## Page\n\nWords.\n' "${name#*-}" \
        >"$SOCKETARIUM_LESSONS/$name.md"
done

# Nothing was done, and nothing is made by looking.
run 0
same out <<'END'
0 lessons begun, 0 of them done; there are 2.
END
run 0 --json
[ ! -s out ] || fail "an object of nothing"
[ ! -e "$HOME/.local" ] || fail "a folder was made"

state=$HOME/.local/state/socketarium
mkdir -p "$state"
cat >"$state/progress.json" <<'END'
{"format":1,"lessons":[
{"lesson":"mine\u001b[2J","page":2,"pages":3,"tasks":2,"solutions":[
 {"task":1,"page":2,"result":"solved"},{"task":2,"page":2,"result":"shown"}]},
{"lesson":"02-second","page":1,"pages":4,"questions":3,"begun":"2026-11-20T09:00:00Z",
 "last":"2026-11-20T23:59:59Z","finished":"2026-11-20T10:00:00Z","answers":[
 {"question":3,"page":2,"result":"tried","time":"2026-11-20T09:03:00Z"},
 {"question":1,"page":1,"result":"first","time":"2026-11-20T09:01:00Z"},
 {"question":2,"page":1,"result":"second","time":"2026-11-20T09:02:00Z"}]}]}
END
run 0
same out <<'END'
2 lessons begun, 1 of them done; there are 2.

 2  The second                                done            2026-11-20
      2 of 3 questions answered: 1 at the first try, 1 at the second
    mine\x1b[2J                               page 2 of 3
      2 of 2 tasks done: 1 by hand, 1 shown
END
run 0 --json
same out <<'END'
{"lesson":"02-second","page":1,"pages":4,"questions":3,"tasks":0,"begun":"2026-11-20T09:00:00Z","last":"2026-11-20T23:59:59Z","finished":"2026-11-20T10:00:00Z","answers":[{"question":1,"page":1,"result":"first","time":"2026-11-20T09:01:00Z"},{"question":2,"page":1,"result":"second","time":"2026-11-20T09:02:00Z"},{"question":3,"page":2,"result":"tried","time":"2026-11-20T09:03:00Z"}],"solutions":[]}
{"lesson":"mine\\x1b[2J","page":2,"pages":3,"questions":0,"tasks":2,"begun":null,"last":null,"finished":null,"answers":[],"solutions":[{"task":1,"page":2,"result":"solved","time":null},{"task":2,"page":2,"result":"shown","time":null}]}
END
cp out lines

# To hand in: the same objects, and a name only if one is given.
run 0 --export handed.json
[ ! -s out ] || fail "it speaks"
grep -v '^]}$' handed.json | sed -e 1d -e 's/,$//' >objects
same objects <lines
head -n 1 handed.json | grep -q '^{"format":1,"program":"socketarium [^"]*","lessons":\[$' ||
    fail "its head: $(head -n 1 handed.json)"
run 0 --export=handed.json --name 'Ann "B"'
head -n 1 handed.json | grep -q ',"name":"Ann \\"B\\"","lessons"' || fail "no name"

# Without the lessons, their names.
SOCKETARIUM_LESSONS=$TMPDIR/none "$SOCKETARIUM" progress >out 2>err || fail "no lessons"
grep -q '^    02-second ' out || fail "no name of a lesson"

# A closed pipe ends it quietly.
{ "$SOCKETARIUM" progress --json; echo $? >status; } 2>err | true
[ "$(cat status)" = 0 ] && [ ! -s err ] || fail "a closed pipe"

# Wrong use.
run 2 more
run 2 --json --export x
run 2 --name x
run 2 --export "$TMPDIR/none/x"
run 2 --export
[ ! -e x ] || fail "a file was written"

# A damaged file is said once, and set aside.
echo '{"format":1' >"$state/progress.json"
run 2
grep -q 'progress\.json: damaged at line' err || fail "it does not say what is wrong"
[ "$(cat "$state/progress.json.damaged")" = '{"format":1' ] || fail "it has gone"
run 0
[ ! -s err ] || fail "it says so twice"

# Nowhere to look.
env -u HOME "$SOCKETARIUM" progress >out 2>err
[ $? = 77 ] || fail "no HOME: not 77"
grep -q 'HOME is not set' err || fail "no HOME: no message"
exit 0
